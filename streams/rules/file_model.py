"""Describe a rule's file: its keys and values, and the JSON Schema that editors use.

The model says what a file may contain. What keys mean to one another (roles, weights, sentences) is
checked by the parser.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
)
from pydantic_core import ErrorDetails

from schemas.model import Certainty
from streams.rules.errors import RuleError

_TAG = "~"  # marks the parts of a location that pydantic adds for the member of a union
Text = Annotated[str, Field(min_length=1)]
Values = Annotated[list[Text], Field(min_length=1)]
ExampleGrade = Literal["certain", "possible", "hub", "none"]
"""What a rule of pairs finds on a thing: an indicator of this grade, a hub, or nothing."""


class RuleFileTable(BaseModel):
    """A table of a rule's file; it has no other keys than these."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class ExcludedValues(RuleFileTable):
    """Any values of a trait but these."""

    values: Values = Field(alias="not")


def _by_form(content: Any) -> str | None:
    if isinstance(content, list):
        return "~list"
    return "~not" if isinstance(content, Mapping | ExcludedValues) else None


TraitValues = Annotated[
    Annotated[Values, Tag("~list")] | Annotated[ExcludedValues, Tag("~not")],
    Discriminator(_by_form),
]


class RoleTable(BaseModel):
    """One way to fill a role: an event type, and values of its traits by name."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True, defer_build=True)
    __pydantic_extra__: dict[str, TraitValues]

    type: str = Field(description="one of schemas/events")
    unless: str | None = Field(None, description="a role that must not be filled there")


class TwoLanguages(BaseModel):
    """A text in Spanish and in English; other languages are not read."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True, defer_build=True)

    es: str
    en: str


class PairRecord(BaseModel):
    """A record that names the thing; what else stands in it are traits that rules compare."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True, defer_build=True)
    __pydantic_extra__: dict[str, Text | list[Text]]

    type: Text
    country: Text
    at: AwareDatetime | None = Field(None, description="when it occurred; unknown without it")
    certainty: Certainty = Field("certain", description="whether it is this thing")
    repeat: int = Field(1, ge=1, le=1_000, description="so many records that are alike")


class PairExampleTable(RuleFileTable):
    """Records that name one thing, and what the rule must find on it."""

    name: Text
    finds: ExampleGrade
    kind: Text | None = Field(None, description="kind of the thing; else the rule's first")
    records: Annotated[list[PairRecord], Field(min_length=1)]


class RuleModel(RuleFileTable):
    """A rule: which pairs of records on one thing are worth an indicator."""

    detector: Literal["pair"] = "pair"
    roles: dict[str, list[RoleTable]]
    version: int = Field(ge=1)
    kind: Text | Values = Field(description="kinds of thing")
    severity: Literal["low", "medium", "high"]
    pair: Annotated[list[str], Field(min_length=2, max_length=2)]
    joined_by: str | None = Field(None, description="a trait that must fit in both records")
    days: Annotated[list[int], Field(min_length=2, max_length=2)] | None = None
    until: str | None = Field(None, description="a trait of the first role that ends the pair")
    hub: int = Field(ge=2, description="with more members a thing is a hub")
    cap: float
    weights: dict[str, float]
    title: TwoLanguages
    sentence: TwoLanguages
    examples: list[PairExampleTable] = []


def check_rule(content: Mapping[str, Any], name: str) -> RuleModel:
    """Return a rule's file, which has the shape that it must have.

    Raises RuleError naming the rule and the key; of several faults the first.
    """
    try:
        return RuleModel.model_validate(content)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        first = next((item for item in errors if _is_unknown_key(item)), errors[0])
        if _is_unknown_key(first):
            keys = ", ".join(sorted(RuleModel.model_fields))
            detail = f"is not a rule's key; these are {keys}"
        elif first["type"] == "missing":
            detail = "is missing"
        else:
            detail = first["msg"][:1].lower() + first["msg"][1:]
        raise RuleError(name, _key(first["loc"]), detail) from None


def _is_unknown_key(error: ErrorDetails) -> bool:
    return error["type"] == "extra_forbidden" and len(error["loc"]) == 1


def _key(location: tuple[int | str, ...]) -> str:
    """Name a key as the parser does: `roles.wanted.category`, `title.es`, `days`."""
    parts = [part for part in location if isinstance(part, str) and not part.startswith(_TAG)]
    length = 3 if parts[0] == "roles" else 2 if parts[0] in ("weights", "title", "sentence") else 1
    return ".".join(parts[:length])
