"""Find the names of dimensions that event types mark, in the text of their schemas. Pure.

`schemas.measures` says how a mark is read. Here only the names count: a question must not name
another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

import orjson

from schemas.event.event_type import EVENTS

Json = object


@lru_cache(maxsize=8)
def dimension_names(texts: tuple[str, ...]) -> frozenset[str]:
    """Return the names that these schemas mark, and those of the release's event types."""
    return _released_names().union(_names_of(texts))


@cache
def _released_names() -> frozenset[str]:
    paths = sorted(EVENTS.glob("*.avsc"))
    return frozenset(_names_of(path.read_text(encoding="utf-8") for path in paths))


def _names_of(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from _walk(orjson.loads(text), "", {})


def _walk(type_: Json, prefix: str, records: dict[str, Json]) -> Iterator[str]:
    """Yield the names in a type of a schema. `records`: those that were defined before."""
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


def _walk_field(part: dict[str, Json], prefix: str, records: dict[str, Json]) -> Iterator[str]:
    mark = part.get("dimension")
    inner = list(_walk(part["type"], "", records))
    if isinstance(mark, str) and _holds_record(part["type"], records):
        yield from (f"{prefix}{mark}_{name}" for name in inner)
        return
    yield from (f"{prefix}{name}" for name in inner)
    if isinstance(mark, str):
        yield f"{prefix}{mark}"
    elif isinstance(mark, dict):
        yield from (f"{prefix}{name}" for code, name in mark.items() if code != "by")


def _holds_record(type_: Json, records: dict[str, Json]) -> bool:
    if isinstance(type_, list):
        return any(_holds_record(branch, records) for branch in type_)
    if isinstance(type_, dict):
        return "fields" in type_ or _holds_record(type_.get("items"), records)
    return isinstance(type_, str) and type_ in records
