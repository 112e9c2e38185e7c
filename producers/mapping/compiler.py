"""From a mapping file's `[fields]` and `[lists]` to what runs over rows. Raises MappingError naming
file and key.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from producers.errors import bad_mapping
from producers.mapping.columns import elements_getter, getter_for_format
from producers.mapping.fields import (
    Field,
    Group,
    Keys,
    RepeatedList,
    Value,
    join_columns,
    only_when,
    value_getter,
)
from producers.mapping.lookup_tables import fold_text
from producers.mapping.steps import compile_step
from producers.mapping.values import Columns, Tables, to_text
from producers.model import Row
from schemas.i18n import _

CONSTANT_ENVELOPE_FIELDS = frozenset(
    [
        "tlp",
        "purpose",
        "legal_basis",
        "crime",
        "evaluation",
        "recipients",
        "handling",
        "urgency",
        "language",
        "place_country",
        "condition",
        "justification",
        "case_reference",
        "exercise",
        "review_date",
    ]
)
MAPPABLE_ENVELOPE_FIELDS = CONSTANT_ENVELOPE_FIELDS - {"evaluation"} | {
    "occurred",
    "reported_at",
    "subdivision",
}
_FIELD = frozenset(["column", "columns", "join", "constant", "steps", "when", "default"])
_SEGMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)((?:\[\d+\])*)")


def reject_unknown_keys(content: Mapping[str, Any], names: frozenset[str], where: str) -> None:
    unknown = sorted(set(content) - names)
    if unknown:
        raise bad_mapping(
            where,
            _(
                "{unknown} is not known; these are: {names}",
                unknown=", ".join(unknown),
                names=", ".join(sorted(names)),
            ),
        )


def compile_groups(
    fields: Mapping[str, Any], lists: Mapping[str, Any], tables: Tables, format_: str, where: str
) -> Group:
    """Fields sorted into the lists that their `[*]` name, each list into the one around it."""
    _all_lists_known(fields, lists, format_, where)

    def group(within: str) -> Group:
        own = {
            target.removeprefix(within).removeprefix("."): target
            for target in fields
            if _list_of(target) == within
        }
        made = tuple(
            _field(
                name, target, fields[target], tables, format_, f"{where}: {target}", bool(within)
            )
            for name, target in own.items()
        )
        inner = tuple(
            RepeatedList(
                name.removesuffix("[*]"),
                _path(name.removesuffix("[*]"), where),
                column,
                elements_getter(format_, column),
                group(path),
            )
            for path, name, column in _inside(lists, within)
        )
        dense = any(
            isinstance(key, int)
            for keys in [*(one.keys for one in made), *(one.keys for one in inner)]
            for key in keys
        )
        return Group(made, inner, dense)

    return group("")


def _list_of(target: str) -> str:
    """`a[*].b[*]` of `a[*].b[*].c`; empty outside any list."""
    return target[: at + 3] if (at := target.rfind("[*]")) >= 0 else ""


def _inside(lists: Mapping[str, Any], within: str) -> Iterator[tuple[str, str, str]]:
    """The lists directly inside another: whole path with `[*]`, name from there, column."""
    for path, column in lists.items():
        if _list_of(path) == within:
            yield f"{path}[*]", path.removeprefix(within).removeprefix(".") + "[*]", column


def _all_lists_known(
    fields: Mapping[str, Any], lists: Mapping[str, Any], format_: str, where: str
) -> None:
    if lists and format_ in ("csv", "xlsx"):
        raise bad_mapping(f"{where}: [lists]", _("only in json, jsonl and xml"))
    if not all(isinstance(column, str) and column for column in lists.values()):
        raise bad_mapping(
            f"{where}: [lists]",
            _("each list names the column that repeats"),
        )
    used = {_list_of(target).removesuffix("[*]") for target in (*fields, *lists)} - {""}
    if missing := sorted(used - set(lists)):
        raise bad_mapping(
            f"{where}: [lists]", _("{missing} is missing", missing=", ".join(missing))
        )
    if idle := sorted(set(lists) - used):
        raise bad_mapping(f"{where}: [lists]", _("nothing uses {idle}", idle=", ".join(idle)))


def _field(
    name: str, target: str, spec: Any, tables: Tables, format_: str, where: str, listed: bool
) -> Field:
    if isinstance(spec, str):
        spec = {"column": spec}
    if not isinstance(spec, dict):
        raise bad_mapping(where, _("is a column or a table"))
    reject_unknown_keys(spec, _FIELD, where)
    if sum(key in spec for key in ("column", "columns", "constant")) != 1:
        raise bad_mapping(
            where,
            _("needs one of column, columns, constant"),
        )
    keys = _path(name, where) if name else ()
    if (
        keys
        and keys[0] == "envelope"
        and (listed or len(keys) != 2 or keys[1] not in MAPPABLE_ENVELOPE_FIELDS)
    ):
        raise bad_mapping(
            where,
            _(
                "fields of the envelope that can be given: {names}",
                names=", ".join(sorted(MAPPABLE_ENVELOPE_FIELDS)),
            ),
        )
    used = set[str]()
    look = getter_for_format(format_)

    def column(name: str) -> Value:
        used.add(name)
        return look(name)

    columns = (spec["column"],) if "column" in spec else tuple(spec.get("columns", ()))
    if not all(isinstance(each, str) and each for each in columns) or (
        "columns" in spec and not columns
    ):
        raise bad_mapping(where, _("the name of a column is a text"))
    found = tuple(column(each) for each in columns)
    steps = tuple(compile_step(step, tables, column, where) for step in spec.get("steps", ()))
    value = (
        value_getter(found, str(spec.get("join", " ")), steps, spec.get("default"))
        if columns
        else _constant(spec["constant"])
    )
    if "when" in spec:
        value = only_when(value, _when(spec["when"], column, where))
    return Field(name, keys, columns, value, frozenset(used), found)


def _constant(value: Any) -> Value:
    return lambda row: value


def _path(target: str, where: str) -> Keys:
    parts: list[str | int] = []
    for segment in target.split("."):
        found = _SEGMENT.fullmatch(segment)
        if not found:
            raise bad_mapping(where, _("is not a target such as a.b[0].c"))
        parts.append(found[1])
        parts.extend(int(index) for index in re.findall(r"\d+", found[2]))
    return tuple(parts)


def _when(spec: Any, column: Columns, where: str) -> Callable[[Row], bool]:
    """The condition that a row must meet; of several columns, what stands in any."""
    tests = {"in", "not_in", "present"}
    if (
        not isinstance(spec, dict)
        or len(spec) != 2
        or len(spec.keys() & tests) != 1
        or not spec.keys() & {"column", "columns"}
    ):
        raise bad_mapping(
            f"{where}: when",
            _("needs column (or columns) and one of in, not_in, present"),
        )
    names = [spec["column"]] if "column" in spec else list(spec["columns"])
    look = join_columns(tuple(column(name) for name in names), " ")
    if "present" in spec:
        wanted = bool(spec["present"])
        return lambda row: (look(row) is not None) == wanted
    inside = "in" in spec
    values = frozenset(fold_text(str(value)) for value in spec["in" if inside else "not_in"])
    return lambda row: (fold_text(to_text(look(row) or "")) in values) == inside
