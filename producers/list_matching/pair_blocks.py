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

from producers.list_matching.coded_lists import NOTHING, CodedField, CodedLists

Keys = NDArray[np.int64]
Rows = NDArray[np.int64]
PIECE = 400_000
"""Pairs that are compared at a time."""
MOST_IN_BLOCK = 250_000
"""Pairs of one block; a larger block is of a value that says nothing, and is left out."""
PAIRS_A_ROW = 12
LEAST_BUDGET = 3_000_000
NO_KEY = -1
MOST_HASH_BITS = 22
HASH_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""Fibonacci hashing: the upper bits of the product are spread evenly."""


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
        keys *= int(coded.blocks.max()) + 1
        keys += coded.blocks[codes]
        empty |= codes == NOTHING
    keys[empty] = NO_KEY
    return keys


def count_pairs(lists: CodedLists, rule: PairRule) -> int:
    """Count about how many pairs a rule gives, without the blocks that are left out.

    Blocks are counted by a hash of their key, which needs no sorting. Two blocks that meet by
    chance count as one: with 16 places a row they add little.
    """
    a, b = keys_of(lists, rule)
    bits = min(max(int(max(len(a), len(b))).bit_length() + 4, 16), MOST_HASH_BITS)
    counts = _count_blocks(a, bits)
    pairs = counts * (counts - 1) // 2 if lists.is_one else counts * _count_blocks(b, bits)
    return int(pairs[pairs <= MOST_IN_BLOCK].sum())


def _count_blocks(keys: Keys, bits: int) -> NDArray[np.int64]:
    hashed = keys[keys != NO_KEY].astype(np.uint64) * HASH_FACTOR
    hashed >>= np.uint64(64 - bits)
    return np.bincount(hashed.astype(np.int64), minlength=1 << bits)


def pairs_of(lists: CodedLists, rules: Sequence[PairRule]) -> Iterator[tuple[Rows, Rows]]:
    """Yield the rows of both lists that any rule brings together, in pieces, each pair once."""
    for number, rule in enumerate(rules):
        for rows_a, rows_b in _pieces(*keys_of(lists, rule), lists.is_one):
            fresh = ~_brought_by(lists, rules[:number], rows_a, rows_b)
            if fresh.any():
                yield rows_a[fresh], rows_b[fresh]


def _brought_by(
    lists: CodedLists, rules: Sequence[PairRule], rows_a: Rows, rows_b: Rows
) -> NDArray[np.bool_]:
    """Say which pairs one of these rules brings together, by the fields that the rules name."""
    in_one_block = {place: _share_block(lists.fields[place], rows_a, rows_b) for place in
                    {place for rule in rules for place in rule.fields}}  # fmt: skip
    brought = np.zeros(len(rows_a), dtype=bool)
    for rule in rules:
        brought |= np.logical_and.reduce([in_one_block[place] for place in rule.fields])
    return brought


def _share_block(coded: CodedField, rows_a: Rows, rows_b: Rows) -> NDArray[np.bool_]:
    own = coded.a[rows_a]
    same: NDArray[np.bool_] = coded.blocks[own] == coded.blocks[coded.b[rows_b]]
    same &= own != NOTHING
    return same


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
