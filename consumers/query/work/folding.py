"""Fold acts into what is true of an object. Pure.

It is a function of the entries alone, in the order of the log: whatever order they come in, and
however often, the result is the same. As of T: the entries up to T.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from consumers.query.work.acts import Audience, AudienceScope, CaseMember, Role, WorkAct, WorkEntry
from consumers.query.work.permits import draft_item_keys, refusal
from consumers.query.work.work_object import Status, WorkItem, WorkObject

PRIVATE = Audience(AudienceScope.SELF)


def fold(entries: Iterable[WorkEntry]) -> WorkObject | None:
    """Return the object that these entries make; None where none of them opens it.

    `entries`: all of one object. An act that its author could not do then has no effect.
    """
    state: WorkObject | None = None
    by_offset = {entry.offset: entry for entry in entries}
    for _offset, entry in sorted(by_offset.items()):
        if refusal(state, entry.author, entry.draft) is None:
            state = _opened(entry) if state is None else _apply(state, entry)
    return state


def fold_all(entries: Iterable[WorkEntry]) -> dict[str, WorkObject]:
    """Return every object that these entries make, by id."""
    by_object: dict[str, list[WorkEntry]] = {}
    for entry in entries:
        by_object.setdefault(entry.draft.object, []).append(entry)
    states = ((id_, fold(own)) for id_, own in by_object.items())
    return {id_: state for id_, state in states if state is not None}


def _opened(entry: WorkEntry) -> WorkObject:
    draft, author = entry.draft, entry.author
    return WorkObject(
        id=draft.object,
        kind=draft.kind,
        owner=author,
        opened_at=entry.recorded_at,
        audience=draft.audience or PRIVATE,
        content=draft.content,
        about=draft.about,
        members=(CaseMember(author.person, author.country, Role.OWNER),),
        code=draft.code,
        changed_at=entry.recorded_at,
        acts=(entry,),
    )


def _apply(state: WorkObject, entry: WorkEntry) -> WorkObject:
    changed = _CHANGES[entry.draft.act](state, entry)
    return replace(changed, changed_at=entry.recorded_at, acts=(*changed.acts, entry))


def _changed(state: WorkObject, entry: WorkEntry) -> WorkObject:
    return replace(state, content=entry.draft.content)


def _shared(state: WorkObject, entry: WorkEntry) -> WorkObject:
    return replace(state, audience=entry.draft.audience or state.audience)


def _item_added(state: WorkObject, entry: WorkEntry) -> WorkObject:
    draft, known = entry.draft, {item.key for item in state.items}
    references = draft.about or (None,)
    added = (
        WorkItem(key, reference, draft.content, entry.author, entry.recorded_at, entry.offset)
        for key, reference in zip(draft_item_keys(draft), references, strict=True)
        if key not in known
    )
    return replace(state, items=(*state.items, *added))


def _item_removed(state: WorkObject, entry: WorkEntry) -> WorkObject:
    gone = set(draft_item_keys(entry.draft))
    return replace(state, items=tuple(item for item in state.items if item.key not in gone))


def _member_added(state: WorkObject, entry: WorkEntry) -> WorkObject:
    return _with_member(state, entry, entry.draft.member)


def _member_removed(state: WorkObject, entry: WorkEntry) -> WorkObject:
    return _with_member(state, entry, None)


def _with_member(state: WorkObject, entry: WorkEntry, member: CaseMember | None) -> WorkObject:
    """Replace the member that an entry names."""
    account = None if entry.draft.member is None else entry.draft.member.account
    others = tuple(other for other in state.members if other.account != account)
    return replace(state, members=others if member is None else (*others, member))


def _erased(state: WorkObject, entry: WorkEntry) -> WorkObject:
    """Leave who did what and when; what was written is gone."""
    bare = tuple(replace(act, draft=replace(act.draft, content={})) for act in state.acts)
    return replace(
        state, status=Status.ERASED, content={}, items=(), code=entry.draft.code, acts=bare
    )


def _to(status: Status) -> Callable[[WorkObject, WorkEntry], WorkObject]:
    return lambda state, _entry: replace(state, status=status)


_CHANGES: Mapping[WorkAct, Callable[[WorkObject, WorkEntry], WorkObject]] = {
    WorkAct.OPENED: lambda state, _entry: state,  # refused: it exists
    WorkAct.CHANGED: _changed,
    WorkAct.SHARED: _shared,
    WorkAct.ITEM_ADDED: _item_added,
    WorkAct.ITEM_REMOVED: _item_removed,
    WorkAct.MEMBER_ADDED: _member_added,
    WorkAct.MEMBER_REMOVED: _member_removed,
    WorkAct.CLOSED: _to(Status.CLOSED),
    WorkAct.REOPENED: _to(Status.OPEN),
    WorkAct.WITHDRAWN: _to(Status.WITHDRAWN),
    WorkAct.ERASED: _erased,
}
