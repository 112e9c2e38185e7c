"""Answer which bursts a reader sees, as of a moment, with the records that make them up.

Counts are exact for each reader: only records are counted whose label is released. So a burst is
computed from what the reader may see, in its weeks and in their past.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from types import MappingProxyType
from typing import Any, NamedTuple

from consumers.query.bursts.burst import (
    Burst,
    Bursts,
    BurstsQuestion,
    burst_id,
    fits_place,
    narrows_records,
    week_of_id,
)
from consumers.query.bursts.burst_changes import beside_former_bursts
from consumers.query.bursts.burst_views import RuledBurst, own_records, to_burst_view
from consumers.query.bursts.calendar_weeks import monday_of, week_of
from consumers.query.bursts.detection import (
    CountSeries,
    FoundBurst,
    PeriodOfWeeks,
    SeriesDetector,
    SeriesKey,
    first_weeks,
)
from consumers.query.bursts.places import calendar_at, countries_of, countries_of_crossings
from consumers.query.dates import check_former
from consumers.query.figures.fact_reader import FactReader
from consumers.query.figures.figure_queries import ANY_RECORD, Asker, FigureQueries
from consumers.query.figures.marking import reading
from consumers.query.figures.question import FactFilter, Grouping
from consumers.query.severity.severity_reader import SeverityReader
from consumers.query.views import EPOCH, to_datetime, to_datetime_or_none
from infra.clock import now_ms
from schemas.model import Reader, Use
from streams.rules import BurstRule, RuleBook

Row = Mapping[str, Any]
KEYS = Grouping(by=("type", "country", "authority", "place", "subdivision", "crossing"))
RECORD_KEYS = replace(KEYS, by=(*KEYS.by, "theme"))
ANY_WEEKS: Mapping[str, PeriodOfWeeks] = MappingProxyType({})
SHOWN_WEEKS = 26
"""Weeks that are looked at where a question names no dates."""
MOST_WEEKS = 520
LAST_WEEK = 20_000
DAY_MS = 86_400_000
WEEK_MS = 7 * DAY_MS


class Search(NamedTuple):
    """What a search found. `compared`: series with enough records in a week.

    `periods`: the weeks that were looked at, by type.
    """

    bursts: list[RuledBurst]
    compared: int
    without_past: int
    periods: Mapping[str, PeriodOfWeeks]


class SeriesOfType(NamedTuple):
    """The series of a type, the labels of each, and since when each authority reports it."""

    series: list[CountSeries]
    labels: Mapping[SeriesKey, frozenset[int]]
    first: Mapping[tuple[str, str], int]


class BurstQueries:
    """The questions about bursts over one generation's database, for one answer at a time.

    They raise UnknownNameError for a type, dimension, country or place that does not exist, and
    what clickhouse-driver raises. `as_of`: ms since 1970 UTC, None is now.
    """

    def __init__(
        self,
        facts: FactReader,
        figures: FigureQueries,
        severities: SeverityReader,
        rules: RuleBook,
    ) -> None:
        """`facts`: what is counted; `figures`: opens and closes questions; `rules`: in effect."""
        self._severities = severities
        self._facts = facts
        self._figures = figures
        self._rules = rules

    def bursts(
        self,
        reader: Reader,
        question: BurstsQuestion,
        as_of: int | None = None,
        use: Use = reading,
    ) -> Bursts:
        """Return the bursts with a week in the question's dates, the newest first."""
        self._figures.check(question.filter, Grouping())
        check_former(question.changed_since, as_of)
        asker = self._figures.open_question("bursts", reader, as_of, use)
        search = self._search(asker, question.filter)
        bursts, labels = self._show(asker, question, search)
        ended: list[Burst] = []
        if question.changed_since is not None:
            past = asker._replace(counted=asker.scope(question.changed_since))
            former = self._search(past, question.filter, search.periods)
            then, former_labels = self._show(past, question, former)
            bursts, ended = beside_former_bursts(bursts, then)
            labels |= former_labels
        return Bursts(
            as_of=to_datetime_or_none(as_of),
            changed_since=to_datetime_or_none(question.changed_since),
            marking=self._figures.close_question(asker, labels, asdict(question), question.filter),
            compared=search.compared,
            without_past=search.without_past,
            bursts=bursts,
            ended=ended,
        )

    def of_open_question(
        self, asker: Asker, filter_: FactFilter
    ) -> list[tuple[Burst, frozenset[int]]]:
        """Return the bursts for a question that is open, each with the labels of its records.

        The question discloses those that it shows.
        """
        search = self._search(asker, filter_)
        bursts = self._describe(asker, filter_, search.bursts)
        return [(burst, ruled.labels) for burst, ruled in zip(bursts, search.bursts, strict=True)]

    def burst(
        self,
        id_: str,
        reader: Reader,
        as_of: int | None = None,
        filter_: FactFilter = ANY_RECORD,
    ) -> Burst | None:
        """Return a burst by its id; None where there is none for this reader.

        A burst that has grown backwards is found by the id that it had before. `filter_`: the
        records among which it is one, where a question narrows them.
        """
        week = week_of_id(id_)
        if week is None or week > LAST_WEEK:
            return None
        since = (monday_of(week) - EPOCH.date()).days * DAY_MS
        question = BurstsQuestion(replace(filter_, since=since, until=since + WEEK_MS))
        wanted_id = id_.lower()
        for burst in self.bursts(reader, question, as_of).bursts:
            weeks = [week_of(part.begins) for part in burst.weeks]
            ids = {burst_id(burst.rule, burst.key, week) for week in weeks}
            if wanted_id in ids:
                return burst
        return None

    def _show(
        self, asker: Asker, question: BurstsQuestion, search: Search
    ) -> tuple[list[Burst], frozenset[int]]:
        """Describe the bursts of a grade, and disclose their records."""
        chosen = [ruled for ruled in search.bursts if question.grade in ("", ruled.burst.grade)]
        bursts = self._describe(asker, question.filter, chosen)
        bursts = self._severities.weigh(bursts, asker.counted.as_of)
        asker.disclosed.add_records(record for burst in bursts for record in burst.evidence)
        return bursts, frozenset[int]().union(*(ruled.labels for ruled in chosen))

    def _search(
        self, asker: Asker, filter_: FactFilter, periods: Mapping[str, PeriodOfWeeks] = ANY_WEEKS
    ) -> Search:
        """Find bursts. `periods`: the weeks that are looked at, by type, where they are known."""
        bursts: list[RuledBurst] = []
        compared = without_past = 0
        looked_at: dict[str, PeriodOfWeeks] = {}
        for rule in self._rules.at(asker.counted.as_of).bursts:
            for type_ in rule.types:
                if filter_.type not in ("", type_):
                    continue
                of_type = self._series(asker, rule, replace(filter_, type=type_))
                period = periods.get(type_) or _period(of_type.series, filter_, asker.counted.as_of)
                looked_at[type_] = period
                for series in of_type.series:
                    if not fits_place(filter_.place, countries_of_crossings(), series.key):
                        continue
                    calendar = calendar_at(countries_of(series.key))
                    findings = SeriesDetector(rule, series, of_type.first, calendar).find(period)
                    compared += findings.has_enough
                    without_past += findings.lacks_past
                    labels = of_type.labels[series.key]
                    bursts += [RuledBurst(rule, burst, labels) for burst in findings.bursts]
        bursts.sort(key=lambda ruled: (-ruled.burst.weeks[-1].week, ruled.burst.key))
        return Search(bursts, compared, without_past, looked_at)

    def _series(self, asker: Asker, rule: BurstRule, filter_: FactFilter) -> SeriesOfType:
        past = replace(filter_, since=None, until=None, place="")
        parameters = {"dimensions": list(rule.places), "of_record": 1}
        rows = self._facts.ask("burst_counts", asker.counted, past, KEYS, parameters)
        counts: dict[SeriesKey, dict[str, dict[int, int]]] = {}
        labels: dict[SeriesKey, set[int]] = {}
        for row in rows:
            key = SeriesKey(row["type"], row["dimension"], row["code"])
            counts.setdefault(key, {})[row["authority"]] = dict(zip(*row["weeks"], strict=True))
            labels.setdefault(key, set()).update(row["labels"])
        series = [CountSeries(key, of_authority) for key, of_authority in counts.items()]
        marked = {key: frozenset(ids) for key, ids in labels.items()}
        return SeriesOfType(series, marked, first_weeks(series, rule.fewest))

    def _describe(
        self, asker: Asker, filter_: FactFilter, bursts: Sequence[RuledBurst]
    ) -> list[Burst]:
        records: dict[str, Sequence[Row]] = {}
        for type_ in sorted({ruled.burst.key.type for ruled in bursts}):
            of_type = [ruled.burst for ruled in bursts if ruled.burst.key.type == type_]
            past = replace(filter_, type=type_, since=None, until=None, place="")
            parameters = _record_parameters(of_type)
            records[type_] = self._facts.ask(
                "burst_records", asker.counted, past, RECORD_KEYS, parameters
            )
        is_narrowed = narrows_records(filter_)
        return [
            to_burst_view(
                ruled,
                own_records(ruled.burst, records[ruled.burst.key.type]),
                asker,
                is_narrowed,
            )
            for ruled in bursts
        ]


def _period(series: Iterable[CountSeries], filter_: FactFilter, as_of: int | None) -> PeriodOfWeeks:
    """Return the weeks that are looked at: those of the dates, or the last ones with records."""
    moment = now_ms() if as_of is None else as_of
    present = week_of(to_datetime(moment).date())
    weeks = (week for counted in series for counts in counted.counts.values() for week in counts)
    last = max((week for week in weeks if week <= present), default=present)
    if filter_.until is not None:
        last = min(present, week_of(to_datetime(filter_.until - 1).date()))
    first = last - SHOWN_WEEKS + 1
    if filter_.since is not None:
        first = max(week_of(to_datetime(filter_.since).date()), last - MOST_WEEKS + 1)
    return PeriodOfWeeks(first, last)


def _record_parameters(bursts: Sequence[FoundBurst]) -> dict[str, Any]:
    return {
        "of_record": 1,
        "burst_dimensions": [burst.key.dimension for burst in bursts],
        "burst_codes": [burst.key.place for burst in bursts],
        "burst_firsts": [burst.weeks[0].week for burst in bursts],
        "burst_lasts": [burst.weeks[-1].week for burst in bursts],
    }
