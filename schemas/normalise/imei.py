"""Observe handsets by their IMEI (3GPP TS 23.003).

14 digits identify the handset. A Luhn check digit follows them, or two digits of the software
version (IMEISV); they are no part of the key. The first two digits are those of a body that
allocates type codes (GSMA TS.06): others begin a SIM card, a subscriber or a payment card.
"""

import re
from functools import lru_cache

from schemas.normalise.check_digits import luhn
from schemas.normalise.labels import labels_of
from schemas.normalise.makes_and_calibres import CACHED, alphanumeric
from schemas.normalise.nothing import find_nothing_folded, is_doubtful, is_placeholder
from schemas.normalise.reading import (
    JOINT,
    Reading,
    Readings,
    Why,
    count_observations,
    gather,
    nothing,
    observations_of,
)
from schemas.normalise.written_value import LONGEST, WrittenValue, is_plain, split_cell
from schemas.observation import Observation

KIND = "imei"
_WITHOUT_CHECK = 14  # digits
_FORM = re.compile("[0-9]{14,16}")
_NOBODYS = re.compile(
    r"(.)\1{12}.*|1234567890.*|0123456789.*|9876543210.*|00499901.*|(..)\2{6}.*|0{6}.*"
)  # fillers; 00499901 is the type code of phones with a wiped IMEI
_BODIES = re.compile("01|10|30|33|35|44|45|49|5[0-4]|86|91|98|99")
"""Reporting bodies that allocate or allocated type codes."""
_AMONG_OTHERS = re.compile("(?<![A-Z0-9])[0-9]{15}(?![A-Z0-9])")
_UNREAD = re.compile(r"[?*_#]|\.\.|X{2,}|(?<=[0-9]{4})X")
_UNREAD_BEHIND = re.compile("([0-9]{14})[?*_#X]{1,2}")
"""A handset whose check digit or software version nobody could read."""
_LOOK_ALIKE = re.compile("(?=.{15}$)(?=[0-9]*(?:[OIL][0-9]*){1,3}$)[0-9OIL]+")
_DIGIT_OF = str.maketrans("OIL", "011")
_DIALLED = "*#06#"
"""What is dialled to see the IMEI."""
_GROUPING = re.compile("[- ./]")


def observe(written: str) -> list[Observation]:
    """Observe the handsets of a text.

    certain: 15 digits whose check digit holds. possible: a wrong, unread or no check digit, a
    software version, a type code that nobody allocates. Nothing for other lengths and fillers.
    """
    return observations_of(KIND, read(written))


def count(written: str) -> int:
    """Count the handsets of a text at most; plain digits are not read for it."""
    if is_plain(written) and len(written) != _WITHOUT_CHECK:
        return 1
    return count_observations(read(written))


@lru_cache(maxsize=CACHED)
def read(written: str) -> Readings:
    """Read a cell with IMEIs."""
    if len(written) > LONGEST:
        return nothing(Why.TOO_LONG)
    if is_plain(written):
        return _read_value(WrittenValue(written))
    text = written.replace(_DIALLED, " ")
    return gather(_read_value(value) for value in split_cell(text, labels_of(KIND), _is_value))


def _is_value(text: str) -> bool:
    return _FORM.fullmatch(alphanumeric(text)) is not None


def _read_value(value: WrittenValue) -> Readings:
    if value.nothing_because:
        return nothing(value.nothing_because)
    mark = alphanumeric(value.text)
    if is_placeholder(mark) or find_nothing_folded(value.text) or _NOBODYS.fullmatch(mark):
        return nothing(Why.NOTHING_WRITTEN)
    if _UNREAD.search(value.text):
        return _read_unread(value)
    if _FORM.fullmatch(mark) is None:
        if (misread := _misread(mark)) is not None:
            doubts = (Why.LOOK_ALIKE, *value.why)
            return Readings((Reading(misread[:_WITHOUT_CHECK], "possible", doubts),))
        return _among_words(value)
    if len(mark) == _WITHOUT_CHECK and luhn(f"0{mark}") and _BODIES.match(f"0{mark}"):
        return _of_two(mark, value)
    why = _why(mark)
    certainty = "certain" if why is Why.CHECK_HOLDS else "possible"
    return Readings((Reading(mark[:14], certainty, (why, *value.why)),))


def _among_words(value: WrittenValue) -> Readings:
    """Read the whole numbers that stand among words that nobody knows; all are only possible."""
    numbers = dict.fromkeys(_AMONG_OTHERS.findall(value.text))
    why = (Why.WORDS_BESIDE, *value.why)
    things = tuple(
        Reading(number[:_WITHOUT_CHECK], "possible", why)
        for number in numbers
        if not _NOBODYS.fullmatch(number)
    )
    return Readings(things) if things else nothing(Why.NO_NUMBER)


def _misread(mark: str) -> str | None:
    """Read letters that look like digits, where the check digit then holds; None for others."""
    if not _LOOK_ALIKE.fullmatch(mark):
        return None
    digits = mark.translate(_DIGIT_OF)
    return digits if luhn(digits) and _BODIES.match(digits) else None


def _read_unread(value: WrittenValue) -> Readings:
    """Read a handset of which only what follows its 14 digits is unread."""
    match = _UNREAD_BEHIND.fullmatch(_GROUPING.sub("", value.text))
    if match is None:
        return nothing(Why.UNREAD_POSITIONS)
    return Readings((Reading(match[1], "possible", (Why.UNREAD_POSITIONS, *value.why)),))


def _of_two(mark: str, value: WrittenValue) -> Readings:
    """Read fourteen digits: without a check digit, or without the zero that a sheet drops."""
    why = (Why.TWO_READINGS, *value.why)
    bodies = (mark, f"0{mark}"[:14])
    things = tuple(Reading(body, "possible", why, whole=False) for body in bodies)
    return Readings(things, together=(("", f"{JOINT}{mark}"),))


def _why(mark: str) -> Why:
    if len(mark) != 15:
        return Why.NO_CHECK
    if not luhn(mark):
        return Why.CHECK_FAILS
    if _BODIES.match(mark) is None:
        return Why.OTHER_KIND
    return Why.FILLER_LIKE if is_doubtful(mark) else Why.CHECK_HOLDS
