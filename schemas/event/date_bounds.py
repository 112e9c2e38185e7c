"""Check that the dates of a payload lie where such dates can lie.

The attribute `date` of a field says what the date is: `birth`, `past` (what happened), `valid_from`
or `valid_until`; `true` says only that it is a date. Code: IMPOSSIBLE_DATE. The bounds depend on
the moment of the event's append, so that every reading of the log comes to the same verdict.
"""

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from schemas.avro.codec import Record
from schemas.avro.schema_walk import NamedTypes, SchemaField, array_item, fields_of
from schemas.errors import ConfigRefusedError
from schemas.model import DAY_MS
from schemas.observation import Problem

CheckDates = Callable[[Any, str, date, list[Problem]], None]
"""(value that is not null, its path, day of the append in UTC, where problems go)."""

FIRST_BIRTH = date(1900, 1, 2)
"""Nobody who lives was born before it; 1900-01-01 is what systems write for no date."""
_EPOCH = date(1970, 1, 1)
_DAY = timedelta(days=1)
_YEAR = timedelta(days=366)


class DateRole(StrEnum):
    """What a date of an event is. `ANY`: the schema does not say."""

    ANY = "any"
    BIRTH = "birth"
    PAST = "past"
    VALID_FROM = "valid_from"
    VALID_UNTIL = "valid_until"


def date_role(attribute: object) -> DateRole:
    """Give the role that a schema's attribute `date` names.

    Raises ConfigRefusedError for a role that does not exist.
    """
    if attribute is None or isinstance(attribute, bool):
        return DateRole.ANY
    try:
        return DateRole(str(attribute))
    except ValueError as error:
        roles = ", ".join(role for role in DateRole if role is not DateRole.ANY)
        raise ConfigRefusedError(f"date is true or one of {roles}, not {attribute!r}") from error


def bounds_of(role: DateRole, day: date) -> tuple[date, date]:
    """Give the first and the last day that a date can be, in an event appended on `day` (UTC)."""
    match role:
        case DateRole.ANY:
            return date.min, date.max
        case DateRole.BIRTH:
            return FIRST_BIRTH, day + _DAY
        case DateRole.PAST:
            return date(1800, 1, 1), day + _DAY
        case DateRole.VALID_FROM:
            return FIRST_BIRTH, day + 20 * _YEAR
        case DateRole.VALID_UNTIL:
            return FIRST_BIRTH, day + 100 * _YEAR


def day_of(millis: int) -> date:
    """Give the day in UTC of a time in ms since 1970 UTC."""
    return _EPOCH + timedelta(days=millis // DAY_MS)


def compile_date_check(definition: Record) -> CheckDates | None:
    """Compile the check of a whole payload; None if no date of it has bounds."""
    return _record(definition, {})


def _record(definition: Record, names: NamedTypes) -> CheckDates | None:
    roles: dict[DateRole, str] = {}
    checked: list[tuple[str, CheckDates]] = []
    for schema_field in fields_of(definition, names):
        check = _value(schema_field, names)
        if check is not None:
            checked.append((schema_field.name, check))
        roles.setdefault(date_role(schema_field.attributes.get("date")), schema_field.name)
    if not checked:
        return None
    begin, end = roles.get(DateRole.VALID_FROM), roles.get(DateRole.VALID_UNTIL)

    def check_record(record: Any, path: str, day: date, out: list[Problem]) -> None:
        if not isinstance(record, dict):
            return
        for name, check in checked:
            value = record.get(name)
            if value:
                check(value, f"{path}.{name}", day, out)
        if begin and end and _is_reversed(record.get(begin), record.get(end)):
            out.append(Problem("IMPOSSIBLE_DATE", f"{path}.{end}"[1:], f"before {begin}"))

    return check_record


def _value(schema_field: SchemaField, names: NamedTypes) -> CheckDates | None:
    kind = schema_field.type["type"]
    if kind == "record":
        return _record(schema_field.type, names) if "fields" in schema_field.type else None
    if kind == "array":
        return _list(_value(array_item(schema_field, names), names))
    role = date_role(schema_field.attributes.get("date"))
    return None if kind != "string" or role is DateRole.ANY else _date(role)


def _list(check_item: CheckDates | None) -> CheckDates | None:
    if check_item is None:
        return None

    def check_list(values: Any, path: str, day: date, out: list[Problem]) -> None:
        for index, value in enumerate(values if isinstance(values, list | tuple) else ()):
            if value:
                check_item(value, f"{path}[{index}]", day, out)

    return check_list


def _date(role: DateRole) -> CheckDates:
    def check_date(value: Any, path: str, day: date, out: list[Problem]) -> None:
        written = _read(value)
        first, last = bounds_of(role, day)
        if written is not None and not first <= written <= last:
            out.append(Problem("IMPOSSIBLE_DATE", path[1:], f"{first}..{last}"))

    return check_date


def _read(value: Any) -> date | None:
    """Read an ISO date; None for what is none, which the check of values reports."""
    try:
        return date.fromisoformat(value)
    except (ValueError, TypeError):
        return None


def _is_reversed(begin: Any, end: Any) -> bool:
    first, last = _read(begin), _read(end)
    return first is not None and last is not None and last < first
