"""`quipu trace`: what the exchange knows, and the events by which countries ask and answer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from pydantic import TypeAdapter

from consumers.cli.reader_options import QueryContext
from consumers.cli.traces import ask_trace, trace_group
from consumers.query.traces.trace_views import ChainLine, TraceParty, TraceView
from infra.cli.requests import read_saved, to_case, with_step_options
from infra.command_line import command, option
from infra.errors import QuipuError
from producers.cli import course_steps, traces
from producers.cli.code_option import CodeOption
from producers.cli.field_values import field_values
from schemas.i18n import _
from streams.lifecycles.model import Party
from streams.lifecycles.tracing import TraceBasis

_VIEW = TypeAdapter(TraceView)
_SHOW = "quipu trace show ID"
DAY_LETTERS = len("2018-05-21")


def _confirm(
    context: QueryContext, id_: str, file: Path | None, pairs: tuple[str, ...], **options: Any
) -> None:
    """Sign the automatic answer of the node's country as it stands."""
    view = ask_trace(context, id_) if file is None else read_saved(file, _VIEW, _SHOW)
    party = own_party(view, course_steps.author_of(context.settings, options["node"]))
    values = {**confirmed_values(party), **field_values("trace_result", pairs)}
    _sign(context, view, party.automatic.outcome, values, options)


def _correct(
    context: QueryContext,
    id_: str,
    file: Path | None,
    pairs: tuple[str, ...],
    word: str,
    **options: Any,
) -> None:
    """Sign another answer than the automatic one, or one where there is none."""
    view = ask_trace(context, id_) if file is None else read_saved(file, _VIEW, _SHOW)
    party = own_party(view, course_steps.author_of(context.settings, options["node"]))
    is_computed = bool(party.automatic.records)
    basis = TraceBasis.CORRECTED if is_computed else TraceBasis.RESEARCHED
    values = {"basis": basis.value, **field_values("trace_result", pairs)}
    _sign(context, view, word, values, options)


def own_party(view: TraceView, author: Party) -> TraceParty:
    """Return where the author's country stands. Raises QuipuError where it was not asked."""
    for party in view.parties:
        if party.country == author.country and party.authority in ("", author.authority):
            return party
    raise QuipuError(
        _("{author} is not asked by this trace.", author=author),
        _("Only who is asked answers. See who is: quipu trace show ID"),
        "NOT_ADDRESSED",
    )


def confirmed_values(party: TraceParty) -> dict[str, object]:
    """Return the automatic answer as the fields of a trace_result."""
    automatic = party.automatic
    values: dict[str, object] = {
        "basis": TraceBasis.CONFIRMED.value,
        "holder": automatic.holder_record,
        "chain": [_transfer(line) for line in automatic.chain],
    }
    return values if automatic.weapon is None else {**values, "weapon": automatic.weapon}


def _transfer(line: ChainLine) -> dict[str, str | None]:
    """Return a link as the field `chain` takes it, which has no years without a day."""
    return {
        "date": line.day if len(line.day) == DAY_LETTERS else None,
        "from_country": line.from_country or None,
        "from": line.giver or None,
        "to_country": line.to_country or None,
        "to": line.taker or None,
        "document": line.document or None,
    }


def _sign(
    context: QueryContext,
    view: TraceView,
    word: str,
    values: Mapping[str, object],
    options: Mapping[str, Any],
) -> None:
    answers = {**options, "as_json": context.as_json}
    course_steps.take_step(
        context.settings, to_case(view.course), word, lambda _type: values, answers
    )


_OUTCOME = option(
    "--outcome",
    "word",
    type=CodeOption("trace_outcome"),
    required=True,
    help=_("What you found."),
)
_confirm_help = _("Sign the automatic answer of your country: a person has confirmed it.")
_correct_help = _("Sign another answer than the automatic one, with --set for its fields.")
trace_group.add_command(traces.ask_command)
trace_group.add_command(command("confirm", help=_confirm_help)(with_step_options(_confirm)))
trace_group.add_command(
    command("correct", help=_correct_help)(with_step_options(_correct, _OUTCOME))
)
commands: list[click.Command] = [trace_group]
