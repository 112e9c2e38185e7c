"""Say on the overview what is new in the visitor's own watch-lists and cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from consumers.query.query_layer import QueryLayer
from schemas.model import Reader

MOST_LISTS = 5
"""Watch-lists that are looked through; each name on one is a search for a person."""
MOST_CASES = 5


class ListNews(NamedTuple):
    """A watch-list. `records`: new ones that name a mark of it; None: it was not looked through."""

    id: str
    title: str
    records: int | None


class CaseNews(NamedTuple):
    """An open case, and when it last changed."""

    id: str
    title: str
    changed_at: datetime
    is_new: bool


class WorkNews(NamedTuple):
    """What is new in the visitor's work, the last changed first."""

    lists: Sequence[ListNews]
    cases: Sequence[CaseNews]


def work_news(
    queries: QueryLayer, reader: Reader, since: int, as_of: int | None, at: datetime
) -> WorkNews:
    """Return what is new since a moment, `since` in ms since 1970 UTC, and `at` the same."""

    def new_records(id_: str) -> int:
        return len({hit.event for hit in queries.work.watch_hits(id_, reader, since, as_of)})

    lists = [
        view.summary
        for view in queries.work.watch_lists(reader, as_of)
        if view.summary.status == "open"
    ]
    cases = [case for case in queries.work.cases(reader, as_of) if case.status == "open"]
    return WorkNews(
        [
            ListNews(own.id, own.title, new_records(own.id) if place < MOST_LISTS else None)
            for place, own in enumerate(lists)
        ],
        [
            CaseNews(case.id, case.title, case.changed_at, case.changed_at > at)
            for case in cases[:MOST_CASES]
        ],
    )
