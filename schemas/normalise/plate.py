"""Observe plates: the key is (country, plate).

The four countries' patterns overlap (CO and PE both have ABC123). Their forms are in plates.json.
Ecuador's ABC123 is the same as ABC0123. A letter that looks like a digit, or a digit that looks
like a letter, gives a possible plate (ABCI23 may be ABC123). A ship keeps its IMO number under
every flag, so its key is (IMO, number).
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

from schemas.normalise.check_digits import imo
from schemas.normalise.nothing import is_filler
from schemas.normalise.plate_forms import (
    COUNTRIES,
    count_fills,
    fill,
    has_form,
    is_certain_form,
    look_alikes,
    may_be_misread,
)
from schemas.normalise.plate_text import WrittenPlate, find_plates
from schemas.observation import Observation

KIND = "plate"
CACHED = 16_384
LONGEST_CACHED = 40
_SHORTEST, _LONGEST = 5, 17  # a chassis number's length: beyond, it is a text
_LONGEST_NUMBER = 7  # digits of a plate without letters
_BOAT = "boat"
IMO = "IMO"
"""Who gives the numbers of ships, in the place of a country."""
_IMO = re.compile(
    r"\bI\.?\s?M\.?\s?O\.?(?![A-Z])[\s:#-]*"
    r"(?:(?:NO|N|NRO|NUM|NUMERO|NUMBER)\b[\s.:\u00ba\u00b0#-]*)?([0-9]{7})(?![0-9])"
)


class _Plate(NamedTuple):
    country: str
    plate: str
    certainty: str


class _Cell(NamedTuple):
    """Hold what a cell says: the plates that were read, and the marks with unread positions."""

    legible: tuple[_Plate, ...]
    unread: tuple[str, ...]


def observe(vehicle: Mapping[str, Any]) -> list[Observation]:
    """Observe the things that a Vehicle record's plate is.

    certain: the country is known, and the plate has its form, or the country is not of the four.
    possible: it has another's form (on both), no country is known (on each whose form it has), a
    letter looks like a digit, a word next to it is unknown, a position is unread. Nothing for
    placeholders and for passing permits.
    """
    cell = _read(vehicle)
    plates = dict.fromkeys(cell.legible)
    if cell.unread:
        countries = _countries(vehicle.get("country"))
        plates.update(
            dict.fromkeys(
                _Plate(place, _key(place, plate), "possible")
                for text in cell.unread
                for place in countries
                for plate in fill(text, place)
            )
        )
    return [Observation(KIND, *plate, {}) for plate in plates]


def observe_legible(vehicle: Mapping[str, Any]) -> list[Observation]:
    """Observe a plate as `observe` does, but without what has unread positions."""
    return [Observation(KIND, *plate, {}) for plate in _read(vehicle).legible]


def count(vehicle: Mapping[str, Any]) -> int:
    """Count the things that a Vehicle record's plate is, as far as it was read."""
    return len(_read(vehicle).legible)


def count_unread(vehicle: Mapping[str, Any]) -> int:
    """Count the things that a plate may be because of unread positions, without making them."""
    unread = _read(vehicle).unread
    if not unread:
        return 0
    countries = _countries(vehicle.get("country"))
    return sum(count_fills(text, country) for text in unread for country in countries)


def bound(vehicle: Mapping[str, Any]) -> int | None:
    """Give how many things a Vehicle record's plate is at most; None where some are unread."""
    cell = _read(vehicle)
    return None if cell.unread else len(cell.legible) + 1


def _read(vehicle: Mapping[str, Any]) -> _Cell:
    written, country = vehicle.get("plate"), vehicle.get("country")
    if not written:
        return _EMPTY
    if len(written) > LONGEST_CACHED:
        return _read_cell.__wrapped__(written, country)
    cell = _read_cell(written, country)
    if vehicle.get("kind") == _BOAT and len(written) == _LONGEST_NUMBER and written.isdigit():
        return cell._replace(
            legible=(*cell.legible, *(_ship(written, False) if imo(written) else ()))
        )
    return cell


def _ship(digits: str, is_certain: bool) -> tuple[_Plate, ...]:
    """Give the ship of an IMO number; nothing for a number that fills a form."""
    if is_filler(digits) or not digits.strip("0"):
        return ()
    return (_Plate(IMO, digits, "certain" if is_certain else "possible"),)


_EMPTY = _Cell((), ())


@lru_cache(maxsize=CACHED)
def _read_cell(written: str, country: str | None) -> _Cell:
    """Read a cell: each plate once; a certain reading counts before a possible one."""
    text = written.upper()
    if "M" in text and (ships := dict.fromkeys(_IMO.findall(text))):
        return _Cell(tuple(ship for digits in ships for ship in _ship(digits, imo(digits))), ())
    if country in COUNTRIES and is_certain_form(text, country) and not _is_doubtful(text):
        return _Cell((_Plate(country, _key(country, text), "certain"),), ())
    plates: dict[tuple[str, str], str] = {}
    unread: dict[str, None] = {}
    for item in find_plates(written, country):
        unread.update((text, None) for text in item.readings if "?" in text)
        for plate in _plates_of(item, country):
            place = plate.country, plate.plate
            if plates.get(place) != "certain":
                plates[place] = plate.certainty
    legible = tuple(_Plate(*place, certainty) for place, certainty in plates.items())
    return _Cell(legible, tuple(unread))


def _plates_of(item: WrittenPlate, country: str | None) -> Iterator[_Plate]:
    sure = item.sure and len(item.readings) == 1
    for text in item.readings:
        if "?" not in text and _is_plate(text):
            places = [country, *(other for other in item.countries if other != country)]
            for place in places:
                yield from _of_country(text, place, sure and len(places) == 1)


def _is_plate(text: str) -> bool:
    longest = _LONGEST_NUMBER if text.isdigit() else _LONGEST
    return _has_digits(text, 1) and _SHORTEST <= len(text) <= longest and not is_filler(text)


def _has_digits(text: str, fewest: int) -> bool:
    return sum(map(str.isdigit, text)) >= fewest


def _of_country(text: str, country: str | None, sure: bool) -> Iterator[_Plate]:
    """Give the plates that a legible text may be on a country, or on any of the four."""
    if country is None:
        fitting = [place for place in COUNTRIES if has_form(text, place)]
        if fitting:
            yield from (_Plate(place, _key(place, text), "possible") for place in fitting)
        else:
            yield from _alike(text, COUNTRIES)
        return
    if country not in COUNTRIES:
        if _has_digits(text, 2):
            certain = sure and not text.isdigit() and not _is_doubtful(text)
            yield _Plate(country, text, "certain" if certain else "possible")
        return
    if has_form(text, country):
        others = may_be_misread(text, country)
        certain = sure and not others and not _is_doubtful(text)
        yield _Plate(country, _key(country, text), "certain" if certain else "possible")
        yield from (_Plate(country, _key(country, other), "possible") for other in others)
        return
    yield from _alike(text, (country,))
    if _has_digits(text, 2) and not text.isdigit():
        yield _Plate(country, text, "possible")
    for place in COUNTRIES:
        if place != country and has_form(text, place):
            yield _Plate(place, _key(place, text), "possible")


def _alike(text: str, countries: tuple[str, ...]) -> Iterator[_Plate]:
    for place, plate in product(countries, (text,)):
        yield from (
            _Plate(place, _key(place, alike), "possible") for alike in look_alikes(plate, place)
        )


def _is_doubtful(text: str) -> bool:
    """Say whether a plate is written where none is known: AAA111, ABC000, XXX123."""
    letters, digits = ("".join(filter(test, text)) for test in (str.isalpha, str.isdigit))
    alike = len(set(letters)) == 1 and len(letters) > 1
    return not digits.strip("0") or text.startswith("XXX") or (alike and len(set(digits)) == 1)


def _countries(country: str | None) -> tuple[str, ...]:
    return (country,) if country else COUNTRIES


def _key(country: str, plate: str) -> str:
    """Write Ecuador's older plates as the newer ones."""
    old = country == "EC" and len(plate) == 6 and plate[:3].isalpha() and plate[3:].isdigit()
    return f"{plate[:3]}0{plate[3:]}" if old else plate
