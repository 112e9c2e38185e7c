"""The page of event types: every field with its type, meaning and rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docs.generate.markdown import Lang, Row, choose, columns, table
from schemas import words
from schemas.avro.schema_walk import NamedTypes, SchemaField, array_item, fields_of
from schemas.event.date_bounds import DateRole, date_role
from schemas.event.event_type import EVENTS, event_type

_DATES = {
    DateRole.ANY: ("fecha ISO", "ISO date"),
    DateRole.BIRTH: (
        "fecha ISO, desde 1900-01-02 y no futura",
        "ISO date, from 1900-01-02 on and not in the future",
    ),
    DateRole.PAST: ("fecha ISO, no futura", "ISO date, not in the future"),
    DateRole.VALID_FROM: ("fecha ISO, hasta 20 años después", "ISO date, at most 20 years ahead"),
    DateRole.VALID_UNTIL: (
        "fecha ISO, hasta 100 años después",
        "ISO date, at most 100 years ahead",
    ),
}


def event_types(lang: Lang) -> Iterator[str]:
    """Yield every event type with its fields."""
    for path in sorted(EVENTS.glob("*.avsc")):
        definition = event_type(path.stem).format.definition
        yield f"## {path.stem}: {words.event_type(path.stem, lang)}"
        yield definition.get("doc", "")
        rows = [_row(field_path, field, lang) for field_path, field in _fields(definition, "", {})]
        yield table(columns(lang, "campo tipo significa reglas", "field type means rules"), rows)


def _fields(
    record: Mapping[str, Any], prefix: str, names: NamedTypes
) -> Iterator[tuple[str, SchemaField]]:
    for field in fields_of(dict(record), names):
        path = f"{prefix}{field.name}"
        is_array = field.type["type"] == "array"
        inner = array_item(field, names) if is_array else field
        attributes = {**inner.attributes, **field.attributes}
        yield path + ("[]" if is_array else ""), field._replace(attributes=attributes)
        if inner.type["type"] == "record" and "fields" in inner.type:
            yield from _fields(inner.type, path + ("[]." if is_array else "."), names)


def _row(path: str, field: SchemaField, lang: Lang) -> Row:
    meaning = words.field(path.replace("[]", ""), lang)
    kind = str(field.type.get("name", field.type["type"]))
    return f"`{path}`", kind, "" if meaning == path else meaning, ", ".join(_rules(field, lang))


def _rules(field: SchemaField, lang: Lang) -> Iterator[str]:
    attributes = field.attributes
    if attributes.get("required") or not (field.nullable or field.has_default):
        yield choose(lang, "obligatorio", "required")
    if "codes" in attributes:
        yield choose(lang, "códigos", "codes") + f" `{attributes['codes']}`"
    if "minimum" in attributes or "maximum" in attributes:
        yield f"{attributes.get('minimum', '')}..{attributes.get('maximum', '')}"
    if attributes.get("date"):
        yield choose(lang, *_DATES[date_role(attributes["date"])])
    if "pattern" in attributes:
        yield f"`{attributes['pattern']}`".replace("|", "\\|")
    if attributes.get("personal"):
        yield "personal"
    if attributes.get("pseudonym"):
        yield choose(lang, "seudónimo, nunca un nombre", "a pseudonym, never a name")
    if "named_only_as" in attributes:
        ((name, codes),) = attributes["named_only_as"].items()
        only = choose(lang, "solo se nombra a quien tiene", "named only with")
        yield f"{only} {name}: {', '.join(f'`{code}`' for code in codes)}"
    if attributes.get("trait"):
        yield choose(lang, "las reglas lo comparan", "rules compare it")
    if "observed" in attributes:
        yield choose(lang, "es un objeto", "is a thing") + f": {attributes['observed']}"
    if "measure" in attributes:
        yield choose(lang, "se suma", "is added") + _mark(attributes["measure"])
    if "dimension" in attributes:
        yield choose(lang, "agrupa", "groups by") + _mark(attributes["dimension"])


def _mark(mark: object) -> str:
    """Write a mark: its name, or the names that it has for values of another field."""
    if not isinstance(mark, dict):
        return f": `{mark}`"
    return f": {', '.join(f'`{name}` {value}' for name, value in mark.items())}"
