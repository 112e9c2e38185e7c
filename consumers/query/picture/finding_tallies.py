"""Count findings across borders for each place and theme of the risk picture. Pure.

A finding counts at the place of each of its records that occurred in the window, in the theme of
that record or, where it has none, in those of the other records. A thing counts once in a cell,
however many rules find it. Hubs link nobody and are not counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from consumers.query.figures.themes import theme_of
from consumers.query.picture.tallies import Cell
from consumers.query.picture.window import Window
from schemas.codes import code_lists
from schemas.ids import to_uuid_text
from schemas.model import COUNTRIES, ThingKey
from streams.correlation.assess import EvidenceMember, Indicator

Row = Mapping[str, Any]


class EventFacts(NamedTuple):
    """What the table of facts says of a record; empty and None where it says nothing."""

    theme: str
    crossing: str
    at: int | None


@dataclass(slots=True)
class FindingTally:
    """The findings of a theme at a place: by thing, the strongest one."""

    strongest: dict[ThingKey, Indicator] = field(default_factory=dict)

    def add(self, indicator: Indicator) -> None:
        """Add a finding, unless a stronger one of the same thing is there."""
        known = self.strongest.get(indicator.thing)
        if known is None or strength(indicator) > strength(known):
            self.strongest[indicator.thing] = indicator

    def first(self) -> Indicator | None:
        """Return the finding to name: certain, newest."""
        return max(self.strongest.values(), key=strength, default=None)


def read_event_facts(rows: Iterable[Row]) -> dict[str, EventFacts]:
    """Read the rows of queries/picture_events.sql, by the event's id; keys: theme, crossing."""
    return {row["event"]: EventFacts(row["keys"][0], row["keys"][1], row["at"]) for row in rows}


def count_findings(
    indicators: Iterable[Indicator], facts: Mapping[str, EventFacts], window: Window
) -> defaultdict[Cell, FindingTally]:
    """Count the live ones of indicators as one reader sees them, by place and theme."""
    tallies: defaultdict[Cell, FindingTally] = defaultdict(FindingTally)
    for indicator in indicators:
        if indicator.status == "live":
            for cell in _cells(indicator, facts, window):
                tallies[cell].add(indicator)
    return tallies


def strength(indicator: Indicator) -> tuple[bool, int, bytes]:
    """Return what orders findings: the certain first, then the newest."""
    return indicator.grade == "certain", indicator.last_recorded, indicator.id


def _cells(indicator: Indicator, facts: Mapping[str, EventFacts], window: Window) -> Iterator[Cell]:
    end, begin = window.bounds
    members = [(member, _facts_of(member, facts)) for member in indicator.evidence]
    every = {known.theme for _member, known in members} - {""}
    for member, known in members:
        if known.at is not None and begin <= known.at < end:
            for place in _places(member, known):
                for theme in {known.theme} if known.theme else every:
                    yield place, theme


def _facts_of(member: EvidenceMember, facts: Mapping[str, EventFacts]) -> EventFacts:
    row = member.row
    known = facts.get(to_uuid_text(row.event_id))
    return known or EventFacts(theme_of(row.type, ""), "", row.occurred)


def _places(member: EvidenceMember, known: EventFacts) -> Iterator[str]:
    if (member.row.subdivision or "")[:2] in COUNTRIES:
        yield member.row.subdivision or ""
    if known.crossing in code_lists()["crossing"].codes:
        yield known.crossing
