"""A schema can say who must not be named; whoever is named all the same is refused."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import words
from schemas.errors import ConfigRefusedError
from schemas.event.event_type import EventType, event_type
from schemas.event.protected_names import is_pseudonym
from schemas.examples import example

CASE = event_type("trafficking_case")
NAMED = {
    "name": "Juana Condori Mamani",
    "given_names": "Juana",
    "first_surname": "Condori",
    "second_surname": "Mamani",
    "alias": "La Juana",
    "birth_date": "2004-02-11",
    "document": {"country": "PE", "type": "national_id", "number": "45678912"},
}
NO_NAME: dict[str, Any] = {**dict.fromkeys(NAMED), "nationality": "BO", "sex": "F"}


def problems(role: str | None, **values: object) -> list[tuple[str, str, str]]:
    """What is wrong with a case with one person, before and after it was written."""
    payload = deepcopy(example("trafficking_case").payload)
    payload["persons"] = [{**NO_NAME, "role": role, **values}]
    decoded = CASE.read(CASE.write(payload))
    assert CASE.validate_decoded(decoded) == CASE.validate(payload)
    return [
        (problem.code, problem.field, str(problem.detail)) for problem in CASE.validate(payload)
    ]


def test_no_victim_witness_minor_or_person_without_a_role_is_named() -> None:
    for role in ("victim", "minor", "witness", "complainant", "other", "migrant", None):
        assert problems(role) == []
        for field, value in NAMED.items():
            assert problems(role, **{field: value}) == [
                ("NAME_REFUSED", f"persons[0].{field}", "role")
            ], (role, field)


def test_those_who_are_suspected_are_named() -> None:
    for role in ("suspect", "detained", "recruiter", "driver", "official"):
        assert problems(role, **NAMED) == []


def test_a_refusal_never_shows_the_name() -> None:
    (problem,) = problems("victim", name=NAMED["name"])
    for lang in ("es", "en"):
        text = words.message(problem[0], lang, field=problem[1], detail=problem[2])
        assert "Juana" not in text
        assert words.remedy(problem[0], lang)


def test_only_pseudonyms_stand_where_pseudonyms_are_due() -> None:
    written = ("V-1", "V1", "VIC 12", "V-2018-0031", "NNA-2018/7", "NN-12B")
    names = ("Juana", "Juana C.", "JUANA", "J. C. M.", "V", "victima", "V-Juana", "1", "-1")
    numbers = ("45678912", "V-45678912", "CC-1.023.456", "1710034065", "4567890-1B", "AB123456")
    for text in written:
        assert is_pseudonym(text), text
    payload = deepcopy(example("trafficking_case").payload)
    for text in (*names, *numbers):
        payload["victims"][0]["pseudonym"] = text
        (problem,) = CASE.validate(payload)
        assert problem.code == "NAME_REFUSED", text
        assert text not in problem.detail or len(text) < 3
        assert CASE.validate_decoded(CASE.read(CASE.write(payload))) == [problem]


@given(st.from_regex(r"[A-ZÑÁ][a-zñáé]{2,9}( [A-ZÑÁ][a-zñáé]{2,9}){0,3}", fullmatch=True))
def test_no_name_is_a_pseudonym(name: str) -> None:
    assert not is_pseudonym(name)
    assert not is_pseudonym(name.upper())


@given(st.integers(10_000, 10**11), st.sampled_from(["", "V-", "CC", "DNI "]))
def test_no_number_of_five_digits_or_more_is_a_pseudonym(number: int, before: str) -> None:
    text = f"{before}{number}"
    assert not is_pseudonym(text)
    assert not is_pseudonym(f"{before}{number:,}".replace(",", "."))


def test_the_attributes_serve_any_type_that_config_brings() -> None:
    definition = made_up({"role": ["suspect"]})
    kind = EventType(json.dumps(definition), {})
    refused = kind.validate({"who": {"role": "child", "name": "Ana"}, "sign": "Ana"})
    assert [(problem.code, problem.field) for problem in refused] == [
        ("NAME_REFUSED", "who.name"),
        ("NAME_REFUSED", "sign"),
    ]
    assert kind.validate({"who": {"role": "suspect", "name": "Ana"}, "sign": "V-3"}) == []


@pytest.mark.parametrize("rule", [["suspect"], {"role": []}, {"nothing": ["a"]}, {"a": [], "b": 1}])
def test_a_rule_that_cannot_be_kept_is_refused_at_once(rule: object) -> None:
    with pytest.raises(ConfigRefusedError, match="named_only_as"):
        EventType(json.dumps(made_up(rule)), {})


def made_up(rule: object) -> dict[str, Any]:
    """A type with one person who may be named in one role only."""
    person = {
        "type": "record",
        "name": "Who",
        "fields": [
            {"name": "role", "type": ["null", "string"], "default": None},
            {"name": "name", "type": ["null", "string"], "default": None, "personal": True},
        ],
    }
    return {
        "type": "record",
        "name": "made_up",
        "fields": [
            {"name": "who", "type": person, "named_only_as": rule},
            {"name": "sign", "type": ["null", "string"], "default": None, "pseudonym": True},
        ],
    }
