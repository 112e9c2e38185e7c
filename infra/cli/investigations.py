"""`quipu investigation`: what the exchange knows, and the acts that a node signs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from pydantic import TypeAdapter

from consumers.cli.custody_files import check_command, export_command
from consumers.cli.investigations import ask_investigation, investigation_group
from consumers.cli.reader_options import QueryContext
from consumers.presentation import custody_words
from consumers.query.investigations.investigation_views import (
    InvestigationView,
    exhibit_events,
    exhibits_of,
    members_of,
)
from infra.cli.requests import read_saved, step_command, to_case, with_step_options
from infra.command_line import command
from infra.errors import QuipuError
from producers.cli import course_steps
from producers.cli.exhibits import ACT_OPTIONS, exhibit_entries
from producers.cli.field_values import field_values
from schemas.i18n import UserMessage, _
from streams.lifecycles.custody import fold_exhibits
from streams.lifecycles.custody_rules import Exhibit, ExhibitAct, ExhibitEvent
from streams.lifecycles.library import INVESTIGATION
from streams.lifecycles.model import Party

_VIEW = TypeAdapter(InvestigationView)
_SHOW = "quipu investigation show ID"
_NEW = "new"
"""Stands for the event that is not sealed yet."""
_NEVER = 2**62


def _exhibit(
    context: QueryContext, id_: str, file: Path | None, pairs: tuple[str, ...], **options: Any
) -> None:
    """Sign an act of custody, if it may be taken now."""
    view = ask_investigation(context, id_) if file is None else read_saved(file, _VIEW, _SHOW)
    author = course_steps.author_of(context.settings, options["node"])
    entries = exhibit_entries(exhibits_of(view.course), author, options)
    check_acts(view, author, entries, context.lang)
    values = {**field_values(INVESTIGATION.opening, pairs), "evidence": entries}
    answers = {**options, "as_json": context.as_json}
    course_steps.take_step(
        context.settings, to_case(view.course), "EVIDENCE", lambda _type: values, answers
    )


def check_acts(
    view: InvestigationView, author: Party, entries: list[dict[str, object]], lang: str
) -> None:
    """Raise QuipuError for the first act that would count for nothing, with the reason."""
    event = ExhibitEvent(_NEW, author, _NEVER, is_counted=True, entries=entries)
    events = [*exhibit_events(view.course), event]
    for exhibit in fold_exhibits(events, members_of(view.course)):
        for act in exhibit.acts:
            if act.event == _NEW and act.refusal is not None:
                raise _impossible(exhibit, act, author, lang)


def _impossible(exhibit: Exhibit, act: ExhibitAct, author: Party, lang: str) -> QuipuError:
    why = custody_words.reason(str(act.refusal), act.detail, lang)
    possible = ", ".join(step.act for step in exhibit.next_acts() if step.party == author)
    remedy: UserMessage = (
        _("{author} may take: {steps}.", author=author, steps=possible)
        if possible
        else _("{author} has no act to take on it now.", author=author)
    )
    message = _(
        "The act {act} on the exhibit {name} would not count: {reason}.",
        act=act.act,
        name=exhibit.key,
        reason=why,
    )
    return QuipuError(message, remedy, str(act.refusal))


_exhibit_help = _("Record who did what with exhibits: each act is signed by your node.")
_answer_help = _("Write the next step of an investigation, by your node.")
investigation_group.add_command(
    command("exhibit", help=_exhibit_help)(with_step_options(_exhibit, *ACT_OPTIONS))
)
investigation_group.add_command(step_command("answer", _answer_help))
for _file_command in (export_command, check_command):
    investigation_group.add_command(_file_command)
commands: list[click.Command] = [investigation_group]
