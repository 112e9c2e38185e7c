"""Define what is left out as noise, as an answer says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

ByLanguage = Annotated[dict[str, str], Field(description="by language: es, en")]


class NoiseReason(StrEnum):
    """Why something is left out. The first four are those of streams.rules.detectors.crowding."""

    HUB = "hub"
    PUBLISHER = "publisher"
    FLEET = "fleet"
    SIZE = "size"
    BLOCK = "block"
    REPETITION = "repetition"


@dataclass(frozen=True, slots=True)
class PublisherRecords:
    """How many records an authority has of what is shared."""

    country: str
    authority: str
    records: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What an answer leaves out, for one reason."""

    reason: Annotated[
        NoiseReason,
        Field(
            description="hub: too many share it; publisher: one publishes too much of it, the "
            "others count; fleet: it meets too many others; size: what hangs together is too "
            "large; block: too many persons or objects of one publisher are alike in this; "
            "repetition: a stronger finding says it"
        ),
    ]
    rule: Annotated[str, Field(description="id of the rule; of a block: what is compared")]
    group: ByLanguage
    records: Annotated[int, Field(description="how many share it, as far as released")]
    limit: Annotated[int | None, Field(description="how many may; null where there is no limit")]
    since: Annotated[
        datetime, Field(description="when the log had more than may be, by records of today")
    ]
    sentence: ByLanguage
    thing: Annotated[str | None, Field(description="id of the thing; null where it is none")] = None
    set_aside: Annotated[
        list[PublisherRecords], Field(description="whose records do not count")
    ] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LinkingValue:
    """A value that joins records of two countries."""

    thing: str
    kind: str
    title: Annotated[
        dict[str, str] | None, Field(description="as released records write it, by language")
    ]
    records: Annotated[int, Field(description="how many a rule joins by it")]
    countries: list[str]
    rules: list[str]


@dataclass(frozen=True, slots=True)
class Noise:
    """What is left out for this reader, and the values that join most records."""

    left_out: list[LeftOut]
    most_linking: list[LinkingValue]
    is_complete: Annotated[
        bool, Field(description="false where only the newest or largest were looked at")
    ]


@dataclass(frozen=True, slots=True)
class RemovedFindings:
    """How many findings of a rule a list of known values would remove."""

    rule: str
    title: ByLanguage
    removed: int


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line of a list that names no thing. `line`: as an editor counts."""

    line: int
    problem: ByLanguage


@dataclass(frozen=True, slots=True)
class WithoutValues:
    """What would go without the values of a list."""

    values: Annotated[int, Field(description="values of the list that released records name")]
    removed: list[RemovedFindings]
    refused: list[RefusedLine]
    is_complete: bool

    @property
    def total(self) -> int:
        """Return how many findings would go."""
        return sum(item.removed for item in self.removed)


def in_order(items: Iterable[LeftOut]) -> list[LeftOut]:
    """Return what is left out in the order of an answer: by reason, the largest first."""
    places = list(NoiseReason)
    return sorted(
        items,
        key=lambda item: (places.index(item.reason), -item.records, item.rule, item.group["en"]),
    )
