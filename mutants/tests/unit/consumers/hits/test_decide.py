"""Hit receipts, pure: an owner hears of what its own records take part in, as far as the rest is
released to it, and of nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consumers.hits.decide import (
    CONTENT_UNKNOWN,
    Owner,
    OwnerHit,
    changes_to_send,
    live_hits,
    owners,
)
from schemas.avro.codec import log_format
from schemas.model import Label
from schemas.release.rules import release
from streams.correlation.assess import indicator_for
from streams.correlation.evidence_rows import EvidenceRow
from streams.rules import rules
from tests.support.members import Member, Statement, adds, evidence

BOOK = rules()
NAMES = {"BO": ("FELCN",), "CO": ("PONAL", "FISCALIA"), "EC": ("POLICIA",), "PE": ("SUCAMEC",)}
CO, PE, EC = Owner("CO", "PONAL", None), Owner("PE", "SUCAMEC", None), Owner("EC", "POLICIA", None)
RULE = "stolen-weapon-seized-abroad"


def label(authority: str, **marked: Any) -> Label:
    country, _, name = authority.partition("/")
    return replace(
        Label(country, name, ("ALL",), "GREEN", (), None, "investigation", None), **marked
    )


def stolen(event: int, authority: str = "CO/PONAL", **marked: Any) -> Member:
    traits = {"status": "STOLEN", "calibre": "9X19"}
    return Member(
        event, "weapon", authority[:2], "weapon_record", traits, label=label(authority, **marked)
    )


def seized(event: int, authority: str = "PE/SUCAMEC", **marked: Any) -> Member:
    return replace(
        stolen(event, authority, **marked), traits={"status": "SEIZED", "calibre": "9X19"}
    )


def hits(*members: Member) -> dict[tuple[Owner, str], dict[str, Any]]:
    """The live hits by owner and rule, as they are read from the topic."""
    return told(live_hits(evidence(adds(members), BOOK), BOOK))


def told(found: list[OwnerHit]) -> dict[tuple[Owner, str], dict[str, Any]]:
    read = [log_format("hit").read(one.value) for one in found]
    return {
        (Owner(one["country"], one["authority"], one["exercise"]), one["live"]["rule"]): one["live"]
        for one in read
    }


def test_each_contributing_owner_hears_of_its_own_records_and_how_many_others_have() -> None:
    found = hits(stolen(1), stolen(2, "CO/FISCALIA"), seized(3), seized(4), seized(5, "EC/POLICIA"))
    assert {owner for owner, rule in found if rule == RULE} == {
        CO,
        PE,
        EC,
        Owner("CO", "FISCALIA", None),
    }
    one = found[CO, RULE]
    assert [(int.from_bytes(own["event"], "big"), own["roles"]) for own in one["own"]] == [
        (1, ["lost"])
    ]
    assert [
        (other["country"], other["authority"], other["records"]) for other in one["others"]
    ] == [
        ("CO", "FISCALIA", 1),
        ("EC", "POLICIA", 1),
        ("PE", "SUCAMEC", 2),
    ]
    assert (one["severity"], one["grade"]) == ("high", "certain")
    assert "Ecuador" in one["sentence"]["es"] and "Peru" in one["sentence"]["en"]


@pytest.mark.parametrize(
    "hidden",
    [
        {"recipients": ("EC",)},
        {"tlp": "RED"},
        {"tlp": "AMBER+STRICT"},
        {"handling": ("H3",), "condition": "ask"},
    ],
)
def test_an_indicator_that_stands_on_a_record_not_released_to_an_owner_is_not_there_for_it(
    hidden: dict[str, Any],
) -> None:
    found = hits(stolen(1), seized(2, **hidden))
    assert not [owner for owner, _ in found if owner == CO]
    assert (PE, RULE) in found, "Peru sees its own and Colombia's"


def test_a_record_more_that_is_not_released_changes_no_byte_of_the_hit_and_nothing_is_sent() -> (
    None
):
    before = [
        one
        for one in live_hits(evidence(adds([stolen(1), seized(2)]), BOOK), BOOK)
        if one.owner == CO
    ]
    after = live_hits(
        evidence(adds([stolen(1), seized(2), seized(3, "EC/POLICIA", tlp="RED")]), BOOK), BOOK
    )
    said = {(one.indicator, one.owner): one.content for one in before}
    assert before and changes_to_send([one for one in after if one.owner == CO], said) == []
    assert EC in {one.owner for one in changes_to_send(after, said)}


def test_markings_of_others_are_carried() -> None:
    (other,) = hits(stolen(1), seized(2, tlp="AMBER", handling=("H1", "H2")))[CO, RULE]["others"]
    assert other["markings"] == ["H1", "H2"]
    one = hits(stolen(1), seized(2, tlp="AMBER", handling=("H1", "H2")))[CO, RULE]
    assert (one["tlp"], one["handling"]) == ("AMBER", ["H1", "H2"])


def test_an_exercise_is_told_apart_and_never_mixes_with_the_real() -> None:
    found = hits(stolen(1), seized(2, exercise="cóndor"))
    assert not found
    found = hits(stolen(1), seized(2), stolen(3, exercise="cóndor"), seized(4, exercise="cóndor"))
    assert {owner.exercise for owner, _ in found} == {None, "cóndor"}
    for (owner, _), one in found.items():
        if owner.country == "CO":
            assert {int.from_bytes(own["event"], "big") for own in one["own"]} == (
                {3} if owner.exercise else {1}
            )
            assert [other["records"] for other in one["others"]] == [1]


def test_a_hub_is_no_hit() -> None:
    crowd = [seized(number, "PE/SUCAMEC") for number in range(2, 60)]
    assert (CO, RULE) not in hits(stolen(1), *crowd)
    assert (CO, RULE) in hits(stolen(1), *crowd[:10])


def test_who_only_looks_on_hears_nothing() -> None:
    found = hits(
        stolen(1),
        seized(2),
        Member(
            3, "weapon", "EC", "weapon_record", {"status": "EXPORTED"}, label=label("EC/POLICIA")
        ),
    )
    assert not [owner for owner, _ in found if owner == EC]


def test_after_a_retraction_all_who_heard_of_it_hear_its_end_once_and_nobody_else() -> None:
    both, only_peru = [stolen(1), seized(2)], [stolen(5), seized(6, recipients=("EC",))]
    for members, heard in ((both, {CO, PE}), (only_peru, {PE})):
        said = {
            (one.indicator, one.owner): one.content
            for one in live_hits(evidence(adds(members), BOOK), BOOK)
        }
        assert {owner for _, owner in said} == heard
        rows = evidence([*adds(members), Statement("withdraw", members[0], 9)], BOOK)
        ended = changes_to_send(live_hits(rows, BOOK), said)
        assert {(one.indicator, one.owner) for one in ended} == said.keys()
        assert all(log_format("hit").read(one.value)["live"] is None for one in ended)
        assert (
            changes_to_send(
                live_hits(rows, BOOK), {(one.indicator, one.owner): one.content for one in ended}
            )
            == []
        )
        assert changes_to_send(live_hits(rows, BOOK), {}) == []


def test_after_an_erasure_of_everything_who_heard_of_it_hears_its_end() -> None:
    members = [stolen(1), seized(2)]
    said = {
        (one.indicator, one.owner): one.content
        for one in live_hits(evidence(adds(members), BOOK), BOOK)
    }
    left = evidence(
        [*adds(members), Statement("erase", members[0], 8), Statement("erase", members[1], 9)], BOOK
    )
    assert {one.owner for one in changes_to_send(live_hits(left, BOOK), said)} == {CO, PE}


def test_what_was_being_told_when_the_process_died_is_told_again() -> None:
    live = live_hits(evidence(adds([stolen(1), seized(2)]), BOOK), BOOK)
    unknown = {(one.indicator, one.owner): CONTENT_UNKNOWN for one in live}
    assert {one.key for one in changes_to_send(live, unknown)} == {one.key for one in live}
    assert {one.live for one in changes_to_send([], unknown)} == {None}


MARKED = st.fixed_dictionaries(
    {
        "tlp": st.sampled_from(("CLEAR", "GREEN", "GREEN", "AMBER", "AMBER+STRICT", "RED")),
        "recipients": st.sampled_from(
            (("ALL",), ("ALL",), ("CO",), ("PE", "EC"), ("CO/FISCALIA",), ("@ana",))
        ),
        "handling": st.sampled_from(((), (), ("H0",), ("H1", "H2"), ("H3",))),
        "exercise": st.sampled_from((None, None, None, "cóndor")),
    }
)


@st.composite
def statements(draw: st.DrawFn) -> list[Statement]:
    members = []
    for event in range(1, draw(st.integers(2, 7)) + 1):
        country = draw(st.sampled_from(sorted(NAMES)))
        marked = draw(MARKED)
        marked["condition"] = "llamar antes" if "H3" in marked["handling"] else None
        make = draw(st.sampled_from((stolen, seized)))
        members.append(make(event, f"{country}/{draw(st.sampled_from(NAMES[country]))}", **marked))
    withdrawn = draw(
        st.lists(st.sampled_from(members), max_size=2, unique_by=lambda one: one.event)
    )
    return [
        *adds(members),
        *(Statement("withdraw", one, 100 + number) for number, one in enumerate(withdrawn)),
    ]


@settings(max_examples=120, deadline=None)
@given(statements())
def test_a_hit_is_what_assess_says_to_the_owner_from_the_released_records_alone(
    said: list[Statement],
) -> None:
    rows = evidence(said, BOOK)
    found = {(one.indicator, one.owner): one for one in live_hits(rows, BOOK)}
    for indicator in {row.indicator for row in rows}:
        whole = [row for row in rows if row.indicator == indicator]
        for owner in owners(whole):
            _holds(found.get((indicator, owner)), owner, whole)


def _holds(one: OwnerHit | None, owner: Owner, whole: list[EvidenceRow]) -> None:
    seen = {
        row.event_id for row in whole if row.label and release(row.label, owner.reader).released
    }
    alone = [row for row in whole if row.event_id in seen]
    told_of_alone = [other for other in live_hits(alone, BOOK) if other.owner == owner]
    assert [other.value for other in told_of_alone] == ([one.value] if one else []), (
        "what is hidden changes no byte"
    )
    indicator = indicator_for(alone, owner.reader, None, BOOK)
    mine = indicator and [
        each for each in indicator.evidence if (each.country, each.label.authority) == owner[:2]
    ]
    assert bool(one) == bool(indicator and indicator.status == "live" and mine)
    if one and indicator:
        live = log_format("hit").read(one.value)["live"]
        assert {own["event"] for own in live["own"]} == {each.event_id for each in mine or ()}
        assert len(live["own"]) + sum(other["records"] for other in live["others"]) == len(
            {each.event_id for each in indicator.evidence}
        )
