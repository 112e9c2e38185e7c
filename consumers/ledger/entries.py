"""Make the records of the disclosure ledger from what an answer showed. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from consumers.query.disclosed import Disclosed, DisclosedVersion
from schemas.avro.codec import Record
from schemas.model import Reader, ReaderCondition
from schemas.release.rules import TLP

GENESIS_HASH = bytes(32)
"""What the first entry of an empty topic names as the message before it."""
MAX_IDS_PER_ENTRY = 10_000
"""Ids in one entry: larger answers take several, each far below what the topic takes (about 70
bytes an event).
"""


def ledger_records(shown: Disclosed, through: str, at: int) -> Iterator[Record]:
    """The ledger's entries of an answer, without the writer's own fields: one, unless it showed
    more than MAX_IDS_PER_ENTRY. `at`: ms since 1970 UTC.
    """
    indicators, things, events = (
        list(shown.indicators.items()),
        list(shown.things),
        list(shown.events),
    )
    for start in range(0, max(len(indicators), len(things), len(events), 1), MAX_IDS_PER_ENTRY):
        here = slice(start, start + MAX_IDS_PER_ENTRY)
        yield {
            **_frame(shown.reader, "shown", through, at),
            "questions": list(shown.questions),
            "as_of": shown.as_of,
            "indicators": [
                {"id": UUID(id_).bytes, "last_recorded": newest} for id_, newest in indicators[here]
            ],
            "things": [UUID(id_).bytes for id_ in things[here]],
            "events": [_version_record(event) for event in events[here]],
            "tlp": shown.tlp,
            "markings": sorted(shown.markings),
        }


def acceptance_record(
    reader: Reader, condition: ReaderCondition, event: str | None, through: str, at: int
) -> Record:
    """The ledger's entry of a reader who accepts a condition."""
    accepted = {
        "country": condition.country,
        "text": condition.text,
        "event": UUID(event).bytes if event else None,
    }
    return {**_frame(reader, "accepted", through, at), "condition": accepted}


def _version_record(event: DisclosedVersion) -> Record:
    return {
        **event._asdict(),
        "id": UUID(event.id).bytes,
        "version": UUID(event.version).bytes if event.version else None,
    }


def _frame(reader: Reader, act: str, through: str, at: int) -> Record:
    return {
        "at": at,
        "act": act,
        "through": through,
        "questions": [],
        "reader": {
            "person": reader.person,
            "country": reader.country,
            "authority": reader.authority,
            "roles": sorted(reader.roles),
            "clearance": reader.clearance,
            "groups": sorted(reader.groups),
            "purpose": reader.purpose,
            "exercise": reader.exercise,
        },
        "as_of": None,
        "indicators": [],
        "things": [],
        "events": [],
        "tlp": TLP[0],
        "markings": [],
        "condition": None,
    }
