"""XLSX as offices save it: titles above the header, dates, several sheets; and as an enemy would
make it.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from producers.model import Refusal, SourceRow
from producers.sources.format import Source
from producers.sources.reader import read
from producers.sources.xlsx_workbook import excel_date, format_kind

XLSX = Source("xlsx")


def book(rows: Sequence[Sequence[object]], title: str = "Hoja1") -> Workbook:
    workbook = Workbook()
    workbook.active.title = title
    for row in rows:
        workbook.active.append(row)
    return workbook


def read_cells(
    path: Path, source: Source = XLSX, *columns: str
) -> list[tuple[int, dict[str, object] | str]]:
    """Rows as (row, values), refusals as (row, code)."""
    return [
        (or_refusal.number, dict(or_refusal.row))
        if isinstance(or_refusal, SourceRow)
        else (or_refusal.line, or_refusal.code)
        for or_refusal in read(path, source, frozenset(columns))
    ]


def saved(tmp_path: Path, workbook: Workbook) -> Path:
    workbook.save(tmp_path / "libro.xlsx")
    return tmp_path / "libro.xlsx"


def altered(tmp_path: Path, part: str, content: bytes) -> Path:
    """A sound book with one part put in place of its own."""
    bytes_io = io.BytesIO()
    book([["A", "B"], ["1", "2"]]).save(bytes_io)
    path = tmp_path / "altered.xlsx"
    with zipfile.ZipFile(bytes_io) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return path


def test_values_read_as_a_person_sees_them(tmp_path: Path) -> None:
    row = [
        " Bersa ",
        12,
        0.5,
        True,
        date(2018, 6, 30),
        datetime(2018, 6, 30, 14, 5),
        time(14, 5),
        None,
    ]
    path = saved(tmp_path, book([["marca", "n", "q", "v", "día", "momento", "hora", "vacía"], row]))
    assert read_cells(path) == [
        (
            2,
            {
                "marca": "Bersa",
                "n": 12,
                "q": 0.5,
                "v": True,
                "día": "2018-06-30",
                "momento": "2018-06-30 14:05:00",
                "hora": "14:05:00",
                "vacía": None,
            },
        )
    ]


def test_the_header_is_found_below_merged_titles_and_rows_keep_their_numbers(
    tmp_path: Path,
) -> None:
    workbook = book(
        [
            ["POLICÍA NACIONAL"],
            [],
            ["Armas 2018", "corte: junio"],
            ["Serie", "Marca"],
            ["A1", "Taurus"],
            [],
            ["B2", "Bersa"],
        ]
    )
    workbook.active.merge_cells("A1:B1")
    path = saved(tmp_path, workbook)
    pairs = [(5, {"Serie": "A1", "Marca": "Taurus"}), (7, {"Serie": "B2", "Marca": "Bersa"})]
    assert read_cells(path, XLSX, "Serie", "Marca") == pairs
    assert read_cells(path, Source("xlsx", header_row=4)) == pairs


def test_a_sheet_is_chosen_by_name_or_number_and_a_wrong_name_lists_them(tmp_path: Path) -> None:
    workbook = book([["A", "B"], ["1", "2"]])
    second = workbook.create_sheet("Datos")
    second.append(["A", "B"])
    second.append(["3", "4"])
    path = saved(tmp_path, workbook)
    assert (
        read_cells(path, Source("xlsx", sheet="Datos"))
        == read_cells(path, Source("xlsx", sheet=2))
        == [(2, {"A": "3", "B": "4"})]
    )
    refusal = next(iter(read(path, Source("xlsx", sheet="Data"), frozenset())))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "UNREADABLE_FILE"
    assert "Hoja1, Datos" in str(refusal.detail)


def test_missing_columns_are_named_with_those_that_are_there(tmp_path: Path) -> None:
    refusal = next(
        iter(read(saved(tmp_path, book([["A", "B"], ["1", "2"]])), XLSX, frozenset({"A", "Serie"})))
    )
    assert isinstance(refusal, Refusal)
    assert (refusal.line, refusal.code, refusal.column) == (1, "UNREADABLE_FILE", "Serie")
    assert "A, B" in str(refusal.detail)


def test_what_excel_has_spoilt_is_refused_where_the_mapping_looks(tmp_path: Path) -> None:
    path = saved(tmp_path, book([["cci", "q"], [12345678901234567890, 1], ["1", "#N/A"], ["2", 2]]))
    assert read_cells(path) == [(2, "BAD_NUMBER"), (3, "BROKEN_LINE"), (4, {"cci": "2", "q": 2})]
    assert [cell[0] for cell in read_cells(path, XLSX, "q") if isinstance(cell[1], dict)] == [2, 4]


def test_days_since_1904_are_days_too(tmp_path: Path) -> None:
    workbook = book([["A", "B"], [date(2018, 6, 30), "x"]])
    workbook.epoch = CALENDAR_MAC_1904
    assert read_cells(saved(tmp_path, workbook)) == [(2, {"A": "2018-06-30", "B": "x"})]


def test_an_old_xls_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    refusal = next(iter(read(path, XLSX, frozenset())))
    assert isinstance(refusal, Refusal)
    assert "XLSX" in str(refusal.detail)


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/worksheets/sheet1.xml", b" " * (200 << 20)),
        (
            "xl/worksheets/sheet1.xml",
            b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]>' + SHEET % b"",
        ),
        ("xl/sharedStrings.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><sst><si><t>&b;</t></si></sst>'),
        (
            "xl/worksheets/sheet1.xml",
            SHEET
            % (
                b'<row r="1"><c r="A1" t="inlineStr"><is><t>'
                + bytes(range(65, 91)) * 90_000
                + b"</t></is></c></row>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            SHEET % b'<row r="999999999999"><c r="A999999999999"><v>1</v></c></row>',
        ),
        ("xl/worksheets/sheet1.xml", SHEET % b'<row r="1"><c r="ZZZ1"><v>1</v></c></row>'),
        ("xl/worksheets/sheet1.xml", SHEET % b'<row r="1"><c r="A1" t="s"><v>77</v></c></row>'),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"),
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/workbook.xml", b"nothing"),
    ],
    ids=["bomb", "dtd", "dtd-texts", "cell", "row", "column", "text", "cut", "no-sheets", "no-xml"],
)
def test_a_hostile_book_is_refused_as_a_whole(tmp_path: Path, part: str, content: bytes) -> None:
    ((_, code),) = read_cells(altered(tmp_path, part, content))
    assert code == "UNREADABLE_FILE"


def test_shared_texts_are_put_together_from_their_runs(tmp_path: Path) -> None:
    result = altered(
        tmp_path,
        "xl/sharedStrings.xml",
        b"<sst><si><r><t>Mar</t></r><r><t>ca</t></r></si><si><t>Bersa</t><rPh><t>x</t></rPh></si><si><t>n</t></si></sst>",
    )
    path = tmp_path / "shared.xlsx"
    cells = b'<row><c t="s"><v>0</v></c><c t="s"><v>2</v></c></row><row><c t="s"><v>1</v></c><c><v>1E2</v></c></row>'
    with zipfile.ZipFile(result) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, SHEET % cells if name.endswith("sheet1.xml") else old.read(name))
    assert read_cells(path) == [(2, {"Marca": "Bersa", "n": 100.0})]


def test_a_far_cell_costs_nothing(tmp_path: Path) -> None:
    far = b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row><row r="1048576"><c r="XFD1048576"><v>3</v></c></row>'
    assert read_cells(altered(tmp_path, "xl/worksheets/sheet1.xml", SHEET % far)) == [
        (1_048_576, {"1": None, "2": 3})
    ]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("dd/mm/yyyy", "date"),
        ("hh:mm", "time"),
        ("[h]:mm:ss", "time"),
        ('#,##0.00 "días"', None),
        ("[Red]0.00", None),
        ("mmm-yy", "date"),
        ("General", None),
    ],
)
def test_a_format_is_a_dates_by_its_letters(code: str, kind: str | None) -> None:
    assert format_kind(code) == kind


def test_excels_days_around_the_leap_day_that_never_was() -> None:
    assert [excel_date(day) for day in (1, 59, 60, 61, 43281, 43281.5)] == [
        "1900-01-01",
        "1900-02-28",
        None,
        "1900-03-01",
        "2018-06-30",
        "2018-06-30 12:00:00",
    ]


@settings(max_examples=40, deadline=None)
@given(
    content=st.binary(max_size=300),
    part=st.sampled_from(
        ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"]
    ),
)
def test_no_book_ever_raises(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, part: str
) -> None:
    path = altered(tmp_path_factory.mktemp("any"), part, content)
    assert all(
        isinstance(or_refusal, SourceRow | Refusal) for or_refusal in read(path, XLSX, frozenset())
    )
