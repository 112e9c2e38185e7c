"""State a rule over identities: what the records of one person show together.

It is a TOML file with `detector = "identity"`, announced in config like the rules of pairs. No
worker reads it: who is who is assembled for a reader when somebody asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from schemas.model import Grade
from streams.rules.computed_examples import (
    IdentityExample,
    IdentityExampleTable,
    read_identity_examples,
)
from streams.rules.errors import RuleError
from streams.rules.file_model import RuleFileTable, Text, TwoLanguages, Values
from streams.rules.rule_text import by_language, detector_of, holes_of, read_model

DETECTOR = "identity"
HOLES = frozenset({"name", "first", "second", "day"})
Subject = Literal["person", "document"]
Countries = Literal["any", "different"]


class IdentityRoleTable(RuleFileTable):
    """Which records fill a role."""

    types: tuple[Text, ...] = Field((), strict=False, description="types of event; none: any")
    category: tuple[Text, ...] = Field((), strict=False, description="of a notice; none: any")
    without: tuple[Text, ...] = Field((), strict=False, description="roles who do not fill it")


class IdentityRuleModel(RuleFileTable):
    """A rule over identities, as its file states it."""

    detector: Literal["identity"]
    version: int = Field(ge=1)
    severity: Literal["low", "medium", "high"]
    subject: Subject = Field("person", description="whose records are compared")
    pair: Annotated[Values, Field(min_length=2, max_length=2)]
    grades: tuple[Grade, ...] = Field(("certain",), strict=False, min_length=1)
    countries: Countries = "any"
    during_first: bool = Field(False, description="the second occurs while the first holds")
    unless_same_document: bool = Field(False, description="then the rule of pairs finds it")
    roles: dict[str, IdentityRoleTable]
    title: TwoLanguages
    sentence: TwoLanguages
    examples: tuple[IdentityExampleTable, ...] = Field((), strict=False)


@dataclass(frozen=True, slots=True)
class IdentityRole:
    """Which records fill a role. Where a set is empty, it asks for nothing.

    `without`: roles of persons, such as victim, who do not fill it.
    """

    types: frozenset[str]
    category: frozenset[str]
    without: frozenset[str]


@dataclass(frozen=True, slots=True)
class IdentityRule:
    """A rule over the records of one person, or of one document. Texts are by language.

    `pair`: what the two records must be; `grades`: of the links that it follows; `during_first`:
    whether the second record must lie in the time of the first.
    """

    id: str
    version: int
    severity: str
    subject: Subject
    pair: tuple[IdentityRole, IdentityRole]
    grades: tuple[Grade, ...]
    countries: Countries
    during_first: bool
    unless_same_document: bool
    title: Mapping[str, str]
    sentence: Mapping[str, str]
    examples: tuple[IdentityExample, ...] = ()

    @property
    def has_equal_roles(self) -> bool:
        """Whether either record may stand first."""
        return self.pair[0] == self.pair[1]


def parse_identity_rule(name: str, text: str) -> IdentityRule:
    """Parse the rule called `name`. Raises RuleError naming the rule and the key."""
    model = read_model(name, text, IdentityRuleModel)
    unknown = sorted(set(model.pair) ^ set(model.roles))
    if unknown:
        raise RuleError(name, "roles", f"must be exactly those of pair: {', '.join(unknown)}")
    if model.subject == "document" and "possible" in model.grades:
        raise RuleError(name, "grades", "of a document can only be certain")
    first_role, second_role = (_role(model.roles[role]) for role in model.pair)
    return IdentityRule(
        id=name,
        version=model.version,
        severity=model.severity,
        subject=model.subject,
        pair=(first_role, second_role),
        grades=tuple(model.grades),
        countries=model.countries,
        during_first=model.during_first,
        unless_same_document=model.unless_same_document,
        title=by_language(model.title),
        sentence=_sentence(name, model.sentence),
        examples=read_identity_examples(name, model.examples),
    )


def is_identity_rule(text: str) -> bool:
    """Say whether a rule's text is meant for identities."""
    return detector_of(text) == DETECTOR


def _role(table: IdentityRoleTable) -> IdentityRole:
    return IdentityRole(frozenset(table.types), frozenset(table.category), frozenset(table.without))


def _sentence(name: str, texts: TwoLanguages) -> dict[str, str]:
    sentence = by_language(texts)
    for key, holes in holes_of(name, sentence):
        if not {"name"} <= holes <= HOLES:
            detail = f"must name the person, and may name {', '.join(sorted(HOLES))}"
            raise RuleError(name, key, detail)
    return sentence
