"""The best of a plain comparison of texts: each scorer of rapidfuzz at its best threshold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz, utils
from rapidfuzz.distance import JaroWinkler

SCORERS: Mapping[str, Callable[[str, str], float]] = {
    "ratio": fuzz.ratio,
    "token_sort_ratio": fuzz.token_sort_ratio,
    "token_set_ratio": fuzz.token_set_ratio,
    "WRatio": fuzz.WRatio,
    "JaroWinkler": lambda a, b: 100 * JaroWinkler.similarity(a, b),
}


def best_baseline(lines: Sequence[Mapping[str, Any]]) -> tuple[str, float, float]:
    """Return the scorer, the threshold and the F1 of the best; chosen on the very pairs."""
    return max(
        (
            (f"{scorer} of {what}", *_best_threshold(lines, scorer, with_facts))
            for scorer in SCORERS
            for what, with_facts in (("names", False), ("names, birth and documents", True))
        ),
        key=lambda result: result[2],
    )


def _best_threshold(
    lines: Sequence[Mapping[str, Any]], scorer: str, with_facts: bool
) -> tuple[float, float]:
    values = [
        (SCORERS[scorer](_text(line["a"], with_facts), _text(line["b"], with_facts)), line["same"])
        for line in lines
    ]
    return max(
        ((threshold, _f1(values, threshold)) for threshold, _ in values), key=lambda pair: pair[1]
    )


def _f1(values: Sequence[tuple[float, bool]], threshold: float) -> float:
    right = sum(same and value >= threshold for value, same in values)
    linked = sum(value >= threshold for value, _ in values)
    return 2 * right / (linked + sum(same for _, same in values))


def _text(person: Mapping[str, Any], with_facts: bool) -> str:
    parts = [
        person.get(name) for name in ("given_names", "first_surname", "second_surname", "name")
    ]
    if with_facts:
        parts += [person.get("birth_date")]
        parts += [document["number"] for document in person.get("documents", [])]
    return str(utils.default_process(" ".join(part for part in parts if part)))
