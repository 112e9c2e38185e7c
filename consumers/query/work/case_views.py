"""Write objects of work in the values of the views, as one reader may see them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from consumers.query.views import EventView, to_datetime
from consumers.query.work.acts import Author, Reference, ReferenceKind, Role, WorkAct, WorkEntry
from consumers.query.work.work_object import WorkObject
from consumers.query.work.work_views import (
    AuthorView,
    CaseMemberView,
    CustodyEntry,
    FindingVerdictView,
    ItemView,
    MarkView,
    NoteView,
    SavedSearchView,
    ShownReference,
    TimelineEntry,
    WatchListView,
    WorkSummary,
)
from schemas.model import Reader

_OF_ITEMS = frozenset({WorkAct.ITEM_ADDED, WorkAct.ITEM_REMOVED})
Shown = Mapping[Reference, ShownReference]


def author_view(author: Author, reader: Reader, *, is_member: bool = False) -> AuthorView:
    """Return who acted: the name for the same country, and among members."""
    may_know = is_member or author.country == reader.country
    return AuthorView(author.person if may_know else None, author.country, author.authority or None)


def role_in(state: WorkObject, reader: Reader) -> Role | None:
    """Return what a reader may do with an object as a member; None for others."""
    return state.role_of(reader.person, reader.country)


def summary(state: WorkObject, reader: Reader) -> WorkSummary:
    """Return an object as a list shows it."""
    role = role_in(state, reader)
    return WorkSummary(
        id=state.id,
        kind=state.kind,
        title=state.content.get("title", ""),
        status=state.status,
        scope=state.audience.scope,
        group=state.audience.group,
        owner=author_view(state.owner, reader, is_member=role is not None),
        role=role or Role.VIEWER,
        opened_at=to_datetime(state.opened_at),
        changed_at=to_datetime(changed_at(state, reader)),
    )


def changed_at(state: WorkObject, reader: Reader) -> int:
    """Return when this reader can know that an object last changed, ms since 1970 UTC.

    What others put into it or take out of it may be hidden from them, so it does not count.
    """
    if role_in(state, reader) is None:
        return state.opened_at
    own = (reader.person, reader.country)
    return max(
        act.recorded_at
        for act in state.acts
        if act.draft.act not in _OF_ITEMS or (act.author.person, act.author.country) == own
    )


def members(state: WorkObject) -> list[CaseMemberView]:
    """Return who takes part, the owners first."""
    order = list(Role)
    return [
        CaseMemberView(member.person, member.country, member.role)
        for member in sorted(
            state.members,
            key=lambda member: (order.index(member.role), member.country, member.person),
        )
    ]


def items(state: WorkObject, shown: Shown, reader: Reader) -> list[ItemView]:
    """Return the items that this reader sees, in the order in which they were added."""
    is_member = role_in(state, reader) is not None
    return [
        ItemView(
            reference=shown[item.reference],
            text=item.content.get("text", ""),
            added_by=author_view(item.added_by, reader, is_member=is_member),
            added_at=to_datetime(item.added_at),
        )
        for item in state.items
        if item.reference is not None and item.reference in shown
    ]


def timeline(events: Iterable[EventView]) -> list[TimelineEntry]:
    """Return when records occurred, in that order; undated ones come last."""
    entries = [
        TimelineEntry(
            event=event.id,
            type=event.type,
            country=event.country,
            occurred_from=event.occurred_from,
            occurred_until=event.occurred_until,
            precision=event.occurred_precision,
            recorded_at=event.recorded_at,
            subdivision=event.subdivision,
            tlp=event.tlp,
        )
        for event in events
    ]
    return sorted(
        entries,
        key=lambda entry: (
            entry.occurred_from is None,
            entry.occurred_from or entry.recorded_at,
            entry.event,
        ),
    )


def custody(
    states: Iterable[WorkObject], shown: Shown, reader: Reader, *, is_member: bool
) -> list[CustodyEntry]:
    """Return the acts on a case and its notes, the oldest first.

    An act about what this reader does not see is left out.
    """
    acts = sorted(
        (act for state in states for act in state.acts),
        key=lambda act: (act.recorded_at, act.offset),
    )
    return list(_custody_entries(acts, shown, reader, is_member=is_member))


def _custody_entries(
    acts: Iterable[WorkEntry], shown: Shown, reader: Reader, *, is_member: bool
) -> Iterator[CustodyEntry]:
    for act in acts:
        draft = act.draft
        about = [reference for reference in draft.about if reference in shown]
        if draft.act in _OF_ITEMS and not about:
            continue
        member, audience = draft.member, draft.audience
        yield CustodyEntry(
            at=to_datetime(act.recorded_at),
            act=f"{draft.kind}_{draft.act}",
            author=author_view(act.author, reader, is_member=is_member),
            about=[str(reference) for reference in about],
            member=None if member is None else f"{member.person} ({member.country})",
            role=member.role if member and draft.act is WorkAct.MEMBER_ADDED else None,
            scope=None if audience is None else audience.scope,
            code=draft.code,
        )


def note_view(state: WorkObject, shown: Shown, reader: Reader, *, is_member: bool) -> NoteView:
    """Return a note that this reader sees."""
    cases = [about.id for about in state.about if about.kind is ReferenceKind.CASE]
    return NoteView(
        id=state.id,
        text=state.content.get("text", ""),
        author=author_view(state.owner, reader, is_member=is_member),
        written_at=to_datetime(state.opened_at),
        changed_at=to_datetime(state.changed_at),
        scope=state.audience.scope,
        group=state.audience.group,
        about=[shown[about] for about in state.about if about in shown],
        case=cases[0] if cases else None,
        is_own=role_in(state, reader) is Role.OWNER,
    )


def watch_list_view(state: WorkObject, reader: Reader) -> WatchListView:
    """Return a watch-list for its owner."""
    marks = [
        MarkView(
            id=item.key,
            kind=item.content.get("kind", ""),
            values={
                name: value for name, value in item.content.items() if name not in {"kind", "text"}
            },
            text=item.content.get("text", ""),
            added_at=to_datetime(item.added_at),
        )
        for item in state.items
    ]
    return WatchListView(summary(state, reader), marks)


def saved_search_view(state: WorkObject, reader: Reader) -> SavedSearchView:
    """Return a saved search that this reader sees."""
    content = state.content
    return SavedSearchView(
        summary(state, reader), content.get("page", ""), content.get("query", "")
    )


def verdict_view(
    states: list[WorkObject], finding: str, reader: Reader
) -> FindingVerdictView | None:
    """Return the last verdict on a finding, with those before it; None where it was taken back.

    `states`: the verdicts on it, the oldest first.
    """
    views = [_verdict(state, finding, reader) for state in states]
    if not views or views[-1].verdict == "withdrawn":
        return None
    last = views[-1]
    return FindingVerdictView(
        id=last.id,
        finding=finding,
        verdict=last.verdict,
        reason=last.reason,
        text=last.text,
        author=last.author,
        at=last.at,
        former=views[-2::-1],
    )


def _verdict(state: WorkObject, finding: str, reader: Reader) -> FindingVerdictView:
    word, _space, reason = state.acts[0].draft.code.partition(" ")
    own_country = state.owner.country == reader.country
    return FindingVerdictView(
        id=state.id,
        finding=finding,
        verdict=word,
        reason=reason,
        text=state.content.get("text", "") if own_country else "",
        author=author_view(state.owner, reader),
        at=to_datetime(state.opened_at),
    )
