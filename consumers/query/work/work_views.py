"""Define what is shown of work: the same values for API, command line, page and tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from pydantic import Field

from consumers.query.views import Occurred, Recorded, Tlp

Title = Annotated[
    dict[str, str] | None, Field(description="by language: es, en; null where it has none")
]
Who = Annotated[
    str | None, Field(description="the account; null for who is of another country and no member")
]


@dataclass(frozen=True, slots=True)
class AuthorView:
    """Who did something, as far as this reader may know."""

    person: Who
    country: str
    authority: str | None


@dataclass(frozen=True, slots=True)
class ShownReference:
    """What work is about, as this reader sees it now."""

    kind: Annotated[str, Field(description="finding, record, thing, person or case")]
    id: str
    title: Title
    type: Annotated[
        str, Field(description="the type of a record, the rule of a finding, the kind of a thing")
    ]
    country: Annotated[str | None, Field(description="the owner's, of a record")]
    recorded_at: Annotated[datetime | None, Field(description="when the log last took some of it")]
    tlp: Tlp
    events: Annotated[list[str], Field(description="ids of its records")]


@dataclass(frozen=True, slots=True)
class ItemView:
    """Something that a case collects."""

    reference: ShownReference
    text: Annotated[str, Field(description="why it was added, or empty")]
    added_by: AuthorView
    added_at: datetime


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note. `case`: id of the case whose readers see it, or null."""

    id: str
    text: str
    author: AuthorView
    written_at: datetime
    changed_at: datetime
    scope: Annotated[str, Field(description="self, authority, country, group or case")]
    group: str
    about: list[ShownReference]
    case: str | None
    is_own: Annotated[bool, Field(description="whether this reader may change and withdraw it")]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """When a record of a case occurred, and how exactly that is known."""

    event: str
    type: str
    country: str
    occurred_from: Occurred
    occurred_until: Annotated[datetime | None, Field(description="exclusive")]
    precision: Annotated[str, Field(description="a code of the list precision")]
    recorded_at: Recorded
    subdivision: str | None
    tlp: Tlp


@dataclass(frozen=True, slots=True)
class CustodyEntry:
    """An act on a case, as it is signed in the log."""

    at: datetime
    act: str
    author: AuthorView
    about: Annotated[list[str], Field(description="kind and id of what it concerns")]
    member: str | None
    role: str | None
    scope: str | None
    code: str


@dataclass(frozen=True, slots=True)
class CaseMemberView:
    """Somebody who takes part in a case."""

    person: str
    country: str
    role: Annotated[str, Field(description="owner, editor or viewer")]


@dataclass(frozen=True, slots=True)
class WorkSummary:
    """A case, a watch-list or a saved search, in a list of them."""

    id: str
    kind: str
    title: str
    status: Annotated[str, Field(description="open, closed, withdrawn or erased")]
    scope: Annotated[str, Field(description="who may see it: self, authority, country or group")]
    group: str
    owner: AuthorView
    role: Annotated[
        str, Field(description="what this reader may do: owner, editor; viewer may look")
    ]
    opened_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as this reader sees it: what is not released to them is not in it."""

    summary: WorkSummary
    text: str
    members: list[CaseMemberView]
    items: list[ItemView]
    notes: list[NoteView]
    timeline: Annotated[
        list[TimelineEntry], Field(description="in the order of occurrence; undated ones last")
    ]
    custody: Annotated[list[CustodyEntry], Field(description="who did what, the oldest first")]
    erased_because: Annotated[str, Field(description="a code of erasure_reason, or empty")] = ""


@dataclass(frozen=True, slots=True)
class MarkView:
    """A mark of a watch-list."""

    id: str
    kind: Annotated[str, Field(description="name, or a kind of thing: plate, document, phone …")]
    values: Annotated[dict[str, str], Field(description="number, country, name … as written")]
    text: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class WatchListView:
    """A watch-list. Nobody but its owner sees it."""

    summary: WorkSummary
    marks: list[MarkView]


@dataclass(frozen=True, slots=True)
class WatchHit:
    """A released record that names a mark of a watch-list."""

    mark: Annotated[str, Field(description="id of the mark")]
    event: Annotated[str, Field(description="id of the record")]
    thing: Annotated[str | None, Field(description="id of the thing; null for a name")]
    type: str
    country: str
    authority: str
    occurred: Occurred
    recorded_at: Recorded
    tlp: Tlp
    certainty: Annotated[
        str, Field(description="certain, or possible: not fully read, or a name that is alike")
    ]


@dataclass(frozen=True, slots=True)
class SavedSearchView:
    """A search that somebody saved."""

    summary: WorkSummary
    page: Annotated[str, Field(description="the list that it asks, such as events or indicators")]
    query: Annotated[str, Field(description="its filters, as in the address of that page")]


@dataclass(frozen=True, slots=True)
class FindingVerdictView:
    """The last verdict on a finding. It is shown to whoever sees the finding."""

    id: str
    finding: str
    verdict: Annotated[str, Field(description="confirmed, rejected or unsure")]
    reason: Annotated[str, Field(description="a code of the list finding_verdict_reason")]
    text: Annotated[str, Field(description="empty for readers of another country")]
    author: AuthorView
    at: datetime
    former: Annotated[
        list[FindingVerdictView], Field(description="those before it, the newest first")
    ] = field(default_factory=list)
