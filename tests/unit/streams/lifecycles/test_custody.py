"""Laws of the register of exhibits: order, doubling, impossible acts, entitlement, gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.codes import code_lists
from streams.lifecycles.custody import fold_exhibits
from streams.lifecycles.custody_rules import (
    RULES,
    CustodyRefusal,
    CustodyRole,
    CustodyWarning,
    Exhibit,
    ExhibitEvent,
    ExhibitState,
)
from streams.lifecycles.model import Party

ECUADOR, PERU, BOLIVIA = Party("EC", "FGE"), Party("PE", "MPFN"), Party("BO", "FELCN")
STRANGER = Party("CO", "FGN")
MEMBERS = frozenset({ECUADOR, PERU, BOLIVIA})
OPENING = "opening"
FULL = {
    **{"at": "2026-11-01T09:00-05:00", "seal": "P-1", "place": "Bodega", "grounds": "Orden 41"},
    "handed_to": "PE/MPFN",
}


def act(id_: str, author: Party, word: str, logged: int = 2_000, **entry: object) -> ExhibitEvent:
    """An event with one act on exhibit EC/FGE 1."""
    given_ = {"number": "1", "registered_by": "EC/FGE", "custody": word, **FULL, **entry}
    return ExhibitEvent(id_, author, logged, is_counted=True, entries=[given_])


def folded(events: Sequence[ExhibitEvent]) -> list[Exhibit]:
    return fold_exhibits(events, MEMBERS.__contains__)


def only(events: Sequence[ExhibitEvent]) -> Exhibit:
    [exhibit] = folded(events)
    return exhibit


def refusals(events: Sequence[ExhibitEvent]) -> list[tuple[CustodyRefusal | None, str]]:
    return [(item.refusal, item.detail) for item in only(events).acts]


words = st.sampled_from([*(rule.act for rule in RULES), "NONSENSE", ""])


@st.composite
def events_of(draw: st.DrawFn) -> list[ExhibitEvent]:
    """Some events, possible and impossible, with one to three entries on two exhibits."""
    events = []
    for place in range(draw(st.integers(0, 7))):
        entries = []
        for _number in range(draw(st.integers(1, 3))):
            after = draw(st.sampled_from([None, OPENING, "hidden", *(f"a{n}" for n in range(7))]))
            entry: dict[str, object] = {
                "custody": draw(words),
                "number": draw(st.sampled_from(["1", "2", ""])),
            }
            entry |= {"registered_by": draw(st.sampled_from([None, "EC/FGE"])), "after": after}
            handed_to = draw(st.sampled_from([None, "PE/MPFN", "EC/FGE", "CO/FGN"]))
            full = {
                **FULL,
                "handed_to": handed_to,
                "at": f"2026-11-0{draw(st.integers(1, 9))}T09:00Z",
            }
            entries.append({**entry, **draw(st.sampled_from([{}, full]))})
        author = draw(st.sampled_from([ECUADOR, PERU, BOLIVIA]))
        at = draw(st.integers(1, 5)) * 1_000
        id_ = OPENING if place == 0 and draw(st.booleans()) else f"a{place}"
        events.append(ExhibitEvent(id_, author, at, draw(st.booleans()), entries))
    return events


@given(st.data())
def test_any_order_and_doubling_of_the_events_gives_the_same_register(
    data: st.DataObject,
) -> None:
    events = data.draw(events_of())
    copies = data.draw(st.lists(st.sampled_from(events), max_size=4)) if events else []
    assert folded(data.draw(st.permutations([*events, *copies]))) == folded(events)


@given(events_of())
def test_every_act_with_a_number_is_shown_and_what_is_refused_changes_nothing(
    events: list[ExhibitEvent],
) -> None:
    exhibits = folded(events)
    entries = [entry for event in events for entry in event.entries if entry["number"]]
    assert sum(len(exhibit.acts) for exhibit in exhibits) == len(entries)
    for exhibit in exhibits:
        state, holder = ExhibitState.NEW, exhibit.key.authority
        for item in exhibit.acts:
            if item.refusal is not None:
                assert (item.state, item.holder) == (state, holder)
            state, holder = item.state, item.holder
        assert (state, holder) == (exhibit.state, exhibit.holder)


@given(events_of())
def test_only_the_holder_acts_and_only_the_addressee_receives(events: list[ExhibitEvent]) -> None:
    for exhibit in folded(events):
        holder, addressee = exhibit.key.authority, ""
        for item in exhibit.acts:
            if item.refusal is not None:
                continue
            if item.act == "RECEIVED":
                assert str(item.author) == addressee
            else:
                assert item.author == holder
            addressee = str(item.entry["handed_to"]) if item.act == "TRANSFERRED" else ""
            holder = item.holder


@given(events_of(), st.sampled_from(["returned", "destroyed"]))
def test_nothing_follows_the_end_of_an_exhibit(events: list[ExhibitEvent], end: str) -> None:
    for exhibit in folded(events):
        counting = [item for item in exhibit.acts if item.refusal is None]
        ended = [item.state.value.lower() == end for item in counting]
        assert not any(ended[:-1])


@given(events_of())
def test_a_next_act_can_be_taken_and_no_other_can(events: list[ExhibitEvent]) -> None:
    for exhibit in folded(events):
        offered = {(item.act, item.party) for item in exhibit.next_acts()}
        register, number = exhibit.key
        for rule in RULES:
            for author in MEMBERS:
                entry: dict[str, object] = {
                    **FULL,
                    "number": number,
                    "registered_by": str(register),
                }
                entry |= {"custody": rule.act, "after": exhibit.last}
                added = ExhibitEvent("next", author, 9_000, is_counted=True, entries=[entry])
                again = next(item for item in folded([*events, added]) if item.key == exhibit.key)
                [judged] = [item for item in again.acts if item.event == "next"]
                assert (judged.refusal is None) == ((rule.act, author) in offered)


def test_an_exhibit_goes_from_one_country_to_another_and_ends() -> None:
    events = [
        act("a", ECUADOR, "COLLECTED", hash="aa", kind="OBJECT", description="Celular"),
        act("b", ECUADOR, "SEALED", 3_000, after="a"),
        act("c", ECUADOR, "TRANSFERRED", 4_000, after="b"),
        act("d", PERU, "RECEIVED", 5_000, after="c", hash="aa"),
        act("e", PERU, "EXAMINED", 6_000, after="d"),
        act("f", PERU, "STORED", 7_000, after="e", seal=None),
        act("g", PERU, "RETURNED", 8_000, after="f", seal=None),
    ]
    exhibit = only(events)
    assert refusals(events) == [(None, "")] * len(events)
    assert [(item.state.value, str(item.holder)) for item in exhibit.acts] == [
        ("HELD", "EC/FGE"),
        ("HELD", "EC/FGE"),
        ("HANDED_OVER", "EC/FGE"),
        ("HELD", "PE/MPFN"),
        ("HELD", "PE/MPFN"),
        ("HELD", "PE/MPFN"),
        ("RETURNED", "PE/MPFN"),
    ]
    assert (exhibit.kind, exhibit.description, exhibit.hash) == ("OBJECT", "Celular", "aa")
    assert exhibit.seal == "", "who examines opens the seal"
    assert exhibit.last == "g"
    assert [item.warnings for item in exhibit.acts] == [()] * len(events)


@pytest.mark.parametrize(
    ("event", "refusal", "detail"),
    [
        (act("x", PERU, "EXAMINED", 3_000), "NOT_HOLDER", "EC/FGE"),
        (act("x", PERU, "RECEIVED", 3_000), "IMPOSSIBLE", "HELD"),
        (act("x", ECUADOR, "COLLECTED", 3_000), "IMPOSSIBLE", "HELD"),
        (act("x", ECUADOR, "SEALED", 3_000, seal=None), "INCOMPLETE", "seal"),
        (act("x", ECUADOR, "SEALED", 3_000, at=None), "INCOMPLETE", "at"),
        (act("x", ECUADOR, "TRANSFERRED", 3_000, handed_to="CO/FGN"), "NO_PART", "CO/FGN"),
        (act("x", ECUADOR, "TRANSFERRED", 3_000, handed_to="PE"), "NO_PART", ""),
        (act("x", ECUADOR, "BURNT", 3_000), "UNKNOWN_ACT", "BURNT"),
        (act("x", ECUADOR, "SEALED", 3_000, after="hidden"), "GAP", ""),
        (act("x", ECUADOR, "SEALED", 3_000, after="x"), "CIRCULAR", ""),
        (replace(act("x", ECUADOR, "SEALED", 3_000), is_counted=False), "NO_STEP", ""),
    ],
)
def test_an_act_that_cannot_be_says_why(event: ExhibitEvent, refusal: str, detail: str) -> None:
    assert refusals([act("a", ECUADOR, "COLLECTED"), event])[1] == (refusal, detail)


def test_what_is_handed_over_is_received_by_the_addressee_alone() -> None:
    events = [
        act("a", ECUADOR, "COLLECTED"),
        act("b", ECUADOR, "TRANSFERRED", 3_000),
        act("c", BOLIVIA, "RECEIVED", 4_000),
        act("d", ECUADOR, "EXAMINED", 5_000),
        act("e", PERU, "RECEIVED", 6_000),
    ]
    assert refusals(events)[2:] == [
        (CustodyRefusal.NOT_ADDRESSEE, "PE/MPFN"),
        (CustodyRefusal.IMPOSSIBLE, "HANDED_OVER"),
        (None, ""),
    ]


def test_nobody_begins_an_exhibit_in_the_register_of_another_authority() -> None:
    assert refusals([act("a", PERU, "COLLECTED")]) == [(CustodyRefusal.NOT_HOLDER, "EC/FGE")]
    own = act("b", PERU, "COLLECTED", registered_by=None)
    assert [str(item.key) for item in folded([act("a", ECUADOR, "COLLECTED"), own])] == [
        *("EC/FGE 1", "PE/MPFN 1")
    ]


def test_what_follows_a_gap_is_a_gap_too() -> None:
    events = [
        act("b", ECUADOR, "SEALED", 3_000, after="a"),
        act("c", ECUADOR, "EXAMINED", 4_000, after="b"),
    ]
    assert refusals(events) == [(CustodyRefusal.GAP, "")] * 2


def test_another_seal_another_content_and_an_earlier_time_are_pointed_out() -> None:
    events = [
        act("a", ECUADOR, "COLLECTED", hash="aa"),
        act("b", ECUADOR, "TRANSFERRED", 3_000),
        act("c", PERU, "RECEIVED", 4_000, seal="P-2", hash="bb", at="2026-10-01T09:00-05:00"),
    ]
    assert only(events).acts[-1].warnings == (
        CustodyWarning.OTHER_SEAL,
        CustodyWarning.OTHER_HASH,
        CustodyWarning.EARLIER,
    )


def test_several_acts_in_one_event_follow_each_other_and_later_ones_follow_the_event() -> None:
    both = act("a", ECUADOR, "COLLECTED")
    second = act("a", ECUADOR, "SEALED").entries[0]
    both = replace(both, entries=[both.entries[0], second])
    exhibit = only([act("b", ECUADOR, "STORED", 3_000, after="a"), both])
    assert [(item.event, item.act, item.refusal) for item in exhibit.acts] == [
        ("a", "COLLECTED", None),
        ("a", "SEALED", None),
        ("b", "STORED", None),
    ]


def test_the_table_has_every_code_of_the_list_and_every_state() -> None:
    assert {rule.act for rule in RULES} == set(code_lists()["custody_act"].codes)
    reached = {state for rule in RULES for state in (*rule.after, rule.to) if state}
    assert reached == set(ExhibitState)
    assert {rule.by for rule in RULES} == set(CustodyRole)


def test_an_event_with_several_acts_has_them_in_its_order_the_opening_too() -> None:
    entries = [
        {"number": "1", "custody": word, **FULL} for word in ("REGISTERED", "SEALED", "TRANSFERRED")
    ]
    for id_ in (OPENING, "a1"):
        first = ExhibitEvent(id_, ECUADOR, 1_000, is_counted=True, entries=entries)
        second = act("a2", PERU, "RECEIVED", after=id_)
        assert refusals([first, second]) == [(None, "")] * 4, id_
