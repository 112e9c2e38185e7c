"""The register of agreements and of partners decides who sends what on which basis, and until when."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from schemas.codes import code_sets
from schemas.event.admission import (
    FOUNDED_AGREEMENTS,
    WITHOUT_AGREEMENT,
    Admission,
    Agreement,
    Partner,
)
from schemas.model import COUNTRIES

NOW = 1_700_000_000_000
FOUNDED = Admission({basis.code: basis for basis in FOUNDED_AGREEMENTS})


def event(**changes: str) -> dict[str, str]:
    """The part of an envelope on which admission depends."""
    usual = {"type": "seizure", "country": "PE", "legal_basis": "UNTOC-18.4", "crime": "06012"}
    return {**usual, **changes}


def code(admission: Admission, moment: int = NOW, /, **changes: str) -> tuple[str, str]:
    """The code and the field of what keeps an event out; empty where nothing does."""
    problem = admission.check(event(**changes), moment)
    return ("", "") if problem is None else (problem.code, problem.field)


def test_each_founded_basis_is_a_code_and_holds_for_the_four_members() -> None:
    lists = code_sets()
    assert {basis.code for basis in FOUNDED_AGREEMENTS} == lists["legal_basis"]
    for basis in FOUNDED_AGREEMENTS:
        assert set(COUNTRIES) <= set(basis.parties) <= {*COUNTRIES, *lists["partner"]}
        assert all(any(crime.startswith(o) for crime in lists["crime"]) for o in basis.offences)


def test_a_basis_is_checked_for_party_offence_and_time() -> None:
    for changes, expected in (
        ({}, ("", "")),
        ({"legal_basis": "CAN-552", "crime": "0204"}, ("NO_AGREEMENT", "crime")),
        ({"legal_basis": "CAN-552", "crime": "09012"}, ("", "")),
        ({"legal_basis": "CAN-861", "crime": "07042"}, ("", "")),
        ({"legal_basis": "CAN-861", "crime": "09012"}, ("NO_AGREEMENT", "crime")),
        ({"legal_basis": "CAN-861", "crime": "0000"}, ("", "")),
        ({"legal_basis": "NEW-1"}, ("NO_AGREEMENT", "legal_basis")),
    ):
        assert code(FOUNDED, **changes) == expected, changes
    ending = Admission({"X": Agreement("X", "", ("PE",), (), NOW)})
    assert code(ending, NOW - 1, legal_basis="X") == ("", "")
    assert code(ending, NOW, legal_basis="X") == ("NO_AGREEMENT", "legal_basis")
    assert code(ending, NOW - 1, legal_basis="X", country="BO") == ("NO_AGREEMENT", "country")


def test_where_no_agreement_is_registered_the_list_of_codes_alone_decides() -> None:
    assert code(Admission(), legal_basis="CAN-552", crime="07041") == ("", "")


def test_a_partner_sends_what_its_admission_names_while_it_holds() -> None:
    brazil = Partner("BR", "PE", ("seizure",), "GREEN", NOW)
    admitted = Admission(FOUNDED.agreements, {"BR": brazil})
    assert code(admitted, NOW - 1, country="BR") == ("", "")
    assert code(admitted, NOW, country="BR") == ("TYPE_NOT_ADMITTED", "type")
    assert code(admitted, NOW - 1, country="BR", type="alert") == ("TYPE_NOT_ADMITTED", "type")
    assert code(admitted, NOW - 1, country="AR") == ("TYPE_NOT_ADMITTED", "type")
    assert code(admitted, NOW - 1, country="BR", legal_basis="CAN-589") == (
        "NO_AGREEMENT",
        "country",
    )
    ended = Admission(FOUNDED.agreements, {"BR": brazil._replace(sees="", sends=())})
    assert code(ended, NOW - 1, country="BR") == ("TYPE_NOT_ADMITTED", "type")


@given(
    st.sampled_from(sorted(WITHOUT_AGREEMENT)),
    st.sampled_from([*COUNTRIES, "AR", "UNODC"]),
    st.sampled_from(["", "NONE", "CAN-552"]),
)
def test_nothing_keeps_an_owner_from_taking_back_what_it_sent(
    type_: str, country: str, basis: str
) -> None:
    assert FOUNDED.check(event(type=type_, country=country, legal_basis=basis), NOW) is None


@given(st.sampled_from(sorted(code_sets()["crime"])), st.sampled_from(COUNTRIES))
def test_the_convention_holds_for_every_offence_and_member(crime: str, country: str) -> None:
    assert code(FOUNDED, crime=crime, country=country) == ("", "")
