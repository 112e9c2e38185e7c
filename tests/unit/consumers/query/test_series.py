"""Counts by period: which day a period begins on, and what is counted."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from consumers.ledger.entries import MAX_IDS_PER_ENTRY, ledger_records
from consumers.query.disclosed import Disclosed, DisclosedVersion
from consumers.query.series import period_start, to_points
from schemas.avro.codec import log_format
from schemas.model import Reader


@pytest.mark.parametrize(
    ("at", "month", "week"),
    [
        (datetime(2018, 7, 1, 23, 59, tzinfo=UTC), date(2018, 7, 1), date(2018, 6, 25)),
        (datetime(2018, 1, 1, tzinfo=UTC), date(2018, 1, 1), date(2018, 1, 1)),
        (datetime(2017, 1, 1, tzinfo=UTC), date(2017, 1, 1), date(2016, 12, 26)),
    ],
)
def test_months_begin_on_the_first_and_weeks_on_monday(
    at: datetime, month: date, week: date
) -> None:
    assert (period_start(at, "month"), period_start(at, "week")) == (month, week)
    assert period_start(None, "week") is None


def test_points_stand_in_the_order_of_time_the_unknown_first() -> None:
    points = to_points(
        Counter(
            {
                (date(2018, 2, 1), "b", "certain"): 2,
                (None, "z", "certain"): 1,
                (date(2018, 2, 1), "a", "possible"): 3,
            }
        )
    )
    assert [(point.begins, point.rule, point.count) for point in points] == [
        (None, "z", 1),
        (date(2018, 2, 1), "a", 3),
        (date(2018, 2, 1), "b", 2),
    ]


def test_a_large_answer_is_told_in_several_entries_that_the_topic_takes() -> None:
    disclosed = Disclosed(Reader("ana", "CO"), None)
    for number in range(2 * MAX_IDS_PER_ENTRY + 1):
        id_ = f"00000000-0000-8000-8000-{number:012x}"
        disclosed.events[DisclosedVersion(id_, id_, number, "PE", "AUTORIDAD DE NOMBRE LARGO")] = (
            None
        )
    records = list(ledger_records(disclosed, "cli", 0))
    assert [len(record["events"]) for record in records] == [
        MAX_IDS_PER_ENTRY,
        MAX_IDS_PER_ENTRY,
        1,
    ]
    chain = {
        "writer": bytes(16),
        "sequence": 0,
        "previous": bytes(32),
        "follows": None,
        "condition": None,
    }
    assert (
        max(len(log_format("disclosure").write({**chain, **record})) for record in records)
        < 1_300_000
    )


def test_what_showed_nothing_is_no_disclosure() -> None:
    disclosed = Disclosed(Reader("ana", "CO"), None)
    disclosed.questions["indicators"] = None
    assert not disclosed
    disclosed.counted = True
    assert disclosed
