"""Compute all links between two events: a pure function of what both say over time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Any

from schemas.avro.log_records import LinkEndRecord, LinkRowRecord
from streams.linking.comparer import Comparer, RecordComparison
from streams.linking.members import LinkedEvent, Place, RecordsVersion, position_record

PROBABILITY_DIGITS, WEIGHT_DIGITS = 9, 3
"""Rounded, so that the last bits of another machine's logarithms make no other table."""

Counts = Callable[[bytes, str], bool]
"""Says whether the part of a block that a publisher has is within its cap."""
Pair = tuple[int, int]
"""Numbers of two records, one of each event."""


def pair_rows(
    first: LinkedEvent, second: LinkedEvent, counts: Counts, comparer: Comparer[Any]
) -> list[LinkRowRecord]:
    """Give the rows of a comparer's links between two events, in the order of their positions.

    At each position at which one of them begins to say something else, those that hold from there
    on are added, and those that held before and hold no more are withdrawn.
    """
    rows: list[LinkRowRecord] = []
    held: set[Pair] = set()
    for place, version, other in _timeline(first.versions, second.versions):
        linked = _linked(version, other, counts, comparer)
        rows += [_add_row(place, version, other, pair, linked[pair]) for pair in linked]
        rows += [
            _withdraw_row(place, version, other, pair) for pair in sorted(held - linked.keys())
        ]
        held = set(linked)
    return rows


def _timeline(
    first: Sequence[RecordsVersion], second: Sequence[RecordsVersion]
) -> Iterator[tuple[Place, RecordsVersion, RecordsVersion]]:
    """Yield each position at which one of two events changes, from where both are known on."""
    if len(first) == len(second) == 1:  # nearly all pairs
        yield max(first[0].place, second[0].place), first[0], second[0]
        return
    since = max(first[0].place, second[0].place)
    places = {version.place for version in (*first, *second) if version.place >= since}
    for place in sorted(places):
        yield place, _version_at(first, place), _version_at(second, place)


def _version_at(versions: Sequence[RecordsVersion], place: Place) -> RecordsVersion:
    return [version for version in versions if version.place <= place][-1]


def _linked(
    version: RecordsVersion, other: RecordsVersion, counts: Counts, comparer: Comparer[Any]
) -> dict[Pair, RecordComparison]:
    """Score the records that share a block that counts; keep those that are linked."""
    scored: dict[Pair, RecordComparison | None] = {}
    blocks, others, mark = version.by_block, other.by_block, comparer.format_byte
    for block in blocks.keys() & others.keys():
        if counts(block, version.publisher) and counts(block, other.publisher):
            for record, other_record in product(blocks[block], others[block]):
                pair, packed = (record.number, other_record.number), record.record
                if pair not in scored and packed[:1] == other_record.record[:1] == mark:
                    scored[pair] = comparer.compare(packed, other_record.record)
    return {pair: result for pair, result in sorted(scored.items()) if result is not None}


def _add_row(
    place: Place,
    version: RecordsVersion,
    other: RecordsVersion,
    pair: Pair,
    result: RecordComparison,
) -> LinkRowRecord:
    scored, excluded = result
    return {
        "op": "add",
        "first": _end(version, pair[0], version.label),
        "second": _end(other, pair[1], other.label),
        "probability": round(scored.probability, PROBABILITY_DIGITS),
        "features": {
            f"{feature.name}:{feature.level}": round(feature.weight, WEIGHT_DIGITS)
            for feature in scored.features
        },
        "cannot_be_same": excluded,
        "position": position_record(place),
    }


def _withdraw_row(
    place: Place, version: RecordsVersion, other: RecordsVersion, pair: Pair
) -> LinkRowRecord:
    return {
        "op": "withdraw",
        "first": _end(version, pair[0], None),
        "second": _end(other, pair[1], None),
        "probability": 0.0,
        "features": {},
        "cannot_be_same": False,
        "position": position_record(place),
    }


def _end(version: RecordsVersion, number: int, label: bytes | None) -> LinkEndRecord:
    return {
        "person": number,
        "type": version.type,
        "country": version.country,
        "label": label,
    }
