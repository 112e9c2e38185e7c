"""Find the plates in a cell: without labels, vehicles, places and countries next to them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from schemas.normalise.nothing import find_nothing_folded
from schemas.normalise.plate_forms import COUNTRIES, has_form
from schemas.normalise.remarks import find_remark
from schemas.normalise.written_value import LONGEST, MOST_VALUES, tidy

_TABLE = json.loads((Path(__file__).parent / "plates.json").read_text(encoding="utf-8"))
_BESIDE = frozenset([*_TABLE["labels"], *_TABLE["vehicles"], *_TABLE["places"]])
_COUNTRY_OF: dict[str, str] = _TABLE["countries"]
_NO_PLATE = frozenset(_TABLE["no_plate"])
_PLAIN = re.compile("[A-Z]{2,3}[- ]?[0-9]{3,4}|[0-9]{3,4}[- ]?[A-Z]{3}")
_NO_MARK = re.compile(r"[@$%]|\+\s*[0-9]{2}|HTTP|[0-9]:[0-9]")
_CLEARLY = re.compile(r"\s*[;|\n\r\t&]\s*|,\s*|\s+/\s+|(?<=[0-9A-Z]{3})\s+Y\s+(?=\S*[0-9])")
_PERHAPS = re.compile(r"/|\s+-\s+|(?<=[0-9A-Z]{5})-(?=[0-9A-Z]{5})")
_GAP = re.compile(r"[\s:=()\[\]{}<>\"']+")
_GLUED = re.compile(
    r"^PLACAS?[-.:#]*(?=\S*[0-9])|^PL[.:#]+(?=\S*[0-9])|^PLACAS?[-.:#]*(?=[A-Z]{2,3}$)"
)
_FLOAT = re.compile(r"(?<=[0-9]{3})\.0+$")
_KEPT = re.compile("[^A-Z0-9?]")
_UNREAD = re.compile("[?*_#¿]")
_OF_OTHERS = re.compile(rf"\bSIN (?:{'|'.join(_TABLE['lacked'])})\b")
"""What a vehicle was without, apart from its plate."""
_DOT = re.compile(r"(?<=[A-Z0-9?])\.(?=[A-Z0-9?]|$)")
_PARTED_DIGITS = re.compile(r"[0-9][./][0-9]")
_DIGIT = re.compile("[0-9]")
_MOST_WORDS = 12
_LONGEST_SPAN = 8  # words of one plate: A B C 1 2 3 4


class WrittenPlate(NamedTuple):
    """Hold one plate as written.

    `readings`: capitals, digits and `?`; more than one where a point may be an unread position.
    `sure`: only known words stand next to it. `countries`: that words next to it name.
    """

    readings: tuple[str, ...]
    sure: bool = True
    countries: tuple[str, ...] = ()


def find_plates(written: str, country: str | None) -> tuple[WrittenPlate, ...]:
    """List the plates of a cell; none where it says that there is none.

    `country`: of the vehicle, as given; its forms tell a plate from the words next to it.
    """
    text = written.strip().upper()
    if _PLAIN.fullmatch(text):
        return (WrittenPlate((_KEPT.sub("", text),)),)
    if len(written) > LONGEST:
        return ()
    text = tidy(written.replace("¿", "?").replace("º", " ").replace("°", " "))
    text = _OF_OTHERS.sub(" ", text)
    if _NO_MARK.search(text):
        return ()
    if (remark := find_remark(text)) is not None and remark.ends == ("", ""):
        plates = find_plates(remark.rest, country)
        return tuple(plate._replace(sure=False) for plate in plates)
    parts = [part for part in _CLEARLY.split(text) if _DIGIT.search(part)][:MOST_VALUES]
    if find_nothing_folded(_UNREAD.sub("7", text)):
        # one vehicle without a plate, next to another with one
        parts = [part for part in parts if _PLAIN.fullmatch(part) and _fits_plainly(part, country)]
    return tuple(plate for part in parts for plate in _part(part, country))


def _part(text: str, country: str | None) -> Iterator[WrittenPlate]:
    """Give the plates of a text that / or - may part: only where each part has a form."""
    parts = [part for part in _PERHAPS.split(text) if part.strip()]
    if len(parts) > 1:
        plates = [plate for part in parts for plate in _clean(part, country)]
        if len(plates) == len(parts) and all(_fits(plate.readings[0], country) for plate in plates):
            yield from plates
            return
    yield from _clean(text, country)


def _clean(written: str, country: str | None) -> Iterator[WrittenPlate]:
    text = _FLOAT.sub("", written)
    words = [
        stripped
        for word in _GAP.split(text)[:_MOST_WORDS]
        for part in _without_place(word)
        if (stripped := _GLUED.sub("", part).strip("-/,;"))
    ]
    spans = list(_spans(words, country))
    used = {place for start, end in spans for place in range(start, end)}
    rest = [word.replace(".", "") for place, word in enumerate(words) if place not in used]
    countries = tuple(dict.fromkeys(_COUNTRY_OF[word] for word in rest if word in _COUNTRY_OF))
    known = all(word in _BESIDE or word in _COUNTRY_OF for word in rest)
    known = known and _PARTED_DIGITS.search(text) is None
    if spans:
        for start, end in spans:
            yield WrittenPlate(_readings("".join(words[start:end]), country), known, countries)
        return
    if _NO_PLATE.intersection(rest):
        return
    marks = [word for word in rest if word not in _BESIDE and word not in _COUNTRY_OF]
    signs = [word for word in marks if _DIGIT.search(word) or len(word) <= _most_letters(country)]
    joined = "".join(words[n] for n, word in enumerate(rest) if word in signs)
    if joined:
        yield WrittenPlate(_readings(joined, country), len(signs) == len(marks), countries)


def _most_letters(country: str | None) -> int:
    """Give how many letters alone may be a part of a plate; more of them are a word."""
    return 3 if country in COUNTRIES else 4


def _without_place(word: str) -> tuple[str, ...]:
    """Part a place behind a dash from a plate: KLM482-BOGOTA."""
    head, _dash, tail = word.rpartition("-")
    return (head, tail) if tail in _BESIDE or tail in _COUNTRY_OF else (word,)


def _spans(words: list[str], country: str | None) -> Iterator[tuple[int, int]]:
    """List where words have the form of a plate, the longest at each place."""
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + _LONGEST_SPAN), start, -1):
            text = "".join(words[start:end])
            if _DIGIT.search(text) and _fits(_KEPT.sub("", text), country):
                yield start, end
                start = end
                break
        else:
            start += 1


def _fits(text: str, country: str | None) -> bool:
    """Say whether a mark has the form of the country, or of one of the four without it."""
    places = (country,) if country in COUNTRIES else COUNTRIES
    return any(has_form(text, place) for place in places)


def _forms(country: str | None) -> list[str]:
    """List the forms of a country, or of all four where it is not known."""
    known: dict[str, list[str]] = _TABLE["forms"]
    if country is None:
        return [form for forms in known.values() for form in forms]
    return known.get(country, [])


def _fits_plainly(part: str, country: str | None) -> bool:
    return _fits(_KEPT.sub("", part), country) and not find_nothing_folded(part)


def _readings(text: str, country: str | None) -> tuple[str, ...]:
    """List how a mark may be read: a point may stand for what nobody could read."""
    if text[0] == "#" and _fits(_KEPT.sub("", text), country):  # a sign for "number"
        text = text[1:]
        if text.isalnum() and any(len(form) == len(text) + 1 for form in _forms(country)):
            return text, f"?{text}"  # or a position that nobody could read
    signed = _UNREAD.sub("?", text.replace("...", "???").replace("..", "??"))
    dropped, unread = _KEPT.sub("", signed), _KEPT.sub("", _DOT.sub("?", signed))
    if dropped == unread:
        return (dropped,)
    longer = len(unread) in {6, 7} and country is None
    fits_unread = longer or any(
        len(unread) == len(form) for form in _TABLE["forms"].get(country, ())
    )
    return (dropped, unread) if fits_unread or not _fits(dropped, country) else (dropped,)
