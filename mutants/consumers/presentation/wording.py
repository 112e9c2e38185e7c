"""The words for what queries answer, shared by terminal and page: Spanish or English. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from consumers.query.views import EventView
from infra.errors import Words
from schemas import words
from schemas.avro.schema_walk import NamedTypes, SchemaField, array_item, fields_of
from schemas.errors import ConfigRefusedError
from schemas.event.event_type import event_type
from schemas.event.summary import summary

GRADES = {
    "certain": Words("cierto", "certain"),
    "possible": Words("posible", "possible"),
}
FEATURES = {  # of the rules' weights; another one is shown by its name
    "certain": Words("identidad cierta", "certain"),
    "possible": Words("identidad posible", "possible"),
    "calibre": Words("calibre", "calibre"),
    "recorded": Words("consta", "recorded"),
    "lost": Words("perdida o robada", "lost"),
    "seized": Words("incautada", "seized"),
    "registered": Words("registrada", "registered"),
    "exported": Words("exportada", "exported"),
    "case": Words("en un caso", "in a case"),
    "reported": Words("reportada", "reported"),
    "wanted": Words("requerida", "wanted"),
    "crossing": Words("paso fronterizo", "border crossing"),
    "stolen": Words("robada", "stolen"),
    "recovered": Words("recuperada", "recovered"),
    "asked": Words("rastreo pedido", "trace asked for"),
    "known": Words("conocida", "known"),
}
STATUSES = {
    "current": Words("vigente", "current"),
    "corrected": Words("corregido", "corrected"),
    "retracted": Words("RETIRADO por su dueño", "RETRACTED by its owner"),
    "erased": Words("SUPRIMIDO: sin contenido", "ERASED: without content"),
}


def one_line(event: EventView, lang: str) -> str:
    """An event in one line: its type, its status, and the few values that tell it from others of
    its type.
    """
    payload = event.payload or {}
    status = {"status": str(payload["status"])} if payload.get("status") else {}

    def said(path: str, text: str) -> str:
        return value_label(event.type, path, text, lang)

    return " · ".join(
        [
            event_label(event.type, status, lang),
            *filter(None, [" ".join(summary(event.type, payload, said))]),
        ]
    )


def event_label(type_: str, traits: Mapping[str, str], lang: str) -> str:
    """A type of event with the traits that rules look at: Registro de arma: Robada, 9x19."""
    said = [value_label(type_, name, traits[name], lang) for name in sorted(traits)]
    name = words.event_type(type_, lang)
    return f"{name}: {', '.join(said)}" if said else name


def feature_label(name: str, lang: str) -> str:
    """What a weight is for."""
    return FEATURES[name].text(lang) if name in FEATURES else name


def thing_label(name: str, lang: str) -> str:
    """A kind of thing: arma, teléfono."""
    said = words.load_table("kinds").get(name)
    return str(said[lang]["name"]) if said else name


def value_label(type_: str, path: str, said: Any, lang: str) -> str:
    """One value of a payload, or of a trait of an event's type, in words where it is a code.
    `path`: names of fields, joined by dots.
    """
    if isinstance(said, bool):
        return Words("sí", "yes").text(lang) if said else Words("no", "no").text(lang)
    code_list = code_lists_of(type_).get(path)
    if code_list:
        return words.value(code_list, str(said), lang)
    return f"{said:g}" if isinstance(said, float) else str(said)


@cache
def code_lists_of(type_: str) -> Mapping[str, str]:
    """The code list of each field of an event type that has one: by path (items.weapon.kind), and
    by name alone as traits are named.
    """
    try:
        definition = event_type(type_).format.definition
    except ConfigRefusedError:
        return {}
    found: dict[str, str] = {}
    names: NamedTypes = {}
    for part in fields_of(definition, names):
        _collect(part, "", names, found)
    return {path.rpartition(".")[2]: name for path, name in reversed(found.items())} | found


def _collect(part: SchemaField, above: str, names: NamedTypes, found: dict[str, str]) -> None:
    path = f"{above}.{part.name}" if above else part.name
    if "codes" in part.attributes:
        found[path] = part.attributes["codes"]
    if part.type.get("type") == "array":
        _collect(array_item(part, names), above, names, found)
    elif part.type.get("type") == "record":
        for each in fields_of(part.type, names):
            _collect(each, path, names, found)
