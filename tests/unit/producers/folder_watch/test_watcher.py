"""The watched folder without Kafka: a file that stopped growing is taken in once, whatever happens;
what was refused can be mended.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from infra.data_folder import write_atomically
from infra.settings import Settings
from producers.cli.watch import report_text
from producers.folder_watch import watcher
from producers.folder_watch.watcher import FolderWatcher, ProcessedFile, Route
from producers.mapping import loader
from producers.mapping.mapping import RowMapping
from producers.node import CountryNode
from producers.outbox import verdicts
from schemas.model import Cord
from tests.support.node import HEADER, MAPPING, NODE, offline, row, weapons
from tests.support.receipts import receipt_record


class Desk:
    """A watched folder whose clock the test turns."""

    def __init__(self, node: CountryNode, home: Path, routes: list[Route] | None = None) -> None:
        self.node, self.folder, self.now, self.handled = (
            node,
            home / "drop",
            0.0,
            list[ProcessedFile](),
        )
        self.folder.mkdir(exist_ok=True)
        self.watch = self.opened(routes or [Route("*", weapons(home))])

    def opened(self, routes: list[Route]) -> FolderWatcher:
        folder_watcher = FolderWatcher(
            self.node,
            self.folder,
            routes,
            self.handled.append,
            lambda report: report_text(report, "es"),
            3.0,
            lambda: self.now,
        )
        folder_watcher.begin()
        return folder_watcher

    def drop(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def settle(self, seconds: float = 4.0) -> None:
        self.watch.scan()
        self.now += seconds
        self.watch.scan()

    def items(self) -> int:
        return int(self.node.outbox.rows("SELECT count(*) FROM items")[0][0])

    def names(self, where: str = "") -> set[str]:
        return {path.name for path in (self.folder / where).iterdir() if path.is_file()}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return offline(tmp_path)


@pytest.fixture
def desk(settings: Settings, tmp_path: Path) -> Iterator[Desk]:
    with CountryNode(settings, NODE) as node:
        yield Desk(node, tmp_path)


def lines(*rows: str) -> str:
    return HEADER + "".join(rows)


def test_a_file_is_taken_only_when_it_has_stopped_growing(desk: Desk) -> None:
    path = desk.drop("a.csv", lines(row(1)))
    desk.drop(".hidden.csv", lines(row(8)))
    desk.drop("b.csv.part", lines(row(9)))
    desk.watch.scan()
    desk.now += 2
    with path.open("a") as file:
        file.write(row(2))
    desk.watch.scan()
    desk.now += 2
    assert (desk.watch.scan(), desk.items()) == (1, 0)
    desk.now += 2
    assert (desk.watch.scan(), desk.items()) == (0, 2)
    assert desk.names("done") == {"a.csv", "a.csv.report.json", "a.csv.report.txt"}
    assert desk.names() == {".hidden.csv", "b.csv.part"}


def test_refused_rows_are_written_out_and_can_be_mended_and_dropped_in_again(desk: Desk) -> None:
    bad = (
        row(2, date="31/02/2018"),
        'R-3,"GLOCK, new\n line",A3,vanished,02/03/2018,\n',
        "R-4,short\n",
        row(1, serial="OTHER"),
    )
    desk.drop("a.csv", "\ufeff" + lines(row(1), *bad, row(5)))
    desk.settle()
    mend = desk.folder / "done" / "a.csv.refused.csv"
    assert mend.read_text(encoding="utf-8") == "\ufeff" + lines(*bad)
    answer = json.loads((desk.folder / "done" / "a.csv.report.json").read_text())
    assert (answer["rows"], answer["counts"]["refused"], answer["counts"]["unanswered"]) == (
        6,
        4,
        2,
    )
    assert "IMPOSSIBLE_DATE" in (desk.folder / "done" / "a.csv.report.txt").read_text()
    mended = (
        mend.read_text(encoding="utf-8")
        .replace("31/02", "28/02")
        .replace("vanished", "lost")
        .replace("R-4,short", row(4).strip())
    )
    desk.drop("a.csv", mended.replace("R-1,", "R-10,"))
    desk.settle()
    assert desk.items() == 6
    assert {"a.csv", "a~2.csv", "a~2.csv.report.json"} <= desk.names("done")
    assert "a~2.csv.refused.csv" not in desk.names("done")


def mapped(tmp_path: Path, source: str) -> RowMapping:
    path = tmp_path / "other.toml"
    path.write_text(MAPPING.replace('format = "csv"\nseparator = ","', source), encoding="utf-8")
    return loader.load_mapping(str(path))


def entry(number: int, status: str = "lost") -> dict[str, str]:
    return {
        "REF": f"R-{number}",
        "MAKE": "GLOCK",
        "SERIAL": f"Ñ{number}",
        "STATUS": status,
        "DATE": "02/03/2018",
        "NOTE": "",
    }


def test_refused_rows_keep_the_form_of_their_file(desk: Desk, tmp_path: Path) -> None:
    good, bad = entry(1), entry(2, "vanished")
    as_lines = "".join(json.dumps(texts, ensure_ascii=False) + "\n" for texts in (good, bad))
    cases: dict[str, tuple[str, bytes, Callable[[str], bool]]] = {
        "minified.json": (
            'format = "json"',
            json.dumps([good, bad]).encode(),
            lambda text: json.loads(text) == [bad],
        ),
        "wrapped.json": (
            'format = "json"\nrows = "data.items"',
            json.dumps({"data": {"items": [bad, good]}}).encode(),
            lambda text: json.loads(text) == {"data": {"items": [bad]}},
        ),
        "rows.jsonl": (
            'format = "jsonl"',
            as_lines.encode(),
            lambda text: [json.loads(line) for line in text.splitlines()] == [bad],
        ),
        "wide.csv": (
            'format = "csv"',
            lines(row(3), row(4, status="ñ")).encode("utf-16"),
            lambda text: text[1:] == lines(row(4, status="ñ")),
        ),
    }
    for name, (source, content, fits) in cases.items():
        desk.watch = desk.opened([Route(name, mapped(tmp_path, source))])
        desk.drop(name, content)
        desk.settle()
        [path] = (desk.folder / "done").glob(f"{name}.refused.*")
        assert path.suffix == f".{name.rpartition('.')[2]}"
        assert fits(path.read_text(encoding="utf-8")), name
        desk.drop(name, path.read_bytes())  # what was written can be read again
        desk.settle()
        assert desk.handled[-1].report.counts()["refused"] == 1
        assert not desk.handled[-1].reason


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EMPTY_FILE"),
        (b"A,B\n1,2\n", "UNREADABLE_FILE"),
        (b"REF,\xff\xfe\x00\n", "UNREADABLE_FILE"),
        (HEADER.encode(), "EMPTY_FILE"),
    ],
)
def test_what_cannot_be_read_goes_to_failed_with_its_reason(
    desk: Desk, content: bytes, code: str
) -> None:
    desk.drop("a.csv", content)
    desk.settle(61)
    assert desk.names("failed") == {"a.csv", "a.csv.report.json", "a.csv.report.txt"}
    assert desk.handled[0].reason in (code, "BAD_ENCODING")
    assert desk.handled[0].reason in (desk.folder / "failed" / "a.csv.report.txt").read_text()


def test_each_name_has_its_mapping_and_may_be_of_corrections(desk: Desk, tmp_path: Path) -> None:
    how = weapons(tmp_path)
    desk.watch = desk.opened([Route("mod-*.csv", how, "WRONG"), Route("armas-*.csv", how)])
    desk.drop("armas-1.csv", lines(row(1)))
    desk.settle()
    desk.drop("mod-1.csv", lines(row(1, serial="B2222")))
    desk.drop("other.csv", lines(row(7)))
    desk.settle()
    assert desk.names() == {"other.csv"}
    assert desk.node.outbox.rows(
        "SELECT count(DISTINCT id), count(DISTINCT version) FROM items"
    ) == [(1, 2)]


class Killed(BaseException):
    """As if the process had ended here."""


@pytest.mark.parametrize("where", ["write_rejected_rows", "report.txt", "report.json", "replace"])
def test_ended_anywhere_it_ends_in_the_same_and_nothing_is_doubled(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    desk.drop("a.csv", lines(*(row(n) for n in range(30)), row(40, status="vanished")))
    real_write, real_replace = write_atomically, Path.replace

    def write(path: Path, text: str) -> None:
        if path.name.endswith(where):
            raise Killed
        real_write(path, text)

    def replace(path: Path, target: Path) -> Path:
        if path.name == "a.csv":
            raise Killed
        return real_replace(path, target)

    def refuse(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(watcher, "write_atomically", write)
        if where == "write_rejected_rows":
            patched.setattr(watcher, "write_rejected_rows", refuse)
        if where == "replace":
            patched.setattr(Path, "replace", replace)
        desk.settle()
    assert "a.csv" in desk.names()
    desk.watch = desk.opened(list(desk.watch.routes))
    desk.settle()
    assert desk.items() == 30
    assert desk.names("done") == {
        "a.csv",
        "a.csv.report.json",
        "a.csv.report.txt",
        "a.csv.refused.csv",
    }
    assert desk.names() == set()


def test_a_file_that_changes_while_it_is_read_is_read_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.drop("a.csv", lines(row(1)))
    take = desk.node.ingest_file

    def meanwhile(*output: object) -> object:
        report = take(*output)  # type: ignore[arg-type]
        with path.open("a") as file:
            file.write(row(2))
        os.utime(path, (1, 1))
        return report

    with monkeypatch.context() as patched:
        patched.setattr(desk.node, "ingest_file", meanwhile)
        desk.settle()
    assert desk.names() == {"a.csv"}
    desk.settle()
    assert (desk.items(), desk.names()) == (2, set())


def test_a_report_is_filled_in_as_answers_come_also_after_a_restart(desk: Desk) -> None:
    desk.drop("a.csv", lines(row(1), row(2), row(3, status="vanished")))
    desk.settle()
    items = [
        {
            "index": index,
            "id": id_,
            "version": version,
            "verdict": verdict,
            "code": code,
            "field": "",
        }
        for (index, id_, version), (verdict, code) in zip(
            desk.node.outbox.rows("SELECT item, id, version FROM items"),
            [("accepted", ""), ("rejected", "UNKNOWN_CODE")],
            strict=True,
        )
    ]
    receipt = receipt_record(Cord(NODE, "routine", 1), 0, items)
    verdicts.apply_receipts(desk.node.outbox, [receipt], {})
    desk.watch = desk.opened(list(desk.watch.routes))
    desk.watch.update_reports(now=True)
    answer = json.loads((desk.folder / "done" / "a.csv.report.json").read_text())
    assert {name: count for name, count in answer["counts"].items() if count} == {
        "accepted": 1,
        "refused": 1,
        "rejected": 1,
    }
    assert [(item["line"], item["code"]) for item in answer["items"]] == [
        (4, "UNKNOWN_CODE"),
        (3, "UNKNOWN_CODE"),
    ]
    assert desk.watch._open == []
