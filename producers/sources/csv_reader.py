"""Read CSV files: rows with the number of the line they begin on.

The header may stand below titles. A broken row is reported, and the rest continues.
"""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from producers.model import Refusal, SourceRow
from producers.sources.csv_dialect import (
    DELIMITERS,
    CsvDialect,
    detect_dialect,
    split_header,
)
from producers.sources.format import Source
from producers.sources.rows import (
    HEADER_SEARCH_ROWS,
    MAX_LINE,
    FileRefusedError,
    LineOrRefusal,
    Notify,
    RowOrRefusal,
)
from producers.sources.table_header import find_header, fitting_header, note_titles
from schemas.i18n import _

MAX_LINES = 200  # of one CSV row with line breaks inside quotes
_MAX_HEADER_LINES = 10  # of one header row


def csv_rows(
    lines: Iterator[LineOrRefusal], source: Source, columns: frozenset[str], notify: Notify
) -> Iterator[RowOrRefusal]:
    """Read rows. The separator and the header are detected where `source` does not say them.

    Raises FileRefusedError where there is no header with these columns.
    """
    pushed = _Pushed(lines)
    layout = _find_layout(pushed, source, columns, notify)
    if layout is None:
        return
    delimiter, header = layout
    width = len(header)
    for item in pushed:
        if isinstance(item, Refusal):
            yield item
            continue
        number, line = item
        if '"' not in line:
            cells = line.rstrip("\r\n").split(delimiter)
            if len(cells) == width:
                if not (cells[0] or any(cells)):
                    continue  # a spreadsheet's empty row
                yield SourceRow(number, dict(zip(header, cells, strict=True)))
                continue
        if line.strip():
            yield _record(item, pushed, delimiter, header)


class _Pushed:
    """Lines, of which some can be given back."""

    def __init__(self, lines: Iterator[LineOrRefusal]) -> None:
        self._lines, self._back = lines, deque[LineOrRefusal]()

    def __iter__(self) -> Iterator[LineOrRefusal]:
        while (item := self.next()) is not None:
            yield item

    def next(self) -> LineOrRefusal | None:
        return self._back.popleft() if self._back else next(self._lines, None)

    def give_back(self, lines: list[LineOrRefusal]) -> None:
        self._back.extendleft(reversed(lines))


class _HeadLines(NamedTuple):
    """The first lines of a file with text, up to the first that cannot be read.

    `passed` are all that were read; `ends` gives the number of the last line of each that continues
    inside quotes.
    """

    texts: list[tuple[int, str]]
    ends: dict[int, int]
    passed: list[LineOrRefusal]
    refusal: Refusal | None


def _find_layout(
    pushed: _Pushed, source: Source, columns: frozenset[str], notify: Notify
) -> tuple[str, list[str]] | None:
    """Read up to the header. Returns its delimiter and names; None for a file without lines.

    Raises FileRefusedError.
    """
    head = _first_lines(pushed, source.header_row or 0)
    if not head.texts:
        if head.refusal is not None:
            raise FileRefusedError(head.refusal)
        return None
    dialect = _fitting_dialect(head.texts, columns, source) or _likely_dialect(head.texts, source)
    rows = _split(head.texts, dialect.delimiter)
    if dialect.header_row not in dict(rows) and source.header_rows != 0:
        detail = _("a quote of the header is open")
        raise FileRefusedError(Refusal(dialect.header_row, "UNREADABLE_FILE", detail=detail))
    header = find_header(rows, columns, source, dialect.header_row)
    note_titles(rows, header, notify)
    last = head.ends.get(header.last, header.last)
    pushed.give_back([item for item in head.passed if number_of_line(item) > last])
    width = max(
        (len(cells) for number, cells in rows if header.first <= number <= header.last),
        default=len(header.names),
    )
    return dialect.delimiter, [header.names.get(at, "") for at in range(width)]


def _fitting_dialect(
    lines: Sequence[tuple[int, str]], columns: frozenset[str], source: Source
) -> CsvDialect | None:
    """Choose the delimiter with which a header has these columns, and most names."""
    fitting = [
        (len(header.names), CsvDialect(delimiter, header.first))
        for delimiter in ((source.separator,) if source.separator else DELIMITERS)
        if (header := fitting_header(_split(lines, delimiter), columns, source)) is not None
    ]
    return max(fitting)[1] if fitting else None


def _likely_dialect(lines: Sequence[tuple[int, str]], source: Source) -> CsvDialect:
    """Detect the dialect of lines with text; the header may be where the mapping says."""
    number = lines[0][0]
    dialect = detect_dialect(lines, delimiter=source.separator) or CsvDialect(",", number)
    return CsvDialect(dialect.delimiter, number) if number == source.header_row else dialect


def _split(lines: Sequence[tuple[int, str]], delimiter: str) -> list[tuple[int, dict[int, str]]]:
    """Split lines into cells, the empty ones too; a line with an open quote is left out."""
    rows = []
    for number, line in lines:
        cells = split_header(line, delimiter)
        if cells is not None:
            rows.append((number, dict(enumerate(cells))))
    return rows


def _first_lines(pushed: _Pushed, start: int) -> _HeadLines:
    """Read the lines in which the header may be, from line `start` on."""
    head = _HeadLines([], {}, [], None)
    size = 0
    for item in pushed:
        head.passed.append(item)
        if isinstance(item, Refusal):
            if item.line >= start:
                return head._replace(refusal=item)
            continue
        number, text = item
        size += len(text)
        if number < start:
            continue
        if text.strip():
            text = _whole_line(text, pushed, head.passed)
            head.ends[number] = number_of_line(head.passed[-1])
            head.texts.append((number, text))
        if len(head.passed) >= HEADER_SEARCH_ROWS or size > MAX_LINE:
            break
    return head


def _whole_line(text: str, pushed: _Pushed, passed: list[LineOrRefusal]) -> str:
    """Add to a line those in which its quotes go on; if they never close, it stays as it is."""
    lines: list[LineOrRefusal] = []
    whole = text
    while whole.count('"') % 2 and len(lines) < _MAX_HEADER_LINES:
        item = pushed.next()
        if item is None:
            break
        lines.append(item)
        if isinstance(item, Refusal):
            break
        whole += item[1]
    if whole.count('"') % 2:
        pushed.give_back(lines)
        return text
    passed.extend(lines)
    return whole


def number_of_line(item: LineOrRefusal) -> int:
    """Give the number of a line, whether it could be read or not."""
    return item.line if isinstance(item, Refusal) else item[0]


def _record(first: tuple[int, str], source: _Pushed, mark: str, header: list[str]) -> RowOrRefusal:
    """Read the row that begins on this line.

    If its quote does not close, or it does not fit the header, it alone is broken.
    """
    number, line = first
    taken: list[LineOrRefusal] = []
    parts, size, quotes = [line], len(line), line.count('"')
    while quotes % 2 and len(taken) < MAX_LINES and size < MAX_LINE:
        more = source.next()
        if more is None:
            break
        taken.append(more)
        if isinstance(more, Refusal):
            break
        parts.append(more[1])
        size += len(more[1])
        quotes += more[1].count('"')
    row = (
        Refusal(number, "BROKEN_LINE", detail=_("a quote is not closed"))
        if quotes % 2
        else _parse(number, "".join(parts), mark, header)
    )
    if isinstance(row, Refusal):
        source.give_back(taken)
    return row


def _parse(number: int, line: str, mark: str, header: list[str]) -> RowOrRefusal:
    try:
        cells = next(csv.reader([line], delimiter=mark, strict=True))
    except (csv.Error, StopIteration) as error:
        return Refusal(number, "BROKEN_LINE", detail=str(error))
    if len(cells) != len(header):
        return Refusal(
            number,
            "BROKEN_LINE",
            detail=_(
                "{cells} columns, the header has {columns}", cells=len(cells), columns=len(header)
            ),
        )
    return SourceRow(number, dict(zip(header, cells, strict=True)))
