"""Hit receipts, pure: an owner hears of what its own records take part in, as far as the rest is
released to it, and of nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import Phase, event, find, given, settings
from hypothesis import strategies as st

from consumers.hits.decide import (
    CONTENT_UNKNOWN,
    Owner,
    OwnerHit,
    changes_to_send,
    live_hits,
    owners,
    tell_once,
)
from schemas.avro.codec import log_format
from schemas.avro.log_records import HitLiveRecord
from schemas.model import Label
from schemas.release.rules import release
from streams.correlation.assess import indicator_for
from streams.correlation.evidence_rows import EvidenceRow
from streams.rules import read_rule_book
from tests.support.members import Member, Statement, adds, evidence

BOOK = read_rule_book()
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


def hits(*members: Member) -> dict[tuple[Owner, str], HitLiveRecord]:
    """The live hits by owner and rule, as they are read from the topic."""
    return as_texts(live_hits(evidence(adds(members), BOOK), BOOK))


def as_texts(owner_hits: list[OwnerHit]) -> dict[tuple[Owner, str], HitLiveRecord]:
    read = [log_format("hit").read(owner_hit.value) for owner_hit in owner_hits]
    return {
        (Owner(hit["country"], hit["authority"], hit["exercise"]), live["rule"]): live
        for hit in read
        if (live := hit["live"])
    }


def test_each_contributing_owner_hears_of_its_own_records_and_how_many_others_have() -> None:
    matches = hits(
        stolen(1), stolen(2, "CO/FISCALIA"), seized(3), seized(4), seized(5, "EC/POLICIA")
    )
    assert {owner for owner, rule in matches if rule == RULE} == {
        CO,
        PE,
        EC,
        Owner("CO", "FISCALIA", None),
    }
    indicators = matches[CO, RULE]
    assert [(int.from_bytes(own["event"], "big"), own["roles"]) for own in indicators["own"]] == [
        (1, ["lost"])
    ]
    assert [
        (other["country"], other["authority"], other["records"]) for other in indicators["others"]
    ] == [
        ("CO", "FISCALIA", 1),
        ("EC", "POLICIA", 1),
        ("PE", "SUCAMEC", 2),
    ]
    assert (indicators["severity"], indicators["grade"]) == ("high", "certain")
    assert "Ecuador" in indicators["sentence"]["es"] and "Peru" in indicators["sentence"]["en"]


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
    matches = hits(stolen(1), seized(2, **hidden))
    assert not [owner for owner, _ in matches if owner == CO]
    assert (PE, RULE) in matches, "Peru sees its own and Colombia's"


def test_a_record_more_that_is_not_released_changes_no_byte_of_the_hit_and_nothing_is_sent() -> (
    None
):
    before = [
        live_hit
        for live_hit in live_hits(evidence(adds([stolen(1), seized(2)]), BOOK), BOOK)
        if live_hit.owner == CO
    ]
    after = live_hits(
        evidence(adds([stolen(1), seized(2), seized(3, "EC/POLICIA", tlp="RED")]), BOOK), BOOK
    )
    datas = {(owner_hit.indicator, owner_hit.owner): owner_hit.content for owner_hit in before}
    assert (
        before
        and changes_to_send([owner_hit for owner_hit in after if owner_hit.owner == CO], datas)
        == []
    )
    assert EC in {owner_hit.owner for owner_hit in changes_to_send(after, datas)}


def test_markings_of_others_are_carried() -> None:
    (other,) = hits(stolen(1), seized(2, tlp="AMBER", handling=("H1", "H2")))[CO, RULE]["others"]
    assert other["markings"] == ["H1", "H2"]
    record = hits(stolen(1), seized(2, tlp="AMBER", handling=("H1", "H2")))[CO, RULE]
    assert (record["tlp"], record["handling"]) == ("AMBER", ["H1", "H2"])


def test_an_exercise_is_told_apart_and_never_mixes_with_the_real() -> None:
    matches = hits(stolen(1), seized(2, exercise="cóndor"))
    assert not matches
    matches = hits(stolen(1), seized(2), stolen(3, exercise="cóndor"), seized(4, exercise="cóndor"))
    assert {owner.exercise for owner, _ in matches} == {None, "cóndor"}
    for (owner, _), record in matches.items():
        if owner.country == "CO":
            assert {int.from_bytes(own["event"], "big") for own in record["own"]} == (
                {3} if owner.exercise else {1}
            )
            assert [other["records"] for other in record["others"]] == [1]


def test_a_value_that_many_share_stays_a_hit_that_says_so() -> None:
    crowd = [seized(number, "PE/SUCAMEC") for number in range(2, 60)]
    matches = hits(stolen(1), *crowd)
    assert "More than 50 records" in matches[CO, RULE]["sentence"]["en"]
    assert [other["authority"] for other in matches[CO, RULE]["others"]] == ["SUCAMEC"]
    assert "Peru" in hits(stolen(1), *crowd[:10])[CO, RULE]["sentence"]["en"]


def test_who_pairs_with_a_crowd_alone_keeps_its_hit_while_others_have_a_live_one() -> None:
    crowd = [seized(number, "PE/SUCAMEC") for number in range(10, 70)]
    alone = replace(stolen(2, "BO/FELCN"), traits={"status": "STOLEN", "calibre": "38 SPECIAL"})
    crowd[-1] = replace(crowd[-1], traits={"status": "SEIZED", "calibre": "38 SPECIAL"})
    matches = hits(stolen(1), seized(3, "EC/POLICIA"), alone, *crowd)
    assert "Ecuador" in matches[CO, RULE]["sentence"]["en"]
    bolivia = matches[Owner("BO", "FELCN", None), RULE]
    assert "More than 50 records" in bolivia["sentence"]["en"]


def test_who_only_looks_on_hears_nothing() -> None:
    matches = hits(
        stolen(1),
        seized(2),
        Member(
            3, "weapon", "EC", "weapon_record", {"status": "EXPORTED"}, label=label("EC/POLICIA")
        ),
    )
    assert not [owner for owner, _ in matches if owner == EC]


def test_after_a_retraction_all_who_heard_of_it_hear_its_end_once_and_nobody_else() -> None:
    both, only_peru = [stolen(1), seized(2)], [stolen(5), seized(6, recipients=("EC",))]
    for members, received in ((both, {CO, PE}), (only_peru, {PE})):
        datas = {
            (live_hit.indicator, live_hit.owner): live_hit.content
            for live_hit in live_hits(evidence(adds(members), BOOK), BOOK)
        }
        assert {owner for _, owner in datas} == received
        rows = evidence([*adds(members), Statement("withdraw", members[0], 9)], BOOK)
        ended = changes_to_send(live_hits(rows, BOOK), datas)
        assert {(owner_hit.indicator, owner_hit.owner) for owner_hit in ended} == datas.keys()
        assert all(log_format("hit").read(owner_hit.value)["live"] is None for owner_hit in ended)
        assert (
            changes_to_send(
                live_hits(rows, BOOK),
                {(owner_hit.indicator, owner_hit.owner): owner_hit.content for owner_hit in ended},
            )
            == []
        )
        assert changes_to_send(live_hits(rows, BOOK), {}) == []


def test_after_an_erasure_of_everything_who_heard_of_it_hears_its_end() -> None:
    members = [stolen(1), seized(2)]
    datas = {
        (live_hit.indicator, live_hit.owner): live_hit.content
        for live_hit in live_hits(evidence(adds(members), BOOK), BOOK)
    }
    left = evidence(
        [*adds(members), Statement("erase", members[0], 8), Statement("erase", members[1], 9)], BOOK
    )
    assert {owner_hit.owner for owner_hit in changes_to_send(live_hits(left, BOOK), datas)} == {
        CO,
        PE,
    }


def test_what_was_being_told_when_the_process_died_is_told_again() -> None:
    live = live_hits(evidence(adds([stolen(1), seized(2)]), BOOK), BOOK)
    unknown = {(owner_hit.indicator, owner_hit.owner): CONTENT_UNKNOWN for owner_hit in live}
    assert {owner_hit.key for owner_hit in changes_to_send(live, unknown)} == {
        owner_hit.key for owner_hit in live
    }
    assert {owner_hit.live for owner_hit in changes_to_send([], unknown)} == {None}


def test_a_hit_is_worded_without_content_and_by_its_rule_alone_where_a_record_stays_here() -> None:
    sentence = hits(stolen(1), seized(2))[CO, RULE]["sentence"]
    assert sentence["es"] == "Un arma robada en Colombia fue decomisada en el Perú."
    assert sentence["en"] == "A weapon stolen in Colombia was seized in Peru."
    foreign = hits(stolen(1), seized(2, handling=("H2",)))[CO, RULE]["sentence"]
    rule = "Un arma denunciada como perdida o robada en Colombia fue incautada en Perú."
    assert foreign["es"] == rule
    drill = Owner("CO", "PONAL", "condor")
    own, other = stolen(1, exercise="condor"), seized(2, exercise="condor")
    assert hits(own, other)[drill, RULE]["sentence"]["es"].startswith("EJERCICIO «condor»: Un arma")


WEAKER = "weapon-in-two-countries"


def test_an_owner_hears_of_a_weapon_once_by_the_strongest_rule_that_names_the_weaker() -> None:
    rows = evidence(adds([stolen(1), seized(2)]), BOOK)
    matches = as_texts(tell_once(live_hits(rows, BOOK)))
    assert matches.keys() == {(CO, RULE), (PE, RULE)}
    sentence = matches[CO, RULE]["sentence"]
    assert sentence["es"].endswith(" También: La misma arma en dos países.")
    assert sentence["en"].endswith(" Also: The same weapon in two countries.")


def test_the_weaker_hit_stays_for_whom_the_stronger_one_lacks_a_record_or_is_not_there() -> None:
    destroyed = replace(stolen(3, "EC/POLICIA"), traits={"status": "DESTROYED", "calibre": "9X19"})
    rows = evidence(adds([stolen(1), seized(2), destroyed]), BOOK)
    matches = as_texts(tell_once(live_hits(rows, BOOK)))
    assert {(CO, RULE), (CO, WEAKER), (EC, WEAKER)} <= matches.keys()
    assert "También" not in matches[CO, RULE]["sentence"]["es"]


def test_the_end_of_the_stronger_hit_brings_the_weaker_one_back() -> None:
    members = [stolen(1), seized(2)]
    sent = {
        (owner_hit.indicator, owner_hit.owner): owner_hit.content
        for owner_hit in tell_once(live_hits(evidence(adds(members), BOOK), BOOK))
    }
    destroyed = replace(members[1], traits={"status": "DESTROYED", "calibre": "9X19"})
    corrected = [
        *adds(members),
        Statement("withdraw", members[1], 8),
        Statement("add", destroyed, 9),
    ]
    changes = changes_to_send(tell_once(live_hits(evidence(corrected, BOOK), BOOK)), sent)
    assert {(owner_hit.owner, owner_hit.live is not None) for owner_hit in changes} == {
        (CO, False),
        (PE, False),
        (CO, True),
        (PE, True),
    }
    assert {rule for _, rule in as_texts(changes)} == {WEAKER}


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
    for number in range(1, draw(st.integers(2, 7)) + 1):
        country = draw(st.sampled_from(sorted(NAMES)))
        marked: dict[str, Any] = draw(MARKED)
        marked["condition"] = "llamar antes" if "H3" in marked["handling"] else None
        make = draw(st.sampled_from((stolen, seized)))
        members.append(make(number, f"{country}/{draw(st.sampled_from(NAMES[country]))}", **marked))
    withdrawn = draw(
        st.lists(st.sampled_from(members), max_size=2, unique_by=lambda item: item.event)
    )
    return [
        *adds(members),
        *(Statement("withdraw", item, 100 + number) for number, item in enumerate(withdrawn)),
    ]


@given(statements(), st.booleans())
def test_a_hit_is_what_assess_says_to_the_owner_from_the_released_records_alone(
    statement: list[Statement], visible_pair: bool
) -> None:
    pair = adds([stolen(901), seized(902)]) if visible_pair else []
    rows = evidence([*statement, *pair], BOOK)
    owner_hits = {
        (live_hit.indicator, live_hit.owner): live_hit for live_hit in live_hits(rows, BOOK)
    }
    for indicator in {row.indicator for row in rows}:
        whole = [row for row in rows if row.indicator == indicator]
        for owner in owners(whole):
            assert_hit(owner_hits.get((indicator, owner)), owner, whole)
    hit_owners = {owner for _, owner in owner_hits}
    assert not visible_pair or {CO, PE} <= hit_owners
    event(f"hits: {bool(owner_hits)}")


@given(statements())
def test_what_is_told_once_holds_the_same_records_and_nothing_that_is_hidden(
    statement: list[Statement],
) -> None:
    rows = evidence(statement, BOOK)
    every, once = live_hits(rows, BOOK), tell_once(live_hits(rows, BOOK))
    assert records_of(once) == records_of(every)
    for owner in {owner_hit.owner for owner_hit in every}:
        seen = {
            row.event_id for row in rows if row.label and release(row.label, owner.reader).released
        }
        alone = tell_once(live_hits([row for row in rows if row.event_id in seen], BOOK))
        assert {owner_hit.value for owner_hit in alone if owner_hit.owner == owner} == {
            owner_hit.value for owner_hit in once if owner_hit.owner == owner
        }


def records_of(owner_hits: list[OwnerHit]) -> set[tuple[Owner, bytes]]:
    return {
        (owner_hit.owner, member.row.event_id)
        for owner_hit in owner_hits
        if owner_hit.live
        for member in owner_hit.live.evidence
    }


@pytest.mark.parametrize("condition", [bool, lambda owner_hits: not owner_hits])
def test_the_random_records_give_hits_and_also_none(
    condition: Callable[[list[OwnerHit]], bool],
) -> None:
    find(
        statements(),
        lambda statement: condition(live_hits(evidence(statement, BOOK), BOOK)),
        settings=settings(phases=[Phase.generate], max_examples=300),
    )


def assert_hit(owner_hit: OwnerHit | None, owner: Owner, whole: list[EvidenceRow]) -> None:
    seen = {
        row.event_id for row in whole if row.label and release(row.label, owner.reader).released
    }
    alone = [row for row in whole if row.event_id in seen]
    told_of_alone = [other for other in live_hits(alone, BOOK) if other.owner == owner]
    assert [other.value for other in told_of_alone] == ([owner_hit.value] if owner_hit else []), (
        "what is hidden changes no byte"
    )
    indicator = indicator_for(alone, owner.reader, None, BOOK)
    mine = indicator and [
        member
        for member in indicator.evidence
        if (member.row.country, member.label.authority) == owner[:2]
    ]
    assert bool(owner_hit) == bool(indicator and mine)
    if owner_hit and indicator:
        live = log_format("hit").read(owner_hit.value)["live"]
        assert live
        assert {own["event"] for own in live["own"]} == {
            member.row.event_id for member in mine or ()
        }
        assert len(live["own"]) + sum(other["records"] for other in live["others"]) == len(
            {member.row.event_id for member in indicator.evidence}
        )
