"""Inspect a file: its format, encoding, separator and header, and the values of its columns."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from infra.system_errors import reason_of
from producers.errors import MappingError, bad_mapping
from producers.mapping.row_selection import describe_footer
from producers.mapping.suggest import value_kinds as kinds
from producers.mapping.suggest.file_shape import (
    RowShapes,
    has_second_header,
    row_shapes,
    xml_row_path,
)
from producers.mapping.suggest.similarity import stems
from producers.mapping.values import to_text
from producers.model import Notice, Refusal, SourceRow
from producers.sources.csv_dialect import detect_dialect, split_header
from producers.sources.encoding import guess_encoding
from producers.sources.format import ALL_SHEETS, Source
from producers.sources.reader import read
from producers.sources.rows import HEADER_SEARCH_ROWS, FileRefusedError
from producers.sources.table_header import (
    Header,
    NumberedRows,
    looks_without_header,
    note_titles,
)
from producers.sources.xlsx_reader import open_workbook
from producers.sources.xml_parser import SafeParser, chunks, local_name
from schemas.i18n import UserMessage, _

MAX_ROWS_INSPECTED = 5000
MAX_CODED_VALUES = 60  # distinct values that are given codes
_HEAD = 1 << 18
_XML_LEVELS = 3  # in which rows are looked for
_MARKS = {"xml": "/", "json": ".", "jsonl": "."}


@dataclass(eq=False)
class ColumnProfile:
    """A column and its values.

    `values` are those of the inspected rows that are not empty. `within` is the list that it is in,
    or "".
    """

    name: str
    within: str = ""
    values: list[str] = field(default_factory=list)

    @cached_property
    def distinct(self) -> list[str]:
        """Each value once, the commonest first."""
        return [value for value, _ in Counter(self.values).most_common()]

    @cached_property
    def stems(self) -> frozenset[str]:
        """The words of its name, of the list's where it is the element itself."""
        return stems(self.within if self.name == "." else self.name)

    @cached_property
    def dates(self) -> kinds.Dates | None:
        """Detect the dates of the column."""
        return kinds.detect_dates(self.values, "fech" in self.stems)

    @cached_property
    def decimal_separator(self) -> str | None:
        """Detect the decimal separator of the column's numbers."""
        return kinds.detect_decimal_separator(self.distinct)

    @cached_property
    def has_amounts(self) -> bool:
        """Tell whether the values name a currency next to a number."""
        return kinds.are_amounts(self.distinct)

    @cached_property
    def _codes(self) -> dict[str, dict[str, kinds.CodeMatch | None]]:
        return {}

    def codes(self, code_list: str) -> dict[str, kinds.CodeMatch | None]:
        """Give the commonest values and the codes that they mean."""
        if code_list not in self._codes:
            self._codes[code_list] = kinds.match_codes(code_list, self.distinct[:MAX_CODED_VALUES])
        return self._codes[code_list]


@dataclass(frozen=True, slots=True)
class FileProfile:
    """What a file is.

    `source` is as in a mapping's [source]. `rows` is how many were inspected, `broken` how many of
    them could not be read. `notices` state what is left out or in doubt. `shapes` has the column
    that parts rows of several shapes. `footers` counts totals and notes, which are no rows.
    `titles` are the texts above the header.
    """

    source: Mapping[str, Any]
    columns: list[ColumnProfile]
    rows: int
    broken: int
    notices: Sequence[Notice] = ()
    shapes: RowShapes | None = None
    footers: int = 0
    titles: Sequence[str] = ()


def inspect(path: Path) -> FileProfile:
    """Raises MappingError for a file that cannot be read."""
    try:
        notices: list[Notice] = []
        titles: list[str] = []
        source = _source(path, notices, titles)
        rows, broken, footers = _rows(path, source, notices)
    except FileRefusedError as refused:
        raise _unreadable(path, refused.refusal.detail or _("it has no rows")) from refused
    except OSError as error:
        raise _unreadable(path, reason_of(error)) from error
    if not rows:
        raise _unreadable(path, _("it has no rows"))
    mark = _MARKS.get(source["format"])
    shapes = row_shapes(rows, is_table=mark is None)
    columns = _columns(rows, mark)
    return FileProfile(source, columns, len(rows), broken, notices, shapes, footers, titles)


def _unreadable(path: Path, detail: UserMessage | str) -> MappingError:
    return bad_mapping(path.name, detail)


def _source(path: Path, notices: list[Notice], titles: list[str]) -> dict[str, Any]:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _xlsx(path, notices, titles)
    encoding = guess_encoding(head)
    declared = {} if encoding == "utf-8" else {"encoding": encoding}
    plain = head.decode(encoding, "ignore").lstrip("\ufeff \r\n\t")
    if plain.startswith("<"):
        return {"format": "xml", "rows": _xml_path(path)}
    if plain.startswith("["):
        return {"format": "json", **declared}
    if plain.startswith("{"):
        first = plain.splitlines()[0]
        if _is_object(first) and not _is_one_report(plain):
            return {"format": "jsonl", **declared}
        return {"format": "json", **declared, "rows": _json_path(path, encoding)}
    lines = plain.splitlines()
    whole_lines = lines[:-1] if len(head) == _HEAD else lines
    return {"format": "csv", **declared, **_csv(whole_lines, notices, titles)}


def _is_one_report(text: str) -> bool:
    """Tell whether a file is one line with an array of objects in it: a report, and no record."""
    if len(text.splitlines()) > 1:
        return False
    content = json.loads(text)
    inner = [content, *(value for value in content.values() if isinstance(value, dict))]
    return any(
        isinstance(value, list) and len(value) > 1 and all(isinstance(item, dict) for item in value)
        for around in inner
        for value in around.values()
    )


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _json_path(path: Path, encoding: str) -> str:
    """Where the longest array of objects is in an object, two levels down at most."""
    try:
        whole = json.loads(path.read_text(encoding=encoding))
    except (ValueError, RecursionError) as error:
        raise _unreadable(path, _("is not JSON")) from error
    inner = [(name, value) for name, value in whole.items()]
    inner += [
        (f"{name}.{key}", inner_value)
        for name, value in whole.items()
        if isinstance(value, dict)
        for key, inner_value in value.items()
    ]
    arrays = [
        (len(value), name)
        for name, value in inner
        if isinstance(value, list) and value and isinstance(value[0], dict)
    ]
    if not arrays:
        raise _unreadable(path, _("there is no array of objects"))
    return str(max(arrays)[1])


def _xml_path(path: Path) -> str:
    """Find the elements that repeat; the root itself if none do."""
    names: list[str] = []
    counts, with_text = Counter[tuple[str, ...]](), set[tuple[str, ...]]()

    def start(name: str, _attributes: dict[str, str]) -> None:
        names.append(local_name(name))
        if len(names) <= _XML_LEVELS:
            counts[tuple(names)] += 1

    def text(characters: str) -> None:
        if len(names) <= _XML_LEVELS and characters.strip():
            with_text.add(tuple(names))

    def end(_name: str) -> None:
        names.pop()

    parser = SafeParser(start, end, text)
    with path.open("rb") as file:
        for data in chunks(file):
            parser.feed(data)
    return xml_row_path(counts, frozenset(with_text))


def _csv(whole_lines: list[str], notices: list[Notice], titles: list[str]) -> dict[str, Any]:
    """Describe a CSV file by its first lines; a header on the first line with text needs no row."""
    lines = [pair for pair in enumerate(whole_lines, start=1) if pair[1].strip()][:100]
    dialect = detect_dialect(lines)
    if dialect is None:
        return {}
    rows = [
        (number, dict(enumerate(cells)))
        for number, line in lines
        if (cells := split_header(line, dialect.delimiter)) is not None
    ]
    header = _header(rows, dialect.header_row, notices, titles)
    return {"separator": dialect.delimiter, **header}


def _header(
    rows: NumberedRows, header_row: int | None, notices: list[Notice], titles: list[str]
) -> dict[str, Any]:
    """Describe the header of a table with these first rows, and what stands above it."""
    if looks_without_header(rows):
        return {"header_rows": 0}
    if header_row is None or not rows:
        return {}
    described: dict[str, Any] = {}
    if header_row != rows[0][0]:
        described = {"header_row": header_row}
        note_titles(rows, Header({}, header_row, header_row), notices.append)
        titles += [
            str(cell) for number, cells in rows if number < header_row for cell in cells.values()
        ]
    return {**described, "header_rows": 2} if has_second_header(rows, header_row) else described


def _xlsx(path: Path, notices: list[Notice], titles: list[str]) -> dict[str, Any]:
    """Choose the sheet with most cells in its first rows, and its header; all if they are alike."""
    with path.open("rb") as file, open_workbook(file, lambda notice: None) as book:
        names = book.names
        heads = [
            list(islice(book.sheet(number).rows, HEADER_SEARCH_ROWS * 2))
            for number in range(len(names))
        ]
    best = max(range(len(names)), key=lambda at: sum(len(cells) for _, cells in heads[at]))
    header = _header_row(heads[best])
    return {
        "format": "xlsx",
        **_sheets(names, heads, best, notices),
        **_header(heads[best], header, notices, titles),
    }


def _header_row(rows: NumberedRows) -> int | None:
    """Choose the first row that is all text and about as wide as the widest."""
    widest = max((len(cells) for _number, cells in rows), default=0)
    return next(
        (
            number
            for number, cells in rows
            if len(cells) >= max(2, 0.6 * widest)
            and all(isinstance(cell, str) for cell in cells.values())
        ),
        None,
    )


def _sheets(
    names: Sequence[str], heads: Sequence[NumberedRows], best: int, notices: list[Notice]
) -> dict[str, Any]:
    """Name the sheets to read: the best one, or all if each with content has its header."""
    filled = [at for at, rows in enumerate(heads) if rows]
    if len(names) == 1 or not filled:
        return {}
    headers = [dict(heads[at]).get(_header_row(heads[at]) or 0, {}) for at in filled]
    if len(filled) > 1 and headers[0] and all(header == headers[0] for header in headers):
        return {"sheet": ALL_SHEETS}
    others = ", ".join(names[at] for at in filled if at != best)
    if others:
        notices.append(Notice(0, "SHEETS_LEFT_OUT", detail=_("sheets: {names}", names=others)))
    return {"sheet": names[best]}


def _rows(
    path: Path, source: Mapping[str, Any], notices: list[Notice]
) -> tuple[list[Mapping[str, Any]], int, int]:
    """Read the rows; count those that could not be read, and totals and notes of a table."""
    rows: list[Mapping[str, Any]] = []
    broken = footers = 0
    is_table = source["format"] not in _MARKS
    source_format = Source(**source)
    reading = read(path, source_format, frozenset(), notices.append)
    for row in islice(reading, MAX_ROWS_INSPECTED):
        if isinstance(row, SourceRow):
            if is_table and describe_footer(row.row) is not None:
                footers += 1
            else:
                rows.append(row.row)
        elif row.line == 0 or row.code == "UNREADABLE_FILE":
            raise FileRefusedError(row)
        else:
            broken += isinstance(row, Refusal)
    return rows, broken, footers


def _columns(rows: list[Mapping[str, Any]], mark: str | None) -> list[ColumnProfile]:
    if mark is None:
        columns = {name: ColumnProfile(name) for name in rows[0] if name}
        for row in rows:
            for name, column in columns.items():
                if (value := row.get(name)) is not None and (written := to_text(value)):
                    column.values.append(written)
        return list(columns.values())
    lists = {path for row in rows for path in _lists(row, "", mark)}
    nested: dict[tuple[str, str], ColumnProfile] = {}
    for row in rows:
        for within, name, value in _flat(row, "", "", mark, lists):
            nested.setdefault((within, name), ColumnProfile(name, within))
            if value is not None and (written := to_text(value)):
                nested[within, name].values.append(written)
    return list(nested.values())


def _lists(value: Mapping[str, Any], before: str, mark: str) -> Iterator[str]:
    """Paths at which several stand in some row."""
    for name, item in value.items():
        path = f"{before}{name}"
        if isinstance(item, list):
            yield path
        elif isinstance(item, Mapping):
            yield from _lists(item, f"{path}{mark}", mark)


def _flat(
    value: Mapping[str, Any], within: str, before: str, mark: str, lists: set[str]
) -> Iterator[tuple[str, str, Any]]:
    """(list, column, value); lists in lists are left alone."""
    for name, item in value.items():
        path = before.removesuffix(mark) if name == "." and before else f"{before}{name}"
        if path in lists and not within:
            for element in item if isinstance(item, list) else [item]:
                if isinstance(element, Mapping):
                    yield from _flat(element, path, "", mark, lists)
                else:
                    yield path, ".", element
        elif isinstance(item, Mapping):
            yield from _flat(item, within, f"{path}{mark}", mark, lists)
        elif not isinstance(item, list):
            yield within, path, item
