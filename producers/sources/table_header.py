"""Find the header of a table: below titles, over several rows, or none at all. Pure."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from producers.model import Notice, Refusal
from producers.sources.format import Source
from producers.sources.rows import MAX_COLUMNS, FileRefusedError, Notify
from schemas.i18n import UserMessage, _

MAX_HEADER_ROWS = 3

Cells = Mapping[int, Any]
"""Column number from 0 -> value, of the cells with something in them."""
NumberedRows = Sequence[tuple[int, Cells]]
_YEAR = re.compile(r"(19|20)\d\d")
_DIGITS = re.compile(r"\d+")


class Header(NamedTuple):
    """The names of a table's columns, by column number from 0, and the rows that they stand in.

    `first` and `last` are numbers of rows, 0 where the table has no header.
    """

    names: dict[int, str]
    first: int
    last: int


def find_header(
    rows: NumberedRows, columns: frozenset[str], source: Source, fallback_row: int
) -> Header:
    """Find the header in a table's first rows, those with something in them.

    With `columns` it is the first row that has them all, or the first two or three rows together
    (`VICTIMA/DOC`). Without them, or where no row has them, it begins at row `fallback_row`. Raises
    FileRefusedError that names what is missing.
    """
    if source.header_rows == 0:
        header = name_columns(rows, source)
    else:
        header = fitting_header(rows, columns, source) or _at(rows, source, fallback_row)
    _check(header, rows, columns)
    return header


def note_titles(rows: NumberedRows, header: Header, notify: Notify) -> None:
    """Say which rows above the header are not read."""
    above = [number for number, _cells in rows if number < header.first]
    if above:
        detail = _("rows {first} to {last}", first=above[0], last=above[-1])
        notify(Notice(above[0], "ABOVE_HEADER", detail=detail))


def looks_without_header(rows: NumberedRows) -> bool:
    """Say whether the first row is of the same kind as those below it: numbers over numbers.

    Years in order are the names of columns (`2018`, `2019`).
    """
    if len(rows) < 2:
        return False
    first = {at: str(cell).strip() for at, cell in rows[0][1].items()}
    numeric = [text for text in first.values() if text.isdigit()]
    if len(numeric) > 1 and all(map(_YEAR.fullmatch, numeric)) and numeric == sorted(numeric):
        return False
    below = rows[1:]
    alike = [
        at
        for at, text in first.items()
        if any(letter.isdigit() for letter in text)
        and sum(_shape(text) == _shape(str(cells.get(at, ""))) for _row, cells in below)
        > len(below) / 2
    ]
    return bool(alike) and not _has_names_over_numbers(first, below)


def _has_names_over_numbers(first: Mapping[int, str], below: NumberedRows) -> bool:
    """Say whether a text without digits stands over a column of numbers or dates."""
    return any(
        text
        and not any(letter.isdigit() for letter in text)
        and sum(any(letter.isdigit() for letter in str(row.get(at, ""))) for _n, row in below)
        == len(below)
        for at, text in first.items()
    )


def _shape(text: str) -> str:
    return _DIGITS.sub("9", "".join("a" if letter.isalpha() else letter for letter in text.strip()))


def name_columns(rows: NumberedRows, source: Source) -> Header:
    """Name the columns as the mapping does, else by their numbers from 1."""
    width = max((max(cells, default=-1) + 1 for _number, cells in rows), default=0)
    given = dict(enumerate(source.names or ()))
    return Header({at: given.get(at, str(at + 1)) for at in range(max(width, len(given)))}, 0, 0)


def fitting_header(rows: NumberedRows, columns: frozenset[str], source: Source) -> Header | None:
    """Find the first rows that have all these columns; None if there are none, or no columns."""
    if not columns or source.header_rows == 0:
        return None
    for depth in [source.header_rows] if source.header_rows else range(1, MAX_HEADER_ROWS + 1):
        for start in range(len(rows) - depth + 1):
            if source.header_row in (None, rows[start][0]):
                header = _joined(rows[start : start + depth])
                if columns <= set(header.names.values()):
                    return header
    return None


def _at(rows: NumberedRows, source: Source, number: int) -> Header:
    start = next((at for at, row in enumerate(rows) if row[0] == number), 0)
    return _joined(rows[start : start + (source.header_rows or 1)])


def _joined(rows: NumberedRows) -> Header:
    """Join the rows of a header: a text above several columns belongs to each of them."""
    texts = [_texts(cells) for _number, cells in rows]
    levels = [
        _spread(above, {at for below in texts[number:] for at in below})
        for number, above in enumerate(texts, start=1)
    ]
    columns = sorted({at for level in levels for at in level})
    names = {
        at: "/".join(dict.fromkeys(level[at] for level in levels if at in level)) for at in columns
    }
    return Header(_unique(names), rows[0][0], rows[-1][0])


def _texts(cells: Cells) -> dict[int, str]:
    texts = {at: " ".join(str(cell).split()) for at, cell in sorted(cells.items())}
    return {at: text for at, text in texts.items() if text}


def _spread(above: dict[int, str], below: set[int]) -> dict[int, str]:
    """Repeat a text above each column to its right that has a text below and none above."""
    spread: dict[int, str] = {}
    group = ""
    for at in sorted({*above, *below}):
        if at in above:
            group = above[at] if at in below else ""
            spread[at] = above[at]
        elif group:
            spread[at] = group
    return spread


def _unique(names: dict[int, str]) -> dict[int, str]:
    """Number the names that occur more than once: `SERIE (1)`, `SERIE (2)`."""
    counts = Counter(names.values())
    seen = Counter[str]()
    unique: dict[int, str] = {}
    for at, name in names.items():
        seen[name] += 1
        unique[at] = name if counts[name] == 1 else f"{name} ({seen[name]})"
    return unique


def _check(header: Header, rows: NumberedRows, columns: frozenset[str]) -> None:
    """Check that a header has the columns that the mapping names. Raises FileRefusedError."""
    names = list(header.names.values())
    if len(names) > MAX_COLUMNS:
        detail = _("more than {max_columns} columns", max_columns=MAX_COLUMNS)
        raise FileRefusedError(Refusal(header.first, "UNREADABLE_FILE", detail=detail))
    missing = sorted(columns - set(names))
    if not missing:
        return
    twice = [name for name in missing if f"{name} (1)" in names]
    named = ", ".join(twice or missing)
    why = _describe_twice(named, twice) if twice else _describe_missing(named, names, rows)
    raise FileRefusedError(Refusal(header.first, "UNREADABLE_FILE", column=named, detail=why))


def _describe_twice(named: str, twice: Sequence[str]) -> UserMessage:
    first, second = (f"{twice[0]} ({number})" for number in (1, 2))
    return _(
        "column twice: {named}; write `{first}` or `{second}` in the mapping",
        named=named,
        first=first,
        second=second,
    )


def _describe_missing(named: str, names: Sequence[str], rows: NumberedRows) -> UserMessage:
    present = ", ".join(names)[:300]
    if looks_without_header(rows):
        return _(
            "columns missing: {named}; the file seems to have no header: write header_rows = 0, "
            "and names = [...] for its {count} columns",
            named=named,
            count=len(names),
        )
    return _("columns missing: {named} (there are: {present})", named=named, present=present)
