"""What one answer showed: gathered while the query layer makes it, told to the disclosure ledger
before it goes out. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from consumers.query.indicators import IndicatorView
from consumers.query.things import Sighting, Thing
from consumers.query.views import EventView, to_epoch_ms
from schemas.avro.codec import Record
from schemas.model import Reader, ReaderCondition
from schemas.release.rules import TLP

MAX_IDS_PER_ENTRY = 10_000
"""Ids in one entry: larger answers take several, each far below what the topic takes (about 70
bytes an event).
"""


class DisclosedVersion(NamedTuple):
    """An event as it was shown. `version` is empty where it was shown as evidence or as a member of
    a thing.
    """

    id: str
    version: str
    recorded_at: int
    country: str
    authority: str


@dataclass(slots=True)
class Disclosed:
    """Ids, versions and markings of everything shown to a reader as of a moment (ms since 1970 UTC,
    None is now), each once.

    `counted`: figures were shown that stand on indicators.
    """

    reader: Reader
    as_of: int | None
    questions: dict[str, None] = field(default_factory=dict)
    indicators: dict[str, int] = field(default_factory=dict)
    things: dict[str, None] = field(default_factory=dict)
    events: dict[DisclosedVersion, None] = field(default_factory=dict)
    markings: set[str] = field(default_factory=set)
    tlp: str = TLP[0]
    counted: bool = False

    def __bool__(self) -> bool:
        """Whether anything was shown. An empty answer discloses nothing."""
        return bool(self.indicators or self.things or self.events or self.counted)

    def add_indicators(self, views: Iterable[IndicatorView]) -> None:
        """Indicators, each with its evidence."""
        for view in views:
            self.indicators[view.id] = to_epoch_ms(view.last_recorded)
            self._mark(view.tlp, ())
            for piece in view.evidence:
                self._event(
                    piece.event, "", to_epoch_ms(piece.recorded_at), piece.country, piece.authority
                )
                self._mark(piece.tlp, piece.markings)

    def add_events(self, events: Iterable[EventView]) -> None:
        """Versions of events."""
        for event in events:
            self._event(
                event.id,
                event.version,
                to_epoch_ms(event.recorded_at),
                event.country,
                event.authority,
            )
            self._mark(event.tlp, event.markings)

    def add_things(self, things: Iterable[Thing]) -> None:
        """Things, with their members and what hangs on them."""
        for thing in things:
            self.things[thing.id] = None
            self.add_indicators(thing.indicators)
            self._add_members(thing.members)

    def _add_members(self, members: Iterable[Sighting]) -> None:
        for one in members:
            self._event(one.event, "", to_epoch_ms(one.recorded_at), one.country, one.authority)
            self._mark(one.tlp, one.markings)

    def _event(self, *told: str | int) -> None:
        self.events[DisclosedVersion(*told)] = None  # type: ignore[arg-type]

    def _mark(self, tlp: str, markings: Sequence[str]) -> None:
        self.markings.update(markings)
        if tlp not in TLP or TLP.index(tlp) > TLP.index(self.tlp):
            self.tlp = tlp if tlp in TLP else TLP[-1]


def ledger_records(shown: Disclosed, through: str, at: int) -> Iterator[Record]:
    """The ledger's entries of an answer, without the writer's own fields: one, unless it showed
    more than MOST. `at`: ms since 1970 UTC.
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
