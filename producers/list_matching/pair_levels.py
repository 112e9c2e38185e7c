"""Compare pairs of rows field by field, many at a time: each field gives a level, the best first.

What is equal costs nothing. Of the rest, each two values are compared once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pyarrow as pa
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
"""Of names: the value stands in the other column of names."""


def _of_names(a: Words, b: Words) -> Levels:
    alike = cpdist(a, b, scorer=JaroWinkler.similarity)
    levels = np.full(len(a), 5, dtype=np.int8)
    levels[alike >= 0.8] = 4
    levels[alike >= 0.9] = 3
    levels[cpdist(a, b, scorer=OSA.distance, score_cutoff=1) <= 1] = 2
    return levels


def _of_dates(a: Words, b: Words) -> Levels:
    distance = cpdist(a, b, scorer=OSA.distance)
    levels = np.full(len(a), 4, dtype=np.int8)
    levels[distance <= 2] = 3
    levels[distance <= 1] = 2
    swapped = [
        x[:4] == y[:4] and x[4:6] == y[6:8] and x[6:8] == y[4:6] for x, y in zip(a, b, strict=True)
    ]
    levels[np.array(swapped, dtype=bool)] = 1
    return levels


def _of_numbers(a: Words, b: Words) -> Levels:
    distance = cpdist(a, b, scorer=OSA.distance)
    levels = np.full(len(a), 3, dtype=np.int8)
    levels[distance <= 2] = 2
    levels[distance <= 1] = 1
    return levels


def _of_texts(a: Words, b: Words) -> Levels:
    alike = cpdist(a, b, scorer=JaroWinkler.similarity)
    levels = np.full(len(a), 3, dtype=np.int8)
    levels[alike >= 0.8] = 2
    levels[alike >= 0.92] = 1
    return levels


def _of_codes(a: Words, b: Words) -> Levels:
    levels = np.full(len(a), 2, dtype=np.int8)
    levels[cpdist(a, b, scorer=OSA.distance, score_cutoff=1) <= 1] = 1
    return levels


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
    own = [coded.a[rows_a] for coded in lists.fields]
    other = [coded.b[rows_b] for coded in lists.fields]
    levels = [
        _compare_codes(coded, own[place], other[place]) for place, coded in enumerate(lists.fields)
    ]
    _mark_exchanged(lists, own, other, levels)
    return levels


def _compare_codes(coded: CodedField, own: NDArray[np.int32], other: NDArray[np.int32]) -> Levels:
    levels = np.full(len(own), SAME, dtype=np.int8)
    differ = own != other
    empty = (own == NOTHING) | (other == NOTHING)
    levels[empty] = MISSING
    compared = differ & ~empty
    if compared.any():
        low, high = (
            np.minimum(own[compared], other[compared]),
            np.maximum(own[compared], other[compared]),
        )
        pairs, inverse = np.unique(low.astype(np.int64) << 32 | high, return_inverse=True)
        a = _words(coded.values, pairs >> 32)
        b = _words(coded.values, pairs & 0xFFFFFFFF)
        levels[compared] = COMPARE[coded.field.kind][1](a, b)[inverse]
    return levels


def _words(values: pa.Array, codes: NDArray[np.int64]) -> list[str]:
    words: list[str] = values.take(pa.array(codes)).to_pylist()
    return words


def _mark_exchanged(
    lists: CodedLists,
    own: Sequence[NDArray[np.int32]],
    other: Sequence[NDArray[np.int32]],
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
    given, surname = places
    crossed = (own[given] == other[surname]) & (own[given] != NOTHING)
    crossed_too = (own[surname] == other[given]) & (own[surname] != NOTHING)
    apart = (levels[given] != SAME) & (levels[surname] != SAME)
    for place in places:
        levels[place][apart & (crossed | crossed_too)] = EXCHANGED
