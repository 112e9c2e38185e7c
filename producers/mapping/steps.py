"""Compile the steps of a mapping's field: each turns a value into the next, or says why not.

Pure. The steps are described in library/README.md.
"""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

from producers.errors import bad_mapping
from producers.mapping import dates
from producers.mapping.about_numbers import strip_about
from producers.mapping.coordinates import read_degrees
from producers.mapping.dates import DateUse
from producers.mapping.lookup_tables import fold_text
from producers.mapping.money_text import find_currency, make_amount
from producers.mapping.number_text import AUTO, DoubtfulNumberError, Estimate, number_parser
from producers.mapping.place_codes import place_code
from producers.mapping.quantity_text import MeasuredNumber, count_text
from producers.mapping.several_dates import Day, several_days_parser
from producers.mapping.values import (
    BadValueError,
    Columns,
    Step,
    StepFactory,
    Tables,
    to_text,
    to_title_case,
)
from producers.model import Row
from schemas.i18n import UserMessage, _

_KEYS_SHOWN = 8
"""Keys of a table that a message names."""


def compile_step(
    spec: str | Mapping[str, Any], tables: Tables, columns: Columns, where: str, use: DateUse
) -> Step:
    """Compile a step, whose keys are checked. `columns` gives how a further column is looked up.

    `use` says what a date of the field is.

    Raises MappingError for a value that cannot be meant, such as a broken regular expression.
    """
    if isinstance(spec, str):
        change = _PLAIN[spec]
        return lambda value, _row: change(to_text(value))
    name = next(key for key in spec if key in _STEP_FACTORIES or key in _DATE_STEPS)
    try:
        if name == "iso_date" and spec.get("several"):
            return _several_days_step(dates.day_parser(spec, where, use))
        if name in _DATE_STEPS:
            return _date_step(_DATE_STEPS[name](spec, where, use), spec[name])
        return _STEP_FACTORIES[name](spec, tables, columns, where)
    except (re.error, TypeError, KeyError, ValueError, ZoneInfoNotFoundError) as error:
        problem = _("the step {name} is ill-written ({error!r})", name=name, error=error)
        raise bad_mapping(where, problem) from error


_WHOLE = re.compile(r"([+-]?[0-9]{1,18})(?:[.,]0{1,2})?")
"""A whole number, also as a spreadsheet shows it: 15.0. Three zeros may be thousands."""
_HAS_DIGIT = re.compile("[0-9]")
_PLAIN: Mapping[str, Callable[[str], str]] = {
    "upper": str.upper,
    "lower": str.lower,
    "title": to_title_case,
}


def _cut(spec: Mapping[str, Any], _tables: Tables, _columns: Columns, _where: str) -> Step:
    pattern = re.compile(spec["cut"])
    return lambda value, _row: pattern.sub("", to_text(value)).strip() or None


def _first(spec: Mapping[str, Any], _tables: Tables, _columns: Columns, _where: str) -> Step:
    length = int(spec["first"])
    return lambda value, _row: to_text(value)[:length]


def _pad(spec: Mapping[str, Any], _tables: Tables, _columns: Columns, _where: str) -> Step:
    length = int(spec["pad"])
    return lambda value, _row: to_text(value).zfill(length)


def _split(spec: Mapping[str, Any], _tables: Tables, _columns: Columns, _where: str) -> Step:
    mark = str(spec["split"])
    return lambda value, _row: (
        [part.strip() for part in to_text(value).split(mark) if part.strip()] or None
    )


def _find(spec: Mapping[str, Any], _tables: Tables, _columns: Columns, _where: str) -> Step:
    pattern = re.compile(spec["find"])

    def find(value: Any, _row: Row) -> str | None:
        texts = value if isinstance(value, list) else [value]
        matches = [match for text in texts if (match := pattern.search(to_text(text)))]
        values = dict.fromkeys(match[1] if pattern.groups else match[0] for match in matches)
        if len(values) > 1:
            shown = ", ".join(map(str, values))[:60]
            raise BadValueError("BROKEN_LINE", _("several values match, one is needed"), shown)
        return next(iter(values), None) or None

    return find


def _number(spec: Mapping[str, Any], _tables: Tables, _columns: Columns, _where: str) -> Step:
    mark = spec["number"]
    read = number_parser(mark)
    expected = (
        _("a number that can be read in one way only")
        if mark == AUTO
        else _("a number with decimal mark `{mark}`", mark=mark)
    )

    def number(value: Any, _row: Row) -> float | Estimate:
        try:
            result = float(str(value)) if _is_number(value) else read(to_text(value))
        except DoubtfulNumberError as error:
            raise BadValueError("BAD_NUMBER", error.problem) from error
        except (ValueError, OverflowError) as error:
            degrees = read_degrees(to_text(value))
            if degrees is None:
                raise BadValueError("BAD_NUMBER", expected) from error
            return degrees
        if not math.isfinite(result.value if isinstance(result, Estimate) else result):
            raise BadValueError("BAD_NUMBER", _("a finite number"))
        return result

    return number


def _integer(_spec: Mapping[str, Any], _tables: Tables, _columns: Columns, _where: str) -> Step:
    def integer(value: Any, _row: Row) -> int | Estimate:
        text = to_text(value)
        match = _WHOLE.fullmatch(text)
        if match:
            return int(match[1])
        for about in strip_about(text):
            if match := _WHOLE.fullmatch(about.number_text):
                return Estimate(int(match[1]), about.why)
        if match := _WHOLE.fullmatch(count_text(text)):
            return int(match[1])
        raise BadValueError("BAD_NUMBER", _("a whole number"))

    return integer


def _currency(_spec: Mapping[str, Any], _tables: Tables, _columns: Columns, _where: str) -> Step:
    def currency(value: Any, _row: Row) -> str | None:
        text = to_text(value)
        code = find_currency(text)
        if not code and not _HAS_DIGIT.search(text):
            raise BadValueError("UNKNOWN_CODE", _("the name, sign or code of one currency"))
        return code or None

    return currency


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _column(spec_text: str, tables: Tables, where: str) -> dict[str, Any]:
    name, _, column = spec_text.partition(".")
    return tables(name).column(column or None, where)


def _times(spec: Mapping[str, Any], tables: Tables, columns: Columns, where: str) -> Step:
    factors, by = _column(spec["times"], tables, where), spec["by"]
    unit = columns(by)
    if not all(_is_number(factor) for factor in factors.values()):
        raise bad_mapping(where, _("times needs numbers in the table"))

    def times(value: Any, row: Row) -> float | Estimate:
        factor = factors.get(fold_text(to_text(unit(row) or "")))
        if factor is None:
            raise BadValueError(
                "UNKNOWN_CODE",
                _("column {by}: not in the table {table}", by=by, table=spec["times"]),
            )
        if isinstance(value.value if isinstance(value, Estimate) else value, MeasuredNumber):
            raise BadValueError("BAD_NUMBER", _("a number without a unit of its own"))
        if isinstance(value, Estimate):
            amount = value.value * factor
            return value._replace(
                value=make_amount(float(amount), getattr(value.value, "currency", ""))
            )
        if not _is_number(value):
            raise BadValueError("BAD_NUMBER", _("a number, before it is multiplied"))
        return make_amount(float(value * factor), getattr(value, "currency", ""))

    return times


def _codes(code: str) -> StepFactory:
    def make(spec: Mapping[str, Any], tables: Tables, _columns: Columns, where: str) -> Step:
        name = spec["place" if "place" in spec else "codes"]
        values, otherwise = _column(name, tables, where), spec.get("else")
        known = ", ".join(list(values)[:_KEYS_SHOWN]) + (" …" if len(values) > _KEYS_SHOWN else "")

        def codes(value: Any, _row: Row) -> Any:
            code_value = values.get(fold_text(to_text(value)), otherwise)
            if code_value is None:
                raise BadValueError(
                    code, _("not in the table {name} ({known})", name=name, known=known)
                )
            return code_value

        return codes

    return make


def _date_step(read: Callable[[str], Any], layouts: list[str]) -> Step:
    """Make a step of what reads dates: a text that is none, or two, is refused."""
    expected = _as_dates(layouts)

    def read_date(value: Any, _row: Row) -> Any:
        try:
            return read(to_text(value))
        except dates.DoubtfulDateError as error:
            raise BadValueError("IMPOSSIBLE_DATE", error.problem) from error
        except (ValueError, OverflowError) as error:
            raise BadValueError("IMPOSSIBLE_DATE", expected) from error

    return read_date


def _several_days_step(read: Callable[[str], Day | None]) -> Step:
    """Make a step of all values of a field that may have several dates."""
    read_all = several_days_parser(read)
    return lambda value, _row: read_all(
        [to_text(text) for text in (value if isinstance(value, list) else [value])]
    )


def _as_dates(layouts: list[str]) -> UserMessage:
    return _("a date as {layouts}", layouts=_alternatives(layouts))


def _alternatives(texts: list[str]) -> UserMessage | str:
    """Return the texts as one: A or B or C."""
    joined: UserMessage | str = texts[0]
    for other in texts[1:]:
        joined = _("{first} or {second}", first=joined, second=other)
    return joined


_STEP_FACTORIES: Mapping[str, StepFactory] = {
    "cut": _cut,
    "first": _first,
    "pad": _pad,
    "split": _split,
    "find": _find,
    "number": _number,
    "integer": _integer,
    "currency": _currency,
    "times": _times,
    "codes": _codes("UNKNOWN_CODE"),
    "place": _codes("UNKNOWN_PLACE"),
    "place_code": place_code,
}

_DATE_STEPS: Mapping[str, Callable[[Mapping[str, Any], str, DateUse], Callable[[str], Any]]] = {
    "date": dates.time_span_parser,
    "iso_date": dates.day_parser,
}
