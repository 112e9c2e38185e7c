"""`quipu contact`: whom to call of each authority.

Contacts are entries of quipu.config; nodes show them with their hits.
"""

import re
from dataclasses import asdict, fields
from pathlib import Path

import click

from infra.coded_options import WordChoice
from infra.command_line import argument, group, json_option, option
from infra.list_file import csv_option, write_csv
from infra.registry import config_writer
from infra.registry.nodes import set_contact
from infra.settings import Settings
from infra.terminal import echo_json
from producers.cli import render_report
from producers.cli.render_config import print_table, since
from schemas.exchange_config import Contact
from schemas.i18n import _
from schemas.model import COUNTRIES
from schemas.release.rules import MECHANISM

MOST_MINUTES = 7 * 24 * 60
_PHONE = re.compile(r"\+[1-9]\d{6,14}")
_ADDRESS = re.compile(r"[^@\s,;]+@[^@\s,;]+")


@group("contact", help=_("The office to call for each authority."))
def contact_group() -> None:
    """Group the commands of contacts."""


@contact_group.command(
    "set",
    help=_("Set the office to call for an authority."),
)
@argument("country", type=WordChoice("country", [*COUNTRIES, MECHANISM]))
@argument("authority")
@option("--office", required=True, help=_("The office, never a person."))
@option("--phone", default="", help=_("International number, +57…"))
@option("--mail", default="", help=_("E-mail of the office."))
@option("--hours", default="24/7", show_default=True, help=_("When it answers."))
@option("--alternate-mail", default="", help=_("Where an unacknowledged hit goes."))
@option(
    "--escalate-after",
    type=click.IntRange(0, MOST_MINUTES),
    default=0,
    help=_("Minutes to acknowledge a hit; 0: nothing is escalated."),
)
@click.pass_obj
def contact_set(
    settings: Settings, /, phone: str, mail: str, escalate_after: int, **details: str
) -> None:
    """Announce the contact of an authority in config."""
    if not (phone or mail):
        raise click.UsageError("--phone, --mail")
    digits = re.sub(r"[ ()-]", "", phone)
    if phone and not _PHONE.fullmatch(digits):
        raise click.BadParameter("+573001234567", param_hint="--phone")
    alternate = details["alternate_mail"].strip()
    for hint, address in (("--mail", mail), ("--alternate-mail", alternate)):
        if address and not _ADDRESS.fullmatch(address):
            raise click.BadParameter("oficina@ejemplo.org", param_hint=hint)
    if bool(alternate) != bool(escalate_after):
        raise click.UsageError("--alternate-mail, --escalate-after")
    country, authority = details["country"], details["authority"]
    contact = Contact(
        country,
        authority,
        details["office"].strip(),
        digits,
        mail,
        details["hours"].strip(),
        alternate,
        escalate_after,
    )
    written = set_contact(settings, contact)
    what, when = f"{country}/{authority}: {in_words(contact)}", since(settings, written)
    render_report.print_message(settings.lang, _("{what}; in effect {when}.", what=what, when=when))


@contact_group.command("list", help=_("List the offices to call."))
@json_option
@csv_option
@click.pass_obj
def contact_list(settings: Settings, as_json: bool, csv_path: Path | None) -> None:
    """Show the contacts of config."""
    view = config_writer.read_config(settings)
    lang = settings.lang
    contacts = [asdict(view.contacts[key]) for key in sorted(view.contacts)]
    if csv_path:
        names = [field.name for field in fields(Contact)]
        write_csv(csv_path, names, (tuple(contact.values()) for contact in contacts), lang)
        return
    if as_json:
        echo_json(contacts)
        return
    authorities: set[tuple[str, str]] = {
        (node.country, node.authority) for node in view.nodes.values()
    }
    rows = (
        ("/".join(key), in_words(contact) if contact else _nobody(lang))
        for key in sorted(authorities | view.contacts.keys())
        for contact in [view.contacts.get(key)]
    )
    print_table(lang, (_("authority"), _("whom to call")), rows, main=1)


def in_words(contact: Contact) -> str:
    """Office, telephone, mail, hours, in one line."""
    when = f"({contact.hours})" if contact.hours else ""
    alternate = (
        f"→ {contact.alternate_mail} ({contact.escalate_after_minutes} min)"
        if contact.alternate_mail
        else ""
    )
    parts = [contact.office, contact.phone, contact.mail, when, alternate]
    return " · ".join(filter(None, parts))


def _nobody(lang: str) -> str:
    return _("— none yet: quipu contact set").in_language(lang)


commands: list[click.Command] = [contact_group]
