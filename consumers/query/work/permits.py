"""Decide who may do what with an object of work. Pure: the one place where this is decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from consumers.query.work.acts import (
    AudienceScope,
    Author,
    Reference,
    ReferenceKind,
    Role,
    WorkAct,
    WorkDraft,
    WorkKind,
)
from consumers.query.work.work_object import Status, WorkObject

MOST_ITEMS = 500
"""Of one member: so nobody learns how many there are that they do not see."""
MOST_MEMBERS = 50
SHAREABLE = frozenset({WorkKind.CASE, WorkKind.SAVED_SEARCH, WorkKind.NOTE})
_ACTS: Mapping[WorkKind, frozenset[WorkAct]] = {
    WorkKind.CASE: frozenset(WorkAct),
    WorkKind.NOTE: frozenset(
        {WorkAct.OPENED, WorkAct.CHANGED, WorkAct.SHARED, WorkAct.WITHDRAWN, WorkAct.ERASED}
    ),
    WorkKind.WATCH_LIST: frozenset(
        {
            *(WorkAct.OPENED, WorkAct.CHANGED, WorkAct.ITEM_ADDED, WorkAct.ITEM_REMOVED),
            *(WorkAct.WITHDRAWN, WorkAct.ERASED),
        }
    ),
    WorkKind.SAVED_SEARCH: frozenset(
        {WorkAct.OPENED, WorkAct.CHANGED, WorkAct.SHARED, WorkAct.WITHDRAWN, WorkAct.ERASED}
    ),
    WorkKind.FINDING_VERDICT: frozenset({WorkAct.OPENED, WorkAct.ERASED}),
}
"""What can be done with each kind at all."""
_OF_EDITORS = frozenset({WorkAct.CHANGED, WorkAct.ITEM_ADDED, WorkAct.ITEM_REMOVED})
_WHEN_CLOSED = frozenset({WorkAct.REOPENED, WorkAct.WITHDRAWN, WorkAct.ERASED})


class WorkRefusal(StrEnum):
    """Why an act cannot be done."""

    EXISTS = "exists"
    ABSENT = "absent"
    NOT_OF_KIND = "not_of_kind"
    NOT_OWNER = "not_owner"
    NOT_EDITOR = "not_editor"
    CLOSED = "closed"
    OPEN = "open"
    GONE = "gone"
    NO_ITEM = "no_item"
    TWICE = "twice"
    NO_MEMBER = "no_member"
    LAST_OWNER = "last_owner"
    FULL = "full"
    NO_AUDIENCE = "no_audience"


def refusal(state: WorkObject | None, author: Author, draft: WorkDraft) -> WorkRefusal | None:
    """Return why an act cannot be done with an object as it is; None where it can.

    `state`: None where it does not exist. So the log itself decides between two who act at once:
    what could not be done at its position has no effect.
    """
    if draft.act not in _ACTS[draft.kind]:
        return WorkRefusal.NOT_OF_KIND
    if draft.act is WorkAct.OPENED:
        return WorkRefusal.EXISTS if state is not None else _opening_refusal(draft)
    if state is None or state.owner.exercise != author.exercise:
        return WorkRefusal.ABSENT
    if state.kind is not draft.kind:
        return WorkRefusal.NOT_OF_KIND
    if state.status is Status.ERASED:
        return WorkRefusal.GONE
    return _role_refusal(state, author, draft) or _state_refusal(state, author, draft)


def _opening_refusal(draft: WorkDraft) -> WorkRefusal | None:
    scope = AudienceScope.SELF if draft.audience is None else draft.audience.scope
    if draft.kind is WorkKind.FINDING_VERDICT:
        return None if scope is AudienceScope.FINDING and draft.about else WorkRefusal.NO_AUDIENCE
    return _audience_refusal(draft.kind, scope, draft.about)


def _audience_refusal(
    kind: WorkKind, scope: AudienceScope, about: Sequence[Reference]
) -> WorkRefusal | None:
    """Return why an object of this kind, about these, cannot be shown to these."""
    of_case = any(reference.kind is ReferenceKind.CASE for reference in about)
    if scope is AudienceScope.FINDING or (scope is AudienceScope.CASE and not of_case):
        return WorkRefusal.NO_AUDIENCE
    if scope is not AudienceScope.SELF and kind not in SHAREABLE:
        return WorkRefusal.NO_AUDIENCE
    return None


def _role_refusal(state: WorkObject, author: Author, draft: WorkDraft) -> WorkRefusal | None:
    role = state.role_of(author.person, author.country)
    if role is None:
        return WorkRefusal.NOT_OWNER
    if draft.act in _OF_EDITORS:
        return WorkRefusal.NOT_EDITOR if role is Role.VIEWER else None
    leaves = draft.member is not None and draft.member.account == (author.person, author.country)
    if draft.act is WorkAct.MEMBER_REMOVED and leaves:
        return None  # everybody may leave
    return None if role is Role.OWNER else WorkRefusal.NOT_OWNER


def _state_refusal(state: WorkObject, author: Author, draft: WorkDraft) -> WorkRefusal | None:
    if state.status is Status.WITHDRAWN and draft.act is not WorkAct.ERASED:
        return WorkRefusal.GONE
    if state.status is Status.CLOSED and draft.act not in _WHEN_CLOSED:
        return WorkRefusal.CLOSED
    check = _CHECKS.get(draft.act)
    return None if check is None else check(state, author, draft)


def _added(state: WorkObject, author: Author, draft: WorkDraft) -> WorkRefusal | None:
    keys = draft_item_keys(draft)
    if not keys:
        return WorkRefusal.NO_ITEM
    known = {item.key for item in state.items}
    if known >= set(keys):
        return WorkRefusal.TWICE
    own = {item.key for item in state.items if item.added_by == author}
    return WorkRefusal.FULL if len(own | set(keys)) > MOST_ITEMS else None


def _removed(state: WorkObject, _author: Author, draft: WorkDraft) -> WorkRefusal | None:
    keys = set(draft_item_keys(draft))
    return None if keys & {item.key for item in state.items} else WorkRefusal.NO_ITEM


def _member_added(state: WorkObject, _author: Author, draft: WorkDraft) -> WorkRefusal | None:
    if draft.member is None or not draft.member.person or not draft.member.country:
        return WorkRefusal.NO_MEMBER
    if state.is_last_owner(draft.member) and draft.member.role is not Role.OWNER:
        return WorkRefusal.LAST_OWNER
    accounts = {member.account for member in state.members} | {draft.member.account}
    return WorkRefusal.FULL if len(accounts) > MOST_MEMBERS else None


def _member_removed(state: WorkObject, _author: Author, draft: WorkDraft) -> WorkRefusal | None:
    if draft.member is None or state.role_of(*draft.member.account) is None:
        return WorkRefusal.NO_MEMBER
    return WorkRefusal.LAST_OWNER if state.is_last_owner(draft.member) else None


def _shared(state: WorkObject, _author: Author, draft: WorkDraft) -> WorkRefusal | None:
    if draft.audience is None:
        return WorkRefusal.NO_AUDIENCE
    return _audience_refusal(state.kind, draft.audience.scope, state.about)


def _reopened(state: WorkObject, _author: Author, _draft: WorkDraft) -> WorkRefusal | None:
    return None if state.status is Status.CLOSED else WorkRefusal.OPEN


_CHECKS: Mapping[WorkAct, Callable[[WorkObject, Author, WorkDraft], WorkRefusal | None]] = {
    WorkAct.ITEM_ADDED: _added,
    WorkAct.ITEM_REMOVED: _removed,
    WorkAct.MEMBER_ADDED: _member_added,
    WorkAct.MEMBER_REMOVED: _member_removed,
    WorkAct.SHARED: _shared,
    WorkAct.REOPENED: _reopened,
}


def draft_item_keys(draft: WorkDraft) -> list[str]:
    """Return the keys of the items that an act adds or removes."""
    return [str(reference) for reference in draft.about] or ([draft.item] if draft.item else [])
