"""Answer with figures of findings: they fold evidence as every question about findings does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from consumers.query.disclosed import Disclosed
from consumers.query.empty_lookups import EmptyLookup
from consumers.query.figures.figure_queries import BY_AUTHORITY, BeginQuestion, FigureQueries
from consumers.query.figures.flows import Flows, FlowsQuestion, count_flows, leads_somewhere
from consumers.query.figures.marking import FigureMarking
from consumers.query.figures.shares import Shares, count_shares
from consumers.query.figures.totals import TotalsQuestion
from consumers.query.known_names import KnownNames, check_indicator_words
from consumers.query.store_reader import StoreReader
from consumers.query.views import to_datetime_or_none
from schemas.ids import to_uuid_text
from schemas.model import Reader
from schemas.release.rules import CONTENT_ROLES, combine_labels
from streams.correlation.assess import Indicator
from streams.rules import RuleBook


class FindingQueries:
    """The questions with figures of findings, for one answer at a time.

    Every question raises what clickhouse-driver raises. `as_of`: ms since 1970 UTC, None is now.
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

    def flows(self, reader: Reader, question: FlowsQuestion, as_of: int | None = None) -> Flows:
        """Count findings from place to place. Raises UnknownNameError for an unknown rule."""
        self._names.check_rule(question.rule)
        check_indicator_words(question.grade, "")
        rules = [
            rule.id
            for rule in self._rules.by_id.values()
            if question.rule in ("", rule.id) and leads_somewhere(rule)
        ]
        entitled, disclosed = self._begin("flows", reader, as_of)
        indicators = list(self._indicators(rules, question.grade, entitled, as_of))
        rows = count_flows(indicators, self._rules, question.level)
        if not rows:
            lookup = EmptyLookup(reader, as_of, "flows", asdict(question))
            self._empty_lookups.append(lookup)
        return Flows(question.level, to_datetime_or_none(as_of), _show(indicators, disclosed), rows)

    def shares(self, reader: Reader, figures: FigureQueries, as_of: int | None = None) -> Shares:
        """Say which share of each authority's records takes part in a finding.

        `figures`: counts the records.
        """
        totals = figures.totals(reader, TotalsQuestion(grouping=BY_AUTHORITY), as_of)
        records = {(row.keys[0], row.keys[1]): row.records for row in totals.rows}
        entitled, disclosed = self._begin("shares", reader, as_of)
        indicators = list(self._indicators(list(self._rules.by_id), "", entitled, as_of))
        _show(indicators, disclosed)
        rows = count_shares(records, indicators)
        return Shares(to_datetime_or_none(as_of), totals.marking, rows)

    def members(self, reader: Reader, grade: str, as_of: int | None = None) -> tuple[str, ...]:
        """Return the ids of the records that are evidence of a live indicator.

        `grade`: of the indicator; empty means any.
        """
        entitled, disclosed = self._begin("shares", reader, as_of)
        indicators = list(self._indicators(list(self._rules.by_id), grade, entitled, as_of))
        _show(indicators, disclosed)
        ids = {member.row.event_id for indicator in indicators for member in indicator.evidence}
        return tuple(sorted(map(to_uuid_text, ids)))

    def _indicators(
        self, rules: Sequence[str], grade: str, entitled: Reader, as_of: int | None
    ) -> Iterator[Indicator]:
        if rules and not CONTENT_ROLES.isdisjoint(entitled.roles):
            for batch in self._store.indicators_of_rules(rules, grade, entitled, as_of):
                yield from (indicator for indicator in batch if indicator.status == "live")


def _show(indicators: Iterable[Indicator], disclosed: Disclosed) -> FigureMarking:
    """Return the marking of figures that count these indicators, and disclose it."""
    members = [member for indicator in indicators for member in indicator.evidence]
    tlp = combine_labels({member.label for member in members}).tlp
    markings = sorted({code for member in members for code in member.markings})
    if members:
        disclosed.add_figures(tlp, markings)
    return FigureMarking(tlp, markings)
