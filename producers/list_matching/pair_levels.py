"""Compare pairs of rows field by field, many at a time: each field gives a level, the best first.

What is equal costs nothing, and what differs by too much is given up early.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from producers.list_matching.coded_lists import NOTHING, CodedField, CodedLists
from producers.list_matching.field_kinds import NAME_KINDS, FieldKind

Levels = NDArray[np.int8]
Words = Sequence[str]
MISSING = -1
SAME = 0
EXCHANGED = 1
"""Of names: the value stands in the other column of names. Of dates: day and month exchanged."""
DIFFERENT = 2
"""Of values before they are compared: neither equal, empty nor exchanged."""
FEW_VALUES = 1_000
"""Values of a field below which it is faster to look for equal pairs than to compare each."""


def _of_names(a: Words, b: Words) -> Levels:
    alike = cpdist(a, b, scorer=JaroWinkler.similarity, score_cutoff=0.8)
    levels = np.full(len(a), 5, dtype=np.int8)
    levels[alike >= 0.8] = 4
    levels[alike >= 0.9] = 3
    levels[_distance(a, b, 1) <= 1] = 2
    return levels


def _of_dates(a: Words, b: Words) -> Levels:
    distance = _distance(a, b, 2)
    levels = np.full(len(a), 4, dtype=np.int8)
    levels[distance <= 2] = 3
    levels[distance <= 1] = 2
    return levels


def _of_numbers(a: Words, b: Words) -> Levels:
    distance = _distance(a, b, 2)
    levels = np.full(len(a), 3, dtype=np.int8)
    levels[distance <= 2] = 2
    levels[distance <= 1] = 1
    return levels


def _of_texts(a: Words, b: Words) -> Levels:
    alike = cpdist(a, b, scorer=JaroWinkler.similarity, score_cutoff=0.8)
    levels = np.full(len(a), 3, dtype=np.int8)
    levels[alike >= 0.8] = 2
    levels[alike >= 0.92] = 1
    return levels


def _of_codes(a: Words, b: Words) -> Levels:
    levels = np.full(len(a), 2, dtype=np.int8)
    levels[_distance(a, b, 1) <= 1] = 1
    return levels


def _distance(a: Words, b: Words, most: int) -> NDArray[np.uint8]:
    """Count the slips between two texts; `most` + 1 stands for more than `most`."""
    counts: NDArray[np.uint8] = cpdist(a, b, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)
    return counts


COMPARE: Mapping[FieldKind, tuple[int, Callable[[Words, Words], Levels]]] = {
    FieldKind.GIVEN_NAMES: (6, _of_names),
    FieldKind.SURNAMES: (6, _of_names),
    FieldKind.NAME: (6, _of_names),
    FieldKind.DATE: (5, _of_dates),
    FieldKind.NUMBER: (4, _of_numbers),
    FieldKind.TEXT: (4, _of_texts),
    FieldKind.CODE: (3, _of_codes),
}
"""The number of levels of each kind, and the comparison of values that are not equal."""


def level_count(coded: CodedField) -> int:
    """Return how many levels the field has."""
    return COMPARE[coded.field.kind][0]


def compare_pairs(
    lists: CodedLists, rows_a: NDArray[np.int64], rows_b: NDArray[np.int64]
) -> list[Levels]:
    """Return the levels of each field for these pairs; MISSING where one row is empty."""
    levels = look_at_pairs(lists, rows_a, rows_b)
    for coded, column in zip(lists.fields, levels, strict=True):
        places = np.flatnonzero(column == DIFFERENT)
        column[places] = compare_field(coded, rows_a[places], rows_b[places])
    return levels


def look_at_pairs(
    lists: CodedLists, rows_a: NDArray[np.int64], rows_b: NDArray[np.int64]
) -> list[Levels]:
    """Return what the codes of the values say: MISSING, SAME, EXCHANGED, or DIFFERENT."""
    levels = []
    for coded in lists.fields:
        own, other = coded.a[rows_a], coded.b[rows_b]
        column = np.full(len(own), DIFFERENT, dtype=np.int8)
        if coded.field.kind is FieldKind.DATE:  # one block: one year, and day and month exchanged
            column[coded.blocks[own] == coded.blocks[other]] = EXCHANGED
        column[own == other] = SAME
        column[(own == NOTHING) | (other == NOTHING)] = MISSING
        levels.append(column)
    _mark_exchanged(lists, rows_a, rows_b, levels)
    return levels


def compare_field(
    coded: CodedField, rows_a: NDArray[np.int64], rows_b: NDArray[np.int64]
) -> Levels:
    """Return the levels of one field for pairs whose values are different."""
    if not len(rows_a):
        return np.empty(0, dtype=np.int8)
    own, other = coded.a[rows_a], coded.b[rows_b]
    compare = COMPARE[coded.field.kind][1]
    if len(coded.values) >= FEW_VALUES:
        return compare(coded.words(own), coded.words(other))
    low, high = np.minimum(own, other), np.maximum(own, other)
    pairs, inverse = np.unique(low.astype(np.int64) << 32 | high, return_inverse=True)
    levels: Levels = compare(coded.words(pairs >> 32), coded.words(pairs & 0xFFFFFFFF))[inverse]
    return levels


def _mark_exchanged(
    lists: CodedLists,
    rows_a: NDArray[np.int64],
    rows_b: NDArray[np.int64],
    levels: Sequence[Levels],
) -> None:
    """Mark given names and surnames that stand in each other's column."""
    places = [
        place
        for place, coded in enumerate(lists.fields)
        if coded.field.kind in NAME_KINDS and coded.field.kind is not FieldKind.NAME
    ]
    if len(places) != 2:
        return
    given, surname = (lists.fields[place] for place in places)
    own, own_surname = given.a[rows_a], surname.a[rows_a]
    crossed = (own == surname.b[rows_b]) & (own != NOTHING)
    crossed |= (own_surname == given.b[rows_b]) & (own_surname != NOTHING)
    for place in places:
        crossed &= levels[place] != SAME
    for place in places:
        levels[place][crossed] = EXCHANGED
