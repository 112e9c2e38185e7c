"""release(label, reader): the table row by row, and against an oracle written apart from it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import ReaderRefusedError
from schemas.model import Label, Reader, ReaderCondition, Use
from schemas.release.reader_text import parse_reader
from schemas.release.rules import (
    TLP,
    combine_labels,
    condition_of,
    pending_condition,
    recipients_without_access,
    release,
)

LABEL = Label("PE", "SUCAMEC", ("ALL",), "CLEAR", (), None, "investigation", None)
READER = Reader(
    "ana", "CO", "PONAL", frozenset({"analyst"}), "RED", frozenset({"frontera"}), "investigation"
)


def reason(label: Label, reader: Reader) -> str:
    return release(label, reader).reason


def test_the_owners_country_sees_it_whatever_the_marking() -> None:
    label = replace(LABEL, recipients=("EC",), tlp="RED", handling=("H0", "H3"), condition="x")
    assert release(label, replace(READER, country="PE", clearance="CLEAR", purpose=None)) == (
        True,
        (),
        "",
    )


def test_the_owner_too_needs_a_role_and_the_exercise() -> None:
    assert reason(LABEL, replace(READER, country="PE", roles=frozenset({"operator"}))) == "ROLE"
    assert reason(replace(LABEL, exercise="cóndor"), replace(READER, country="PE")) == "EXERCISE"


@pytest.mark.parametrize("recipient", ["ALL", "CO", "CO/PONAL", "@frontera", "@ana"])
def test_a_reader_is_listed_by_country_authority_group_or_name(recipient: str) -> None:
    assert release(replace(LABEL, recipients=("EC", recipient)), READER).released


@pytest.mark.parametrize("recipient", ["EC", "CO/DIAN", "@otra", "PONAL"])
def test_who_is_not_listed_does_not_see_it(recipient: str) -> None:
    assert reason(replace(LABEL, recipients=(recipient,)), READER) == "RECIPIENTS"


def test_clear_asks_only_to_be_signed_in() -> None:
    assert release(LABEL, replace(READER, country="US", clearance="CLEAR", purpose=None)).released
    assert reason(LABEL, replace(READER, person="")) == "NOT_SIGNED_IN"


def test_green_asks_for_a_member_a_partner_or_the_mechanism() -> None:
    green = replace(LABEL, tlp="GREEN")
    assert all(
        release(green, replace(READER, country=country)).released
        for country in ("BO", "BR", "UNODC", "MEC")
    )
    assert reason(green, replace(READER, country="US")) == "COMMUNITY"


@pytest.mark.parametrize("tlp", TLP[1:])
def test_each_level_above_clear_asks_for_the_community(tlp: str) -> None:
    label = replace(LABEL, tlp=tlp, recipients=("ALL", "US/PONAL", "@ana"))
    assert reason(label, replace(READER, country="US")) == "COMMUNITY"


@pytest.mark.parametrize("tlp", TLP[2:])
def test_each_level_above_green_asks_for_clearance_and_a_purpose(tlp: str) -> None:
    label = replace(LABEL, tlp=tlp, recipients=("CO/PONAL", "@ana"))
    assert release(label, replace(READER, clearance=tlp)).released
    for clearance in (*TLP[: TLP.index(tlp)], "VIOLET", ""):
        assert reason(label, replace(READER, clearance=clearance)) == "CLEARANCE"
    assert reason(label, replace(READER, purpose=None)) == "PURPOSE"


def test_amber_asks_for_clearance_and_a_purpose() -> None:
    amber = replace(LABEL, tlp="AMBER")
    assert release(amber, replace(READER, clearance="AMBER")).released
    assert reason(amber, replace(READER, clearance="GREEN")) == "CLEARANCE"
    assert reason(amber, replace(READER, purpose=None)) == "PURPOSE"


def test_amber_strict_asks_for_the_addressed_authority() -> None:
    strict = replace(LABEL, tlp="AMBER+STRICT", recipients=("CO", "CO/PONAL"))
    assert release(strict, replace(READER, clearance="AMBER+STRICT")).released
    assert reason(strict, replace(READER, clearance="AMBER")) == "CLEARANCE"
    assert reason(strict, replace(READER, authority="DIAN")) == "NOT_NAMED"


def test_red_asks_to_be_named() -> None:
    assert release(replace(LABEL, tlp="RED", recipients=("@frontera",)), READER).released
    assert release(replace(LABEL, tlp="RED", recipients=("@ana",)), READER).released
    assert (
        reason(replace(LABEL, tlp="RED", recipients=("ALL", "CO", "CO/PONAL")), READER)
        == "NOT_NAMED"
    )
    assert (
        reason(
            replace(LABEL, tlp="RED", recipients=("@ana",)),
            replace(READER, clearance="AMBER+STRICT"),
        )
        == "CLEARANCE"
    )


def test_an_unknown_tlp_is_for_nobody_but_its_owner() -> None:
    assert reason(replace(LABEL, tlp="VIOLET"), READER) == "CLEARANCE"


def test_h0_asks_for_prevention_or_investigation() -> None:
    assert release(replace(LABEL, handling=("H0",)), replace(READER, purpose="prevention")).released
    assert (
        reason(replace(LABEL, handling=("H0",)), replace(READER, purpose="border_control"))
        == "H0_PURPOSE"
    )


def test_h1_and_h2_are_shown_as_markings() -> None:
    assert release(replace(LABEL, handling=("H1", "H2")), READER).markings == ("H1", "H2")


@pytest.mark.parametrize("code", ["H0", "H4", "", "h3"])
def test_no_other_code_is_shown_as_a_marking(code: str) -> None:
    assert release(replace(LABEL, handling=(code,), condition="x"), READER) == (True, (), "")


def test_a_condition_is_what_h3_and_a_text_make_together() -> None:
    both = replace(LABEL, handling=("H3",), condition="llamar antes")
    assert condition_of(both) == ("PE", "llamar antes")
    for label in (
        replace(both, handling=("H1",)),
        replace(both, condition=None),
        replace(both, condition=""),
    ):
        assert condition_of(label) is None
        assert combine_labels([label]).conditions == ()


def test_h3_is_released_once_its_condition_is_accepted() -> None:
    label = replace(LABEL, handling=("H3",), condition="llamar antes")
    assert reason(label, READER) == "H3_CONDITION"
    assert pending_condition(label, READER) == ReaderCondition("PE", "llamar antes")
    accepted = replace(
        READER, accepted_conditions=frozenset({ReaderCondition("PE", "llamar antes")})
    )
    assert release(label, accepted).markings == ("H3: llamar antes",)
    assert pending_condition(label, accepted) is None


def test_a_condition_is_accepted_of_its_owner_and_shown_to_whom_nothing_else_bars() -> None:
    label = replace(LABEL, handling=("H3",), condition="llamar antes")
    others = replace(READER, accepted_conditions=frozenset({ReaderCondition("BO", "llamar antes")}))
    assert reason(label, others) == "H3_CONDITION"
    assert pending_condition(replace(label, recipients=("BO",)), READER) is None


def test_exercise_and_real_never_mix() -> None:
    label = replace(LABEL, exercise="cóndor")
    assert reason(label, READER) == "EXERCISE"
    assert reason(LABEL, replace(READER, exercise="cóndor")) == "EXERCISE"
    assert release(label, replace(READER, exercise="cóndor")).released


def oracle(label: Label, reader: Reader) -> bool:
    """The vocabulary's table, said again in another way."""
    if (
        not reader.person
        or not reader.roles & {"analyst", "prosecutor", "officer"}
        or label.exercise != reader.exercise
    ):
        return False
    if reader.country == label.country:
        return True
    mine = {
        "ALL",
        reader.country,
        f"{reader.country}/{reader.authority}",
        f"@{reader.person}",
        *(f"@{group}" for group in reader.groups),
    }
    if not mine & set(label.recipients):
        return False
    members = {"BO", "CO", "EC", "PE", "AR", "BR", "VE", "UNODC", "MEC"}
    levels = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]
    cleared = levels.index(reader.clearance) >= levels.index(label.tlp)
    allowed = {
        "CLEAR": True,
        "GREEN": reader.country in members,
        "AMBER": reader.country in members and cleared and reader.purpose is not None,
        "AMBER+STRICT": reader.country in members
        and cleared
        and reader.purpose is not None
        and f"{reader.country}/{reader.authority}" in label.recipients,
        "RED": reader.country in members
        and cleared
        and reader.purpose is not None
        and any(recipient[0] == "@" and recipient in mine for recipient in label.recipients),
    }[label.tlp]
    h0 = "H0" not in label.handling or reader.purpose in ("prevention", "investigation")
    h3 = (
        "H3" not in label.handling or (label.country, label.condition) in reader.accepted_conditions
    )
    return allowed and h0 and h3


countries = st.sampled_from(["BO", "CO", "BR", "MEC", "US"])
recipients = st.sampled_from(["ALL", "CO", "BO", "CO/PONAL", "BO/FELCN", "@frontera", "@ana", "US"])
labels = st.builds(
    Label,
    country=countries,
    authority=st.just("X"),
    recipients=st.lists(recipients, min_size=1, max_size=3).map(tuple),
    tlp=st.sampled_from(TLP),
    handling=st.lists(st.sampled_from(["H0", "H1", "H2", "H3"]), max_size=2, unique=True).map(
        tuple
    ),
    condition=st.sampled_from(["a", "b"]),
    purpose=st.just("investigation"),
    exercise=st.sampled_from([None, None, "cóndor"]),
)
readers = st.builds(
    Reader,
    person=st.sampled_from(["ana", "luis"]),
    country=countries,
    authority=st.sampled_from([None, "PONAL", "FELCN"]),
    roles=st.sampled_from(
        [
            frozenset({"analyst"}),
            frozenset({"operator"}),
            frozenset({"operator", "prosecutor"}),
            frozenset[str](),
        ]
    ),
    clearance=st.sampled_from(TLP),
    groups=st.sampled_from([frozenset[str](), frozenset({"frontera"})]),
    purpose=st.sampled_from([None, "investigation", "prosecution"]),
    exercise=st.sampled_from([None, None, "cóndor"]),
    accepted_conditions=st.sampled_from(
        [
            frozenset[ReaderCondition](),
            frozenset({ReaderCondition("CO", "a"), ReaderCondition("BO", "b")}),
        ]
    ),
)


@given(labels, readers)
def test_it_is_what_the_oracle_says(label: Label, reader: Reader) -> None:
    decision = release(label, reader)
    assert decision.released == oracle(label, reader)
    assert decision.released == (decision.reason == "")


hit_recipients = st.lists(
    st.sampled_from(["@hit:ALL", "@hit:BO", "@hit:CO", "@hit:BR"]), min_size=1, max_size=2
).map(tuple)


@given(labels, readers, hit_recipients, st.sampled_from(["reading", "file", "court"]))
def test_a_record_for_hits_alone_is_released_to_nobody_more(
    label: Label, reader: Reader, recipients: tuple[str, ...], use: Use
) -> None:
    """Not even where an account has a name or a group that is written like such a recipient."""
    asker = replace(reader, use=use)
    sly = replace(asker, person="hit:CO", groups=asker.groups | {"hit:ALL", "hit:BO"})
    for_hits = replace(label, recipients=(*label.recipients, *recipients))
    for who in (asker, sly):
        assert release(for_hits, who) == release(label, who)


def hit_oracle(label: Label, reader: Reader) -> bool:
    """Who hears that a record is there, said again in another way."""
    if oracle(label, reader):
        return True
    members = ("BO", "CO", "EC", "PE", "MEC")
    names = {"@hit:" + reader.country} | ({"@hit:ALL"} if reader.country in members else set())
    return (
        bool(reader.roles & {"analyst", "prosecutor", "officer"})
        and label.exercise == reader.exercise
        and bool(names & set(label.recipients))
        and reader.purpose is not None
        and ("H0" not in label.handling or reader.purpose in ("prevention", "investigation"))
    )


@given(labels, readers, st.one_of(st.just(()), hit_recipients))
def test_a_hit_look_up_hears_what_the_oracle_says(
    label: Label, reader: Reader, recipients: tuple[str, ...]
) -> None:
    for_hits = replace(label, recipients=(*label.recipients, *recipients))
    decision = release(for_hits, replace(reader, use="hit"))
    assert decision.released == hit_oracle(for_hits, reader)
    assert decision.released == (decision.reason == "")


@given(labels, readers, st.sampled_from(TLP))
def test_more_clearance_never_shows_less(label: Label, reader: Reader, clearance: str) -> None:
    if release(label, reader).released and TLP.index(clearance) >= TLP.index(reader.clearance):
        assert release(label, replace(reader, clearance=clearance)).released


def test_the_strictest_of_labels_carries_every_demand() -> None:
    amber = replace(LABEL, tlp="AMBER", handling=("H2",))
    other = replace(LABEL, tlp="AMBER+STRICT", handling=("H1", "H3"), condition="llamar antes")
    assert combine_labels([amber, LABEL, other]) == (
        "AMBER+STRICT",
        ("H1", "H2", "H3"),
        ("llamar antes",),
    )
    assert combine_labels([]) == ("CLEAR", (), ())


def test_a_reader_is_parsed_with_the_embedded_purpose() -> None:
    assert parse_reader("CO/analyst/AMBER") == Reader(
        "CO/analyst/AMBER", "CO", clearance="AMBER", purpose="investigation"
    )
    assert parse_reader("co/PONAL/prosecutor/red", purpose=None, groups=["g"]) == Reader(
        "co/PONAL/prosecutor/red",
        "CO",
        "PONAL",
        frozenset({"prosecutor"}),
        "RED",
        frozenset({"g"}),
        None,
    )
    assert parse_reader("MEC/analyst/RED").country == "MEC"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CO",
        "CO/analyst",
        "XX/analyst/RED",
        "CO/king/RED",
        "CO/analyst/PINK",
        "CO//RED",
        "a/b/c/d/e",
    ],
)
def test_what_is_no_reader_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ReaderRefusedError, match=r"use one of|COUNTRY/role/CLEARANCE"):
        parse_reader(text)


@pytest.mark.parametrize("tlp", TLP)
@pytest.mark.parametrize("recipient", ["ALL", "CO", "CO/PONAL", "@frontera", "@ana"])
def test_recipients_without_access_are_those_whom_no_release_reaches(
    tlp: str, recipient: str
) -> None:
    """Against `release` itself: the reader has every clearance, group and name."""
    reader = replace(READER, authority="PONAL")
    is_released = release(replace(LABEL, tlp=tlp, recipients=(recipient,)), reader).released
    assert bool(recipients_without_access(tlp, [recipient])) == (not is_released)
