"""Walking a schema: names resolved, nullable parted from what it may be, attributes of field and
type joined.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from schemas.avro.codec import Record
from schemas.errors import ConfigRefused

ATTRIBUTES = (
    "required",
    "personal",
    "codes",
    "pattern",
    "minimum",
    "maximum",
    "date",
    "trait",
    "observed",
)
Names = dict[str, Record]


class Part(NamedTuple):
    """A field, or the items of an array: the type behind null (a dict with `type`), whether null
    may stand there, its attributes.
    """

    name: str
    type: Record
    nullable: bool
    has_default: bool
    attributes: Record


def parts(record: Record, names: Names) -> Iterator[Part]:
    """The fields of a record type, in order; named types are learnt in `names` on the way.

    Raises ConfigRefused for a union of two things.
    """
    names[record["name"]] = record
    for field in record["fields"]:
        yield part(field["name"], field["type"], "default" in field, field, names)


def part(name: str, type_: Any, has_default: bool, carrier: Record, names: Names) -> Part:
    """One place of a schema. `carrier`: where attributes stand, beside those on the type itself."""
    nullable = isinstance(type_, list)
    if nullable:
        others = [branch for branch in type_ if branch != "null"]
        if len(others) != 1 or len(others) == len(type_):
            raise ConfigRefused(f"{name}: a union of null and one type is understood, not {type_}")
        type_ = others[0]
    found = _resolved(type_, names)
    attributes = {
        key: holder[key] for holder in (found, carrier) for key in ATTRIBUTES if key in holder
    }
    return Part(name, found, nullable, has_default, attributes)


def items(array: Part, names: Names) -> Part:
    """What stands in an array: codes, pattern, bounds of the array's field hold for each of its
    items.
    """
    passed_on = {
        key: value
        for key, value in array.attributes.items()
        if key in {"codes", "pattern", "minimum", "maximum", "date", "observed"}
    }
    return part(array.name, array.type["items"], False, passed_on, names)


def _resolved(type_: Any, names: Names) -> Record:
    if isinstance(type_, str):
        return names.get(type_.rsplit(".", 1)[-1]) or {"type": type_}
    if isinstance(type_, dict) and isinstance(type_.get("type"), str):
        if "name" in type_:
            names[type_["name"]] = type_
        return type_
    raise ConfigRefused(f"a type that is not understood: {type_}")
