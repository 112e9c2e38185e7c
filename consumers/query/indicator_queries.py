"""Answer the questions about what crosses borders: lists, one indicator, and counts by period."""

from __future__ import annotations

from collections.abc import Sequence

from consumers.query.answer_context import AnswerContext
from consumers.query.dates import check_past, check_span
from consumers.query.empty_lookups import EmptyLookup
from consumers.query.explanation_reader import ExplanationReader
from consumers.query.figures.pair_reader import PairReader
from consumers.query.filters import IndicatorFilter
from consumers.query.indicators import IndicatorView, tell_once
from consumers.query.known_names import KnownNames, check_country, check_indicator_words
from consumers.query.paging import DEFAULT_LIMIT, Page, PageRange, read_page
from consumers.query.series import NEVER, SeriesFilter, SeriesPoint, count_points, to_points
from consumers.query.severity.severity_reader import SeverityReader
from consumers.query.store_reader import StoreReader, newest_candidate
from consumers.query.views import to_epoch_ms
from schemas.model import Reader
from schemas.release.rules import sees_content

ANY_INDICATOR = IndicatorFilter()
ANY_SERIES = SeriesFilter()


class IndicatorQueries:
    """The questions about indicators over one generation's database, for one answer at a time.

    `as_of`: ms since 1970 UTC, None is now. They raise what clickhouse-driver raises.
    """

    def __init__(
        self,
        store: StoreReader,
        names: KnownNames,
        explanations: ExplanationReader,
        pairs: PairReader,
        answer: AnswerContext,
    ) -> None:
        """`explanations`: give sentences; `pairs`: count; `answer`: what this is a part of."""
        self._store = store
        self._names = names
        self._explanations = explanations
        self._pairs = pairs
        self._answer = answer
        self._severities = SeverityReader(store.client)

    def newest(
        self,
        reader: Reader,
        filter_: IndicatorFilter = ANY_INDICATOR,
        as_of: int | None = None,
        limit: int = DEFAULT_LIMIT,
    ) -> list[IndicatorView]:
        """List what crosses borders, newest first, `limit` at most. Raises as `page` does."""
        return self.page(reader, filter_, as_of, PageRange(limit)).items

    def page(
        self, reader: Reader, filter_: IndicatorFilter, as_of: int | None, page: PageRange
    ) -> Page[IndicatorView]:
        """Return a part of the list of what crosses borders, newest first.

        Raises UnknownNameError for a rule that is not in effect, a grade, a severity or a country
        that is none, DatesRefusedError for dates that leave nothing.
        """
        self._check(filter_, as_of)
        lookup = EmptyLookup(reader, as_of, "indicators", filter_.fields)
        if not sees_content(reader):
            self._answer.add_empty(lookup)
            return Page([], None)
        entitled, disclosed = self._answer.begin("indicators", reader, as_of)
        indicators = self._read(entitled, filter_, as_of, page)
        disclosed.add_indicators(indicators.items)
        if not indicators.items and filter_.fields != ANY_INDICATOR.fields:
            self._answer.add_empty(lookup)
        explained = self._explanations.explain(indicators.items, entitled, as_of, disclosed)
        return Page(self._severities.weigh(explained, as_of), indicators.next)

    def count(self, reader: Reader, filter_: IndicatorFilter, as_of: int | None, most: int) -> int:
        """Count the indicators of a list, `most` at most. Raises as `page` does."""
        self._check(filter_, as_of)
        if not sees_content(reader):
            return 0
        entitled, disclosed = self._answer.begin("indicators", reader, as_of)
        count = len(self._read(entitled, filter_, as_of, PageRange(most)).items)
        disclosed.counted |= bool(count)
        return count

    def indicator(self, id_: str, reader: Reader, as_of: int | None = None) -> IndicatorView | None:
        """Return one indicator by its id; None where there is none for this reader.

        It names the weaker ones that it covers. One that a stronger one covers is answered
        too: its address stays good.
        """
        entitled, disclosed = self._answer.begin("indicator", reader, as_of)
        indicators = self._store.indicators([id_], entitled, as_of)
        related = self._store.with_findings_of_things(indicators, entitled, as_of)
        strongest = {view.id: view for view in tell_once(related)}
        indicators = [strongest.get(indicator.id, indicator) for indicator in indicators]
        disclosed.add_indicators(indicators)
        if not indicators:
            self._answer.add_empty(EmptyLookup(reader, as_of, "indicator", id_))
        explained = self._explanations.explain(indicators, entitled, as_of, disclosed)
        return next(iter(self._severities.weigh(explained, as_of)), None)

    def existed(self, id_: str, reader: Reader, as_of: int) -> bool:
        """Say whether an indicator that this reader is shown existed at a moment, too."""
        return bool(self._store.indicators([id_], self._answer.with_conditions(reader), as_of))

    def series(
        self, reader: Reader, filter_: SeriesFilter = ANY_SERIES, as_of: int | None = None
    ) -> list[SeriesPoint]:
        """Count the live indicators that this reader sees, by rule, grade and period.

        Raises UnknownNameError for a rule that is not in effect, or a grade that is none.
        """
        self._names.check_rule(filter_.rule, as_of)
        check_indicator_words(filter_.grade, "")
        if not sees_content(reader):
            return []
        entitled, disclosed = self._answer.begin("series", reader, as_of)
        book = self._store.rules.at(as_of)
        rules = [rule for rule in book.by_id if filter_.rule in ("", rule)]
        scope = self._pairs.scope(book, rules, filter_.grade, entitled, as_of)
        parameters = {"period": filter_.period, "clock": filter_.clock, "never": NEVER}
        rows = self._pairs.ask("finding_series", scope, parameters)
        counts = count_points(rows, scope.live, filter_)
        disclosed.counted |= bool(counts)
        return to_points(counts)

    def _check(self, filter_: IndicatorFilter, as_of: int | None) -> None:
        self._names.check_rule(filter_.rule, as_of)
        check_indicator_words(filter_.grade, filter_.severity)
        check_country(filter_.country)
        check_span(filter_.since, filter_.until)
        check_past(filter_.recorded_since, "recorded_since")

    def _read(
        self, entitled: Reader, filter_: IndicatorFilter, as_of: int | None, page: PageRange
    ) -> Page[IndicatorView]:
        parameters = {
            **filter_.parameters(self._store.rules.at(as_of)),
            "as_of": newest_candidate(as_of, page.after),
        }

        def visible(ids: Sequence[str]) -> list[IndicatorView]:
            matching = list(filter(filter_.matches, self._store.indicators(ids, entitled, as_of)))
            if not filter_.once:
                return matching
            related = self._store.with_findings_of_things(matching, entitled, as_of)
            candidates = {indicator.id for indicator in matching}
            findings = tell_once(related, filter_.matches)
            return [finding for finding in findings if finding.id in candidates]

        return read_page(
            lambda size: self._store.candidates("indicator_candidates", parameters, size, entitled),
            visible,
            lambda indicator: (to_epoch_ms(indicator.last_recorded), indicator.id),
            page,
        )
