"""Define what a question about persons answers: for API, command line, page and tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from consumers.query.explanations.explanation import ExplainedFeature
from consumers.query.views import Markings, Occurred, Recorded, Tlp

Probability = Annotated[
    float, Field(description="0 to 1: from 0.95 automatic, from 0.5 possible; never quite 1")
]


@dataclass(frozen=True, slots=True)
class MentionView:
    """A person as one event names them."""

    id: Annotated[str, Field(description="the event's id, a dot, and the person's place in it")]
    event: Annotated[str, Field(description="the event's id")]
    role: Annotated[str, Field(description="a code of the list person_role, or empty")]
    type: str
    country: str
    authority: str
    occurred: Occurred
    recorded_at: Recorded
    tlp: Tlp
    markings: Markings
    name: Annotated[str, Field(description="as the record writes it")]
    born: str | None
    documents: Annotated[list[str], Field(description="country and number, as written")]


@dataclass(frozen=True, slots=True)
class FoundMention:
    """A mention that fits what was asked, and why."""

    mention: MentionView
    probability: Probability
    reasons: list[ExplainedFeature]


@dataclass(frozen=True, slots=True)
class VerdictView:
    """What an analyst decided of a pair; the last one counts."""

    word: Annotated[str, Field(description="confirmed, rejected, or open")]
    reason: Annotated[str, Field(description="a code of the list verdict_reason")]
    country: Annotated[str, Field(description="of the author")]
    authority: Annotated[str, Field(description="of the author; empty where there is none")]
    author: Annotated[
        str | None, Field(description="the person, for readers of the same country; else null")
    ]
    decided_at: Recorded


@dataclass(frozen=True, slots=True)
class LinkView:
    """Two mentions that are, or may be, one person, and why."""

    first: Annotated[str, Field(description="id of a mention")]
    second: Annotated[str, Field(description="id of a mention")]
    probability: Probability
    reasons: list[ExplainedFeature]
    verdict: Annotated[VerdictView | None, Field(description="null where nobody decided")]


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Mentions of one person that fit what was asked, the best first."""

    id: Annotated[
        str, Field(description="of the oldest mention; the id of each mention leads here, too")
    ]
    probability: Probability
    mentions: list[FoundMention]


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    """Who the person may be, the likeliest first.

    `is_complete`: whether everything that may fit was compared.
    """

    persons: list[FoundPerson]
    is_complete: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is: the mentions of one person, what joins them, and who else they may be."""

    id: Annotated[
        str, Field(description="of the oldest mention; the id of each mention leads here, too")
    ]
    mentions: Annotated[list[MentionView], Field(description="the oldest first")]
    links: Annotated[list[LinkView], Field(description="what joins the mentions, the surest first")]
    possible: Annotated[
        list[LinkView], Field(description="what may join a mention with another person's")
    ]
    rejected: Annotated[list[LinkView], Field(description="pairs that an analyst rejected")]
    others: Annotated[list[MentionView], Field(description="the other ends of these links")]
    is_complete: bool
