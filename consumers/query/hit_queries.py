"""List the hits of the reader's own authority: the findings that its nodes were notified of.

The list is one of indicators as the reader sees them. A hidden record may be why an authority was
notified again. So a hit shows the first time after the newest record that the reader sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from consumers.query.dates import check_past
from consumers.query.filters import IndicatorFilter, NotifiedAuthority
from consumers.query.indicator_queries import IndicatorQueries
from consumers.query.indicators import IndicatorView
from consumers.query.known_names import KnownNames
from consumers.query.paging import Page, PageRange
from consumers.query.store_reader import StoreReader, upper_bound
from consumers.query.views import to_datetime, to_epoch_ms
from schemas.model import Reader

MOST_COUNTED = 1_000
"""Hits that are counted one by one; where there are more, the list says so."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A finding of which the authority's nodes were notified. `notified_at`: None where not yet.

    `acknowledged_at`: when somebody of the authority acknowledged it after that; None where nobody
    did.
    """

    indicator: IndicatorView
    notified_at: datetime | None
    acknowledged_at: datetime | None = None


class HitQueries:
    """The questions about hits, for one answer at a time.

    Every question raises what clickhouse-driver raises. `as_of`: ms since 1970 UTC, None is now.
    """

    def __init__(
        self,
        store: StoreReader,
        names: KnownNames,
        indicators: IndicatorQueries,
    ) -> None:
        """`indicators`: answers the list of indicators, and how many it has."""
        self._store = store
        self._names = names
        self._indicators = indicators

    def page(
        self, reader: Reader, filter_: IndicatorFilter, as_of: int | None, page: PageRange
    ) -> Page[Hit]:
        """Return a part of the hits, the last recorded first; none for a reader of no authority.

        Raises UnknownNameError for a rule that is not in effect, DatesRefusedError for a moment of
        the log that has not come.
        """
        self._names.check_rule(filter_.rule, as_of)
        check_past(filter_.recorded_since, "recorded_since")
        authority = _authority_of(reader, as_of)
        if authority is None:
            return Page([], None)
        own = replace(filter_, notified_authority=authority)
        indicators = self._indicators.page(reader, own, as_of, page)
        ids = [indicator.id for indicator in indicators.items]
        notified = self._store.notified_times(authority, ids)
        acknowledged = self._store.acknowledged_times(authority)
        hits = [
            to_hit(view, notified.get(view.id, ()), acknowledged.get(view.id, ()))
            for view in indicators.items
        ]
        return Page(hits, indicators.next)

    def count(self, reader: Reader, filter_: IndicatorFilter, as_of: int | None) -> int:
        """Count the hits, up to one more than MOST_COUNTED. Raises as `page` does."""
        self._names.check_rule(filter_.rule, as_of)
        authority = _authority_of(reader, as_of)
        if authority is None:
            return 0
        own = replace(filter_, notified_authority=authority)
        return self._indicators.count(reader, own, as_of, MOST_COUNTED + 1)


def _authority_of(reader: Reader, as_of: int | None) -> NotifiedAuthority | None:
    if not reader.authority:
        return None
    return NotifiedAuthority(
        reader.country, reader.authority, reader.exercise or "", upper_bound(as_of)
    )


def to_hit(view: IndicatorView, notified: Sequence[int], acknowledged: Sequence[int]) -> Hit:
    """Return a hit with its times, of what the reader sees of it.

    `notified`, `acknowledged`: when its authority was notified, and acknowledged it (ms since 1970
    UTC), the oldest first.
    """
    notified_at = first_after(to_epoch_ms(view.last_recorded), notified)
    if notified_at is None:
        return Hit(view, None)
    return Hit(view, notified_at, first_after(to_epoch_ms(notified_at), acknowledged))


def first_after(newest: int, times: Sequence[int]) -> datetime | None:
    """Return the first of the times that is not before the newest record; None where none is.

    All are in ms since 1970 UTC; `times`: the oldest first.
    """
    first = next((time for time in times if time >= newest), None)
    return None if first is None else to_datetime(first)
