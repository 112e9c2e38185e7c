"""Ask other countries to trace a weapon, by a node."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from infra.command_line import command, option
from infra.settings import Settings
from producers.cli.code_option import CodeOption
from producers.cli.course_steps import author_of, publish, publishing
from producers.cli.field_values import field_values
from producers.errors import NodeError
from schemas.i18n import _
from streams.lifecycles.drafting import Draft, opening_draft
from streams.lifecycles.model import Party

_WEAPON = ("kind", "type", "make", "model", "calibre", "serial")


@command("ask", help=_("Ask one or more countries to trace a weapon."))
@option(
    "--to",
    "recipients",
    multiple=True,
    required=True,
    metavar="CO/FGN",
    help=_("Who is addressed: a country, an authority, a sharing group."),
)
@option("--serial", required=True, help=_("Serial as marked; ? for each sign not read."))
@option("--make", help=_("Make, as marked."))
@option("--type", type=CodeOption("weapon_type"), help=_("Type of weapon."))
@option("--model", help=_("Model, as marked."))
@option("--calibre", help=_("Calibre, as marked."))
@option(
    "--kind",
    type=CodeOption("weapon_kind"),
    default="firearm",
    show_default=True,
    help=_("Kind of weapon."),
)
@option("--reason", help=_("What the weapon was found in, without names of persons."))
@option("--urgent", "justification", help=_("Why it is urgent: it is to be answered in 24 hours."))
@option("--exercise", help=_("Name of the exercise: it is not real."))
@option(
    "--set",
    "pairs",
    multiple=True,
    metavar="FIELD=VALUE",
    help=_("A field of the content; lists with commas, objects as JSON."),
)
@option(
    "--reference",
    required=True,
    help=_("Your own reference of it, by which the others answer."),
)
@publishing
@click.pass_obj
def ask_command(settings: Settings, /, **options: Any) -> None:
    """Publish a trace request to everybody who is named."""
    draft = trace_draft(author_of(settings, options["node"]), options)
    publish(settings, draft, options)


def trace_draft(author: Party, options: Mapping[str, Any]) -> Draft:
    """Return the trace request as a node takes it. Raises NodeError for one to nobody else."""
    recipients: tuple[str, ...] = options["recipients"]
    if all(recipient.partition("/")[0] == author.country for recipient in recipients):
        raise NodeError(
            _("A trace asks another country."),
            _("Name one: --to EC, or --to EC/POLICIA."),
            "NOBODY_ASKED",
        )
    draft = opening_draft("trace", author, recipients)
    urgency = "urgent" if options["justification"] else "routine"
    given = draft["envelope"]
    envelope = {
        **(given if isinstance(given, Mapping) else {}),
        "urgency": urgency,
        "justification": options["justification"],
        "exercise": options["exercise"],
    }
    payload = {
        "priority": urgency,
        "justification": options["justification"],
        "reason": options["reason"],
        "weapon": {name: options[name] for name in _WEAPON},
        **field_values("trace_request", options["pairs"]),
    }
    return {**draft, "reference": options["reference"], "envelope": envelope, "payload": payload}
