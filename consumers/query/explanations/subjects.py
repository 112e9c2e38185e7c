"""Name the thing of a finding: as the subject of a sentence, and as a title. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from consumers.query.explanations import grammar
from consumers.query.explanations.record_facts import shorten
from consumers.query.explanations.thing_marks import ThingMark, most_frequent
from schemas.i18n import LANGUAGES
from schemas.words import load_table

Titles = Mapping[str, str]
Marks = Sequence[ThingMark]
_NAMES_OF_PERSON = ("given_names", "first_surname", "second_surname")
_LABELLED = re.compile(r"[^\W\d_]{4,}|N[°ºo]\.?\s")
"""A written number that says itself what it is: DNI N° 43100321, Placa 5940RWE."""


class Subject(NamedTuple):
    """Who or what a sentence is about. `texts`: by language; `is_named`: by a name of its own."""

    texts: Titles
    is_feminine: bool = False
    is_named: bool = False


def subject_of(kind: str, marks: Marks) -> Subject:
    """Name a thing at the begin of a sentence. `marks`: as released records write it."""
    write = _SUBJECTS.get(kind)
    if write is None or not marks:
        return _unwritten(kind)
    return write(_certain_first(marks))


def title_of(kind: str, marks: Marks) -> dict[str, str] | None:
    """Title a thing by its value as released records write it; None where none of them does."""
    write = _TITLES.get(kind)
    if write is None or not marks:
        return None
    texts = {lang: write(_certain_first(marks), lang) for lang in LANGUAGES}
    return texts if all(texts.values()) else None


def _unwritten(kind: str) -> Subject:
    """Name a thing that no released record writes."""
    if kind in _GENERAL:
        return _GENERAL[kind]
    named = load_table("kinds").get(kind)
    return Subject({lang: named[lang]["same"] if named else kind for lang in LANGUAGES})


def _certain_first(marks: Marks) -> Marks:
    """Keep the marks that say which thing it is, where there are any."""
    return [mark for mark in marks if mark.is_certain] or marks


def _field(marks: Marks, name: str) -> str:
    """Return what most records write in a field; empty where none does."""
    values = (mark.value.get(name) for mark in marks if isinstance(mark.value, Mapping))
    return most_frequent([shorten(value) for value in values if isinstance(value, str)])


def _weapon(marks: Marks) -> Subject:
    type_ = _field(marks, "type")
    names = " ".join(filter(None, (_field(marks, "make"), _field(marks, "model"))))
    english = f"{names} {grammar.noun('weapon_type', type_, 'en')}".strip()
    return Subject(
        {
            "es": f"{grammar.noun('weapon_type', type_, 'es')} {names}".strip(),
            "en": f"{grammar.indefinite(english)} {english}",
        },
        grammar.is_feminine("weapon_type", type_),
    )


def _lot(marks: Marks) -> Subject:
    names = " ".join(filter(None, (_field(marks, "make"), _field(marks, "calibre"))))
    number = _field(marks, "serial")
    return Subject(
        {"es": f"munición {names} del lote {number}", "en": f"{names} ammunition of lot {number}"},
        is_feminine=True,
    )


def _vehicle(marks: Marks) -> Subject:
    kind, plate = _field(marks, "kind"), _field(marks, "plate")
    names = " ".join(filter(None, (_field(marks, "make"), _field(marks, "model"))))
    english = f"{names} {grammar.noun('vehicle_kind', kind, 'en')}".strip()
    return Subject(
        {
            "es": f"{grammar.noun('vehicle_kind', kind, 'es')} {names} "
            f"{_labelled(plate, 'de placa {}', '({})')}",
            "en": f"{grammar.indefinite(english)} {english} "
            f"{_labelled(plate, 'with plate {}', '({})')}",
        },
        grammar.is_feminine("vehicle_kind", kind),
    )


def _holder_of_document(marks: Marks) -> Subject:
    """Name the person or entity of a document, with the document in brackets."""
    holder = _holder_name(marks)
    documents = {lang: _document(marks, lang) for lang in LANGUAGES}
    if not holder:
        general = {"es": "una persona con", "en": "a person with"}
        return Subject({lang: f"{general[lang]} {documents[lang]}" for lang in LANGUAGES}, True)
    return Subject(
        {lang: f"{holder} ({documents[lang]})" for lang in LANGUAGES},
        any(mark.holder.get("sex") == "F" for mark in marks),
        is_named=True,
    )


def _holder_name(marks: Marks) -> str:
    """Return the name that says most; a person's of several parts, or an entity's."""
    names = [_person_name(mark.holder) or _text(mark.holder, "name") for mark in marks]
    names = [name for name in names if name]
    return max(names, key=lambda name: (len(name.split()), -names.index(name)), default="")


def _person_name(person: Mapping[str, Any]) -> str:
    parts = [_text(person, name) for name in _NAMES_OF_PERSON]
    return shorten(" ".join(filter(None, parts)))


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return shorten(value) if isinstance(value, str) else ""


def _document(marks: Marks, lang: str) -> str:
    """Write type, number and country of a document: DNI 47345584 del Perú."""
    type_, country = _field(marks, "type"), _field(marks, "country")
    code = f"{type_}.{country}"
    name = grammar.noun("document_type", code, lang)
    if code not in load_table("nouns")["document_type"]:
        name = grammar.noun("document_type", type_, lang)
    number = _labelled(_field(marks, "number"), f"{name} {{}}", "{}")
    of = {"es": "de", "en": "of"}[lang]
    return f"{number} {of} {grammar.country(country, lang)}" if country else number


def _account(marks: Marks) -> Subject:
    title = _account_title(marks, "")
    return Subject({"es": f"la cuenta {title}", "en": f"account {title}"}, is_feminine=True)


def _number_of(spanish: str, english: str) -> Callable[[Marks], Subject]:
    """Return what names a thing that is a number, such as a telephone."""

    def write(marks: Marks) -> Subject:
        number = _plain_number(marks)
        return Subject({"es": f"{spanish} {number}", "en": f"{english} {number}"})

    return write


def _plain_number(marks: Marks) -> str:
    texts = [shorten(mark.value) for mark in marks if isinstance(mark.value, str)]
    return most_frequent(texts) or _field(marks, "number")


def _labelled(number: str, template: str, as_it_is: str) -> str:
    """Write a number behind its label, unless it has one of its own."""
    return (as_it_is if _LABELLED.search(number) else template).format(number)


def _weapon_title(marks: Marks, _lang: str) -> str:
    return _joined(marks, "make", "model", "serial")


def _lot_title(marks: Marks, _lang: str) -> str:
    return _joined(marks, "make", "calibre", "serial")


def _joined(marks: Marks, *names: str) -> str:
    return " ".join(filter(None, (_field(marks, name) for name in names)))


def _plate_title(marks: Marks, lang: str) -> str:
    plate, country = _field(marks, "plate"), _field(marks, "country")
    return f"{plate} ({grammar.bare_country(country, lang)})" if plate and country else plate


def _account_title(marks: Marks, _lang: str) -> str:
    number, institution = _field(marks, "number"), _field(marks, "institution")
    return f"{number} ({institution})" if number and institution else number


def _document_title(marks: Marks, lang: str) -> str:
    return grammar.contract(_document(marks, lang), lang)


_SUBJECTS: Mapping[str, Callable[[Marks], Subject]] = {
    "weapon": _weapon,
    "ammunition_lot": _lot,
    "plate": _vehicle,
    "document": _holder_of_document,
    "account": _account,
    "phone": _number_of("el teléfono", "the telephone"),
    "imei": _number_of("el equipo celular con IMEI", "the handset with IMEI"),
}
_TITLES: Mapping[str, Callable[[Marks, str], str]] = {
    "weapon": _weapon_title,
    "ammunition_lot": _lot_title,
    "plate": _plate_title,
    "document": _document_title,
    "account": _account_title,
    "phone": lambda marks, _lang: _plain_number(marks),
    "imei": lambda marks, _lang: _plain_number(marks),
}
_GENERAL: Mapping[str, Subject] = {
    "weapon": Subject({"es": "un arma", "en": "a weapon"}, True),
    "ammunition_lot": Subject({"es": "un lote de munición", "en": "an ammunition lot"}),
    "plate": Subject({"es": "un vehículo", "en": "a vehicle"}),
    "document": Subject({"es": "una persona", "en": "a person"}, True),
    "account": Subject({"es": "una cuenta", "en": "an account"}, True),
    "phone": Subject({"es": "un teléfono", "en": "a telephone"}),
    "imei": Subject({"es": "un equipo celular", "en": "a mobile handset"}),
}
