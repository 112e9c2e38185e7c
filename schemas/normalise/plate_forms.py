"""Compare marks with the forms of plates: exactly, by look-alike letters, with unread positions.

A form is a text of `A` (a letter), `9` (a digit), `X` (either), or the letter itself.
"""

import json
import re
from itertools import product
from math import prod
from pathlib import Path

MOST_UNREAD = 2  # `?` in a plate: beyond, it says too little
MOST_FILLS = 500  # plates that a mark with unread positions may be

_TABLE = json.loads((Path(__file__).parent / "plates.json").read_text(encoding="utf-8"))
FORMS: dict[str, list[str]] = _TABLE["forms"]
COUNTRIES = tuple(FORMS)
_LETTERS, _DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
_SIGNS = {"A": _LETTERS, "9": _DIGITS, "X": _DIGITS + _LETTERS}
_CLASSES = {"A": "[A-Z]", "9": "[0-9]", "X": "[A-Z0-9]"}
_EXACT = {
    country: re.compile("|".join("".join(_CLASSES.get(c, c) for c in form) for form in forms))
    for country, forms in FORMS.items()
}
_DIGIT_OF: dict[str, str] = _TABLE["looks"]
_LETTERS_OF = {
    digit: [letter for letter, looks in _DIGIT_OF.items() if looks == digit]
    for digit in set(_DIGIT_OF.values())
}
_ALIKE_ENDS = frozenset("OIQSBZG")
"""Letters at the end of a Colombian motorcycle's plate that may be the last digit of a car's."""
_NOT_ISSUED = frozenset("OI")
"""Letters that Peru issues in no place where a digit may stand."""


def has_form(text: str, country: str) -> bool:
    """Say whether a mark has a form of the country."""
    return _EXACT[country].fullmatch(text) is not None


def is_certain_form(text: str, country: str) -> bool:
    """Say whether a mark has a form of the country and looks like no other plate of it."""
    return has_form(text, country) and not may_be_misread(text, country)


def look_alikes(text: str, country: str) -> list[str]:
    """List the plates of a country that a mark without its form looks like, each once."""
    plates: dict[str, None] = {}
    for form in FORMS[country]:
        if len(form) != len(text):
            continue
        signs = [_fitting(sign, place) for sign, place in zip(text, form, strict=True)]
        if all(signs) and prod(map(len, signs)) <= len(_LETTERS_OF) ** 2:
            plates.update(dict.fromkeys(map("".join, product(*signs))))
    plates.pop(text, None)
    return list(plates)


def _fitting(sign: str, place: str) -> list[str]:
    """List what a sign may be at a place of a form: itself, or what it looks like."""
    allowed = _SIGNS.get(place, place)
    if sign in allowed:
        return [sign]
    looks = [_DIGIT_OF[sign]] if sign in _DIGIT_OF else _LETTERS_OF.get(sign, [])
    return [look for look in looks if look in allowed]


def may_be_misread(text: str, country: str) -> list[str]:
    """List the other plates of a country that a mark with its form looks like as well."""
    if country == "CO" and text[-1] in _ALIKE_ENDS and len(text) == 6:
        return [text[:-1] + _DIGIT_OF[text[-1]]]
    if country == "PE" and _NOT_ISSUED.intersection(text[1:3]) and text[:3].isalpha():
        ways = [[sign, _DIGIT_OF[sign]] if sign in _NOT_ISSUED else [sign] for sign in text[1:3]]
        others = [text[0] + "".join(way) + text[3:] for way in product(*ways)]
        return [other for other in others if other != text and has_form(other, country)]
    return []


def fill(text: str, country: str) -> list[str]:
    """List the plates of a country that a mark with unread positions may be."""
    if not count_fills(text, country):
        return []
    plates: dict[str, None] = {}
    for form in FORMS[country]:
        signs = _fills(text, form)
        if signs:
            plates.update(dict.fromkeys(map("".join, product(*signs))))
    return list(plates)


def count_fills(text: str, country: str) -> int:
    """Count the plates that `fill` lists, some twice; 0 where they are too many."""
    if text.count("?") > MOST_UNREAD or country not in FORMS:
        return 0
    total = sum(prod(map(len, signs)) for form in FORMS[country] if (signs := _fills(text, form)))
    return total if total <= MOST_FILLS else 0


def _fills(text: str, form: str) -> list[str]:
    """Give what can stand at each place of a form; empty where the mark has not this form."""
    if len(text) != len(form):
        return []
    signs = []
    for sign, place in zip(text, form, strict=True):
        allowed = _SIGNS.get(place, place)
        if sign != "?" and sign not in allowed:
            return []
        signs.append(allowed if sign == "?" else sign)
    return signs
