"""Of several dates what they have in common is taken; a person of a list is never lost."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from infra.settings import load
from producers.cli.mapping import mapping_group
from producers.mapping.dates import DateUse, PartialDay, day_parser
from producers.mapping.several_dates import DoubtfulDays, several_days_parser
from schemas.event.date_bounds import DateRole

CASES = Path(__file__).parents[3] / "cases"
BIRTH = DateUse(DateRole.BIRTH, is_date=True, has_precision=True, has_text=True)
READ = several_days_parser(day_parser({"iso_date": ["%Y-%m-%d", "%Y-%m", "%Y"]}, "test", BIRTH))


def persons(tmp_path: Path, file: str, mapping: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the persons that a mapping makes of a file, and all that the check says."""
    done = CliRunner().invoke(
        mapping_group,
        ["check", str(CASES / file), "--mapping", mapping, "--json", "--rows", "20"],
        obj=load({"QUIPU_HOME": str(tmp_path)}),
    )
    content: dict[str, Any] = json.loads(done.output)
    return [sample["payload"]["person"] for sample in content["samples"]], content


def births(people: list[dict[str, Any]]) -> list[tuple[str | None, str | None, str | None]]:
    return [
        (person.get("birth_date"), person.get("birth_precision"), person.get("birth_text"))
        for person in people
    ]


def test_every_person_of_the_united_nations_list_comes_in(tmp_path: Path) -> None:
    people, content = persons(tmp_path, "un-births.xml", "un-consolidated-list")
    assert (content["good"], content["problems"]) == (11, [])
    assert births(people) == [
        ("1970-03-15", None, None),
        (None, None, "1950; 1951"),
        ("1960-01-01", "year", "1960-05-01; 1960-07-02"),
        (None, None, "1960; 1962"),
        (None, None, "1972"),
        ("1975-01-01", "year", None),
        ("1980-01-02", None, None),
        ("1980-02-01", "month", "1980-02-02; 1980-02-20"),
        (None, None, None),
        (None, None, "1980-02-31"),
        ("1980-01-01", "year", "1980-02-20; 1980"),
    ]
    assert {notice["code"] for notice in content["notices"]} == {"DATE_IN_DOUBT"}
    assert content["notices"][0]["detail"]["en"] == "there are several dates: 2 rows: 3, 5"


def test_every_person_of_the_treasury_list_comes_in(tmp_path: Path) -> None:
    people, content = persons(tmp_path, "ofac-births.xml", "ofac-sdn")
    assert (content["good"], content["problems"]) == (10, [])
    assert births(people)[:5] == [
        ("1970-03-15", None, None),
        (None, None, "circa 1970"),
        (None, None, "1970 to 1973"),
        ("1968-09-01", "month", None),
        ("1968-01-01", "year", None),
    ]


@pytest.mark.parametrize("word", ["circa", "c.", "approx.", "about", "aprox.", "alrededor de"])
def test_a_year_that_is_not_exact_is_no_birth(word: str) -> None:
    read = READ([f"{word} 1970"])
    assert isinstance(read, DoubtfulDays)
    assert (read.day, read.text) == (None, f"{word} 1970")


days = st.dates(date(1930, 1, 1), date(2005, 12, 31))


@given(st.lists(days, min_size=1, max_size=4))
def test_what_is_taken_holds_for_every_date(dates: list[date]) -> None:
    texts = [day.isoformat() for day in dates]
    read = READ(texts)
    certain = read.day if isinstance(read, DoubtfulDays) else read
    if len(set(texts)) == 1:
        assert certain == texts[0]
        return
    assert isinstance(read, DoubtfulDays)
    assert all(text in read.text for text in texts)
    if isinstance(certain, PartialDay):
        length = {"year": 4, "month": 7}[certain.precision]
        assert {text[:length] for text in texts} == {certain.text[:length]}
    else:
        assert certain is None
        assert len({text[:4] for text in texts}) > 1


@given(days, st.integers(400, 4000), st.sampled_from([" to ", " - ", " and ", " a ", "; "]))
def test_a_range_of_years_is_no_day(first: date, later: int, joint: str) -> None:
    second = first + timedelta(days=later)
    read = READ([f"{first.year}{joint}{second.year}"])
    assert isinstance(read, DoubtfulDays)
    assert read.day is None
