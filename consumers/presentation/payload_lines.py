"""Write a payload as people read it: field names and codes in words, nested as it is. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consumers.presentation.wording import country_name, value_label
from schemas import words

EMPTY: tuple[Any, ...] = (None, [], {}, "")


@dataclass(frozen=True, slots=True)
class PayloadLine:
    """A field: its name, and either its value as text or the lines within it."""

    name: str
    text: str = ""
    within: Sequence[Sequence[PayloadLine]] = ()


def payload_lines(
    type_: str, payload: Mapping[str, Any], lang: str, above: str = ""
) -> list[PayloadLine]:
    """Return the fields that are not empty, in the payload's order.

    `above`: the path of the payload, where it is within another.
    """
    return [
        line
        for name, value in payload.items()
        if value not in EMPTY
        for line in _lines(type_, f"{above}.{name}" if above else name, value, lang)
    ]


def _lines(type_: str, path: str, value: Any, lang: str) -> Iterator[PayloadLine]:
    name = words.field(path, lang)
    name = path.rpartition(".")[2] if name == path else name
    if isinstance(value, dict):
        within = payload_lines(type_, value, lang, path)
        if within:
            yield PayloadLine(name, within=[within])
    elif isinstance(value, list) and all(isinstance(item, dict) for item in value):
        nested = [payload_lines(type_, item, lang, path) for item in value]
        yield PayloadLine(name, within=[item for item in nested if item])
    elif isinstance(value, list):
        yield PayloadLine(name, ", ".join(value_label(type_, path, item, lang) for item in value))
    else:
        yield PayloadLine(name, _text(type_, path, value, lang))


def _text(type_: str, path: str, value: Any, lang: str) -> str:
    """Write a value; the country of an authority in words, though its field has no code list."""
    label = value_label(type_, path, value, lang)
    is_country = path.rpartition(".")[2] == "country" and label == value
    return country_name(label, lang) if is_country else label
