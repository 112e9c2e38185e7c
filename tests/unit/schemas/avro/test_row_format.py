"""A format read as rows gives what the format itself gives, column by column."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.avro.codec import Format, Record
from schemas.avro.row_format import RowFormat
from schemas.errors import BrokenFormatError, UnknownFormatError

ORDER: Record = {
    "type": "record",
    "name": "Order",
    "fields": [
        {"name": "number", "type": "long"},
        {
            "name": "buyer",
            "type": {
                "type": "record",
                "name": "Buyer",
                "fields": [
                    {"name": "name", "type": "string"},
                    {"name": "groups", "type": {"type": "array", "items": "string"}},
                    {"name": "city", "type": ["null", "string"]},
                ],
            },
        },
        {
            "name": "lines",
            "type": {
                "type": "array",
                "items": {
                    "type": "record",
                    "name": "Line",
                    "fields": [
                        {"name": "code", "type": "string"},
                        {"name": "pieces", "type": "int"},
                    ],
                },
            },
        },
    ],
}
FORMAT = Format[Record](json.dumps(ORDER))
LINE_COLUMNS = ("lines.pieces", "buyer.name", "lines.code", "number", "buyer.groups")
WORDS = st.sampled_from(["", "a", "ñandú", "b" * 70])
ORDERS = st.fixed_dictionaries(
    {
        "number": st.integers(-(2**63), 2**63 - 1),
        "buyer": st.fixed_dictionaries(
            {"name": WORDS, "groups": st.lists(WORDS, max_size=3), "city": st.none() | WORDS}
        ),
        "lines": st.lists(
            st.fixed_dictionaries({"code": WORDS, "pieces": st.integers(-9, 9)}), max_size=3
        ),
    }
)


def line_rows(order: dict[str, Any]) -> list[tuple[Any, ...]]:
    buyer = order["buyer"]
    return [
        (line["pieces"], buyer["name"], line["code"], order["number"], buyer["groups"])
        for line in order["lines"]
    ]


@given(st.lists(ORDERS, max_size=6))
def test_rows_are_the_items_with_the_columns_of_their_record(orders: list[dict[str, Any]]) -> None:
    form = RowFormat(FORMAT, LINE_COLUMNS, "lines", repeated=(("buyer.name", "buyer.city"),))
    for order in orders:
        assert form.read(FORMAT.write(order)) == line_rows(order)


@given(st.lists(ORDERS, max_size=6))
def test_without_rows_a_record_is_one_row(orders: list[dict[str, Any]]) -> None:
    form = RowFormat(FORMAT, ("buyer", "number"), repeated=(("number", "buyer"),))
    for order in orders:
        assert form.read(FORMAT.write(order)) == [(order["buyer"], order["number"])]


@given(ORDERS, ORDERS, st.data())
def test_broken_bytes_are_refused_and_change_nothing_that_is_read_later(
    first: dict[str, Any], second: dict[str, Any], choices: st.DataObject
) -> None:
    form = RowFormat(FORMAT, LINE_COLUMNS, "lines", repeated=(("buyer.name", "buyer.city"),))
    whole = FORMAT.write(first)
    with pytest.raises((BrokenFormatError, UnknownFormatError)):
        form.read(whole[: choices.draw(st.integers(0, len(whole) - 1))])
    for order in (first, second, first):
        assert form.read(FORMAT.write(order)) == line_rows(order)


def test_what_another_version_wrote_is_read_too() -> None:
    former = {**ORDER, "fields": [field for field in ORDER["fields"] if field["name"] != "lines"]}
    newest = json.loads(json.dumps(ORDER))
    newest["fields"][2]["default"] = []
    form = RowFormat(Format[Record](json.dumps(newest), [json.dumps(former)]), ("number", "lines"))
    buyer: Record = {"name": "Ana", "groups": [], "city": None}
    written = Format[Record](json.dumps(former)).write({"number": 7, "buyer": buyer})
    assert form.read(written) == [(7, [])]
