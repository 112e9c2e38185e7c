"""Answer every question of API, command line and page, for one reader.

Nothing else asks the store. As of T: rows recorded up to T are fetched and folded, by the same
folds as now. What is not released to the reader is not there: not in a page, not in a count, not in
an order, not in what an error says. Of the past, an item is released as it was marked then and as
its owner marks it today: who may not see it now does not see it by asking as of yesterday.

What an answer shows is collected in `disclosed`; `consumers.serving.query_pool` writes it to the
disclosure ledger before the answer goes out. The conditions (H3) that a reader has accepted are
taken from that ledger, and those that its authority has from its records, whatever the reader says.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from types import MappingProxyType
from typing import Any, TypeVar

from consumers.query import identifiers as identifier_forms
from consumers.query.alike.alike_queries import AlikeQueries
from consumers.query.bursts.burst_queries import BurstQueries
from consumers.query.conditions import ConditionView, offered_conditions
from consumers.query.dates import check_past, check_span
from consumers.query.disclosed import Disclosed
from consumers.query.disclosures import (
    Disclosure,
    DisclosureFilter,
    entry_place,
    may_read_ledger,
    to_disclosure,
    visible_owner,
)
from consumers.query.empty_lookups import EmptyLookup
from consumers.query.explanation_reader import ExplanationReader
from consumers.query.figures.fact_reader import FactReader
from consumers.query.figures.figure_queries import FigureQueries
from consumers.query.figures.finding_queries import FindingQueries
from consumers.query.figures.pair_reader import PairReader
from consumers.query.figures.question import FactFilter
from consumers.query.figures.totals import TotalsQuestion
from consumers.query.filters import EventFilter, IndicatorFilter
from consumers.query.high_level_group.group_queries import GroupQueries
from consumers.query.hit_lookup.queries import HitLookupQueries
from consumers.query.hit_queries import HitQueries
from consumers.query.identifiers import Identifiers
from consumers.query.ids import ID_KINDS, AmbiguousIdError, IdKind
from consumers.query.indicators import IndicatorView, tell_once
from consumers.query.investigations.investigation_queries import InvestigationQueries
from consumers.query.known_names import (
    KnownNames,
    check_country,
    check_indicator_words,
    check_node,
    check_place,
)
from consumers.query.ledger_reader import LedgerReader
from consumers.query.lifecycles.course_queries import CourseQueries
from consumers.query.lifecycles.course_reader import CourseReader
from consumers.query.noise.noise_queries import NoiseQueries, NoiseSources
from consumers.query.operations.operation_queries import OperationQueries
from consumers.query.overview.overview_queries import OverviewQueries
from consumers.query.paging import BATCH_SIZE, Page, PageRange, read_page
from consumers.query.person_reports import PersonReport, held_records
from consumers.query.persons.person_queries import PersonQueries
from consumers.query.picture.picture_queries import PictureQueries
from consumers.query.released_labels import LabelTable, ReleasedLabels
from consumers.query.reviews import ReviewConfig, ReviewQueries
from consumers.query.rule_findings.candidate_queries import (
    CandidateQueries,
    RuleForms,
    ShadowRule,
)
from consumers.query.rule_findings.known_records import KnownRecords
from consumers.query.rule_findings.rule_finding_queries import RuleFindingQueries
from consumers.query.search.one_search import SearchSources
from consumers.query.search.search_queries import SearchQueries
from consumers.query.series import NEVER, SeriesFilter, SeriesPoint, count_points, to_points
from consumers.query.severity.severity_reader import SeverityReader
from consumers.query.store_reader import StoreReader, newest_candidate
from consumers.query.things import Thing
from consumers.query.traces.trace_queries import TraceQueries
from consumers.query.training.training_queries import TrainingQueries
from consumers.query.views import EventHistory, EventView, to_datetime, to_epoch_ms
from consumers.query.work.computed_findings import ComputedFindings
from consumers.query.work.work_queries import WorkQueries
from infra.clickhouse.client import Client
from infra.clock import now_ms
from infra.errors import QuipuError
from schemas.deadlines import DeadlineHistory
from schemas.event.admission import Partner
from schemas.i18n import _
from schemas.measures.rates import RateHistory
from schemas.model import Reader
from schemas.release.admitted_reader import admitted_reader
from schemas.release.rules import CONTENT_ROLES
from schemas.retention import RetentionHistory, day_of
from streams.rules import RuleBook

DEFAULT_LIMIT = 50
ANY_INDICATOR = IndicatorFilter()
ANY_EVENT = EventFilter()
ANY_SERIES = SeriesFilter()
NO_RATES = RateHistory()
FOUNDED_RETENTION = RetentionHistory()
FOUNDED_DEADLINES = DeadlineHistory()
NO_OWNERS: Mapping[str, tuple[str, str]] = MappingProxyType({})
NO_PARTNERS: Mapping[str, Partner] = MappingProxyType({})
Item = TypeVar("Item")


class QueryLayer:
    """One generation's database, for one answer at a time.

    It is not for two threads at once, since its client is not. In every question `as_of` is in ms
    since 1970 UTC, None is now; a list has `limit` items at most, after `offset` that are left out.
    Every question raises what clickhouse-driver raises.
    """

    def __init__(
        self,
        client: Client,
        rules: RuleBook,
        thing_secret: bytes | None = None,
        readers: dict[Reader, Reader] | None = None,
        types: Mapping[str, str] | None = None,
        rates: RateHistory = NO_RATES,
        labels: LabelTable | None = None,
        owners: Mapping[str, tuple[str, str]] = NO_OWNERS,
        partners: Mapping[str, Partner] = NO_PARTNERS,
        shadows: Sequence[ShadowRule] = (),
        retention: RetentionHistory = FOUNDED_RETENTION,
        deadlines: DeadlineHistory = FOUNDED_DEADLINES,
        records: KnownRecords | None = None,
    ) -> None:
        """Ask a database under these rules.

        `thing_secret`: the mechanism's, to look up things by their identifiers; None where its keys
        are not. `readers`: those whose accepted conditions are known already, for answers that
        follow one another closely. `types`: names and schemas that config has.
        `rates`: as config has had them, for figures in dollars. `labels`: those of the tables, as
        they were read a moment ago for other answers. `owners`: country and authority of each node.
        `partners`: who is admitted, and what their readers see. `shadows`: rules on trial, each for
        its author alone. `retention`: for how long records are kept, as config has had it;
        `deadlines`: of requests and alerts, likewise. `records`: what rules saw for other answers.
        """
        self._disclosed: dict[tuple[Reader, int | None], Disclosed] = {}
        self.empty_lookups: list[EmptyLookup] = []
        self._readers = {} if readers is None else readers
        released = ReleasedLabels(client, labels)
        self._store = StoreReader(client, rules, released)
        self.rules = rules
        self.names = KnownNames(rules, types)
        self._nodes = frozenset(owners)
        self._partners = partners
        self._thing_secret = thing_secret
        self._explanations = ExplanationReader(self._store, rules, thing_secret)
        facts = FactReader(client, released)
        parts = (facts, self.names, self._begin_question, self.empty_lookups, rates)
        self.figures = FigureQueries(*parts, owners)
        self._severities = SeverityReader(client)
        self.bursts = BurstQueries(facts, self.figures, self._severities, rules)
        self.picture = PictureQueries(*parts, self._store, self.bursts)
        self.hits = HitQueries(self._store, self.names, self.indicator_page, self.indicator_count)
        question = (self._begin_question, self.empty_lookups)
        self.persons = PersonQueries(client, self._store, released, thing_secret, question)
        self.hit_lookups = HitLookupQueries(
            client, self._store, released, thing_secret, self._with_conditions
        )
        self.alike = AlikeQueries(client, self._store, released, self._begin_question)
        parts_of_store = (client, self._store, released)
        course_reader = CourseReader(*parts_of_store)
        self.courses = CourseQueries(course_reader, *question, deadlines)
        parts_of_plans = (self.courses, course_reader, self._store, self._begin_question)
        self.operations = OperationQueries(*parts_of_plans, partners)
        self.investigations = InvestigationQueries(self.courses)
        self.traces = TraceQueries(self.courses, self._store, self._begin_question)
        self.rule_findings = RuleFindingQueries(
            parts_of_store, rules, rates, question, records or KnownRecords()
        )
        sources = (*parts_of_store, self._explanations, self.rule_findings, thing_secret)
        self.noise = NoiseQueries(NoiseSources(*sources), question)
        computed = ComputedFindings(
            self.persons, self.alike, self.rule_findings, self.bursts, rules
        )
        self.work = WorkQueries(client, self._store, computed, thing_secret, self._begin_question)
        parts_of_training = (self.courses, self.hit_lookups, self.work)
        self.training = TrainingQueries(self._store, *parts_of_training, self._begin_question)
        parts_of_reviews = (*parts_of_store, self._begin_question)
        config = ReviewConfig(retention, self._nodes)
        self.review_dates = ReviewQueries(*parts_of_reviews, config)
        forms = RuleForms(
            self.rule_findings,
            self.persons,
            partial(BurstQueries, facts, self.figures, self._severities),
            parts_of_store,
            self._count_records,
        )
        self.candidates = CandidateQueries(forms, rules, shadows, self._begin_question)
        self.pairs = PairReader(client, self._store, facts, released)
        self.findings = FindingQueries(self.pairs, rules, *question)
        self.overview = OverviewQueries(client, self.pairs, rules, self._begin_question)
        parts_of_report = (self.courses, self.figures, self.overview, self.work)
        self.group = GroupQueries(*parts_of_report, self._begin_question)
        read_from = (client, self._store, facts, self._explanations, self._severities)
        searched = SearchSources(*read_from, self.persons, thing_secret, self._matches_of_id)
        self.search = SearchQueries(searched, self.names, question)

    def _count_records(self, filter_: FactFilter, reader: Reader, as_of: int | None) -> int:
        totals = self.figures.totals(reader, TotalsQuestion(filter=filter_), as_of)
        return sum(row.records for row in totals.rows)

    @property
    def disclosed(self) -> Collection[Disclosed]:
        """What was shown so far, by reader and moment."""
        return self._disclosed.values()

    def indicators(
        self,
        reader: Reader,
        filter_: IndicatorFilter = ANY_INDICATOR,
        as_of: int | None = None,
        limit: int = DEFAULT_LIMIT,
        offset: int = 0,
    ) -> list[IndicatorView]:
        """List what crosses borders, newest first."""
        return self.indicator_page(reader, filter_, as_of, PageRange(limit, offset)).items

    def indicator_page(
        self, reader: Reader, filter_: IndicatorFilter, as_of: int | None, page: PageRange
    ) -> Page[IndicatorView]:
        """Return a part of the list of what crosses borders, newest first.

        Raises UnknownNameError for a rule that is not in effect, a grade, a severity or a country
        that is none, DatesRefusedError for dates that leave nothing.
        """
        self.names.check_rule(filter_.rule, as_of)
        check_indicator_words(filter_.grade, filter_.severity)
        check_country(filter_.country)
        check_span(filter_.since, filter_.until)
        check_past(filter_.recorded_since, "recorded_since")
        lookup = EmptyLookup(reader, as_of, "indicators", filter_.fields)
        if not _sees_content(reader):
            self._unless_empty([], lookup)
            return Page([], None)
        entitled, disclosed = self._begin_question("indicators", reader, as_of)
        indicators = self._read_indicators(entitled, filter_, as_of, page)
        disclosed.add_indicators(indicators.items)
        if filter_.fields != ANY_INDICATOR.fields:
            self._unless_empty(indicators.items, lookup)
        explained = self._explanations.explain(indicators.items, entitled, as_of, disclosed)
        return Page(self._severities.weigh(explained, as_of), indicators.next)

    def indicator_count(
        self, reader: Reader, filter_: IndicatorFilter, as_of: int | None, most: int
    ) -> int:
        """Count the indicators of a list, `most` at most. Raises as `indicator_page` does."""
        self.names.check_rule(filter_.rule, as_of)
        check_indicator_words(filter_.grade, filter_.severity)
        check_country(filter_.country)
        check_span(filter_.since, filter_.until)
        check_past(filter_.recorded_since, "recorded_since")
        if not _sees_content(reader):
            return 0
        entitled, disclosed = self._begin_question("indicators", reader, as_of)
        count = len(self._read_indicators(entitled, filter_, as_of, PageRange(most)).items)
        disclosed.counted |= bool(count)
        return count

    def _read_indicators(
        self, entitled: Reader, filter_: IndicatorFilter, as_of: int | None, page: PageRange
    ) -> Page[IndicatorView]:
        parameters = {
            **filter_.parameters(self.rules.at(as_of)),
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

    def indicator(self, id_: str, reader: Reader, as_of: int | None = None) -> IndicatorView | None:
        """Return one indicator by its id; None where there is none for this reader.

        It names the weaker ones that it covers. One that a stronger one covers is answered
        too: its address stays good.
        """
        entitled, disclosed = self._begin_question("indicator", reader, as_of)
        indicators = self._store.indicators([id_], entitled, as_of)
        related = self._store.with_findings_of_things(indicators, entitled, as_of)
        strongest = {view.id: view for view in tell_once(related)}
        indicators = [strongest.get(indicator.id, indicator) for indicator in indicators]
        disclosed.add_indicators(indicators)
        self._unless_empty(indicators, EmptyLookup(reader, as_of, "indicator", id_))
        explained = self._explanations.explain(indicators, entitled, as_of, disclosed)
        return next(iter(self._severities.weigh(explained, as_of)), None)

    def has_indicator(self, id_: str, reader: Reader, as_of: int) -> bool:
        """Say whether an indicator that this reader is shown existed at a moment, too."""
        return bool(self._store.indicators([id_], self._with_conditions(reader), as_of))

    def series(
        self, reader: Reader, filter_: SeriesFilter = ANY_SERIES, as_of: int | None = None
    ) -> list[SeriesPoint]:
        """Count the live indicators that this reader sees, by rule, grade and period.

        Raises UnknownNameError for a rule that is not in effect, or a grade that is none.
        """
        self.names.check_rule(filter_.rule, as_of)
        check_indicator_words(filter_.grade, "")
        if not _sees_content(reader):
            return []
        entitled, disclosed = self._begin_question("series", reader, as_of)
        book = self.rules.at(as_of)
        rules = [rule for rule in book.by_id if filter_.rule in ("", rule)]
        scope = self.pairs.scope(book, rules, filter_.grade, entitled, as_of)
        parameters = {"period": filter_.period, "clock": filter_.clock, "never": NEVER}
        rows = self.pairs.ask("finding_series", scope, parameters)
        counts = count_points(rows, scope.live, filter_)
        disclosed.counted |= bool(counts)
        return to_points(counts)

    def thing(self, id_: str, reader: Reader, as_of: int | None = None) -> Thing | None:
        """Return who knows this thing; None where nobody does whom this reader may hear."""
        entitled, disclosed = self._begin_question("thing", reader, as_of)
        things = self._store.things([id_], entitled, as_of)
        disclosed.add_things(things)
        self._unless_empty(things, EmptyLookup(reader, as_of, "thing", id_))
        return next(iter(self._explanations.title(things, entitled, as_of, disclosed)), None)

    def things(
        self, identifiers: Identifiers, reader: Reader, as_of: int | None = None
    ) -> list[Thing]:
        """Return the things that these identifiers may mean: several where they are not plain.

        Raises QuipuError THING_MARKS for identifiers that name nothing, NO_SECRET where the
        mechanism's keys are not.
        """
        if self._thing_secret is None:
            raise _no_secret()
        check_country(identifiers.country)
        ids = identifier_forms.thing_ids(identifiers, self._thing_secret)
        entitled, disclosed = self._begin_question("things", reader, as_of)
        things = self._store.things(ids, entitled, as_of)
        disclosed.add_things(things)
        self._unless_empty(things, EmptyLookup(reader, as_of, "things", asdict(identifiers)))
        return self._explanations.title(things, entitled, as_of, disclosed)

    def events(
        self,
        reader: Reader,
        filter_: EventFilter,
        as_of: int | None = None,
        limit: int = DEFAULT_LIMIT,
        offset: int = 0,
    ) -> list[EventView]:
        """List current versions that are neither retracted nor erased, newest first."""
        return self.event_page(reader, filter_, as_of, PageRange(limit, offset)).items

    def event_page(
        self, reader: Reader, filter_: EventFilter, as_of: int | None, page: PageRange
    ) -> Page[EventView]:
        """Return a part of the list of current versions, newest first.

        Raises UnknownNameError for a type of event, a country, a place or a node that does not
        exist, DatesRefusedError for a moment of the log that has not come.
        """
        self.names.check_type(filter_.type)
        check_country(filter_.country)
        check_place(filter_.place)
        check_past(filter_.since, "since")
        lookup = EmptyLookup(reader, as_of, "events", asdict(filter_))
        if not _sees_content(reader):
            self._unless_empty([], lookup)
            return Page([], None)
        entitled, disclosed = self._begin_question("events", reader, as_of)
        parameters = {**filter_.parameters(), "as_of": newest_candidate(as_of, page.after)}

        def visible(ids: Sequence[str]) -> list[EventView]:
            events = self._store.current_events(ids, entitled, as_of)
            return [event for event in events if filter_.matches(event)]

        events = read_page(
            lambda size: self._store.candidates("event_candidates", parameters, size, entitled),
            visible,
            lambda event: (to_epoch_ms(event.recorded_at), event.id),
            page,
        )
        disclosed.add_events(events.items)
        if filter_ != ANY_EVENT:
            self._unless_empty(events.items, lookup)
        if not events.items:
            check_node(filter_.node, self._nodes)
        return events

    def event(self, id_: str, reader: Reader, as_of: int | None = None) -> EventHistory | None:
        """Return one event with its versions; None where its current version is not released."""
        return next(iter(self.histories([id_], reader, as_of)), None)

    def histories(
        self, ids: Sequence[str], reader: Reader, as_of: int | None = None
    ) -> list[EventHistory]:
        """Return several events with their versions, as far as they are released."""
        entitled, disclosed = self._begin_question("event", reader, as_of)
        histories = self._store.histories(ids, entitled, as_of, with_things=True) if ids else []
        for history in histories:
            disclosed.add_events(history.versions)
        if ids:
            self._unless_empty(histories, EmptyLookup(reader, as_of, "event", sorted(ids)))
        return self._explanations.title_things_of(histories)

    def person_report(
        self, id_: str, reader: Reader, as_of: int | None = None
    ) -> PersonReport | None:
        """Return all that is released on the person of a mention; None where that is nothing."""
        person = self.persons.person(id_, reader, as_of)
        if person is None:
            return None
        events = sorted({mention.event for mention in person.mentions})
        histories = self.histories(events, reader, as_of)
        moment = now_ms() if as_of is None else as_of
        dated = self.review_dates.dated(
            histories, self._with_conditions(reader), as_of, day_of(moment)
        )
        days = {review.record.id: review.review_date for review in dated}
        records = held_records(person, histories, days)
        return PersonReport(to_datetime(moment), person, records, person.others)

    def current(
        self, ids: Sequence[str], reader: Reader, as_of: int | None = None
    ) -> list[EventView]:
        """Return the current versions of these events that are released.

        Retracted and erased events are left out.
        """
        entitled, disclosed = self._begin_question("events", reader, as_of)
        events = self._store.current_events(ids, entitled, as_of)
        disclosed.add_events(events)
        return events

    def conditions(self, reader: Reader) -> list[ConditionView]:
        """List the owners' conditions (H3) that this reader accepted, or may accept.

        An item that more than its condition keeps from the reader is not mentioned.
        """
        if not _sees_content(reader):
            return []
        accepted = self._store.accepted_conditions(reader)
        newcomer = replace(reader, accepted_conditions=frozenset())
        return offered_conditions(self._store.conditional_labels(newcomer), reader, accepted)

    def disclosure_page(
        self, reader: Reader, filter_: DisclosureFilter, page: PageRange
    ) -> Page[Disclosure]:
        """Return a part of the list of what was shown to whom, newest first.

        An owner sees entries about its own items; the mechanism's auditor sees all. Raises
        CursorRefusedError for a place of another list.
        """
        check_past(filter_.since, "since")
        if not may_read_ledger(reader):
            return Page([], None)
        owner = visible_owner(reader)
        parameters = {
            "owner": owner,
            "world": reader.exercise or "",
            "person": filter_.person,
            "digits": _digits(filter_.event),
            "since": filter_.since,
        }
        if owner:
            ledger = LedgerReader(self._store, self.rules, self._with_conditions(reader))
            return ledger.page(owner, parameters, page)
        end = page.offset + page.limit
        rows = self._store.disclosures(parameters, end + 1, page.after)
        entries = [to_disclosure(row, owner) for row in rows[page.offset : end]]
        return Page(entries, entry_place(rows[end - 1]) if len(rows) > end else None)

    def resolve(
        self,
        digits: str,
        reader: Reader,
        as_of: int | None = None,
        kinds: Sequence[IdKind] = ID_KINDS,
    ) -> tuple[IdKind, str]:
        """Return what an id, or its first or last digits, means to this reader: its kind and id.

        What is hidden from the reader makes no id ambiguous. Raises AmbiguousIdError.
        """
        matches = self._matches_of_id(digits, reader, as_of, kinds)
        self._unless_empty(matches, EmptyLookup(reader, as_of, "find", digits))
        if len(matches) != 1:
            raise AmbiguousIdError(digits, matches[:2])
        return matches[0]

    def _matches_of_id(
        self,
        digits: str,
        reader: Reader,
        as_of: int | None,
        kinds: Sequence[IdKind] = ID_KINDS,
    ) -> list[tuple[IdKind, str]]:
        """Return kind and id of what begins or ends so for this reader, two at most."""
        entitled = self._with_conditions(reader)
        rows = self._store.ids_like(_digits(digits), entitled)
        matches: list[tuple[IdKind, str]] = []
        for kind in kinds:
            ids = [id_ for row_kind, id_ in rows if row_kind == kind]
            for start in range(0, len(ids), BATCH_SIZE):
                released = self._released(kind, ids[start : start + BATCH_SIZE], entitled, as_of)
                matches += [(kind, id_) for id_ in released][:2]
                if len(matches) > 1:
                    break
        return matches

    def _released(
        self, kind: IdKind, ids: Sequence[str], reader: Reader, as_of: int | None
    ) -> list[str]:
        ask: Mapping[IdKind, Callable[..., Sequence[Any]]] = {
            "indicator": self._store.indicators,
            "event": self._store.histories,
            "thing": self._store.things,
        }
        return [item.id for item in ask[kind](ids, reader, as_of)]

    def _unless_empty(self, items: list[Item], lookup: EmptyLookup) -> list[Item]:
        """Return what a question shows; where that is nothing, remember the question."""
        if not items:
            self.empty_lookups.append(lookup)
        return items

    def _begin_question(
        self, question: str, reader: Reader, as_of: int | None
    ) -> tuple[Reader, Disclosed]:
        """Return the reader with accepted conditions, and what collects the answer's content."""
        disclosed = self._disclosed.setdefault((reader, as_of), Disclosed(reader, as_of))
        disclosed.questions[question if reader.use == "reading" else f"{question} file"] = None
        return self._with_conditions(reader), disclosed

    def _with_conditions(self, reader: Reader) -> Reader:
        if reader not in self._readers:
            accepted = frozenset(self._store.accepted_conditions(reader))
            admitted = admitted_reader(reader, self._partners, now_ms())
            self._readers[reader] = replace(admitted, accepted_conditions=accepted)
        return self._readers[reader]


def _no_secret() -> QuipuError:
    return QuipuError(
        _("Only a machine with the mechanism's keys can search things by their values."),
        _("Search by the thing's key, or ask at the mechanism."),
        "NO_SECRET",
    )


def _sees_content(reader: Reader) -> bool:
    """Return whether any role of theirs sees content at all: else nothing need be asked."""
    return not CONTENT_ROLES.isdisjoint(reader.roles)


def _digits(text: str) -> str:
    return text.replace("-", "").lower()
