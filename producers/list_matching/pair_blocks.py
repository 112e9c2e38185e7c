"""Say which rows are compared: those that share what a rule names.

The rules are chosen from the lists themselves. A rule that would give too many pairs is narrowed by
a second field. Pairs come in pieces, each pair once: memory does not grow with their number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from producers.list_matching.coded_lists import NOTHING, CodedLists

Keys = NDArray[np.int64]
Rows = NDArray[np.int64]
PIECE = 400_000
"""Pairs that are compared at a time."""
MOST_IN_BLOCK = 250_000
"""Pairs of one block; a larger block is of a value that says nothing, and is left out."""
PAIRS_A_ROW = 12
LEAST_BUDGET = 3_000_000
NO_KEY = -1


class PairRule(NamedTuple):
    """Fields that two rows of a block have in common, by their place."""

    fields: tuple[int, ...]


def choose_rules(lists: CodedLists) -> list[PairRule]:
    """Choose rules with few pairs first, until the budget of pairs is spent."""
    budget = max(LEAST_BUDGET, PAIRS_A_ROW * sum(lists.rows))
    places = range(len(lists.fields))
    chosen: list[PairRule] = []
    spent = 0
    for size in (1, 2, 3):
        counted = sorted(
            (count_pairs(lists, PairRule(fields)), fields)
            for fields in combinations(places, size)
            if not any(set(rule.fields) <= set(fields) for rule in chosen)
        )
        for pairs, fields in counted:
            if pairs and pairs <= budget / 4 and spent + pairs <= budget:
                chosen.append(PairRule(fields))
                spent += pairs
    return chosen


def keys_of(lists: CodedLists, rule: PairRule) -> tuple[Keys, Keys]:
    """Return the block of each row of both lists; NO_KEY where a field is empty."""
    a = _keys(lists, rule, False)
    return a, a if lists.is_one else _keys(lists, rule, True)


def _keys(lists: CodedLists, rule: PairRule, of_b: bool) -> Keys:
    rows = lists.rows[1 if of_b else 0]
    keys = np.zeros(rows, dtype=np.int64)
    empty = np.zeros(rows, dtype=bool)
    for place in rule.fields:
        coded = lists.fields[place]
        codes = coded.b if of_b else coded.a
        keys = keys * (int(coded.blocks.max()) + 1) + coded.blocks[codes]
        empty |= codes == NOTHING
    keys[empty] = NO_KEY
    return keys


def count_pairs(lists: CodedLists, rule: PairRule) -> int:
    """Count the pairs of a rule without the blocks that are left out."""
    a, b = keys_of(lists, rule)
    distinct, counts = np.unique(a[a != NO_KEY], return_counts=True)
    if lists.is_one:
        pairs = counts.astype(np.int64) * (counts - 1) // 2
    else:
        other, other_counts = np.unique(b[b != NO_KEY], return_counts=True)
        _, at, at_other = np.intersect1d(distinct, other, assume_unique=True, return_indices=True)
        pairs = counts[at].astype(np.int64) * other_counts[at_other]
    return int(pairs[pairs <= MOST_IN_BLOCK].sum())


def pairs_of(lists: CodedLists, rules: Sequence[PairRule]) -> Iterator[tuple[Rows, Rows]]:
    """Yield the rows of both lists that any rule brings together, in pieces, each pair once."""
    keys = [keys_of(lists, rule) for rule in rules]
    for number, (a, b) in enumerate(keys):
        for rows_a, rows_b in _pieces(a, b, lists.is_one):
            fresh = np.ones(len(rows_a), dtype=bool)
            for earlier_a, earlier_b in keys[:number]:
                own = earlier_a[rows_a]
                fresh &= ~((own == earlier_b[rows_b]) & (own != NO_KEY))
            if fresh.any():
                yield rows_a[fresh], rows_b[fresh]


def _pieces(a: Keys, b: Keys, is_one: bool) -> Iterator[tuple[Rows, Rows]]:
    order_a, order_b = np.argsort(a, kind="stable"), np.argsort(b, kind="stable")
    sorted_b = b[order_b]
    own = a[order_a]
    first = np.searchsorted(own, 0)
    order_a, own = order_a[first:], own[first:]
    low = np.searchsorted(sorted_b, own, "left")
    high = np.searchsorted(sorted_b, own, "right")
    if is_one:
        low = np.arange(len(own)) + 1 + first
    width = high - low
    size = _block_sizes(own, width, is_one)
    width = np.where(size > MOST_IN_BLOCK, 0, width)
    ends = np.cumsum(width)
    start = 0
    while start < len(own):
        spent = ends[start - 1] if start else 0
        stop = max(int(np.searchsorted(ends, spent + PIECE, "right")), start + 1)
        lengths = width[start:stop]
        total = int(lengths.sum())
        if total:
            rows_a = np.repeat(order_a[start:stop], lengths)
            offsets = np.arange(total) - np.repeat(np.cumsum(lengths) - lengths, lengths)
            rows_b = order_b[np.repeat(low[start:stop], lengths) + offsets]
            yield (
                (np.minimum(rows_a, rows_b), np.maximum(rows_a, rows_b))
                if is_one
                else (rows_a, rows_b)
            )
        start = stop


def _block_sizes(own: Keys, width: Rows, is_one: bool) -> Rows:
    """Return for each row how many pairs its block has."""
    _, inverse = np.unique(own, return_inverse=True)
    return np.bincount(inverse, weights=width).astype(np.int64)[inverse]
