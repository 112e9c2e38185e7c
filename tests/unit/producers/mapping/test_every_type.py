"""A file can become an event of every type: each field of the example has a column of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from producers.mapping.loader import parse_mapping
from producers.mapping.suggest.match_fields import event_type_names
from producers.mapping.type_check import check_mapping
from producers.model import MappedRow
from schemas.codes import code_sets
from schemas.event.event_type import event_type
from schemas.examples import example

ENVELOPE = {
    "tlp": "AMBER",
    "purpose": "investigation",
    "legal_basis": "UNTOC-18.4",
    "crime": "0000",
    "evaluation": {"scheme": "4x4", "source": "A", "information": "1"},
}


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The path and the value of each cell that an officer would fill."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, f"{path}[{index}]")
    elif value is not None:
        yield path, value


def column(path: str, cell: object) -> object:
    """How a mapping reads the cell's text."""
    if isinstance(cell, int):
        return {"column": path, "steps": [{"integer": True}]}
    if isinstance(cell, float):
        return {"column": path, "steps": [{"number": "."}]}
    return path


def test_a_row_with_a_column_for_each_field_becomes_the_example_of_its_type() -> None:
    assert len(event_type_names()) >= 27
    for name in event_type_names():
        cells = dict(leaves(example(name).payload))
        cells.pop("source_reference")
        content = {
            "type": name,
            "source": {"format": "csv"},
            "reference": {"columns": ["ID"]},
            "envelope": ENVELOPE,
            "fields": {path: column(path, cell) for path, cell in cells.items()},
        }
        mapping = parse_mapping(content, Path(f"{name}.toml"))
        check_mapping(mapping, event_type(name), code_sets({}))
        mapped = mapping.apply({**{path: str(cell) for path, cell in cells.items()}, "ID": "1"}, 2)
        assert isinstance(mapped, MappedRow), (name, mapped)
        filled = dict(leaves(mapped.payload))
        assert {path: filled.get(path) for path in cells} == cells, name
        assert event_type(name).validate(mapped.payload) == [], name
