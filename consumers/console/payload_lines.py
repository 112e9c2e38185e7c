"""A payload as people read it: names of fields and codes in words, nested as the sender said them.
Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consumers.presentation.wording import value
from schemas import words

EMPTY: tuple[Any, ...] = (None, [], {}, "")


@dataclass(frozen=True, slots=True)
class Line:
    """One field: its name, and either what it says or what is in it."""

    name: str
    said: str = ""
    within: Sequence[Sequence[Line]] = ()


def content(type_: str, payload: Mapping[str, Any], lang: str, above: str = "") -> list[Line]:
    """The fields that say something, in the payload's order."""
    return [
        line
        for name, one in payload.items()
        if one not in EMPTY
        for line in _lines(type_, f"{above}.{name}" if above else name, one, lang)
    ]


def _lines(type_: str, path: str, one: Any, lang: str) -> Iterator[Line]:
    name = words.field(path, lang)
    name = path.rpartition(".")[2] if name == path else name
    if isinstance(one, dict):
        within = content(type_, one, lang, path)
        if within:
            yield Line(name, within=[within])
    elif isinstance(one, list) and all(isinstance(each, dict) for each in one):
        within_each = [content(type_, each, lang, path) for each in one]
        yield Line(name, within=[each for each in within_each if each])
    elif isinstance(one, list):
        yield Line(name, ", ".join(value(type_, path, each, lang) for each in one))
    else:
        yield Line(name, value(type_, path, one, lang))
