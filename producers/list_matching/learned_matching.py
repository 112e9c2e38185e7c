"""Match lists with weights that are learned from the lists themselves.

Each pair is compared once. Its pattern of levels goes to a temporary file, so that memory holds no
list of pairs; the patterns are then learned from, and give each pair its odds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from producers.list_matching.coded_lists import CodedField, CodedLists
from producers.list_matching.field_kinds import FieldKind
from producers.list_matching.found_pairs import FoundPairs, PairReason
from producers.list_matching.learning import Patterns, Weights, decode, encode, learn
from producers.list_matching.pair_blocks import PairRule, choose_rules, pairs_of
from producers.list_matching.pair_levels import MISSING, SAME, compare_pairs, level_count

_RAREST, _COMMONEST = 6.0, -4.0
"""Bits that a rare value adds at most, and a common one takes from agreement at most."""
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
        weights = learn(patterns, sizes)
        odds = _odds(patterns, weights)
        rarity = [_rarity(coded) for coded in lists.fields]
        for file in sorted(Path(folder).iterdir()):
            rows_a, rows_b, own = np.load(file)
            bits = odds[np.searchsorted(codes, own)]
            yield from _above(lists, (rows_a, rows_b, own), bits, (sizes, weights, rarity), least)


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


def _odds(patterns: Patterns, weights: Weights) -> NDArray[np.float64]:
    odds = np.full(len(patterns.counts), weights.prior)
    for field, bits in enumerate(weights.bits):
        odds += np.append(bits, 0.0)[patterns.levels[:, field]]
    return odds


def _rarity(coded: CodedField) -> NDArray[np.float64]:
    """Return for each value what agreement on it says more than agreement on the average one."""
    if coded.field.kind in {FieldKind.DATE, FieldKind.NUMBER}:
        return np.zeros(len(coded.shares))
    average = float((coded.shares**2).sum()) or 1.0
    with np.errstate(divide="ignore"):
        bits = np.log2(average / coded.shares)
    return np.clip(bits, _COMMONEST, _RAREST)


def _above(
    lists: CodedLists,
    pairs: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
    bits: NDArray[np.float64],
    learned: tuple[Sequence[int], Weights, Sequence[NDArray[np.float64]]],
    least: float,
) -> Iterator[FoundPairs]:
    sizes, weights, rarity = learned
    threshold = np.log2(least / (1 - least))
    likely = bits >= threshold - _MARGIN
    if not likely.any():
        return
    rows_a, rows_b, codes = (column[likely] for column in pairs)
    levels = decode(codes, sizes)
    odds = bits[likely].copy()
    shares = []
    for field, coded in enumerate(lists.fields):
        column = levels[:, field]
        own = np.append(weights.bits[field], 0.0)[column]
        own += np.where(column == SAME, rarity[field][coded.a[rows_a]], 0.0)
        odds += np.where(column == SAME, rarity[field][coded.a[rows_a]], 0.0)
        shares.append(own)
    enough = odds >= threshold
    if enough.any():
        reasons = [
            _reasons(lists, levels[at], [own[at] for own in shares])
            for at in np.flatnonzero(enough)
        ]
        yield FoundPairs(rows_a[enough], rows_b[enough], odds[enough], reasons)


def _reasons(
    lists: CodedLists, levels: NDArray[np.int8], weights: Sequence[float]
) -> list[PairReason]:
    return [
        PairReason(coded.field.name, LEVEL_NAMES[coded.field.kind][int(level)], float(weight))
        for coded, level, weight in zip(lists.fields, levels, weights, strict=True)
        if level != MISSING
    ]


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
