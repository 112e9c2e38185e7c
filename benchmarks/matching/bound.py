"""Count what no scorer can join for certain, whatever its weights are: pairs of names alone.

Two records without a birth date and without a document in common share names, sex, nationality and
place. For each such pair this says how many other persons of the nationality are expected to agree
so, by the shares of the model and as if names were independent. In life they are not, so there are
more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import prod
from pathlib import Path
from typing import NamedTuple

import streams.matching
from benchmarks.matching.measures import AUTOMATIC, Pair
from streams.matching import PersonRecord
from streams.matching.name_comparison import compare_names

MODEL = Path(streams.matching.__file__).parent / "person_model.json"
INHABITANTS: Mapping[str, float] = {"BO": 12e6, "CO": 52e6, "EC": 18e6, "PE": 34e6}
"""Rounded, of about 2024."""


class NamesAlone(NamedTuple):
    """True pairs that share names, but neither birth date nor document.

    `pairs`: how many; `borne_by_others`: of these, with so many expected bearers of the same names
    that one person is less likely than AUTOMATIC. `bound`: the largest F1 without any of `pairs`;
    `bound_of_rare`: without those that others bear.
    """

    pairs: int
    borne_by_others: int
    bound: float
    bound_of_rare: float


def names_alone(records: Sequence[PersonRecord], truth: Iterable[Pair]) -> NamesAlone:
    """Count the true pairs that nothing but names joins."""
    true_pairs = list(truth)
    alone = [pair for pair in true_pairs if _share_names_alone(*(records[at] for at in pair))]
    borne = sum(1 / (1 + expected_bearers(records[a], records[b])) < AUTOMATIC for a, b in alone)
    bounds = (_largest_f1(1 - lost / len(true_pairs)) for lost in (len(alone), borne))
    return NamesAlone(len(alone), borne, *bounds)


def _largest_f1(recall: float) -> float:
    return 2 * recall / (1 + recall)


def _share_names_alone(a: PersonRecord, b: PersonRecord) -> bool:
    has_birth = a.birth is not None and b.birth is not None
    return not has_birth and not (a.documents and b.documents)


def expected_bearers(a: PersonRecord, b: PersonRecord) -> float:
    """Return how many persons of the nationality are expected to agree in names and place."""
    shares = [
        _shares()[compared.name].names.get(sound, _shares()[compared.name].unknown)
        for compared in compare_names(a, b)
        for sound in compared.sounds
    ]
    common = set(a.nationalities) & set(b.nationalities)
    people = sum(INHABITANTS.get(code, 0.0) for code in common) or sum(INHABITANTS.values())
    place = a.birth_place and a.birth_place == b.birth_place
    return people * prod(shares) * (_share_of_place() if place else 1.0)


class _NameShares(NamedTuple):
    """Shares of names by their sound, and that of a name that no list has."""

    names: Mapping[str, float]
    unknown: float


@cache
def _shares() -> Mapping[str, _NameShares]:
    return {
        feature: _NameShares(table["names"], table["unknown"])
        for feature, table in json.loads(MODEL.read_text(encoding="utf-8"))["frequencies"].items()
    }


@cache
def _share_of_place() -> float:
    """Return how often two strangers agree in the place of birth."""
    share = json.loads(MODEL.read_text(encoding="utf-8"))["features"]["birth_place"]["same"]["u"]
    return float(share)
