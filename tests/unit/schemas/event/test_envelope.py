"""The envelope's demands, each by its stable code and field."""

import json
from typing import Any

import pycountry
import pytest

from schemas.codes import code_lists, code_sets, parse
from schemas.errors import ConfigRefusedError
from schemas.event.envelope import EnvelopeValidator, validate_envelope
from schemas.examples import example
from schemas.model import DAY_MS

NOW = 1_521_000_000_000


def envelope(**changes: Any) -> dict[str, Any]:
    return {**example("weapon_record").envelope, **changes}


def problems_of(**changes: Any) -> list[tuple[str, str]]:
    return [
        (problem.code, problem.field) for problem in validate_envelope(envelope(**changes), NOW)
    ]


def test_a_good_envelope_has_no_problems() -> None:
    assert problems_of() == []


@pytest.mark.parametrize(
    "field",
    [
        "type",
        "country",
        "authority",
        "node",
        "tlp",
        "purpose",
        "legal_basis",
        "urgency",
        "crime",
        "language",
    ],
)
@pytest.mark.parametrize("value", [None, "", " ", 7, ["x"]])
def test_what_is_required_must_be_there(field: str, value: object) -> None:
    assert ("MISSING_FIELD", field) in problems_of(**{field: value})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"tlp": "PINK"}, ("UNKNOWN_CODE", "tlp")),
        ({"handling": ["H1", "H9"]}, ("UNKNOWN_CODE", "handling[1]")),
        ({"purpose": "curiosity"}, ("UNKNOWN_CODE", "purpose")),
        ({"legal_basis": "none"}, ("UNKNOWN_CODE", "legal_basis")),
        ({"urgency": "soon"}, ("UNKNOWN_CODE", "urgency")),
        ({"crime": "9999"}, ("UNKNOWN_CODE", "crime")),
        ({"occurred_precision": "decade"}, ("UNKNOWN_CODE", "occurred_precision")),
        ({"language": "xx"}, ("UNKNOWN_CODE", "language")),
        ({"country": "XX"}, ("UNKNOWN_CODE", "country")),
        (
            {"evaluation": {"scheme": "stars", "source": "A", "information": "1"}},
            ("UNKNOWN_CODE", "evaluation.scheme"),
        ),
        (
            {"evaluation": {"scheme": "4x4", "source": "F", "information": "1"}},
            ("UNKNOWN_CODE", "evaluation.source"),
        ),
        (
            {"evaluation": {"scheme": "4x4", "source": "A", "information": "6"}},
            ("UNKNOWN_CODE", "evaluation.information"),
        ),
        (
            {"evaluation": {"scheme": "admiralty", "source": "", "information": "6"}},
            ("MISSING_FIELD", "evaluation.source"),
        ),
        ({"evaluation": None}, ("MISSING_FIELD", "evaluation")),
        ({"recipients": []}, ("MISSING_FIELD", "recipients")),
        ({"urgency": "urgent"}, ("MISSING_FIELD", "justification")),
        ({"urgency": "urgent", "justification": "  "}, ("MISSING_FIELD", "justification")),
        ({"handling": ["H3"]}, ("MISSING_FIELD", "condition")),
        ({"occurred_from": None, "occurred_until": None}, ("MISSING_FIELD", "occurred_from")),
        ({"reported_at": None}, ("MISSING_FIELD", "reported_at")),
        ({"occurred_until": 1}, ("IMPOSSIBLE_DATE", "occurred_until")),
        ({"occurred_from": -(10**14)}, ("IMPOSSIBLE_DATE", "occurred_from")),
        ({"review_date": "2018-02-30"}, ("IMPOSSIBLE_DATE", "review_date")),
        ({"reported_at": NOW + DAY_MS + 1}, ("FROM_FUTURE", "reported_at")),
        (
            {"occurred_from": NOW + DAY_MS + 1, "occurred_until": None},
            ("FROM_FUTURE", "occurred_from"),
        ),
        ({"place_country": "XX", "subdivision": None}, ("UNKNOWN_PLACE", "place_country")),
        ({"subdivision": "BO-L"}, ("UNKNOWN_PLACE", "subdivision")),
        ({"subdivision": "PE-XXX"}, ("UNKNOWN_PLACE", "subdivision")),
        ({"place_country": None}, ("MISSING_FIELD", "place_country")),
    ],
)
def test_each_demand_has_its_code_and_field(
    changes: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert problems_of(**changes) == [expected]


@pytest.mark.parametrize(
    "recipient", ["ALL", "CO", "UNODC", "CO/PONAL", "EC/Policía Nacional", "@frontera-norte"]
)
def test_recipients_are_all_a_country_an_authority_or_a_group(recipient: str) -> None:
    assert problems_of(recipients=[recipient]) == []


@pytest.mark.parametrize(
    "recipient", ["", "all", "co", "ZZ", "ZZ/PONAL", "CO/", "CO/A/B", "@", "@a b,c", "everybody"]
)
def test_other_recipients_are_refused(recipient: str) -> None:
    assert problems_of(recipients=["ALL", recipient]) == [("UNKNOWN_CODE", "recipients[1]")]


def test_exactly_a_day_ahead_is_no_future_and_without_a_clock_nothing_is() -> None:
    assert problems_of(reported_at=NOW + DAY_MS) == []
    assert validate_envelope(envelope(reported_at=NOW * 2), None) == []


def test_an_unknown_time_needs_no_date() -> None:
    assert problems_of(occurred_from=None, occurred_until=None, occurred_precision="unknown") == []


def test_config_may_bring_a_list() -> None:
    words = {"es": "Delito", "en": "Crime"}
    text = json.dumps({"list": "crime", "words": words, "source": "test", "codes": {"777": "x"}})
    brought = code_sets({"crime": text})
    assert validate_envelope(envelope(crime="777"), NOW, brought) == []
    assert [problem.field for problem in validate_envelope(envelope(), NOW, brought)] == ["crime"]


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"list": "x"}', '{"list": "x", "words": {"es": "x"}, "source": "", "codes": {}}'],
)
def test_a_broken_list_is_refused(text: str) -> None:
    with pytest.raises(ConfigRefusedError):
        parse(text)


def test_the_lists_of_iso_are_those_of_pycountry() -> None:
    assert code_sets()["country"] == {country.alpha_2 for country in pycountry.countries}
    assert code_sets()["currency"] == {currency.alpha_3 for currency in pycountry.currencies}
    assert code_sets()["subdivision"] == {
        place.code for place in pycountry.subdivisions if place.parent_code is None
    }


def test_every_list_names_its_source() -> None:
    assert all(
        code_list.source and code_list.name == name for name, code_list in code_lists().items()
    )


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"tlp": "PINK"},
        {"recipients": ["ALL", "XX"]},
        {"handling": ["H3"]},
        {"evaluation": {"scheme": "admiralty", "source": "Q", "information": "1"}},
        {"place_country": None, "subdivision": "CO-NAR"},
        {"reported_at": NOW + 2 * DAY_MS},
        {"review_date": "2018-02-30"},
        {"urgency": "urgent", "justification": None},
    ],
)
def test_a_judge_tells_the_same_however_often_it_is_asked_and_whatever_it_saw_before(
    changes: dict[str, Any],
) -> None:
    judge, good, other = EnvelopeValidator(code_sets()), envelope(), envelope(**changes)
    for _ in range(2):
        assert judge.validate(good, NOW) == []
        assert judge.validate(other, NOW) == validate_envelope(other, NOW)
    assert (validate_envelope(other, NOW) == []) == (changes == {})
