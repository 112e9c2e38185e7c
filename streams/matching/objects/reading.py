"""Find the objects and the ways of acting of a payload, and read each into a record."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from schemas.measures.dimensions import reader_of
from streams.matching.objects.record import ObjectMeasure, ObjectRecord
from streams.matching.objects.terms import centuries_of, in_base_unit, terms_of

_CULTURAL = "cultural_object"
_DESCRIBING = ("what", "title", "subject", "description")
LEAST_TERMS_OF_METHOD = 4
"""A way of acting of fewer terms, such as "arma de fuego", tells nothing apart."""

Payload = Mapping[str, Any]


def object_of(event_type: str, payload: Payload) -> ObjectRecord | None:
    """Read the object that an event describes; None for another type or where it says nothing."""
    if event_type != _CULTURAL:
        return None
    record = ObjectRecord(
        reader_of(_CULTURAL)(payload.get("what") or "", payload),
        terms_of([*_texts(payload, "materials"), *_texts(payload, "techniques")]),
        tuple(_measures(payload.get("measurements") or ())),
        terms_of(_texts(payload, "inscriptions")),
        terms_of([payload.get("culture") or ""]),
        centuries_of(payload.get("period") or ""),
        terms_of(
            [*(payload.get(name) or "" for name in _DESCRIBING), *_texts(payload, "features")]
        ),
    )
    return None if record.is_empty else record


def method_of(event_type: str, payload: Payload) -> ObjectRecord | None:
    """Read how a crime was committed; None where an event does not say so in enough words."""
    written = payload.get("modus_operandi")
    if event_type == _CULTURAL or not written:
        return None
    terms = terms_of([written] if isinstance(written, str) else written)
    if len(terms) < LEAST_TERMS_OF_METHOD:
        return None
    return ObjectRecord(description=terms)


def _texts(payload: Payload, name: str) -> Sequence[str]:
    return payload.get(name) or ()


def _measures(written: Sequence[Payload]) -> Iterator[ObjectMeasure]:
    for measure in written[:12]:
        dimension, value = measure.get("dimension"), measure.get("value")
        if dimension and value is not None:
            converted = in_base_unit(dimension, value, measure.get("unit") or "")
            if converted is not None:
                yield ObjectMeasure(dimension, converted)
