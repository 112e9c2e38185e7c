"""Compile what a schema's attributes demand into one function of a payload.

Codes: MISSING_FIELD (required and absent, null, blank or empty), UNKNOWN_CODE (not in its list),
BAD_NUMBER (no number, not finite, out of bounds), IMPOSSIBLE_DATE (`date`), BROKEN_FORMAT (of
another type, not of the pattern, a field the schema does not know), NAME_REFUSED
(`schemas.event.protected_names`).
"""

import re
from collections.abc import Callable, Iterator, Set
from datetime import date
from math import isfinite
from typing import Any, NamedTuple

from schemas.avro.codec import Record
from schemas.avro.schema_walk import NamedTypes, SchemaField, array_item, fields_of, make_field
from schemas.codes import CodeSets
from schemas.errors import ConfigRefusedError
from schemas.event.protected_names import check_pseudonym, named_only_as, refuse_named
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
NUMBERS: dict[str, tuple[int | None, int | None]] = {
    "int": (-(2**31), 2**31 - 1),
    "long": (-(2**63), 2**63 - 1),
    "float": (None, None),
    "double": (None, None),
}
"""The types of numbers: the least and the greatest value of those that are whole."""


class CheckScope(NamedTuple):
    """Say in what a check is compiled.

    `personal`: beneath a field with that attribute, where a bad value is never shown.
    """

    lists: CodeSets
    names: NamedTypes
    personal: bool = False


def compile_checks(definition: Record, lists: CodeSets) -> Check:
    """Compile the check of a whole payload.

    Raises ConfigRefusedError for an attribute that cannot be checked.
    """
    return _record(definition, CheckScope(lists, {}))


def _record(definition: Record, scope: CheckScope) -> Check:
    schema_fields = list(fields_of(definition, scope.names))
    checks = {field.name: _value(field, scope) for field in schema_fields}
    free_texts = frozenset(field.name for field in schema_fields if _is_free_text(field))
    needed = tuple(field.name for field in schema_fields if is_needed(field))
    no_null = {field.name for field in schema_fields if not field.nullable}.difference(needed)

    def check(record: Any, path: str, out: list[Problem]) -> None:
        if not isinstance(record, dict):
            out.append(Problem("BROKEN_FORMAT", path[1:], "record"))
            return
        if not checks.keys() >= record.keys():
            _report_unknown_fields(record, checks.keys(), path, out)
        for name, value in record.items():
            if value is None:
                if name in no_null:
                    out.append(Problem("MISSING_FIELD", f"{path}.{name}"[1:], ""))
            elif not (value.__class__ is str and name in free_texts) and name in checks:
                checks[name](value, f"{path}.{name}", out)
        for name in needed:
            if record.get(name) is None:
                out.append(Problem("MISSING_FIELD", f"{path}.{name}"[1:], ""))

    return check


def _is_free_text(schema_field: SchemaField) -> bool:
    return (
        schema_field.type["type"] == "string"
        and schema_field.nullable
        and not is_needed(schema_field)
        and not schema_field.attributes.keys() & {"codes", "pattern", "date", "pseudonym"}
    )


def _report_unknown_fields(
    record: Record, field_names: Set[str], path: str, out: list[Problem]
) -> None:
    out.extend(
        Problem("BROKEN_FORMAT", f"{path}.{name}"[1:], "not in the schema")
        for name in sorted(map(str, record.keys() - field_names))
    )


def is_needed(schema_field: SchemaField) -> bool:
    """Say whether a field must have a value that is not null."""
    return bool(schema_field.attributes.get("required")) or not (
        schema_field.nullable or schema_field.has_default
    )


def _value(schema_field: SchemaField, scope: CheckScope) -> Check:
    kind = schema_field.type["type"]
    scope = scope._replace(personal=scope.personal or bool(schema_field.attributes.get("personal")))
    if kind == "record":
        return _inner_record(schema_field, scope)
    if kind in NUMBERS:
        return _number(schema_field, kind)
    if kind == "array":
        return _array(schema_field, scope)
    if kind == "string":
        return _string(schema_field, scope)
    if kind == "map":
        return _map(schema_field, scope)
    return _of_class(schema_field, kind)


def _inner_record(schema_field: SchemaField, scope: CheckScope) -> Check:
    if "fields" not in schema_field.type:
        return _refuse(schema_field)
    check = _record(schema_field.type, scope)
    rule = named_only_as(schema_field, scope.names)
    return check if rule is None else refuse_named(rule, check)


def _refuse(schema_field: SchemaField) -> Check:
    raise ConfigRefusedError(
        f"{schema_field.name}: a type that is not understood: {schema_field.type}"
    )


def _of_class(schema_field: SchemaField, kind: str) -> Check:
    classes = _CLASSES.get(kind) or _refuse(schema_field)
    size = schema_field.type.get("size")

    def check(value: Any, path: str, out: list[Problem]) -> None:
        if not isinstance(value, classes) or (size is not None and len(value) != size):  # type: ignore[arg-type]
            out.append(
                Problem("BROKEN_FORMAT", path[1:], f"{kind} of {size} bytes" if size else kind)
            )

    return check


def _array(schema_field: SchemaField, scope: CheckScope) -> Check:
    check_item, required = (
        _value(array_item(schema_field, scope.names), scope),
        bool(schema_field.attributes.get("required")),
    )

    def check(values: Any, path: str, out: list[Problem]) -> None:
        if not isinstance(values, list | tuple):
            out.append(Problem("BROKEN_FORMAT", path[1:], "array"))
        elif required and not values:
            out.append(Problem("MISSING_FIELD", path[1:], ""))
        else:
            for index, value in enumerate(values):
                check_item(value, f"{path}[{index}]", out)

    return check


def _map(schema_field: SchemaField, scope: CheckScope) -> Check:
    check_value = _value(
        make_field(schema_field.name, schema_field.type["values"], False, {}, scope.names), scope
    )

    def check(values: Any, path: str, out: list[Problem]) -> None:
        if not isinstance(values, dict):
            out.append(Problem("BROKEN_FORMAT", path[1:], "map"))
            return
        for key, value in values.items():
            check_value(value, f"{path}.{key}", out)

    return check


def number_bounds(schema_field: SchemaField) -> tuple[float | None, float | None]:
    """Return the least and the greatest value of a field with numbers; None where there is none.

    Raises ConfigRefusedError for an attribute that is no number.
    """
    natural_low, natural_high = NUMBERS[schema_field.type["type"]]
    low, high = (
        schema_field.attributes.get("minimum", natural_low),
        schema_field.attributes.get("maximum", natural_high),
    )
    for bound in (low, high):
        if bound is not None and (isinstance(bound, bool) or not isinstance(bound, int | float)):
            raise ConfigRefusedError(f"{schema_field.name}: minimum and maximum are numbers")
    return low, high


def _number(schema_field: SchemaField, kind: str) -> Check:
    low, high = number_bounds(schema_field)
    whole = kind in {"int", "long"}
    bounds = f"{'' if low is None else low}..{'' if high is None else high}"
    expected = f"{'whole ' if whole else ''}number {bounds}"

    def check(value: Any, path: str, out: list[Problem]) -> None:
        fits = (
            isinstance(value, int if whole else int | float)
            and not isinstance(value, bool)
            and (whole or isfinite(value))
        )
        if not fits or (low is not None and value < low) or (high is not None and value > high):
            out.append(Problem("BAD_NUMBER", path[1:], expected))

    return check


def _string(schema_field: SchemaField, scope: CheckScope) -> Check:
    rules = tuple(_string_rules(schema_field, scope))
    required = bool(schema_field.attributes.get("required"))
    if len(rules) == 1 and ("codes" in schema_field.attributes or not required):
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


def _string_rules(schema_field: SchemaField, scope: CheckScope) -> Iterator[Check]:
    if "codes" in schema_field.attributes:
        yield _codes(schema_field, scope)
    if "pattern" in schema_field.attributes:
        yield _pattern(schema_field.name, schema_field.attributes["pattern"])
    if schema_field.attributes.get("date"):
        yield _date
    if schema_field.attributes.get("pseudonym"):
        yield check_pseudonym


def _codes(schema_field: SchemaField, scope: CheckScope) -> Check:
    name, required, personal = (
        schema_field.attributes["codes"],
        bool(schema_field.attributes.get("required")),
        scope.personal,
    )
    allowed = scope.lists.get(name)
    if allowed is None:
        raise ConfigRefusedError(f"{schema_field.name}: there is no code list {name!r}")

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
    if not is_date(value):
        out.append(Problem("IMPOSSIBLE_DATE", path[1:], "YYYY-MM-DD"))


def is_date(value: Any) -> bool:
    """Say whether a value is the text of an ISO date."""
    try:
        date.fromisoformat(value)
    except (ValueError, TypeError):
        return False
    return True
