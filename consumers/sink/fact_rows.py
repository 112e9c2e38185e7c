"""Make the rows of `facts` and `replaced` that an accepted event gives. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from consumers.sink.tables import EVENTS, FACT_ENVELOPE, Row
from schemas.measures import RECORD_ONLY, FactLine
from streams.intake.event_versions import CONTROL, OF_OWN_RECORDS

_CONTROL = frozenset(name.encode() for name in CONTROL)
NOT_COUNTED = frozenset({b"heartbeat", *(name.encode() for name in OF_OWN_RECORDS)})
"""Types that report nothing that happened."""
WHOLE_EVENT = bytes(16)
"""Stands for every version of an event."""

_TYPE, _ID, _VERSION, _SUPERSEDES = map(EVENTS.index, ("type", "id", "version", "supersedes"))
_envelope = itemgetter(*map(EVENTS.index, FACT_ENVELOPE.values()))


def fact_rows(event: Row, label: int, place: Row, lines: Sequence[FactLine]) -> list[Row]:
    """Give the rows of facts of an event that is not erased: one for each line.

    `event`: a row of events, as far as the envelope; `label`: the number of its label in the batch;
    `place`: its position with the item's index.
    """
    if event[_TYPE] in NOT_COUNTED:
        return []
    before = (*_envelope(event), label, *place)
    return [(*before, number, *line) for number, line in enumerate(lines or RECORD_ONLY)]


def replaced_row(event: Row, place: Row, target: bytes | None) -> list[Row]:
    """Give the row of replaced of an event that ends a version or another event, if it does.

    `target`: the event that a retraction or an erasure is about.
    """
    if event[_TYPE] in _CONTROL:
        ended = (target, WHOLE_EVENT, event[_TYPE], event[_ID])
        return [] if target is None else [(*ended, *place)]
    if event[_SUPERSEDES] is None:
        return []
    return [(event[_ID], event[_SUPERSEDES], b"correction", event[_VERSION], *place)]
