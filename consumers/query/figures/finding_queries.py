"""Answer with figures of findings: they count pairs of records, and fold what has just changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import NamedTuple, TypeVar

from consumers.query.answer_context import AnswerContext
from consumers.query.dates import check_former
from consumers.query.disclosed import Disclosed
from consumers.query.empty_lookups import EmptyLookup
from consumers.query.figures.changes import ComparedRow, beside_former
from consumers.query.figures.figure_queries import BY_AUTHORITY, FigureQueries
from consumers.query.figures.finding_counts import (
    FindingCountRow,
    FindingCounts,
    FindingCountsQuestion,
    count_findings,
)
from consumers.query.figures.finding_delays import (
    FindingDelayRow,
    FindingDelays,
    FindingDelaysQuestion,
    to_finding_delay_rows,
    took_parameters,
)
from consumers.query.figures.flows import (
    FlowRow,
    Flows,
    FlowsQuestion,
    leads_somewhere,
    step_parameters,
    to_flow_rows,
)
from consumers.query.figures.marking import FigureMarking, reading
from consumers.query.figures.pair_reader import PairReader, PairScope, ShownLabels
from consumers.query.figures.shares import Shares, member_parameters, owner_numbers, to_share_rows
from consumers.query.figures.totals import TotalsQuestion
from consumers.query.known_names import KnownNames, check_indicator_words
from consumers.query.views import to_datetime_or_none
from schemas.model import Reader, Use
from schemas.release.rules import sees_content
from streams.rules import RuleBook

RowT = TypeVar("RowT", bound=ComparedRow)
Counted = tuple[list[RowT], ShownLabels]
"""Rows, and the labels of what they count."""


class FindingAsker(NamedTuple):
    """Who asks what of which rules and grade; an empty grade means any. `reader`: with its use."""

    question: str
    reader: Reader
    entitled: Reader
    disclosed: Disclosed
    rules: Sequence[str]
    grade: str


class FindingQueries:
    """The questions with figures of findings, for one answer at a time.

    Every question raises UnknownNameError for a rule or grade that does not exist,
    DatesRefusedError for a moment to compare with that has not passed, and what clickhouse-driver
    raises. `as_of`: ms since 1970 UTC, None is now. `use`: what becomes of the
    figures, which decides whether records that may not be passed on are counted.
    """

    def __init__(
        self,
        pairs: PairReader,
        rules: RuleBook,
        answer: AnswerContext,
    ) -> None:
        """`pairs`: say what is a finding for whom; `answer`: what this is a part of."""
        self._pairs = pairs
        self._rules = rules
        self._names = KnownNames(rules)
        self._answer = answer

    def flows(
        self, reader: Reader, question: FlowsQuestion, as_of: int | None = None, use: Use = reading
    ) -> Flows:
        """Count findings from place to place."""
        check_former(question.changed_since, as_of)
        asker = self._ask("flows", reader, as_of, question.rule, question.grade, use)
        rules = self._rules.at(as_of).by_id
        leading = [id_ for id_ in asker.rules if id_ in rules and leads_somewhere(rules[id_])]

        def count(scope: PairScope) -> Counted[FlowRow]:
            steps = step_parameters(scope.live, scope.book, question.level)
            rows = self._pairs.ask("finding_flows", scope, {"level": question.level, **steps})
            return to_flow_rows(rows), self._pairs.shown(rows, scope.live, asker.entitled)

        moments = as_of, question.changed_since
        rows, marking = self._compare(asker._replace(rules=leading), moments, count)
        self._remember_empty(rows, asker, as_of, question)
        rows.sort(key=lambda row: row.place)
        return Flows(question.level, *_dates(moments), marking, rows)

    def finding_counts(
        self,
        reader: Reader,
        question: FindingCountsQuestion,
        as_of: int | None = None,
        use: Use = reading,
    ) -> FindingCounts:
        """Count findings by rule: open ones, by grade, and hubs."""
        check_former(question.changed_since, as_of)
        asker = self._ask("finding counts", reader, as_of, question.rule, question.grade, use)

        def count(scope: PairScope) -> Counted[FindingCountRow]:
            rows = self._pairs.ask("finding_counts", scope, {})
            counted = count_findings(rows, scope.folded, scope.book.by_id)
            return counted, self._pairs.shown(rows, scope.folded, asker.entitled)

        moments = as_of, question.changed_since
        rows, marking = self._compare(asker, moments, count)
        self._remember_empty(rows, asker, as_of, question)
        return FindingCounts(*_dates(moments), marking, rows)

    def finding_delays(
        self,
        reader: Reader,
        question: FindingDelaysQuestion,
        as_of: int | None = None,
        use: Use = reading,
    ) -> FindingDelays:
        """Say how long it takes until records meet in a finding."""
        check_former(question.changed_since, as_of)
        asker = self._ask("finding delays", reader, as_of, question.rule, question.grade, use)

        def count(scope: PairScope) -> Counted[FindingDelayRow]:
            took = took_parameters(scope.live, scope.book, question.delay)
            rows = self._pairs.ask("finding_delays", scope, {"delay": question.delay, **took})
            shown = self._pairs.shown(rows, scope.live, asker.entitled)
            return to_finding_delay_rows(rows), shown

        moments = as_of, question.changed_since
        rows, marking = self._compare(asker, moments, count)
        self._remember_empty(rows, asker, as_of, question)
        return FindingDelays(question.delay, *_dates(moments), marking, rows)

    def shares(
        self,
        reader: Reader,
        figures: FigureQueries,
        as_of: int | None = None,
        use: Use = reading,
        changed_since: int | None = None,
    ) -> Shares:
        """Say which share of each authority's records takes part in a finding.

        `figures`: counts the records; `changed_since`: a moment to compare with.
        """
        check_former(changed_since, as_of)
        asker = self._ask("shares", reader, as_of, "", "", use)
        now = self._share_rows(asker, figures, as_of)
        rows = now.rows
        if changed_since is not None:
            then = self._share_rows(asker, figures, changed_since)
            rows = beside_former(rows, then.rows, lambda row: row.group)
        moments = to_datetime_or_none(as_of), to_datetime_or_none(changed_since)
        return Shares(*moments, now.marking, rows)

    def _share_rows(self, asker: FindingAsker, figures: FigureQueries, as_of: int | None) -> Shares:
        question = TotalsQuestion(grouping=BY_AUTHORITY)
        totals = figures.totals(asker.reader, question, as_of, asker.reader.use)
        records = {(row.keys[0], row.keys[1]): row.records for row in totals.rows}
        scope, owners = self._scope(asker, as_of), owner_numbers(self._pairs.labels())
        members = member_parameters(scope.live, self._pairs.labels(), owners)
        rows = self._pairs.ask("finding_shares", scope, members)
        labels = self._pairs.ask("finding_labels", scope, {})
        _disclose(self._pairs.shown(labels, scope.live, asker.entitled), asker.disclosed)
        return Shares(None, None, totals.marking, to_share_rows(records, rows, owners))

    def _ask(
        self, question: str, reader: Reader, as_of: int | None, rule: str, grade: str, use: Use
    ) -> FindingAsker:
        self._names.check_rule(rule, as_of)
        check_indicator_words(grade, "")
        rules = [id_ for id_ in self._rules.every_by_id if rule in ("", id_)]
        user = replace(reader, use=use)
        return FindingAsker(
            question, user, *self._answer.begin(question, user, as_of), rules, grade
        )

    def _scope(self, asker: FindingAsker, as_of: int | None) -> PairScope:
        book = self._rules.at(as_of)
        rules = [id_ for id_ in asker.rules if id_ in book.by_id and sees_content(asker.entitled)]
        return self._pairs.scope(book, rules, asker.grade, asker.entitled, as_of)

    def _compare(
        self,
        asker: FindingAsker,
        moments: tuple[int | None, int | None],
        count: Callable[[PairScope], Counted[RowT]],
    ) -> tuple[list[RowT], FigureMarking]:
        """Return the rows as of one moment, compared with another, and their marking."""
        as_of, changed_since = moments
        rows, shown = count(self._scope(asker, as_of))
        if changed_since is not None:
            former, former_shown = count(self._scope(asker, changed_since))
            rows = beside_former(rows, former, lambda row: row.group)
            shown.add(former_shown.labels, asker.entitled)
        return rows, _disclose(shown, asker.disclosed)

    def members(self, reader: Reader, grade: str, as_of: int | None = None) -> tuple[str, ...]:
        """Return the ids of the records that are evidence of a live indicator.

        `grade`: of the indicator; empty means any.
        """
        asker = self._ask("shares", reader, as_of, "", grade, reading)
        scope = self._scope(asker, as_of)
        parameters = member_parameters(scope.live, {}, {})
        rows = self._pairs.ask("finding_events", scope, parameters)
        labels = self._pairs.ask("finding_labels", scope, {})
        _disclose(self._pairs.shown(labels, scope.live, asker.entitled), asker.disclosed)
        return tuple(row["event"] for row in rows)

    def _remember_empty(
        self, rows: Sequence[object], asker: FindingAsker, as_of: int | None, question: object
    ) -> None:
        if not rows:
            parameters = asdict(question)  # type: ignore[call-overload]
            lookup = EmptyLookup(asker.reader, as_of, asker.question, parameters)
            self._answer.add_empty(lookup)


def _dates(moments: tuple[int | None, int | None]) -> tuple[datetime | None, datetime | None]:
    return to_datetime_or_none(moments[0]), to_datetime_or_none(moments[1])


def _disclose(shown: ShownLabels, disclosed: Disclosed) -> FigureMarking:
    """Return the marking of figures that count records of these labels, and disclose it."""
    marking = shown.marking()
    if shown.labels:
        disclosed.add_figures(marking.tlp, marking.markings)
    return marking
