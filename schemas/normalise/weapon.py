"""Observe weapons by serial, make and type: a serial alone is not unique.

The calibre is a trait that must fit (vocabulary, Matching).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from schemas.normalise import ammunition
from schemas.normalise.calibre import calibre, calibres_fit
from schemas.normalise.maker import MakeReading, make, read_make
from schemas.normalise.marks import is_model
from schemas.normalise.serial import Serial, count_legible, read_plain, serial, serials
from schemas.normalise.serial import count_unread as count_serials
from schemas.observation import Observation

__all__ = ["Serial", "calibre", "calibres_fit", "make", "observe", "serial"]

KIND = "weapon"
MOST_OF_PLAIN = 5
"""Things of a serial that stands alone: two readings of two makes, and what they have in common."""
_NO_TYPE = frozenset({"", "UNKNOWN", "OTHER", "HOMEMADE"})  # these tell no weapon from another
_READ = re.compile("[A-WYZa-wyz0-9-]+")  # without a sign for an unread position
_NO_SERIAL = frozenset({"OBLITERATED", "NONE"})
_UNSURE_SERIAL = frozenset({*_NO_SERIAL, "PARTIAL"})


def observe(weapon: Mapping[str, Any]) -> list[Observation]:
    """Observe the things that a Weapon record is.

    One `certain` observation for each serial of the cell, several `possible` ones (unread
    positions, two readings, a make in doubt), or none: without serial, make or type, for an
    obliterated serial, and for what is neither a firearm nor an ammunition lot. A serial that its
    officer calls PARTIAL is `possible` also without `?`.
    """
    return _observe(weapon, serials)


def _observe(
    weapon: Mapping[str, Any], read: Callable[[str], tuple[Serial, ...]]
) -> list[Observation]:
    """Observe a weapon whose serials `read` reads."""
    if weapon.get("kind") != "firearm":
        return ammunition.observe(weapon)
    if weapon.get("serial_state") in _NO_SERIAL:
        return []
    type_ = weapon.get("type") or ""
    marked_make, marked_serial = weapon.get("make"), weapon.get("serial")
    if type_ in _NO_TYPE or not marked_make or not marked_serial:
        return []
    makes = read_make(marked_make)
    model, marked_calibre = weapon.get("model"), weapon.get("calibre")
    if not makes.names or (model and _is_other_mark(model, marked_serial)):
        return []
    fits = calibre(marked_calibre) if marked_calibre else None
    traits = {"calibre": fits} if fits else {}
    sure = makes.certain and weapon.get("serial_state") != "PARTIAL"
    readings = read(marked_serial)
    return [
        Observation(KIND, "", f"{value}|{type_}", certainty, traits)
        for value, certainty in _serials_of_makes(readings, makes, sure)
    ]


def _serials_of_makes(
    readings: tuple[Serial, ...], makes: MakeReading, sure: bool
) -> Iterator[tuple[str, str]]:
    """List serial|make with its certainty."""
    if not readings:
        return
    for name in makes.names:
        for reading in readings:
            if reading.normal is not None:
                yield f"{reading.normal}|{name}", "certain" if sure else "possible"
            for candidate in reading.candidates:
                yield f"{candidate}|{name}", "possible"


def _is_other_mark(model: str, marked_serial: str) -> bool:
    """Say whether the serial is but the weapon's model, written in the wrong field."""
    return model == marked_serial or is_model(marked_serial.upper())


def is_plainly_certain(weapon: Mapping[str, Any]) -> bool:
    """Say at a glance that a record is a certain weapon; False where one must look closer."""
    marked_serial, marked_make = weapon.get("serial"), weapon.get("make")
    if weapon.get("kind") != "firearm" or not marked_serial or not marked_make:
        return False
    if (weapon.get("type") or "") in _NO_TYPE or weapon.get("serial_state") in _UNSURE_SERIAL:
        return False
    plain, model = read_plain(marked_serial), weapon.get("model")
    if not plain or plain[0].normal is None or not read_make(marked_make).certain:
        return False
    return not (model and _is_other_mark(model, marked_serial))


def observe_legible(weapon: Mapping[str, Any]) -> list[Observation]:
    """Observe a weapon as `observe` does, but without what has unread positions."""
    return _observe(weapon, partial(serials, legible=True))


def count(weapon: Mapping[str, Any]) -> int:
    """Count the things that a Weapon record is at most by what is legible of its serial."""
    legible = count_legible(weapon.get("serial"))
    return legible * _count_makes(weapon.get("make")) if legible else 0


def count_unread(weapon: Mapping[str, Any]) -> int:
    """Count the things that a Weapon record is because of unread positions of its serial."""
    marked_serial = weapon.get("serial")
    if not marked_serial or read_plain(marked_serial) is not None:
        return 0
    if weapon.get("kind") != "firearm" or _READ.fullmatch(marked_serial):
        return 0
    unread = count_serials(marked_serial)
    return unread * _count_makes(weapon.get("make")) if unread else 0


def _count_makes(marked_make: str | None) -> int:
    return max(1, len(read_make(marked_make).names)) if marked_make else 1


def bound(weapon: Mapping[str, Any]) -> int | None:
    """Give how many things a Weapon record is at most, where a glance says it; else None."""
    marked_serial = weapon.get("serial")
    if not marked_serial:
        return 0
    return None if read_plain(marked_serial) is None else MOST_OF_PLAIN
