"""Collect what one answer shows, for the disclosure ledger. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from consumers.query.indicators import IndicatorView
from consumers.query.things import Thing
from consumers.query.views import EventView, to_epoch_ms
from schemas.model import Reader
from schemas.release.rules import TLP


class DisclosedVersion(NamedTuple):
    """An event as it was shown.

    `version` is empty where it was shown as evidence or as a member of a thing.
    """

    id: str
    version: str
    recorded_at: int
    country: str
    authority: str


class DisclosedRecord(Protocol):
    """A record that is named: as evidence, or as a member of a thing."""

    @property
    def event(self) -> str:
        """Return the id of its event, as text."""

    @property
    def recorded_at(self) -> datetime:
        """Return when the log took it."""

    @property
    def country(self) -> str:
        """Return the country of its owner."""

    @property
    def authority(self) -> str:
        """Return the authority of its owner."""

    @property
    def tlp(self) -> str:
        """Return its TLP, as text."""

    @property
    def markings(self) -> Sequence[str]:
        """Return what the reader must see with it."""


@dataclass(slots=True)
class Disclosed:
    """Ids, versions and markings of everything shown to a reader as of a moment, each once.

    `as_of`: ms since 1970 UTC, None is now; `counted`: figures were shown that come from
    indicators or records; `question_hash`: keyed hash of what was asked, where it names somebody.
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
    question_hash: bytes | None = None

    def __bool__(self) -> bool:
        """Return whether anything was shown. An empty answer discloses nothing."""
        return bool(self.indicators or self.things or self.events or self.counted)

    def add_indicators(self, indicators: Iterable[IndicatorView]) -> None:
        """Add indicators, each with its evidence."""
        for indicator in indicators:
            self.indicators[indicator.id] = to_epoch_ms(indicator.last_recorded)
            self._add_marking(indicator.tlp, ())
            self._add_pieces(indicator.evidence)

    def add_events(self, events: Iterable[EventView]) -> None:
        """Add versions of events with their markings."""
        for event in events:
            version = DisclosedVersion(
                id=event.id,
                version=event.version,
                recorded_at=to_epoch_ms(event.recorded_at),
                country=event.country,
                authority=event.authority,
            )
            self.events[version] = None
            self._add_marking(event.tlp, event.markings)

    def add_figures(self, tlp: str, markings: Sequence[str]) -> None:
        """Add figures that were counted from records with these markings."""
        self.counted = True
        self._add_marking(tlp, markings)

    def add_things(self, things: Iterable[Thing]) -> None:
        """Add things, each with its members and its indicators."""
        for thing in things:
            self.things[thing.id] = None
            self.add_indicators(thing.indicators)
            self._add_pieces(thing.members)

    def add_records(self, records: Iterable[DisclosedRecord]) -> None:
        """Add records that were named as evidence, with their markings."""
        self._add_pieces(records)

    def _add_pieces(self, pieces: Iterable[DisclosedRecord]) -> None:
        for piece in pieces:
            version = DisclosedVersion(
                id=piece.event,
                version="",
                recorded_at=to_epoch_ms(piece.recorded_at),
                country=piece.country,
                authority=piece.authority,
            )
            self.events[version] = None
            self._add_marking(piece.tlp, piece.markings)

    def _add_marking(self, tlp: str, markings: Sequence[str]) -> None:
        self.markings.update(markings)
        if tlp not in TLP or TLP.index(tlp) > TLP.index(self.tlp):
            self.tlp = tlp if tlp in TLP else TLP[-1]
