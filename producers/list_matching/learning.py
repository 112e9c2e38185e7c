"""Learn the weights of the levels from the lists themselves, without labels.

Expectation-maximisation (Dempster, Laird and Rubin, 1977) of a mixture of kinds of pairs whose
fields are independent (Fellegi and Sunter, 1969; Winkler, 1988). The kinds are one person, two
strangers, and two persons of one household, who share the surname and the address. Without the last
kind, a list of families teaches that given names say nothing. It runs on the patterns of levels and
their counts, so that it takes seconds whatever the number of pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from producers.list_matching.pair_levels import MISSING, Levels

Shares = NDArray[np.float64]
ROUNDS = 300
CONVERGED = 1e-6
LEAST = 1e-6
UNSEEN = 0.5
"""Pairs that each level has before anything is counted, so that none is impossible."""
MOST_DIFFERENT, MOST_DIFFERENT_OWN = 0.3, 0.08
"""Share of pairs of one person that may differ in a field, and in one that is a person's own."""
_DIFFERENT_IN_HOUSEHOLD = 0.9
"""Share of pairs of one household that differ in a field of a person's own. It is not learned:
damaged records of one person would else be taken for households."""
PERSON, STRANGERS, HOUSEHOLD = range(3)


class Chances(NamedTuple):
    """Hold what is known before learning.

    `strangers[field][level]`: shares among random pairs. `own[field]`: whether it is a person's
    own, such as the birth date, so that persons of one household differ in it. `pairs`: how many
    pairs there are, compared or not.
    """

    strangers: Sequence[Shares]
    own: Sequence[bool]
    pairs: float


class Patterns(NamedTuple):
    """Distinct rows of levels, one column a field, and how many pairs have each."""

    levels: NDArray[np.int8]
    counts: Shares


class Weights(NamedTuple):
    """Hold what was learned, in bits against two strangers.

    `person[field][level]`: log2(m / u) of one person. `household`: the same of two persons of one
    household. `odds`: the log2 odds of both kinds before anything is compared.
    """

    person: Sequence[Shares]
    household: Sequence[Shares]
    odds: tuple[float, float]


def encode(levels: Sequence[Levels], sizes: Sequence[int]) -> NDArray[np.int64]:
    """Write the levels of each pair as one number. `sizes`: the number of levels of each field."""
    codes = np.zeros(len(levels[0]), dtype=np.int64)
    for size, column in zip(sizes, levels, strict=True):
        codes = codes * (size + 1) + (column.astype(np.int64) + 1)
    return codes


def decode(codes: NDArray[np.int64], sizes: Sequence[int]) -> NDArray[np.int8]:
    """Read back what `encode` wrote: one column a field."""
    columns = []
    for size in reversed(sizes):
        columns.append((codes % (size + 1) - 1).astype(np.int8))
        codes = codes // (size + 1)
    return np.stack(columns[::-1], axis=1)


def learn(patterns: Patterns, chances: Chances) -> Weights:
    """Learn the shares of the levels among pairs of one person, and how frequent these are.

    What is frequent among strangers is known from random pairs, for the pairs that are compared
    are chosen by what agrees. Pairs that are not compared count as strangers.
    """
    sizes = [len(row) for row in chances.strangers]
    apart = [_differing(size) for size in sizes]
    shares = [
        [_agreeing(size, 0.9) for size in sizes],
        chances.strangers,
        [apart[at] if own else _agreeing(sizes[at], 0.8) for at, own in enumerate(chances.own)],
    ]
    least = 1.0 / chances.pairs
    first = patterns.counts.sum() / chances.pairs / 100
    frequency = np.array([first, 1 - 2 * first, first])
    for _ in range(ROUNDS):
        likely = _posterior(patterns, shares, frequency) * patterns.counts
        before = frequency
        frequency = np.maximum(likely.sum(axis=1) / chances.pairs, least)
        frequency[STRANGERS] = 1 - frequency[PERSON] - frequency[HOUSEHOLD]
        counted = [
            [_count(patterns, at, size, likely[kind]) for at, size in enumerate(sizes)]
            for kind in (PERSON, HOUSEHOLD)
        ]
        shares[PERSON] = [
            _mostly_agreeing(row, MOST_DIFFERENT_OWN if own else MOST_DIFFERENT)
            for row, own in zip(counted[0], chances.own, strict=True)
        ]
        shares[HOUSEHOLD] = [
            apart[at] if chances.own[at] else row for at, row in enumerate(counted[1])
        ]
        if (np.abs(frequency - before) < CONVERGED * frequency).all():
            break
    bits = [
        [np.log2(row / strangers) for row, strangers in zip(kind, shares[STRANGERS], strict=True)]
        for kind in (shares[PERSON], shares[HOUSEHOLD])
    ]
    odds = np.log2(frequency / frequency[STRANGERS])
    return Weights(bits[0], bits[1], (float(odds[PERSON]), float(odds[HOUSEHOLD])))


def taken_by_household(household: Shares) -> Shares:
    """Return the bits that the household takes from the odds of one person against strangers."""
    taken: Shares = np.log2(1.0 + np.exp2(np.clip(household, -200, 200)))
    return taken


def sum_bits(levels: Levels, bits: Sequence[Shares]) -> Shares:
    """Add up the bits of the levels of each pair; `levels` has one column a field."""
    total = np.zeros(len(levels))
    for field, row in enumerate(bits):
        total += np.append(row, 0.0)[levels[:, field]]  # MISSING is -1: the last
    return total


def _mostly_agreeing(shares: Shares, most: float) -> Shares:
    """Keep the last level, which is difference, below what is likely of one person."""
    if shares[-1] <= most:
        return shares
    scaled: Shares = shares * (1 - most) / (1 - shares[-1])
    scaled[-1] = most
    return scaled


def _agreeing(size: int, share: float) -> Shares:
    """Return shares of which the first level has this, and the others the rest evenly."""
    shares = np.full(size, (1 - share) / (size - 1))
    shares[0] = share
    return shares


def _differing(size: int) -> Shares:
    """Return the shares of a field that is a person's own, among pairs of one household."""
    shares = np.full(size, (1 - _DIFFERENT_IN_HOUSEHOLD) / (size - 1))
    shares[-1] = _DIFFERENT_IN_HOUSEHOLD
    return shares


def shares_of(levels: Levels, size: int, same: float) -> Shares:
    """Return the shares of the levels of a field among random pairs. `same`: that of the first."""
    present = levels[levels > 0]
    counts = np.bincount(present, minlength=size).astype(np.float64) + 0.01
    counts[0] = 0.0
    counts[-1] += 1.0
    shares: Shares = np.maximum(counts / counts.sum() * (1 - same), LEAST)
    shares[0] = max(same, LEAST)
    return shares


def _count(patterns: Patterns, field: int, size: int, weight: Shares) -> Shares:
    column = patterns.levels[:, field]
    present = column != MISSING
    counts = np.bincount(column[present], weights=weight[present], minlength=size) + UNSEEN
    shares: Shares = np.maximum(counts / counts.sum(), LEAST)
    return shares


def _posterior(
    patterns: Patterns, shares: Sequence[Sequence[Shares]], frequency: Shares
) -> NDArray[np.float64]:
    """Return the probability of each kind (rows) for each pattern (columns)."""
    bits = np.stack(
        [
            np.log2(frequency[kind]) + sum_bits(patterns.levels, [np.log2(row) for row in rows])
            for kind, rows in enumerate(shares)
        ]
    )
    likely = np.exp2(bits - bits.max(axis=0))
    probabilities: NDArray[np.float64] = likely / likely.sum(axis=0)
    return probabilities
