"""Look up the words of dates: months, days of the week, halves of a day. Pure."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_AROUND = re.compile(r"^[\s='\"\u2018\u00b4`]+|[\s.,;'\"\u2019]+$")
_GAPS = re.compile(r"(?<=[0-9])\s*([/-])\s*(?=[0-9])")
_FLOAT = re.compile(r"([0-9]{4,8})[.,]0+")


def look_up_word(table: str, word: str) -> str:
    """Give the key of a word in a table of date_words.toml. Raises ValueError for no such word.

    Capitals, accents, full stops and spaces do not matter.
    """
    folded = unicodedata.normalize("NFD", word.casefold())
    plain = "".join(letter for letter in folded if letter.isalpha())
    key = _words()[table].get(plain)
    if key is None:
        raise ValueError(f"no word of {table}")
    return key


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    path = Path(__file__).with_name("date_words.toml")
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        table: {word: key for key, words in entries.items() for word in words}
        for table, entries in content.items()
    }


def tidy_date(written: str) -> str:
    """Drop what a spreadsheet or an officer put around a date: '15/03/2021., 15 / 03 / 2021.

    20210315.0 becomes 20210315.
    """
    text = _GAPS.sub(r"\1", _AROUND.sub("", written))
    number = _FLOAT.fullmatch(text)
    return number[1] if number is not None else text
