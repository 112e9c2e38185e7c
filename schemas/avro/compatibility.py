"""Say whether a newer schema reads what an older one wrote, and which field is to blame.

The checker of `avro` decides, field by field.
"""

import copy
import json
from collections.abc import Iterator
from typing import Any

from avro.compatibility import ReaderWriterCompatibilityChecker, SchemaCompatibilityType
from avro.errors import AvroException
from avro.schema import ArraySchema, MapSchema, RecordSchema, Schema, UnionSchema
from avro.schema import parse as parse_avro
from fastavro import parse_schema
from fastavro.schema import SchemaParseException, UnknownType

from schemas.avro.codec import Record


def incompatibilities(older: str, newer: str) -> list[str]:
    """List why `newer` cannot read what `older` wrote, each with the field's path.

    Both are texts of schemas. The list is empty if it can.
    """
    try:
        reader, writer = parse_avro(newer), parse_avro(older)
    except AvroException as error:
        return [f"not a valid Avro schema: {error}"]
    if not isinstance(reader, RecordSchema) or not isinstance(writer, RecordSchema):
        return ["a format is a record"]
    problems = list(_record_breaks(reader, writer, ""))
    if not problems and (whole := _reason(reader, writer)):
        problems = [f"{reader.name}: {whole}"]
    return problems


def removed_fields(older: str, newer: str) -> list[str]:
    """List the paths of fields that `older` has and `newer` has not.

    Avro would read on without them, silently; the log promises to keep them.
    """
    return sorted(set(paths(json.loads(older))) - set(paths(json.loads(newer))))


def paths(
    definition: Any, above: str = "", names: dict[str, Record] | None = None
) -> Iterator[str]:
    """Yield the path of every field of a schema, through arrays, maps, unions and named types."""
    names = {} if names is None else names
    if isinstance(definition, list):
        for branch in definition:
            yield from paths(branch, above, names)
    elif isinstance(definition, str):
        if definition in names:
            yield from paths(
                names[definition],
                above,
                {key: value for key, value in names.items() if key != definition},
            )
    elif definition["type"] == "record":
        names[definition["name"]] = definition
        for field in definition["fields"]:
            path = f"{above}.{field['name']}".lstrip(".")
            yield path
            yield from paths(field["type"], path, names)
    else:
        inner = definition.get("items", definition.get("values", definition["type"]))
        if inner != definition["type"] or isinstance(inner, dict | list):
            yield from paths(inner, above, names)


def offending_field(text: str) -> str:
    """Return the path of the deepest field without which an invalid schema would be valid.

    It is empty where no single field is to blame.
    """
    try:
        definition = json.loads(text)
    except json.JSONDecodeError:
        return ""
    path, record = "", definition
    while record is not None:
        blamed = next(
            (
                field
                for field in list(record["fields"])
                if _valid_without(definition, record, field)
            ),
            None,
        )
        if blamed is None:
            break
        path = f"{path}.{blamed['name']}".lstrip(".")
        record = _inner_record(blamed["type"])
    return path


def _valid_without(definition: Record, record: Record, field: Record) -> bool:
    fields = record["fields"]
    record["fields"] = [other for other in fields if other is not field]
    try:
        parse_schema(copy.deepcopy(definition))
    except (SchemaParseException, UnknownType):
        return False
    finally:
        record["fields"] = fields
    return True


def _inner_record(type_: Any) -> Record | None:
    if isinstance(type_, list):
        return next((record for branch in type_ if (record := _inner_record(branch))), None)
    if not isinstance(type_, dict):
        return None
    return (
        type_
        if type_["type"] == "record"
        else _inner_record(type_.get("items", type_.get("values")))
    )


def _reason(reader: Schema, writer: Schema) -> str:
    result = ReaderWriterCompatibilityChecker().get_compatibility(reader, writer)  # type: ignore[no-untyped-call]
    if result.compatibility is SchemaCompatibilityType.compatible:
        return ""
    kinds = sorted(
        {incompatibility.value.replace("_", " ") for incompatibility in result.incompatibilities}
    )
    return "; ".join([*kinds, *sorted(result.messages)])


def _record_breaks(reader: RecordSchema, writer: RecordSchema, above: str) -> Iterator[str]:
    written = {field.name: field for field in writer.fields}
    for field in reader.fields:
        path = f"{above}.{field.name}".lstrip(".")
        if field.name not in written:
            if not field.has_default:
                yield f"{path}: new, without a default: older bytes do not have it"
        elif reason := _reason(field.type, written[field.name].type):
            deeper = list(_deeper(field.type, written[field.name].type, path))
            yield from deeper or [f"{path}: {reason}"]


def _deeper(reader: Schema, writer: Schema, path: str) -> Iterator[str]:
    """Yield the breaks inside a field, where records of the same name lie beneath it."""
    older = {record.name: record for record in _records(writer)}
    for record in _records(reader):
        if record.name in older:
            yield from _record_breaks(record, older[record.name], path)


def _records(schema: Schema) -> Iterator[RecordSchema]:
    if isinstance(schema, RecordSchema):
        yield schema
    elif isinstance(schema, UnionSchema):
        for branch in schema.schemas:
            yield from _records(branch)
    elif isinstance(schema, ArraySchema):
        yield from _records(schema.items)
    elif isinstance(schema, MapSchema):
        yield from _records(schema.values)
