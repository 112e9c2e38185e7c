"""A payload as people read it: names of fields and codes in words, nested as the sender said them.
Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consumers.presentation.wording import value_label
from schemas import words

EMPTY: tuple[Any, ...] = (None, [], {}, "")


@dataclass(frozen=True, slots=True)
class PayloadLine:
    """One field: its name, and either what it says or what is in it."""

    name: str
    said: str = ""
    within: Sequence[Sequence[PayloadLine]] = ()


def payload_lines(
    type_: str, payload: Mapping[str, Any], lang: str, above: str = ""
) -> list[PayloadLine]:
    """The fields that say something, in the payload's order."""
    return [
        line
        for name, one in payload.items()
        if one not in EMPTY
        for line in _lines(type_, f"{above}.{name}" if above else name, one, lang)
    ]


def _lines(type_: str, path: str, one: Any, lang: str) -> Iterator[PayloadLine]:
    name = words.field(path, lang)
    name = path.rpartition(".")[2] if name == path else name
    if isinstance(one, dict):
        within = payload_lines(type_, one, lang, path)
        if within:
            yield PayloadLine(name, within=[within])
    elif isinstance(one, list) and all(isinstance(each, dict) for each in one):
        within_each = [payload_lines(type_, each, lang, path) for each in one]
        yield PayloadLine(name, within=[each for each in within_each if each])
    elif isinstance(one, list):
        yield PayloadLine(name, ", ".join(value_label(type_, path, each, lang) for each in one))
    else:
        yield PayloadLine(name, value_label(type_, path, one, lang))
