"""What acts on objects of work make true, whatever order they come in: laws of the fold."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from consumers.query.work.acts import (
    Audience,
    AudienceScope,
    Author,
    CaseMember,
    Reference,
    ReferenceKind,
    Role,
    WorkAct,
    WorkDraft,
    WorkEntry,
    WorkKind,
)
from consumers.query.work.folding import fold
from consumers.query.work.permits import WorkRefusal, refusal
from consumers.query.work.work_object import Status, WorkObject, sees
from schemas.model import Reader

CASE = "11111111-1111-4111-8111-111111111111"
ANA = Author("ana", "PE", "PNP")
PEOPLE = (ANA, Author("beto", "PE", "PNP"), Author("carla", "CO", "PONAL"))
RECORDS = [
    Reference(ReferenceKind.RECORD, f"22222222-2222-4222-8222-22222222222{digit}")
    for digit in range(3)
]
SCOPES = (AudienceScope.SELF, AudienceScope.AUTHORITY, AudienceScope.COUNTRY, AudienceScope.GROUP)


def members(author: Author) -> st.SearchStrategy[CaseMember]:
    return st.sampled_from(list(Role)).map(
        lambda role: CaseMember(author.person, author.country, role)
    )


DRAFTS = st.builds(
    WorkDraft,
    object=st.just(CASE),
    kind=st.just(WorkKind.CASE),
    act=st.sampled_from(list(WorkAct)),
    about=st.lists(st.sampled_from(RECORDS), max_size=2, unique=True).map(tuple),
    member=st.none() | st.sampled_from(PEOPLE).flatmap(members),
    audience=st.none()
    | st.builds(Audience, st.sampled_from(SCOPES), st.sampled_from(["", "grupo"])),
    code=st.sampled_from(["", "COURT_ORDER"]),
    content=st.dictionaries(st.sampled_from(["title", "text"]), st.text(min_size=1, max_size=5)),
)
HISTORIES = st.lists(st.tuples(st.sampled_from(PEOPLE), DRAFTS), max_size=14).map(
    lambda acts: [
        opening(),
        *(WorkEntry(draft, author, 1_000 + n, n) for n, (author, draft) in enumerate(acts, 1)),
    ]
)


def opening(kind: WorkKind = WorkKind.CASE, scope: AudienceScope = AudienceScope.SELF) -> WorkEntry:
    draft = WorkDraft(
        CASE, kind, WorkAct.OPENED, audience=Audience(scope), content={"title": "Ruta"}
    )
    return WorkEntry(draft, ANA, 1_000, 0)


def after(*acts: tuple[Author, WorkDraft]) -> WorkObject:
    entries = [WorkEntry(draft, author, 1_000 + n, n) for n, (author, draft) in enumerate(acts, 1)]
    state = fold([opening(), *entries])
    assert state is not None
    return state


def draft(act: WorkAct, **parts: Any) -> WorkDraft:
    return replace(WorkDraft(CASE, WorkKind.CASE, act), **parts)


@given(HISTORIES, st.randoms(use_true_random=False))
def test_order_and_doubling_of_entries_change_nothing(
    history: list[WorkEntry], random: Random
) -> None:
    shuffled = [*history, *history[::2]]
    random.shuffle(shuffled)
    assert fold(shuffled) == fold(history)


@given(HISTORIES, st.integers(1_000, 1_014))
def test_the_past_does_not_depend_on_what_came_later(history: list[WorkEntry], at: int) -> None:
    past = [entry for entry in history if entry.recorded_at <= at]
    later = [replace(entry, draft=draft(WorkAct.ERASED)) for entry in history if entry not in past]
    known = [entry for entry in [*past, *later] if entry.recorded_at <= at]
    assert fold(known) == fold(past)


@given(HISTORIES)
def test_what_could_not_be_done_has_no_effect(history: list[WorkEntry]) -> None:
    state = fold(history)
    assert state is not None
    assert fold(state.acts if state.status is not Status.ERASED else history) == state
    done = {entry.offset for entry in state.acts}
    for entry in history:
        before = fold([former for former in history if former.offset < entry.offset])
        assert (entry.offset in done) == (refusal(before, entry.author, entry.draft) is None)


@given(HISTORIES)
def test_an_object_always_has_an_owner_and_one_role_for_each_member(
    history: list[WorkEntry],
) -> None:
    state = fold(history)
    assert state is not None
    assert Role.OWNER in {member.role for member in state.members}
    assert len({member.account for member in state.members}) == len(state.members)


@given(HISTORIES, st.sampled_from(PEOPLE))
def test_who_is_no_member_and_of_no_audience_sees_nothing(
    history: list[WorkEntry], person: Author
) -> None:
    state = fold(history)
    assert state is not None
    reader = Reader(person.person, person.country, person.authority)
    is_member = state.role_of(person.person, person.country) is not None
    same_authority = (person.country, person.authority) == ("PE", "PNP")
    expected = is_member or (
        state.is_there
        and state.audience.scope in {AudienceScope.AUTHORITY, AudienceScope.COUNTRY}
        and same_authority
    )
    assert sees(state, reader) == expected
    assert not sees(state, replace(reader, exercise="simulacro"))
    assert not sees(state, replace(reader, roles=frozenset({"auditor"})))


@given(HISTORIES)
def test_an_erased_object_says_nothing_and_stays_erased(history: list[WorkEntry]) -> None:
    state = fold([*history, WorkEntry(draft(WorkAct.ERASED, code="OTHER"), ANA, 9_000, 99)])
    assert state is not None
    if state.acts[-1].offset == 99:
        assert state.status is Status.ERASED and not state.content and not state.items
        assert not any(act.draft.content for act in state.acts)
        assert refusal(state, ANA, draft(WorkAct.REOPENED)) is WorkRefusal.GONE


def test_each_impossible_act_is_refused_with_its_reason() -> None:
    beto, carla = PEOPLE[1:]
    viewer, owner = CaseMember("beto", "PE", Role.VIEWER), CaseMember("beto", "PE", Role.OWNER)
    record = {"about": (RECORDS[0],)}
    with_beto = after((ANA, draft(WorkAct.MEMBER_ADDED, member=viewer)))
    editor = CaseMember("beto", "PE", Role.EDITOR)
    with_editor = after((ANA, draft(WorkAct.MEMBER_ADDED, member=editor)))
    filled = after((ANA, draft(WorkAct.ITEM_ADDED, **record)))
    closed, withdrawn = after((ANA, draft(WorkAct.CLOSED))), after((ANA, draft(WorkAct.WITHDRAWN)))
    shared = draft(WorkAct.SHARED, audience=Audience(AudienceScope.FINDING))
    ana = CaseMember("ana", "PE", Role.VIEWER)
    cases = [
        (None, ANA, draft(WorkAct.CLOSED), WorkRefusal.ABSENT),
        (after(), ANA, draft(WorkAct.OPENED), WorkRefusal.EXISTS),
        (after(), beto, draft(WorkAct.CLOSED), WorkRefusal.NOT_OWNER),
        (after(), replace(ANA, exercise="x"), draft(WorkAct.CLOSED), WorkRefusal.ABSENT),
        (after(), carla, draft(WorkAct.ITEM_ADDED, **record), WorkRefusal.NOT_OWNER),
        (with_beto, beto, draft(WorkAct.ITEM_ADDED, **record), WorkRefusal.NOT_EDITOR),
        (with_beto, beto, draft(WorkAct.MEMBER_ADDED, member=owner), WorkRefusal.NOT_OWNER),
        (with_editor, beto, draft(WorkAct.ITEM_ADDED, **record), None),
        (with_editor, beto, draft(WorkAct.CLOSED), WorkRefusal.NOT_OWNER),
        (with_beto, beto, draft(WorkAct.MEMBER_REMOVED, member=viewer), None),
        (after(), ANA, draft(WorkAct.MEMBER_REMOVED, member=ana), WorkRefusal.LAST_OWNER),
        (after(), ANA, draft(WorkAct.MEMBER_ADDED, member=ana), WorkRefusal.LAST_OWNER),
        (after(), ANA, draft(WorkAct.MEMBER_REMOVED, member=viewer), WorkRefusal.NO_MEMBER),
        (filled, ANA, draft(WorkAct.ITEM_ADDED, **record), WorkRefusal.TWICE),
        (after(), ANA, draft(WorkAct.ITEM_REMOVED, **record), WorkRefusal.NO_ITEM),
        (closed, ANA, draft(WorkAct.ITEM_ADDED, **record), WorkRefusal.CLOSED),
        (closed, ANA, draft(WorkAct.REOPENED), None),
        (after(), ANA, draft(WorkAct.REOPENED), WorkRefusal.OPEN),
        (withdrawn, ANA, draft(WorkAct.CHANGED), WorkRefusal.GONE),
        (withdrawn, ANA, draft(WorkAct.ERASED), None),
        (after(), ANA, shared, WorkRefusal.NO_AUDIENCE),
        (after(), ANA, replace(draft(WorkAct.CLOSED), kind=WorkKind.NOTE), WorkRefusal.NOT_OF_KIND),
    ]
    wrong = [
        (act.act, reason, expected)
        for state, author, act, expected in cases
        if (reason := refusal(state, author, act)) is not expected
    ]
    assert wrong == []


def test_a_watch_list_is_shown_to_nobody_else() -> None:
    for scope in set(AudienceScope) - {AudienceScope.SELF}:
        assert fold([opening(WorkKind.WATCH_LIST, scope)]) is None, scope
    state = fold([opening(WorkKind.WATCH_LIST)])
    for act in (WorkAct.SHARED, WorkAct.MEMBER_ADDED):
        attempt = replace(draft(act), kind=WorkKind.WATCH_LIST)
        assert refusal(state, ANA, attempt) is WorkRefusal.NOT_OF_KIND
