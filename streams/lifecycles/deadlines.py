"""Say which deadlines of a course were kept, are due, or were missed, from positions in the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from schemas.deadlines import NO_CHANGES, Minutes
from schemas.time_zones import zone_of
from streams.lifecycles.model import (
    MINUTE_MS,
    Act,
    CourseStep,
    Deadline,
    DeadlineRule,
    DeadlineStatus,
    Lifecycle,
    Party,
    StepRole,
)

LAST_DAY = date(9999, 12, 30)
"""Its end is a moment of the calendar in every time zone. A later day stands for "never"."""


class Clock(NamedTuple):
    """The moment of a question, and the deadlines that config changes, by `lifecycle.deadline`."""

    now: int
    minutes: Mapping[str, Minutes] = NO_CHANGES


class _Due(NamedTuple):
    """Until when a deadline runs, and from when on a step can keep it."""

    due: int
    begin: int


def deadlines_of(
    lifecycle: Lifecycle, opening: Act, party: Party, steps: Sequence[CourseStep], clock: Clock
) -> tuple[Deadline, ...]:
    """Return the deadlines of a party. `steps`: those that count for it, in their order."""
    return tuple(
        Deadline(rule.name, party, run.due, *_outcome(rule, run, steps, lifecycle.ends, clock.now))
        for rule in lifecycle.deadlines
        for run in _runs(lifecycle.name, rule, opening, steps, clock.minutes)
    )


def end_of_day(text: object, country: str) -> int | None:
    """Return when a day (YYYY-MM-DD) is over in a member's capital, ms; None for no day."""
    try:
        day = min(date.fromisoformat(str(text)[:10]), LAST_DAY)
    except ValueError:
        return None
    midnight = datetime.combine(day + timedelta(days=1), time(), zone_of(country) or UTC)
    return round(midnight.timestamp() * 1000)


def _runs(
    name: str,
    rule: DeadlineRule,
    opening: Act,
    steps: Sequence[CourseStep],
    minutes: Mapping[str, Minutes],
) -> Iterator[_Due]:
    """Yield until when a deadline runs, where it runs at all."""
    if rule.promised:
        promises = [step.act for step in steps if step.act.payload.get(rule.promised)]
        for act in promises[-1:]:
            due = end_of_day(act.payload[rule.promised], act.author.country)
            if due is not None:
                yield _Due(due, act.at)
        return
    own = opening.payload.get(rule.own) if rule.own else None
    for step in steps:
        if rule.moved and step.role is StepRole.OPENER:
            own = step.act.payload.get(rule.moved) or own
    own_day = end_of_day(own, opening.author.country)
    changed = minutes.get(f"{name}.{rule.name}", Minutes(rule.urgent, rule.normal))
    length = changed.urgent if opening.is_urgent else changed.normal
    if isinstance(own, int):
        yield _Due(opening.at + own * MINUTE_MS, opening.at)
    elif own_day is not None:
        yield _Due(own_day, opening.at)
    elif length is not None:
        yield _Due(opening.at + length * MINUTE_MS, opening.at)


def _outcome(
    rule: DeadlineRule, run: _Due, steps: Iterable[CourseStep], ends: frozenset[str], now: int
) -> tuple[DeadlineStatus, int | None]:
    """Return what became of a deadline, and when it was kept or lifted."""
    for step in steps:
        act = step.act
        if step.role is StepRole.ADDRESSED and act.at >= run.begin and _keeps(rule, act):
            is_late = act.at > run.due
            return (DeadlineStatus.LATE if is_late else DeadlineStatus.KEPT), act.at
        if step.state in ends and act.at <= run.due:
            return DeadlineStatus.LIFTED, act.at
    return (DeadlineStatus.MISSED if now > run.due else DeadlineStatus.RUNNING), None


def _keeps(rule: DeadlineRule, act: Act) -> bool:
    if act.word in rule.kept_by:
        return True
    if rule.kept_if is None:
        return False
    field, values = rule.kept_if
    return act.payload.get(field) in values
