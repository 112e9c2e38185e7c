"""Ask the questions that measure goals and make the report of the high-level group.

It asks what anybody may ask, as the reader who wants the report. So nothing is in it that is not
released to that reader. What leaves Quipu is read as a file: without H2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from consumers.query.answer_context import AnswerContext
from consumers.query.figures.figure_queries import FigureQueries
from consumers.query.figures.marking import FigureMarking
from consumers.query.figures.question import Clock, FactFilter, Grouping
from consumers.query.figures.suppression import DEFAULT_THRESHOLD
from consumers.query.figures.totals import TotalsQuestion
from consumers.query.high_level_group.commitment_views import (
    by_meeting,
    by_point,
    decision_view,
    goal_view,
)
from consumers.query.high_level_group.group_report import (
    GroupPlan,
    GroupReport,
    ReportFrame,
    make_report,
)
from consumers.query.high_level_group.period import ReportPeriod, report_period
from consumers.query.high_level_group.period_answers import (
    NO_THEME,
    AssetTotal,
    Drill,
    PeriodAnswers,
    ThemeCountry,
)
from consumers.query.lifecycles.course_queries import CourseFilter, CourseQueries
from consumers.query.overview.overview_queries import OverviewQueries
from consumers.query.views import to_datetime
from consumers.query.work.work_queries import WorkQueries
from infra.clock import now_ms
from schemas.event.admission import WITHOUT_AGREEMENT
from schemas.model import Reader
from schemas.release.rules import TLP, sees_content

_RECORDED: Clock = "recorded"


@dataclass(frozen=True, slots=True)
class GroupQuestion:
    """What a report is about. `since`, `until`: ms since 1970 UTC, None for the usual two months.

    `drills`: the reader as it takes part in each exercise that is to be counted; None counts none.
    """

    since: int | None = None
    until: int | None = None
    drills: tuple[Reader, ...] | None = None
    threshold: int = DEFAULT_THRESHOLD


class GroupQueries:
    """The questions of the high-level group over one generation's database, one answer at a time.

    Every question raises DatesRefusedError for a period without a day, and what clickhouse-driver
    raises. `as_of`: ms since 1970 UTC, None is now.
    """

    def __init__(
        self,
        courses: CourseQueries,
        figures: FigureQueries,
        overview: OverviewQueries,
        work: WorkQueries,
        answer: AnswerContext,
    ) -> None:
        """`answer`: what this is a part of."""
        self._courses, self._figures = courses, figures
        self._overview, self._work = overview, work
        self._answer = answer

    def plan(self, reader: Reader, question: GroupQuestion, as_of: int | None = None) -> GroupPlan:
        """Return the goals and decisions that this reader sees, the goals with their values."""
        moment, period = _moment(question, as_of)
        return self._plan(reader, period, moment, self._answers(reader, question, period, moment))

    def report(
        self, reader: Reader, question: GroupQuestion, as_of: int | None = None
    ) -> GroupReport:
        """Return the report of a period, for somebody who prints it: without H2.

        A period that is over is reported as of its end.
        """
        moment, period = _moment(question, as_of)
        printer = replace(reader, use="file")
        answers = self._answers(printer, question, period, moment)
        plan = self._plan(printer, period, moment, answers)
        marked = (replace(own, use=printer.use) for own in question.drills or ())
        plan = replace(plan, marking=self._marking([printer, *marked], moment))
        frame = ReportFrame(period, moment, reader.exercise, question.threshold)
        return make_report(plan, answers, frame)

    def _plan(
        self, reader: Reader, period: ReportPeriod, moment: int | None, answers: PeriodAnswers
    ) -> GroupPlan:
        goals, knows_goals = self._courses.in_full("goal", reader, moment)
        decisions, knows_decisions = self._courses.in_full("decision", reader, moment)
        return GroupPlan(
            since=to_datetime(period.since),
            until=to_datetime(period.until),
            marking=self._marking([reader], moment),
            goals=by_point(goal_view(course, answers) for course in goals),
            decisions=by_meeting(map(decision_view, decisions)),
            is_complete=knows_goals and knows_decisions,
        )

    def _marking(self, readers: Iterable[Reader], moment: int | None) -> FigureMarking:
        """Return what everything demands that was shown to these readers by this answer."""
        shown = [self._answer.begin("goals", reader, moment)[1] for reader in readers]
        tlp = max((part.tlp for part in shown), key=TLP.index)
        return FigureMarking(tlp, sorted({code for part in shown for code in part.markings}))

    def _answers(
        self, reader: Reader, question: GroupQuestion, period: ReportPeriod, moment: int | None
    ) -> PeriodAnswers:
        if not sees_content(reader):
            return PeriodAnswers()
        new_findings = self._overview.new_findings(reader, period.since, moment)
        verdicts = self._work.decided(reader, period.since, moment)
        operations = self._courses.courses(reader, CourseFilter("operation", "all"), moment)
        joint = self._courses.courses(reader, CourseFilter("investigation", "open"), moment)
        since = to_datetime(period.since)
        return PeriodAnswers(
            records={
                ThemeCountry(theme or NO_THEME, country): count
                for (theme, country), count in self._records(
                    reader, period, moment, ("theme", "country")
                ).items()
            },
            before=self._themes(reader, period.before, moment),
            year_before=self._themes(reader, period.year_before, moment),
            authorities=len(self._records(reader, period, moment, ("country", "authority"))),
            findings={row.severity: row.findings for row in new_findings.rows if row.severity},
            findings_complete=new_findings.is_complete,
            verdicts=Counter(verdict.verdict for verdict in verdicts.values()),
            times=self._courses.times(reader, "", period.since, moment),
            operations=sum(
                course.state == "ENDED" and course.opened_at >= since
                for course in operations.courses
            ),
            investigations=len(joint.courses),
            assets=self._assets(reader, period, moment),
            drills=self._drills(reader, question.drills, period, moment),
        )

    def _themes(self, reader: Reader, period: ReportPeriod, moment: int | None) -> dict[str, int]:
        counts = self._records(reader, period, moment, ("theme",))
        return {theme or NO_THEME: count for (theme,), count in counts.items()}

    def _records(
        self, reader: Reader, period: ReportPeriod, moment: int | None, by: tuple[str, ...]
    ) -> Mapping[tuple[str, ...], int]:
        """Count the records that the log took in a period."""
        question = TotalsQuestion(grouping=Grouping(by, clock=_RECORDED), filter=_span(period))
        totals = self._figures.totals(reader, question, moment, reader.use)
        return {tuple(row.keys): row.records for row in totals.rows}

    def _assets(self, reader: Reader, period: ReportPeriod, moment: int | None) -> list[AssetTotal]:
        """Add up in dollars what the records of a period say of assets, by stage."""
        grouping = Grouping(("asset_stage",), clock=_RECORDED)
        question = TotalsQuestion("usd", grouping, _span(period))
        rows = self._figures.totals(reader, question, moment, reader.use).rows
        return [
            AssetTotal(row.keys[0], row.amount or Decimal(), row.records)
            for row in rows
            if row.keys[0] and row.currency == "USD"
        ]

    def _drills(
        self,
        reader: Reader,
        drills: Sequence[Reader] | None,
        period: ReportPeriod,
        moment: int | None,
    ) -> list[Drill] | None:
        """Count the alerts of exercises, each as the reader who takes part in it."""
        if drills is None:
            return None
        return [self._drill(replace(own, use=reader.use), period, moment) for own in drills]

    def _drill(self, reader: Reader, period: ReportPeriod, moment: int | None) -> Drill:
        rows = self._courses.times(reader, "alert", period.since, moment)
        own = [row for row in rows if row.deadline == "acknowledge"]
        return Drill(
            reader.exercise or "",
            alerts=_sum(row.in_time + row.late + row.missed + row.running for row in own),
            in_time=_sum(row.in_time for row in own),
            late=_sum(row.late for row in own),
            missed=_sum(row.missed for row in own),
        )


def _sum(counts: Iterable[int]) -> int:
    return sum(counts)


def _span(period: ReportPeriod) -> FactFilter:
    """Choose the records of a period that say something of an offence, a thing or a person."""
    without = tuple(sorted(WITHOUT_AGREEMENT | {"contact_point"}))
    return FactFilter(since=period.since, until=period.until, without_types=without)


def _moment(question: GroupQuestion, as_of: int | None) -> tuple[int | None, ReportPeriod]:
    """Return as of when a report is, None for now, and its period.

    A period that is over is seen as it was at its end.
    """
    now = now_ms() if as_of is None else as_of
    period = report_period(now, question.since, question.until)
    return (period.until - 1 if period.until <= now else as_of), period
