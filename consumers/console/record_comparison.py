"""Lay the records of a finding side by side, and say which fields differ. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from consumers.presentation.payload_lines import PayloadLine, payload_lines
from consumers.query.views import EventView

MOST_RECORDS = 6
"""Records that fit next to one another."""
JOINED = " · "


class ComparedField(NamedTuple):
    """A field and what each record says of it; empty where one says nothing.

    `differs`: two records say different things.
    """

    name: str
    texts: Sequence[str]
    differs: bool


class ComparedRecords(NamedTuple):
    """Records side by side. `left_out`: how many more there are."""

    records: Sequence[EventView]
    fields: Sequence[ComparedField]
    left_out: int


def compare_records(events: Iterable[EventView], lang: str) -> ComparedRecords | None:
    """Return the fields that two records or more have; None where nothing can be compared."""
    every = [event for event in events if event.payload]
    shown = every[:MOST_RECORDS]
    contents = [
        dict(_flat(payload_lines(event.type, event.payload or {}, lang))) for event in shown
    ]
    names = dict.fromkeys(name for content in contents for name in content)
    fields = []
    for name in names:
        texts = [content.get(name, "") for content in contents]
        written = [text for text in texts if text]
        if len(written) > 1:
            fields.append(ComparedField(name, texts, len({_folded(text) for text in written}) > 1))
    fields.sort(key=lambda field: not field.differs)
    return ComparedRecords(shown, fields, len(every) - len(shown)) if fields else None


def _flat(lines: Iterable[PayloadLine], above: str = "") -> Iterator[tuple[str, str]]:
    for line in lines:
        name = f"{above}{JOINED}{line.name}" if above else line.name
        if line.within:
            for part in line.within[:1]:
                yield from _flat(part, name)
        else:
            yield name, line.text


def _folded(text: str) -> str:
    """Return a text without what differs only in writing: capitals, dashes, dots and blanks."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())
