"""Define the explanation of a finding: one shape for API, command line, page and files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from consumers.query.explanations.decisions import decisions_on_records

Texts = Annotated[dict[str, str], Field(description="by language: es, en")]


@dataclass(frozen=True, slots=True)
class ExplainedRecord:
    """A record of the sentence, in its words."""

    event: Annotated[str, Field(description="the event's id")]
    text: Texts


@dataclass(frozen=True, slots=True)
class ExplainedFeature:
    """Something that speaks for or against a finding."""

    name: str
    weight: Annotated[float, Field(description="more than 0 speaks for it, less against it")]
    text: Texts
    level: Annotated[
        str, Field(description="how far it agrees; empty where there are no levels")
    ] = ""
    event: Annotated[
        str | None, Field(description="of which record; null where it is of several together")
    ] = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a finding is shown, as far as its records are released to this reader."""

    sentence: Annotated[
        dict[str, str], Field(description="who or what, where and when; by language: es, en")
    ]
    subject: Annotated[
        dict[str, str] | None,
        Field(
            description="the thing as released records write it, by language: es, en; null where "
            "none does"
        ),
    ]
    records: Annotated[
        list[ExplainedRecord],
        Field(description="of the sentence, in the order of occurrence"),
    ]
    features: Annotated[
        list[ExplainedFeature], Field(description="of the records told, the heaviest first")
    ]
    confidence: Texts
    changes: Annotated[
        list[dict[str, str]], Field(description="what would change it, each by language: es, en")
    ]
    decisions: Annotated[
        list[dict[str, str]],
        Field(description="what confirming and rejecting do, each by language: es, en"),
    ] = field(default_factory=decisions_on_records)
