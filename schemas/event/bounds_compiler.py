"""Compile a check of the lists and texts of a payload against the bounds of the format.

Codes: TOO_MANY_ENTRIES (of a list), TEXT_TOO_LONG.
"""

from collections.abc import Callable
from typing import Any

from schemas.avro.codec import Record
from schemas.avro.schema_walk import NamedTypes, SchemaField, array_item, fields_of, make_field
from schemas.bounds import MAX_FIELD_LENGTH, MAX_LIST_LENGTH, MAX_MARK_LENGTH
from schemas.observation import Problem

CheckBounds = Callable[[Any, str, list[Problem]], None]
"""(value that is not null, its path, where problems go)."""


def compile_bounds(definition: Record) -> CheckBounds:
    """Compile the check of a whole payload."""
    return _record(definition, {}, "observed" in definition)


def _record(definition: Record, names: NamedTypes, observed: bool) -> CheckBounds:
    checked = tuple(
        (schema_field.name, check)
        for schema_field in fields_of(definition, names)
        if (check := _value(schema_field, names, observed)) is not None
    )

    def check_record(record: Any, path: str, out: list[Problem]) -> None:
        for name, check in checked:
            value = record.get(name)
            if value:
                check(value, f"{path}.{name}", out)

    return check_record


def _value(schema_field: SchemaField, names: NamedTypes, observed: bool) -> CheckBounds | None:
    kind = schema_field.type["type"]
    is_mark = observed or bool(schema_field.attributes.keys() & {"observed", "trait"})
    if kind == "record":
        return _record(schema_field.type, names, is_mark)
    if kind == "array":
        return _list(_value(array_item(schema_field, names), names, is_mark))
    if kind == "map":
        values = make_field("", schema_field.type["values"], False, {}, names)
        return _map(_value(values, names, is_mark))
    return _check_mark if is_mark and kind in {"string", "bytes"} else None


def _check_mark(value: Any, path: str, out: list[Problem]) -> None:
    if len(value) > MAX_MARK_LENGTH:
        out.append(Problem("TEXT_TOO_LONG", _field(path), f"{len(value)} > {MAX_MARK_LENGTH}"))


def _list(check_item: CheckBounds | None) -> CheckBounds:
    def check_list(values: Any, path: str, out: list[Problem]) -> None:
        if len(values) > MAX_LIST_LENGTH:
            out.append(_too_many(values, path))
        elif check_item is not None:
            for index, value in enumerate(values):
                if value is not None:
                    check_item(value, f"{path}[{index}]", out)

    return check_list


def _map(check_value: CheckBounds | None) -> CheckBounds:
    def check_map(values: Any, path: str, out: list[Problem]) -> None:
        if len(values) > MAX_LIST_LENGTH:
            out.append(_too_many(values, path))
            return
        for key, value in values.items():
            _check_mark(key, path, out)
            if check_value is not None and value is not None:
                check_value(value, f"{path}.{key}", out)

    return check_map


def _too_many(values: Any, path: str) -> Problem:
    return Problem("TOO_MANY_ENTRIES", _field(path), f"{len(values)} > {MAX_LIST_LENGTH}")


def _field(path: str) -> str:
    return path[1 : MAX_FIELD_LENGTH + 1]
