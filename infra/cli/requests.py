"""`quipu request` and `quipu alert`: what the exchange knows, and the next step of a node."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic import TypeAdapter

from consumers.cli.reader_options import (
    Decorator,
    QueryContext,
    with_query_options,
)
from consumers.cli.requests import alert_group, ask_course, request_group
from consumers.query.lifecycles.course_views import CourseView
from infra.command_line import argument, command, node_option, option
from infra.errors import QuipuError
from producers.cli import course_steps
from schemas.i18n import UserMessage, _
from streams.lifecycles.drafting import Case, CaseStep
from streams.lifecycles.model import Party

View = TypeVar("View")
_VIEW = TypeAdapter(CourseView)
_SHOW = "quipu request show ID"
_STEP = option("--step", "word", required=True, metavar="STEP", help=_("The step, by its code."))
_ACKNOWLEDGE = option(
    "--step",
    "word",
    default="ACKNOWLEDGED",
    show_default=True,
    metavar="STEP",
    help=_("The step, by its code."),
)
CASE = option(
    "--case",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help=_("What `show ID --json` wrote elsewhere, where this machine cannot ask."),
)
PAIRS = option(
    "--set",
    "pairs",
    multiple=True,
    metavar="FIELD=VALUE",
    help=_("A field of the content; lists with commas, objects as JSON."),
)
_REFERENCE = option("--reference", default="", help=_("Your own reference of it."))


def _answer(
    context: QueryContext,
    id_: str,
    word: str,
    file: Path | None,
    pairs: tuple[str, ...],
    **options: Any,
) -> None:
    """Write the next step of a request, if it may be taken now."""
    view = _ask(context, id_) if file is None else read_saved(file, _VIEW, _SHOW)
    answers = {**options, "as_json": context.as_json}
    course_steps.answer(context.settings, to_case(view), word.upper(), pairs, answers)


def with_step_options(command_: Any, *further: Decorator) -> Any:
    """Add the options by which a node writes a step of a course, then `further`."""
    decorated: Any = with_query_options(command_)
    for add_option in (course_steps.timeout_option, _REFERENCE, PAIRS, CASE, *further):
        decorated = add_option(decorated)
    return argument("id_", metavar="ID")(node_option(decorated))


def step_command(name: str, help_: UserMessage, step: Decorator = _STEP) -> click.Command:
    """Return a command that writes the next step of a course. `step`: its option of the step."""
    composed: click.Command = command(name, help=help_)(with_step_options(_answer, step))
    return composed


for _group, _step in ((request_group, _STEP), (alert_group, _ACKNOWLEDGE)):
    _help = _("Write the next step of a request, by your node.")
    _group.add_command(step_command("answer", _help, _step))


def to_case(view: CourseView) -> Case:
    """Return what a node must know of a course."""
    counting = [step for step in view.steps if step.refusal is None]
    opening = view.opening
    return Case(
        id=view.summary.id,
        kind=view.summary.kind,
        state=view.summary.state,
        opener=Party(opening.country, opening.authority),
        reference=view.summary.reference,
        envelope=_envelope(view),
        payload=opening.payload or {},
        next_steps=tuple(
            CaseStep(
                step.word,
                step.type,
                step.role,
                Party(step.country, step.authority),
                tuple(step.needs),
            )
            for step in view.next_steps
        ),
        past=tuple((Party(step.country, step.authority), step.word) for step in view.steps),
        last=next((step.event for step in reversed(counting) if step.event != opening.id), None),
    )


def _envelope(view: CourseView) -> Mapping[str, object]:
    names = ("tlp", "purpose", "legal_basis", "crime", "case_reference", "exercise", "recipients")
    return {name: getattr(view.opening, name) for name in names}


def _ask(context: QueryContext, id_: str) -> CourseView:
    return ask_course(context, id_, lambda queries: queries.courses.course)


def read_saved(file: Path, view: TypeAdapter[View], command_: str) -> View:
    """Return what a command wrote with --json. Raises QuipuError where it is something else.

    `command_`: the command, such as `quipu request show ID`.
    """
    try:
        return view.validate_json(file.read_bytes())
    except ValueError as error:
        raise QuipuError(
            _("The file is not what {command} writes.", command=f"{command_} --json"),
            _("Save what it writes, or the answer of the API."),
            "BROKEN_FORMAT",
        ) from error


for _writing in (course_steps.form_command, course_steps.send_command):
    request_group.add_command(_writing)
alert_group.add_command(course_steps.alert_command)
commands: list[click.Command] = [request_group, alert_group]
