"""Answer every question with figures, for one reader as of one moment.

Nothing is counted that is not released to the reader, so no difference between two answers is more
than a record that the reader may read. What was shown goes into the disclosure ledger as for
every other question.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from consumers.query.answer_context import AnswerContext
from consumers.query.dates import check_former, check_past, check_span
from consumers.query.disclosed import Disclosed
from consumers.query.empty_lookups import EmptyLookup
from consumers.query.figures.changes import beside_former
from consumers.query.figures.delays import DelayRow, Delays, DelaysQuestion, to_delay_rows
from consumers.query.figures.dimensions import are_of_the_record, check_dimensions
from consumers.query.figures.dollars import rate_parameters, to_money_rows
from consumers.query.figures.fact_reader import CountedScope, FactReader
from consumers.query.figures.marking import (
    FigureMarking,
    file_for_others,
    mark_figures,
    reading,
)
from consumers.query.figures.money_flows import (
    MoneyFlows,
    MoneyFlowsQuestion,
    to_money_flow_rows,
)
from consumers.query.figures.published import (
    PublishedFigures,
    PublishedQuestion,
    cells_of,
    may_count,
)
from consumers.query.figures.quality import Quality, QualityRow, to_quality_rows
from consumers.query.figures.question import Clock, FactFilter, Grouping, Measure
from consumers.query.figures.ranking import Ranking, RankingQuestion, rank_groups
from consumers.query.figures.records import (
    CountedRecords,
    RecordsQuestion,
    next_place,
    place_parameters,
)
from consumers.query.figures.refused import (
    Owner,
    count_refused,
    tells_refused,
    with_refused,
)
from consumers.query.figures.suppression import publish
from consumers.query.figures.totals import Totals, TotalsQuestion, compare_totals, to_total_rows
from consumers.query.figures.trends import Trends, TrendsQuestion, to_trend_points
from consumers.query.figures.values import check_values
from consumers.query.known_names import KnownNames, check_country, check_place, check_theme
from consumers.query.paging import PageRange
from consumers.query.views import to_datetime_or_none
from infra.clock import now_ms
from schemas.measures.rates import RateHistory
from schemas.model import Reader, Use

Row = dict[str, Any]
ANY_RECORD = FactFilter()
BY_AUTHORITY = Grouping(by=("country", "authority"))
"""Returns the reader with accepted conditions, and what collects the answer's content."""


class SumQuestion(Protocol):
    """What a question that adds amounts or counts records says."""

    @property
    def measure(self) -> Measure:
        """What is added, or that records are counted."""

    @property
    def grouping(self) -> Grouping:
        """By which dimensions and periods."""

    @property
    def filter(self) -> FactFilter:
        """Which records are looked at."""


class Asker(NamedTuple):
    """Who asks what. `counted`: which records count for the use of the answer.

    `entitled`: the reader with the conditions that it accepted.
    """

    question: str
    counted: CountedScope
    reader: Reader
    entitled: Reader
    disclosed: Disclosed

    def scope(self, as_of: int | None) -> CountedScope:
        """Return what counts as of a moment."""
        return self.counted._replace(as_of=as_of)


class FigureQueries:
    """The questions with figures over one generation's database, for one answer at a time.

    Every question raises UnknownNameError for a name or a value that does not exist,
    DatesRefusedError for dates that leave nothing, and what clickhouse-driver raises. `as_of`: ms
    since 1970 UTC, None is now. `use`: what becomes of the figures, which decides whether records
    that may not be passed on are counted.
    """

    def __init__(
        self,
        facts: FactReader,
        names: KnownNames,
        answer: AnswerContext,
        rates: RateHistory,
        owners: Mapping[str, Owner] = MappingProxyType({}),
    ) -> None:
        """`answer`: what this is a part of. `owners`: of the nodes."""
        self._facts = facts
        self._names = names
        self._answer = answer
        self._rates = rates
        self._owners = owners

    def totals(
        self, reader: Reader, question: TotalsQuestion, as_of: int | None = None, use: Use = reading
    ) -> Totals:
        """Add amounts, or count records, by group and period."""
        self.check(question.filter, question.grouping)
        check_former(question.changed_since, as_of)
        asker = self.open_question("totals", reader, as_of, use)
        sums = self._totals(asker, question, as_of)
        rows, labels = to_total_rows(sums, question), labels_of(sums)
        if question.changed_since is not None:
            former = self._totals(asker, question, question.changed_since)
            rows = compare_totals(rows, to_total_rows(former, question), question)
            labels |= labels_of(former)
        return Totals(
            measure=question.measure,
            by=list(question.grouping.by),
            period=question.grouping.period,
            as_of=to_datetime_or_none(as_of),
            changed_since=to_datetime_or_none(question.changed_since),
            marking=self.close_question(asker, labels, asdict(question), question.filter),
            rows=rows,
        )

    def trends(
        self, reader: Reader, question: TrendsQuestion, as_of: int | None = None, use: Use = reading
    ) -> Trends:
        """Follow figures through the periods, with that of a year before and the expected range."""
        self.check(question.filter, question.grouping)
        check_former(question.changed_since, as_of)
        asker = self.open_question("trends", reader, as_of, use)
        past = replace(question, filter=replace(question.filter, since=None))
        rows = self._totals(asker, past, as_of)
        former_rows = None
        if question.changed_since is not None:
            former_rows = self._totals(asker, past, question.changed_since)
        moment = now_ms() if as_of is None else as_of
        return Trends(
            measure=question.measure,
            by=list(question.grouping.by),
            period=question.grouping.period,
            as_of=to_datetime_or_none(as_of),
            changed_since=to_datetime_or_none(question.changed_since),
            marking=self.close_question(
                asker,
                labels_of([*rows, *(former_rows or [])]),
                asdict(question),
                question.filter,
            ),
            points=to_trend_points(rows, question, moment, former_rows),
        )

    def ranking(
        self,
        reader: Reader,
        question: RankingQuestion,
        as_of: int | None = None,
        use: Use = reading,
    ) -> Ranking:
        """Order groups by their figure, with the change of each one's place."""
        self.check(question.filter, question.grouping)
        check_former(question.changed_since, as_of)
        asker = self.open_question("ranking", reader, as_of, use)
        rows = self._totals(asker, question, as_of)
        former_rows = None
        if question.former is not None:
            before = replace(question, filter=question.former)
            moment = as_of if question.changed_since is None else question.changed_since
            former_rows = self._totals(asker, before, moment)
        labels = labels_of([*rows, *(former_rows or [])])
        return Ranking(
            measure=question.measure,
            by=list(question.grouping.by),
            as_of=to_datetime_or_none(as_of),
            changed_since=to_datetime_or_none(question.changed_since),
            marking=self.close_question(asker, labels, asdict(question), question.filter),
            rows=rank_groups(rows, former_rows, question),
        )

    def delays(
        self, reader: Reader, question: DelaysQuestion, as_of: int | None = None, use: Use = reading
    ) -> Delays:
        """Say how long it takes until something is reported, or recorded."""
        self.check(question.filter, question.grouping, of_record=True)
        check_former(question.changed_since, as_of)
        asker = self.open_question("delays", reader, as_of, use)
        rows, labels = self._delay_rows(asker, question, as_of)
        if question.changed_since is not None:
            then, former_labels = self._delay_rows(asker, question, question.changed_since)
            rows = beside_former(rows, then, lambda row: row.place)
            labels |= former_labels
        return Delays(
            delay=question.delay,
            by=list(question.grouping.by),
            period=question.grouping.period,
            as_of=to_datetime_or_none(as_of),
            changed_since=to_datetime_or_none(question.changed_since),
            marking=self.close_question(asker, labels, asdict(question), question.filter),
            rows=rows,
        )

    def quality(
        self,
        reader: Reader,
        filter_: FactFilter,
        as_of: int | None = None,
        use: Use = reading,
        changed_since: int | None = None,
        clock: Clock = "occurred",
    ) -> Quality:
        """Say how late and how complete the records of each authority are, and how many refused.

        `changed_since`: a moment to compare with (ms since 1970 UTC); `clock`: the date that the
        filter's dates are of.
        """
        self.check(filter_, BY_AUTHORITY)
        check_former(changed_since, as_of)
        asker = self.open_question("quality", reader, as_of, use)
        grouping = replace(BY_AUTHORITY, clock=clock)
        rows, labels = self._quality_rows(asker, filter_, grouping, as_of)
        if changed_since is not None:
            then, former_labels = self._quality_rows(asker, filter_, grouping, changed_since)
            rows = beside_former(rows, then, lambda row: row.group)
            labels |= former_labels
        return Quality(
            as_of=to_datetime_or_none(as_of),
            changed_since=to_datetime_or_none(changed_since),
            marking=self.close_question(
                asker, labels, asdict(filter_), ANY_RECORD if rows else filter_
            ),
            rows=rows,
        )

    def records(
        self,
        reader: Reader,
        question: RecordsQuestion,
        as_of: int | None,
        page: PageRange,
        use: Use = reading,
    ) -> CountedRecords:
        """Count the records behind a figure, and name a part of them in their order."""
        self.check(question.filter, question.grouping)
        check_past(question.recorded_since, "recorded_since")
        asker = self.open_question("records", reader, as_of, use)
        scope = asker.scope(as_of)
        rates = self._rates.at(now_ms() if as_of is None else as_of)
        parameters = question.parameters(rates, scope.labels)
        count, rows = (
            self._facts.ask(name, scope, question.filter, question.grouping, own)
            for name, own in (
                ("figure_record_count", parameters),
                (
                    "figure_records",
                    {**parameters, **place_parameters(page.after), "limit": page.limit + 1},
                ),
            )
        )
        return CountedRecords(
            records=count[0]["records"],
            lines=count[0]["lines"],
            marking=self.close_question(asker, labels_of(count), asdict(question), question.filter),
            ids=[row["event"] for row in rows[: page.limit]],
            next=next_place(rows, page.limit),
        )

    def money_flows(
        self,
        reader: Reader,
        question: MoneyFlowsQuestion,
        as_of: int | None = None,
        use: Use = reading,
    ) -> MoneyFlows:
        """Add the money that went from country to country, in dollars."""
        self.check(question.filter, question.totals.grouping)
        check_former(question.changed_since, as_of)
        asker = self.open_question("money flows", reader, as_of, use)
        sums = self._totals(asker, question.totals, as_of)
        rows, labels = to_money_flow_rows(sums), labels_of(sums)
        if question.changed_since is not None:
            former = self._totals(asker, question.totals, question.changed_since)
            rows = beside_former(rows, to_money_flow_rows(former), lambda row: row.group)
            labels |= labels_of(former)
        rows.sort(key=lambda row: row.place)
        return MoneyFlows(
            as_of=to_datetime_or_none(as_of),
            changed_since=to_datetime_or_none(question.changed_since),
            marking=self.close_question(asker, labels, asdict(question), question.filter),
            rows=rows,
        )

    def _delay_rows(
        self, asker: Asker, question: DelaysQuestion, as_of: int | None
    ) -> tuple[list[DelayRow], set[int]]:
        scope, parameters = asker.scope(as_of), {"delay": question.delay, "of_record": 1}
        rows = self._facts.ask("delays", scope, question.filter, question.grouping, parameters)
        return to_delay_rows(rows, question), labels_of(rows)

    def _quality_rows(
        self, asker: Asker, filter_: FactFilter, grouping: Grouping, as_of: int | None
    ) -> tuple[list[QualityRow], set[int]]:
        scope = asker.scope(as_of)
        rows = self._facts.ask("quality", scope, filter_, grouping, {"of_record": 1})
        quality = to_quality_rows(rows)
        if tells_refused(filter_):
            refused = count_refused(self._facts.refused_by_node(as_of), self._owners)
            quality = with_refused(quality, refused, filter_, asker.reader)
        return quality, labels_of(rows)

    def _totals(self, asker: Asker, question: SumQuestion, as_of: int | None) -> list[Row]:
        """Ask queries/totals.sql or record_totals.sql: what totals, trends and rankings show."""
        if question.measure == "usd":
            return self._dollars(asker, question, as_of)
        of_record = int(question.measure == "records" and are_of_the_record(question.grouping.by))
        parameters = {"measure": question.measure, "of_record": of_record}
        scope, filter_, grouping = asker.scope(as_of), question.filter, question.grouping
        name = "record_totals" if of_record else "totals"
        return self._facts.ask(name, scope, filter_, grouping, parameters)

    def _dollars(self, asker: Asker, question: SumQuestion, as_of: int | None) -> list[Row]:
        """Ask queries/totals_in_dollars.sql, which finds what `_totals` returns, in dollars."""
        rates = self._rates.at(now_ms() if as_of is None else as_of)
        parameters = {"of_record": 0, **rate_parameters(rates)}
        rows = self._facts.ask(
            "totals_in_dollars", asker.scope(as_of), question.filter, question.grouping, parameters
        )
        return to_money_rows(rows, rates)

    def published(
        self, reader: Reader, question: PublishedQuestion, as_of: int | None = None
    ) -> PublishedFigures:
        """Count what may be published, with small counts hidden."""
        asker = self.open_question("statistics", reader, as_of, file_for_others)
        labels = {
            id_: label
            for id_, label in asker.counted.labels.items()
            if may_count(label, question.audience)
        }
        asker = asker._replace(counted=CountedScope(labels, as_of))
        sums = self._totals(asker, question.totals, as_of)
        self.close_question(asker, labels_of(sums), asdict(question), question.totals.filter)
        counts = cells_of(to_total_rows(sums, question.totals), question)
        return PublishedFigures(question, publish(counts, question.threshold))

    def open_question(self, question: str, reader: Reader, as_of: int | None, use: Use) -> Asker:
        """Begin a question: who asks, and which records count for it."""
        user = replace(reader, use=use)
        entitled, disclosed = self._answer.begin(question, user, as_of)
        scope = CountedScope(self._facts.labels_of(entitled), as_of)
        return Asker(question, scope, user, entitled, disclosed)

    def close_question(
        self,
        asker: Asker,
        labels: Collection[int],
        parameters: Mapping[str, Any],
        filter_: FactFilter = ANY_RECORD,
    ) -> FigureMarking:
        """Return the marking of figures that count records with these labels, and disclose it.

        Where they count none, the question is remembered as one that showed nothing. Raises
        UnknownValueError where the `filter_` then has a value that the reader's records do not.
        """
        marking = mark_figures(labels, asker.counted.labels, asker.entitled)
        if labels:
            asker.disclosed.add_figures(marking.tlp, marking.markings)
            return marking
        lookup = EmptyLookup(asker.reader, asker.counted.as_of, asker.question, parameters)
        self._answer.add_empty(lookup)
        self._check_values(asker, filter_)
        return marking

    def _check_values(self, asker: Asker, filter_: FactFilter) -> None:
        as_of = asker.counted.as_of

        def ask(name: str) -> list[Row]:
            return self._totals(asker, TotalsQuestion("records", Grouping((name,))), as_of)

        def show(rows: Sequence[Mapping[str, Any]]) -> None:
            if shown := labels_of(rows):
                marking = mark_figures(shown, asker.counted.labels, asker.entitled)
                asker.disclosed.add_figures(marking.tlp, marking.markings)

        check_values(
            filter_, {authority for _country, authority in self._owners.values()}, ask, show
        )

    def check(self, filter_: FactFilter, grouping: Grouping, of_record: bool = False) -> None:
        """Accept names that exist. `of_record`: groups are by the envelope's dimensions alone."""
        self._names.check_type(filter_.type)
        check_country(filter_.country)
        check_place(filter_.place)
        check_theme(filter_.theme)
        known = frozenset[str]() if of_record else self._names.dimensions
        check_dimensions(grouping.by, known)
        self._names.check_where(filter_.where)
        check_span(filter_.since, filter_.until)


def labels_of(rows: Sequence[Mapping[str, Any]]) -> set[int]:
    """Return the ids of the labels of what rows count."""
    return {id_ for row in rows for id_ in row["labels"]}
