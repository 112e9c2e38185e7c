"""An amount is read with its currency apart; what is in doubt is a doubt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.mapping import loader
from producers.mapping.money_text import find_currency
from producers.mapping.number_text import number_readings
from producers.model import MappedRow
from schemas.codes import code_lists
from tests.support.cases import read_rows

SIGNS = {"US$": "USD", "S/": "PEN", "S/.": "PEN", "Bs": "BOB", "Bs.": "BOB", "COP": "COP", "$": ""}
WORDS = {"USD": "USD", "soles": "PEN", "bolivianos": "BOB", "pesos colombianos": "COP", "€": "EUR"}


def apply(fields: dict[str, Any], row: dict[str, object]) -> tuple[dict[str, Any], list[str]]:
    """Map a row of a seizure. Gives its payload, or none and what is wrong with it."""
    content = {"type": "seizure", "source": {"format": "csv"}, "fields": fields}
    mapped = loader.parse_mapping(content, Path("test.toml")).apply(row, 1)
    if isinstance(mapped, MappedRow):
        return mapped.payload, []
    return {}, [f"{refusal.code} {refusal.field}: {refusal.detail}" for refusal in mapped]


VALUE = {"items[0].value": {"column": "VALOR", "steps": [{"number": "auto"}]}}


@pytest.mark.parametrize("row", read_rows("amounts.csv"), ids=lambda row: row["REF"])
def test_an_amount_has_its_values_and_its_currency(row: dict[str, str]) -> None:
    readings = number_readings(row["VALOR"])
    values = [float(value) for value in row["RIGHT"].split("|") if value]
    assert [reading.value for reading in readings] == values
    assert all(reading.is_certain == (len(values) == 1) for reading in readings)
    assert {reading.currency for reading in readings} <= {row["CURRENCY"]}


@given(
    st.integers(1, 999_999_999),
    st.sampled_from(sorted(SIGNS)),
    st.sampled_from(["", " "]),
    st.booleans(),
)
def test_a_sign_leaves_the_number_as_it_is(
    number: int, sign: str, gap: str, is_negative: bool
) -> None:
    text = f"{'-' if is_negative else ''}{sign}{gap}{number}"
    readings = number_readings(text)
    right = -number if is_negative else number
    assert [(reading.value, reading.is_certain, reading.currency) for reading in readings] == [
        (right, True, SIGNS[sign])
    ]


@given(st.integers(1_000, 999_999_999), st.sampled_from(sorted(WORDS)), st.sampled_from(".,"))
def test_a_word_behind_adds_no_certainty(number: int, word: str, group: str) -> None:
    text = f"{number:,}".replace(",", group)
    bare = number_readings(text)
    named = number_readings(f"{text} {word}")
    assert {reading.value for reading in named} == {reading.value for reading in bare}
    assert [reading.is_certain for reading in named] == [reading.is_certain for reading in bare]
    assert {reading.currency for reading in named} == {WORDS[word]}


def test_the_currency_of_the_text_fills_the_field_beside_it() -> None:
    payload, _problems = apply(VALUE, {"VALOR": "US$ 2,500.00"})
    assert payload["items"] == [{"value": 2500.0, "currency": "USD"}]


def test_a_currency_that_agrees_is_kept() -> None:
    fields = {**VALUE, "items[0].currency": {"constant": "PEN"}}
    assert apply(fields, {"VALOR": "S/ 300"})[0]["items"] == [{"value": 300.0, "currency": "PEN"}]
    fields = {"items[0].currency": {"constant": "PEN"}, **VALUE}
    assert apply(fields, {"VALOR": "S/ 300"})[0]["items"] == [{"value": 300.0, "currency": "PEN"}]


@pytest.mark.parametrize("is_first", [True, False])
def test_a_currency_that_disagrees_is_an_error(is_first: bool) -> None:
    currency = {"items[0].currency": {"constant": "COP"}}
    fields = {**currency, **VALUE} if is_first else {**VALUE, **currency}
    _payload, problems = apply(fields, {"VALOR": "US$ 2,500.00"})
    assert problems == [
        "BAD_NUMBER items[0].value: an amount in COP, as `currency` says, but its text names USD"
    ]


def test_a_shared_sign_leaves_the_currency_unsaid() -> None:
    assert apply(VALUE, {"VALOR": "$ 1.500.000"})[0]["items"] == [{"value": 1500000.0}]


def test_a_field_without_a_currency_takes_none() -> None:
    fields = {"place.latitude": {"column": "LAT", "steps": [{"number": "."}]}}
    _payload, problems = apply(fields, {"LAT": "S/ 4.5"})
    assert problems == ["BAD_NUMBER place.latitude: a number without a currency; it names PEN"]


@pytest.mark.parametrize(
    ("written", "code"),
    [("SOLES", "PEN"), ("US$", "USD"), ("Dólares", "USD"), ("S/ 300", "PEN"), ("$ 300", None)],
)
def test_a_currency_is_read_from_its_name_or_an_amount(written: str, code: str | None) -> None:
    fields = {"items[0].currency": {"column": "M", "steps": [{"currency": True}]}}
    payload, problems = apply({**fields, "note": "N"}, {"M": written, "N": "x"})
    assert not problems
    assert payload.get("items", [{}])[0].get("currency") == code


def test_a_name_that_is_no_currency_is_refused() -> None:
    fields = {"items[0].currency": {"column": "M", "steps": [{"currency": True}]}}
    assert apply(fields, {"M": "PESOS"})[1][0].startswith("UNKNOWN_CODE")


def test_every_code_of_the_table_is_of_the_code_list() -> None:
    codes = code_lists()["currency"].codes
    words = ["US$", "S/", "Bs", "M/CTE", "€", "£", "R$", "AR$", "CLP", "MXN", "VES", "VED"]
    assert {find_currency(word) for word in words} <= codes.keys()
