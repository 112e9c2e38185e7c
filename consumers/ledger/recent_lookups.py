"""Keep equal empty look-ups of one reader from filling the ledger. Pure but for its memory."""

from __future__ import annotations

from collections.abc import Iterable

from consumers.query.empty_lookups import HashedLookup
from schemas.model import Reader

COALESCE_MS = 60_000
"""Equal questions of one reader within this time are one entry."""
MAX_REMEMBERED = 10_000

LookupKey = tuple[Reader, str, bytes]


class RecentLookups:
    """The look-ups recorded within the last minute. Not for two threads at once."""

    def __init__(self) -> None:
        self._recorded: dict[LookupKey, int] = {}

    def new_of(self, lookups: Iterable[HashedLookup], now: int) -> list[HashedLookup]:
        """Return those that are not recorded yet. `now`: ms since 1970 UTC."""
        return [
            lookup
            for lookup in lookups
            if now - self._recorded.get(_key(lookup), now - COALESCE_MS) >= COALESCE_MS
        ]

    def add(self, lookups: Iterable[HashedLookup], now: int) -> None:
        """Remember that these were recorded; the oldest are forgotten where there are too many."""
        for lookup in lookups:
            self._recorded.pop(_key(lookup), None)
            self._recorded[_key(lookup)] = now
        while len(self._recorded) > MAX_REMEMBERED:
            del self._recorded[next(iter(self._recorded))]


def _key(lookup: HashedLookup) -> LookupKey:
    return lookup.reader, lookup.question, lookup.question_hash
