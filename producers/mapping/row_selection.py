"""Decide which rows of a file a mapping takes, and which are no records. Pure.

A table as people publish it ends in totals and notes. Such a row has the shape of a record, and
would become an event without content.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from producers.model import Row
from schemas.i18n import UserMessage, _

_WORDS = Path(__file__).with_name("footer_words.toml")
_NUMBER = re.compile(r"[-+]?[\d.,'\s]*\d[\d.,'\s]*%?")
_ACCENTS = str.maketrans("áéíóúüñçãõâêô", "aeiouuncaoaeo")
_MOST_CELLS_OF_NOTE = 2
_BEGINNING = 3
"""Letters by which most first cells are known to begin no total and no note."""
_LEAST_COLUMNS = 3  # of a table in which a note differs from a record


@dataclass(frozen=True, slots=True)
class RowSelection:
    """Which rows a mapping takes.

    `takes` is the condition of [rows], or None; `getters` look up the columns that it looks at.
    `footers` says what becomes of a row of a table that is no record.
    """

    takes: Callable[[Row], bool] | None
    getters: Mapping[str, Callable[[Row], Any]]
    footers: str
    is_table: bool

    def why_no_record(self, row: Row) -> UserMessage | None:
        """Say why a row of a table is no record; None if it is one."""
        if not self.is_table or self.footers == "take":
            return None
        return describe_footer(row)


def describe_footer(row: Row) -> UserMessage | None:
    """Recognise totals, notes and a repeated header by what a row has in its first filled cell."""
    name, value = _first_filled(row)
    if value.__class__ is not str:
        return None
    text = value.strip()
    if text == name and _is_header(row):
        return _("the header again")
    plain = text.casefold().translate(_ACCENTS)
    totals, notes, beginnings = _footer_words()
    if plain[:1].isalnum() and plain[:_BEGINNING] not in beginnings:
        return None
    if totals.fullmatch(plain):
        others = [value for key, value in row.items() if key != name and value not in (None, "")]
        return _("a total") if all(_is_number(value) for value in others) else None
    if (
        notes.match(plain)
        and len(row) >= _LEAST_COLUMNS
        and len(_filled(row)) <= _MOST_CELLS_OF_NOTE
    ):
        return _("a note under the table")
    return None


def _first_filled(row: Row) -> tuple[str, Any]:
    """Give the first cell that has something in it; an empty name and None where there is none."""
    for name, value in row.items():
        if value is not None and value != "":
            return name, value
    return "", None


def _filled(row: Row) -> list[Any]:
    filled = (value for value in row.values() if value not in (None, "") and str(value).strip())
    return list(islice(filled, _MOST_CELLS_OF_NOTE + 1))


def _is_header(row: Row) -> bool:
    return all(str(value).strip() == name for name, value in row.items() if value)


def _is_number(value: Any) -> bool:
    if isinstance(value, str):
        return _NUMBER.fullmatch(value.strip()) is not None
    return isinstance(value, int | float)


@cache
def _footer_words() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    """Compile the words of totals, which are the whole text, and those that begin a note.

    The third value has the first letters of all of them.
    """
    words: Mapping[str, list[str]] = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    beginnings = frozenset(word[:_BEGINNING] for listed in words.values() for word in listed)
    totals, notes = (
        "|".join(map(re.escape, sorted(words[name], key=len, reverse=True)))
        for name in ("totals", "notes")
    )
    return (
        re.compile(rf"[\W_]*(?:{totals})[\W_]*"),
        re.compile(rf"[\W_]*(?:{notes})\b"),
        beginnings,
    )
