"""Records that every check takes, with the most extreme values that it lets pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from schemas.event.event_type import event_type
from schemas.examples import example
from schemas.model import EpochMs

Place = tuple[str | int, ...]
DAY, MOMENT = "9999-12-31", "9999-12-31T23:59:59"
EXTREMES: tuple[object, ...] = (
    *(DAY, "0001-01-01", MOMENT, "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"),
    *("24:00", "=1+1<b>{{7*7}}'\ufffe", "-", ""),
    *(9.2e18, -9.2e18, 2**63 - 1, -(2**63), 90, -90, 0, -1),
    None,
)
"""What is put wherever a check lets it pass; the last empties what may be empty."""


def extreme_payloads(
    type_: str, appended_at: EpochMs, fixed: Mapping[str, object]
) -> Iterator[dict[str, Any]]:
    """Yield a payload for each extreme: it stands in every field that may have it.

    `fixed`: fields that stay as they are given, such as the event that a step is about.
    """
    for extreme in EXTREMES:
        payload: dict[str, Any] = deepcopy({**example(type_).payload, **fixed})
        size = 0
        for place in places(payload):
            if place[0] in fixed:
                continue
            changed = with_value(payload, place, extreme)
            if is_taken(type_, changed, appended_at):
                payload, size = changed, size + 1
        if size:
            yield payload


def is_taken(type_: str, payload: Mapping[str, Any], appended_at: EpochMs) -> bool:
    """Whether intake takes a payload: it can be written, and no check refuses it."""
    kind = event_type(type_)
    try:
        written = kind.write(dict(payload))
    except (TypeError, ValueError, OverflowError, KeyError):
        return False
    return not kind.find_problems(kind.read(written), len(written), appended_at)


def places(value: object, before: Place = ()) -> Iterator[Place]:
    """Yield where each value of a payload stands; of a list only its first element."""
    if before:
        yield before
    if isinstance(value, dict):
        for name, held in value.items():
            yield from places(held, (*before, name))
    elif isinstance(value, list) and value:
        yield from places(value[0], (*before, 0))


def with_value(payload: Mapping[str, Any], place: Place, value: object) -> dict[str, Any]:
    """Return a copy of a payload with another value at one place, if the place is still there."""
    copy: dict[str, Any] = deepcopy(dict(payload))
    holder: Any = copy
    *before, last = place
    for step in before:
        if not holder:
            return copy
        holder = holder[step]
    if holder:
        holder[last] = value
    return copy
