"""Read a model of objects or of ways of acting: shares of levels, and how common a term is.

The shares are this project's judgement, because no labelled set of Andean objects exists. They are
frozen, so that a score depends on two records and a version alone.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import log2
from pathlib import Path

from streams.matching.objects.terms import fold_text, stem


@dataclass(frozen=True, slots=True)
class ObjectModel:
    """Hold the weights of a version in bits.

    `prior`: log2 odds that two records that meet in a block are of one object. `weights`: log2(m/u)
    by feature and level. `term_bits`: how rare a term is, -log2 of its share of texts.
    """

    version: str
    prior: float
    weights: Mapping[str, Mapping[str, float]]
    term_bits: Mapping[str, float]
    unknown_bits: float

    def bits_of(self, term: str) -> float:
        """Say how rare a term is; a number is as rare as a word that the model does not know."""
        return self.term_bits.get(term, self.unknown_bits)


@cache
def object_model(name: str) -> ObjectModel:
    """Return a model of this release: `object_model` or `method_model`."""
    document = json.loads((Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8"))
    return ObjectModel(
        document["version"],
        log2(document["prior"]),
        {
            feature: {level: log2(share["m"] / share["u"]) for level, share in levels.items()}
            for feature, levels in document["features"].items()
        },
        {stem(fold_text(word)): -log2(share) for word, share in document["terms"].items()},
        -log2(document["unknown_term"]),
    )
