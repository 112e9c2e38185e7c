"""Severity is one formula of the released records: no order, no copy, no worse source lowers it."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from consumers.query.severity.severity import (
    LEVELS,
    Severity,
    SeverityFactor,
    SeverityRecord,
    severity_of,
)
from schemas.model import COUNTRIES, DAY_MS
from tests.conventions import messages

NOW = 20_000 * DAY_MS
RULES = st.sampled_from(("low", "medium", "high"))
GRADES = st.sampled_from(("certain", "possible"))
EVALUATIONS = st.one_of(
    st.none(),
    st.tuples(st.just("admiralty"), st.sampled_from("ABCDEF"), st.sampled_from("123456")),
    st.tuples(st.just("4x4"), st.sampled_from("ABCX"), st.sampled_from("1234")),
)
RECORDS = st.builds(
    SeverityRecord,
    st.integers(0, 30).map(str),
    st.sampled_from(sorted(COUNTRIES)),
    EVALUATIONS,
    st.one_of(st.none(), st.integers(NOW - 3_000 * DAY_MS, NOW + DAY_MS)),
)
EVIDENCE = st.lists(RECORDS, max_size=12)


def rank(severity: Severity) -> tuple[int, float]:
    return LEVELS.index(severity.level), severity.points


def factor(severity: Severity, name: str) -> SeverityFactor:
    return next(item for item in severity.factors if item.name == name)


@given(RULES, GRADES, EVIDENCE, EVIDENCE)
def test_more_evidence_never_lowers_it(
    rule: str, grade: str, evidence: list[SeverityRecord], more: list[SeverityRecord]
) -> None:
    before = severity_of(rule, grade, evidence, NOW)
    assert rank(severity_of(rule, grade, [*evidence, *more], NOW)) >= rank(before)
    assert rank(severity_of(rule, "certain", evidence, NOW)) >= rank(before)
    assert rank(severity_of("high", grade, evidence, NOW)) >= rank(before)


@given(RULES, GRADES, EVIDENCE, st.randoms())
def test_neither_order_nor_copies_change_it(
    rule: str, grade: str, evidence: list[SeverityRecord], random: Random
) -> None:
    shuffled = [*evidence, *evidence[:3]]
    random.shuffle(shuffled)
    assert severity_of(rule, grade, shuffled, NOW) == severity_of(rule, grade, evidence, NOW)


@given(RULES, GRADES, EVIDENCE, st.lists(st.integers(0, 4_000), min_size=2).map(sorted))
def test_it_only_decays_with_time_and_not_within_a_day(
    rule: str, grade: str, evidence: list[SeverityRecord], days: list[int]
) -> None:
    answers = [severity_of(rule, grade, evidence, NOW + day * DAY_MS) for day in days]
    assert all(rank(later) <= rank(earlier) for earlier, later in pairwise(answers))
    assert severity_of(rule, grade, evidence, NOW + DAY_MS - 1) == severity_of(
        rule, grade, evidence, NOW
    )


@given(RULES, GRADES, EVIDENCE)
def test_its_points_are_the_sum_of_the_factors_that_it_shows(
    rule: str, grade: str, evidence: list[SeverityRecord]
) -> None:
    severity = severity_of(rule, grade, evidence, NOW)
    assert severity.points == round(sum(item.points or 0 for item in severity.factors), 1)
    assert all(0 <= (item.points or 0) <= item.most for item in severity.factors)
    assert severity.most == sum(item.most for item in severity.factors) == 12


def test_what_nobody_judged_or_dated_is_said_to_be_unknown() -> None:
    unknown = [SeverityRecord(str(n), "PE", ("admiralty", "F", "6"), None) for n in range(5)]
    severity = severity_of("high", "certain", unknown, NOW)
    assert severity.level == "not_enough_data"
    assert factor(severity, "sources").points is factor(severity, "freshness").points is None
    single = [SeverityRecord("1", "PE", ("admiralty", "A", "1"), NOW)]
    assert severity_of("high", "certain", single, NOW).level == "not_enough_data", "one record"


def test_fresh_records_of_good_sources_of_several_countries_are_severe() -> None:
    good = [
        SeverityRecord(str(n), country, ("4x4", "A", "1"), NOW - n * DAY_MS)
        for n, country in enumerate(("PE", "EC", "CO"))
    ]
    severity = severity_of("high", "certain", good, NOW)
    assert (severity.level, severity.points) == ("high", 10.5)
    assert [item.value for item in severity.factors] == ["high", "3", "certain", "4x4 A1", "0", "3"]
    years_later = severity_of("low", "possible", good[:2], NOW + 900 * DAY_MS)
    assert years_later.level == "low"
    assert factor(years_later, "freshness").points == 0.1


def test_no_text_for_users_says_severity_without_saying_which() -> None:
    texts = {str(message.id) for message in messages.stored()}
    assert {"Severity by the rule", "Computed severity"} <= texts
    assert "Severity" not in texts
