"""Find the dimensions that event types mark, and the lists of their codes, in the text of schemas.

`schemas.measures` says how a mark is read. Here the names count, and the code lists: a question
must not name another dimension, nor a code that no list has. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

import orjson

from schemas.event.event_type import EVENTS
from schemas.measures.dimensions import is_closed

Json = object


class DimensionMark(NamedTuple):
    """A mark of a field. `name`: the dimension's, with what stands before it in inner records.

    `reading`: the name by which `schemas.measures` reads a text; `code_list`: that of the field's
    codes; empty where any text has a value.
    """

    name: str
    reading: str
    code_list: str


Marks = Mapping[str, frozenset[DimensionMark]]
"""By name of a dimension: how fields of any event type mark it."""


@lru_cache(maxsize=8)
def dimension_marks(texts: tuple[str, ...]) -> Marks:
    """Return the marks of these schemas, and those of the release's event types."""
    return _by_name((*released_marks(), *marks_of(texts)))


@cache
def released_marks() -> tuple[DimensionMark, ...]:
    """Return the marks of the release's event types."""
    paths = sorted(EVENTS.glob("*.avsc"))
    return tuple(marks_of(path.read_text(encoding="utf-8") for path in paths))


@cache
def released_marks_by_name() -> Marks:
    """Return the marks of the release's event types, by name of the dimension."""
    return _by_name(released_marks())


def _by_name(marks: Iterable[DimensionMark]) -> Marks:
    by_name: dict[str, set[DimensionMark]] = {}
    for mark in marks:
        by_name.setdefault(mark.name, set()).add(mark)
    return {name: frozenset(own) for name, own in by_name.items()}


def marks_of(texts: Iterable[str]) -> Iterator[DimensionMark]:
    """Yield the marks of schemas, given as their texts."""
    for text in texts:
        yield from _walk(orjson.loads(text), "", {})


def _walk(type_: Json, prefix: str, records: dict[str, Json]) -> Iterator[DimensionMark]:
    """Yield the marks in a type of a schema. `records`: those that were defined before."""
    if isinstance(type_, str):
        if type_ in records:
            yield from _walk(records[type_], prefix, {**records, type_: None})
    elif isinstance(type_, list):
        for branch in type_:
            yield from _walk(branch, prefix, records)
    elif isinstance(type_, dict):
        records[str(type_.get("name"))] = type_
        for inner in ("items", "values"):
            yield from _walk(type_.get(inner), prefix, records)
        for part in type_.get("fields", ()):
            yield from _walk_field(part, prefix, records)


def _walk_field(
    part: dict[str, Json], prefix: str, records: dict[str, Json]
) -> Iterator[DimensionMark]:
    mark = part.get("dimension")
    inner = list(_walk(part["type"], "", records))
    if isinstance(mark, str) and _holds_record(part["type"], records):
        yield from (own._replace(name=f"{prefix}{mark}_{own.name}") for own in inner)
        return
    yield from (own._replace(name=f"{prefix}{own.name}") for own in inner)
    codes = part.get("codes")
    names = {"": mark} if isinstance(mark, str) else mark if isinstance(mark, dict) else {}
    for code, name in names.items():
        if code != "by":
            closed = codes or (name if is_closed(name) else "")
            yield DimensionMark(f"{prefix}{name}", "" if codes else name, str(closed))


def _holds_record(type_: Json, records: dict[str, Json]) -> bool:
    if isinstance(type_, list):
        return any(_holds_record(branch, records) for branch in type_)
    if isinstance(type_, dict):
        return "fields" in type_ or _holds_record(type_.get("items"), records)
    return isinstance(type_, str) and type_ in records
