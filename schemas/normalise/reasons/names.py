"""Say why makes and calibres are read as they are."""

import re

from schemas.normalise.calibre import is_calibre, read_calibre
from schemas.normalise.maker import LONGEST, is_imitation, is_known_make, is_misspelt, read_make
from schemas.normalise.nothing import find_nothing, fold
from schemas.normalise.reading import Reading, Readings, Why, nothing

_LETTER = re.compile("[A-Z]")
_SIGNS = re.compile("[^A-Z0-9]")


def explain_make(written: str) -> Readings:
    """Read a make, with the reasons."""
    reading = read_make(written)
    if not reading.names:
        return nothing(_why_no_make(written))
    beside = _is_shorter(reading.names[0], written)
    misspelt = any(map(is_misspelt, reading.names))
    doubt = Why.MISSPELT if misspelt else Why.WORDS_BESIDE
    things = []
    for name in reading.names:
        known = Why.IN_TABLE if is_known_make(name) else Why.OWN_SPELLING
        if reading.certain:
            why = (known, *((Why.LABEL_REMOVED,) if beside else ()))
        else:
            why = (doubt, known)
        things.append(Reading(name, "certain" if reading.certain else "possible", why))
    return Readings(tuple(things))


def _is_shorter(name: str, written: str) -> bool:
    """Say whether words were taken from what is written, and not only signs."""
    words = fold(written).split()
    return len(words) > len(name.split()) and _SIGNS.sub("", name) != _SIGNS.sub("", fold(written))


def _why_no_make(written: str) -> Why:
    if len(written) > LONGEST:
        return Why.TOO_LONG
    if not written.strip() or find_nothing(written):
        return Why.NOTHING_WRITTEN
    if is_imitation(written):
        return Why.IMITATION
    if is_calibre(written):
        return Why.OTHER_KIND
    if not _LETTER.search(fold(written)):
        return Why.NO_NUMBER
    return Why.SEVERAL_NAMES if len(fold(written).split()) > 1 else Why.TOO_SHORT


def explain_calibre(written: str) -> Readings:
    """Read a calibre, with the reasons."""
    reading = read_calibre(written)
    if reading.name is None:
        return nothing(_why_no_calibre(written, reading.spelling, reading.certain))
    if not reading.certain:
        return Readings((Reading(reading.name, "possible", (Why.WORDS_BESIDE,)),))
    beside = _SIGNS.sub("", fold(written)) != _SIGNS.sub("", reading.name)
    why = (Why.IN_TABLE, *((Why.LABEL_REMOVED,) if beside and " " in written.strip() else ()))
    return Readings((Reading(reading.name, "certain", why),))


def _why_no_calibre(written: str, spelling: str, is_several: bool) -> Why:
    if len(written) > LONGEST:
        return Why.TOO_LONG
    if not spelling:
        return Why.NOTHING_WRITTEN
    return Why.SEVERAL_NAMES if is_several else Why.NOT_IN_TABLE
