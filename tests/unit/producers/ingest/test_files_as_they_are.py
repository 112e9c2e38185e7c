"""What a node makes of a file with several shapes, footers and titles, and what its report says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from infra.settings import load
from producers.cli.mapping import mapping_group
from producers.folder_watch.watcher import FolderWatcher, ProcessedFile, Route
from producers.ingest.report import RunReport
from producers.mapping.loader import load_file_mapping
from producers.node import CountryNode
from tests.support.node import MAPPING, NODE, offline

HEAD, _FIELDS, TAIL = MAPPING.partition("[fields]")
CONTENT = """Registro de armas;;;;;
REF;MAKE;SERIAL;STATUS;DATE;NOTE
R-1;GLOCK;ABC000001;stolen;02/03/2018;
R-2;TAURUS;ABC000002;pending;02/03/2018;
R-3;GLOCK;ABC000003;seized;02/03/2018;
R-4;GLOCK;ABC000004;seized;32/03/2018;
TOTAL;;;;;4
Fuente: institución inventada;;;;;
"""


def mapping_file(folder: Path, status: str, footers: str = "refuse") -> str:
    path = folder / f"{status}.toml"
    rows = f'[rows]\nwhen = {{ column = "STATUS", in = ["{status}", ""] }}\nfooters = "{footers}"\n'
    text = f"{HEAD}{rows}[fields]{TAIL}".replace('separator = ","', 'separator = ";"')
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.fixture
def node(tmp_path: Path) -> Iterator[CountryNode]:
    with CountryNode(offline(tmp_path / "home"), NODE) as country:
        yield country


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "register.csv"
    path.write_text(CONTENT, encoding="utf-8")
    return path


def test_a_report_says_what_was_left_out(tmp_path: Path, node: CountryNode, register: Path) -> None:
    mapping = load_file_mapping(mapping_file(tmp_path, "stolen"), mapping_file(tmp_path, "seized"))
    report = node.ingest_file(register, mapping)
    assert report.ingested.sealed == 2
    refusals = [(refusal.line, refusal.code) for refusal in report.ingested.refusals]
    assert sorted(refusals) == [(6, "IMPOSSIBLE_DATE"), (7, "NO_RECORD"), (8, "NO_RECORD")]
    assert [(notice.code, notice.line) for notice in report.ingested.notices] == [
        ("ABOVE_HEADER", 1),
        ("ROWS_LEFT_OUT", 4),
    ]
    stored = json.loads(json.dumps(report.as_json()))
    again = RunReport.from_json(stored, node.outbox.path)
    assert again.ingested.notices == report.ingested.notices
    del stored["notices"]  # of an older release
    assert RunReport.from_json(stored, node.outbox.path).ingested.notices == []


def test_footers_that_the_mapping_leaves_out_are_counted(
    tmp_path: Path, node: CountryNode, register: Path
) -> None:
    mapping = load_file_mapping(mapping_file(tmp_path, "stolen", "leave_out"))
    report = node.ingest_file(register, mapping)
    assert report.ingested.refusals == []
    notice = report.ingested.notices[-1]
    assert (notice.code, str(notice.detail)) == ("FOOTERS_LEFT_OUT", "2 rows: 7, 8")


def test_refused_rows_of_several_mappings_are_copied_as_they_stand(
    tmp_path: Path, node: CountryNode, register: Path
) -> None:
    names = mapping_file(tmp_path, "stolen"), mapping_file(tmp_path, "seized", "leave_out")
    folder = tmp_path / "drop"
    folder.mkdir()
    moved: list[ProcessedFile] = []
    watch = FolderWatcher(
        node,
        folder,
        [Route("*", load_file_mapping(*names))],
        moved.append,
        lambda report: "",
        settled_s=0,
    )
    watch.begin()
    (folder / "register.csv").write_text(CONTENT, encoding="utf-8")
    watch.scan()
    (file,) = moved
    assert file.refused is not None
    assert file.refused.read_text(encoding="utf-8").splitlines()[2:] == CONTENT.splitlines()[5:]


def check(tmp_path: Path, path: Path, *options: str) -> tuple[int, str]:
    done = CliRunner().invoke(
        mapping_group,
        ["check", str(path), *options],
        obj=load({"QUIPU_HOME": str(tmp_path / "home"), "QUIPU_LANG": "es"}),
        env={"COLUMNS": "200"},
    )
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_mapping_check_takes_several_mappings_and_says_what_is_left_out(
    tmp_path: Path, register: Path
) -> None:
    options = ["--mapping", mapping_file(tmp_path, "stolen", "leave_out")]
    code, output = check(tmp_path, register, *options)
    assert code == 0
    for word in ("ROWS_LEFT_OUT", "FOOTERS_LEFT_OUT", "ABOVE_HEADER", "pending (1)"):
        assert word in output
    options += ["--mapping", mapping_file(tmp_path, "seized", "leave_out"), "--json"]
    code, output = check(tmp_path, register, *options)
    contents = json.loads(output)
    assert [content["good"] for content in contents] == [1, 1]
    assert code == 1
    assert {notice["code"] for notice in contents[0]["notices"]} == {
        "ABOVE_HEADER",
        "FOOTERS_LEFT_OUT",
        "ROWS_LEFT_OUT",
    }
