"""Register the comparers. Adding one is a class, its model file, and a line here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from streams.linking.comparer import MOST_RECORDS, Comparer, PackedRecord, Payload
from streams.linking.object_comparers import MethodComparer, ObjectComparer
from streams.linking.person_comparer import PersonComparer

COMPARERS: Sequence[Comparer[Any]] = (PersonComparer(), ObjectComparer(), MethodComparer())
BY_FORMAT: Mapping[bytes, Comparer[Any]] = {
    comparer.format_byte: comparer for comparer in COMPARERS
}
BY_KIND: Mapping[str, Comparer[Any]] = {comparer.kind: comparer for comparer in COMPARERS}
CAPS: Mapping[bytes, int] = {
    letter.encode(): cap for comparer in COMPARERS for letter, cap in comparer.caps.items()
}
"""By first letter of a blocking key: events of one publisher that a block may have."""


def comparers_of(form: int) -> Sequence[Comparer[Any]]:
    """List the comparers of a form of generations; a former form lacks the later ones."""
    return [comparer for comparer in COMPARERS if comparer.since_form <= form]


def packed_records(
    comparers: Sequence[Comparer[Any]], event_type: str, payload: Payload
) -> list[PackedRecord]:
    """Read what an event is compared by, as it is sealed."""
    return [
        PackedRecord(number, comparer.pack(record), comparer.keys(record))
        for comparer in comparers
        for number, record in enumerate(
            comparer.records(event_type, payload)[:MOST_RECORDS], comparer.first_number
        )
    ]
