"""`quipu contact`: whom to call of each authority. Entries of quipu.config; nodes show them with
their hits.
"""

import json
import re
from dataclasses import asdict, replace

import click
from rich.table import Table

from infra.errors import Words
from infra.registry import founding
from infra.settings import Settings
from producers.cli import render_report
from producers.cli.nodes import since
from schemas.exchange_config import Contact
from schemas.model import COUNTRIES
from schemas.release.rules import MECHANISM

_PHONE = re.compile(r"\+[1-9]\d{6,14}")
_LANG = click.option("--lang", type=click.Choice(["es", "en"]), help="Idioma. | Language.")


@click.group("contact", help="A quién llamar de cada autoridad. | Whom to call of each authority.")
def contact_group() -> None:
    """Entries of quipu.config."""


@contact_group.command(
    "set",
    help="Anota a quién llamar de una autoridad; MEC es el mecanismo. | Say whom to call of an authority.",
)
@click.argument("country", type=click.Choice([*COUNTRIES, MECHANISM]))
@click.argument("authority")
@click.option(
    "--office", required=True, help="La oficina, nunca una persona. | The office, never a person."
)
@click.option(
    "--phone", default="", help="Teléfono internacional, +57… | International number, +57…"
)
@click.option("--mail", default="", help="Correo de la oficina. | The office's mail.")
@click.option(
    "--hours", default="24/7", show_default=True, help="Cuándo responde. | When it answers."
)
@_LANG
@click.pass_obj
def contact_set(
    settings: Settings,
    /,
    country: str,
    authority: str,
    phone: str,
    mail: str,
    lang: str | None,
    **told: str,
) -> None:
    if not (phone or mail):
        raise click.UsageError("--phone, --mail")
    digits = re.sub(r"[ ()-]", "", phone)
    if phone and not _PHONE.fullmatch(digits):
        raise click.BadParameter("+573001234567", param_hint="--phone")
    if mail and not re.fullmatch(r"[^@\s]+@[^@\s]+", mail):
        raise click.BadParameter("oficina@ejemplo.org", param_hint="--mail")
    contact = Contact(
        country, authority, told["office"].strip(), digits, mail, told["hours"].strip()
    )
    written = founding.set_contact(settings, contact)
    spoken = replace(settings, lang=lang or settings.lang)
    what, when = f"{country}/{authority}: {in_words(contact)}", since(spoken, written)
    render_report.say(spoken.lang, f"{what}; rige {when}.", f"{what}; holds {when}.")


@contact_group.command(
    "list", help="A quién llamar, autoridad por autoridad. | Whom to call, authority by authority."
)
@click.option("--json", "as_json", is_flag=True, help="Para programas. | For programs.")
@_LANG
@click.pass_obj
def contact_list(settings: Settings, as_json: bool, lang: str | None) -> None:
    view = founding.read_config(settings)
    lang = lang or settings.lang
    if as_json:
        click.echo(
            json.dumps(
                [asdict(view.contacts[key]) for key in sorted(view.contacts)], ensure_ascii=False
            )
        )
        return
    table = Table()
    for head in Words("autoridad,a quién llamar", "authority,whom to call").text(lang).split(","):
        table.add_column(head, overflow="fold")
    authorities: set[tuple[str, str]] = {
        (node.country, node.authority) for node in view.nodes.values()
    }
    for key in sorted(authorities | view.contacts.keys()):
        contact = view.contacts.get(key)
        table.add_row("/".join(key), in_words(contact) if contact else _nobody(lang))
    render_report.console().print(table)


def in_words(contact: Contact) -> str:
    """Office, telephone, mail, hours, in one line."""
    when = f"({contact.hours})" if contact.hours else ""
    return " · ".join(filter(None, [contact.office, contact.phone, contact.mail, when]))


def _nobody(lang: str) -> str:
    return Words("— nadie anotado: quipu contact set", "— nobody yet: quipu contact set").text(lang)
