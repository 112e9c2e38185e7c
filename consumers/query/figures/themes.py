"""Say which theme of the plan a record belongs to, in Python and in SQL, by one file. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from schemas.codes import code_lists

FILE = Path(__file__).with_name("themes.toml")
NONE = "none"
"""Of the file: the crimes that belong to no theme."""


class ThemeTable(NamedTuple):
    """The theme of each type of event and of each crime that has one."""

    of_type: Mapping[str, str]
    of_crime: Mapping[str, str]


@cache
def theme_table() -> ThemeTable:
    """Read which types and crimes have a theme, and which."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return ThemeTable(_by_code(data["types"]), _by_code(data["crimes"]))


def themes() -> tuple[str, ...]:
    """Return the codes of the themes, in the order of the plan."""
    return tuple(code_lists()["theme"].codes)


def theme_of(type_: str, crime: str) -> str:
    """Return the theme of a record; empty where it has none."""
    table = theme_table()
    return table.of_type.get(type_) or table.of_crime.get(crime, "")


@cache
def theme_expression() -> str:
    """Return the SQL of `theme_of`, over the columns `type` and `crime` of a table of facts.

    Its values are the file's, which is the product's own.
    """
    table = theme_table()
    of_crime = f"transform(toString(crime), {_pair(table.of_crime)}, '')"
    of_type = f"transform(toString(type), {_pair(table.of_type)}, '')"
    return f"if({of_type} != '', {of_type}, {of_crime})"


def _by_code(codes_of: Mapping[str, list[str]]) -> dict[str, str]:
    return {code: theme for theme, codes in codes_of.items() if theme != NONE for code in codes}


def _pair(themes_of: Mapping[str, str]) -> str:
    return f"{_texts(themes_of)}, {_texts(themes_of.values())}"


def _texts(values: Iterable[str]) -> str:
    texts = list(values)
    if not all(text.replace("_", "").isalnum() for text in texts):
        raise ValueError(f"{FILE.name} has a code that is no plain word: {texts}")
    return "[" + ", ".join(f"'{text}'" for text in texts) + "]"
