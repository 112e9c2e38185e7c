"""Detect how a CSV file is written: its delimiter and the line of its header."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

DELIMITERS = (",", ";", "\t", "|")
_MOSTLY_NAMED = 0.6
"""The share of columns that a header names in its first row."""


class CsvDialect(NamedTuple):
    """How a CSV file is written; `header_row` is the number of the header's line, from 1."""

    delimiter: str
    header_row: int


def detect_dialect(
    lines: Sequence[tuple[int, str]],
    columns: frozenset[str] = frozenset(),
    delimiter: str | None = None,
) -> CsvDialect | None:
    """Detect the dialect from the first lines of a file, each with its number.

    With `columns` the header is the first line that names all of them; None where no line does.
    Without them it is the first line that has as many cells as most lines have. `delimiter` is the
    one to use, if it is known. None for a file without text.
    """
    delimiters = (delimiter,) if delimiter else DELIMITERS
    texts = [(number, line) for number, line in lines if line.strip()]
    if columns:
        return next(_headers_with(texts, columns, delimiters), None)
    return _by_width(texts, delimiters) if texts else None


def split_header(line: str, delimiter: str) -> list[str] | None:
    """Split a header into the names of its columns. None where a quote is not closed."""
    try:
        cells = next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter, strict=True))
    except (csv.Error, StopIteration):
        return None
    return [name.strip() for name in cells]


def _headers_with(
    lines: Sequence[tuple[int, str]], columns: frozenset[str], delimiters: Sequence[str]
) -> Iterator[CsvDialect]:
    """Yield each line that names these columns, with the delimiter that gives it most names."""
    for number, line in lines:
        fitting = [
            (len(names), delimiter)
            for delimiter in delimiters
            if (names := split_header(line, delimiter)) is not None and columns <= set(names)
        ]
        if fitting:
            yield CsvDialect(max(fitting)[1], number)


def _by_width(lines: Sequence[tuple[int, str]], delimiters: Sequence[str]) -> CsvDialect:
    """Choose the delimiter with which most lines have the same number of cells, two or more."""
    texts = [line for _, line in lines]
    best = (-1, 0, delimiters[0])
    for delimiter in delimiters:
        widths = Counter(_widths(texts, delimiter))
        count, width = max(
            ((count if width > 1 else 0, width) for width, count in widths.items()), default=(0, 0)
        )
        if (count, width) > best[:2]:
            best = (count, width, delimiter)
    _, width, delimiter = best
    rows = [(number, split_header(line, delimiter) or []) for number, line in lines]
    wide = [row for row in rows if len(row[1]) == width]
    header_row = next(
        (
            number
            for (number, names), (_below, names_below) in pairwise(wide)
            if _is_header(names, names_below)
        ),
        wide[0][0] if wide else lines[0][0],
    )
    return CsvDialect(delimiter, header_row)


def _is_header(names: Sequence[str], below: Sequence[str]) -> bool:
    """Say whether a row may be a header, and is no title that a spreadsheet filled up with cells.

    A header that leaves many columns without a name has their names in the row below.
    """
    named = {at for at, name in enumerate(names) if name}
    if len(named) >= max(2, _MOSTLY_NAMED * len(names)):
        return True
    named_below = {at for at, name in enumerate(below) if name}
    is_text = not any(letter.isdigit() for name in (*names, *below) for letter in name)
    return len(named) > 1 and is_text and bool(named_below - named)


def _widths(lines: Sequence[str], delimiter: str) -> Iterator[int]:
    """Yield how many cells each row has, up to one that csv cannot read."""
    try:
        for cells in csv.reader(lines, delimiter=delimiter):
            yield len(cells)
    except csv.Error:
        return
