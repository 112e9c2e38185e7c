"""Word what queries answer, for terminal and page, in Spanish or English. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from consumers.query.explanations.feature_words import feature_message
from consumers.query.indicators import IndicatorView
from consumers.query.views import EventView
from schemas import words
from schemas.avro.schema_walk import NamedTypes, SchemaField, array_item, fields_of
from schemas.errors import ConfigRefusedError
from schemas.event.event_type import event_type
from schemas.event.summary import summary
from schemas.i18n import UserMessage, _, figure_text, ngettext
from schemas.observation import WHOLE

GRADES = {
    "certain": _("certain"),
    "possible": _("possible"),
}
DEGREES = ("latitude", "longitude")
"""Numbers that are copied into maps, so they keep the decimal point."""
UNIT_SYMBOLS: Mapping[str, str] = {
    **{code: code for code in ("mg", "g", "kg", "t", "lb", "oz", "ml", "l", "ha")},
    **{"m2": "m²", "m3": "m³"},
}
UNITS: Mapping[str, Callable[[int], UserMessage]] = {
    "unit": lambda count: ngettext("unit", "units", count),
    "plant": lambda count: ngettext("plant", "plants", count),
    "tablet": lambda count: ngettext("tablet", "tablets", count),
    "package": lambda count: ngettext("package", "packages", count),
    "gal": lambda count: ngettext("gallon", "gallons", count),
    "ozt": lambda count: ngettext("troy ounce", "troy ounces", count),
    "bdft": lambda count: ngettext("board foot", "board feet", count),
}
SHORT = 8
"""Digits of an id that stands for a thing."""
STATUSES = {
    "current": _("current"),
    "corrected": _("corrected"),
    "retracted": _("RETRACTED by its owner"),
    "erased": _("ERASED: without content"),
}


def weaker_rules(indicator: IndicatorView, lang: str) -> UserMessage | None:
    """Name the weaker findings that an indicator covers; None where there are none."""
    if not indicator.also:
        return None
    titles = dict.fromkeys(finding.title[lang] for finding in indicator.also)
    return _("Also: {findings}", findings="; ".join(titles))


def one_line(event: EventView, lang: str) -> str:
    """Describe an event in a line: its type, status, and what distinguishes it."""
    payload = event.payload or {}
    status = {"status": str(payload["status"])} if payload.get("status") else {}

    amounts: list[str] = []

    def label(path: str, value: object) -> str:
        if path.endswith(".unit"):
            return unit_label(str(value), amounts[-1:] == ["1"], lang)
        amounts.append(value_label(event.type, path, value, lang))
        return amounts[-1]

    return " · ".join(
        [
            event_label(event.type, status, lang),
            *filter(None, [" ".join(summary(event.type, payload, label))]),
        ]
    )


def unit_label(code: str, is_one: bool, lang: str) -> str:
    """Write a unit behind an amount: by its symbol, or in words as the amount needs them."""
    if code in UNIT_SYMBOLS:
        return UNIT_SYMBOLS[code]
    counted = UNITS.get(code)
    if counted is None:
        return words.value("unit", code, lang)
    return counted(1 if is_one else 2).in_language(lang)


def event_label(type_: str, traits: Mapping[str, str], lang: str) -> str:
    """Describe a type of event with its traits: Registro de arma: Robada, 9x19."""
    names = sorted(name for name in traits if name != WHOLE)
    labels = [value_label(type_, name, traits[name], lang) for name in names]
    name = words.event_type(type_, lang)
    return f"{name}: {', '.join(labels)}" if labels else name


def feature_label(name: str, lang: str) -> str:
    """Say what a weight stands for."""
    return feature_message(name).in_language(lang)


def thing_label(name: str, lang: str) -> str:
    """Name a kind of thing: arma, teléfono."""
    texts = words.load_table("kinds").get(name)
    return str(texts[lang]["name"]) if texts else name


def thing_title(
    kind: str, title: Mapping[str, str] | None, id_: str, lang: str, *, digits: int = SHORT
) -> str:
    """Name a thing by its value as released records write it; by its id where none does."""
    return f"{thing_label(kind, lang)} {title[lang] if title else id_[:digits]}"


def subject_beside(view: IndicatorView, lang: str) -> str:
    """Return the title of an indicator's thing; empty where the sentence has it already."""
    subject = view.explanation.subject if view.explanation else None
    title = subject[lang] if subject else ""
    return "" if title.partition(" (")[0] in view.sentence[lang] else title


def place_name(code: str | None, lang: str) -> str:
    """Return a subdivision's name with its code, or a country's name."""
    if not code:
        return "—"
    name = words.value("subdivision", code, lang) if "-" in code else country_name(code, lang)
    return name if name == code else f"{name} ({code})" if "-" in code else name


def country_name(code: str, lang: str) -> str:
    """Return the name of a member, a partner or the mechanism."""
    for code_list in ("country", "partner"):
        name = words.value(code_list, code, lang)
        if name != code:
            return name
    return code


def value_label(type_: str, path: str, value: Any, lang: str) -> str:
    """Write a value of a payload, or of a trait, in words where it is a code.

    `path`: names of fields, joined by dots.
    """
    if isinstance(value, bool):
        return _("yes").in_language(lang) if value else _("no").in_language(lang)
    code_list = code_lists_of(type_).get(path)
    if code_list:
        return words.value(code_list, str(value), lang)
    if isinstance(value, float) and path.rpartition(".")[2] not in DEGREES:
        return figure_text(value, lang)
    return f"{value:.15g}" if isinstance(value, float) else str(value)


@cache
def code_lists_of(type_: str) -> Mapping[str, str]:
    """Return the code list of each field of an event type that has one.

    It is found by path (items.weapon.kind), and by name alone, as traits are named.
    """
    try:
        definition = event_type(type_).format.definition
    except ConfigRefusedError:
        return {}
    lists: dict[str, str] = {}
    names: NamedTypes = {}
    for part in fields_of(definition, names):
        _collect(part, "", names, lists)
    return {path.rpartition(".")[2]: name for path, name in reversed(lists.items())} | lists


def _collect(part: SchemaField, above: str, names: NamedTypes, lists: dict[str, str]) -> None:
    path = f"{above}.{part.name}" if above else part.name
    if "codes" in part.attributes:
        lists[path] = part.attributes["codes"]
    if part.type.get("type") == "array":
        _collect(array_item(part, names), above, names, lists)
    elif part.type.get("type") == "record":
        for child in fields_of(part.type, names):
            _collect(child, path, names, lists)
