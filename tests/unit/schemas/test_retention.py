"""Until when a record may be kept: a function of the log and of config, whatever the order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schemas.errors import ConfigRefusedError
from schemas.exchange_config import ConfigHistory
from schemas.retention import (
    FOUNDED_PERIODS,
    Extension,
    RetentionHistory,
    RetentionPeriod,
    RetentionTable,
    ReviewStatus,
    ReviewTerms,
    add_months,
    review_day,
    review_status,
    warning_day,
)

TABLE = RetentionTable()
DAYS = st.dates(date(2018, 1, 1), date(2040, 12, 31))
EXTENSIONS = st.lists(st.builds(Extension, DAYS, DAYS), max_size=4)
TERMS = st.builds(
    ReviewTerms,
    type=st.sampled_from(["person_notice", "weapon_record", "crime_incident"]),
    appended=DAYS,
    stated=st.none() | DAYS,
    marks=st.sampled_from(
        [{}, {"action": "detain"}, {"action": "discreet_check", "category": "missing"}]
    ),
    extensions=EXTENSIONS,
)


@pytest.mark.parametrize(
    ("type_", "marks", "years"),
    [
        ("person_notice", {"action": "detain", "category": "requisitoria"}, 5),
        ("person_notice", {"category": "missing", "action": "locate"}, 5),
        ("person_notice", {"category": "antecedentes", "action": "locate"}, 3),
        ("person_notice", {}, 3),
        ("person_notice", {"action": "discreet_check", "category": "requisitoria"}, 1),
        ("weapon_record", {}, 10),
        ("cultural_object", {}, 10),
        ("suspicious_flow", {}, 5),
    ],
)
def test_the_founded_periods_are_those_of_the_vocabulary(
    type_: str, marks: dict[str, str], years: int
) -> None:
    day = review_day(ReviewTerms(type_, date(2026, 11, 30), None, marks), TABLE)
    assert day == date(2026 + years, 11, 30)


def test_what_speaks_of_another_record_has_no_review_date_of_its_own() -> None:
    for name in ("retraction", "erasure", "heartbeat", "retention_extension"):
        assert review_day(ReviewTerms(name, date(2000, 1, 1)), TABLE) is None


def test_the_warning_comes_four_months_before_and_the_day_itself_is_overdue() -> None:
    day = date(2028, 2, 29)
    assert warning_day(day) == date(2027, 10, 29)
    standing = [review_status(day, day + timedelta(days)) for days in (-124, -123, -1, 0, 1)]
    assert standing == ["kept", "soon", "soon", "overdue", "overdue"]
    assert review_status(None, day) is ReviewStatus.KEPT


@given(TERMS, st.permutations(range(4)))
def test_extensions_count_in_any_order_and_doubled(terms: ReviewTerms, order: list[int]) -> None:
    shuffled = [terms.extensions[at] for at in order if at < len(terms.extensions)]
    doubled = ReviewTerms(
        terms.type, terms.appended, terms.stated, terms.marks, [*shuffled, *terms.extensions]
    )
    assert review_day(doubled, TABLE) == review_day(terms, TABLE)


@given(TERMS, st.builds(Extension, DAYS, DAYS))
def test_an_extension_shortens_nothing_and_reaches_one_period_from_itself(
    terms: ReviewTerms, extension: Extension
) -> None:
    months = TABLE.months(terms.type, terms.marks or {})
    before, after = (
        review_day(
            ReviewTerms(terms.type, terms.appended, terms.stated, terms.marks, extensions), TABLE
        )
        for extensions in (terms.extensions, [*terms.extensions, extension])
    )
    assert before is not None
    assert after is not None
    assert before <= after <= max(before, add_months(extension.day, months))


@given(TERMS)
def test_no_owner_keeps_a_record_beyond_a_period_from_its_last_act(terms: ReviewTerms) -> None:
    months = TABLE.months(terms.type, terms.marks or {})
    acts = [terms.appended, *(extension.day for extension in terms.extensions)]
    day = review_day(terms, TABLE)
    assert day is not None
    assert day <= add_months(max(acts), months)


@given(TERMS, st.integers(1, 600), st.integers(1, 600))
def test_a_shorter_period_never_keeps_a_record_longer(
    terms: ReviewTerms, first: int, second: int
) -> None:
    assume(first != second)
    days = [
        review_day(terms, RetentionTable([RetentionPeriod(terms.type, "", "", months)]))
        for months in sorted((first, second))
    ]
    assert days[0] is not None
    assert days[1] is not None
    assert days[0] <= days[1]


@given(DAYS, st.integers(-600, 600))
def test_a_month_more_or_less_stays_within_its_month(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day


def history_of(*entries: tuple[list[RetentionPeriod], int]) -> ConfigHistory:
    history = ConfigHistory()
    history.add("Founding", {"notice_ms": 0}, 0, 0)
    for periods, since in entries:
        entry = {"periods": [period._asdict() for period in periods], "author": "a", "reason": "b"}
        history.add("RetentionPeriods", entry, since, 0)
    return history


def test_the_periods_have_a_history_and_the_newest_entry_replaces_all() -> None:
    short = [RetentionPeriod("", "", "", 12)]
    history = history_of((short, 1_000))
    assert history.at(999).retention.periods == FOUNDED_PERIODS
    assert history.at(1_000).retention.months("weapon_record", {}) == 12
    assert history.at(1_000).retention.reason == "b"


@pytest.mark.parametrize(
    "periods",
    [
        [RetentionPeriod("seizure", "", "", 0)],
        [RetentionPeriod("seizure", "", "", 601)],
        [RetentionPeriod("", "action", "detain", 12)],
        [RetentionPeriod("person_notice", "action", "", 12)],
        [RetentionPeriod("seizure", "", "", 12), RetentionPeriod("seizure", "", "", 24)],
    ],
)
def test_config_refuses_a_period_that_no_record_can_have(periods: list[RetentionPeriod]) -> None:
    with pytest.raises(ConfigRefusedError):
        history_of((periods, 1_000))


def test_before_config_began_the_founding_s_periods_hold() -> None:
    """A question may be about any moment, one before 1970 too."""
    later = RetentionTable(author="ana")
    periods = RetentionHistory([(1_000, later)])
    assert periods.at(-(10**14)).periods == RetentionHistory().at(-1_000).periods == FOUNDED_PERIODS
    assert periods.at(1_000) is later
