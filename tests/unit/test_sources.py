"""Reading files as national systems export them: what is broken is told by its line, the rest goes on."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from producers.lines import MAX_LINE
from producers.mapping import Source
from producers.model import Line, Refusal
from producers.sources import read


def lines(tmp_path: Path, content: bytes, source: Source, *columns: str) -> list[object]:
    """Rows as (line, values), refusals as (line, code)."""
    path = tmp_path / "file"
    path.write_bytes(content)
    return [
        (each.number, dict(each.row)) if isinstance(each, Line) else (each.line, each.code)
        for each in read(path, source, frozenset(columns))
    ]


CSV = Source("csv")


def test_separator_and_byte_order_mark_are_found(tmp_path: Path) -> None:
    found = lines(tmp_path, "\ufeffA;B\r\n1;ñ\r\n".encode(), CSV, "A")
    assert found == [(2, {"A": "1", "B": "ñ"})]
    assert lines(tmp_path, "A\tB\n1\tñ\n".encode("utf-16"), CSV) == [(2, {"A": "1", "B": "ñ"})]


def test_a_line_with_other_columns_is_broken_alone(tmp_path: Path) -> None:
    assert lines(tmp_path, b"A,B\n1,2\n1,2,3\n4,5\n", CSV) == [(2, {"A": "1", "B": "2"}), (3, "BROKEN_LINE"), (4, {"A": "4", "B": "5"})]


def test_an_unclosed_quote_breaks_its_line_alone(tmp_path: Path) -> None:
    assert lines(tmp_path, b'A,B\n1,"2\n3,4\n', CSV) == [(2, "BROKEN_LINE"), (3, {"A": "3", "B": "4"})]
    two = lines(tmp_path, b'A,B\n1,"2\n3,4\n5,"6\n7,8\n', CSV)
    assert two == [(2, "BROKEN_LINE"), (3, {"A": "3", "B": "4"}), (4, "BROKEN_LINE"), (5, {"A": "7", "B": "8"})]


def test_a_line_break_inside_quotes_is_content(tmp_path: Path) -> None:
    assert lines(tmp_path, b'A,B\n1,"2\nzwei, ""x"""\n3,4\n', CSV) == [(2, {"A": "1", "B": '2\nzwei, "x"'}), (4, {"A": "3", "B": "4"})]


def test_latin_1_where_utf_8_is_declared_names_the_line(tmp_path: Path) -> None:
    assert lines(tmp_path, "A\nx\nñ\ny\n".encode("latin-1"), CSV) == [(2, {"A": "x"}), (3, "BAD_ENCODING"), (4, {"A": "y"})]


def test_utf_8_where_latin_1_is_declared_names_the_line(tmp_path: Path) -> None:
    assert lines(tmp_path, "A\nñ\nx\n".encode(), Source("csv", "latin-1")) == [(2, "BAD_ENCODING"), (3, {"A": "x"})]
    assert lines(tmp_path, "A\nñ\n".encode("latin-1"), Source("csv", "latin-1")) == [(2, {"A": "ñ"})]


@pytest.mark.parametrize("source", [CSV, Source("json"), Source("jsonl")])
@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_an_empty_file_says_so(tmp_path: Path, source: Source, content: bytes) -> None:
    assert lines(tmp_path, content, source) == [(0, "EMPTY_FILE")]


def test_a_header_alone_and_an_empty_array_are_empty_files(tmp_path: Path) -> None:
    assert lines(tmp_path, b"A,B\n", CSV) == [(0, "EMPTY_FILE")]
    assert lines(tmp_path, b" [ ] ", Source("json")) == [(0, "EMPTY_FILE")]


def test_columns_that_the_mapping_names_must_be_there(tmp_path: Path) -> None:
    assert lines(tmp_path, b"A,B\n1,2\n", CSV, "A", "C") == [(1, "UNREADABLE_FILE")]
    assert lines(tmp_path, b"A,A\n1,2\n", CSV) == [(1, "UNREADABLE_FILE")]


def test_a_missing_file_is_refused_not_raised(tmp_path: Path) -> None:
    assert [each.code for each in read(tmp_path / "none", CSV, frozenset()) if isinstance(each, Refusal)] == ["UNREADABLE_FILE"]


def test_a_json_array_gives_its_lines(tmp_path: Path) -> None:
    found = lines(tmp_path, b'[{"a":1}\n,{"a":\n2},\n\n5, {"a":3}]\n', Source("json"))
    assert found == [(1, {"a": 1}), (2, {"a": 2}), (5, "BROKEN_LINE"), (5, {"a": 3})]


def test_after_a_syntax_error_in_an_array_the_rest_is_refused_as_a_whole(tmp_path: Path) -> None:
    assert lines(tmp_path, b'[{"a":1},\n{"a":,},\n{"a":3}]', Source("json")) == [(1, {"a": 1}), (2, "UNREADABLE_FILE")]
    assert lines(tmp_path, b'[{"a":1}\n{"a":3}]', Source("json")) == [(1, {"a": 1}), (2, "UNREADABLE_FILE")]
    assert lines(tmp_path, b'{"a":1}', Source("json")) == [(1, "UNREADABLE_FILE")]


def test_a_broken_json_line_is_broken_alone(tmp_path: Path) -> None:
    assert lines(tmp_path, b'{"a":1}\n{"a"\n[1]\n{"a":2}\n', Source("jsonl")) == [
        (1, {"a": 1}),
        (2, "BROKEN_LINE"),
        (3, "BROKEN_LINE"),
        (4, {"a": 2}),
    ]


def test_a_line_without_end_does_not_fill_memory(tmp_path: Path) -> None:
    assert lines(tmp_path, b"A\n" + b"x" * (2 * MAX_LINE + 9) + b"\ny\n", CSV) == [(2, "BROKEN_LINE"), (3, {"A": "y"})]


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=200), format_=st.sampled_from(["csv", "json", "jsonl"]))
def test_no_file_ever_raises(tmp_path_factory: pytest.TempPathFactory, content: bytes, format_: str) -> None:
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(content)
    assert all(isinstance(each, Line | Refusal) for each in read(path, Source(format_), frozenset()))


records = st.lists(st.dictionaries(st.sampled_from("abc"), st.text(max_size=20), min_size=1), min_size=1, max_size=300)


@settings(max_examples=30, deadline=None)
@given(records)
def test_a_json_array_comes_back_whole_over_chunks(tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, str]]) -> None:
    path = tmp_path_factory.mktemp("array") / "file"
    path.write_text(json.dumps(records, indent=1), encoding="utf-8")
    assert [dict(each.row) for each in read(path, Source("json"), frozenset()) if isinstance(each, Line)] == records
