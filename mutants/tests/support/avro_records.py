"""Schemas and records of them, for tests of the compiled reader and writer."""

from typing import Any

from hypothesis import strategies as st

LEAVES: list[tuple[Any, st.SearchStrategy[Any]]] = [
    ("null", st.none()),
    ("boolean", st.booleans()),
    ("int", st.integers(-(2**31), 2**31 - 1)),
    ("long", st.integers(-(2**63), 2**63 - 1)),
    ("double", st.floats(allow_nan=False)),
    ("float", st.floats(width=32, allow_nan=False)),
    ("string", st.text(max_size=100)),
    ("bytes", st.binary(max_size=100)),
]


@st.composite
def _types(draw: st.DrawFn, depth: int = 0) -> tuple[Any, st.SearchStrategy[Any]]:
    """A type without names (arrays, maps, nullable types) and a strategy for its values."""
    kind = (
        draw(st.sampled_from(["leaf", "leaf", "array", "map", "nullable"])) if depth < 3 else "leaf"
    )
    if kind == "leaf":
        leaf: tuple[Any, st.SearchStrategy[Any]] = draw(st.sampled_from(LEAVES))
        return leaf
    inner, values = draw(_types(depth=depth + 1))
    if kind == "array" and inner != "null":  # items of no size are left to fastavro
        return {"type": "array", "items": inner}, st.lists(values, max_size=4)
    if kind == "map":
        return {"type": "map", "values": inner}, st.dictionaries(
            st.text(max_size=5), values, max_size=4
        )
    if inner == "null" or isinstance(inner, list):
        return inner, values
    return ["null", inner], st.none() | values


@st.composite
def records(draw: st.DrawFn) -> tuple[Any, dict[str, Any]]:
    """A record schema and a record of it. The first field's type is used again by its name."""
    first = {"name": "f0", "type": {"type": "fixed", "name": "Id", "size": 4}}
    definition: Any = {"type": "record", "name": "A", "fields": [first]}
    record: dict[str, Any] = {"f0": draw(st.binary(min_size=4, max_size=4))}
    for index in range(1, draw(st.integers(2, 6))):
        type_, values = draw(_types())
        definition["fields"].append({"name": f"f{index}", "type": type_})
        record[f"f{index}"] = draw(values)
    definition["fields"].append({"name": "last", "type": ["null", "Id", "string"]})
    record["last"] = draw(st.none() | st.binary(min_size=4, max_size=4) | st.text(max_size=3))
    return definition, record
