"""Describe an object of work as it is at a moment, and who may see it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from consumers.query.work.acts import (
    Audience,
    AudienceScope,
    Author,
    CaseMember,
    Content,
    Reference,
    Role,
    WorkEntry,
    WorkKind,
)
from schemas.model import Reader
from schemas.release.rules import sees_content


class Status(StrEnum):
    """What has become of an object."""

    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class WorkItem:
    """Something that was put into an object. `reference`: None for a mark of a watch-list.

    `added_at`: ms since 1970 UTC; `offset`: of the entry that added it.
    """

    key: str
    reference: Reference | None
    content: Content
    added_by: Author
    added_at: int
    offset: int


@dataclass(frozen=True, slots=True)
class WorkObject:
    """An object as the acts up to a moment leave it. Times are in ms since 1970 UTC.

    `acts`: those that had an effect, in the order of the log: its custody record.
    """

    id: str
    kind: WorkKind
    owner: Author
    opened_at: int
    audience: Audience
    content: Content
    about: tuple[Reference, ...] = ()
    members: tuple[CaseMember, ...] = ()
    items: tuple[WorkItem, ...] = ()
    code: str = ""
    status: Status = Status.OPEN
    changed_at: int = 0
    acts: tuple[WorkEntry, ...] = ()

    def role_of(self, person: str, country: str) -> Role | None:
        """Return what somebody may do with it; None for who is no member."""
        for member in self.members:
            if member.account == (person, country):
                return member.role
        return None

    def is_last_owner(self, member: CaseMember) -> bool:
        """Say whether without this member nobody would own it."""
        owners = [other.account for other in self.members if other.role is Role.OWNER]
        return owners == [member.account]

    @property
    def is_there(self) -> bool:
        """Say whether it was neither withdrawn nor erased."""
        return self.status in {Status.OPEN, Status.CLOSED}


def sees(state: WorkObject, reader: Reader) -> bool:
    """Say whether a reader may see an object at all, by itself: members, or its audience.

    What only whoever sees a case or a finding may see is for the one to say who knows that.
    """
    if (state.owner.exercise or None) != reader.exercise or not sees_content(reader):
        return False
    if state.role_of(reader.person, reader.country) is not None:
        return True
    if not state.is_there:
        return False
    match state.audience.scope:
        case AudienceScope.AUTHORITY:
            owner = (state.owner.country, state.owner.authority)
            return owner == (reader.country, reader.authority) and bool(reader.authority)
        case AudienceScope.COUNTRY:
            return state.owner.country == reader.country
        case AudienceScope.GROUP:
            return state.audience.group in reader.groups
        case AudienceScope.SELF | AudienceScope.CASE | AudienceScope.FINDING:
            return False
