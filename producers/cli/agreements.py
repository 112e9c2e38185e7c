"""`quipu agreement` and `quipu partner`: by what countries exchange, and who else takes part."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from infra.command_line import argument, group, json_option, option
from infra.list_file import csv_option, moment, write_csv
from infra.option_types import DAY
from infra.registry import agreements, config_writer
from infra.settings import Settings
from infra.terminal import echo_json
from producers.cli.render_config import print_change, print_table
from schemas.event.admission import Agreement, Partner
from schemas.i18n import _
from schemas.model import COUNTRIES

_until = option(
    "--until",
    metavar="DATE",
    type=DAY,
    help=_("First day (UTC) on which it holds no more; otherwise it has no end."),
)


@group("agreement", help=_("Legal bases of events: list, add, end."))
def agreement_group() -> None:
    """Group the commands that read and write the register of agreements."""


@agreement_group.command("list", help=_("List the agreements, for whom and what they hold."))
@json_option
@csv_option
@click.pass_obj
def agreement_list(settings: Settings, as_json: bool, csv_path: Path | None) -> None:
    """Show each agreement that somebody may use."""
    register = config_writer.read_config(settings).admission.agreements
    rows = [basis for _code, basis in sorted(register.items()) if basis.parties]
    if csv_path:
        dated = [(*basis[:-1], moment(basis.until)) for basis in rows]
        write_csv(csv_path, Agreement._fields, dated, settings.lang)
        return
    if as_json:
        echo_json([basis._asdict() for basis in rows])
        return
    headings = (_("code"), _("agreement"), _("parties"), _("offences"), _("until"))
    every = _("all").in_language(settings.lang)
    cells = (
        (
            basis.code,
            basis.title,
            ", ".join(basis.parties),
            ", ".join(basis.offences) or every,
            _day(basis.until),
        )
        for basis in rows
    )
    print_table(settings.lang, headings, cells, main=1)


@agreement_group.command("add", help=_("Announce an agreement, or a change of it."))
@argument("code")
@option("--title", required=True, help=_("Its name, such as that of the treaty."))
@option("--party", "parties", multiple=True, required=True, help=_("A country or partner."))
@option("--offence", "offences", multiple=True, help=_("ICCS code; none means every offence."))
@_until
@click.pass_obj
def agreement_add(
    settings: Settings,
    code: str,
    title: str,
    parties: tuple[str, ...],
    offences: tuple[str, ...],
    until: datetime | None,
) -> None:
    """Write the agreement to config; it holds after the notice period."""
    written = agreements.add_agreement(
        settings, Agreement(code, title, parties, offences, _millis(until))
    )
    print_change(settings, written, _("Agreement {code} announced, in effect {since}."), code=code)


@agreement_group.command("end", help=_("End an agreement: events may no longer name it."))
@argument("code")
@click.pass_obj
def agreement_end(settings: Settings, code: str) -> None:
    """Announce the end; what was accepted before stays."""
    written = agreements.end_agreement(settings, code)
    print_change(settings, written, _("Agreement {code} ends: {since}."), code=code)


@group("partner", help=_("Partners and observers: list, admit, end."))
def partner_group() -> None:
    """Group the commands that read and write who is admitted."""


@partner_group.command("list", help=_("List the admitted partners, what they send and see."))
@json_option
@csv_option
@click.pass_obj
def partner_list(settings: Settings, as_json: bool, csv_path: Path | None) -> None:
    """Show each partner that sends or sees something."""
    register = config_writer.read_config(settings).admission.partners
    rows = [partner for _code, partner in sorted(register.items()) if partner.sends or partner.sees]
    if csv_path:
        dated = [(*partner[:-1], moment(partner.until)) for partner in rows]
        write_csv(csv_path, Partner._fields, dated, settings.lang)
        return
    if as_json:
        echo_json([partner._asdict() for partner in rows])
        return
    headings = (_("partner"), _("host"), _("sends"), _("sees"), _("until"))
    cells = (
        (
            partner.code,
            partner.host,
            ", ".join(partner.sends),
            partner.sees,
            _day(partner.until),
        )
        for partner in rows
    )
    print_table(settings.lang, headings, cells, main=2)


@partner_group.command("admit", help=_("Admit a partner, or change what it may send and see."))
@argument("code")
@option("--host", type=click.Choice(COUNTRIES), required=True, help=_("The member that hosts it."))
@option("--type", "sends", multiple=True, help=_("A type of event that it may send."))
@option("--sees", default="GREEN", show_default=True, help=_("The highest TLP level that it sees."))
@_until
@click.pass_obj
def partner_admit(
    settings: Settings,
    code: str,
    host: str,
    sends: tuple[str, ...],
    sees: str,
    until: datetime | None,
) -> None:
    """Write the admission to config; it holds after the notice period."""
    written = agreements.admit_partner(settings, Partner(code, host, sends, sees, _millis(until)))
    print_change(settings, written, _("Partner {code} admitted, in effect {since}."), code=code)


@partner_group.command("end", help=_("End the admission: it sends and sees nothing more."))
@argument("code")
@click.pass_obj
def partner_end(settings: Settings, code: str) -> None:
    """Announce the end; what was accepted before stays."""
    written = agreements.end_partner(settings, code)
    print_change(settings, written, _("Partner {code} is admitted no more: {since}."), code=code)


def _millis(until: datetime | None) -> int | None:
    return None if until is None else int(until.replace(tzinfo=UTC).timestamp() * 1000)


def _day(until: int | None) -> str:
    return "" if until is None else datetime.fromtimestamp(until / 1000, UTC).date().isoformat()


commands: list[click.Command] = [agreement_group, partner_group]
