"""Learn the weights of the levels from the lists themselves, without labels.

Expectation-maximisation (Dempster, Laird and Rubin, 1977) of a mixture of two kinds of pairs whose
fields are independent (Fellegi and Sunter, 1969; Winkler, 1988). It runs on the patterns of levels
and their counts, so that it takes seconds whatever the number of pairs. numpy is there already;
Splink is no dependency of the product because it brings DuckDB with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from producers.list_matching.pair_levels import MISSING, Levels

Shares = NDArray[np.float64]
ROUNDS = 200
CONVERGED = 1e-7
LEAST = 1e-6


class Patterns(NamedTuple):
    """Distinct rows of levels, one column a field, and how many pairs have each."""

    levels: NDArray[np.int8]
    counts: Shares


class Weights(NamedTuple):
    """`bits[field][level]`: log2(m / u); `prior`: log2 odds of a match among the compared pairs."""

    bits: Sequence[Shares]
    prior: float


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


def learn(patterns: Patterns, sizes: Sequence[int]) -> Weights:
    """Learn m, u and the share of matches; raises nothing, whatever the lists hold."""
    m = [_first_guess(size) for size in sizes]
    u = [_shares(patterns, field, size, patterns.counts) for field, size in enumerate(sizes)]
    matched = 0.01
    for _ in range(ROUNDS):
        likely = _posterior(patterns, m, u, matched)
        weight = likely * patterns.counts
        before, matched = matched, float(weight.sum() / patterns.counts.sum())
        m = [_shares(patterns, field, size, weight) for field, size in enumerate(sizes)]
        rest = patterns.counts - weight
        u = [_shares(patterns, field, size, rest) for field, size in enumerate(sizes)]
        if abs(matched - before) < CONVERGED * max(matched, LEAST):
            break
    matched = min(max(matched, LEAST), 1 - LEAST)
    bits = [np.log2(match / other) for match, other in zip(m, u, strict=True)]
    return Weights([_falling(row) for row in bits], float(np.log2(matched / (1 - matched))))


def _falling(bits: Shares) -> Shares:
    """Let no worse level weigh more than a better one."""
    return np.minimum.accumulate(bits)


def _first_guess(size: int) -> Shares:
    shares = np.full(size, 0.1 / (size - 1))
    shares[0] = 0.9
    return shares


def _shares(patterns: Patterns, field: int, size: int, weight: Shares) -> Shares:
    column = patterns.levels[:, field]
    present = column != MISSING
    counts = np.bincount(column[present], weights=weight[present], minlength=size) + 0.01
    shares: Shares = np.maximum(counts / counts.sum(), LEAST)
    return shares


def _posterior(
    patterns: Patterns, m: Sequence[Shares], u: Sequence[Shares], matched: float
) -> Shares:
    odds = np.full(
        len(patterns.counts), np.log2(max(matched, LEAST) / (1 - min(matched, 1 - LEAST)))
    )
    for field, (match, other) in enumerate(zip(m, u, strict=True)):
        column = patterns.levels[:, field]
        bits = np.append(np.log2(match / other), 0.0)  # MISSING is -1: the last
        odds += bits[column]
    likely: Shares = 1.0 / (1.0 + np.exp2(-np.clip(odds, -200, 200)))
    return likely
