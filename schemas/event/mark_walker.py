"""Compile the attribute `observed` of a schema into a walk over the marks of a payload."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from schemas.avro.codec import Record
from schemas.avro.schema_walk import NamedTypes, SchemaField, array_item, fields_of


class Mark(NamedTuple):
    """What is observed: its path with `[*]` for indexes, the kind of thing, and what stands there.

    `value`: a record, or a string.
    """

    path: str
    kind: str
    value: Any


WalkMarks = Callable[[Any], Iterator[Mark]]


def compile_mark_walker(definition: Record) -> WalkMarks:
    """Compile a function that yields the marks of a payload in the schema's order."""
    walk = _record(definition, {}, definition.get("observed"), "")
    return walk or _no_marks


def _no_marks(_record: Any) -> Iterator[Mark]:
    return iter(())


def _record(
    definition: Record, names: NamedTypes, observed: str | None, path: str
) -> WalkMarks | None:
    before = f"{path}." if path else ""
    nested = tuple(
        (part.name, walk)
        for part in fields_of(definition, names)
        if (walk := _value(part, names, f"{before}{part.name}")) is not None
    )
    if not nested and not observed:
        return None

    def walk_record(record: Any) -> Iterator[Mark]:
        if observed:
            yield Mark(path, observed, record)
        for name, walk in nested:
            value = record.get(name)
            if value:
                yield from walk(value)

    return walk_record


def _value(part: SchemaField, names: NamedTypes, path: str) -> WalkMarks | None:
    kind, observed = part.type["type"], part.attributes.get("observed")
    if kind == "record":
        return _record(part.type, names, observed, path)
    if kind == "array":
        walk = _value(array_item(part, names), names, f"{path}[*]")
        return None if walk is None else _items(walk)
    return _text(path, observed) if observed else None


def _items(walk: WalkMarks) -> WalkMarks:
    def walk_items(values: Any) -> Iterator[Mark]:
        for value in values:
            yield from walk(value)

    return walk_items


def _text(path: str, kind: str) -> WalkMarks:
    def walk_text(value: Any) -> Iterator[Mark]:
        yield Mark(path, kind, value)

    return walk_text
