"""Walk a schema: resolve names, separate null, join attributes of field and type."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from schemas.avro.codec import Record
from schemas.errors import ConfigRefusedError

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
    "measure",
    "dimension",
    "pseudonym",
    "named_only_as",
)
_OF_EACH_ITEM = frozenset(
    {"codes", "pattern", "minimum", "maximum", "date", "observed", "pseudonym", "named_only_as"}
)
NamedTypes = dict[str, Record]


class SchemaField(NamedTuple):
    """Describe a field, or the items of an array.

    `type`: the type behind null, a dict with `type`. `nullable`: whether null may stand there.
    """

    name: str
    type: Record
    nullable: bool
    has_default: bool
    attributes: Record


def fields_of(record: Record, names: NamedTypes) -> Iterator[SchemaField]:
    """Yield the fields of a record type, in order.

    Named types are added to `names` on the way. Raises ConfigRefusedError for a union of two types.
    """
    names[record["name"]] = record
    for field in record["fields"]:
        yield make_field(field["name"], field["type"], "default" in field, field, names)


def make_field(
    name: str, type_: Any, has_default: bool, carrier: Record, names: NamedTypes
) -> SchemaField:
    """Describe one place of a schema. `carrier` has attributes as well as the type itself.

    Raises ConfigRefusedError for a type that is not understood.
    """
    nullable = isinstance(type_, list)
    if nullable:
        others = [branch for branch in type_ if branch != "null"]
        if len(others) != 1 or len(others) == len(type_):
            raise ConfigRefusedError(
                f"{name}: a union of null and one type is understood, not {type_}"
            )
        type_ = others[0]
    resolved = _resolved(type_, names)
    attributes = {
        key: holder[key] for holder in (resolved, carrier) for key in ATTRIBUTES if key in holder
    }
    return SchemaField(name, resolved, nullable, has_default, attributes)


def array_item(array: SchemaField, names: NamedTypes) -> SchemaField:
    """Describe the items of an array.

    Codes, pattern, bounds and protection of the array's field apply to each of its items.
    """
    passed_on = {key: value for key, value in array.attributes.items() if key in _OF_EACH_ITEM}
    return make_field(array.name, array.type["items"], False, passed_on, names)


def _resolved(type_: Any, names: NamedTypes) -> Record:
    if isinstance(type_, str):
        return names.get(type_.rsplit(".", 1)[-1]) or {"type": type_}
    if isinstance(type_, dict) and isinstance(type_.get("type"), str):
        _add_names(type_, names)
        return type_
    raise ConfigRefusedError(f"a type that is not understood: {type_}")


def _add_names(type_: Any, names: NamedTypes) -> None:
    """Add a named type and those inside it: a later field may refer to any of them."""
    if isinstance(type_, list):
        for branch in type_:
            _add_names(branch, names)
    elif isinstance(type_, dict):
        if "name" in type_ and isinstance(type_.get("type"), str):
            names.setdefault(type_["name"], type_)
        inner = [field.get("type") for field in type_.get("fields", ())]
        for part in (*inner, type_.get("items"), type_.get("type")):
            _add_names(part, names)
