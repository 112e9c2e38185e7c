"""Say what kind of value a column holds: how it is normalised, keyed and compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from schemas.normalise.nothing import fold
from streams.matching.names import words_of
from streams.matching.sound import sound_of


class FieldKind(StrEnum):
    """What a column holds. The codes are those of the mapping file."""

    GIVEN_NAMES = "given_names"
    SURNAMES = "surnames"
    NAME = "name"
    DATE = "date"
    NUMBER = "number"
    TEXT = "text"
    CODE = "code"


_OWN_KINDS = frozenset((FieldKind.GIVEN_NAMES, FieldKind.NAME, FieldKind.DATE))
_OWN_FIELDS = frozenset(("document", "national_number"))
NAME_KINDS = frozenset((FieldKind.GIVEN_NAMES, FieldKind.SURNAMES, FieldKind.NAME))

_ISO = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_NOT_SIGN = re.compile("[^0-9A-Z]+")


@dataclass(frozen=True, slots=True)
class ListField:
    """One thing that is compared: its name, kind, and the columns of each list that hold it."""

    name: str
    kind: FieldKind
    columns: tuple[str, ...]
    columns_b: tuple[str, ...]

    @property
    def is_own(self) -> bool:
        """Say whether it is a person's own, so that persons of one household differ in it."""
        return self.kind in _OWN_KINDS or self.name in _OWN_FIELDS


def _name(text: str) -> str:
    return " ".join(words_of(text))


def _date(text: str) -> str:
    """Write a date as YYYYMMDD; empty where it is none."""
    text = text.strip()
    if match := _ISO.fullmatch(text):
        return "".join(match.groups())
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
        return f"{year}{int(month):02}{int(day):02}"
    return ""


def _compact(text: str) -> str:
    if text.isdecimal() and text.isascii():
        return text.lstrip("0")
    return _NOT_SIGN.sub("", fold(text)).lstrip("0")


def _words(text: str) -> str:
    return " ".join(_NOT_SIGN.sub(" ", fold(text)).split())


def _sounds(text: str) -> str:
    if text.isalpha():
        return sound_of(text)
    return " ".join(sorted(sound_of(word) for word in text.split() if word.isalpha())) or text


def _day_and_month_sorted(text: str) -> str:
    return text[:4] + "".join(sorted((text[4:6], text[6:8])))


NORMALISE: Mapping[FieldKind, Callable[[str], str]] = {
    FieldKind.GIVEN_NAMES: _name,
    FieldKind.SURNAMES: _name,
    FieldKind.NAME: _name,
    FieldKind.DATE: _date,
    FieldKind.NUMBER: _compact,
    FieldKind.TEXT: _words,
    FieldKind.CODE: _words,
}
"""From what is written to what is compared; empty where nothing is written."""

BLOCK_ON: Mapping[FieldKind, Callable[[str], str]] = {
    FieldKind.GIVEN_NAMES: _sounds,
    FieldKind.SURNAMES: _sounds,
    FieldKind.NAME: _sounds,
    FieldKind.DATE: _day_and_month_sorted,
    FieldKind.NUMBER: str,
    FieldKind.TEXT: str,
    FieldKind.CODE: str,
}
"""From what is compared to what rows of one block have in common."""
