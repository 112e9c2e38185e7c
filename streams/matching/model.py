"""Read a model: how often each level occurs among pairs of one person and among other pairs.

A model is a JSON file with a version. Its weights and the frequencies of names are frozen, so that
a score depends on two records and a version, never on the order in which records come.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import log2
from pathlib import Path

OTHERS = ("sibling", "parent", "namesake")
"""Pairs of two persons who agree more than strangers: by family, or by bearing one name.

Names of one community go together, so that two persons of one name are more than chance has it.
"""


@dataclass(frozen=True, slots=True)
class Level:
    """Hold the bits of a level, log2(m / u), and for each kind of OTHERS log2(k / u)."""

    weight: float
    others: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class MatchModel:
    """Hold the weights of a version.

    `prior`: log2 odds that two records that meet in a block are of one person. `others`: log2
    odds of each kind of OTHERS against two strangers. `bits`: by feature and sound, what
    agreement on this name adds as it is rarer, or subtracts as it is commoner.
    """

    version: str
    prior: float
    others: tuple[float, ...]
    levels: Mapping[str, Mapping[str, Level]]
    bits: Mapping[str, Mapping[str, float]]
    unknown_bits: Mapping[str, float]


def read_model(text: str) -> MatchModel:
    """Read the text of a model file. Raises ValueError or KeyError where it is none."""
    document = json.loads(text)
    names = document["frequencies"]
    bits, unknown = {}, {}
    for feature, table in names.items():
        average = sum(share * share for share in table["names"].values()) / sum(
            table["names"].values()
        )
        bits[feature] = {sound: log2(average / share) for sound, share in table["names"].items()}
        unknown[feature] = log2(average / table["unknown"])
    return MatchModel(
        document["version"],
        log2(document["prior"]),
        tuple(log2(document["others"][kind]) for kind in OTHERS),
        {
            feature: {level: _level(shares) for level, shares in levels.items()}
            for feature, levels in document["features"].items()
        },
        bits,
        unknown,
    )


def _level(shares: Mapping[str, float]) -> Level:
    return Level(
        log2(shares["m"] / shares["u"]),
        tuple(log2(shares[kind] / shares["u"]) for kind in OTHERS),
    )


@cache
def person_model() -> MatchModel:
    """Return the model of this release for persons."""
    return read_model((Path(__file__).parent / "person_model.json").read_text(encoding="utf-8"))
