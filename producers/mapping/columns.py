"""Look up a mapping's column in a row.

A column is a name in a table, a path in JSON (`arma.serie`), or a path in XML
(`t_from/account/@type`). Inside a list, `.` is the element itself and `/x` the row around it. Pure.
"""

from collections.abc import Callable, Mapping
from typing import Any

from producers.mapping.values import BadValueError
from producers.model import Row
from schemas.i18n import _

Getter = Callable[[Row], Any]
SINGLE_VALUE_EXPECTED = _("one value; for several use a list [*]")


def getter_for_format(format_: str) -> Callable[[str], Getter]:
    """Give, for a format, what makes a column into a getter of its value in a row.

    A getter returns None for a value that is missing or empty. It raises BadValueError for several
    values.
    """
    if format_ in ("csv", "xlsx"):
        return _flat
    mark = "/" if format_ == "xml" else "."
    return lambda column: _nested(column, mark)


def elements_getter(format_: str, column: str) -> Callable[[Row], list[Row]]:
    """The elements of a list in a row, each as a row of its own; one alone is a list too."""
    names = _names(column, "/" if format_ == "xml" else ".")

    def read_elements(row: Row) -> list[Row]:
        top = row.get("/", row)
        values = _all([row], names)
        return [
            {**value, "/": top} if isinstance(value, Mapping) else {".": value, "/": top}
            for value in values
        ]

    return read_elements


def _flat(column: str) -> Getter:
    def get(row: Row) -> Any:
        value = row.get(column)
        return (value.strip() or None) if value.__class__ is str else value

    return get


def _nested(column: str, mark: str) -> Getter:
    names = _names(column, mark)

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
    outer = ("/",) if column.startswith("/") else ()
    return (*outer, *column.removeprefix("/").split(mark))


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
