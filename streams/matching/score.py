"""Say how surely two records are of one person, and by what (Fellegi and Sunter, 1969).

The weights of the features and the prior add up to the log2 odds. Pairs of two persons are of
several kinds: strangers; relatives, whose surnames, birth places or telephones agree by descent;
and namesakes. The feature `relatives` is what relatives and namesakes take from the odds.
"""

import math
from collections.abc import Sequence
from math import inf, log2
from typing import NamedTuple

from streams.matching.model import OTHERS, MatchModel, person_model
from streams.matching.person_comparison import compare_persons
from streams.matching.record import PersonRecord

LEAST_SHARED = 0.05
"""Bits of the feature `relatives` below which it is left out."""
EVEN = -1e-6
"""Log2 odds below which the probability is below one half, whatever is lost by rounding."""


_Weighed = tuple[str, str, float, tuple[float, ...], float]
"""A feature, the bits of its level for each kind of OTHERS, and those of the names that agree."""


class Feature(NamedTuple):
    """Hold one reason: the weight in bits is for one person where positive, against where negative.

    `name` and `level` are stable codes that a sentence is made of.
    """

    name: str
    level: str
    weight: float


class PairScore(NamedTuple):
    """Hold the probability that two records are of one person, and its features.

    `weight`: the log2 odds, which distinguishes what rounds to one probability. Features stand by
    size of their weight, the strongest first; a field that one record lacks makes none.
    """

    probability: float
    weight: float
    features: tuple[Feature, ...]


def score(a: PersonRecord, b: PersonRecord, model: MatchModel | None = None) -> PairScore:
    """Score a pair. Symmetric; it depends on the two records and the model alone."""
    result = score_from(a, b, model or person_model(), -inf)
    assert result is not None, "no log2 odds are below infinitely few"  # noqa: S101
    return result


def score_from(
    a: PersonRecord, b: PersonRecord, model: MatchModel, least: float
) -> PairScore | None:
    """Score a pair; None where the log2 odds of one person against strangers are below `least`.

    Then those against everybody are below it too.
    """
    total, weighed = model.prior, list[_Weighed]()
    for name, level_name, sounds in compare_persons(a, b):
        level = model.levels[name][level_name]
        bits = 0.0
        if sounds:  # a common name subtracts, a rare one adds
            known, unknown = model.bits[name], model.unknown_bits[name]
            for sound in sounds:
                bits += known.get(sound, unknown)
        weight = level.weight + bits
        total += weight
        weighed.append((name, level_name, weight, level.others, bits))
    return None if total < least else _against_others(total, weighed, model)


def _against_others(total: float, weighed: Sequence[_Weighed], model: MatchModel) -> PairScore:
    """Take from the log2 odds what relatives and namesakes take."""
    features = [Feature(name, level, weight) for name, level, weight, _, _ in weighed]
    sibling, parent, namesake = model.others
    for name, _, _, others, bits in weighed:
        sibling += others[0] if name == "given_names" else others[0] + bits
        parent += others[1] + bits
        namesake += others[2] + bits
    shared = log2(1.0 + 2.0**sibling + 2.0**parent + 2.0**namesake)
    if shared >= LEAST_SHARED:
        likeliest = max(zip((sibling, parent, namesake), OTHERS, strict=True))[1]
        features.append(Feature("relatives", likeliest, -shared))
    total -= shared
    features.sort(key=_by_size)
    return PairScore(probability_of(total), total, tuple(features))


def probability_of(weight: float) -> float:
    """Turn log2 odds into a probability below 1."""
    if weight >= 50.0:
        return 1.0 - 2.0**-50
    return 1.0 / (1.0 + math.exp(-max(weight, -500.0) * math.log(2.0)))


def _by_size(feature: Feature) -> tuple[float, str]:
    return (-abs(feature.weight), feature.name)
