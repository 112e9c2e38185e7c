"""Ask how right any scorer could be that sees the same compared fields of the scenario's persons.

The oracle knows what no scorer of a release can: how often each pattern of levels is of one person
in this very population. It counts the patterns in sets of other seeds, and ranks the pairs of the
measured set by them. A pattern that is rare is judged by its coarser form, and that by its score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from benchmarks.matching.measures import pairs_of_groups
from benchmarks.matching.scenario_persons import Labelled
from streams.matching import PersonRecord, person_model, score
from streams.matching.person_comparison import compare_persons

BITS = 2.0
"""Width of the steps in which the oracle sees how rare the agreeing names are."""
BELIEF = 3.0
"""Pairs that the judgement of the coarser pattern counts for."""
LEAST_WEIGHT = -12.0
"""Log2 odds below which a pair is left out: none of them is of one person."""
Pattern = tuple[object, ...]
Patterns = tuple[Pattern, Pattern, Pattern]


class ComparedPair(NamedTuple):
    """Hold the patterns of a pair, from the finest to the coarsest, and whether it is true."""

    patterns: Patterns
    is_true: bool


class Oracle:
    """Count how many pairs of each pattern are of one person."""

    def __init__(self, pairs: Iterable[ComparedPair]) -> None:
        self._counts: dict[Pattern, list[int]] = defaultdict(lambda: [0, 0])
        for pair in pairs:
            for pattern in pair.patterns:
                self._counts[pattern][pair.is_true] += 1

    def judge(self, patterns: Patterns) -> float:
        """Return the share of pairs of this pattern that are of one person."""
        share = 0.0
        for pattern in reversed(patterns):
            wrong, right = self._counts.get(pattern, (0, 0))
            share = (right + BELIEF * share) / (wrong + right + BELIEF)
        return share


def compare_all(
    labelled: Sequence[Labelled],
    candidates: Callable[[Sequence[PersonRecord]], Iterable[tuple[int, int]]],
) -> list[ComparedPair]:
    """Compare the pairs that blocking keys bring together."""
    records = [item.record for item in labelled]
    compared = []
    for a, b in candidates(records):
        weight = score(records[a], records[b]).weight
        if weight >= LEAST_WEIGHT:
            patterns = _patterns(records[a], records[b], weight)
            compared.append(ComparedPair(patterns, labelled[a].person == labelled[b].person))
    return compared


def _patterns(a: PersonRecord, b: PersonRecord, weight: float) -> Patterns:
    model = person_model()
    levels, rarity = [], 0.0
    for name, level, sounds in compare_persons(a, b):
        levels.append((name, level))
        rarity += sum(model.bits[name].get(s, model.unknown_bits[name]) for s in sounds)
    return (*levels, round(rarity / BITS)), tuple(levels), (round(weight),)


def best_recall(
    oracle: Oracle, labelled: Sequence[Labelled], pairs: Sequence[ComparedPair], precision: float
) -> float:
    """Return the largest recall that ranking by the oracle reaches with this precision."""
    true_pairs = len(pairs_of_groups([item.person for item in labelled]))
    ranked = sorted(pairs, key=lambda pair: -oracle.judge(pair.patterns))
    right, best = 0, 0
    for number, pair in enumerate(ranked, 1):
        right += pair.is_true
        if right >= precision * number:
            best = right
    return best / true_pairs
