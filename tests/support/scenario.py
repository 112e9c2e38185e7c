"""A scenario's files, read as a country node reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from producers.events.draft import EventOrigin, build_draft
from producers.mapping import loader
from producers.model import Draft, Refusal
from producers.sources import reader as sources
from schemas.event.event_type import EventType, event_type

NOW = 1_790_000_000_000  # ms; 2026
Taken = tuple[
    dict[str, Any], EventType, Draft | Refusal
]  # the manifest's file, and what became of a row


def drafts(folder: Path) -> Iterator[Taken]:
    """Every row of every file, in the order in which it is published."""
    for file in json.loads((folder / "scenario.json").read_text(encoding="utf-8"))["files"]:
        reader, kind = loader.load_mapping(file["mapping"]), event_type(file["type"])
        origin = EventOrigin(file["node"], file["country"], file["authority"], b"secret" * 6)
        for row in sources.read(folder / file["file"], reader.source, reader.columns):
            if isinstance(row, Refusal):
                yield file, kind, row
                continue
            if reader.leaves_out_footers and reader.refuse_no_record(row.row, row.number):
                continue
            mapped = reader.apply(row.row, row.number)
            result = mapped if isinstance(mapped, list) else build_draft(mapped, origin, kind, NOW)
            for item in result if isinstance(result, list) else [result]:
                yield file, kind, item
