"""Files of a scenario taken apart into rows and written again: in chunks, in another order, every
row twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from producers.mapping.columns import getter_for_format
from producers.mapping.loader import load_mapping
from producers.model import Refusal
from producers.scenario.files.formats import writer
from producers.sources import reader as sources


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of one node: its rows as lists under `header` (in JSON and XML, paths to the values)."""

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
        source, path = load_mapping(self.mapping).source, folder / self.name
        with ExitStack() as stack:
            result = writer(
                path,
                source.format,
                self.header,
                stack,
                source.encoding,
                source.separator or ",",
                source.rows or "",
            )
            for row in self.rows:
                result.write(row)
            result.end()
        return path


def sheets(folder: Path) -> list[Sheet]:
    """All files of a scenario, corrections last."""
    manifest = json.loads((folder / "scenario.json").read_text(encoding="utf-8"))
    return [_read(folder / file["file"], file) for file in manifest["files"]]


def chunks(sheet: Sheet, size: int) -> Iterator[Sheet]:
    """The file as many small ones, in its order."""
    stem, dot, ending = sheet.name.rpartition(".")
    for start in range(0, len(sheet.rows), size):
        yield sheet.with_rows(sheet.rows[start : start + size], f"{stem}-{start:07}{dot}{ending}")


def _read(path: Path, listed: dict[str, Any]) -> Sheet:
    reader = load_mapping(listed["mapping"])
    header = sorted(reader.columns)
    cells = [getter_for_format(reader.source.format)(column) for column in header]
    rows = []
    for line in sources.read(path, reader.source, reader.columns):
        assert not isinstance(line, Refusal), line
        if reader.leaves_out_footers and reader.refuse_no_record(line.row, line.number):
            continue
        rows.append([str(cell(line.row) or "") for cell in cells])
    return Sheet(
        path.name, listed["node"], listed["mapping"], listed["kind"] == "corrections", header, rows
    )
