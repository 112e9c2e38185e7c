"""Compile a schema into the quick question whether a decoded payload may have hidden characters.

`schemas.hidden_characters` says which and where, by a walk through everything. Nearly no payload
has one. So all texts of a record are joined and looked at once.
"""

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from schemas.avro.codec import Record
from schemas.avro.schema_walk import NamedTypes, SchemaField, array_item, fields_of

AskForHidden = Callable[[Any], bool]
"""Takes a decoded value that is not null. False is certain; a line feed, too, gives True."""

_WITHOUT_TEXT = frozenset({"boolean", "bytes", "double", "enum", "fixed", "float", "int", "long"})


def compile_hidden_question(definition: Record) -> AskForHidden:
    """Compile the question for a whole payload that its format has read."""
    return _record(definition, {})


def _record(definition: Record, names: NamedTypes) -> AskForHidden:
    schema_fields = list(fields_of(definition, names))
    texts = [field.name for field in schema_fields if field.type["type"] == "string"]
    nested = tuple(
        (field.name, ask)
        for field in schema_fields
        if field.name not in texts and (ask := _value(field, names)) is not None
    )
    texts_of = itemgetter(*texts) if len(texts) > 1 else _getter_of_few(texts)

    def may_have_hidden(record: Any) -> bool:
        for name, ask in nested:
            value = record[name]
            if value and ask(value):
                return True
        return not "".join(filter(None, texts_of(record))).isprintable()

    return may_have_hidden


def _getter_of_few(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Get the values of no or one name as a tuple, as `itemgetter` does for several."""

    def get_values(record: Any) -> tuple[Any, ...]:
        return tuple(record[name] for name in names)

    return get_values


def _value(schema_field: SchemaField, names: NamedTypes) -> AskForHidden | None:
    """Compile the question for a value; None where no text can be in it."""
    kind = schema_field.type["type"]
    if kind in _WITHOUT_TEXT:
        return None
    if kind == "record" and "fields" in schema_field.type:
        return _record(schema_field.type, names)
    if kind == "array":
        return _items(array_item(schema_field, names), names)
    if kind == "string":
        return _is_not_printable
    return bool  # a map, whose keys are text as well: look closer


def _items(item: SchemaField, names: NamedTypes) -> AskForHidden | None:
    ask = _value(item, names)
    return None if ask is None else lambda values: any(map(ask, filter(None, values)))


def _is_not_printable(text: Any) -> bool:
    return not text.isprintable()
