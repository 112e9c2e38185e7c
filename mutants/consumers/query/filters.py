"""Which indicators are asked for. Pure. What the reader sees of an indicator decides, so a filter
tells nothing of what is hidden.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from consumers.query.indicators import EvidenceView, IndicatorView
from consumers.query.views import to_epoch_ms
from schemas.codes import code_lists
from streams.rules import RuleBook

FAR_FUTURE_MS = (
    10_000_000_000_000  # ms since 1970 UTC: November 2286, later than anything in the log
)
FAR_PAST_MS = -FAR_FUTURE_MS


@dataclass(frozen=True, slots=True)
class IndicatorFilter:
    """Which indicators; empty and None mean any.

    `country`: one that gave evidence; `since`, `until`: some evidence occurred then (ms since 1970
    UTC, `until` exclusive); `text`: part of an authority, place or trait of some evidence, capitals
    and accents aside.
    """

    rule: str = ""
    grade: str = ""
    severity: str = ""
    country: str = ""
    since: int | None = None
    until: int | None = None
    text: str = ""

    def matches(self, one: IndicatorView) -> bool:
        """Whether what the reader sees of it is asked for."""
        return (
            self.rule in ("", one.rule)
            and self.grade in ("", one.grade)
            and self.severity in ("", one.severity)
            and (not self.country or any(piece.country == self.country for piece in one.evidence))
            and (
                (self.since is None and self.until is None)
                or any(self._within(piece) for piece in one.evidence)
            )
            and (
                not self.text
                or any(
                    fold_text(self.text) in said
                    for piece in one.evidence
                    for said in _searchable_texts(piece)
                )
            )
        )

    def parameters(self, rules: RuleBook) -> Mapping[str, Any]:
        """Of queries/indicator_candidates.sql: it may find too many, never too few."""
        asked = [
            rule.id
            for rule in rules.by_id.values()
            if self.rule in ("", rule.id) and self.severity in ("", rule.severity)
        ]
        return {
            "rules": asked,
            "grade": self.grade,
            "country": self.country,
            "dated": int(self.since is not None or self.until is not None),
            "since": FAR_PAST_MS if self.since is None else self.since,
            "until": FAR_FUTURE_MS if self.until is None else self.until,
            "text": fold_text(self.text),
            "places": _places(fold_text(self.text)) if self.text else [],
        }

    def _within(self, piece: EvidenceView) -> bool:
        if piece.occurred is None:
            return False
        at = to_epoch_ms(piece.occurred)
        return (self.since is None or at >= self.since) and (self.until is None or at < self.until)


def fold_text(text: str) -> str:
    """Small letters without accents."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(letter)
    ).strip()


def _searchable_texts(piece: EvidenceView) -> Iterator[str]:
    yield fold_text(piece.authority)
    yield from (fold_text(value) for value in piece.traits.values())
    if piece.subdivision:
        yield fold_text(piece.subdivision)
        yield fold_text(_name(piece.subdivision))


def _places(text: str) -> list[str]:
    names = code_lists()["subdivision"].codes
    return [
        code
        for code, words in names.items()
        if text in fold_text(code) or text in fold_text(words["es"])
    ]


def _name(subdivision: str) -> str:
    words = code_lists()["subdivision"].codes.get(subdivision)
    return words["es"] if words else ""
