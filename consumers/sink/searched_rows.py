"""Make the row of `record_words` that an accepted event gives. Pure."""

from __future__ import annotations

from operator import itemgetter

from consumers.sink.fact_rows import NOT_COUNTED
from consumers.sink.tables import EVENTS, Row
from consumers.store.record_words import words_of_record

_TYPE = EVENTS.index("type")
_named = itemgetter(*map(EVENTS.index, ("id", "version", "type", "country")))
_occurred, _reported = (
    itemgetter(EVENTS.index("occurred_from")),
    itemgetter(EVENTS.index("reported_at")),
)
_references = itemgetter(EVENTS.index("case_reference"))
_places = itemgetter(*map(EVENTS.index, ("place_country", "subdivision")))


def searched_row(event: Row, recorded_at: int, label: int, words: str) -> list[Row]:
    """Return the row of a version of an event that is not erased; none for one that says nothing.

    `event`: a row of events, as far as the envelope; `label`: the number of its label in the batch;
    `words`: of its payload.
    """
    if event[_TYPE] in NOT_COUNTED or not words:
        return []
    occurred = _occurred(event)
    happened = _reported(event) if occurred is None else occurred
    references = [text.decode() for text in (_references(event),) if text]
    places = [code.decode() for code in _places(event) if code]
    every = words_of_record(words, references, places)
    return [(*_named(event), happened, recorded_at, label, every)]
