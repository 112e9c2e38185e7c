"""Files of a scenario taken apart into rows and written again: in chunks, in another order, every row twice."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from producers.mapping import load


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of one node. `rows`: lists under `header` (CSV), or objects (JSON, JSON lines)."""

    name: str
    node: str
    mapping: str
    corrections: bool
    header: list[str]
    rows: list[Any]

    def with_rows(self, rows: Sequence[Any], name: str = "") -> Sheet:
        """The same file with these rows."""
        return replace(self, rows=list(rows), name=name or self.name)

    def write(self, folder: Path) -> Path:
        """As the national system writes it."""
        source, path = load(self.mapping).source, folder / self.name
        if source.format == "csv":
            text = _csv([self.header, *self.rows], source.separator or ",")
        elif source.format == "jsonl":
            text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in self.rows)
        else:
            text = json.dumps(self.rows, ensure_ascii=False)
        path.write_bytes(text.encode(source.encoding))
        return path


def sheets(folder: Path) -> list[Sheet]:
    """All files of a scenario, corrections last."""
    manifest = json.loads((folder / "scenario.json").read_text(encoding="utf-8"))
    return [_read(folder / one["file"], one) for one in manifest["files"]]


def chunks(sheet: Sheet, size: int) -> Iterator[Sheet]:
    """The file as many small ones, in its order."""
    stem, dot, ending = sheet.name.rpartition(".")
    for start in range(0, len(sheet.rows), size):
        yield sheet.with_rows(sheet.rows[start : start + size], f"{stem}-{start:07}{dot}{ending}")


def _read(path: Path, listed: dict[str, Any]) -> Sheet:
    source = load(listed["mapping"]).source
    text = path.read_text(encoding=source.encoding)
    header: list[str] = []
    if source.format == "csv":
        header, *rows = csv.reader(io.StringIO(text), delimiter=source.separator or ",")
    elif source.format == "jsonl":
        rows = [json.loads(line) for line in text.splitlines()]
    else:
        rows = json.loads(text)
    return Sheet(path.name, listed["node"], listed["mapping"], listed["kind"] == "corrections", header, rows)


def _csv(rows: Sequence[Sequence[str]], separator: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(rows)
    return out.getvalue()
