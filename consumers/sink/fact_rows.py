"""Make the rows of `facts` and `replaced` that an accepted event gives. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from consumers.sink.tables import EVENTS, Row
from schemas.measures import RECORD_ONLY, FactLine
from streams.intake.event_versions import CONTROL

NOT_COUNTED = frozenset({b"heartbeat", *(name.encode() for name in CONTROL)})
"""Types that report nothing that happened."""
WHOLE_EVENT = bytes(16)
"""Stands for every version of an event."""

_TYPE, _ID, _VERSION, _SUPERSEDES, _EXERCISE = map(
    EVENTS.index, ("type", "id", "version", "supersedes", "exercise")
)
_who = itemgetter(*map(EVENTS.index, ("type", "country", "authority", "crime")))
_where = itemgetter(*map(EVENTS.index, ("place_country", "subdivision")))
_when = itemgetter(*map(EVENTS.index, ("occurred_from", "occurred_precision", "reported_at")))
_label = itemgetter(
    *map(EVENTS.index, ("recipients", "tlp", "handling", "condition", "purpose", "exercise"))
)


def fact_rows(event: Row, place: Row, lines: Sequence[FactLine]) -> list[Row]:
    """Give the rows of facts of an event that is not erased: one for each line.

    `event`: a row of events, as far as the envelope; `place`: its position with the item's index.
    """
    if event[_TYPE] in NOT_COUNTED:
        return []
    country, subdivision = _where(event)
    envelope = (*_who(event), event[_EXERCISE] or b"", country or b"", subdivision or b"")
    before, after = (*envelope, *_when(event)), (*place, *_label(event))
    identity = (event[_ID], event[_VERSION])
    return [
        (*identity, number, line.element.encode(), *before, *_content(line), *after)
        for number, line in enumerate(lines or RECORD_ONLY)
    ]


def replaced_row(event: Row, place: Row, target: bytes | None) -> list[Row]:
    """Give the row of replaced of an event that ends a version or another event, if it does.

    `target`: the event that a retraction or an erasure is about.
    """
    act = event[_TYPE].decode()
    if act in CONTROL:
        ended = (target, WHOLE_EVENT, event[_TYPE], event[_ID])
        return [] if target is None else [(*ended, *place)]
    if event[_SUPERSEDES] is None:
        return []
    return [(event[_ID], event[_SUPERSEDES], b"correction", event[_VERSION], *place)]


def _content(line: FactLine) -> Row:
    dimensions = {name.encode(): value.encode() for name, value in line.dimensions.items()}
    return (
        *(line.measure.encode(), line.amount, line.currency.encode(), line.usable.encode()),
        dimensions,
    )
