"""`quipu rebuild` on the command line."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from consumers.maintenance.compare_tables import TableComparison
from consumers.maintenance.rebuild import RebuildOutcome, RebuildPlan, rebuild
from infra.command_line import command, json_option, option
from infra.list_table import print_rows
from infra.option_types import seconds
from infra.settings import Settings
from infra.terminal import make_console
from schemas.i18n import UserMessage, _
from schemas.model import MOST_THING_PARTITIONS

DIFFERENT = 1


@command(
    "rebuild",
    help=_("Build a new generation from the log, compare it and switch to it."),
)
@option(
    "--drop-old/--keep-old",
    default=True,
    show_default=True,
    help=_("What to do with the old generation."),
)
@option(
    "--patience",
    "patience_s",
    type=seconds(),
    default=600.0,
    show_default=True,
    help=_("Give up after so many seconds without progress."),
)
@option(
    "--accept",
    is_flag=True,
    help=_("Switch although the tables differ: a new release or rule, a lost database."),
)
@option(
    "--partitions",
    "thing_partitions",
    type=click.IntRange(1, MOST_THING_PARTITIONS),
    help=_("Partitions of things in the new generation; as many as before where it is not given."),
)
@json_option
@click.pass_obj
def rebuild_command(settings: Settings, /, as_json: bool, **plan: Any) -> None:
    """Rebuild, compare and activate the next generation.

    The exit code is 0 where it serves, since the tables are equal or their difference was accepted,
    else 1.
    """
    lang = settings.lang
    console = make_console(highlight=False, stderr=as_json)

    def announce(words: UserMessage) -> None:
        console.print(words.in_language(lang))

    outcome = rebuild(settings, announce, RebuildPlan(**plan))
    if as_json:
        click.echo(json.dumps({**asdict(outcome), "equal": outcome.equal}, indent=2))
    else:
        _print(console, lang, outcome)
    if outcome.serves_from is None:
        sys.exit(DIFFERENT)


def _print(console: Console, lang: str, outcome: RebuildOutcome) -> None:
    headings = (_("table").in_language(lang), f"g{outcome.old}", f"g{outcome.new}", "")
    print_rows(console, headings, map(_row, outcome.tables), numbers=(1, 2))
    for comparison in outcome.tables:
        for number, rows in (
            (outcome.old, comparison.only_old),
            (outcome.new, comparison.only_new),
        ):
            for row in rows:
                text = _(
                    "{table}: only in g{number}: {row}",
                    table=comparison.table,
                    number=number,
                    row=row,
                )
                console.print(Text(text.in_language(lang), style="red"), soft_wrap=True)
    if outcome.serves_from is not None:
        console.print(f"{outcome.seconds:.0f} s")
        return
    console.print(
        _(
            "The tables differ; generation {old} still serves. If you installed another "
            "release, added a rule or lost a database, check the rows and run: quipu "
            "rebuild --accept. Otherwise report the rows above. Erasures do not reach "
            "generation {new}: repeat soon.",
            old=outcome.old,
            new=outcome.new,
        ).in_language(lang)
    )


def _row(comparison: TableComparison) -> tuple[str, str, str, Text]:
    mark = Text("=", style="green") if comparison.equal else Text("≠", style="bold red")
    return comparison.table, str(comparison.old_rows), str(comparison.new_rows), mark


commands: list[click.Command] = [rebuild_command]
