"""Observe weapons by serial, make and type: a serial alone is not unique.

The calibre is a trait that must fit (vocabulary, Matching).
"""

import re
from collections.abc import Mapping
from typing import Any

from schemas.normalise import ammunition
from schemas.normalise.calibre import calibre, calibres_fit
from schemas.normalise.maker import make
from schemas.normalise.serial import Serial, serial
from schemas.normalise.serial import count_unread as count_serials
from schemas.observation import Observation

__all__ = ["Serial", "calibre", "calibres_fit", "make", "observe", "serial"]

KIND = "weapon"
_NO_TYPE = frozenset({"", "UNKNOWN", "OTHER", "HOMEMADE"})  # these tell no weapon from another
_ONE_READING = re.compile("[A-Za-z]*[0-9]+")  # as most serials are written
_NO_SERIAL = frozenset({"OBLITERATED", "NONE"})


def observe(weapon: Mapping[str, Any]) -> list[Observation]:
    """Observe the thing that a Weapon record is.

    One `certain` observation, several `possible` ones (unread positions), or none: without serial,
    make or type, for an obliterated serial, and for what is neither a firearm nor an ammunition
    lot. A serial that its officer calls PARTIAL is `possible` also without `?`.
    """
    if weapon.get("kind") != "firearm":
        return ammunition.observe(weapon)
    if weapon.get("serial_state") in _NO_SERIAL:
        return []
    type_ = weapon.get("type") or ""
    marked_make = weapon.get("make")
    if type_ in _NO_TYPE or not marked_make or (name := make(marked_make)) is None:
        return []
    read = serial(weapon.get("serial"))
    if read.certainty == "never":
        return []
    marked_calibre = weapon.get("calibre")
    fits = calibre(marked_calibre) if marked_calibre else None
    traits = {"calibre": fits} if fits else {}
    rest = f"|{name}|{type_}"
    partial = weapon.get("serial_state") == "PARTIAL"
    certain = (
        []
        if read.normal is None
        else [
            Observation(KIND, "", read.normal + rest, "possible" if partial else "certain", traits)
        ]
    )
    return certain + [
        Observation(KIND, "", candidate + rest, "possible", traits) for candidate in read.candidates
    ]


def observe_legible(weapon: Mapping[str, Any]) -> list[Observation]:
    """Observe a weapon as `observe` does, but none whose serial has unread positions."""
    return [] if count_unread(weapon) else observe(weapon)


def count(weapon: Mapping[str, Any]) -> int:
    """Count the things that a Weapon record with a legible serial is at most."""
    written = weapon.get("serial")
    if not written:
        return 0
    return 1 if _ONE_READING.fullmatch(written) else 2


def count_unread(weapon: Mapping[str, Any]) -> int:
    """Count the things that a Weapon record is because of unread positions of its serial."""
    return count_serials(weapon.get("serial"))
