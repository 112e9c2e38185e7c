"""Read a list into columns of text: CSV, XLSX or Parquet.

CSV and XLSX are read by the readers of national files, which know their encodings, separators and
titles. A row that cannot be read is left out, and `on_refusal` hears of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from infra.errors import QuipuError
from infra.system_errors import reason_of
from producers.model import Refusal, SourceRow
from producers.sources.encoding import guess_encoding
from producers.sources.format import Source
from producers.sources.reader import read
from schemas.i18n import _

CHUNK = 50_000
Columns = Mapping[str, pa.ChunkedArray]
OnRefusal = Callable[[Refusal], None]
OnRows = Callable[[int], None]


class ListUnreadableError(QuipuError):
    """A list cannot be read at all."""

    code = "LIST_UNREADABLE"


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list: its columns as text, and the line of each row."""

    columns: Columns
    lines: pa.ChunkedArray

    @property
    def headings(self) -> list[str]:
        """The headings, in the order of the file."""
        return list(self.columns)


def read_list(path: Path, on_refusal: OnRefusal, on_rows: OnRows) -> ReadList:
    """Read a list by the ending of its name. Raises ListUnreadableError."""
    if path.suffix.lower() == ".parquet":
        return _read_parquet(path)
    source = _source_of(path)
    if source.format == "csv" and (plain := _read_plain_csv(path)) is not None:
        return plain
    rows = read(path, source, frozenset())
    chunks = _Chunks()
    for row in rows:
        if isinstance(row, Refusal):
            if row.line == 0:
                raise _unreadable(path, row)
            on_refusal(row)
            continue
        chunks.add(row)
        if chunks.rows % CHUNK == 0:
            on_rows(chunks.rows)
    on_rows(chunks.rows)
    return chunks.finish()


def _read_plain_csv(path: Path) -> ReadList | None:
    """Read a CSV file that Arrow can read as it is, at once; None for all others.

    That is UTF-8 with commas or semicolons, headings in the first line, and no line of another
    width: other files are left to the reader that copes with them.
    """
    with path.open("rb") as file:
        head = file.readline(1 << 20)
    delimiter = ";" if head.count(b";") > head.count(b",") else ","
    headings = head.decode("utf-8-sig", "replace").strip().split(delimiter)
    clean = [heading.strip(' "') for heading in headings]
    if len(clean) < 2 or not all(clean) or len(set(clean)) < len(clean):
        return None
    text = pa_csv.ConvertOptions(
        column_types=dict.fromkeys(clean, pa.string()), strings_can_be_null=False
    )
    options = pa_csv.ReadOptions(column_names=clean, skip_rows=1)
    try:
        table = pa_csv.read_csv(path, options, pa_csv.ParseOptions(delimiter=delimiter), text)
    except pa.ArrowException:
        return None
    lines = _numbers_from(2, len(table))
    columns = {name: table.column(name) for name in table.column_names}
    return ReadList(columns, pa.chunked_array([lines])) if len(table) else None


def _numbers_from(first: int, count: int) -> pa.Array:
    numbers = pa.py_buffer(np.arange(first, first + count, dtype=np.int64))
    return pc.cast(pa.Array.from_buffers(pa.int64(), count, [None, numbers]), pa.string())


def _source_of(path: Path) -> Source:
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        return Source("xlsx")
    try:
        with path.open("rb") as file:
            return Source("csv", guess_encoding(file.read(1 << 20)))
    except OSError as error:
        raise ListUnreadableError(
            _("{path} cannot be read ({reason}).", path=path, reason=reason_of(error)),
            _("Give the path of a file that is there and that you may read."),
        ) from error


def _unreadable(path: Path, refusal: Refusal) -> ListUnreadableError:
    return ListUnreadableError(
        _("{path} cannot be read: {detail}.", path=path, detail=refusal.detail or refusal.code),
        _("Save it as CSV in UTF-8, as XLSX or as Parquet, with headings in one row."),
    )


class _Chunks:
    """Gather rows into Arrow columns, so that only one piece is held as Python values."""

    def __init__(self) -> None:
        self.rows = 0
        self._pending: dict[str, list[str]] = {}
        self._done: dict[str, list[pa.Array]] = {}
        self._lines: list[int] = []
        self._line_chunks: list[pa.Array] = []

    def add(self, row: SourceRow) -> None:
        """Add one row; a column that it lacks is empty."""
        at = len(self._lines)
        for name, value in row.row.items():
            column = self._pending.get(name)
            if column is None:
                column = self._pending[name] = []
                self._done.setdefault(name, [pa.array([""] * (self.rows - at), pa.string())])
            if len(column) < at:
                column.extend([""] * (at - len(column)))
            column.append("" if value is None else str(value))
        self._lines.append(row.number)
        self.rows += 1
        if len(self._lines) == CHUNK:
            self._flush()

    def _flush(self) -> None:
        for name, column in self._pending.items():
            column.extend([""] * (len(self._lines) - len(column)))
            self._done[name].append(pa.array(column, pa.string()))
            self._pending[name] = []
        self._line_chunks.append(pa.array([str(line) for line in self._lines], pa.string()))
        self._lines = []

    def finish(self) -> ReadList:
        """Return all rows that were added, as columns."""
        self._flush()
        columns = {
            name: pa.chunked_array(chunks, pa.string()) for name, chunks in self._done.items()
        }
        return ReadList(columns, pa.chunked_array(self._line_chunks, pa.string()))


def _read_parquet(path: Path) -> ReadList:
    try:
        table = pq.read_table(path)
        columns = {name: _as_text(table.column(name)) for name in table.column_names}
    except (OSError, pa.ArrowException) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise ListUnreadableError(
            _("{path} cannot be read ({reason}).", path=path, reason=reason),
            _("Give the path of a file that is there and that you may read."),
        ) from error
    return ReadList(columns, pa.chunked_array([_numbers_from(1, len(table))]))


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_date(column.type) or pa.types.is_timestamp(column.type):
        column = pc.strftime(column, format="%Y-%m-%d")
    return pc.fill_null(column.cast(pa.string()), "")
