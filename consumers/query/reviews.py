"""Say until when records are kept, and which are due for review, for one reader.

The date is computed from what is released to the reader: the first version, the newest review date,
the content, the extensions by the owner. The periods are those in effect at the moment asked about.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import Field

from consumers.query.answer_context import AnswerContext
from consumers.query.known_names import check_country, check_node
from consumers.query.released_labels import EVENTS
from consumers.query.store_reader import StoreReader
from consumers.query.views import EventHistory, EventView, to_epoch_ms
from consumers.store.sql import FAR_FUTURE_MS, rows_as_dicts
from infra.clock import now_ms
from schemas.model import Reader
from schemas.retention import (
    NOT_REVIEWED,
    WARNING_MONTHS,
    Extension,
    RetentionHistory,
    ReviewStatus,
    ReviewTerms,
    add_months,
    day_of,
    read_day,
    review_day,
    review_status,
)

MOST_LOOKED_AT = 2_000
"""Events that one question looks at, the oldest first."""


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """Whose records; empty means anybody's. `only_overdue`: without those due within months."""

    country: str = ""
    node: str = ""
    only_overdue: bool = False


@dataclass(frozen=True, slots=True)
class RecordReview:
    """A record that its owner must extend, or that must expire."""

    review_date: Annotated[date, Field(description="first day on which it may not be kept")]
    status: Annotated[ReviewStatus, Field(description="overdue, or soon (within four months)")]
    extended: Annotated[bool, Field(description="whether the owner extended it before")]
    record: EventView


@dataclass(frozen=True, slots=True)
class Reviews:
    """What is due, the earliest first. `is_complete`: whether every old record was looked at."""

    day: Annotated[date, Field(description="the day of the question, UTC")]
    items: list[RecordReview]
    is_complete: bool


@dataclass(frozen=True, slots=True)
class ReviewConfig:
    """What config says of review dates: the periods as they were, and the nodes' names."""

    retention: RetentionHistory
    nodes: Collection[str]


class ReviewQueries:
    """The questions about review dates, for one answer at a time.

    They raise what clickhouse-driver raises. `as_of`: ms since 1970 UTC, None is now.
    """

    def __init__(
        self,
        store: StoreReader,
        answer: AnswerContext,
        config: ReviewConfig,
    ) -> None:
        """`config`: the periods, and which nodes there are."""
        self._client, self._store, self._labels = store.client, store, store.labels
        self._answer, self._retention, self._nodes = answer, config.retention, config.nodes

    def reviews(self, reader: Reader, filter_: ReviewFilter, as_of: int | None) -> Reviews:
        """List the records that are overdue or due within four months.

        Raises UnknownNameError for a country or a node that does not exist.
        """
        check_country(filter_.country)
        entitled, disclosed = self._answer.begin("reviews", reader, as_of)
        today = day_of(now_ms() if as_of is None else as_of)
        ids = self._candidates(entitled, filter_, as_of, today)
        histories = self._store.histories(ids[:MOST_LOOKED_AT], entitled, as_of)
        standing = [history for history in histories if history.status != "erased"]
        items = [
            review
            for review in self.dated(standing, entitled, as_of, today)
            if review.status is ReviewStatus.OVERDUE
            or (review.status is ReviewStatus.SOON and not filter_.only_overdue)
        ]
        items.sort(key=lambda review: (review.review_date, review.record.id))
        disclosed.add_events(review.record for review in items)
        if not items:
            check_node(filter_.node, self._nodes)
        return Reviews(today, items, len(ids) <= MOST_LOOKED_AT)

    def dated(
        self, histories: Sequence[EventHistory], entitled: Reader, as_of: int | None, today: date
    ) -> list[RecordReview]:
        """Return each record with its review date; those without one are left out."""
        moment = now_ms() if as_of is None else as_of
        table = self._retention.at(moment)
        extensions = self._extensions([history.id for history in histories], entitled, as_of)
        reviews = []
        for history in histories:
            newest = history.current
            first = min(to_epoch_ms(version.recorded_at) for version in history.versions)
            terms = ReviewTerms(
                newest.type,
                day_of(first),
                read_day(newest.review_date),
                table.marks(newest.type, newest.payload or {}),
                extensions.get(history.id, ()),
            )
            day = review_day(terms, table)
            if day is not None:
                status = review_status(day, today)
                reviews.append(RecordReview(day, status, bool(terms.extensions), newest))
        return reviews

    def _candidates(
        self, entitled: Reader, filter_: ReviewFilter, as_of: int | None, today: date
    ) -> list[str]:
        moment = now_ms() if as_of is None else as_of
        shortest = self._retention.at(moment).shortest()
        appended_before = add_months(today, WARNING_MONTHS + 1 - shortest)
        parameters = {
            **self._labels.of(EVENTS, entitled)._asdict(),
            "as_of": FAR_FUTURE_MS if as_of is None else min(as_of, FAR_FUTURE_MS),
            "without": sorted(NOT_REVIEWED),
            "country": filter_.country,
            "node": filter_.node,
            "appended_before": _start_of(appended_before),
            "stated_by": add_months(today, WARNING_MONTHS).isoformat(),
            "limit": MOST_LOOKED_AT + 1,
        }
        rows = rows_as_dicts(self._client, "review_candidates", parameters)
        return [str(row["event"]) for row in rows]

    def _extensions(
        self, ids: Sequence[str], entitled: Reader, as_of: int | None
    ) -> dict[str, list[Extension]]:
        parameters = {
            **self._labels.of(EVENTS, entitled)._asdict(),
            "as_of": FAR_FUTURE_MS if as_of is None else min(as_of, FAR_FUTURE_MS),
            "ids": list(ids),
        }
        extensions: dict[str, list[Extension]] = {}
        for row in rows_as_dicts(self._client, "extensions_of_events", parameters) if ids else ():
            until = read_day(row["until"])
            if until is not None:
                extension = Extension(day_of(row["extended_at"]), until)
                extensions.setdefault(str(row["target"]), []).append(extension)
        return extensions


def _start_of(day: date) -> int:
    """Return the beginning of a day in ms since 1970 UTC."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)
