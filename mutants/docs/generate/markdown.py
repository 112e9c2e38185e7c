"""Pieces of Markdown in two languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

Lang = Literal["es", "en"]
LANGUAGES: Sequence[Lang] = ("en", "es")
Text = Mapping[Lang, str]
Row = Sequence[str]


class Page(NamedTuple):
    """A page of the reference.

    `name` is the file's name without its ending; `write` yields the blocks of the page in a
    language.
    """

    name: Text
    title: Text
    write: Callable[[Lang], Iterator[str]]


def choose(lang: Lang, spanish: str, english: str) -> str:
    """Return the text in the language."""
    return spanish if lang == "es" else english


def columns(lang: Lang, spanish: str, english: str) -> Row:
    """Split the words of a table's head in the language."""
    return choose(lang, spanish, english).split()


def table(head: Row, rows: Iterable[Row]) -> str:
    """Format a Markdown table; line breaks and bars inside cells are made harmless."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("\n", " ").replace("|", "\\|").replace("\\\\|", "\\|")
