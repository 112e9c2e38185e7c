"""A table that leaves Quipu says its moment and markings in every row, and runs nothing."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from consumers.exports.formats import FORMATS, FileFormat, export_file
from consumers.exports.table import ColumnKind, ExportColumn, ExportTable
from infra.formulas import SIGNS, neutralise

HOSTILE = [
    '=HYPERLINK("http://x","y")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "  =1+1",
    "\t=1",
    "＝1+1",
]
AMOUNTS = [Decimal("12.5"), Decimal("0.000001"), Decimal("99999999999999999999.123456"), None]


def table(words: list[str]) -> ExportTable:
    return ExportTable(
        name="totals",
        title="Totales",
        columns=[
            ExportColumn("begins", "desde", ColumnKind.DAY),
            ExportColumn("drug", "droga"),
            ExportColumn("amount", "kilogramos", ColumnKind.AMOUNT),
            ExportColumn("records", "registros", ColumnKind.COUNT),
        ],
        rows=[
            [date(2018, 7, 1), word, AMOUNTS[place % 4], place] for place, word in enumerate(words)
        ],
        notes=["TLP:AMBER", "H1: no en juicio"],
        stamp=[
            (ExportColumn("as_of", "momento"), "al 2018-08-01 00:00 UTC"),
            (ExportColumn("tlp", "TLP"), "AMBER"),
        ],
    )


def content(words: list[str], format_: FileFormat) -> bytes:
    return b"".join(export_file(table(words), format_).parts)


def test_a_csv_says_everything_and_runs_nothing() -> None:
    text = content(HOSTILE, "csv").decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert header == ["begins", "drug", "amount", "records", "as_of", "tlp"]
    assert [row[1] for row in rows] == [f"'{word}" for word in HOSTILE]
    assert rows[0] == [
        "2018-07-01",
        f"'{HOSTILE[0]}",
        "12.5",
        "0",
        "al 2018-08-01 00:00 UTC",
        "AMBER",
    ]
    assert [row[2] for row in rows[1:4]] == ["0.000001", "99999999999999999999.123456", ""]


def test_a_workbook_holds_texts_numbers_and_days_but_no_formula() -> None:
    book = load_workbook(io.BytesIO(content(HOSTILE, "xlsx")))
    sheet, about = book.worksheets
    cells = [list(row) for row in sheet.iter_rows()]
    assert [cell.value for cell in cells[0]] == [
        *("desde", "droga", "kilogramos", "registros", "momento", "TLP"),
    ]
    assert not [cell for row in cells for cell in row if cell.data_type == "f"]
    assert [row[1].value for row in cells[1:]] == HOSTILE
    assert cells[1][0].value == datetime(2018, 7, 1)
    assert [row[2].value for row in cells[1:5]] == [12.5, 1e-6, "99999999999999999999.123456", None]
    assert [row[0].value for row in about.iter_rows()][:2] == ["Totales", "al 2018-08-01 00:00 UTC"]


def test_parquet_keeps_amounts_exactly_and_markings_in_rows_and_metadata() -> None:
    read = pq.read_table(io.BytesIO(content(HOSTILE, "parquet")))
    rows = read.to_pylist()
    assert [row["amount"] for row in rows[:3]] == [
        Decimal("12.500000"),
        Decimal("0.000001"),
        Decimal("99999999999999999999.123456"),
    ]
    assert rows[0]["begins"] == date(2018, 7, 1)
    assert {row["tlp"] for row in rows} == {"AMBER"}
    assert read.schema.metadata[b"as_of"] == b"al 2018-08-01 00:00 UTC"
    assert b"H1: no en juicio" in read.schema.metadata[b"notes"]


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_table_gives_the_same_bytes(format_: FileFormat) -> None:
    assert content(["a"], format_) == content(["a"], format_)


@given(st.text())
def test_no_text_begins_with_a_sign_of_a_formula(text: str) -> None:
    written = neutralise(text)
    assert not written.lstrip().startswith(SIGNS)
    assert written in (text, f"'{text}")
