"""List the fields of an event type, one path each, as a mapping and a person need them. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from schemas.avro.schema_walk import SchemaField, array_item, fields_of
from schemas.event.date_bounds import DateRole, date_role
from schemas.event.event_type import EventType


@dataclass(frozen=True, slots=True)
class FieldPath:
    """Describe one field by its path.

    `path`: with `[*]` after a list (`items[*].weapon.serial`); `type`: string, double …; `codes`:
    the name of its code list, or "". `required`: where the record around it is given. `within`: the
    optional records around it, outermost first. `role`: what a date of it is. `currency`,
    `unit`: the path of the field that says in which currency or unit a number is, or "".
    """

    path: str
    type: str
    codes: str
    date: bool
    required: bool
    within: tuple[str, ...]
    role: DateRole = DateRole.ANY
    currency: str = ""
    unit: str = ""


@lru_cache(maxsize=256)
def field_paths(kind: EventType) -> tuple[FieldPath, ...]:
    """List all fields of a type in the schema's order; they are remembered for the type.

    `source_reference` is left out: it is the mapping's [reference].
    """
    return tuple(
        leaf
        for leaf in _walk(kind.format.definition, "", (), {})
        if leaf.path != "source_reference"
    )


def _walk(
    record: dict[str, Any], before: str, within: tuple[str, ...], names: dict[str, Any]
) -> Iterator[FieldPath]:
    for part in fields_of(record, names):
        yield from _part(part, f"{before}{part.name}", within, names)


def _part(
    part: SchemaField, path: str, within: tuple[str, ...], names: dict[str, Any]
) -> Iterator[FieldPath]:
    type_, required = part.type["type"], bool(part.attributes.get("required"))
    if type_ == "array":
        inner = array_item(part, names)
        yield from _part(
            inner, f"{path}[*]", within if required else (*within, f"{path}[*]"), names
        )
    elif type_ == "record":
        yield from _walk(
            part.type,
            f"{path}.",
            within if required or path.endswith("[*]") else (*within, path),
            names,
        )
    else:
        measure = part.attributes.get("measure")
        beside = measure if isinstance(measure, dict) else {}
        before = path.removesuffix(part.name)
        yield FieldPath(
            path,
            type_,
            str(part.attributes.get("codes", "")),
            bool(part.attributes.get("date")),
            required,
            within,
            date_role(part.attributes.get("date")),
            *(f"{before}{beside[name]}" if name in beside else "" for name in ("currency", "unit")),
        )
