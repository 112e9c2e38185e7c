"""Write goals and decisions of the high-level group, by the node of a seat."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

import click

from infra.command_line import command, option
from infra.settings import Settings
from producers.cli.code_option import CodeOption
from producers.cli.course_steps import config_of, publish, publishing
from producers.cli.field_values import field_values
from producers.errors import NodeError
from schemas.codes import code_sets
from schemas.i18n import _
from streams.lifecycles.drafting import Draft, opening_draft
from streams.lifecycles.model import Party

SEATS = "high_level_group"
_DAY = click.DateTime(formats=["%Y-%m-%d"])
_TITLE = option(
    "--title", required=True, help=_("What it is, in a line, without names of persons.")
)
_DUE = option(
    "--due", type=_DAY, metavar="DATE", required=True, help=_("The day by which it is to be done.")
)
_OWNERS = option(
    "--owner",
    "owners",
    multiple=True,
    required=True,
    metavar="CO/FGN",
    help=_("Who answers for it: an authority, or a country."),
)
_POINT_HELP = _("Point of the plan of action, P01 to P13.")
_TO = option(
    "--to",
    "recipients",
    multiple=True,
    default=("ALL",),
    show_default=True,
    metavar="CO/FGN",
    help=_("Who may see it: ALL, a country, an authority, a sharing group."),
)
_SET = option(
    "--set",
    "pairs",
    multiple=True,
    metavar="FIELD=VALUE",
    help=_("A field of the content; lists with commas, objects as JSON."),
)
_REFERENCE = option("--reference", default="", help=_("Your own reference of it."))
_EXERCISE = option("--exercise", help=_("Name of the exercise: it is not real."))


def _common(command_: Callable[..., None]) -> Callable[..., None]:
    """Add the options that goals and decisions share."""
    decorated = publishing(command_)
    for decorate in (_EXERCISE, _REFERENCE, _SET, _TO, _OWNERS, _DUE, _TITLE):
        decorated = decorate(decorated)
    return decorated


@command("set", help=_("Set a goal for a point of the plan of action, as a seat of the group."))
@option("--point", type=CodeOption("plan_point"), required=True, help=_POINT_HELP)
@option(
    "--measure",
    type=CodeOption("goal_measure"),
    required=True,
    help=_("How it is measured; `quipu goals measures` lists the codes."),
)
@option("--baseline", type=float, help=_("Value at the start."))
@option("--target", type=float, help=_("Value to be reached."))
@_common
@click.pass_obj
def set_command(
    settings: Settings,
    /,
    point: str,
    measure: str,
    baseline: float | None,
    target: float | None,
    **options: Any,
) -> None:
    """Publish a goal, as the node of an authority that holds a seat."""
    values = {
        "plan_point": point,
        "measured_by": measure,
        "baseline_value": baseline,
        "target_value": target,
    }
    _publish(settings, "goal", values, options)


@command("decide", help=_("Record a decision of a meeting, as a seat of the group."))
@option("--meeting", type=_DAY, metavar="DATE", required=True, help=_("The day of the meeting."))
@option("--point", type=CodeOption("plan_point"), help=_POINT_HELP)
@option("--goal", metavar="ID", help=_("The whole id of the goal that it serves."))
@_common
@click.pass_obj
def decide_command(
    settings: Settings,
    /,
    meeting: datetime,
    point: str | None,
    goal: str | None,
    **options: Any,
) -> None:
    """Publish a decision, as the node of an authority that holds a seat."""
    values = {"meeting_date": f"{meeting:%Y-%m-%d}", "plan_point": point, "goal": goal}
    _publish(settings, "decision", values, options)


def _publish(
    settings: Settings, kind: str, values: Mapping[str, object], options: Mapping[str, Any]
) -> None:
    config = config_of(settings, options["node"])
    author = Party(config.country, config.authority)
    require_seat(author, code_sets(config.code_lists)[SEATS])
    draft = commitment_draft(kind, author, values, options)
    publish(settings, {**draft, "reference": options["reference"] or None}, options)


def commitment_draft(
    kind: str, author: Party, values: Mapping[str, object], options: Mapping[str, Any]
) -> Draft:
    """Return the event of a goal or decision as a node takes it. Raises NodeError."""
    draft = opening_draft(kind, author, options["recipients"])
    content = {
        **_part(draft, "payload"),
        **{name: value for name, value in values.items() if value is not None},
        "title": options["title"],
        "due": f"{options['due']:%Y-%m-%d}",
        "owners": [_owner(text) for text in options["owners"]],
        **field_values(kind, options["pairs"]),
    }
    envelope = {**_part(draft, "envelope"), "exercise": options["exercise"]}
    return {**draft, "payload": content, "envelope": envelope}


def require_seat(author: Party, seats: Collection[str]) -> None:
    """Raise NodeError for an authority that holds no seat. `seats`: the list that is in config."""
    if str(author) in seats:
        return
    raise NodeError(
        _("{author} holds no seat of the high-level group.", author=author),
        _(
            "The seats are: {seats}. The mechanism names others in types/codes/{list}.json, and "
            "announces them by `quipu found`.",
            seats=", ".join(sorted(seats)),
            list=SEATS,
        ),
        "NO_SEAT",
    )


def _owner(text: str) -> dict[str, object]:
    country, _slash, authority = text.strip().partition("/")
    return {"country": country.upper(), "authority": authority or None, "part": None}


def _part(draft: Draft, name: str) -> dict[str, object]:
    part = draft.get(name)
    return dict(part) if isinstance(part, Mapping) else {}
