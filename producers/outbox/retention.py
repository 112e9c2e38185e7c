"""Find the items of a node that must be reviewed, from its outbox and config alone.

The moment of the question is a time of the log, never the machine's clock alone: a clock that runs
ahead must not make anything expire. Functions raise OutboxError.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import structlog

from infra.keys.keyring import NodeKeys
from infra.outbox_reader import REVIEW_DAYS
from producers.events.sealed_marks import open_marks
from producers.outbox.row_history import read_references
from producers.outbox.sql import sql
from producers.outbox.store import Outbox
from schemas.errors import CannotOpenError
from schemas.ids import to_uuid_text
from schemas.model import EventId
from schemas.retention import (
    WARNING_MONTHS,
    Extension,
    RetentionTable,
    ReviewStatus,
    ReviewTerms,
    add_months,
    day_of,
    read_day,
    review_day,
    review_status,
)

log = structlog.get_logger(__name__)

_NOTED = "review_days_noted"
LOG_TIME = "log_time"
"""The setting with the newest time of the log that the node has seen (ms since 1970 UTC)."""


@dataclass(frozen=True, slots=True)
class ReviewedItem:
    """An item with its review date. `reference`: empty where the outbox has none.

    `months`: the period that holds for it.
    """

    id: EventId
    type: str
    review: date
    status: ReviewStatus
    appended: date
    extended: bool
    months: int
    reference: str = ""


def log_day(outbox: Outbox, now: int) -> date:
    """Return the UTC day of the log: at most that of the clock (`now`, ms since 1970 UTC)."""
    recorded = outbox.rows(sql("newest_recorded"))[0][0] or 0
    return day_of(min(now, max(recorded, int(outbox.setting(LOG_TIME) or 0))))


def items_to_review(outbox: Outbox, keys: NodeKeys, today: date) -> list[ReviewedItem]:
    """List what is overdue or due within four months, the earliest first."""
    config = outbox.node_config()
    table = config.retention if config is not None else RetentionTable()
    items = [
        item for item in _items(outbox, keys, table, today) if item.status is not ReviewStatus.KEPT
    ]
    return sorted(items, key=lambda item: (item.review, item.id))


def note_review_days(outbox: Outbox, keys: NodeKeys, today: date) -> None:
    """Write for `quipu health` how many records are due on which day of the next four months."""
    counts = Counter(item.review.isoformat() for item in items_to_review(outbox, keys, today))
    outbox.set_setting(REVIEW_DAYS, json.dumps(counts, sort_keys=True))
    outbox.set_setting(_NOTED, today.isoformat())


def note_review_days_daily(outbox: Outbox, keys: NodeKeys, now: int) -> None:
    """Do so once for each day of the log. `now`: ms since 1970 UTC."""
    today = log_day(outbox, now)
    if outbox.setting(_NOTED) != today.isoformat():
        note_review_days(outbox, keys, today)


def reviewed_item(
    outbox: Outbox, keys: NodeKeys, target: EventId, today: date
) -> ReviewedItem | None:
    """Return one item however long it may be kept; None where it is erased or never accepted."""
    config = outbox.node_config()
    table = config.retention if config is not None else RetentionTable()
    every = _items(outbox, keys, table, today, date.max)
    return next((item for item in every if item.id == target), None)


def with_references(
    outbox: Outbox, keys: NodeKeys, items: list[ReviewedItem]
) -> list[ReviewedItem]:
    """Put the source references into items."""
    references = read_references(outbox, [item.id for item in items], keys.id_secret)
    return [replace(item, reference=references.get(item.id, "")) for item in items]


def _items(
    outbox: Outbox,
    keys: NodeKeys,
    table: RetentionTable,
    today: date,
    appended_before: date | None = None,
) -> Iterator[ReviewedItem]:
    """Yield items that may be due within four months, or all of before a day.

    One whose marks do not open is left out and logged: nobody knows its period, so it does not
    expire by itself, and the others do.
    """
    horizon = appended_before or add_months(today, WARNING_MONTHS + 1 - table.shortest())
    extensions = _extensions(outbox)
    for id_, type_, appended, stated, sealed in outbox.rows(
        sql("reviewed_items"), (_end_of(horizon),)
    ):
        item = EventId(bytes(id_))
        marks = _marks(sealed, item, keys)
        if marks is None:
            continue
        terms = ReviewTerms(
            type_, day_of(appended), read_day(stated), marks, extensions.get(item, ())
        )
        day = review_day(terms, table)
        if day is not None:
            yield ReviewedItem(
                item,
                type_,
                day,
                review_status(day, today),
                terms.appended,
                bool(terms.extensions),
                table.months(type_, marks),
            )


def _marks(sealed: bytes | None, item: EventId, keys: NodeKeys) -> Mapping[str, str] | None:
    """Return what the content says about retention; None where that does not open."""
    try:
        return open_marks(bytes(sealed), item, keys.id_secret) if sealed else {}
    except CannotOpenError as error:
        log.warning("review_marks_unreadable", record=to_uuid_text(item), detail=error.detail)
        return None


def _extensions(outbox: Outbox) -> Mapping[EventId, list[Extension]]:
    extensions: dict[EventId, list[Extension]] = {}
    for target, until, since in outbox.rows(sql("extensions")):
        day = read_day(until)
        if day is not None:
            extensions.setdefault(EventId(bytes(target)), []).append(Extension(day_of(since), day))
    return extensions


def _end_of(day: date) -> int:
    """Return the end of a day in ms since 1970 UTC."""
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return int(start.timestamp() * 1000) + 86_400_000
