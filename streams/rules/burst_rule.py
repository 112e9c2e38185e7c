"""State a rule that finds bursts: more records at a place than its past and calendar explain.

It is a TOML file with `detector = "burst"`, announced in config like the rules of pairs. It looks
at no thing, so no worker reads it: bursts are computed for a reader when somebody asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from schemas.model import Grade
from streams.rules.computed_examples import (
    BurstExample,
    BurstExampleTable,
    PlaceDimension,
    read_burst_examples,
)
from streams.rules.errors import RuleError
from streams.rules.file_model import RuleFileTable, Text, TwoLanguages
from streams.rules.rule_text import by_language, detector_of, holes_of, read_model

DETECTOR = "burst"
HOLES = frozenset({"place", "type", "records", "first", "last", "expected", "bound"})
Chance = Annotated[float, Field(gt=0, lt=0.5)]


class AlphaTable(RuleFileTable):
    """How unlikely a week's count must be, were nothing unusual there, by grade."""

    possible: Chance
    certain: Chance


class BurstRuleModel(RuleFileTable):
    """A rule that finds bursts, as its file states it."""

    detector: Literal["burst"]
    version: int = Field(ge=1)
    severity: Literal["low", "medium", "high"]
    types: Annotated[list[Text], Field(min_length=1, description="types of event")]
    places: Annotated[list[PlaceDimension], Field(min_length=1)]
    years: int = Field(ge=1, le=10, description="past years that are compared, at most")
    window: int = Field(ge=0, le=10, description="weeks around the same week of a past year")
    guard: int = Field(ge=0, le=40, description="weeks just before that are not compared")
    gap: int = Field(ge=0, le=4, description="weeks between that do not end a burst")
    fewest: int = Field(ge=2, description="records that a week must have")
    ratio: float = Field(ge=1, description="how many times the expected it must have")
    alpha: AlphaTable
    title: TwoLanguages
    sentence: TwoLanguages
    examples: tuple[BurstExampleTable, ...] = Field((), strict=False)


@dataclass(frozen=True, slots=True)
class BurstRule:
    """A rule that finds bursts. `alpha`: by grade; texts are by language."""

    id: str
    version: int
    severity: str
    types: tuple[str, ...]
    places: tuple[PlaceDimension, ...]
    years: int
    window: int
    guard: int
    gap: int
    fewest: int
    ratio: float
    alpha: dict[Grade, float]
    title: dict[str, str]
    sentence: dict[str, str]
    examples: tuple[BurstExample, ...] = ()


def parse_burst_rule(name: str, text: str) -> BurstRule:
    """Parse the rule called `name`. Raises RuleError naming the rule and the key."""
    model = read_model(name, text, BurstRuleModel)
    if model.alpha.certain > model.alpha.possible:
        raise RuleError(name, "alpha.certain", "must not be above alpha.possible")
    return BurstRule(
        id=name,
        version=model.version,
        severity=model.severity,
        types=tuple(model.types),
        places=tuple(model.places),
        years=model.years,
        window=model.window,
        guard=model.guard,
        gap=model.gap,
        fewest=model.fewest,
        ratio=model.ratio,
        alpha={"possible": model.alpha.possible, "certain": model.alpha.certain},
        title=by_language(model.title),
        sentence=_sentence(name, model.sentence),
        examples=read_burst_examples(name, model.types, model.places, model.examples),
    )


def is_burst_rule(text: str) -> bool:
    """Say whether a rule's text is meant to find bursts."""
    return detector_of(text) == DETECTOR


def _sentence(name: str, texts: TwoLanguages) -> dict[str, str]:
    sentence = by_language(texts)
    for key, holes in holes_of(name, sentence):
        if holes != HOLES:
            raise RuleError(name, key, f"must name exactly {', '.join(sorted(HOLES))}")
    return sentence
