"""The steps of a mapping's field: each turns a value into the next, or says why not. Pure; the
vocabulary is in library/README.md.
"""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

from producers.errors import bad_mapping
from producers.mapping import dates
from producers.mapping.lookup_tables import fold
from producers.mapping.place_codes import OPTIONS, place_code
from producers.mapping.values import Bad, Columns, Make, Step, Tables, text, title
from producers.model import Moment, Row


def compile_step(spec: object, tables: Tables, columns: Columns, where: str) -> Step:
    """`columns`: how a further column is looked up in a row. Raises MappingError for a step that is
    not known or lacks something.
    """
    if isinstance(spec, str):
        if spec not in _PLAIN:
            raise bad_mapping(where, f"no hay paso «{spec}»", f"there is no step `{spec}`")
        plain = _PLAIN[spec]
        return lambda value, _row: plain(text(value))
    if not isinstance(spec, dict) or not (names := [name for name in spec if name in _MADE]):
        raise bad_mapping(where, f"no hay paso {spec!r}", f"there is no step {spec!r}")
    make, further = _MADE[names[0]]
    unknown = sorted(set(spec) - further - {names[0]})
    if unknown:
        raise bad_mapping(
            where,
            f"el paso {names[0]} no conoce {unknown}",
            f"the step {names[0]} does not know {unknown}",
        )
    try:
        return make(spec, tables, columns, where)
    except (re.error, TypeError, KeyError, ValueError, ZoneInfoNotFoundError) as error:
        raise bad_mapping(
            where,
            f"el paso {names[0]} está mal escrito ({error!r})",
            f"the step {names[0]} is ill-written ({error!r})",
        ) from error


_PLAIN: Mapping[str, Callable[[str], str]] = {
    "upper": str.upper,
    "lower": str.lower,
    "title": title,
}


def _cut(spec: Mapping[str, Any], _tables: Tables, _columns: Columns, _where: str) -> Step:
    pattern = re.compile(spec["cut"])
    return lambda value, _row: pattern.sub("", text(value)).strip() or None


def _first(spec: Mapping[str, Any], _tables: Tables, _columns: Columns, _where: str) -> Step:
    length = int(spec["first"])
    return lambda value, _row: text(value)[:length]


def _pad(spec: Mapping[str, Any], _tables: Tables, _columns: Columns, _where: str) -> Step:
    length = int(spec["pad"])
    return lambda value, _row: text(value).zfill(length)


def _split(spec: Mapping[str, Any], _tables: Tables, _columns: Columns, _where: str) -> Step:
    mark = str(spec["split"])
    return lambda value, _row: (
        [part.strip() for part in text(value).split(mark) if part.strip()] or None
    )


def _number(spec: Mapping[str, Any], _tables: Tables, _columns: Columns, where: str) -> Step:
    mark = spec["number"]
    if mark not in (",", "."):
        raise bad_mapping(
            where,
            "number nombra la marca decimal: «,» o «.»",
            "number names the decimal mark: `,` or `.`",
        )
    group = "." if mark == "," else ","
    pattern = re.compile(
        rf"[+-]?(\d+|\d{{1,3}}([{re.escape(group)} '\u00a0\u202f]\d{{3}})+)({re.escape(mark)}\d+)?",
        re.ASCII,
    )
    drop = str.maketrans(
        {group: None, " ": None, "'": None, "\u00a0": None, "\u202f": None, mark: "."}
    )

    def number(value: Any, _row: Row) -> float:
        written = str(value) if _is_number(value) else text(value)
        if len(written) < 16 and written.isascii() and written.isdigit():
            return float(written)
        plain = (
            written
            if _is_number(value)
            else (written.translate(drop) if pattern.fullmatch(written) else "")
        )
        try:
            result = float(plain)
        except (ValueError, OverflowError) as error:
            raise Bad(
                "BAD_NUMBER",
                f"un número con marca decimal «{mark}» | a number with decimal mark `{mark}`",
            ) from error
        if not math.isfinite(result):
            raise Bad("BAD_NUMBER", "un número finito | a finite number")
        return result

    return number


def _integer(_spec: Mapping[str, Any], _tables: Tables, _columns: Columns, _where: str) -> Step:
    def integer(value: Any, _row: Row) -> int:
        written = text(value)
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", written):
            raise Bad("BAD_NUMBER", "un número entero | a whole number")
        return int(written)

    return integer


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _column(spec_text: str, tables: Tables, where: str) -> dict[str, Any]:
    name, _, column = spec_text.partition(".")
    return tables(name).column(column or None, where)


def _times(spec: Mapping[str, Any], tables: Tables, columns: Columns, where: str) -> Step:
    factors, by = _column(spec["times"], tables, where), spec["by"]
    unit = columns(by)
    if not all(_is_number(factor) for factor in factors.values()):
        raise bad_mapping(
            where, "times necesita números en la tabla", "times needs numbers in the table"
        )

    def times(value: Any, row: Row) -> float:
        factor = factors.get(fold(text(unit(row) or "")))
        if factor is None:
            raise Bad(
                "UNKNOWN_CODE",
                f"columna {by}: no está en la tabla {spec['times']} | column {by}: not in the table {spec['times']}",
            )
        if not _is_number(value):
            raise Bad(
                "BAD_NUMBER", "un número, antes de multiplicar | a number, before it is multiplied"
            )
        return float(value * factor)

    return times


def _codes(code: str) -> Make:
    def make(spec: Mapping[str, Any], tables: Tables, _columns: Columns, where: str) -> Step:
        name = spec["place" if "place" in spec else "codes"]
        values, otherwise = _column(name, tables, where), spec.get("else")

        def codes(value: Any, _row: Row) -> Any:
            found = values.get(fold(text(value)), otherwise)
            if found is None:
                raise Bad(code, f"no está en la tabla {name} | not in the table {name}")
            return found

        return codes

    return make


def _date(spec: Mapping[str, Any], _tables: Tables, _columns: Columns, where: str) -> Step:
    read = dates.moment_reader(spec, where)

    def date(value: Any, _row: Row) -> Moment:
        found = read(text(value))
        if found is None:
            raise Bad("IMPOSSIBLE_DATE", _as_dates(spec["date"]))
        return found

    return date


def _iso_date(spec: Mapping[str, Any], _tables: Tables, _columns: Columns, _where: str) -> Step:
    read = dates.day_reader(list(spec["iso_date"]))

    def iso_date(value: Any, _row: Row) -> str:
        found = read(text(value))
        if found is None:
            raise Bad("IMPOSSIBLE_DATE", _as_dates(spec["iso_date"]))
        return found

    return iso_date


def _as_dates(layouts: list[str]) -> str:
    return f"una fecha como {' o '.join(layouts)} | a date as {' or '.join(layouts)}"


_MADE: Mapping[str, tuple[Make, frozenset[str]]] = {
    "cut": (_cut, frozenset()),
    "first": (_first, frozenset()),
    "pad": (_pad, frozenset()),
    "split": (_split, frozenset()),
    "number": (_number, frozenset()),
    "integer": (_integer, frozenset()),
    "times": (_times, frozenset({"by"})),
    "codes": (_codes("UNKNOWN_CODE"), frozenset({"else"})),
    "place": (_codes("UNKNOWN_PLACE"), frozenset({"else"})),
    "date": (_date, frozenset({"zone", "precision"})),
    "iso_date": (_iso_date, frozenset()),
    "place_code": (place_code, OPTIONS),
}
