"""Files as offices publish them: the cases of tests/cases, and other members of their kinds."""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import cast

import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from producers.model import SHEET_STEP, Notice, Refusal, SourceRow, describe_line, short_line
from producers.sources.encoding import guess_encoding
from producers.sources.format import Source
from producers.sources.reader import read

CASES = Path(__file__).parents[3] / "cases"


class FileReading:
    """What reading a file gave."""

    def __init__(self, path: Path, source: Source, *columns: str) -> None:
        self.notices: list[Notice] = []
        entries = list(read(path, source, frozenset(columns), self.notices.append))
        self.rows = [entry for entry in entries if isinstance(entry, SourceRow)]
        self.refusals = [entry for entry in entries if isinstance(entry, Refusal)]

    def column(self, name: str) -> list[object]:
        return [row.row[name] for row in self.rows]

    def codes(self) -> list[str]:
        return [notice.code for notice in self.notices]


def written(tmp_path: Path, content: bytes | str) -> Path:
    path = tmp_path / "file"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def book(tmp_path: Path, *sheets: Sequence[Sequence[object]]) -> Path:
    workbook = Workbook()
    for number, rows in enumerate(sheets):
        sheet = workbook.create_sheet(f"Hoja{number + 1}")
        for row in rows:
            sheet.append(row)
    workbook.remove(workbook["Sheet"])
    workbook.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


# Titles, headers of two rows, no header, a name twice.


def test_18_rows_above_the_header_are_told() -> None:
    reading = FileReading(CASES / "18-footer-and-total.xlsx", Source("xlsx"), "REF", "DOC")
    assert [row.number for row in reading.rows] == [3, 4, 5, 6, 7]
    assert [(notice.code, notice.line) for notice in reading.notices] == [("ABOVE_HEADER", 1)]


def test_21_a_header_of_two_rows_gives_joined_names() -> None:
    path = CASES / "21-two-row-header.xlsx"
    reading = FileReading(path, Source("xlsx"), "REF", "VICTIMA/DOC", "AUTOR/DOC")
    assert reading.column("VICTIMA/DOC") == ["10111222"]
    assert reading.column("AUTOR/DOC") == ["10111333"]
    assert [row.number for row in reading.rows] == [3]
    assert FileReading(path, Source("xlsx", header_rows=2)).rows == reading.rows


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_header_of_two_rows_is_joined_in_csv_too(tmp_path: Path, delimiter: str) -> None:
    rows = ["Título", "REF|FECHA|VICTIMA||AUTOR|", "||NOMBRE|DOC|NOMBRE|DOC", "A|x|Uno|1|Dos|2"]
    path = written(tmp_path, "\n".join(rows).replace("|", delimiter))
    reading = FileReading(path, Source("csv"), "REF", "VICTIMA/DOC", "AUTOR/DOC")
    assert reading.column("AUTOR/DOC") == ["2"]
    assert set(reading.rows[0].row) >= {"REF", "FECHA", "VICTIMA/NOMBRE", "AUTOR/NOMBRE"}


def test_a_header_of_three_rows_is_joined(tmp_path: Path) -> None:
    path = written(tmp_path, "REF;A;;B\n;X;;Y\n;P;Q;\n1;2;3;4\n")
    reading = FileReading(path, Source("csv"), "REF", "A/X/P", "A/X/Q", "B/Y")
    assert reading.column("A/X/Q") == ["3"]


def test_a_text_above_belongs_to_no_column_that_has_none_below(tmp_path: Path) -> None:
    path = written(tmp_path, "REF;FECHA;;AUTOR\n;;MUNICIPIO;DOC\nA;x;CALI;2\n")
    reading = FileReading(path, Source("csv"), "REF", "FECHA", "MUNICIPIO", "AUTOR/DOC")
    assert reading.column("MUNICIPIO") == ["CALI"]


def test_a_header_with_line_breaks_in_its_names_is_one_header(tmp_path: Path) -> None:
    path = written(tmp_path, 'REF;"FECHA\nHECHO";DOC\nA;1;2\n')
    assert FileReading(path, Source("csv"), "REF", "DOC").column("DOC") == ["2"]


def test_24_a_file_without_header_says_so_and_is_read_when_the_mapping_says_so() -> None:
    path = CASES / "24-no-header.csv"
    (refusal,) = FileReading(path, Source("csv"), "REF").refusals
    assert refusal.code == "UNREADABLE_FILE"
    assert "header_rows = 0" in str(refusal.detail)
    reading = FileReading(path, Source("csv", header_rows=0), "1", "4")
    assert reading.column("1") == ["P1", "P2", "P3"]
    assert [row.number for row in reading.rows] == [1, 2, 3]


def test_24b_equal_cells_of_a_first_row_are_no_column_twice() -> None:
    path = CASES / "24b-no-header-same-cells.csv"
    (refusal,) = FileReading(path, Source("csv"), "REF").refusals
    assert "header_rows = 0" in str(refusal.detail)
    names = ("N", "EMPRESA", "DIRECCION", "PAIS", "NOTA")
    reading = FileReading(path, Source("csv", header_rows=0, names=names), "EMPRESA")
    assert reading.column("EMPRESA") == ["EMPRESA INVENTADA", "OTRA INVENTADA"]


@pytest.mark.parametrize(
    "header", ["DEPTO;2018;2019;2020", "REF;FECHA;DOC;CANT", "A1;B2;C3;D4", "REF;N 1;N 2;N 3"]
)
def test_a_header_with_digits_is_still_a_header(tmp_path: Path, header: str) -> None:
    path = written(tmp_path, f"{header}\nANTIOQUIA;12;15;17\nCALDAS;13;11;19\n")
    (refusal,) = FileReading(path, Source("csv"), "X").refusals
    assert "header_rows" not in str(refusal.detail)


def test_41_a_column_name_twice_gives_two_names() -> None:
    path = CASES / "41-column-twice.csv"
    reading = FileReading(path, Source("csv"), "SERIE (1)", "SERIE (2)")
    assert (reading.column("SERIE (1)"), reading.column("SERIE (2)")) == (["TKX12345"], ["LOTE99"])
    (refusal,) = FileReading(path, Source("csv"), "SERIE").refusals
    assert (refusal.line, refusal.column) == (1, "SERIE")
    assert "`SERIE (1)`" in str(refusal.detail)


# Workbooks: merged cells, several sheets, formulas, the old XLS.


def test_19_a_merged_cell_counts_for_each_of_its_rows_and_is_told() -> None:
    reading = FileReading(CASES / "19-merged-cells.xlsx", Source("xlsx"), "REF", "DEPTO")
    assert reading.column("DEPTO") == ["ANTIOQUIA", "ANTIOQUIA", "ANTIOQUIA", "CALDAS"]
    assert [(notice.code, notice.column) for notice in reading.notices] == [
        ("MERGED_CELLS", "DEPTO")
    ]


def test_a_title_merged_over_columns_is_no_value_of_each_of_them(tmp_path: Path) -> None:
    path = book(tmp_path, [["REF", "DEPTO", "DOC"], ["SECCION", None, None], ["A", "CALDAS", "1"]])
    workbook = load_workbook(path)
    workbook.active.merge_cells("A2:C2")
    workbook.save(path)
    assert FileReading(path, Source("xlsx"), "DOC").column("DOC") == [None, "1"]


def test_20_other_sheets_are_told_or_read() -> None:
    path = CASES / "20-several-sheets.xlsx"
    reading = FileReading(path, Source("xlsx"), "REF", "DOC")
    assert reading.column("REF") == ["A"]
    assert [notice.code for notice in reading.notices] == ["SHEETS_LEFT_OUT"]
    assert "Febrero" in str(reading.notices[0].detail)
    for sheet in ("*", ("Enero", "Febrero"), (2, 1)):
        whole = FileReading(path, Source("xlsx", sheet=sheet), "REF", "DOC")
        assert whole.column("REF") == ["A", "B", "C"]
        assert whole.notices == []
    assert [row.number for row in whole.rows] == [2, SHEET_STEP + 2, SHEET_STEP + 3]


def test_a_row_of_a_later_sheet_is_named_by_its_sheet() -> None:
    assert str(describe_line(SHEET_STEP + 3)) == "sheet 2, row 3"
    assert str(describe_line(3)) == "line 3"
    assert (short_line(SHEET_STEP + 3), short_line(3)) == ("2:3", "3")


def test_a_cover_sheet_is_passed_over_and_told(tmp_path: Path) -> None:
    path = book(tmp_path, [["INFORME"], ["2018", "x"]], [["REF", "DOC"], ["A", "1"]])
    reading = FileReading(path, Source("xlsx"), "REF", "DOC")
    assert reading.column("REF") == ["A"]
    assert [str(notice.detail) for notice in reading.notices] == ["sheets: Hoja1"]


def test_22_a_formula_without_value_is_refused_and_floats_lose_their_noise() -> None:
    path = CASES / "22-formula-without-value.xlsx"
    reading = FileReading(path, Source("xlsx"), "REF", "DOC")
    assert [(refusal.line, refusal.column) for refusal in reading.refusals] == [(2, "DOC")]
    assert "formula" in str(reading.refusals[0].detail)
    assert reading.column("DOC") == [10111222]


def test_an_old_workbook_is_read_like_a_new_one() -> None:
    reading = FileReading(CASES / "old-workbook.xls", Source("xlsx"), "REF", "DOC")
    assert reading.column("REF") == ["R3", "R4", "R5"]
    assert reading.column("FECHA") == ["2018-06-28", "2018-06-29", "2018-06-30"]
    assert reading.column("FH")[0] == "2018-06-30 14:05:00"
    assert reading.column("HORA")[0] == "14:05:00"
    assert reading.column("DOC") == [10111225, 10111226, 10111227]
    assert reading.column("DEPTO") == ["ANTIOQUIA"] * 3
    assert reading.codes() == ["OLD_SPREADSHEET", "ABOVE_HEADER"]  # DEPTO is not mapped


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"<html><table><tr><td>REF</td></tr></table></html>", "web page"),
        (b"\xef\xbb\xbf<table><tr><td>REF</td></tr></table>", "web page"),
        (b"REF\tDOC\nA\t1\n", "csv"),
    ],
)
def test_what_is_only_named_like_a_workbook_is_said(
    tmp_path: Path, content: bytes, word: str
) -> None:
    (refusal,) = FileReading(written(tmp_path, content), Source("xlsx"), "REF").refusals
    assert word in str(refusal.detail)


# Text: encodings, line ends.


def test_39_a_file_in_another_encoding_has_one_answer() -> None:
    reading = FileReading(CASES / "39-latin1.csv", Source("csv"), "REF")
    assert reading.rows == []
    (refusal,) = reading.refusals
    assert (refusal.line, refusal.code) == (0, "BAD_ENCODING")
    assert "latin-1" in str(refusal.detail)
    right = FileReading(CASES / "39-latin1.csv", Source("csv", "latin-1"), "REF")
    assert right.column("TIPO") == ["revólver", "espingarda", "PISTOLA ª"]


NAMES = ["Ibáñez", "Muñoz", "Peña", "revólver", "Bogotá", "Ñuñoa", "Güiza", "José"]


@pytest.mark.parametrize("format_", ["csv", "jsonl", "json"])
def test_one_bad_byte_refuses_its_record_alone(tmp_path: Path, format_: str) -> None:
    records = [{"REF": f"R{number}", "NOMBRE": name} for number, name in enumerate(NAMES)]
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    text = {
        "csv": "\n".join(["REF,NOMBRE", *(",".join(record.values()) for record in records)]),
        "jsonl": "\n".join(lines),
        "json": f"[{', '.join(lines)}]",
    }[format_]
    raw = text.encode().replace("Peña".encode(), b"Pe\x92a")
    reading = FileReading(written(tmp_path, raw), Source(format_), *["REF"][: format_ == "csv"])
    assert len(reading.rows) == len(NAMES) - 1
    (refusal,) = reading.refusals
    assert "utf-8" in str(refusal.detail)
    assert "write encoding" not in str(refusal.detail)


@pytest.mark.parametrize("format_", ["csv", "jsonl"])
def test_one_line_in_another_encoding_is_refused_alone(tmp_path: Path, format_: str) -> None:
    line = {"csv": "R{},Ñuñoa\n", "jsonl": '{{"REF": "R{}", "N": "Ñuñoa"}}\n'}[format_]
    lines = [line.format(number).replace("Ñuñoa", "x").encode() for number in range(5)]
    lines[3] = line.format(3).encode("latin-1")
    head = b"REF,N\n" if format_ == "csv" else b""
    reading = FileReading(written(tmp_path, head + b"".join(lines)), Source(format_))
    assert [row.row["REF"] for row in reading.rows] == ["R0", "R1", "R2", "R4"]
    assert [refusal.code for refusal in reading.refusals] == ["BAD_ENCODING"]
    lines[1] = line.format(1).encode("latin-1")
    reading = FileReading(written(tmp_path, head + b"".join(lines)), Source(format_))
    assert [(refusal.line, refusal.code) for refusal in reading.refusals] == [(0, "BAD_ENCODING")]


@given(
    st.lists(st.sampled_from(NAMES), min_size=3, max_size=30),
    st.sampled_from(["windows-1252", "cp850", "mac-roman"]),
)
@settings(max_examples=60, deadline=None)
def test_a_whole_file_in_one_encoding_is_recognised(names: list[str], encoding: str) -> None:
    assert guess_encoding("\n".join(names).encode(encoding)) == encoding
    assert guess_encoding("\n".join(names).encode()) == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_40_line_ends_of_old_macs_are_line_ends(tmp_path: Path, encoding: str) -> None:
    text = (CASES / "40-cr-only.csv").read_bytes().decode()
    path = written(tmp_path, text.encode(encoding))
    reading = FileReading(path, Source("csv"), "REF", "FECHA")
    assert [(row.number, row.row["FECHA"]) for row in reading.rows] == [
        (2, "21/01/2021"),
        (3, "22/01/2021"),
    ]


def test_line_ends_of_several_systems_in_one_file_are_line_ends(tmp_path: Path) -> None:
    path = written(tmp_path, b"REF;X\rA;1\rB;2\nC;3\r")
    assert FileReading(path, Source("csv"), "REF").column("REF") == ["A", "B", "C"]
    path = written(tmp_path, b'REF;X\r\nA;"1\r2"\r\nB;3\r\n')
    assert FileReading(path, Source("csv"), "REF").column("X") == ["1\r2", "3"]


@given(st.lists(st.text("ab ñ1", min_size=1).map(str.strip).filter(bool), min_size=1, max_size=9))
@settings(max_examples=40, deadline=None)
def test_line_ends_do_not_change_the_rows(
    tmp_path_factory: pytest.TempPathFactory, values: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "ends.csv"
    outcomes = []
    for end in ("\n", "\r\n", "\r"):
        path.write_bytes(end.join(["REF;X", *(f"{value};1" for value in values)]).encode())
        outcomes.append(FileReading(path, Source("csv"), "REF").rows)
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert len(outcomes[0]) == len(values)


# JSON and XML: records on one line, what is around them, several roots.


def test_records_on_one_line_are_counted(tmp_path: Path) -> None:
    for text, source in (
        ('[{"a": 1}, {"a": 2}, 3, {"a": 4}]', Source("json")),
        (
            "<all><r><a>1</a></r><r><a>2</a></r><r/><r><a>4</a></r></all>",
            Source("xml", rows="all/r"),
        ),
    ):
        reading = FileReading(written(tmp_path, text), source)
        assert [row.number for row in reading.rows][:2] == [1, 2]
        assert reading.rows[-1].number == 4
        assert reading.codes() == ["ELEMENTS_COUNTED"]
    assert (
        FileReading(written(tmp_path, '[{"a": 1}, {"a": 2}, {"a"'), Source("json")).refusals[0].line
        == 3
    )


def test_34_what_is_around_a_row_reaches_it_wherever_it_stands(tmp_path: Path) -> None:
    columns = ("uuid", "//Event.Tag[*].name", "//Event.timestamp")
    source = Source("json", rows="Event.Attribute")
    event = json.loads((CASES / "34-tag-on-the-event.json").read_text())["Event"]
    last = {name: event[name] for name in ("info", "Attribute", "timestamp", "Tag")}
    for content in ({"Event": event}, {"Event": last}, {"x": [1], "Event": last, "y": {}}):
        reading = FileReading(written(tmp_path, json.dumps(content)), source, *columns)
        assert [row.row["//"] for row in reading.rows] == [
            {"Event": {"Tag": [{"name": "tlp:red"}], "timestamp": "1615817100"}}
        ] * 2


def test_each_of_several_outer_objects_gives_its_own_facts(tmp_path: Path) -> None:
    events = [
        {"Event": {"Attribute": [{"v": 1}, {"v": 2}], "Tag": [{"name": "tlp:red"}]}},
        {"Event": {"Tag": [{"name": "tlp:green"}]}},
        {"Event": {"Attribute": {"v": 3}, "Tag": [{"name": "tlp:amber"}]}},
    ]
    path = written(tmp_path, json.dumps({"response": events}))
    source = Source("json", rows="response.Event.Attribute")
    reading = FileReading(path, source, "v", "//response.Event.Tag[*].name")
    assert [
        (row.row["v"], row.row["//"]["response"]["Event"]["Tag"][0]["name"]) for row in reading.rows
    ] == [(1, "tlp:red"), (2, "tlp:red"), (3, "tlp:amber")]


def test_a_file_broken_behind_its_rows_gives_no_row_without_its_facts(tmp_path: Path) -> None:
    path = written(tmp_path, '{"Event": {"Attribute": [{"v": 1}], "Tag": [{"name": "tlp:red"')
    reading = FileReading(path, Source("json", rows="Event.Attribute"), "v", "//Event.Tag[*].name")
    assert reading.rows == []
    assert reading.refusals[0].code == "UNREADABLE_FILE"


def test_facts_around_rows_of_xml_are_attributes_and_elements(tmp_path: Path) -> None:
    text = (
        '<reports><report id="1"><org>A</org><t><n>1</n></t><t><n>2</n></t><tag>red</tag></report>'
        '<report id="2"><t><n>3</n></t><org>B</org></report></reports>'
    )
    source = Source("xml", rows="reports/report/t")
    reading = FileReading(
        written(tmp_path, text), source, "n", "//reports/report/org", "//reports/report/@id"
    )
    assert [(row.row["n"], row.row["//"]["reports"]["report"]) for row in reading.rows] == [
        ("1", {"@id": "1", "org": "A"}),
        ("2", {"@id": "1", "org": "A"}),
        ("3", {"@id": "2", "org": "B"}),
    ]


def test_facts_around_rows_do_not_fill_memory(tmp_path: Path) -> None:
    text = json.dumps({"E": {"big": ["x" * 1000] * 8000, "A": [{"v": 1}]}})
    source = Source("json", rows="E.A")
    assert FileReading(written(tmp_path, text), source, "v").column("v") == [1]
    assert FileReading(written(tmp_path, text), source, "v", "//E.big[*]").refusals[0].code == (
        "UNREADABLE_FILE"
    )


def test_36_a_second_root_element_is_called_so() -> None:
    reading = FileReading(CASES / "36-two-roots.xml", Source("xml", rows="report/transaction"))
    assert len(reading.rows) == 1
    (refusal,) = reading.refusals
    assert (refusal.line, "second root" in str(refusal.detail)) == (2, True)


@pytest.mark.parametrize("rows", [None, "a.b"])
def test_a_second_json_value_is_called_so(tmp_path: Path, rows: str | None) -> None:
    text = '[{"v": 1}]' if rows is None else '{"a": {"b": [{"v": 1}], "c": 3}, "d": []}'
    reading = FileReading(written(tmp_path, f"{text}\n{text}\n"), Source("json", rows=rows))
    assert len(reading.rows) == 1
    (refusal,) = reading.refusals
    assert (refusal.line, "second JSON" in str(refusal.detail)) == (2, True)


def test_other_rubbish_behind_the_root_is_a_syntax_error(tmp_path: Path) -> None:
    path = written(tmp_path, "<a><r>1</r></a>\nrubbish")
    (refusal,) = FileReading(path, Source("xml", rows="a/r")).refusals
    assert "syntax" in str(refusal.detail)


@given(
    st.lists(
        st.lists(st.integers(0, 9), max_size=4).map(lambda values: [{"v": v} for v in values]),
        min_size=1,
        max_size=5,
    ),
    st.booleans(),
    st.sampled_from([None, 1]),
)
@settings(max_examples=40, deadline=None)
def test_rows_of_many_outer_objects_are_all_rows_with_their_own_facts(
    tmp_path_factory: pytest.TempPathFactory,
    groups: list[list[dict[str, int]]],
    fact_is_first: bool,
    indent: int | None,
) -> None:
    path = tmp_path_factory.getbasetemp() / "groups.json"
    content = []
    for number, rows in enumerate(groups):
        members = {"n": number, "rows": rows}
        names = ["n", "rows"] if fact_is_first else ["rows", "n"]
        content.append({name: members[name] for name in names})
    path.write_text(json.dumps(content, indent=indent))
    reading = FileReading(path, Source("json", rows="rows"), "v", "//n")
    assert [(row.row["//"]["n"], row.row["v"]) for row in reading.rows] == [
        (number, row["v"]) for number, rows in enumerate(groups) for row in rows
    ]


def test_the_process_that_reads_an_old_workbook_ends_with_the_reading() -> None:
    rows = read(CASES / "old-workbook.xls", Source("xlsx"), frozenset({"REF"}))
    next(rows)
    cast(Generator[object, None, None], rows).close()
    assert not [child for child in psutil.Process().children() if "xls_child" in str(child)]
