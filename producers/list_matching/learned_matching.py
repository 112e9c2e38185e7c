"""Match lists with weights that are learned from the lists themselves.

Each pair is compared once. Its pattern of levels goes to a temporary file, so that memory holds no
list of pairs; the patterns are then learned from, and give each pair its odds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from producers.list_matching.coded_lists import NOTHING, CodedField, CodedLists
from producers.list_matching.field_kinds import FieldKind
from producers.list_matching.found_pairs import FoundPairs, PairReason
from producers.list_matching.learning import (
    Chances,
    Patterns,
    Weights,
    decode,
    encode,
    learn,
    shares_of,
    taken_by_household,
)
from producers.list_matching.pair_blocks import PairRule, choose_rules, pairs_of
from producers.list_matching.pair_levels import MISSING, SAME, compare_pairs, level_count

_RAREST, _COMMONEST = 6.0, -4.0
"""Bits that a rare value adds at most, and a common one takes from agreement at most."""
RANDOM_PAIRS = 300_000
_MARGIN = 8.0
"""Bits below the threshold from which rarity is looked at."""
OnPairs = Callable[[int], None]


def match_learned(lists: CodedLists, least: float, on_pairs: OnPairs) -> Iterator[FoundPairs]:
    """Yield the pairs of at least this probability, with their reasons, in pieces."""
    rules = choose_rules(lists)
    sizes = [level_count(coded) for coded in lists.fields]
    with TemporaryDirectory(prefix="quipu-match-") as folder:
        counts = _compare_all(lists, rules, sizes, Path(folder), on_pairs)
        if not counts:
            return
        codes = np.array(sorted(counts), dtype=np.int64)
        patterns = Patterns(decode(codes, sizes), np.array([float(counts[c]) for c in codes]))
        weights = learn(patterns, _chances(lists, sizes))
        learned = Learned(codes, sizes, weights, [_rarity(coded) for coded in lists.fields])
        for file in sorted(Path(folder).iterdir()):
            yield from _above(lists, np.load(file), learned, least)


class Learned(NamedTuple):
    """Hold the patterns by number, the number of levels, the weights, and how rare values are."""

    codes: NDArray[np.int64]
    sizes: Sequence[int]
    weights: Weights
    rarity: Sequence[NDArray[np.float64]]


def _chances(lists: CodedLists, sizes: Sequence[int]) -> Chances:
    """Look at random pairs; how often they are equal is computed exactly."""
    rng = np.random.default_rng(0)
    rows_a, rows_b = lists.rows
    a, b = (rng.integers(0, rows, RANDOM_PAIRS) for rows in lists.rows)
    levels = compare_pairs(lists, a, b)
    strangers = [
        shares_of(column, size, _chance_of_equal(coded))
        for column, size, coded in zip(levels, sizes, lists.fields, strict=True)
    ]
    pairs = rows_a * (rows_a - 1) / 2 if lists.is_one else rows_a * rows_b
    return Chances(strangers, [coded.field.is_own for coded in lists.fields], max(pairs, 1.0))


def _chance_of_equal(coded: CodedField) -> float:
    """Return how often two random rows have one value: the sum of the products of its shares."""
    counts = [np.bincount(side, minlength=len(coded.values)) for side in (coded.a, coded.b)]
    shares = [side[NOTHING + 1 :] / max(side[NOTHING + 1 :].sum(), 1) for side in counts]
    return min(float(shares[0] @ shares[1]), 0.99)


def _compare_all(
    lists: CodedLists,
    rules: Sequence[PairRule],
    sizes: Sequence[int],
    folder: Path,
    on_pairs: OnPairs,
) -> dict[int, int]:
    counts: dict[int, int] = {}
    total = 0
    for number, (rows_a, rows_b) in enumerate(pairs_of(lists, rules)):
        codes = encode(compare_pairs(lists, rows_a, rows_b), sizes)
        np.save(folder / f"{number:08}.npy", np.stack([rows_a, rows_b, codes]))
        for code, count in zip(*np.unique(codes, return_counts=True), strict=True):
            counts[int(code)] = counts.get(int(code), 0) + int(count)
        total += len(rows_a)
        on_pairs(total)
    return counts


def _rarity(coded: CodedField) -> NDArray[np.float64]:
    """Return for each value what agreement on it says more than agreement on the average one."""
    if coded.field.kind in {FieldKind.DATE, FieldKind.NUMBER}:
        return np.zeros(len(coded.shares))
    average = float((coded.shares**2).sum()) or 1.0
    with np.errstate(divide="ignore"):
        bits = np.log2(average / coded.shares)
    return np.clip(bits, _COMMONEST, _RAREST)


def _above(
    lists: CodedLists, pairs: NDArray[np.int64], learned: Learned, least: float
) -> Iterator[FoundPairs]:
    threshold = np.log2(least / (1 - least))
    at = np.searchsorted(learned.codes, pairs[2])
    person, household = learned.weights.person[at], learned.weights.household[at]
    likely = person - taken_by_household(household) >= threshold - _MARGIN
    if not likely.any():
        return
    rows_a, rows_b, codes = pairs[:, likely]
    levels = decode(codes, learned.sizes)
    person, household = person[likely], household[likely]
    shares = []
    for field, coded in enumerate(lists.fields):
        column = levels[:, field]
        rarity = np.where(column == SAME, learned.rarity[field][coded.a[rows_a]], 0.0)
        person += rarity
        household += 0.0 if coded.field.is_own else rarity
        shares.append(np.append(learned.weights.bits[field], 0.0)[column] + rarity)
    taken = taken_by_household(household)
    odds = person - taken
    places = np.flatnonzero(odds >= threshold)
    if len(places):
        bits = np.stack(shares, axis=1)
        reasons = [
            _reasons(lists, levels[place].tolist(), bits[place].tolist(), -float(taken[place]))
            for place in places
        ]
        yield FoundPairs(rows_a[places], rows_b[places], odds[places], reasons)


def _reasons(
    lists: CodedLists, levels: Sequence[int], bits: Sequence[float], household: float
) -> list[PairReason]:
    reasons = [
        PairReason(coded.field.name, LEVEL_NAMES[coded.field.kind][level], weight)
        for coded, level, weight in zip(lists.fields, levels, bits, strict=True)
        if level != MISSING
    ]
    return [*reasons, PairReason("relatives", "household", household)]


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
