"""Answer with figures of findings: they fold evidence as every question about findings does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import NamedTuple, TypeVar

from consumers.query.dates import check_former
from consumers.query.disclosed import Disclosed
from consumers.query.empty_lookups import EmptyLookup
from consumers.query.figures.changes import ComparedRow, beside_former
from consumers.query.figures.figure_queries import BY_AUTHORITY, BeginQuestion, FigureQueries
from consumers.query.figures.finding_counts import (
    FindingCounts,
    FindingCountsQuestion,
    count_findings,
)
from consumers.query.figures.finding_delays import (
    FindingDelays,
    FindingDelaysQuestion,
    spread_finding_delays,
)
from consumers.query.figures.flows import Flows, FlowsQuestion, count_flows, leads_somewhere
from consumers.query.figures.marking import FigureMarking, reading
from consumers.query.figures.shares import ShareRow, Shares, count_shares
from consumers.query.figures.totals import TotalsQuestion
from consumers.query.known_names import KnownNames, check_indicator_words
from consumers.query.store_reader import StoreReader
from consumers.query.views import to_datetime_or_none
from schemas.ids import to_uuid_text
from schemas.model import Reader, Use
from schemas.release.rules import CONTENT_ROLES, combine_labels
from streams.correlation.assess import Indicator
from streams.rules import RuleBook

RowT = TypeVar("RowT", bound=ComparedRow)
Count = Callable[[list[Indicator]], list[RowT]]


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
        store: StoreReader,
        rules: RuleBook,
        begin: BeginQuestion,
        empty_lookups: list[EmptyLookup],
    ) -> None:
        """`empty_lookups`: collects questions that show nothing."""
        self._store = store
        self._rules = rules
        self._names = KnownNames(rules)
        self._begin = begin
        self._empty_lookups = empty_lookups

    def flows(
        self, reader: Reader, question: FlowsQuestion, as_of: int | None = None, use: Use = reading
    ) -> Flows:
        """Count findings from place to place."""
        check_former(question.changed_since, as_of)
        asker = self._ask("flows", reader, as_of, question.rule, question.grade, use)
        leading = [id_ for id_ in asker.rules if leads_somewhere(self._rules.by_id[id_])]
        rows, marking = self._compare(
            asker._replace(rules=leading),
            as_of,
            question.changed_since,
            lambda indicators: count_flows(indicators, self._rules, question.level),
        )
        self._remember_empty(rows, asker, as_of, question)
        rows.sort(key=lambda row: row.place)
        moments = to_datetime_or_none(as_of), to_datetime_or_none(question.changed_since)
        return Flows(question.level, *moments, marking, rows)

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
        rows, marking = self._compare(
            asker,
            as_of,
            question.changed_since,
            lambda indicators: count_findings(indicators, self._rules.by_id),
            with_hubs=True,
        )
        self._remember_empty(rows, asker, as_of, question)
        moments = to_datetime_or_none(as_of), to_datetime_or_none(question.changed_since)
        return FindingCounts(*moments, marking, rows)

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
        rows, marking = self._compare(
            asker,
            as_of,
            question.changed_since,
            lambda indicators: spread_finding_delays(indicators, self._rules, question.delay),
        )
        self._remember_empty(rows, asker, as_of, question)
        moments = to_datetime_or_none(as_of), to_datetime_or_none(question.changed_since)
        return FindingDelays(question.delay, *moments, marking, rows)

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
        indicators = list(self._indicators(asker, as_of))
        _show(indicators, asker.disclosed)
        rows: list[ShareRow] = count_shares(records, indicators)
        return Shares(None, None, totals.marking, rows)

    def _ask(
        self, question: str, reader: Reader, as_of: int | None, rule: str, grade: str, use: Use
    ) -> FindingAsker:
        self._names.check_rule(rule)
        check_indicator_words(grade, "")
        rules = [id_ for id_ in self._rules.by_id if rule in ("", id_)]
        user = replace(reader, use=use)
        return FindingAsker(question, user, *self._begin(question, user, as_of), rules, grade)

    def _compare(
        self,
        asker: FindingAsker,
        as_of: int | None,
        changed_since: int | None,
        count: Count[RowT],
        with_hubs: bool = False,
    ) -> tuple[list[RowT], FigureMarking]:
        """Return the rows as of one moment, compared with another, and their marking."""
        indicators = list(self._indicators(asker, as_of, with_hubs))
        rows = count(indicators)
        if changed_since is not None:
            former = list(self._indicators(asker, changed_since, with_hubs))
            rows = beside_former(rows, count(former), lambda row: row.group)
            indicators += former
        return rows, _show(indicators, asker.disclosed)

    def members(self, reader: Reader, grade: str, as_of: int | None = None) -> tuple[str, ...]:
        """Return the ids of the records that are evidence of a live indicator.

        `grade`: of the indicator; empty means any.
        """
        asker = self._ask("shares", reader, as_of, "", grade, reading)
        indicators = list(self._indicators(asker, as_of))
        _show(indicators, asker.disclosed)
        ids = {member.row.event_id for indicator in indicators for member in indicator.evidence}
        return tuple(sorted(map(to_uuid_text, ids)))

    def _indicators(
        self, asker: FindingAsker, as_of: int | None, with_hubs: bool = False
    ) -> Iterator[Indicator]:
        reader = asker.entitled
        if asker.rules and not CONTENT_ROLES.isdisjoint(reader.roles):
            batches = self._store.indicators_of_rules(asker.rules, asker.grade, reader, as_of)
            for batch in batches:
                yield from (
                    indicator for indicator in batch if with_hubs or indicator.status == "live"
                )

    def _remember_empty(
        self, rows: Sequence[object], asker: FindingAsker, as_of: int | None, question: object
    ) -> None:
        if not rows:
            parameters = asdict(question)  # type: ignore[call-overload]
            lookup = EmptyLookup(asker.reader, as_of, asker.question, parameters)
            self._empty_lookups.append(lookup)


def _show(indicators: Iterable[Indicator], disclosed: Disclosed) -> FigureMarking:
    """Return the marking of figures that count these indicators, and disclose it."""
    members = [member for indicator in indicators for member in indicator.evidence]
    tlp = combine_labels({member.label for member in members}).tlp
    markings = sorted({code for member in members for code in member.markings})
    if members:
        disclosed.add_figures(tlp, markings)
    return FigureMarking(tlp, markings)
