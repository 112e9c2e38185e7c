"""Collect what one answer shows, for the disclosure ledger. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from consumers.query.indicators import EvidenceView, IndicatorView
from consumers.query.things import Sighting, Thing
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


@dataclass(slots=True)
class Disclosed:
    """Ids, versions and markings of everything shown to a reader as of a moment, each once.

    `as_of`: ms since 1970 UTC, None is now; `counted`: figures were shown that come from
    indicators or records.
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

    def _add_pieces(self, pieces: Iterable[EvidenceView | Sighting]) -> None:
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
