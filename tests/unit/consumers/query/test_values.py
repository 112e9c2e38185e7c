"""A value by which figures are narrowed is read as the store has it, or refused with those near."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.query.figures.question import FactFilter
from consumers.query.figures.values import UnknownValueError, check_values, read_value
from consumers.query.known_names import KnownNames, UnknownNameError
from schemas.codes import code_lists
from schemas.measures.marked_dimensions import released_marks
from streams.rules import read_rule_book

MAKES = ["beretta", "glock", "taurus"]
CODED = sorted(
    (mark.name, code)
    for mark in released_marks()
    for code in code_lists().get(mark.code_list or mark.reading, code_lists()["tlp"]).codes
    if (mark.code_list or mark.reading) in code_lists()
)


def rows(values: list[str]) -> list[dict[str, Any]]:
    return [{"keys": [value], "labels": [7]} for value in ["", *values]]


def refusal(filter_: FactFilter, values: list[str]) -> tuple[UnknownValueError, list[str]]:
    """Return the error for a filter by which nothing was counted, and the values that it showed."""
    shown: list[str] = []
    with pytest.raises(UnknownValueError) as caught:
        check_values(
            filter_,
            {"PNP"},
            lambda _name: rows(values),
            lambda near: shown.extend(row["keys"][0] for row in near),
        )
    return caught.value, shown


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("drug", "marihuana", "cannabis"),
        ("drug", "cannabis", "cannabis"),
        ("make", "TAURUS", "taurus"),
        ("status", "STOLEN", "STOLEN"),
        ("status", "robada", "STOLEN"),
        ("what", "droga", "drug"),
        ("group", "Los Ñatos", "los natos"),
        ("colour", "Rojo", "Rojo"),
    ],
)
def test_a_value_may_be_written_as_people_write_it(name: str, text: str, value: str) -> None:
    assert read_value(name, text) == value


@given(st.sampled_from(CODED))
def test_a_code_means_itself_and_is_always_known(coded: tuple[str, str]) -> None:
    assert read_value(*coded) == coded[1]
    check_values(FactFilter(where=(coded,)), (), _nobody_asks, _nobody_asks)


def _nobody_asks(_argument: object) -> Any:
    raise AssertionError("a code of a list needs no look at the records")


def test_what_no_list_and_no_record_has_is_refused_with_what_is_near() -> None:
    error, shown = refusal(FactFilter(where=(("make", "taurs"),)), MAKES)
    assert (error.field, shown) == ("where", ["taurus"])
    assert "taurus" in str(error) and "glock" not in str(error)
    error, shown = refusal(FactFilter(where=(("drug", "cocainna"),)), [])
    assert "cocaine" in str(error) and shown == []
    error, shown = refusal(FactFilter(authority="PNPP"), ["SUCAMEC"])
    assert (error.field, "PNP" in str(error), shown) == ("authority", True, [])
    error, shown = refusal(FactFilter(crime="99"), [])
    assert error.field == "crime"
    error, shown = refusal(FactFilter(crime="lavado"), [])
    assert str(error).endswith("07041.")


def test_what_the_reader_has_records_of_is_known() -> None:
    for filter_ in (
        FactFilter(where=(("make", "glock"),)),
        FactFilter(authority="PNP"),
        FactFilter(crime="06"),
        FactFilter(crime="777"),
    ):
        check_values(filter_, {"PNP"}, lambda _name: rows([*MAKES, "7771"]), _nobody_asks)


def test_nothing_is_refused_where_nothing_can_be_named() -> None:
    check_values(FactFilter(authority="PNP"), (), lambda _name: rows([]), _nobody_asks)


def test_a_refusal_names_a_few_values() -> None:
    error, shown = refusal(
        FactFilter(where=(("make", "zzzzzz"),)), [f"make {n}" for n in range(99)]
    )
    assert len(shown) == 12 and len(str(error)) < 250


def test_records_are_chosen_by_what_schemas_mark() -> None:
    """`where=country=CO` was answered with nothing: the country has an option of its own."""
    names = KnownNames(read_rule_book())
    names.check_where([("drug", "x"), ("make", "y")])
    for name in ("country", "type", "colour"):
        with pytest.raises(UnknownNameError, match="cannot be chosen by"):
            names.check_where([(name, "CO")])
