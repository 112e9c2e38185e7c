"""A scenario's files, read as a country node reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from producers.events.draft import Origin, draft
from producers.mapping import mapping
from producers.model import Draft, Refusal
from producers.sources import reader as sources
from schemas.event.event_type import EventType, event_type

NOW = 1_790_000_000_000  # ms; 2026
Taken = tuple[
    dict[str, Any], EventType, Draft | Refusal
]  # the manifest's file, and what became of a row


def drafts(folder: Path) -> Iterator[Taken]:
    """Every row of every file, in the order in which it is published."""
    for one in json.loads((folder / "scenario.json").read_text(encoding="utf-8"))["files"]:
        reader, kind = mapping.load(one["mapping"]), event_type(one["type"])
        origin = Origin(one["node"], one["country"], one["authority"], b"secret" * 6)
        for row in sources.read(folder / one["file"], reader.source, reader.columns):
            if isinstance(row, Refusal):
                yield one, kind, row
                continue
            mapped = reader.apply(row.row, row.number)
            made = mapped if isinstance(mapped, list) else draft(mapped, origin, kind, NOW)
            for each in made if isinstance(made, list) else [made]:
                yield one, kind, each
