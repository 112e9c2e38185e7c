"""Compile the `[fields]` and `[lists]` of a mapping into what runs over rows.

Functions raise MappingError naming the file and the key.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from producers.errors import bad_mapping
from producers.mapping.columns import (
    TABLE_FORMATS,
    cell_elements_getter,
    dashless_getter_for_format,
    elements_getter,
    getter_for_format,
    is_dashes,
)
from producers.mapping.date_uses import DateUses, precision_target, text_target
from producers.mapping.fields import (
    Field,
    Group,
    RepeatedList,
    Value,
    join_columns,
    only_when,
    value_getter,
)
from producers.mapping.file_model import EnvelopeTable
from producers.mapping.lookup_tables import fold_text
from producers.mapping.parted_values import FurtherKeys, Keys
from producers.mapping.steps import compile_step
from producers.mapping.values import Columns, Tables, to_text
from producers.model import Row
from producers.sources.outer_facts import OUTER
from schemas.i18n import _

MAPPABLE_ENVELOPE_FIELDS = frozenset(EnvelopeTable.model_fields) - {"evaluation"} | {
    "occurred",
    "reported_at",
    "subdivision",
}
_MOMENTS = frozenset({"occurred", "reported_at"})
_DATE_STEP = '{ date = ["%d/%m/%Y"], zone = "America/Lima" }'
_SEGMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)((?:\[\d+\])*)")


def compile_groups(content: Mapping[str, Any], tables: Tables, uses: DateUses, file: str) -> Group:
    """Sort fields into the lists that their `[*]` name, each list into the one around it."""
    fields, lists, format_ = (
        content["fields"],
        content.get("lists", {}),
        content["source"]["format"],
    )
    required = frozenset(content.get("required", ()))
    identity = frozenset(content.get("reference", {}).get("columns", ()))
    _check_lists(fields, lists, format_, file)
    _check_required(required, fields, lists, file)
    compiler = _FieldCompiler(tables, format_, uses, file)

    def compile_group(within: str) -> Group:
        own = tuple(
            replace(
                compiler.compile(target.removeprefix(within).removeprefix("."), target, fields),
                is_required=target in required,
            )
            for target in fields
            if _list_of(target) == within
        )
        own = _named_codes_first(own)
        inner = tuple(
            RepeatedList(
                name.removesuffix("[*]"),
                _path(name.removesuffix("[*]"), file),
                column,
                _elements(format_, column, separators),
                compile_group(path),
                path.removesuffix("[*]") in required,
            )
            for path, name, column, separators in _inside(lists, within)
        )
        paths = [*(field.keys for field in own), *(inner_list.keys for inner_list in inner)]
        has_indexes = any(isinstance(key, int) for keys in paths for key in keys)
        return Group(own, inner, has_indexes, _row_values(own, inner, identity))

    return compile_group("")


def _named_codes_first(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Sort fields so that currency and unit are known before the number that may name another."""
    named = {keys for field in fields for keys in (field.further.currency, field.further.unit)}
    return tuple(sorted(fields, key=lambda field: field.keys not in named - {()}))


def _row_values(
    fields: tuple[Field, ...], lists: tuple[RepeatedList, ...], identity: frozenset[str]
) -> tuple[Value, ...]:
    """Choose what looks up the values of the row itself: not its identity, nor what is around."""
    values = [
        value
        for field in fields
        for column, value in zip(field.columns, field.column_values, strict=True)
        if column not in identity and not column.startswith(OUTER)
    ]
    return (*values, *(repeated.elements for repeated in lists))


def compile_single(
    target: str, spec: str | Mapping[str, Any], tables: Tables, format_: str, file: str
) -> Field:
    """Compile what gives one value of a row that is no field of the event."""
    return _FieldCompiler(tables, format_, DateUses(""), file).compile(
        target, target, {target: spec}
    )


def _list_of(target: str) -> str:
    """Give `a[*].b[*]` for `a[*].b[*].c`; empty outside any list."""
    return target[: at + 3] if (at := target.rfind("[*]")) >= 0 else ""


def _inside(
    lists: Mapping[str, Any], within: str
) -> Iterator[tuple[str, str, str, list[str] | None]]:
    """Yield the lists directly inside another: whole path with `[*]`, name from there, column.

    Last, for the values of one cell, what stands between them.
    """
    for path, spec in lists.items():
        if _list_of(path) == within:
            name = path.removeprefix(within).removeprefix(".") + "[*]"
            if isinstance(spec, str):
                yield f"{path}[*]", name, spec, None
            else:
                yield f"{path}[*]", name, spec["column"], spec["split"]


def _elements(
    format_: str, column: str, separators: list[str] | None
) -> Callable[[Row], list[Row]]:
    if separators is None:
        return elements_getter(format_, column)
    return cell_elements_getter(format_, column, separators)


def _check_lists(
    fields: Mapping[str, Any], lists: Mapping[str, Any], format_: str, file: str
) -> None:
    where = f"{file}: [lists]"
    if format_ in TABLE_FORMATS and any(isinstance(spec, str) for spec in lists.values()):
        problem = _("in a table a list is one cell: { column = `TEL`, split = [`/`] }")
        raise bad_mapping(where, problem)
    used = {_list_of(target).removesuffix("[*]") for target in (*fields, *lists)} - {""}
    if missing := sorted(used - set(lists)):
        raise bad_mapping(where, _("{missing} is missing", missing=", ".join(missing)))
    if unused := sorted(set(lists) - used):
        raise bad_mapping(where, _("nothing uses {idle}", idle=", ".join(unused)))


class _FieldCompiler:
    """Compiles the fields of one mapping file."""

    def __init__(self, tables: Tables, format_: str, uses: DateUses, file: str) -> None:
        self._tables, self._uses, self._file = tables, uses, file
        self._getter = getter_for_format(format_)
        self._dashless_getter = dashless_getter_for_format(format_)

    def _names_dashes(self, field_table: Mapping[str, Any]) -> bool:
        """Tell whether a table that a field looks up names a dash: `"-" = "UNKNOWN"`."""
        steps = [step for step in field_table.get("steps", ()) if not isinstance(step, str)]
        names = [step[key] for step in steps for key in ("codes", "place") if key in step]
        tables = (self._tables(name.partition(".")[0]) for name in names)
        return any(is_dashes(text) for table in tables for text in table.rows)

    def compile(self, name: str, target: str, fields: Mapping[str, Any]) -> Field:
        """Compile a field. `name` is its target inside the list that it is in."""
        spec, where, use = fields[target], f"{self._file}: {target}", self._uses.of(target)
        table: Mapping[str, Any] = {"column": spec} if isinstance(spec, str) else spec
        if sum(key in table for key in ("column", "columns", "constant")) != 1:
            raise bad_mapping(where, _("needs one of column, columns, constant"))
        keys = _path(name, where) if name else ()
        if keys and keys[0] == "envelope":
            _check_envelope_field(keys, name == target, where)
            _check_moment(keys, table, where)
        needed = set[str]()

        def column_getter(column: str) -> Value:
            needed.add(column)
            return self._getter(column)

        columns = (table["column"],) if "column" in table else tuple(table.get("columns", ()))
        get = self._getter if self._names_dashes(table) else self._dashless_getter
        column_values = tuple(get(column) for column in columns)
        needed.update(columns)
        steps = tuple(
            compile_step(step, self._tables, column_getter, where, use)
            for step in table.get("steps", ())
        )
        takes_list = bool(steps) and _takes_list(table["steps"][0])
        join = None if takes_list else table.get("join", " ")
        constant = _constant(table.get("constant"))
        value = (
            value_getter(column_values or (constant,), join, steps, table.get("default"))
            if columns or steps
            else constant
        )
        if "when" in table:
            value = only_when(value, compile_condition(table["when"], column_getter, where))
        precision = precision_target(name)
        is_partial = use.has_precision and precision_target(target) not in fields
        outside = target.removesuffix(name)
        currency = self._uses.currency_of(target).removeprefix(outside)
        unit = self._uses.unit_of(target).removeprefix(outside)
        return Field(
            name,
            keys,
            columns,
            value,
            frozenset(needed),
            column_values,
            FurtherKeys(
                _path(precision, where) if is_partial else (),
                _path(currency, where) if currency else (),
                _path(text_target(name), where) if use.has_text else (),
                _path(unit, where) if unit else (),
            ),
        )


def _takes_list(step: Any) -> bool:
    """Say whether a step takes all values of its columns, and not one text of them."""
    return not isinstance(step, str) and ("find" in step or bool(step.get("several")))


def _check_required(
    required: frozenset[str], fields: Mapping[str, Any], lists: Mapping[str, Any], file: str
) -> None:
    if unknown := sorted(required - fields.keys() - lists.keys()):
        problem = _("{names} is in no line of [fields] or [lists]", names=", ".join(unknown))
        raise bad_mapping(f"{file}: required", problem)


def _check_envelope_field(keys: Keys, is_outside_lists: bool, where: str) -> None:
    if not is_outside_lists or len(keys) != 2 or keys[1] not in MAPPABLE_ENVELOPE_FIELDS:
        names = ", ".join(sorted(MAPPABLE_ENVELOPE_FIELDS))
        raise bad_mapping(
            where, _("fields of the envelope that can be given: {names}", names=names)
        )


def _check_moment(keys: Keys, table: Mapping[str, Any], where: str) -> None:
    """Refuse a moment that no step reads: it would be left out without a word."""
    steps = table.get("steps", ())
    if keys[1] in _MOMENTS and not any(
        "date" in step for step in steps if not isinstance(step, str)
    ):
        raise bad_mapping(where, _("needs a step such as {example}", example=_DATE_STEP))


def _constant(value: Any) -> Value:
    return lambda row: value


def _path(target: str, where: str) -> Keys:
    parts: list[str | int] = []
    for segment in target.split("."):
        match = _SEGMENT.fullmatch(segment)
        if not match:
            raise bad_mapping(where, _("is not a target such as a.b[0].c"))
        parts.append(match[1])
        parts.extend(int(index) for index in re.findall(r"\d+", match[2]))
    return tuple(parts)


def compile_condition(
    spec: Mapping[str, Any], column: Columns, where: str
) -> Callable[[Row], bool]:
    """Compile what a row must meet. Of several columns it looks at their values together."""
    tests = spec.keys() & {"in", "not_in", "present"}
    if len(spec) != 2 or len(tests) != 1:
        problem = _("needs column (or columns) and one of in, not_in, present")
        raise bad_mapping(f"{where}: when", problem)
    names = [spec["column"]] if "column" in spec else list(spec["columns"])
    look_up = join_columns(tuple(column(name) for name in names), " ")
    if "present" in spec:
        must_be_present = spec["present"]
        return lambda row: (look_up(row) is not None) == must_be_present
    must_be_in = "in" in spec
    values = frozenset(fold_text(str(value)) for value in spec["in" if must_be_in else "not_in"])
    return lambda row: (fold_text(to_text(look_up(row) or "")) in values) == must_be_in
