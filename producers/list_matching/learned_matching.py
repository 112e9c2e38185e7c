"""Match lists with weights that are learned from the lists themselves.

Each pair is looked at once: which values are equal, which are empty, which differ. What is seen
goes to a temporary file, so that memory holds no list of pairs. A sample of what is seen is
compared in full, and teaches the weights. Then only those pairs are compared that may reach the
threshold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from producers.list_matching.coded_lists import NOTHING, CodedField, CodedLists
from producers.list_matching.found_pairs import FoundPairs
from producers.list_matching.learning import (
    Chances,
    Patterns,
    decode,
    encode,
    learn,
    shares_of,
)
from producers.list_matching.likely_pairs import LikelyPairs
from producers.list_matching.pair_blocks import PairRule, choose_rules, pairs_of
from producers.list_matching.pair_levels import (
    DIFFERENT,
    compare_pairs,
    level_count,
    look_at_pairs,
)

RANDOM_PAIRS = 60_000
SAMPLED = 2_000
"""About how many pairs of one look are compared in full to learn from."""
OnPairs = Callable[[int], None]


def match_learned(lists: CodedLists, least: float, on_pairs: OnPairs) -> Iterator[FoundPairs]:
    """Yield the pairs of at least this probability, with their reasons, in pieces."""
    rules = choose_rules(lists)
    with TemporaryDirectory(prefix="quipu-match-") as name:
        folder = Path(name)
        looks = _look_at_all(lists, rules, folder, on_pairs)
        if not looks:
            return
        sizes = [level_count(coded) for coded in lists.fields]
        weights = learn(_sample(lists, folder, looks, sizes), _chances(lists, sizes))
        likely = LikelyPairs(lists, weights, least)
        for rows_a, rows_b, codes in _files(folder):
            yield from likely.find(rows_a, rows_b, decode(codes, _looks_of(lists)))


def _files(folder: Path) -> Iterator[NDArray[np.int64]]:
    return (np.load(file) for file in sorted(folder.iterdir()))


def _looks_of(lists: CodedLists) -> list[int]:
    return [DIFFERENT + 1] * len(lists.fields)


def _look_at_all(
    lists: CodedLists, rules: Sequence[PairRule], folder: Path, on_pairs: OnPairs
) -> dict[int, int]:
    """Write down what each pair looks like; return how many pairs there are of each look."""
    looks: dict[int, int] = {}
    total = 0
    for number, (rows_a, rows_b) in enumerate(pairs_of(lists, rules)):
        codes = encode(look_at_pairs(lists, rows_a, rows_b), _looks_of(lists))
        np.save(folder / f"{number:08}.npy", np.stack([rows_a, rows_b, codes]))
        for code, count in zip(*np.unique(codes, return_counts=True), strict=True):
            looks[int(code)] = looks.get(int(code), 0) + int(count)
        total += len(rows_a)
        on_pairs(total)
    return looks


def _sample(
    lists: CodedLists, folder: Path, looks: dict[int, int], sizes: Sequence[int]
) -> Patterns:
    """Compare some pairs of each look in full; each stands for those that are left out."""
    known = np.array(sorted(looks), dtype=np.int64)
    shares = np.minimum(SAMPLED / np.array([looks[code] for code in known.tolist()]), 1.0)
    counts: dict[int, float] = {}
    for rows_a, rows_b, codes in _files(folder):
        share = shares[np.searchsorted(known, codes)]
        places = np.flatnonzero(_drawn(rows_a, rows_b) < share)
        compared = encode(compare_pairs(lists, rows_a[places], rows_b[places]), sizes)
        distinct, inverse = np.unique(compared, return_inverse=True)
        sums = np.bincount(inverse, weights=1.0 / share[places], minlength=len(distinct))
        for code, count in zip(distinct.tolist(), sums.tolist(), strict=True):
            counts[code] = counts.get(code, 0.0) + count
    patterns = np.array(sorted(counts), dtype=np.int64)
    return Patterns(decode(patterns, sizes), np.array([counts[code] for code in patterns.tolist()]))


def _drawn(rows_a: NDArray[np.int64], rows_b: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return a number from 0 to 1 for each pair, the same in each run."""
    mixed = rows_a.astype(np.uint64) << np.uint64(32) | rows_b.astype(np.uint64)
    for factor in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9):
        mixed *= np.uint64(factor)
        mixed ^= mixed >> np.uint64(31)
    drawn: NDArray[np.float64] = mixed / 2.0**64
    return drawn


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
