"""Look up a mapping's column in a row.

A column is a name in a table, a path in JSON (`arma.serie`), or a path in XML
(`t_from/account/@type`). Inside a list, `.` is the element itself and `/x` the row around it. `//x`
is a path from the top of the file, and `a[*].b` gives all values as a list. Pure.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from producers.mapping.values import BadValueError, to_text
from producers.model import Row
from producers.sources.outer_facts import OUTER
from schemas.i18n import _

Getter = Callable[[Row], Any]
TABLE_FORMATS = frozenset({"csv", "xlsx", "xls"})
ALL_VALUES = "[*]"
_DASHES = "-–—−_ "
SINGLE_VALUE_EXPECTED = _("one value; for several use a list [*]")


def getter_for_format(format_: str) -> Callable[[str], Getter]:
    """Give, for a format, what makes a column into a getter of its value in a row.

    A getter returns None for a value that is missing or empty. It raises BadValueError for several
    values.
    """
    if format_ in TABLE_FORMATS:
        return _flat
    return lambda column: _nested(column, _mark(format_))


def dashless_getter_for_format(format_: str) -> Callable[[str], Getter]:
    """As `getter_for_format`, with no value where a text has only dashes, which mean nothing."""
    if format_ in TABLE_FORMATS:
        return _flat_without_dashes
    return lambda column: without_dashes(_nested(column, _mark(format_)))


def elements_getter(format_: str, column: str) -> Callable[[Row], list[Row]]:
    """The elements of a list in a row, each as a row of its own; one alone is a list too."""
    names = _names(column, _mark(format_))
    return lambda row: _as_rows(row, _all([row], names))


def cell_elements_getter(
    format_: str, column: str, separators: list[str]
) -> Callable[[Row], list[Row]]:
    """The values of one cell, which these separators part, each as a row of its own."""
    names = (column,) if format_ in TABLE_FORMATS else _names(column, _mark(format_))
    parts = re.compile("|".join(map(re.escape, sorted(separators, key=len, reverse=True))))

    def read_elements(row: Row) -> list[Row]:
        texts = [
            part.strip()
            for value in _all([row], names)
            if not isinstance(value, Mapping)
            for part in parts.split(to_text(value))
        ]
        return _as_rows(row, [text for text in texts if text])

    return read_elements


def _mark(format_: str) -> str:
    return "/" if format_ == "xml" else "."


def _as_rows(row: Row, values: list[Any]) -> list[Row]:
    """Make values into rows with the row around them, and what is around that."""
    around: dict[str, Any] = {"/": row.get("/", row)}
    if OUTER in row:
        around[OUTER] = row[OUTER]
    return [
        {**value, **around} if isinstance(value, Mapping) else {".": value, **around}
        for value in values
    ]


def _flat(column: str) -> Getter:
    def get(row: Row) -> Any:
        value = row.get(column)
        return (value.strip() or None) if value.__class__ is str else value

    def get_outside(row: Row) -> Any:
        """Look up a column of the row around a cell's value."""
        value = row["/"].get(column[1:]) if "/" in row else row.get(column)
        return (value.strip() or None) if value.__class__ is str else value

    return get_outside if column.startswith("/") else get


def _flat_without_dashes(column: str) -> Getter:
    """Do in one call what each cell of a table needs: a large file has many."""
    if column.startswith("/"):
        return without_dashes(_flat(column))

    def get(row: Row) -> Any:
        value = row.get(column)
        if value.__class__ is not str:
            return value
        value = value.strip()
        return None if not value or (value[0] in _DASHES and is_dashes(value)) else value

    return get


def without_dashes(get: Getter) -> Getter:
    """Give no value where a text has only dashes, which stand for nothing."""

    def get_text(row: Row) -> Any:
        value = get(row)
        if value.__class__ is str and value[0] in _DASHES and is_dashes(value):
            return None
        return value

    return get_text


def is_dashes(text: str) -> bool:
    """Tell whether a text has dashes alone."""
    return not text.strip(_DASHES)


def _nested(column: str, mark: str) -> Getter:
    names = _names(column, mark)
    if ALL_VALUES in column:
        return lambda row: _all([row], names) or None

    def get(row: Row) -> Any:
        value = row.get(column)
        if value is None:
            value = row
            for name in names:
                value = _only(value)
                value = value.get(name) if isinstance(value, Mapping) else None
        if isinstance(value, Mapping) and "." in value:
            value = value["."]  # an XML element's own text, as well as its attributes
        if isinstance(value, str):
            return value.strip() or None
        return None if isinstance(value, list | Mapping) and not value else value

    return get


def _names(column: str, mark: str) -> tuple[str, ...]:
    if column == ".":
        return (".",)
    column = column.replace(ALL_VALUES, "")
    outer = next((mark for mark in (OUTER, "/") if column.startswith(mark)), "")
    return (*([outer] if outer else []), *column.removeprefix(outer).split(mark))


def _only(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    if len(value) > 1:
        raise BadValueError("BROKEN_LINE", SINGLE_VALUE_EXPECTED)
    return value[0] if value else None


def _all(values: list[Any], names: tuple[str, ...]) -> list[Any]:
    for name in names:
        nested = [value.get(name) for value in values if isinstance(value, Mapping)]
        values = [
            item for value in nested for item in (value if isinstance(value, list) else [value])
        ]
    return [value for value in values if value not in (None, "", {}, [])]
