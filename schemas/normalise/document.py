"""Observe identity documents: the key is (issuing country, type, number).

Numbers overlap between countries and types. `document_forms` knows what is certain.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from schemas.normalise.belonging import find_other_owner
from schemas.normalise.document_forms import FORMS, form_of, forms_of
from schemas.normalise.document_number import NO_FIT, Number
from schemas.normalise.labels import labels_of
from schemas.normalise.looks import has_shape_of_another, has_uneven_groups, looks_like_date
from schemas.normalise.makes_and_calibres import CACHED, alphanumeric
from schemas.normalise.nothing import find_nothing_folded, is_doubtful, is_meaningless
from schemas.normalise.reading import (
    Reading,
    Readings,
    Why,
    count_observations,
    gather,
    nothing,
    observations_of,
)
from schemas.normalise.spreadsheet import undo_spreadsheet
from schemas.normalise.written_value import LONGEST, WrittenValue, is_plain, split_cell
from schemas.observation import Observation

KIND = "document"
_LONGEST_NUMBER = 40  # letters and digits: beyond, it is a text
_GUESSED = (
    "national_id",
    "foreigner_id",
    "passport",
    "tax_id",
)  # what a number without a type may be
_NOT_UNIQUE = frozenset(
    {"birth_certificate", "other"}
)  # numbers of a register, or of nobody knows what
_UNREAD = re.compile(r"[?*_#]|\.\.|(?<=[0-9])X{2,}|X{2,}(?=[0-9])")
_AMONG_WORDS = re.compile(
    r"(?<![A-Z0-9])[A-Z]{0,3}[0-9](?:[0-9.,]|[ -](?=[0-9])|E[+-]?(?=[0-9]{1,2}(?![0-9])))*"
    r"(?![A-Z0-9])"
)
_LOOK_ALIKE = re.compile("(?=.{5,13}$)[0-9OIL]+")
_DIGIT_OF = str.maketrans("OIL", "011")
_MOST_LOOK_ALIKE = 2
_PARTED = re.compile(r"[0-9]\s*[/(,;:]\s*[A-Z]{3}")
"""A sign between a number and a word: 16789423/CALI."""
_LABEL_OF_TYPE = {"passport": "passport"}
_PASSPORT_WORD = re.compile(r"\s*(?:PASAPORTE|PASSPORT|PASAP|PAS|P\.?A)\b", re.IGNORECASE)
"""A label that says the type of a document of which no type is given."""


def observe(document: Mapping[str, Any]) -> list[Observation]:
    """Observe the things that a Document record is.

    certain: country and type known, and the number is one of theirs. possible: not of their form or
    check digit; a number that a tax number holds; country or type unknown, then on every (country
    of the four, type) that it may be. Nothing for placeholders.
    """
    return observations_of(KIND, _read_record(document))


def count(document: Mapping[str, Any]) -> int:
    """Count the things that a Document record is at most; plain digits are not read for it."""
    number = document["number"]
    if not is_plain(number):
        return count_observations(_read_record(document))
    country, type_ = document.get("country"), document.get("type")
    if country and type_:
        return 2 if type_ == "tax_id" else 1  # a tax number may hold a person's
    readings = (1 if country else len(FORMS)) * (1 if type_ else len(_GUESSED) + 1)
    return readings + 1


def _read_record(document: Mapping[str, Any]) -> Readings:
    return read(document["number"], document.get("country") or "", document.get("type") or "")


@lru_cache(maxsize=CACHED)
def read(written: str, country: str = "", type_: str = "") -> Readings:
    """Read a cell with numbers of documents. `country`, `type_`: empty where nobody knows."""
    if type_ in _NOT_UNIQUE and not country:
        return nothing(Why.NOT_UNIQUE)
    if len(written) > LONGEST:
        return nothing(Why.TOO_LONG)
    if is_plain(written):
        return _read_value(WrittenValue(written), country, type_)
    if not type_ and _PASSPORT_WORD.match(written):
        type_ = "passport"
    labels = labels_of(_LABEL_OF_TYPE.get(type_, KIND), country != "BO")
    return gather(
        _read_value(value, country, type_) for value in split_cell(written, labels, _is_value)
    )


def _is_value(text: str) -> bool:
    """Say whether a text is the number of one document, so that a cell is parted at it."""
    compact = alphanumeric(text)
    digits = sum(letter.isdigit() for letter in compact)
    return 5 <= digits <= 13 and len(compact) - digits <= 3 and not is_meaningless(compact)


def _read_value(value: WrittenValue, country: str, type_: str) -> Readings:
    if value.nothing_because:
        return nothing(value.nothing_because)
    compact = alphanumeric(value.text)
    if is_meaningless(compact) or (" " in value.text and find_nothing_folded(value.text)):
        return nothing(Why.NOTHING_WRITTEN)
    if len(compact) > _LONGEST_NUMBER:
        return nothing(Why.TOO_LONG)
    if _UNREAD.search(value.text):
        return nothing(Why.UNREAD_POSITIONS)
    if country and type_:
        return _known(value, compact, country, type_)
    countries = (country,) if country else tuple(FORMS)
    return _guessed(value, compact, countries, (type_,) if type_ else _GUESSED)


def _known(value: WrittenValue, compact: str, country: str, type_: str) -> Readings:
    numbers = form_of(country, type_)(compact, value.text)
    if not numbers and " " in value.text:
        numbers = _among_words(value.text, country, type_)
    elif not numbers and (alike := _look_alike(compact, value.text)):
        numbers = [
            number._replace(certain=False, why=Why.LOOK_ALIKE)
            for number in form_of(country, type_)(alike, alike)
        ]
    elif not numbers and 5 <= len(compact) <= 20:
        among = _among_words(value.text, country, type_) if _PARTED.search(value.text) else ()
        numbers = among or [Number(compact, False, Why.OTHER_FORM)]
    if not numbers:
        return nothing(Why.NO_NUMBER)
    things = tuple(_reading(number, country, type_, value) for number in numbers)
    doubtful = len(things) > 1 and not any(number.whole for number in numbers)
    return Readings(things, together=((country, f"{type_}|?{compact}"),) if doubtful else ())


def _look_alike(compact: str, text: str) -> str:
    """Write the digits that one or two letters among digits look like: 1O111222; else empty."""
    if not text.replace(".", "").isalnum() or not _LOOK_ALIKE.fullmatch(compact):
        return ""
    letters = sum(map(str.isalpha, compact))
    return compact.translate(_DIGIT_OF) if 0 < letters <= _MOST_LOOK_ALIKE else ""


def _among_words(text: str, country: str, type_: str) -> Sequence[Number]:
    """Read the numbers that stand among words that nobody knows; all are only possible."""
    form = form_of(country, type_)
    return [
        number._replace(certain=False, why=Why.WORDS_BESIDE)
        for match in _AMONG_WORDS.finditer(text)
        for digits in [undo_spreadsheet(match[0]).text]
        for number in form(alphanumeric(digits), digits)
        if number.certain
    ]


def _reading(number: Number, country: str, type_: str, value: WrittenValue) -> Reading:
    """Say how certain a number is, in view of what else its digits may be."""
    text, plain = value.text, value.text.isalnum()
    certain, why = number.certain and type_ not in _NOT_UNIQUE, number.why
    if number.certain and not certain:
        why = Why.NOT_UNIQUE
    elif certain and is_doubtful(number.value) and number.value[0] != "0":
        certain, why = False, Why.FILLER_LIKE
    elif certain and (looks_like_date(number.value) if plain else has_shape_of_another(text)):
        certain, why = False, Why.OTHER_KIND
    elif certain and value.labels and (owner := find_other_owner(value.labels, country, type_)):
        certain, why = False, owner
    elif certain and not plain and has_uneven_groups(text):
        certain, why = False, Why.OTHER_FORM
    return Reading(
        f"{number.type or type_}|{number.value}",
        "certain" if certain else "possible",
        (why, *value.why),
        country,
        number.whole,
    )


def _guessed(
    value: WrittenValue, compact: str, countries: Sequence[str], types: Sequence[str]
) -> Readings:
    issuer = countries[0] if len(countries) == 1 else ""
    why = Why.TYPE_UNKNOWN if len(types) > 1 else Why.COUNTRY_UNKNOWN
    guesses = tuple(
        Reading(f"{type_}|{number.value}", "possible", (why, *value.why), country, whole=False)
        for country in countries
        for type_ in types
        for number in _form(country, type_, compact, value.text)
        if number.certain
    )
    if not guesses:
        return nothing(Why.NO_NUMBER)
    return Readings(guesses, together=((issuer, f"{'/'.join(types)}|?{compact}"),))


def _form(country: str, type_: str, compact: str, text: str) -> Sequence[Number]:
    form = forms_of(country).get(type_)
    return form(compact, text) if form else NO_FIT
