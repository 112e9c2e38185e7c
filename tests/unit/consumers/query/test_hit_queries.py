"""When a hit says that its authority was notified: never because of a record that is hidden."""

from __future__ import annotations

from datetime import UTC, datetime

from consumers.query.disclosure_counts import to_months
from consumers.query.disclosures import Disclosure
from consumers.query.hit_queries import first_after, to_hit
from consumers.query.views import to_datetime, to_epoch_ms
from tests.support.weapon_findings import stolen_and_seized


def test_the_first_telling_of_what_the_reader_sees_counts_and_no_later_one() -> None:
    """The second telling may be because of a record that this reader may not see."""
    assert first_after(100, [50, 120, 300]) == to_datetime(120)
    assert first_after(100, [50]) is None


def test_an_acknowledgement_counts_only_after_what_the_reader_sees() -> None:
    (view,) = (item for item in stolen_and_seized() if item.rule == "stolen-weapon-seized-abroad")
    seen = to_epoch_ms(view.last_recorded)
    for notified, acknowledged, expected in (
        ([seen + 10], [seen + 20, seen + 30], (seen + 10, seen + 20)),
        ([seen + 10], [seen + 5], (seen + 10, None)),
        ([], [seen + 5], (None, None)),
    ):
        hit = to_hit(view, notified, acknowledged)
        times = [at and to_epoch_ms(at) for at in (hit.notified_at, hit.acknowledged_at)]
        assert tuple(times) == expected


def test_disclosures_are_counted_by_reader_and_month_newest_month_first() -> None:
    lines = [line(1, "ana"), line(1, "ana"), line(2, "ana"), line(2, "beto")]
    assert [(row.month, row.person, row.lines) for row in to_months(lines)] == [
        ("2018-02", "ana", 1),
        ("2018-02", "beto", 1),
        ("2018-01", "ana", 2),
    ]


def line(month: int, person: str) -> Disclosure:
    return Disclosure(
        recorded_at=datetime(2018, month, 3, tzinfo=UTC),
        offset=None,
        act="shown",
        through="page",
        questions=[],
        person=person,
        country="CO",
        authority="PONAL",
        roles=["analyst"],
        clearance="AMBER",
        groups=[],
        purpose=None,
        exercise=None,
        as_of=None,
        indicators=[],
        things=[],
        events=[],
        tlp=None,
        markings=[],
        condition=None,
        condition_of=None,
        question_hash=None,
        justification=None,
    )
