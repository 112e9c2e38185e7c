"""Read `--set field=value` as the schema of an event type says: texts, numbers, lists, objects."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from producers.errors import NodeError
from schemas.event.event_type import event_type
from schemas.i18n import _

_LONGEST_SHOWN = 60
_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")


def field_values(type_: str, pairs: Iterable[str]) -> dict[str, object]:
    """Return the values by field. Of `a.b=c` the object `a` gets `b`. Raises NodeError."""
    fields = {field["name"]: field for field in event_type(type_).format.definition["fields"]}
    values: dict[str, object] = {}
    for pair in pairs:
        path, sign, text = pair.partition("=")
        name, _dot, part = path.strip().partition(".")
        if not sign or name not in fields:
            raise _no_field(type_, path.strip(), list(fields))
        if part:
            former = values.get(name)
            inner = dict(former) if isinstance(former, Mapping) else {}
            values[name] = {**inner, part: _plain(text)}
        else:
            values[name] = _value(text.strip(), fields[name]["type"])
    return values


def _value(text: str, schema: object) -> object:
    if text[:1] in ("[", "{"):
        try:
            return json.loads(text)
        except json.JSONDecodeError:
            return text
    if isinstance(schema, Mapping) and schema.get("type") == "array":
        return [part.strip() for part in text.split(",") if part.strip()]
    kinds = schema if isinstance(schema, list) else []
    if "double" in kinds and _DECIMAL.fullmatch(text):
        return float(text)
    is_number = "int" in kinds or "long" in kinds
    return int(text) if is_number and text.isascii() and text.isdecimal() else text


def _plain(text: str) -> str | None:
    return text.strip() or None


def _no_field(type_: str, name: str, names: list[str]) -> NodeError:
    likely = get_close_matches(name, names, 5, 0.5) or names
    return NodeError(
        _(
            "`{name}` is no field of {type}, or has no value.",
            name=name[:_LONGEST_SHOWN],
            type=type_,
        ),
        _("Write --set field=value. The fields are: {names}.", names=", ".join(likely)),
        "UNKNOWN_FIELD",
    )
