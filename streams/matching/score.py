"""Say how surely two records are of one person, and by what (Fellegi and Sunter, 1969).

The weights of the features add up to the log2 odds. Two kinds of pairs are no match: strangers, and
relatives, whose surnames, birth places or telephones agree by descent. The feature `relatives` is
what the second takes from the odds.
"""

import math
from collections.abc import Iterator
from math import log2
from typing import NamedTuple

from streams.matching.model import RELATIVES, Level, MatchModel, person_model
from streams.matching.person_comparison import (
    Agreement,
    compare_births,
    compare_documents,
    compare_given,
    compare_places,
    compare_sets,
    compare_surnames,
)
from streams.matching.record import PersonRecord


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


class _Compared(NamedTuple):
    name: str
    level: str
    bits: float = 0.0


def score(a: PersonRecord, b: PersonRecord, model: MatchModel | None = None) -> PairScore:
    """PairScore a pair. Symmetric; it depends on the two records and the model alone."""
    model = model or person_model()
    total, features = model.prior, []
    relatives = list(model.relatives)
    for name, level_name, bits in _compare(a, b, model):
        level: Level = model.levels[name][level_name]
        weight = level.weight + bits
        total += weight
        features.append(Feature(name, level_name, weight))
        for index in range(len(RELATIVES)):
            relatives[index] += level.relatives[index] + bits
    shared = log2(1.0 + sum([2.0 ** min(bits, 500.0) for bits in relatives]))
    if shared >= 0.05:
        features.append(Feature("relatives", "possible", -shared))
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


def _compare(a: PersonRecord, b: PersonRecord, model: MatchModel) -> Iterator[_Compared]:
    yield from _compare_names(a, b, model)
    if (level := compare_births(a.birth, b.birth)) is not None:
        yield _Compared("birth", level)
    if (level := compare_documents(a.documents, b.documents)) is not None:
        yield _Compared("document", level)
    if a.sex and b.sex:
        yield _Compared("sex", "same" if a.sex == b.sex else "differ")
    if (level := compare_sets(a.nationalities, b.nationalities)) is not None:
        yield _Compared("nationality", level)
    if (level := compare_places(a.birth_place, b.birth_place)) is not None:
        yield _Compared("birth_place", level)
    if (level := compare_sets(a.phones, b.phones)) is not None:
        yield _Compared("phone", level)
    if compare_sets(a.aliases, b.aliases) == "same":
        yield _Compared("alias", "same")


def _compare_names(a: PersonRecord, b: PersonRecord, model: MatchModel) -> Iterator[_Compared]:
    given, surnames = compare_given(a.given, b.given), compare_surnames(a, b)
    if _disagrees(given) and _disagrees(surnames):
        exchanged = compare_given(a.given, b.surnames), compare_given(a.surnames, b.given)
        if not (_disagrees(exchanged[0]) or _disagrees(exchanged[1])):
            bits = sum([_bits(agreement, "surnames", model) for agreement in exchanged])
            yield _Compared("names", "exchanged", bits)
            return
    if given is not None:
        yield _Compared("given_names", given.level, _bits(given, "given_names", model))
    if surnames is not None:
        yield _Compared("surnames", surnames.level, _bits(surnames, "surnames", model))


def _disagrees(agreement: Agreement | None) -> bool:
    return agreement is None or agreement.level == "differ"


def _bits(agreement: Agreement | None, feature: str, model: MatchModel) -> float:
    """Weigh the names agreed on: a common one subtracts, a rare one adds."""
    if agreement is None or not agreement.sounds:
        return 0.0
    known, unknown = model.bits[feature], model.unknown_bits[feature]
    return sum([known.get(sound, unknown) for sound in agreement.sounds])
