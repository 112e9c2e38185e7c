"""`quipu rates`: what a dollar costs, by day. The rates are entries of quipu.config."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from infra.clock import now_ms
from infra.command_line import argument, group, json_option, option
from infra.list_file import csv_option, write_csv
from infra.option_types import DAY
from infra.registry import config_writer, rates
from infra.settings import Settings
from infra.terminal import echo_json
from producers.cli import render_report
from producers.cli.render_config import print_table, since
from schemas.i18n import _
from schemas.measures.rates import RateTable


@group("rates", help=_("Exchange rates to the US dollar: import, list."))
def rates_group() -> None:
    """Group the commands that read and write the rates of config."""


@rates_group.command(
    "import", help=_("Announce the rates of a CSV file: currency, day, per_dollar.")
)
@argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option("--source", required=True, help=_("Who publishes them, such as Banco de la República."))
@option(
    "--accept-steps",
    is_flag=True,
    help=_("Take also a rate that is far from the one next to it in time."),
)
@click.pass_obj
def rates_import(settings: Settings, file: Path, source: str, accept_steps: bool) -> None:
    """Check the whole file and write what is new to config; it holds after the notice period."""
    imported = rates.import_rates(settings, file, source, accept_steps)
    if imported.change is None:
        message = _("All rates of the file are announced already.")
    else:
        message = _(
            "{count} new rates announced, in effect {since}.",
            count=len(imported.announced),
            since=since(settings, imported.change),
        )
    render_report.print_message(settings.lang, message)


@rates_group.command("list", help=_("List the rate of each currency that holds on a day."))
@option("--on", metavar="DATE", type=DAY, help=_("The day; otherwise today."))
@json_option
@csv_option
@click.pass_obj
def rates_list(
    settings: Settings, on: datetime | None, as_json: bool, csv_path: Path | None
) -> None:
    """Show for each currency the rate and the day from which it holds."""
    view = config_writer.read_config_history(settings).at(now_ms())
    day = on.date() if on else date.today()
    table = RateTable(view.rates)
    rows = [
        {"currency": currency, "day": rate[0], "per_dollar": str(rate[1])}
        for currency in sorted({currency for currency, _day in view.rates})
        if (rate := table.rate_on(currency, day)) is not None
    ]
    if csv_path:
        names = ("currency", "day", "per_dollar")
        write_csv(csv_path, names, (tuple(row.values()) for row in rows), settings.lang)
        return
    if as_json:
        echo_json(rows)
        return
    if not rows:
        none = _("No exchange rate is known on {day}. Import some: quipu rates import.", day=day)
        render_report.print_message(settings.lang, none)
        return
    headings = (_("currency"), _("since"), _("for a dollar"))
    print_table(settings.lang, headings, (list(row.values()) for row in rows), numbers=(2,))


commands: list[click.Command] = [rates_group]
