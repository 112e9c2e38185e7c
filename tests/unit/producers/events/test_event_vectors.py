"""Event ids and versions are for ever: these were written down on 2026-11-22, and every later
release must come to the same.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from producers.events.draft import EventOrigin, build_draft, resolve_version
from producers.model import Draft, MappedRow
from producers.sources.reader import read
from schemas.event.event_type import event_type
from tests.support.node import HEADER, row, weapons

ORIGIN = EventOrigin("co-ponal", "CO", "CO-PONAL", bytes(range(32)))
NOW = 1_790_000_000_000
ENVELOPE: dict[str, Any] = {
    "tlp": "AMBER",
    "purpose": "investigation",
    "legal_basis": "CAN-552",
    "crime": "09012",
    "evaluation": {"scheme": "4x4", "source": "A", "information": "1"},
    "occurred_from": 1_519_966_800_000,
    "occurred_until": 1_520_053_200_000,
    "occurred_precision": "day",
}
WEAPON = {
    "kind": "firearm",
    "type": "PISTOL",
    "make": "GLOCK",
    "calibre": "9MM",
    "serial": "ABC000001",
}
RECORD = MappedRow(1, {"weapon": WEAPON, "status": "STOLEN", "note": "ñandú «1»"}, ENVELOPE, "R-1")
SEIZURE = MappedRow(
    1,
    {
        "items": [{"what": "drug", "description": "pasta", "quantity": 0.0, "unit": "kg"}],
        "place": {"municipality": "Leticia"},
    },
    {**ENVELOPE, "handling": ["H1"], "recipients": ["PE", "EC"], "subdivision": "CO-AMA"},
    None,
)


def drafted(mapped: MappedRow, type_: str, occurrence: int = 1) -> Draft:
    draft = build_draft(mapped, ORIGIN, event_type(type_), NOW, occurrence)
    assert isinstance(draft, Draft)
    return draft


def id_and_version(draft: Draft) -> tuple[str, str]:
    return draft.id.hex(), draft.version.hex()


def test_an_item_with_a_reference() -> None:
    assert id_and_version(drafted(RECORD, "weapon_record")) == (
        "7ecf65170f928dfc8893fc4edd7ad460",
        "a07794b48ff5a59612ade82f216a4519",
    )


def test_an_item_without_one_is_its_content_and_which_of_equal_rows_it_is() -> None:
    assert id_and_version(drafted(SEIZURE, "seizure")) == (
        "7ecf651755508db2b3f2383516572bbd",
        "94760dd4f7f2fd32325aa0b7a67901be",
    )
    assert id_and_version(drafted(SEIZURE, "seizure", 3)) == (
        "7ecf6517d082849f9cbe5dcb02428051",
        "94760dd4f7f2fd32325aa0b7a67901be",
    )


def test_content_that_returns_after_a_correction() -> None:
    first = drafted(RECORD, "weapon_record")
    other = drafted(replace(RECORD, payload={**RECORD.payload, "status": "LOST"}), "weapon_record")
    again = resolve_version(first, [first.version, other.version], "WRONG", ORIGIN.id_secret)
    assert isinstance(again, Draft)
    assert id_and_version(again) == (
        "7ecf65170f928dfc8893fc4edd7ad460",
        "d9182821a8c71098027158e27bb714eb",
    )


def test_a_file_through_its_mapping(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    lines = (row(n, note='"«nota», con coma"' if n % 7 == 0 else "") for n in range(300))
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    mapping, kind, digest = weapons(tmp_path), event_type("weapon_record"), hashlib.sha256()
    for or_refusal in read(path, mapping.source, mapping.columns):
        mapped = mapping.apply(or_refusal.row, or_refusal.number)  # type: ignore[union-attr]
        assert isinstance(mapped, MappedRow)
        draft = build_draft(mapped, ORIGIN, kind, NOW)
        assert isinstance(draft, Draft)
        digest.update(draft.id + draft.version)
    assert digest.hexdigest() == "cd95011b975ffdc02709e3eb750f13916e69371966ed4d6913e6d52562962681"
