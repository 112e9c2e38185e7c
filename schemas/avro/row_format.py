"""Read a log format as rows: tuples of the columns that a table wants, without a dictionary each.

A column is a path of field names from the record ("envelope.id"). With `rows`, the name of an
array of records, there is one row an item of it; columns of the items begin with that name
("rows.key"), all others are the same in every row.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from schemas.avro.codec import HEADER_BYTES, Format, Record
from schemas.avro.reader_compiler import UNREADABLE, ReaderCompiler, ReadRecord
from schemas.errors import BrokenFormatError

Row = tuple[Any, ...]
T = TypeVar("T")


class RowFormat:
    """Read one format as rows of these columns. Threads may share it.

    `repeated`: first and last field of stretches that are often the same from one row to the next.
    Where their bytes are those of the row before, so are their values, which are taken from there:
    so rows may share a list. `tables`: for columns of the items that may be null while their value
    is in an array of the record, the array's column and that of the index.
    """

    def __init__(
        self,
        format_: Format[Record],
        columns: Sequence[str],
        rows: str = "",
        repeated: Sequence[tuple[str, str]] = (),
        tables: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        """Keep the columns; `rows` names the array that gives a row an item."""
        self._format = format_
        self._columns = tuple(columns)
        self._rows = rows
        self._repeated = repeated
        self._tables = tables or {}

    def read(self, data: bytes) -> list[Row]:
        """Return the rows in framed bytes.

        Raises UnknownFormatError for another schema's frame, BrokenFormatError for anything else.
        """
        if self._compiled is not None and data[:HEADER_BYTES] == self._format.header:
            try:
                return self._compiled(data, HEADER_BYTES)  # type: ignore[no-any-return]
            except UNREADABLE:
                pass  # the format reads it, or says what is wrong
        return self._rows_of(self._format.read(data))

    @cached_property
    def _compiled(self) -> ReadRecord | None:
        compiler = _RowCompiler(self._columns, self._rows, self._repeated, self._tables)
        return compiler.compile(self._format.plain_definition)

    def _rows_of(self, record: Record) -> list[Row]:
        if not self._rows:
            return [tuple(self._value(record, column) for column in self._columns)]
        return [
            tuple(self._value({**record, self._rows: item}, column) for column in self._columns)
            for item in record[self._rows]
        ]

    def _value(self, record: Record, column: str) -> Any:
        if column in self._tables:
            values, index = self._tables[column]
            number = _value(record, index)
            if number is not None:
                return table_entry(_value(record, values), number)
        return _value(record, column)


def table_entry(values: Sequence[T], index: int) -> T:
    """Look up an entry of a message's table. Raises BrokenFormatError where there is none."""
    if not 0 <= index < len(values):
        raise BrokenFormatError(f"entry {index} of a table of {len(values)}")
    return values[index]


def _value(record: Record, column: str) -> Any:
    value: Any = record
    for name in column.split("."):
        value = value[name]
    return value


class _RowCompiler(ReaderCompiler):
    """Writes a function that gives rows. Records on the way to a column get no dictionary."""

    def __init__(
        self,
        columns: Sequence[str],
        rows: str,
        repeated: Sequence[tuple[str, str]],
        tables: Mapping[str, tuple[str, str]],
    ) -> None:
        super().__init__()
        self._tables = tables
        self._repeated = dict(repeated)
        self._columns, self._rows = columns, rows
        self._open_paths = {column.rpartition(".")[0] for column in columns} | {""}
        self._variable_of: dict[str, str] = {}

    def emit_result(self, definition: Any) -> str:
        """Write the lines that read the whole record; what the function returns."""
        self._write(1, "rows = []")
        self._emit_fields(definition, 1, "")
        if not self._rows:
            self._write(1, f"rows.append({self._row()})")
        return "rows"

    def _row(self) -> str:
        return f"({''.join(f'{self._variable_of[column]}, ' for column in self._columns)})"

    def _emit_fields(self, definition: Any, depth: int, path: str) -> None:
        self._learn(definition)
        fields = iter(definition["fields"])
        for field in fields:
            column = _joined(path, field)
            last = self._repeated.get(column)
            if last is None:
                self._emit_column(field["type"], depth, column)
            else:
                self._emit_repeated([field, *_until(last, path, fields)], depth, path)

    def _emit_repeated(self, fields: Sequence[Any], depth: int, path: str) -> None:
        """Write the lines that read these fields, or take them from a row with the same bytes."""

        def emit(inner: int) -> Sequence[str]:
            before = set(self._variable_of)
            for field in fields:
                self._emit_column(field["type"], inner, _joined(path, field))
            return [value for column, value in self._variable_of.items() if column not in before]

        self._emit_remembered(depth, emit)

    def _emit_look_ups(self, depth: int) -> None:
        """Write the lines that take values from tables; fastavro decides on a strange index."""
        for column, (values, index) in self._tables.items():
            number = self._variable_of[index]
            self._write(
                depth,
                f"if {number} is not None:",
                f"    if {number} < 0: raise UnusualBytesError",
                f"    {self._variable_of[column]} = {self._variable_of[values]}[{number}]",
            )

    def _emit_column(self, type_: Any, depth: int, path: str) -> None:
        kind = type_.get("type") if isinstance(type_, dict) else None
        if path == self._rows and kind == "array":
            for inner in self._blocks("item", depth):
                self._emit_fields(type_["items"], inner, path)
                self._emit_look_ups(inner)
                self._write(inner, f"rows.append({self._row()})")
        elif kind == "record" and path in self._open_paths:
            self._emit_fields(type_, depth, path)
        else:
            self._variable_of[path] = self.emit(type_, depth)


def _joined(path: str, field: Any) -> str:
    return f"{path}.{field['name']}".lstrip(".")


def _until(last: str, path: str, fields: Iterator[Any]) -> Iterator[Any]:
    """Yield the next fields, including the one called `last`."""
    for field in fields:
        yield field
        if _joined(path, field) == last:
            return
