"""The report of the high-level group: what it prints, and what it keeps back, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.presentation.group_report_pdf import group_report_pdf, report_content
from consumers.presentation.plan_table import plan_rows, plan_table
from consumers.query.figures.marking import FigureMarking
from consumers.query.high_level_group.commitment_views import (
    Commitment,
    DecisionView,
    GoalView,
    OwnerView,
)
from consumers.query.high_level_group.group_report import (
    GroupPlan,
    GroupReport,
    ReportFrame,
    make_report,
)
from consumers.query.high_level_group.measures import MEASURES, measure_goal, unit_of
from consumers.query.high_level_group.period import report_period
from consumers.query.high_level_group.period_answers import (
    AssetTotal,
    Drill,
    PeriodAnswers,
    ThemeCountry,
)
from consumers.query.lifecycles.answer_times import AnswerTimes
from consumers.query.views import to_datetime
from schemas.codes import code_lists
from schemas.model import Reader
from tests.support.pdf_text import page_texts

READER = Reader("ana.rojas", "PE", "RREE", clearance="AMBER", purpose="prevention", use="file")
NOW = datetime(2026, 11, 30, 17, tzinfo=UTC)
MS = round(NOW.timestamp() * 1000)
PERIOD = report_period(MS, None, None)
ANSWERS = PeriodAnswers(
    records={
        ThemeCountry("arms", "PE"): 1204,
        ThemeCountry("arms", "CO"): 310,
        ThemeCountry("drugs", "CO"): 2011,
        ThemeCountry("drugs", "EC"): 3,
        ThemeCountry("trafficking", "BO"): 12,
        ThemeCountry("none", "BO"): 90,
    },
    before={"arms": 1100, "drugs": 1800, "cyber": 2},
    year_before={"arms": 900},
    authorities=17,
    findings={"high": 41, "medium": 77, "low": 9},
    verdicts={"confirmed": 23, "rejected": 3},
    times=(
        AnswerTimes("trace", "answer", "CO", True, 18, 1, 1, 0, 20.5),
        AnswerTimes("assistance", "acknowledge", "PE", False, 4, 0, 1, 2, None),
        AnswerTimes("alert", "acknowledge", "EC", True, 2, 0, 0, 0, 0.1),
    ),
    operations=4,
    investigations=2,
    assets=(
        AssetTotal("RESTRAINED", Decimal("1250000.40"), 9),
        AssetTotal("FORFEITED", Decimal("80000"), 2),
    ),
    drills=(Drill("condor", 4, 3, 1, 0),),
)


def commitment(id_: str, title: str, point: str, **changes: object) -> Commitment:
    owners = [
        OwnerView("CO", "PONAL", "PROGRESS", "running", "Equipo completo desde abril", NOW),
        OwnerView("PE", "SUCAMEC", "SET", "missed", "", None),
    ]
    whole = Commitment(
        *(id_, title, "", point, "PE", "RREE", "AMBER", True, "PROGRESS", True, True),
        *(date(2026, 12, 31), date(2026, 10, 31), owners),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def goal(commitment_: Commitment, measure: str, reported: float | None = None) -> GoalView:
    measured = measure_goal(measure, ANSWERS, reported)
    return GoalView(
        *(commitment_, measure, unit_of(measure), 60.0, 90.0, measured.value),
        None if measured.value is None else measured.value >= 90,
        measured.counts,
    )


def sample_plan() -> GroupPlan:
    traces = commitment("g1", "Nueve de cada diez rastreos de armas, respondidos en plazo", "P08")
    borders = commitment("g2", "Reforzar 40 puestos de vigilancia", "P01", is_overdue=False)
    seized = commitment("g3", "Un millón de dólares en bienes inmovilizados", "P05")
    foreign = commitment("g4", "De quien no es miembro", "P07", counts=False)
    drills = commitment("d1", "Un simulacro de la red 24/7 cada mes", "P11")
    old = commitment("d2", "Manual común de cadena de custodia", "P09", is_open=False)
    return GroupPlan(
        to_datetime(PERIOD.since),
        to_datetime(PERIOD.until),
        FigureMarking("AMBER", ["H1"]),
        [
            goal(traces, "TRACES_ANSWERED_SHARE"),
            goal(borders, "REPORTED", 31.0),
            goal(seized, "ASSETS_SECURED_USD"),
            goal(foreign, "REPORTED", 5.0),
        ],
        [
            DecisionView(drills, date(2026, 9, 28), None),
            DecisionView(old, date(2026, 5, 20), None),
        ],
        is_complete=True,
    )


def sample_report(exercise: str | None = None) -> GroupReport:
    return make_report(sample_plan(), ANSWERS, ReportFrame(PERIOD, MS, exercise))


@pytest.mark.parametrize(
    ("lang", "parts"),
    [
        (
            "es",
            (
                *("Informe del Grupo de Alto Nivel", "8. Tráfico de armas", "60 % 90 % 90 %"),
                *("Última reunión: 2026-09-28", "Hallazgos con decisión: rechazados <5"),
                *("Solicitud de rastreo de arma", "condor 4 3 1 0", "USD 1 250 000"),
            ),
        ),
        (
            "en",
            (
                *("Report of the high-level group", "8. Arms trafficking", "60 % 90 % 90 %"),
                *("Last meeting: 2026-09-28", "Findings on which somebody decided: rejected <5"),
                *("Weapon trace request", "condor 4 3 1 0", "USD 1,250,000"),
            ),
        ),
    ],
)
def test_it_prints_each_part_and_its_marking_moment_and_period_on_every_page(
    lang: str, parts: tuple[str, ...]
) -> None:
    pdf = group_report_pdf(sample_report(), READER, NOW, lang)
    pages = page_texts(pdf)
    whole = " ".join(pages)
    assert [part for part in parts if part not in whole] == []
    assert len(pages) == 2
    for page in pages:
        assert page.count("TLP:AMBER · H1") >= 2
        assert "2026-11-30 17:00 UTC" in page
        assert "2026-10-01" in page
    assert pdf == group_report_pdf(sample_report(), READER, NOW, lang), (
        "the same report, same bytes"
    )


def test_an_exercise_is_named_on_every_page() -> None:
    for page in page_texts(group_report_pdf(sample_report("condor"), READER, NOW, "es")):
        assert "EJERCICIO condor" in page


def test_a_goal_whose_author_holds_no_seat_is_not_in_it() -> None:
    report = sample_report()
    assert [goal_.commitment.id for goal_ in report.goals] == ["g2", "g3", "g1"]
    assert "P07" in report.without_goal
    assert "De quien no es miembro" not in str(report_content(report, READER, "es"))


def test_it_says_what_came_of_the_last_meeting_and_of_older_decisions_that_are_open() -> None:
    old = sample_plan().decisions[1]
    ended_long_ago = replace(
        old,
        commitment=replace(
            old.commitment,
            owners=[
                OwnerView("CO", "PONAL", "ACHIEVED", "kept", "", datetime(2026, 6, 1, tzinfo=UTC))
            ],
        ),
    )
    plan = replace(sample_plan(), decisions=[sample_plan().decisions[0], ended_long_ago])
    report = make_report(plan, ANSWERS, ReportFrame(PERIOD, MS, None))
    assert [decision.commitment.id for decision in report.decided] == ["d1"]
    assert [decision.commitment.id for decision in sample_report().decided] == ["d1", "d2"]


def test_the_list_of_measures_and_their_table_name_the_same() -> None:
    assert {*MEASURES, "REPORTED"} == set(code_lists()["goal_measure"].codes)
    assert measure_goal("UNKNOWN", ANSWERS, 5.0).value is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RECORDS_SHARED", 3630),
        ("AUTHORITIES_SHARING", 17),
        ("FINDINGS_NEW", 127),
        ("FINDINGS_DECIDED_SHARE", 100.0),
        ("FINDINGS_CONFIRMED_SHARE", 88.5),
        ("REQUESTS_IN_TIME_SHARE", 80.0),
        ("ALERTS_IN_TIME_SHARE", 100.0),
        ("TRACES_ANSWERED_SHARE", 90.0),
        ("DRILLS_HELD", 1),
        ("OPERATIONS_HELD", 4),
        ("INVESTIGATIONS_OPEN", 2),
        ("ASSETS_SECURED_USD", 1330000.4),
    ],
)
def test_each_measure_is_computed_from_the_answers(name: str, value: float) -> None:
    assert measure_goal(name, ANSWERS, None).value == pytest.approx(value)
    nothing = measure_goal(name, PeriodAnswers(), None).value
    assert not nothing, "of nothing there is no share, and no drill that was not asked for"


small_counts = st.integers(0, 30)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["arms", "drugs", "none"]), st.sampled_from(["BO", "CO", "PE"])),
        small_counts,
    ),
    st.dictionaries(st.sampled_from(["high", "medium", "low"]), small_counts),
    st.dictionaries(st.sampled_from(["confirmed", "rejected", "unsure"]), small_counts),
    st.integers(3, 12),
)
def test_no_small_count_of_records_or_findings_is_in_the_report(
    records: dict[tuple[str, str], int],
    findings: dict[str, int],
    verdicts: dict[str, int],
    threshold: int,
) -> None:
    answers = PeriodAnswers(
        records={ThemeCountry(*cell): count for cell, count in records.items()},
        before={theme: count for (theme, _country), count in records.items()},
        findings=findings,
        verdicts=verdicts,
    )
    measured = [
        replace(
            goal(commitment("g", "t", "P01"), name), value=value.value, counts_behind=value.counts
        )
        for name in MEASURES
        for value in [measure_goal(name, answers, None)]
    ]
    plan = replace(sample_plan(), goals=measured)
    report = make_report(plan, answers, ReportFrame(PERIOD, MS, None, threshold))
    printed = [count for row in report.themes for count in (*row.by_country.values(), row.total)]
    printed += [row.before for row in report.themes]
    printed += [*report.findings.values(), *report.verdicts.values()]
    assert [count for count in printed if count is not None and 0 < count < threshold] == []
    assert all(goal_.counts_behind == () for goal_ in report.goals)
    values = {goal_.measured_by: goal_.value for goal_ in report.goals}
    if any(0 < count < threshold for count in findings.values()):
        assert values["FINDINGS_NEW"] is None
    if any(0 < count < threshold for count in records.values()):
        assert values["RECORDS_SHARED"] is None


def test_the_usual_period_is_the_two_months_that_end_with_the_day() -> None:
    assert (PERIOD.first_day, PERIOD.last_day) == ("2026-10-01", "2026-11-30")
    assert (PERIOD.year_before.first_day, PERIOD.year_before.last_day) == (
        *("2025-10-01", "2025-11-30"),
    )
    assert PERIOD.before.last_day == "2026-09-30"
    short = report_period(round(datetime(2026, 4, 29, tzinfo=UTC).timestamp() * 1000), None, None)
    assert (short.first_day, short.last_day) == ("2026-02-28", "2026-04-29")


def test_a_file_of_the_plan_has_a_row_for_each_goal_and_each_decision() -> None:
    table = plan_table(plan_rows(sample_plan()), NOW, "es", [])
    names = [column.name for column in table.columns]
    rows = [dict(zip(names, row, strict=False)) for row in table.rows]
    assert [(row["kind"], row["id"]) for row in rows] == [
        *(("goal", f"g{number}") for number in range(1, 5)),
        *(("decision", f"d{number}") for number in (1, 2)),
    ]
    assert rows[0]["measured_by"] == "TRACES_ANSWERED_SHARE"
    assert str(rows[0]["owners"]).startswith(
        "CO/PONAL: PROGRESS, running | PE/SUCAMEC: SET, missed"
    )
    assert (rows[4]["meeting"], rows[4]["target"]) == ("2026-09-28", None)
