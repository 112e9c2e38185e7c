"""Compute all links between two events: a pure function of what both say over time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from schemas.avro.log_records import LinkEndRecord, LinkRowRecord
from streams.linking.members import LinkedEvent, PersonsVersion, Place, position_record
from streams.linking.sealed_persons import ComparedPerson
from streams.matching import (
    PairScore,
    PersonRecord,
    cannot_be_same,
    from_bytes,
    person_model,
    score,
)

LINK_FROM = 0.5
"""The least probability of a link; below it two records are taken to be of two persons."""
PROBABILITY_DIGITS, WEIGHT_DIGITS = 9, 3
"""Rounded, so that the last bits of another machine's logarithms make no other table."""
CACHED_RECORDS, CACHED_SCORES = 20_000, 20_000

Counts = Callable[[bytes, str], bool]
"""Says whether the part of a block that a publisher has is within its cap."""
Pair = tuple[int, int]
"""Numbers of two persons, one of each event."""


def pair_rows(first: LinkedEvent, second: LinkedEvent, counts: Counts) -> list[LinkRowRecord]:
    """Give the rows of all links between two events, in the order of their positions.

    At each position at which one of them begins to say something else, those that hold from there
    on are added, and those that held before and hold no more are withdrawn.
    """
    rows: list[LinkRowRecord] = []
    held: set[Pair] = set()
    for place, version, other in _timeline(first.versions, second.versions):
        linked = _linked(version, other, counts)
        rows += [_add_row(place, version, other, pair, linked[pair]) for pair in linked]
        rows += [
            _withdraw_row(place, version, other, pair) for pair in sorted(held - linked.keys())
        ]
        held = set(linked)
    return rows


def _timeline(
    first: Sequence[PersonsVersion], second: Sequence[PersonsVersion]
) -> Iterator[tuple[Place, PersonsVersion, PersonsVersion]]:
    """Yield each position at which one of two events changes, from where both are known on."""
    if len(first) == len(second) == 1:  # nearly all pairs
        yield max(first[0].place, second[0].place), first[0], second[0]
        return
    since = max(first[0].place, second[0].place)
    places = {version.place for version in (*first, *second) if version.place >= since}
    for place in sorted(places):
        yield place, _version_at(first, place), _version_at(second, place)


def _version_at(versions: Sequence[PersonsVersion], place: Place) -> PersonsVersion:
    return [version for version in versions if version.place <= place][-1]


def _linked(
    version: PersonsVersion, other: PersonsVersion, counts: Counts
) -> dict[Pair, tuple[PairScore, bool]]:
    """Score the persons that share a block that counts; keep those that are linked."""
    linked: dict[Pair, tuple[PairScore, bool]] = {}
    by_block: dict[bytes, list[ComparedPerson]] = {}
    for other_person in other.persons:
        for block in other_person.blocks:
            by_block.setdefault(block, []).append(other_person)
    for person in version.persons:
        for block in by_block.keys() & person.blocks:
            if counts(block, version.publisher) and counts(block, other.publisher):
                for other_person in by_block[block]:
                    result = _compare(person.record, other_person.record)
                    if result is not None:
                        linked[person.number, other_person.number] = result
    return dict(sorted(linked.items()))


@lru_cache(CACHED_SCORES)
def _compare(record: bytes, other: bytes) -> tuple[PairScore, bool] | None:
    """Score two records; None where they are taken to be of two persons."""
    person, other_person = _read(record), _read(other)
    result = score(person, other_person, person_model())
    return (
        (result, cannot_be_same(person, other_person)) if result.probability >= LINK_FROM else None
    )


_read: Callable[[bytes], PersonRecord] = lru_cache(CACHED_RECORDS)(from_bytes)


def _add_row(
    place: Place,
    version: PersonsVersion,
    other: PersonsVersion,
    pair: Pair,
    result: tuple[PairScore, bool],
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
    place: Place, version: PersonsVersion, other: PersonsVersion, pair: Pair
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


def _end(version: PersonsVersion, number: int, label: bytes | None) -> LinkEndRecord:
    return {
        "person": number,
        "type": version.type,
        "country": version.country,
        "label": label,
    }
