"""Attacks by files (findings D1 to D5): whoever may drop a file in a watched folder stops nothing,
hides nothing, reads nothing of the node's and exhausts no memory.
"""

from __future__ import annotations

import codecs
import json
import os
import random
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as settings_of_examples
from hypothesis import strategies as st

from infra.settings import Settings
from producers.cli.watch import report_text
from producers.folder_watch import watcher
from producers.folder_watch.watcher import FolderWatcher, ProcessedFile, Route
from producers.model import Refusal, SourceRow
from producers.node import CountryNode
from producers.sources import reader, rejected_rows
from producers.sources.format import Source
from producers.sources.rows import MAX_LINE
from tests.support.effort import examples
from tests.support.node import HEADER, NODE, offline, row, weapons

MEMORY_LIMIT_MB = 400
"""What docs/security states for a reader, the interpreter and its modules included."""

_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    "{rows}</sheetData></worksheet>"
)


def outcomes(path: Path, source: Source) -> list[tuple[int, str]]:
    """Each row as (line, "row"), each refusal as (line, code)."""
    return [
        (entry.number, "row") if isinstance(entry, SourceRow) else (entry.line, entry.code)
        for entry in reader.read(path, source, frozenset())
    ]


def workbook(path: Path, rows: str | Iterable[str], texts: Iterable[str] = ()) -> Path:
    """Write an XLSX of one sheet from the XML of its rows, and of its shared texts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        book.writestr(
            "xl/workbook.xml",
            '<workbook xmlns:r="urn:r"><sheets><sheet name="A" r:id="1"/></sheets></workbook>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="1" Target="worksheets/a.xml"/></Relationships>',
        )
        book.writestr(
            "xl/styles.xml",
            '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>',
        )
        with book.open("xl/sharedStrings.xml", "w") as part:
            part.write(b"<sst>")
            for text in texts:
                part.write(text.encode())
            part.write(b"</sst>")
        with book.open("xl/worksheets/a.xml", "w") as part:
            head, tail = _SHEET.split("{rows}")
            part.write(head.encode())
            for piece in [rows] if isinstance(rows, str) else rows:
                part.write(piece.encode())
            part.write(tail.encode())
    return path


def inline(*texts: str) -> str:
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f"<row>{cells}</row>"


def peak_memory_mb(path: Path, source: Source) -> float:
    """Read a file in a process of its own; return the most memory that it or a child ever held."""
    program = (
        "import resource, sys\nfrom pathlib import Path\nfrom producers.sources import reader\n"
        "from producers.sources.format import Source\n"
        f"for _ in reader.read(Path(sys.argv[1]), {source!r}, frozenset()): pass\n"
        "peak = Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]\n"
        "children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss\n"
        "print(max(int(peak), children) / 1024)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    return float(answer.stdout.splitlines()[-1])


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return offline(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    folder.mkdir()
    return folder


@pytest.fixture
def watch(settings: Settings, folder: Path, tmp_path: Path) -> Iterator[FolderWatcher]:
    """A watcher for which every file has settled at once."""
    with CountryNode(settings, NODE) as node:
        folder_watcher = FolderWatcher(
            node,
            folder,
            [Route("*", weapons(tmp_path))],
            handled.append,
            lambda report: report_text(report, "es"),
            settled_s=0,
        )
        folder_watcher.begin()
        handled.clear()
        yield folder_watcher


handled: list[ProcessedFile] = []
"""The files that the watcher of this test has moved."""


# D1: no file ends the reader, and none ends the watcher.


def test_the_last_day_of_excel_with_a_time_is_read(tmp_path: Path) -> None:
    rows = inline("a", "b") + '<row><c s="1"><v>2958465.99999999</v></c><c><v>1</v></c></row>'
    path = workbook(tmp_path / "forever.xlsx", rows)
    entries = list(reader.read(path, Source("xlsx"), frozenset({"a"})))
    assert [entry.row for entry in entries if isinstance(entry, SourceRow)] == [
        {"a": "9999-12-31 23:59:59", "b": 1}
    ]


@pytest.mark.parametrize(
    "number", ["1e308", "-1e308", "1e400", "nan", "inf", "2958466", "9" * 400, "0x10", ""]
)
@pytest.mark.parametrize("style", ["0", "1", "7"])
def test_no_number_in_a_cell_ends_the_reader(tmp_path: Path, number: str, style: str) -> None:
    rows = inline("a", "b") + f'<row><c s="{style}"><v>{number}</v></c><c><v>1</v></c></row>'
    assert outcomes(workbook(tmp_path / "n.xlsx", rows), Source("xlsx"))


ENCODINGS = ["idna", "punycode", "utf-7", "hex", "rot13", "zlib", "mbcs", "undefined", "x\x00y", ""]


@pytest.mark.parametrize("encoding", [*ENCODINGS, "unicode_escape", "raw_unicode_escape", "cp037"])
@pytest.mark.parametrize("name", ["xml", "csv", "json", "jsonl"])
def test_no_encoding_ends_the_reader(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / "file"
    declared = f'<?xml version="1.0" encoding="{encoding}"?><a><b>x</b></a>'
    path.write_bytes(declared.encode() if name == "xml" else b'[{"a": 1}]\n')
    assert outcomes(path, Source(name, "utf-8" if name == "xml" else encoding, rows="a/b"))


@given(st.binary(max_size=300), st.sampled_from(["csv", "json", "jsonl", "xml", "xlsx"]))
def test_no_bytes_end_a_reader(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(content)
    assert outcomes(path, Source(name, rows="a/b" if name == "xml" else None))


OLD_BOOK = Path(__file__).parents[1] / "cases" / "old-workbook.xls"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@settings_of_examples(max_examples=examples(6), deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5631), st.binary(min_size=1, max_size=8)), max_size=8))
def test_no_damage_of_an_old_workbook_ends_the_reader(
    tmp_path_factory: pytest.TempPathFactory, damages: list[tuple[int, bytes]]
) -> None:
    content = bytearray(OLD_BOOK.read_bytes())
    for place, damage in damages:
        content[place : place + len(damage)] = damage
    path = tmp_path_factory.getbasetemp() / "damaged.xls"
    path.write_bytes(content)
    assert outcomes(path, Source("xlsx"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 4096,
        os.urandom(9000),
        b"x" * 600 + "EncryptedPackage".encode("utf-16-le"),
        OLD_BOOK.read_bytes()[8:3000],
    ],
)
def test_what_only_begins_like_an_old_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(_OLE + content)
    assert outcomes(path, Source("xlsx")) == [(0, "UNREADABLE_FILE")]


def test_an_old_workbook_with_a_cell_in_every_last_corner_takes_no_memory() -> None:
    path = OLD_BOOK.with_name("old-corners.xls")
    assert outcomes(path, Source("xlsx")) == [(0, "UNREADABLE_FILE")]
    assert peak_memory_mb(path, Source("xlsx")) < MEMORY_LIMIT_MB


def test_areas_merged_side_by_side_do_not_fill_every_row(tmp_path: Path) -> None:
    areas = "".join(f'<mergeCell ref="A{n}:A1048576"/>' for n in range(2, 1000))
    rows = inline("a", "b") + inline("1", "2") * 1000
    path = workbook(tmp_path / "merged.xlsx", rows)
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = parts["xl/worksheets/a.xml"].replace(b"</sheetData>", b"</sheetData>" + areas.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, content in parts.items():
            book.writestr(name, sheet if name == "xl/worksheets/a.xml" else content)
    assert outcomes(path, Source("xlsx"))[-1] == (1001, "row")


def test_an_error_nobody_foresaw_is_a_refusal_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> Iterator[SourceRow]:
        yield SourceRow(2, {"A": "1"})
        raise ZeroDivisionError

    monkeypatch.setattr(reader, "csv_rows", broken)
    path = tmp_path / "file"
    path.write_text("A\n1\n")
    row_, refusal = reader.read(path, Source("csv"), frozenset())
    assert isinstance(row_, SourceRow)
    assert isinstance(refusal, Refusal)
    assert (refusal.line, refusal.code) == (0, "UNREADABLE_FILE")
    assert "ZeroDivisionError" in str(refusal.detail)
    assert "line 2" in str(refusal.detail)


def test_one_poisoned_file_goes_to_failed_and_the_next_is_taken(
    watch: FolderWatcher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest = watcher.FolderWatcher._ingest

    def poisoned(self: FolderWatcher, path: Path, route: Route) -> None:
        if path.name == "a_poison.csv":
            raise RuntimeError("an error in the program")
        ingest(self, path, route)

    monkeypatch.setattr(watcher.FolderWatcher, "_ingest", poisoned)
    for name in ("a_poison.csv", "c_good.csv"):
        (folder / name).write_text(HEADER + row(1))
    watch.scan()
    assert {path.name for path in (folder / "failed").iterdir()} == {
        "a_poison.csv",
        "a_poison.csv.report.txt",
    }
    assert "an error in the program" in (folder / "failed/a_poison.csv.report.txt").read_text()
    assert (folder / "done/c_good.csv").exists()


# D2: a JSON array is read an element at a time, whatever its lines are.


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
@pytest.mark.parametrize("indent", [None, 1])
def test_a_json_array_of_any_size_on_one_line_is_read_whole(
    tmp_path: Path, encoding: str, indent: int | None
) -> None:
    path = tmp_path / "big.json"
    records = [{"serie": f"ñ{n}", "nota": "x" * 150} for n in range(40_000)]
    path.write_text(json.dumps(records, ensure_ascii=False, indent=indent), encoding=encoding)
    assert path.stat().st_size > MAX_LINE
    rows = list(reader.read(path, Source("json", encoding), frozenset()))
    assert [entry.row["serie"] for entry in rows if isinstance(entry, SourceRow)] == [
        record["serie"] for record in records
    ]


@given(st.lists(st.dictionaries(st.text(), st.integers() | st.text())), st.integers(1, 40))
def test_pieces_do_not_change_what_an_array_holds(
    records: list[dict[str, object]], size: int
) -> None:
    from producers.sources.json_reader import json_array

    text = json.dumps(records, ensure_ascii=False)
    pieces = (text[at : at + size] for at in range(0, len(text), size))
    assert [entry.row for entry in json_array(pieces) if isinstance(entry, SourceRow)] == records


def test_an_element_too_large_to_hold_fails_the_file_with_its_words(
    watch: FolderWatcher, folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "big.json"
    path.write_text(json.dumps([{"a": "1"}, {"a": "x" * (2 * MAX_LINE)}, {"a": "3"}]))
    first, refusal = reader.read(path, Source("json"), frozenset())
    assert isinstance(first, SourceRow)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "UNREADABLE_FILE"
    assert str(MAX_LINE) in str(refusal.detail)


@pytest.mark.parametrize(
    ("text", "word"),
    [('{"a": 1, "a": 2}', "twice"), ('{"a": NaN}', "NaN"), ('{"a": {"b": -Infinity}}', "Infinity")],
)
@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_json_of_two_meanings_is_refused_and_the_rest_goes_on(
    tmp_path: Path, name: str, text: str, word: str
) -> None:
    path = tmp_path / "file"
    path.write_text(f'[{text},\n{{"a": 3}}]' if name == "json" else f'{text}\n{{"a": 3}}\n')
    refusal, good = reader.read(path, Source(name), frozenset())
    assert isinstance(refusal, Refusal)
    assert (refusal.line, refusal.code) == (1, "BROKEN_LINE")
    assert word in str(refusal.detail)
    assert good == SourceRow(2, {"a": 3})


# D3: memory and time are bounded, in every format.


def test_a_row_larger_than_memory_allows_is_refused_alone(tmp_path: Path) -> None:
    text = random.Random(1).randbytes(37_000).hex()  # what is all alike is refused as a zip bomb

    def rows() -> Iterator[str]:
        yield inline("a", "b")
        yield "<row>"
        for _cell in range(600):
            yield f'<c t="inlineStr"><is><t>{text}\N{GRINNING FACE}</t></is></c>'
        yield "</row>"
        yield inline("1", "2")

    path = workbook(tmp_path / "rowmem.xlsx", rows())
    assert outcomes(path, Source("xlsx")) == [(2, "BROKEN_LINE"), (3, "row")]
    assert peak_memory_mb(path, Source("xlsx")) < MEMORY_LIMIT_MB


def test_text_runs_of_one_cell_count_towards_its_row(tmp_path: Path) -> None:
    runs = "".join(f"<r><t>{'x' * 100_000}</t></r>" for _run in range(60))
    rows = inline("a", "b") + f'<row><c t="inlineStr"><is>{runs}</is></c></row>' + inline("1", "2")
    path = workbook(tmp_path / "runs.xlsx", rows)
    assert outcomes(path, Source("xlsx")) == [(2, "BROKEN_LINE"), (3, "row")]


_UNLIKE = 0x9E3779B97F4A7C15F39CC0605CEDC8341082276BF3A27251F86C6A11D0C18E95
"""Makes texts that are not alike: what is all alike is refused as a zip bomb."""


def test_too_many_shared_texts_are_refused_before_they_fill_memory(tmp_path: Path) -> None:
    texts = (
        "".join(f"<si><t>{n * _UNLIKE % 2**256:064x}</t></si>" for n in range(at, at + 10_000))
        for at in range(0, 2_400_000, 10_000)
    )
    path = workbook(tmp_path / "sst.xlsx", inline("a", "b"), texts)
    assert outcomes(path, Source("xlsx")) == [(0, "UNREADABLE_FILE")]
    assert peak_memory_mb(path, Source("xlsx")) < MEMORY_LIMIT_MB


@pytest.mark.parametrize("later", ['"', "x"])
def test_open_quotes_over_long_lines_do_not_add_up(tmp_path: Path, later: str) -> None:
    """`later`: how the lines after the first begin; a quote there would close that of the first."""
    peaks = []
    for name, first in (("quotes.csv", '"'), ("plain.csv", "x")):
        path = tmp_path / name
        with path.open("w") as file:
            file.write("A,B\n")
            for line in range(70):
                file.write((later if line else first) + "x" * (MAX_LINE - 10) + "\n")
            file.write("1,2\n")
        peaks.append(peak_memory_mb(path, Source("csv")))
        if name == "quotes.csv":
            assert outcomes(path, Source("csv"))[-1] == (72, "row")
        path.unlink()
    with_quotes, without = peaks
    assert with_quotes < min(without + 170, MEMORY_LIMIT_MB), "a row holds MAX_LINE at most"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32"])
def test_the_same_line_rule_holds_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "file.csv"
    odd = "x\u0085y\u2028z\x0bw\x0cv"
    text = f"A,B\n{odd},1\n{'x' * (2 * MAX_LINE)},2\n3,4\r\n5,6"
    bom = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else b""
    path.write_bytes(bom + text.encode(encoding))
    rows = list(reader.read(path, Source("csv", encoding), frozenset({"A"})))
    assert [
        entry.row["A"] if isinstance(entry, SourceRow) else (entry.line, entry.code)
        for entry in rows
    ] == [odd, (3, "BROKEN_LINE"), "3", "5"]


def test_a_header_of_millions_of_columns_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(",".join(f"{n:x}" for n in range(600_000)) + "\n1,2\n")
    assert outcomes(path, Source("csv")) == [(1, "UNREADABLE_FILE")]


# D4: links are not followed, and what the watcher writes is its own.


def test_links_in_the_watched_folder_are_not_read(
    watch: FolderWatcher, folder: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(HEADER + row(1))
    (folder / "soft.csv").symlink_to(secret)
    os.link(secret, folder / "hard.csv")
    (folder / "good.csv").write_text(HEADER + row(2))
    watch.scan()
    watch.scan()
    assert [file.name for file in handled] == ["good.csv"]
    assert secret.read_text() == HEADER + row(1)


def test_a_file_that_becomes_a_link_after_the_look_is_not_read(tmp_path: Path) -> None:
    secret, link = tmp_path / "secret", tmp_path / "link"
    secret.write_text("A\nsecret\n")
    link.symlink_to(secret)
    (refusal,) = reader.read(link, Source("csv", follows_links=False), frozenset())
    assert isinstance(refusal, Refusal)
    assert refusal.code == "UNREADABLE_FILE"


def test_what_the_watcher_writes_is_readable_by_its_user_alone(
    watch: FolderWatcher, folder: Path
) -> None:
    former = os.umask(0)
    try:
        (folder / "a.csv").write_text(HEADER + row(1) + "x\n")
        watch.scan()
    finally:
        os.umask(former)
    assert stat.S_IMODE((folder / "done").stat().st_mode) == 0o700
    files = list((folder / "done").iterdir())
    assert len(files) == 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_a_link_in_the_way_of_the_copy_of_refused_rows_is_not_written_through(
    tmp_path: Path,
) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / ".a.refused.csv.part").symlink_to(victim)
    source = tmp_path / "a.csv"
    source.write_text("A,B\n1\n")
    rejected = rejected_rows.RejectedRows(source, Source("csv"), frozenset(), frozenset({0}))
    copy = rejected_rows.write_rejected_rows(rejected, tmp_path / "a.refused")
    assert copy is not None
    assert copy.read_text() == "A,B\n1\n"
    assert victim.read_text() == "mine"


def test_a_link_in_place_of_done_stops_the_watcher_with_words(
    watch: FolderWatcher, folder: Path, tmp_path: Path
) -> None:
    (folder / "done").rmdir()
    (folder / "done").symlink_to(tmp_path)
    (folder / "a.csv").write_text(HEADER + row(1))
    with pytest.raises(OSError, match="done"):
        watch.scan()
    assert not (tmp_path / "a.csv").exists()


def test_the_copy_of_refused_rows_is_the_sender_s_own_and_guides_say_so(tmp_path: Path) -> None:
    """D5: a quoted formula would not be the row that was sent; whoever mends it must know."""
    source = tmp_path / "a.csv"
    source.write_text("A,B\n=cmd|' /C calc'!A0,1\n")
    rejected = rejected_rows.RejectedRows(source, Source("csv"), frozenset(), frozenset({0}))
    copy = rejected_rows.write_rejected_rows(rejected, tmp_path / "a.refused")
    assert copy is not None
    assert copy.read_bytes() == source.read_bytes()
    docs = Path(__file__).parents[2] / "docs"
    for guide, word in (("national-system.md", "formulas"), ("es/sistema-nacional.md", "fórmulas")):
        assert word in (docs / guide).read_text(encoding="utf-8")
