"""Prepare an exchange and end, fit for a job of a cluster: `quipu init`."""

from __future__ import annotations

import click

from infra import data_folder, logging_setup
from infra.command_line import command, option
from infra.settings import Settings
from schemas.i18n import _

_TASKS = ("topics", "founding", "migrations", "accounts")


@command(
    "init",
    help=_("Prepare topics, founding, tables and accounts, then end."),
)
@option(
    "--no-founding",
    is_flag=True,
    help=_("Fail where the mechanism is not founded yet, in place of founding it."),
)
@click.pass_obj
def init_command(settings: Settings, no_founding: bool) -> None:
    """Run the preparing steps once; an embedded engine runs for that time alone."""
    from infra.orchestration.stack import (
        running,
    )  # here, because the other commands need not wait for the engines' libraries
    from infra.orchestration.units import refuse_to_found
    from infra.registry.founding import found_mechanism

    logging_setup.configure(settings.log_json, level=settings.log_level)
    data_folder.prepare(settings)
    embedded = [
        name
        for name, address in (
            ("kafka", settings.configured.kafka),
            ("clickhouse", settings.configured.clickhouse),
        )
        if address is None
    ]
    founder = refuse_to_found if no_founding else found_mechanism
    with running(settings, [*embedded, *_TASKS], founder=founder):
        pass
    click.echo(_("The exchange is prepared.").in_language(settings.lang))


commands: list[click.Command] = [init_command]
