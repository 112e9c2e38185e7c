"""Choose the indicators and events of a question. Pure.

What the reader sees of an item decides whether it matches, so a filter reveals nothing that is
hidden. The parameters for the store may let too many through, never too few.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any, Literal

from consumers.query.indicators import EvidenceView, IndicatorView
from consumers.query.views import EventView, to_epoch_ms
from consumers.store.sql import EARLIEST_MS, FAR_FUTURE_MS
from schemas.codes import code_lists
from streams.rules import RuleBook

FAR_PAST_MS = -FAR_FUTURE_MS


@dataclass(frozen=True, slots=True)
class FlowPlaces:
    """From where to where a finding leads, as `consumers.query.figures.flows` counts it.

    `roles`: of the first and the second record, by rule; `level`: country or subdivision;
    `origin`, `destination`: empty where the place is not known.
    """

    roles: Mapping[str, tuple[str, str]]
    level: str
    origin: str
    destination: str

    def matches(self, indicator: IndicatorView) -> bool:
        """Return whether a live indicator leads from the origin to the destination."""
        first, second = self.roles.get(indicator.rule, ("", ""))
        return indicator.status == "live" and any(
            origin.role == first
            and destination.role == second
            and origin.country != destination.country
            and self._place(origin) == self.origin
            and self._place(destination) == self.destination
            for origin, destination in product(indicator.evidence, repeat=2)
        )

    def _place(self, evidence: EvidenceView) -> str:
        return evidence.country if self.level == "country" else evidence.subdivision or ""


@dataclass(frozen=True, slots=True)
class NotifiedAuthority:
    """An authority whose nodes receive hits.

    `world`: the exercise, empty for real cases; `until`: the moment, ms since 1970 UTC.
    """

    country: str
    authority: str
    world: str
    until: int = FAR_FUTURE_MS

    def parameters(self) -> dict[str, Any]:
        """Return the parameters of queries/indicator_candidates.sql that name it."""
        return {
            "notified_country": self.country,
            "notified_authority": self.authority,
            "notified_world": self.world,
            "notified_until": self.until,
        }

    def bounds(self) -> dict[str, Any]:
        """Return the parameters of the queries about its own entries of the ledger."""
        return {
            "country": self.country,
            "authority": self.authority,
            "world": self.world,
            "as_of": self.until,
        }


NO_AUTHORITY = NotifiedAuthority("", "", "")


@dataclass(frozen=True, slots=True)
class IndicatorFilter:
    """Which indicators; empty and None mean any.

    `country`: one that gave evidence; `since`, `until`: some evidence occurred then (ms since 1970
    UTC, `until` exclusive); `text`: part of an authority, place or trait of some evidence, capitals
    and accents aside; `recorded_since`: the newest evidence was recorded then or later; `flow`:
    leads from a place to another; `status`: a finding, or a hub; `notified_authority`: that whose
    nodes received it. `once`: leave out what a stronger indicator of the list covers.
    """

    rule: str = ""
    grade: str = ""
    severity: str = ""
    country: str = ""
    since: int | None = None
    until: int | None = None
    text: str = ""
    recorded_since: int | None = None
    flow: FlowPlaces | None = None
    status: Literal["", "live", "hub"] = ""
    notified_authority: NotifiedAuthority | None = None
    once: bool = False

    @property
    def fields(self) -> dict[str, Any]:
        """Return the filter as the ledger notes the question."""
        later = {"once", "recorded_since", "flow", "status", "notified_authority"}
        return {name: value for name, value in asdict(self).items() if name not in later or value}

    def matches(self, indicator: IndicatorView) -> bool:
        """Return whether the indicator matches, as the reader sees it."""
        return (
            self.rule in ("", indicator.rule)
            and self.grade in ("", indicator.grade)
            and self.severity in ("", indicator.severity)
            and self.status in ("", indicator.status)
            and self._matches_country(indicator)
            and self._matches_time(indicator)
            and self._matches_text(indicator)
            and to_epoch_ms(indicator.last_recorded) >= (self.recorded_since or FAR_PAST_MS)
            and (self.flow is None or self.flow.matches(indicator))
        )

    def parameters(self, rules: RuleBook) -> Mapping[str, Any]:
        """Return the parameters of queries/indicator_candidates.sql but `as_of` and `limit`."""
        rule_ids = [
            rule.id
            for rule in rules.by_id.values()
            if self.rule in ("", rule.id) and self.severity in ("", rule.severity)
        ]
        return {
            "rules": rule_ids,
            "grade": self.grade,
            "country": self.country,
            "dated": int(self.since is not None or self.until is not None),
            "since": FAR_PAST_MS if self.since is None else self.since,
            "until": FAR_FUTURE_MS if self.until is None else self.until,
            "recorded_since": EARLIEST_MS if self.recorded_since is None else self.recorded_since,
            **(self.notified_authority or NO_AUTHORITY).parameters(),
            "text": fold_text(self.text),
            "places": _subdivisions_named(fold_text(self.text)) if self.text else [],
        }

    def _matches_country(self, indicator: IndicatorView) -> bool:
        return not self.country or any(
            evidence.country == self.country for evidence in indicator.evidence
        )

    def _matches_time(self, indicator: IndicatorView) -> bool:
        if self.since is None and self.until is None:
            return True
        return any(self._is_within(evidence) for evidence in indicator.evidence)

    def _matches_text(self, indicator: IndicatorView) -> bool:
        part = fold_text(self.text)
        return not self.text or any(
            part in text for evidence in indicator.evidence for text in _searchable_texts(evidence)
        )

    def _is_within(self, evidence: EvidenceView) -> bool:
        if evidence.occurred is None:
            return False
        at = to_epoch_ms(evidence.occurred)
        return (self.since is None or at >= self.since) and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events; empty and zero mean any.

    `place`: a country or subdivision; `reference`: the sender's or the case's; `since`: recorded
    then or later (ms since 1970 UTC).
    """

    type: str = ""
    country: str = ""
    node: str = ""
    place: str = ""
    reference: str = ""
    since: int = 0

    def matches(self, event: EventView) -> bool:
        """Return whether this version matches, which must be the current one of its event."""
        references = (event.case_reference, (event.payload or {}).get("source_reference"))
        return (
            self.type in ("", event.type)
            and self.country in ("", event.country)
            and self.node in ("", event.node)
            and self.place in ("", event.place_country, event.subdivision)
            and self.reference in ("", *references)
            and to_epoch_ms(event.recorded_at) >= self.since
        )

    def parameters(self) -> Mapping[str, Any]:
        """Return the parameters of queries/event_candidates.sql but `as_of` and `limit`."""
        return asdict(self)


def fold_text(text: str) -> str:
    """Return the text in small letters, without accents and outer spaces."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(letter)
    ).strip()


def _searchable_texts(evidence: EvidenceView) -> Iterator[str]:
    yield fold_text(evidence.authority)
    yield from (fold_text(value) for value in evidence.traits.values())
    if evidence.subdivision:
        yield fold_text(evidence.subdivision)
        yield fold_text(_name_of(evidence.subdivision))


def _subdivisions_named(text: str) -> list[str]:
    """Return the codes whose code or Spanish name contains the folded text."""
    names = code_lists()["subdivision"].codes
    return [
        code
        for code, words in names.items()
        if text in fold_text(code) or text in fold_text(words["es"])
    ]


def _name_of(subdivision: str) -> str:
    words = code_lists()["subdivision"].codes.get(subdivision)
    return words["es"] if words else ""
