"""Say whose turn it is to answer an alert, and until when, from the log and a moment alone.

The regular contact has the alert's minutes, then the alternate, then the duty officer of the
high-level group. Who is not on duty when the turn comes is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from streams.lifecycles.contact_points import ContactPoint, Function, choose
from streams.lifecycles.library import ALERT_MINUTES
from streams.lifecycles.model import MINUTE_MS, Course, CourseStep, Party, StepRole

_PASS_ON = frozenset({"ESCALATED", "DECLINED"})
_ANSWER = frozenset({"ACKNOWLEDGED", "CLOSED"})
_END = frozenset({"CANCELLED", "ENDED"})


@dataclass(frozen=True, slots=True)
class Turn:
    """Hold whose turn it was. `until`: None for the last; `contact`: None where none is known."""

    function: Function
    since: int
    until: int | None
    contact: ContactPoint | None


@dataclass(frozen=True, slots=True)
class Watch:
    """Hold the turns of a party so far, and the one now; `answered_at`: when it was answered."""

    party: Party
    turns: Sequence[Turn]
    current: Turn | None
    answered_at: int | None
    answered_by: str = ""


class _Span(NamedTuple):
    """When turns begin, and how long each is; ms."""

    begin: int
    length: int


def watch(course: Course, party: Party, points: Iterable[ContactPoint], now: int) -> Watch:
    """Return whose turn it is in an alert at a moment (ms since 1970 UTC)."""
    own = [step for step in course.steps if step.refusal is None and party in step.parties]
    answer = _first(own, StepRole.ADDRESSED, _ANSWER)
    ended = _first(own, StepRole.OPENER, _END)
    end = min((step.act.at for step in (answer, ended) if step is not None), default=None)
    last = now if end is None else min(now, end)
    passed_on = [step.act.at for step in own if step.act.word in _PASS_ON]
    every = _turns(_span_of(course, party), party, [*points], passed_on)
    turns = [turn for turn in every if turn.since <= last]
    current = turns[-1] if turns and end is None else None
    return Watch(
        party,
        turns,
        current,
        answer.act.at if answer else None,
        str(answer.act.payload.get("function") or "") if answer else "",
    )


def _first(steps: Iterable[CourseStep], role: StepRole, words: frozenset[str]) -> CourseStep | None:
    return next((step for step in steps if step.role is role and step.act.word in words), None)


def _span_of(course: Course, party: Party) -> _Span:
    """Return when the first turn begins, and how long a turn is: as the alert's deadline says."""
    begin = course.opening.at
    deadlines = [item for item in course.deadlines if item.party == party]
    due = next((item.due for item in deadlines if item.name == "acknowledge"), None)
    return _Span(begin, ALERT_MINUTES * MINUTE_MS if due is None else due - begin)


def _turns(
    span: _Span, party: Party, points: Sequence[ContactPoint], passed_on: list[int]
) -> Iterator[Turn]:
    since, length = span
    for function in Function:
        contact = choose(points, function, party, since)
        if function is Function.DUTY_OFFICER:
            yield Turn(function, since, None, contact)
        elif contact is None or contact.is_on_duty(since):
            passed_on = [at for at in passed_on if at >= since]
            until = min([*passed_on[:1], since + length])
            passed_on = passed_on[1:] if until in passed_on[:1] else passed_on
            yield Turn(function, since, until, contact)
            since = until
