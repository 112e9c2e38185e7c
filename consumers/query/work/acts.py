"""Say what analysts do: acts on objects of work, as entries of the ledger tell them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from schemas.model import Reader

Content = Mapping[str, str]
"""Texts by name: a title, a text, the parts of a mark. Empty where nothing was written."""


class WorkKind(StrEnum):
    """The kinds of objects that analysts work on."""

    CASE = "case"
    NOTE = "note"
    WATCH_LIST = "watch_list"
    SAVED_SEARCH = "saved_search"
    FINDING_VERDICT = "finding_verdict"


class WorkAct(StrEnum):
    """What can be done with an object."""

    OPENED = "opened"
    CHANGED = "changed"
    SHARED = "shared"
    ITEM_ADDED = "item_added"
    ITEM_REMOVED = "item_removed"
    MEMBER_ADDED = "member_added"
    MEMBER_REMOVED = "member_removed"
    CLOSED = "closed"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class AudienceScope(StrEnum):
    """Who may see an object besides its owner and its members."""

    SELF = "self"
    """Nobody."""
    AUTHORITY = "authority"
    COUNTRY = "country"
    GROUP = "group"
    """Who belongs to its sharing group."""
    CASE = "case"
    """Whoever sees the case that it is about."""
    FINDING = "finding"
    """Whoever sees the finding that it is about."""


class Role(StrEnum):
    """What a member may do."""

    OWNER = "owner"
    EDITOR = "editor"
    VIEWER = "viewer"


class ReferenceKind(StrEnum):
    """What work can be about."""

    FINDING = "finding"
    RECORD = "record"
    THING = "thing"
    PERSON = "person"
    """A mention: the id of its record and the person's place in it, such as 4b1d0007-….0."""
    CASE = "case"


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """Name what work is about."""

    kind: ReferenceKind
    id: str

    def __str__(self) -> str:
        """Return kind and id, as in `record:4b1d0007-…`."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Author:
    """Say who acted. `authority` and `exercise` are empty where there is none."""

    person: str
    country: str
    authority: str = ""
    exercise: str = ""

    @classmethod
    def of(cls, reader: Reader) -> Author:
        """Return a reader as the author of what they do."""
        return cls(reader.person, reader.country, reader.authority or "", reader.exercise or "")


@dataclass(frozen=True, slots=True)
class CaseMember:
    """Somebody who takes part in an object."""

    person: str
    country: str
    role: Role

    @property
    def account(self) -> tuple[str, str]:
        """Return the account and its country, which say who it is."""
        return self.person, self.country


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may see an object. `group`: the sharing group, else empty."""

    scope: AudienceScope
    group: str = ""


@dataclass(frozen=True, slots=True)
class WorkDraft:
    """An act that somebody wants to do. `object`: a UUID as text."""

    object: str
    kind: WorkKind
    act: WorkAct
    about: tuple[Reference, ...] = ()
    item: str = ""
    member: CaseMember | None = None
    audience: Audience | None = None
    code: str = ""
    content: Content = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class WorkEntry:
    """An act as the log has it. `recorded_at`: ms since 1970 UTC; `offset`: in the ledger."""

    draft: WorkDraft
    author: Author
    recorded_at: int
    offset: int
