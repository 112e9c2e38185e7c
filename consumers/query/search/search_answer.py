"""Define what a search answers: for API, command line, page and tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from consumers.query.ids import IdKind
from consumers.query.indicators import IndicatorView
from consumers.query.paging import PageRange
from consumers.query.persons.person_views import FoundPerson
from consumers.query.things import Thing
from consumers.query.views import EventView

Texts = dict[str, str]
FACETS = ("type", "country", "month")
MOST_SHOWN = 5
"""Things, persons and findings that an answer shows."""
FIRST_RECORDS = PageRange(20)


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """What was typed, and which records of it; empty means any.

    `type`: of event; `country`: of the owner; `month`: in which it happened, as 2018-10.
    """

    text: str
    type: str = ""
    country: str = ""
    month: str = ""
    page: PageRange = FIRST_RECORDS

    @property
    def fields(self) -> dict[str, object]:
        """The question as the ledger notes it."""
        chosen = {"type": self.type, "country": self.country, "month": self.month}
        return {"text": self.text, **{name: value for name, value in chosen.items() if value}}


@dataclass(frozen=True, slots=True)
class TextReading:
    """A way in which the text was read, in a sentence, and how much was found that way."""

    what: Annotated[str, Field(description="id, words, person, or a kind of thing such as plate")]
    sentence: Annotated[Texts, Field(description="by language: es, en")]
    count: Annotated[int, Field(description="things, persons or records")]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that records have, and how many of them."""

    value: str
    records: int


@dataclass(frozen=True, slots=True)
class FoundId:
    """The one item whose id begins or ends so."""

    kind: IdKind
    id: str


@dataclass(frozen=True, slots=True)
class FoundFindings:
    """Findings on the things that were found, and on the newest records, newest first.

    `count`: of all of them; `items`: the first; the other two count all of them.
    """

    items: list[IndicatorView] = field(default_factory=list)
    count: int = 0
    severities: Annotated[
        Mapping[str, int], Field(description="findings by severity: high, medium, low")
    ] = field(default_factory=dict)
    rules: Annotated[Mapping[str, int], Field(description="findings by the id of a rule")] = field(
        default_factory=dict
    )
    is_complete: Annotated[
        bool, Field(description="whether the things of all records were looked at")
    ] = True


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What the reader may see of what was typed, in groups, the newest first."""

    readings: list[TextReading] = field(default_factory=list)
    id: Annotated[FoundId | None, Field(description="null unless the text is the id of one")] = None
    things: list[Thing] = field(default_factory=list)
    thing_count: int = 0
    persons: list[FoundPerson] = field(default_factory=list)
    person_count: int = 0
    persons_complete: Annotated[
        bool, Field(description="whether everything that may fit was compared")
    ] = True
    findings: FoundFindings = field(default_factory=FoundFindings)
    records: list[EventView] = field(default_factory=list)
    record_count: Annotated[int, Field(description="of all records with these words")] = 0
    facets: Annotated[
        Mapping[str, list[FacetValue]],
        Field(description="type, country and month of these records; the month is 2018-10"),
    ] = field(default_factory=dict)
    not_searched: Annotated[
        list[Texts], Field(description="what was left out, in sentences by language")
    ] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class WordSuggestion:
    """A word of released records that begins as the last word typed."""

    text: Annotated[str, Field(description="all that was typed, with the word as records write it")]
    word: str
    records: Annotated[int, Field(description="of the newest records with it, 500 at most")]
