"""Reading files as national systems export them: what is broken is told by its line, the rest goes
on.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from producers.model import Refusal, SourceRow
from producers.sources.encoding import guess_encoding
from producers.sources.format import Source
from producers.sources.reader import read
from producers.sources.rows import MAX_LINE


def lines(tmp_path: Path, content: bytes, source: Source, *columns: str) -> list[object]:
    """Rows as (line, values), refusals as (line, code)."""
    path = tmp_path / "file"
    path.write_bytes(content)
    return [
        (or_refusal.number, dict(or_refusal.row))
        if isinstance(or_refusal, SourceRow)
        else (or_refusal.line, or_refusal.code)
        for or_refusal in read(path, source, frozenset(columns))
    ]


CSV = Source("csv")


def test_separator_and_byte_order_mark_are_found(tmp_path: Path) -> None:
    matches = lines(tmp_path, "\ufeffA;B\r\n1;ñ\r\n".encode(), CSV, "A")
    assert matches == [(2, {"A": "1", "B": "ñ"})]
    assert lines(tmp_path, "A\tB\n1\tñ\n".encode("utf-16"), CSV) == [(2, {"A": "1", "B": "ñ"})]


def test_a_line_with_other_columns_is_broken_alone(tmp_path: Path) -> None:
    assert lines(tmp_path, b"A,B\n1,2\n1,2,3\n4,5\n", CSV) == [
        (2, {"A": "1", "B": "2"}),
        (3, "BROKEN_LINE"),
        (4, {"A": "4", "B": "5"}),
    ]


def test_an_unclosed_quote_breaks_its_line_alone(tmp_path: Path) -> None:
    assert lines(tmp_path, b'A,B\n1,"2\n3,4\n', CSV) == [
        (2, "BROKEN_LINE"),
        (3, {"A": "3", "B": "4"}),
    ]
    two = lines(tmp_path, b'A,B\n1,"2\n3,4\n5,"6\n7,8\n', CSV)
    assert two == [
        (2, "BROKEN_LINE"),
        (3, {"A": "3", "B": "4"}),
        (4, "BROKEN_LINE"),
        (5, {"A": "7", "B": "8"}),
    ]


def test_a_line_break_inside_quotes_is_content(tmp_path: Path) -> None:
    assert lines(tmp_path, b'A,B\n1,"2\nzwei, ""x"""\n3,4\n', CSV) == [
        (2, {"A": "1", "B": '2\nzwei, "x"'}),
        (4, {"A": "3", "B": "4"}),
    ]


def test_latin_1_where_utf_8_is_declared_names_the_line(tmp_path: Path) -> None:
    assert lines(tmp_path, "A\nx\nñ\ny\n".encode("latin-1"), CSV) == [
        (2, {"A": "x"}),
        (3, "BAD_ENCODING"),
        (4, {"A": "y"}),
    ]


def test_utf_8_where_latin_1_is_declared_names_the_line(tmp_path: Path) -> None:
    assert lines(tmp_path, "A\nñ\nx\n".encode(), Source("csv", "latin-1")) == [
        (2, "BAD_ENCODING"),
        (3, {"A": "x"}),
    ]
    assert lines(tmp_path, "A\nñ\n".encode("latin-1"), Source("csv", "latin-1")) == [
        (2, {"A": "ñ"})
    ]


@pytest.mark.parametrize("source", [CSV, Source("json"), Source("jsonl")])
@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_an_empty_file_says_so(tmp_path: Path, source: Source, content: bytes) -> None:
    assert lines(tmp_path, content, source) == [(0, "EMPTY_FILE")]


def test_a_header_alone_and_an_empty_array_are_empty_files(tmp_path: Path) -> None:
    assert lines(tmp_path, b"A,B\n", CSV) == [(0, "EMPTY_FILE")]
    assert lines(tmp_path, b" [ ] ", Source("json")) == [(0, "EMPTY_FILE")]


def test_columns_that_the_mapping_names_must_be_there(tmp_path: Path) -> None:
    assert lines(tmp_path, b"A,B\n1,2\n", CSV, "A", "C") == [(1, "UNREADABLE_FILE")]


def test_a_name_twice_is_numbered_and_its_columns_are_told_apart(tmp_path: Path) -> None:
    row = (2, {"A": "1", "B (1)": "2", "B (2)": "3"})
    assert lines(tmp_path, b"A,B,B\n1,2,3\n", CSV, "A") == [row]
    assert lines(tmp_path, b"A,B,B\n1,2,3\n", CSV, "B (2)") == [row]
    assert lines(tmp_path, b"A,B,B\n1,2,3\n", CSV) == [row]
    assert lines(tmp_path, b"A,B,B\n1,2,3\n", CSV, "B") == [(1, "UNREADABLE_FILE")]


def test_empty_rows_of_a_spreadsheet_are_no_rows(tmp_path: Path) -> None:
    assert lines(tmp_path, b"A;B\n;\n1;2\n;\n;2\n", CSV, "A") == [
        (3, {"A": "1", "B": "2"}),
        (5, {"A": "", "B": "2"}),
    ]


def test_a_missing_file_is_refused_not_raised(tmp_path: Path) -> None:
    assert [
        or_refusal.code
        for or_refusal in read(tmp_path / "none", CSV, frozenset())
        if isinstance(or_refusal, Refusal)
    ] == ["UNREADABLE_FILE"]


def test_a_json_array_gives_its_lines(tmp_path: Path) -> None:
    matches = lines(tmp_path, b'[{"a":1}\n,{"a":\n2},\n\n5, {"a":3}]\n', Source("json"))
    assert matches == [(1, {"a": 1}), (2, {"a": 2}), (5, "BROKEN_LINE"), (5, {"a": 3})]


def test_after_a_syntax_error_in_an_array_the_rest_is_refused_as_a_whole(tmp_path: Path) -> None:
    assert lines(tmp_path, b'[{"a":1},\n{"a":,},\n{"a":3}]', Source("json")) == [
        (1, {"a": 1}),
        (2, "UNREADABLE_FILE"),
    ]
    assert lines(tmp_path, b'[{"a":1}\n{"a":3}]', Source("json")) == [
        (1, {"a": 1}),
        (2, "UNREADABLE_FILE"),
    ]
    assert lines(tmp_path, b'{"a":1}', Source("json")) == [(1, "UNREADABLE_FILE")]


def test_a_broken_json_line_is_broken_alone(tmp_path: Path) -> None:
    assert lines(tmp_path, b'{"a":1}\n{"a"\n[1]\n{"a":2}\n', Source("jsonl")) == [
        (1, {"a": 1}),
        (2, "BROKEN_LINE"),
        (3, "BROKEN_LINE"),
        (4, {"a": 2}),
    ]


def test_a_line_without_end_does_not_fill_memory(tmp_path: Path) -> None:
    assert lines(tmp_path, b"A\n" + b"x" * (2 * MAX_LINE + 9) + b"\ny\n", CSV) == [
        (2, "BROKEN_LINE"),
        (3, {"A": "y"}),
    ]


def test_a_header_below_titles_is_found_by_its_columns_or_its_row(tmp_path: Path) -> None:
    content = "Policía, sección\n\nAño;2018;;\nA;B;C\n1;2;3\n".encode()
    assert lines(tmp_path, content, CSV, "A", "C") == [(5, {"A": "1", "B": "2", "C": "3"})]
    assert lines(tmp_path, content, Source("csv", header_row=4)) == [
        (5, {"A": "1", "B": "2", "C": "3"})
    ]
    assert lines(tmp_path, content, Source("csv", header_row=4), "D") == [(4, "UNREADABLE_FILE")]


def test_rows_of_json_may_stand_deep_in_an_object(tmp_path: Path) -> None:
    content = b'{"n": 1, "skip": [{"a": 9}],\n"result": {"more": {}, "items": [{"a": 1},\n{"a": 2}], "rest": 5}}'
    assert lines(tmp_path, content, Source("json", rows="result.items")) == [
        (2, {"a": 1}),
        (3, {"a": 2}),
    ]
    assert lines(tmp_path, content, Source("json", rows="result.none")) == [(3, "UNREADABLE_FILE")]


SPANISH = "Nº;Señal;Situación\n1;Ibáñez Muñoz;Perdió la cédula\n"


@pytest.mark.parametrize("encoding", ["windows-1252", "cp850", "mac-roman", "utf-16-le"])
def test_a_wrong_encoding_names_the_likely_one(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(SPANISH.encode(encoding))
    refusal = next(iter(read(path, CSV, frozenset())))
    assert isinstance(refusal, Refusal)
    assert (refusal.code, f"`{encoding}`" in str(refusal.detail)) == ("BAD_ENCODING", True)
    assert guess_encoding(SPANISH.encode(encoding)) == encoding


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12
).map(str.strip)
tables = st.lists(st.tuples(texts, texts, st.integers(-(10**9), 10**9)), min_size=1, max_size=20)


@settings(max_examples=25, deadline=None)
@given(tables, st.sampled_from([",", ";", "\t", "|"]))
def test_the_same_rows_come_back_from_every_format(
    tmp_path_factory: pytest.TempPathFactory, table: list[tuple[str, str, int]], separator: str
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    rows = [{"uno": first, "dos": second, "tres": f"n{number}"} for first, second, number in table]
    for path, source in written(folder, rows, separator):
        matches = [
            or_refusal.row
            for or_refusal in read(path, source, frozenset({"uno", "tres"}))
            if isinstance(or_refusal, SourceRow)
        ]
        assert [{name: row.get(name) or "" for name in rows[0]} for row in matches] == rows, (
            source.format
        )


def written(
    folder: Path, rows: list[dict[str, str]], separator: str
) -> Iterator[tuple[Path, Source]]:
    """The rows in every format that is read."""
    with (folder / "a.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=separator).writerows(
            [list(rows[0]), *(row.values() for row in rows)]
        )
    yield folder / "a.csv", Source("csv", separator=separator)
    (folder / "a.json").write_text(json.dumps({"d": rows}), encoding="utf-8")
    yield folder / "a.json", Source("json", rows="d")
    (folder / "a.jsonl").write_text(
        "\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8"
    )
    yield folder / "a.jsonl", Source("jsonl")
    body = "".join(
        f"<r>{''.join(f'<{name}>{escape(value)}</{name}>' for name, value in row.items())}</r>"
        for row in rows
    )
    (folder / "a.xml").write_text(f"<all>{body}</all>", encoding="utf-8")
    yield folder / "a.xml", Source("xml", rows="all/r")
    book = Workbook()
    for row in [list(rows[0]), *(list(row.values()) for row in rows)]:
        book.active.append(row)
    for cell in (
        cell for line in book.active.iter_rows() for cell in line if cell.value is not None
    ):
        cell.data_type = "s"  # not a formula
    book.save(folder / "a.xlsx")
    yield folder / "a.xlsx", Source("xlsx")


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=200), format_=st.sampled_from(["csv", "json", "jsonl"]))
def test_no_file_ever_raises(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, format_: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(content)
    assert all(
        isinstance(or_refusal, SourceRow | Refusal)
        for or_refusal in read(path, Source(format_), frozenset())
    )


records = st.lists(
    st.dictionaries(st.sampled_from("abc"), st.text(max_size=20), min_size=1),
    min_size=1,
    max_size=300,
)


@settings(max_examples=30, deadline=None)
@given(records)
def test_a_json_array_comes_back_whole_over_chunks(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("array") / "file"
    path.write_text(json.dumps(records, indent=1), encoding="utf-8")
    assert [
        dict(or_refusal.row)
        for or_refusal in read(path, Source("json"), frozenset())
        if isinstance(or_refusal, SourceRow)
    ] == records
