"""Compiling what a schema's attributes demand into one function of a payload.

Codes: MISSING_FIELD (required and absent, null, blank or empty), UNKNOWN_CODE (not in its list),
BAD_NUMBER (no number, not finite, out of bounds), IMPOSSIBLE_DATE (`date`), BROKEN_FORMAT (of
another type, not of the pattern, a field the schema does not know).
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from math import isfinite
from typing import Any, NamedTuple

from schemas.avro.codec import Record
from schemas.avro.schema_walk import NamedTypes, SchemaField, array_item, fields_of, make_field
from schemas.codes import CodeSets
from schemas.errors import ConfigRefusedError
from schemas.observation import Problem

Check = Callable[[Any, str, list[Problem]], None]  # value (not null), its path, where problems go
LONGEST_SHOWN = 40

_CLASSES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "bytes": (bytes,),
    "fixed": (bytes,),
    "array": (list, tuple),
    "map": (dict,),
    "record": (dict,),
}
_NUMBERS = {
    "int": (-(2**31), 2**31 - 1),
    "long": (-(2**63), 2**63 - 1),
    "float": (None, None),
    "double": (None, None),
}


class CheckScope(NamedTuple):
    """What a check is compiled in. personal: beneath a field of that mark, where a bad value is
    never shown.

    read: for records that their own schema read, so that classes and fields are as it says; and
    without paths.
    """

    lists: CodeSets
    names: NamedTypes
    personal: bool = False
    read: bool = False


def compile_checks(definition: Record, lists: CodeSets) -> Check:
    """The check of a whole payload. Raises ConfigRefusedError for an attribute that cannot be kept."""
    return _record(definition, CheckScope(lists, {}))


def compile_fast_check(definition: Record, lists: CodeSets) -> Check:
    """Whether anything is wrong with a payload that was read: finds something where the check does,
    but says not where.
    """
    return _record_read(definition, CheckScope(lists, {}, read=True))


def _nothing(value: Any, path: str, out: list[Problem]) -> None:
    """The format makes sure of it."""


def _record_read(definition: Record, scope: CheckScope) -> Check:
    found = [
        (one.name, _needed(one), _value(one, scope)) for one in fields_of(definition, scope.names)
    ]
    checked = tuple(one for one in found if one[1] or one[2] is not _nothing)

    def glance(record: Any, path: str, out: list[Problem]) -> None:
        for name, needed, glance_at in checked:
            value = record[name]
            if value is not None:
                glance_at(value, path, out)
            elif needed:
                out.append(Problem("MISSING_FIELD", name, ""))

    return glance if checked else _nothing


def _record(definition: Record, scope: CheckScope) -> Check:
    known = frozenset(field["name"] for field in definition["fields"])
    found = list(fields_of(definition, scope.names))
    texts = tuple(one.name for one in found if one.nullable and _is_free_text(one))
    checked = tuple(
        (one.name, _needed(one), _value(one, scope)) for one in found if one.name not in texts
    )
    no_null = frozenset(one.name for one in found if not one.nullable)

    def check(record: Any, path: str, out: list[Problem]) -> None:
        if not isinstance(record, dict):
            out.append(Problem("BROKEN_FORMAT", path[1:], "record"))
            return
        if not known.issuperset(record):
            _strangers(record, known, path, out)
        get = record.get
        for name in texts:
            value = get(name)
            if value is not None and value.__class__ is not str:
                out.append(Problem("BROKEN_FORMAT", f"{path}.{name}"[1:], "string"))
        for name, needed, check_value in checked:
            value = get(name)
            if value is not None:
                check_value(value, f"{path}.{name}", out)
            elif needed or (name in no_null and name in record):
                out.append(Problem("MISSING_FIELD", f"{path}.{name}"[1:], ""))

    return check


def _is_free_text(one: SchemaField) -> bool:
    return (
        one.type["type"] == "string"
        and not _needed(one)
        and not one.attributes.keys() & {"codes", "pattern", "date"}
    )


def _strangers(record: Record, known: frozenset[str], path: str, out: list[Problem]) -> None:
    out.extend(
        Problem("BROKEN_FORMAT", f"{path}.{name}"[1:], "not in the schema")
        for name in sorted(map(str, record.keys() - known))
    )


def _needed(one: SchemaField) -> bool:
    return bool(one.attributes.get("required")) or not (one.nullable or one.has_default)


def _value(one: SchemaField, scope: CheckScope) -> Check:
    kind = one.type["type"]
    scope = scope._replace(personal=scope.personal or bool(one.attributes.get("personal")))
    if kind == "record":
        compile_record = _record_read if scope.read else _record
        return compile_record(one.type, scope) if "fields" in one.type else _refuse(one)
    if kind in _NUMBERS:
        return _number(one, kind)
    if kind == "array":
        return _array(one, scope)
    if kind == "string":
        return _nothing if scope.read and _is_free_text(one) else _string(one, scope)
    if kind == "map":
        return _map(one, scope)
    return _nothing if scope.read and kind in _CLASSES else _of_class(one, kind)


def _refuse(one: SchemaField) -> Check:
    raise ConfigRefusedError(f"{one.name}: a type that is not understood: {one.type}")


def _of_class(one: SchemaField, kind: str) -> Check:
    classes = _CLASSES.get(kind) or _refuse(one)
    size = one.type.get("size")

    def check(value: Any, path: str, out: list[Problem]) -> None:
        if not isinstance(value, classes) or (size is not None and len(value) != size):  # type: ignore[arg-type]
            out.append(
                Problem("BROKEN_FORMAT", path[1:], f"{kind} of {size} bytes" if size else kind)
            )

    return check


def _array(one: SchemaField, scope: CheckScope) -> Check:
    each, required = (
        _value(array_item(one, scope.names), scope),
        bool(one.attributes.get("required")),
    )
    if each is _nothing and not required:
        return _nothing

    def check(values: Any, path: str, out: list[Problem]) -> None:
        if not isinstance(values, list | tuple):
            out.append(Problem("BROKEN_FORMAT", path[1:], "array"))
        elif required and not values:
            out.append(Problem("MISSING_FIELD", path[1:], ""))
        else:
            for index, value in enumerate(values):
                each(value, f"{path}[{index}]", out)

    return check


def _map(one: SchemaField, scope: CheckScope) -> Check:
    each = _value(make_field(one.name, one.type["values"], False, {}, scope.names), scope)

    def check(values: Any, path: str, out: list[Problem]) -> None:
        if not isinstance(values, dict):
            out.append(Problem("BROKEN_FORMAT", path[1:], "map"))
            return
        for key, value in values.items():
            each(value, f"{path}.{key}", out)

    return check


def _number(one: SchemaField, kind: str) -> Check:
    natural_low, natural_high = _NUMBERS[kind]
    low, high = (
        one.attributes.get("minimum", natural_low),
        one.attributes.get("maximum", natural_high),
    )
    for bound in (low, high):
        if bound is not None and (isinstance(bound, bool) or not isinstance(bound, int | float)):
            raise ConfigRefusedError(f"{one.name}: minimum and maximum are numbers")
    whole = kind in {"int", "long"}
    expected = f"{'whole ' if whole else ''}number {'' if low is None else low}..{'' if high is None else high}"

    def check(value: Any, path: str, out: list[Problem]) -> None:
        fits = (
            isinstance(value, int if whole else int | float)
            and not isinstance(value, bool)
            and (whole or isfinite(value))
        )
        if not fits or (low is not None and value < low) or (high is not None and value > high):
            out.append(Problem("BAD_NUMBER", path[1:], expected))

    return check


def _string(one: SchemaField, scope: CheckScope) -> Check:
    rules = tuple(_string_rules(one, scope))
    required = bool(one.attributes.get("required"))
    if len(rules) == 1 and ("codes" in one.attributes or not required):
        return rules[0]

    def check(value: Any, path: str, out: list[Problem]) -> None:
        if value.__class__ is not str:
            out.append(Problem("BROKEN_FORMAT", path[1:], "string"))
        elif required and not value.strip():
            out.append(Problem("MISSING_FIELD", path[1:], ""))
        else:
            for rule in rules:
                rule(value, path, out)

    return check


def _string_rules(one: SchemaField, scope: CheckScope) -> Iterator[Check]:
    if "codes" in one.attributes:
        yield _codes(one, scope)
    if "pattern" in one.attributes:
        yield _pattern(one.name, one.attributes["pattern"])
    if one.attributes.get("date"):
        yield _date


def _codes(one: SchemaField, scope: CheckScope) -> Check:
    name, required, personal = (
        one.attributes["codes"],
        bool(one.attributes.get("required")),
        scope.personal,
    )
    allowed = scope.lists.get(name)
    if allowed is None:
        raise ConfigRefusedError(f"{one.name}: there is no code list {name!r}")

    def check(value: Any, path: str, out: list[Problem]) -> None:
        if value.__class__ is str and value in allowed:
            return
        if required and value.__class__ is str and not value.strip():
            out.append(Problem("MISSING_FIELD", path[1:], ""))
        else:
            out.append(
                Problem(
                    "UNKNOWN_CODE",
                    path[1:],
                    name if personal else f"{name}: {str(value)[:LONGEST_SHOWN]}",
                )
            )

    return check


def _pattern(field: str, pattern: str) -> Check:
    try:
        fits = re.compile(pattern).fullmatch
    except re.error as error:
        raise ConfigRefusedError(
            f"{field}: the pattern {pattern!r} is no regular expression: {error}"
        ) from error

    def check(value: Any, path: str, out: list[Problem]) -> None:
        if value.__class__ is not str or fits(value) is None:
            out.append(Problem("BROKEN_FORMAT", path[1:], f"pattern {pattern}"))

    return check


def _date(value: Any, path: str, out: list[Problem]) -> None:
    try:
        date.fromisoformat(value)
    except (ValueError, TypeError):
        out.append(Problem("IMPOSSIBLE_DATE", path[1:], "YYYY-MM-DD"))
