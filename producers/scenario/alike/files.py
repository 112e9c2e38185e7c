"""Write the records that are alike as exports of the police forces, and what is true of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from producers.scenario.alike.draw import (
    EVERY,
    METHOD,
    MOST,
    OBJECT,
    AlikeStories,
    AlikeStory,
    DescribedRecord,
)
from producers.scenario.files.national import NODES

TRUTH = "alike.jsonl"
POLICE = {"CO": "co-ponal", "EC": "ec-policia", "PE": "pe-pnp", "BO": "bo-policia"}
MAPPINGS = {OBJECT: "scenario-objects", METHOD: "scenario-methods"}
NAMES = {OBJECT: "bienes-culturales", METHOD: "modalidades"}
_HEAD = ("REFERENCIA", "FECHA")
COLUMNS = {
    OBJECT: (
        *("ESTADO", "BIEN", "TITULO", "MATERIAL_1", "MATERIAL_2", "TECNICA_1", "TECNICA_2"),
        *("HEIGHT", "WIDTH", "LENGTH", "DIAMETER", "UNIDAD", "INSCRIPCION", "SENAL_1", "SENAL_2"),
        *("EPOCA", "CULTURA", "DESCRIPCION"),
    ),
    METHOD: ("MODALIDAD",),
}
Key = tuple[str, str]
"""The node and the type of an export."""


def write_alike(records: int, seed: str, folder: Path) -> list[dict[str, Any]]:
    """Write the exports and alike.jsonl for a year of so many records; return the files' lines.

    They come on top of the records of the year. A small year has none, and then no file either.
    """
    stories = AlikeStories(seed)
    drawn = [stories.tell() for _number in range(min(records // EVERY, MOST))]
    by_file: dict[Key, list[DescribedRecord]] = {}
    for record in sorted(
        (record for story in drawn for record in story.records), key=lambda item: item.day
    ):
        rows = by_file.setdefault((POLICE[record.country], record.type), [])
        rows.append(record)
        record.reference = f"{record.country}-{NAMES[record.type][:2].upper()}-{len(rows):04}"
    if drawn:
        _write_truth(folder / TRUTH, drawn)
    return [_write(folder, key, by_file[key]) for key in sorted(by_file)]


def _write(folder: Path, key: Key, rows: Sequence[DescribedRecord]) -> dict[str, Any]:
    node, type_ = next(node for node in NODES if node.name == key[0]), key[1]
    path = folder / f"{node.name}-{NAMES[type_]}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow((*_HEAD, *COLUMNS[type_]))
        for record in rows:
            day = f"{date.fromordinal(record.day):%d/%m/%Y}"
            cells = (record.cells.get(column, "") for column in COLUMNS[type_])
            writer.writerow((record.reference, day, *cells))
    return {
        "file": path.name,
        "node": node.name,
        "country": node.country,
        "authority": node.authority,
        "type": type_,
        "mapping": MAPPINGS[type_],
        "kind": "alike",
        "rows": len(rows),
        "repeated": 0,
    }


def _write_truth(path: Path, stories: Iterable[AlikeStory]) -> None:
    lines = [
        {
            "story": story.name,
            "trap": story.is_trap,
            "owed": story.owed,
            "records": [_record(record) for record in story.records],
        }
        for story in stories
    ]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")


def _record(record: DescribedRecord) -> Mapping[str, str]:
    return {
        "node": POLICE[record.country],
        "reference": record.reference,
        "country": record.country,
        "type": record.type,
        "day": date.fromordinal(record.day).isoformat(),
    }
