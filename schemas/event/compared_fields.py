"""Say by which fields rules may compare the records of an event type. Pure.

They are the dimensions and traits that the schema marks, and what every record has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import orjson

from schemas.codes import code_sets
from schemas.measures.marked_dimensions import marks_of

Json = object
OF_EVERY_RECORD = frozenset({"country", "authority", "subdivision", "crime", "person", "born"})
OF_TRANSFERS = frozenset({"from_account", "to_account"})
OF_OBSERVERS = frozenset({"whole"})
"""Traits that observers of intake give, whatever the schema marks."""
MONEY, QUANTITIES = frozenset({"usd"}), frozenset({"kg", "l", "m2", "pieces"})


@dataclass(frozen=True, slots=True)
class ComparedFields:
    """What rules may ask of the records of a type.

    `fields`: the codes of each field; None where any text is a value. `measures`: what is added up.
    """

    fields: Mapping[str, frozenset[str] | None]
    measures: frozenset[str]


class _SchemaField(NamedTuple):
    name: str
    attributes: Mapping[str, Json]


@lru_cache(maxsize=256)
def compared_fields(text: str) -> ComparedFields:
    """Return what a schema, given as its text, lets rules compare."""
    schema_fields = list(_walk(orjson.loads(text)))
    fields: dict[str, frozenset[str] | None] = dict.fromkeys(OF_EVERY_RECORD | OF_OBSERVERS)
    if any(item.name in ("from", "to") for item in schema_fields):
        fields |= dict.fromkeys(OF_TRANSFERS)
    for mark in marks_of([text]):
        _add(fields, mark.name, mark.code_list)
    for item in schema_fields:
        if item.attributes.get("trait"):
            _add(fields, item.name, str(item.attributes.get("codes") or ""))
    return ComparedFields(fields, _measures(schema_fields))


def _add(fields: dict[str, frozenset[str] | None], name: str, code_list: str) -> None:
    """Add a field; where several marks of a name differ, all of their codes are values."""
    codes = code_sets().get(code_list) if code_list else None
    known = fields.get(name)
    if codes is None or (name in fields and known is None):
        fields[name] = None
    else:
        fields[name] = frozenset(codes) | (known or frozenset())


def _measures(schema_fields: list[_SchemaField]) -> frozenset[str]:
    measures: set[str] = set()
    for item in schema_fields:
        mark = item.attributes.get("measure")
        if isinstance(mark, dict) and "currency" in mark:
            measures |= MONEY
        if isinstance(mark, str) or (isinstance(mark, dict) and set(mark) - {"currency"}):
            measures |= QUANTITIES
    return frozenset(measures)


def _walk(type_: Json) -> Iterator[_SchemaField]:
    """Yield every field of a schema, those of inner records too."""
    if isinstance(type_, list):
        for branch in type_:
            yield from _walk(branch)
    elif isinstance(type_, dict):
        for inner in ("items", "values", "type"):
            yield from _walk(type_.get(inner))
        for part in type_.get("fields", ()):
            yield _SchemaField(part["name"], part)
            yield from _walk(part["type"])
