"""Compare only the pairs that may reach the threshold, and give those that do with their reasons.

A field whose values differ is first given the most bits that it may have. Fields are compared one
after the other; a pair that cannot reach the threshold any more is left out of the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from producers.list_matching.coded_lists import CodedField, CodedLists
from producers.list_matching.field_kinds import FieldKind
from producers.list_matching.found_pairs import FoundPairs, PairReason
from producers.list_matching.learning import Weights, sum_bits, taken_by_household
from producers.list_matching.pair_levels import DIFFERENT, MISSING, SAME, Levels, compare_field

Rows = NDArray[np.int64]
Bits = NDArray[np.float64]
_RAREST, _COMMONEST = 6.0, -4.0
"""Bits that a rare value adds at most, and a common one takes from agreement at most."""
_NAMES = ("same", "exchanged", "one_letter", "similar", "somewhat_similar", "differ")
LEVEL_NAMES = {
    FieldKind.GIVEN_NAMES: _NAMES,
    FieldKind.SURNAMES: _NAMES,
    FieldKind.NAME: _NAMES,
    FieldKind.DATE: ("same", "day_and_month", "one_letter", "similar", "differ"),
    FieldKind.NUMBER: ("same", "one_letter", "similar", "differ"),
    FieldKind.TEXT: ("same", "similar", "somewhat_similar", "differ"),
    FieldKind.CODE: ("same", "one_letter", "differ"),
}
"""What the levels of each kind of field are called in the evidence."""


class LikelyPairs:
    """Find the pairs of at least this probability, by learned weights."""

    def __init__(self, lists: CodedLists, weights: Weights, least: float) -> None:
        self._lists, self._weights = lists, weights
        self._threshold = float(np.log2(least / (1 - least)))
        self._rarity = [_rarity(coded) for coded in lists.fields]
        self._most = [float(row[1:].max()) for row in weights.person]
        self._bound = [
            np.array([*row[:DIFFERENT], most])
            for row, most in zip(weights.person, self._most, strict=True)
        ]
        lowest = [float(row[-1]) for row in weights.person]
        spread = [most - low for most, low in zip(self._most, lowest, strict=True)]
        self._order = np.argsort(spread)[::-1]

    def find(self, rows_a: Rows, rows_b: Rows, looks: Levels) -> Iterator[FoundPairs]:
        """Yield the pairs among these, if any. `looks`: what `look_at_pairs` saw, a row a pair."""
        bound = self._weights.odds[0] + sum_bits(looks, self._bound)
        for field, coded in enumerate(self._lists.fields):
            bound += self._rarity_of(field, coded, rows_a, looks)
        rows_a, rows_b, levels, bound = self._above(rows_a, rows_b, looks, bound)
        for field in self._order.tolist():
            places = np.flatnonzero(levels[:, field] == DIFFERENT)
            compared = compare_field(self._lists.fields[field], rows_a[places], rows_b[places])
            levels[places, field] = compared
            bound[places] += self._weights.person[field][compared] - self._most[field]
            rows_a, rows_b, levels, bound = self._above(rows_a, rows_b, levels, bound)
        if len(rows_a):
            yield from self._with_reasons(rows_a, rows_b, levels, bound)

    def _above(
        self, rows_a: Rows, rows_b: Rows, levels: Levels, bound: Bits
    ) -> tuple[Rows, Rows, Levels, Bits]:
        likely = bound >= self._threshold
        return rows_a[likely], rows_b[likely], levels[likely], bound[likely]

    def _rarity_of(self, field: int, coded: CodedField, rows_a: Rows, levels: Levels) -> Bits:
        rarity: Bits = np.where(levels[:, field] == SAME, self._rarity[field][coded.a[rows_a]], 0.0)
        return rarity

    def _with_reasons(
        self, rows_a: Rows, rows_b: Rows, levels: Levels, person: Bits
    ) -> Iterator[FoundPairs]:
        household = self._weights.odds[1] + sum_bits(levels, self._weights.household)
        shares = []
        for field, coded in enumerate(self._lists.fields):
            rarity = self._rarity_of(field, coded, rows_a, levels)
            household += 0.0 if coded.field.is_own else rarity
            shares.append(np.append(self._weights.person[field], 0.0)[levels[:, field]] + rarity)
        taken = taken_by_household(household)
        places = np.flatnonzero(person - taken >= self._threshold)
        if len(places):
            bits = np.stack(shares, axis=1)[places].tolist()
            reasons = [
                self._reasons(*row)
                for row in zip(levels[places].tolist(), bits, taken[places].tolist(), strict=True)
            ]
            yield FoundPairs(rows_a[places], rows_b[places], (person - taken)[places], reasons)

    def _reasons(
        self, levels: Sequence[int], bits: Sequence[float], taken: float
    ) -> list[PairReason]:
        reasons = [
            PairReason(coded.field.name, LEVEL_NAMES[coded.field.kind][level], weight)
            for coded, level, weight in zip(self._lists.fields, levels, bits, strict=True)
            if level != MISSING
        ]
        return [*reasons, PairReason("relatives", "household", -taken)]


def _rarity(coded: CodedField) -> Bits:
    """Return for each value what agreement on it says more than agreement on the average one."""
    if coded.field.kind in {FieldKind.DATE, FieldKind.NUMBER}:
        return np.zeros(len(coded.shares))
    average = float((coded.shares**2).sum()) or 1.0
    with np.errstate(divide="ignore"):
        bits = np.log2(average / coded.shares)
    return np.clip(bits, _COMMONEST, _RAREST)
