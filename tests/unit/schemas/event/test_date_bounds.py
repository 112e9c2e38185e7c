"""Dates of an event lie where such dates can lie, judged by the moment of its append."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from schemas.avro.codec import Record
from schemas.errors import ConfigRefusedError
from schemas.event.date_bounds import DateRole, date_role
from schemas.event.event_type import EventType, event_type

APPENDED_AT = int(datetime(2026, 11, 28, 20, tzinfo=UTC).timestamp() * 1000)


def problems(type_: str, record: Record) -> list[tuple[str, str]]:
    """List code and field of what is wrong with the dates."""
    wrong_dates = event_type(type_).check_dates(record, APPENDED_AT)
    return [(problem.code, problem.field) for problem in wrong_dates]


@pytest.mark.parametrize(
    ("day", "is_right"),
    [
        ("1900-01-01", False),
        ("1900-01-02", True),
        ("1980-05-06", True),
        ("2026-11-29", True),
        ("2026-11-30", False),
        ("2050-03-15", False),
        ("0050-03-15", False),
    ],
)
def test_a_birth_is_after_1900_and_not_in_the_future(day: str, is_right: bool) -> None:
    record = {"person": {"birth_date": day}}
    expected = [] if is_right else [("IMPOSSIBLE_DATE", "person.birth_date")]
    assert problems("person_notice", record) == expected


@pytest.mark.parametrize(
    ("begin", "end", "fields"),
    [
        ("2020-01-01", "2030-01-01", []),
        ("2020-01-01", "2020-01-01", []),
        ("2020-01-02", "2020-01-01", ["valid_until"]),
        (None, "2126-01-01", []),
        (None, "9999-12-31", ["valid_until"]),
        ("2090-01-01", None, ["valid_from"]),
        ("1821-01-01", None, ["valid_from"]),
    ],
)
def test_a_validity_ends_after_it_begins_and_within_a_century(
    begin: str | None, end: str | None, fields: list[str]
) -> None:
    record = {"valid_from": begin, "valid_until": end}
    assert [field for _code, field in problems("person_notice", record)] == fields


def test_what_happened_is_not_in_the_future_in_lists_too() -> None:
    record = {"transactions": [{"date": "2026-11-01"}, {"date": "2027-11-01"}, {"date": None}]}
    assert problems("suspicious_flow", record) == [("IMPOSSIBLE_DATE", "transactions[1].date")]


def test_a_broken_date_is_left_to_the_check_of_values() -> None:
    assert problems("person_notice", {"person": {"birth_date": "15/03/1980"}}) == []
    assert problems("person_notice", {"person": "x", "valid_from": 3}) == []


def test_a_role_that_does_not_exist_is_refused() -> None:
    assert date_role(True) is DateRole.ANY
    with pytest.raises(ConfigRefusedError, match="brith"):
        date_role("brith")


def test_a_former_version_of_a_type_has_no_such_bounds() -> None:
    former = event_type("person_notice").format.text.replace('"date": "birth"', '"date": true')
    record = {"person": {"birth_date": "2050-03-15"}}
    assert EventType(former).check_dates(record, APPENDED_AT) == []


def test_the_day_is_that_of_the_append() -> None:
    kind = event_type("person_notice")
    record = {"person": {"birth_date": date(1971, 5, 6).isoformat()}}
    assert kind.check_dates(record, 0)
    assert not kind.check_dates(record, APPENDED_AT)
