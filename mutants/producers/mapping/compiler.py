"""From a mapping file's `[fields]` and `[lists]` to what runs over rows. Raises MappingError naming
file and key.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from producers.errors import bad_mapping
from producers.mapping.columns import elements, getter
from producers.mapping.fields import (
    Field,
    Group,
    Keys,
    RepeatedList,
    Value,
    conditional,
    joined,
    value_of,
)
from producers.mapping.lookup_tables import fold
from producers.mapping.steps import compile_step
from producers.mapping.values import Columns, Tables, text
from producers.model import Row

CONSTANTS = frozenset(
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
FROM_FIELDS = CONSTANTS - {"evaluation"} | {"occurred", "reported_at", "subdivision"}
_FIELD = frozenset(["column", "columns", "join", "constant", "steps", "when", "default"])
_SEGMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)((?:\[\d+\])*)")


def known(content: Mapping[str, Any], names: frozenset[str], where: str) -> None:
    unknown = sorted(set(content) - names)
    if unknown:
        raise bad_mapping(
            where,
            f"no conozco {', '.join(unknown)}; sí {', '.join(sorted(names))}",
            f"{', '.join(unknown)} is not known; {', '.join(sorted(names))} are",
        )


def groups(
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
                elements(format_, column),
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
        raise bad_mapping(
            f"{where}: [lists]", "solo en json, jsonl y xml", "only in json, jsonl and xml"
        )
    if not all(isinstance(column, str) and column for column in lists.values()):
        raise bad_mapping(
            f"{where}: [lists]",
            "cada lista dice la columna que se repite",
            "each list says the column that repeats",
        )
    used = {_list_of(target).removesuffix("[*]") for target in (*fields, *lists)} - {""}
    if missing := sorted(used - set(lists)):
        raise bad_mapping(
            f"{where}: [lists]", f"falta {', '.join(missing)}", f"{', '.join(missing)} is missing"
        )
    if idle := sorted(set(lists) - used):
        raise bad_mapping(
            f"{where}: [lists]", f"nada usa {', '.join(idle)}", f"nothing uses {', '.join(idle)}"
        )


def _field(
    name: str, target: str, spec: Any, tables: Tables, format_: str, where: str, listed: bool
) -> Field:
    if isinstance(spec, str):
        spec = {"column": spec}
    if not isinstance(spec, dict):
        raise bad_mapping(where, "es una columna o una tabla", "is a column or a table")
    known(spec, _FIELD, where)
    if sum(key in spec for key in ("column", "columns", "constant")) != 1:
        raise bad_mapping(
            where,
            "necesita column, columns o constant (una de ellas)",
            "needs one of column, columns, constant",
        )
    keys = _path(name, where) if name else ()
    if keys and keys[0] == "envelope" and (listed or len(keys) != 2 or keys[1] not in FROM_FIELDS):
        raise bad_mapping(
            where,
            f"del sobre se puede dar: {', '.join(sorted(FROM_FIELDS))}",
            f"of the envelope can be given: {', '.join(sorted(FROM_FIELDS))}",
        )
    used = set[str]()
    look = getter(format_)

    def column(name: str) -> Value:
        used.add(name)
        return look(name)

    columns = (spec["column"],) if "column" in spec else tuple(spec.get("columns", ()))
    if not all(isinstance(each, str) and each for each in columns) or (
        "columns" in spec and not columns
    ):
        raise bad_mapping(where, "una columna se nombra con texto", "a column is named by a text")
    found = tuple(column(each) for each in columns)
    steps = tuple(compile_step(step, tables, column, where) for step in spec.get("steps", ()))
    value = (
        value_of(found, str(spec.get("join", " ")), steps, spec.get("default"))
        if columns
        else _constant(spec["constant"])
    )
    if "when" in spec:
        value = conditional(value, _when(spec["when"], column, where))
    return Field(name, keys, columns, value, frozenset(used), found)


def _constant(value: Any) -> Value:
    return lambda row: value


def _path(target: str, where: str) -> Keys:
    parts: list[str | int] = []
    for segment in target.split("."):
        found = _SEGMENT.fullmatch(segment)
        if not found:
            raise bad_mapping(
                where, "no es un destino como a.b[0].c", "is no target such as a.b[0].c"
            )
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
            "necesita column (o columns) y uno de in, not_in, present",
            "needs column (or columns) and one of in, not_in, present",
        )
    names = [spec["column"]] if "column" in spec else list(spec["columns"])
    look = joined(tuple(column(name) for name in names), " ")
    if "present" in spec:
        wanted = bool(spec["present"])
        return lambda row: (look(row) is not None) == wanted
    inside = "in" in spec
    values = frozenset(fold(str(value)) for value in spec["in" if inside else "not_in"])
    return lambda row: (fold(text(look(row) or "")) in values) == inside
