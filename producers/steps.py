"""The steps of a mapping's field: each turns a value into the next, or says why not. Pure; the vocabulary is in mappings/README.md."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from producers.errors import bad_mapping
from producers.model import Moment, Row
from producers.tables import Table, fold

Step = Callable[[Any, Row], Any]
Tables = Callable[[str], Table]
SMALL = frozenset({"de", "del", "la", "las", "los", "el", "y", "e"})
_UNITS = (("S", "second"), ("M", "minute"), ("HI", "hour"), ("djaAcx", "day"), ("mbB", "month"), ("Yy", "year"))
PRECISIONS = ("second", "minute", "hour", "day", "month", "year")


class Bad(Exception):
    """A value that cannot be taken: a stable code, and what was expected."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def text(value: Any) -> str:
    """A value of the source as text; whole numbers of JSON without a decimal point."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def compile_step(spec: object, tables: Tables, where: str) -> Step:
    """Raises MappingError for a step that is not known or lacks something."""
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
        raise bad_mapping(where, f"el paso {names[0]} no conoce {unknown}", f"the step {names[0]} does not know {unknown}")
    try:
        return make(spec, tables, where)
    except (re.error, TypeError, KeyError, ZoneInfoNotFoundError) as error:
        raise bad_mapping(
            where, f"el paso {names[0]} está mal escrito ({error!r})", f"the step {names[0]} is ill-written ({error!r})"
        ) from error


def title(value: str) -> str:
    """Capital letters at words' beginnings, small words inside small: «El Carmen de Viboral»."""
    words = re.split(r"([\s\-(]+)", value.lower())
    return "".join(word if index and word in SMALL else word[:1].upper() + word[1:] for index, word in enumerate(words))


_PLAIN: Mapping[str, Callable[[str], str]] = {"upper": str.upper, "lower": str.lower, "title": title}


def _cut(spec: Mapping[str, Any], _tables: Tables, _where: str) -> Step:
    pattern = re.compile(spec["cut"])
    return lambda value, _row: pattern.sub("", text(value)).strip() or None


def _first(spec: Mapping[str, Any], _tables: Tables, _where: str) -> Step:
    length = int(spec["first"])
    return lambda value, _row: text(value)[:length]


def _pad(spec: Mapping[str, Any], _tables: Tables, _where: str) -> Step:
    length = int(spec["pad"])
    return lambda value, _row: text(value).zfill(length)


def _split(spec: Mapping[str, Any], _tables: Tables, _where: str) -> Step:
    mark = str(spec["split"])
    return lambda value, _row: [part.strip() for part in text(value).split(mark) if part.strip()] or None


def _number(spec: Mapping[str, Any], _tables: Tables, where: str) -> Step:
    mark = spec["number"]
    if mark not in (",", "."):
        raise bad_mapping(where, "number nombra la marca decimal: «,» o «.»", "number names the decimal mark: `,` or `.`")
    group = "." if mark == "," else ","
    pattern = re.compile(rf"[+-]?(\d+|\d{{1,3}}([{re.escape(group)} '\u00a0\u202f]\d{{3}})+)({re.escape(mark)}\d+)?")
    drop = str.maketrans({group: None, " ": None, "'": None, "\u00a0": None, "\u202f": None, mark: "."})

    def number(value: Any, _row: Row) -> float:
        written = str(value) if _is_number(value) else text(value)
        plain = written if _is_number(value) else (written.translate(drop) if pattern.fullmatch(written) and written.isascii() else "")
        try:
            result = float(plain)
        except (ValueError, OverflowError) as error:
            raise Bad("BAD_NUMBER", f"un número con marca decimal «{mark}» | a number with decimal mark `{mark}`") from error
        if not math.isfinite(result):
            raise Bad("BAD_NUMBER", "un número finito | a finite number")
        return result

    return number


def _integer(_spec: Mapping[str, Any], _tables: Tables, _where: str) -> Step:
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


def _times(spec: Mapping[str, Any], tables: Tables, where: str) -> Step:
    factors, by = _column(spec["times"], tables, where), spec["by"]
    if not all(_is_number(factor) for factor in factors.values()):
        raise bad_mapping(where, "times necesita números en la tabla", "times needs numbers in the table")

    def times(value: Any, row: Row) -> float:
        factor = factors.get(fold(text(look(row, by) or "")))
        if factor is None:
            raise Bad("UNKNOWN_CODE", f"columna {by}: no está en la tabla {spec['times']} | column {by}: not in the table {spec['times']}")
        if not _is_number(value):
            raise Bad("BAD_NUMBER", "un número, antes de multiplicar | a number, before it is multiplied")
        return float(value * factor)

    return times


def _codes(code: str) -> Callable[[Mapping[str, Any], Tables, str], Step]:
    def make(spec: Mapping[str, Any], tables: Tables, where: str) -> Step:
        name = spec["place" if "place" in spec else "codes"]
        values, otherwise = _column(name, tables, where), spec.get("else")

        def codes(value: Any, _row: Row) -> Any:
            found = values.get(fold(text(value)), otherwise)
            if found is None:
                raise Bad(code, f"no está en la tabla {name} | not in the table {name}")
            return found

        return codes

    return make


def precision_of(layout: str) -> str:
    """The finest part that a date format names."""
    letters = set(re.findall(r"%([A-Za-z])", layout))
    return next((name for marks, name in _UNITS if letters & set(marks)), "unknown")


def _date(spec: Mapping[str, Any], _tables: Tables, where: str) -> Step:
    layouts, coarser = list(spec["date"]), spec.get("precision")
    zone = ZoneInfo(spec["zone"]) if "zone" in spec else None
    fixed = [(layout, coarser or precision_of(layout)) for layout in layouts]
    if any(precision not in PRECISIONS for _, precision in fixed):
        raise bad_mapping(where, f"la precisión es una de {PRECISIONS}", f"the precision is one of {PRECISIONS}")
    if zone is None and not all("%z" in layout for layout in layouts):
        raise bad_mapping(where, "falta la zona horaria (zone)", "the time zone is missing (zone)")

    @lru_cache(8192)
    def read(written: str) -> Moment | None:
        for layout, precision in fixed:
            try:
                local = datetime.strptime(written, layout)
                return _moment(local if local.tzinfo else local.replace(tzinfo=zone), precision)
            except (ValueError, OverflowError):
                continue
        return None

    def date(value: Any, _row: Row) -> Moment:
        moment = read(text(value))
        if moment is None:
            raise Bad("IMPOSSIBLE_DATE", f"una fecha como {' o '.join(layouts)} | a date as {' or '.join(layouts)}")
        return moment

    return date


def _iso_date(spec: Mapping[str, Any], _tables: Tables, _where: str) -> Step:
    layouts = list(spec["iso_date"])

    def iso_date(value: Any, _row: Row) -> str:
        for layout in layouts:
            try:
                return datetime.strptime(text(value), layout).date().isoformat()
            except ValueError:
                continue
        raise Bad("IMPOSSIBLE_DATE", f"una fecha como {' o '.join(layouts)} | a date as {' or '.join(layouts)}")

    return iso_date


def _moment(local: datetime, precision: str) -> Moment:
    """The stretch of time that a local date of this precision names."""
    start = _floor(local, precision)
    return Moment(_millis(start), _millis(_after(start, precision)), precision)


def _floor(local: datetime, precision: str) -> datetime:
    parts = ("month", "day", "hour", "minute", "second", "microsecond")
    keep = {"year": 0, "month": 1, "day": 2, "hour": 3, "minute": 4, "second": 5}[precision]
    least = {"month": 1, "day": 1, "hour": 0, "minute": 0, "second": 0, "microsecond": 0}
    return local.replace(**{part: least[part] for part in parts[keep:]})  # type: ignore[arg-type]


def _after(start: datetime, precision: str) -> datetime:
    if precision == "year":
        return start.replace(year=start.year + 1)
    if precision == "month":
        return start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
    return start + timedelta(**{f"{precision}s": 1})


def _millis(moment: datetime) -> int:
    return int(moment.astimezone(UTC).timestamp() * 1000)


def look(row: Row, column: str) -> Any:
    """A column's value; in JSON a path `a.b` goes into objects. None where it is not there or empty."""
    value = row.get(column)
    if value is None and "." in column:
        value = row
        for name in column.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
    if isinstance(value, str):
        return value.strip() or None
    return None if isinstance(value, list | Mapping) and not value else value


_MADE: Mapping[str, tuple[Callable[[Mapping[str, Any], Tables, str], Step], frozenset[str]]] = {
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
}
