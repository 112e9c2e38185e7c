"""Describe the file of a rule over many records: its keys and values, form by form.

The model says what a file may contain. What keys mean to one another is checked by the parser.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
)

from streams.rules.file_model import RoleTable, RuleFileTable, Text, TwoLanguages

Duration = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}(min|h|d)$")]
"""A time: 15min, 12h, 30d."""
MeasureName = Literal["usd", "kg", "l", "m2", "pieces"]
Fewest = Annotated[int, Field(ge=2, le=10_000)]


class AmountRange(RuleFileTable):
    """Which amounts count: from one number on, and below another."""

    least: float = Field(0.0, alias="from", ge=0)
    below: float | None = Field(None, gt=0)


class ExampleRecord(BaseModel):
    """A record of an example, as the engine sees it: things by kind, measures, and other fields.

    `repeat`: so many of them, `every` so much later; `{n}` in a text is the number, from `number`.
    """

    model_config = ConfigDict(extra="allow", strict=True, frozen=True, defer_build=True)
    __pydantic_extra__: dict[str, str | float | int | list[str]]

    type: Text
    country: Text
    at: AwareDatetime
    repeat: int = Field(1, ge=1, le=1_000)
    every: Duration = "1d"
    number: int = Field(1, ge=0)
    doubtful: list[Text] = Field([], description="kinds whose things are only possible")


class ExampleTable(RuleFileTable):
    """Records, and how many findings the rule must give over them."""

    name: Text
    exactly: int | None = Field(None, ge=0)
    at_least: int | None = Field(None, ge=0)
    at_most: int | None = Field(None, ge=0)
    records: Annotated[list[ExampleRecord], Field(min_length=1)]


class DetectorRuleModel(RuleFileTable):
    """What every rule over many records states."""

    version: int = Field(ge=1)
    severity: Literal["low", "medium", "high"]
    records: Annotated[
        dict[str, Annotated[list[RoleTable], Field(min_length=1)]],
        Field(min_length=1, description="which records count, each in roles of its own"),
    ]
    by: list[Text] = Field([], description="a kind of thing, or fields: records that share them")
    countries: int = Field(1, ge=1, le=10, description="countries of the records, at least")
    hub: int = Field(ge=2, le=5_000, description="with more records it is no finding, but a hub")
    title: TwoLanguages
    sentence: TwoLanguages
    doubt: TwoLanguages
    false_positives: Annotated[list[TwoLanguages], Field(min_length=1)]
    examples: Annotated[list[ExampleTable], Field(min_length=2)]


class CountModel(DetectorRuleModel):
    """So many records within a time."""

    detector: Literal["count"]
    within: Duration
    at_least: Fewest


class DistinctModel(DetectorRuleModel):
    """So many different values of a field, or things of a kind, within a time."""

    detector: Literal["distinct"]
    within: Duration
    distinct: Text = Field(description="a kind of thing, or a field")
    at_least: Fewest


class SumModel(DetectorRuleModel):
    """So much in all within a time."""

    detector: Literal["sum"]
    within: Duration
    sum: MeasureName
    at_least: float = Field(gt=0)
    fewest: int = Field(1, ge=1, description="amounts, at least")
    amounts: AmountRange = Field(default_factory=lambda: AmountRange.model_validate({}))
    limits: dict[str, Annotated[float, Field(gt=0)]] = Field(
        {}, description="by country: amounts are counted in parts of its limit"
    )


class SequenceModel(DetectorRuleModel):
    """Records in an order, each within a time after the one before."""

    detector: Literal["sequence"]
    order: Annotated[list[Text], Field(min_length=2, max_length=6)]
    gaps: Annotated[list[Duration], Field(min_length=1, max_length=5)]
    slack: Duration = Field("0min", description="how much earlier a later step may be dated")
    differ: list[Text] = Field([], description="fields or kinds that differ from step to step")
    agree: list[Text] = Field(
        [], description="fields or kinds that steps have in common, where both state them"
    )
    absent: list[Text] = Field([], description="roles that must not come between two steps")


class RunModel(DetectorRuleModel):
    """Things of one make and type with consecutive serials."""

    detector: Literal["run"]
    run: Literal["weapon", "ammunition_lot"]
    at_least: Fewest
    gap: int = Field(1, ge=1, le=100, description="from one serial to the next, at most")


class TogetherModel(DetectorRuleModel):
    """Two things of a kind, seen within a short time where `by` says, again and again."""

    detector: Literal["together"]
    things: Text = Field(description="a kind of thing")
    within: Duration
    at_least: Fewest = Field(description="occasions")
    apart: Duration = Field("6h", description="from one occasion to the next, at least")
    share: float = Field(0.0, ge=0, le=1, description="occasions by records of each, at least")
    partners: int | None = Field(
        None, ge=1, le=100, description="with more of them a thing is of a fleet: no finding"
    )


class PathModel(DetectorRuleModel):
    """Money that continues from account to account."""

    detector: Literal["path"]
    hops: Annotated[int, Field(ge=2, le=6)]
    within: Duration = Field(description="from one transfer to the next, at most")
    loss: float = Field(0.05, ge=0, lt=1, description="what a hop may cost, as a part")
    least: float = Field(0.0, ge=0, description="dollars of a transfer")
    ends: Literal["elsewhere", "owner"] = Field(
        "elsewhere", description="owner: it comes back to the account or to its owner"
    )


class NetworkModel(DetectorRuleModel):
    """Records that hang together over several steps, by things that they name."""

    detector: Literal["network"]
    joined_by: Annotated[list[Text], Field(min_length=1, description="kinds of things that join")]
    within: Duration = Field(description="between two records of one thing, at most")
    at_least: Fewest = Field(description="records of a network")
    most: int = Field(200, ge=2, le=5_000, description="a larger network is listed, not found")
    needs: dict[str, Annotated[int, Field(ge=1, le=1_000)]] = Field(
        {}, description="records of a role, at least"
    )


DetectorFile = Annotated[
    CountModel
    | DistinctModel
    | SumModel
    | SequenceModel
    | RunModel
    | TogetherModel
    | PathModel
    | NetworkModel,
    Field(discriminator="detector"),
]
DETECTORS: tuple[str, ...] = (
    *("count", "distinct", "sum", "sequence"),
    *("run", "together", "path", "network"),
)
DETECTOR_FILES: TypeAdapter[DetectorFile] = TypeAdapter(DetectorFile)
