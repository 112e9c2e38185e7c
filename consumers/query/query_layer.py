"""Answer every question of API, command line and page, for one reader.

Nothing else asks the store. As of T: rows recorded up to T are fetched and folded, by the same
folds as now. What is not released to the reader is not there: not in a page, not in a count, not in
an order, not in what an error says. Of the past, an item is released as it was marked then and as
its owner marks it today: who may not see it now does not see it by asking as of yesterday.
"""

from __future__ import annotations

from functools import cached_property, partial

from consumers.query.alike.alike_queries import AlikeQueries
from consumers.query.answer_context import AnswerContext
from consumers.query.bursts.burst_queries import BurstQueries
from consumers.query.disclosure_queries import DisclosureQueries
from consumers.query.earlier_answers import EarlierAnswers
from consumers.query.event_queries import EventQueries
from consumers.query.explanation_reader import ExplanationReader
from consumers.query.figures.fact_reader import FactReader
from consumers.query.figures.figure_queries import FigureQueries
from consumers.query.figures.finding_queries import FindingQueries
from consumers.query.figures.pair_reader import PairReader
from consumers.query.high_level_group.group_queries import GroupQueries
from consumers.query.hit_lookup.queries import HitLookupQueries
from consumers.query.hit_queries import HitQueries
from consumers.query.id_queries import IdQueries
from consumers.query.indicator_queries import IndicatorQueries
from consumers.query.investigations.investigation_queries import InvestigationQueries
from consumers.query.known_names import KnownNames
from consumers.query.lifecycles.course_queries import CourseQueries
from consumers.query.lifecycles.course_reader import CourseReader
from consumers.query.noise.noise_queries import NoiseQueries, NoiseSources
from consumers.query.operations.operation_queries import OperationQueries
from consumers.query.overview.overview_queries import OverviewQueries
from consumers.query.person_report_queries import PersonReportQueries
from consumers.query.persons.person_queries import PersonQueries
from consumers.query.picture.picture_queries import PictureQueries
from consumers.query.released_labels import ReleasedLabels
from consumers.query.reviews import ReviewConfig, ReviewQueries
from consumers.query.rule_findings.candidate_queries import CandidateQueries, RuleForms
from consumers.query.rule_findings.rule_finding_queries import RuleFindingQueries
from consumers.query.search.one_search import SearchSources
from consumers.query.search.search_queries import SearchQueries
from consumers.query.severity.severity_reader import SeverityReader
from consumers.query.store_reader import StoreReader
from consumers.query.thing_queries import ThingQueries
from consumers.query.traces.trace_queries import TraceQueries
from consumers.query.training.training_queries import TrainingQueries
from consumers.query.work.computed_findings import ComputedFindings
from consumers.query.work.work_queries import WorkQueries
from consumers.runtime.serving_config import ServingConfig
from infra.clickhouse.client import Client


class QueryLayer:
    """The questions about one generation's database, by subject, for one answer at a time.

    A subject is made when it is first asked. It is not for two threads at once, since its client is
    not. In every question `as_of` is in ms since 1970 UTC, None is now. Every question raises what
    clickhouse-driver raises.
    """

    def __init__(
        self,
        client: Client,
        config: ServingConfig,
        thing_secret: bytes | None = None,
        earlier: EarlierAnswers | None = None,
    ) -> None:
        """Ask a database of the generation that config names.

        `thing_secret`: the mechanism's, to look up things by their identifiers; None where its keys
        are not. `earlier`: what earlier answers read, for answers that follow one another closely.
        """
        earlier = earlier or EarlierAnswers()
        self._config, self._secret = config, thing_secret
        self._records = earlier.records
        self._store = StoreReader(client, config.rules, ReleasedLabels(client, earlier.labels))
        self.rules = config.rules
        self.answer = AnswerContext(self._store, config.partners, earlier.readers)

    @cached_property
    def indicators(self) -> IndicatorQueries:
        """Questions about what crosses borders."""
        parts = (self.names, self._explanations, self.pairs)
        return IndicatorQueries(self._store, *parts, self.answer)

    @cached_property
    def events(self) -> EventQueries:
        """Questions about the records of the countries."""
        nodes = frozenset(self._config.owners)
        parts = (self.names, self._explanations, nodes)
        return EventQueries(self._store, *parts, self.answer)

    @cached_property
    def things(self) -> ThingQueries:
        """Questions about who knows a thing."""
        return ThingQueries(self._store, self._explanations, self._secret, self.answer)

    @cached_property
    def ids(self) -> IdQueries:
        """Questions about what an id means."""
        return IdQueries(self._store, self.answer)

    @cached_property
    def disclosures(self) -> DisclosureQueries:
        """Questions about what was shown to whom."""
        return DisclosureQueries(self._store, self.answer)

    @cached_property
    def hits(self) -> HitQueries:
        """Questions about the hits of an authority."""
        return HitQueries(self._store, self.names, self.indicators)

    @cached_property
    def hit_lookups(self) -> HitLookupQueries:
        """Whether somebody knows a person or a thing, and whom to ask."""
        return HitLookupQueries(self._store, self._secret, self.answer)

    @cached_property
    def persons(self) -> PersonQueries:
        """Questions about who is who."""
        return PersonQueries(self._store, self._secret, self.answer)

    @cached_property
    def person_reports(self) -> PersonReportQueries:
        """The question of all that is held on a person."""
        parts = (self.persons, self.events, self.review_dates)
        return PersonReportQueries(*parts, self.answer)

    @cached_property
    def alike(self) -> AlikeQueries:
        """Objects and reports that are alike."""
        return AlikeQueries(self._store, self.answer)

    @cached_property
    def figures(self) -> FigureQueries:
        """Totals, trends, rankings, delays and quality."""
        config = self._config
        parts = (self._facts, self.names, self.answer, config.rates)
        return FigureQueries(*parts, config.owners)

    @cached_property
    def findings(self) -> FindingQueries:
        """Figures about findings: flows, shares and counts by rule."""
        return FindingQueries(self.pairs, self.rules, self.answer)

    @cached_property
    def bursts(self) -> BurstQueries:
        """More than a place's past explains."""
        return self._bursts_under(self.rules)

    @cached_property
    def picture(self) -> PictureQueries:
        """The question of the risk picture."""
        parts = (self._facts, self.names, self.answer, self._config.rates)
        return PictureQueries(*parts, self._store, self.bursts)

    @cached_property
    def rule_findings(self) -> RuleFindingQueries:
        """What rules over many records find."""
        parts = (self._config.rates, self.answer, self._records)
        return RuleFindingQueries(self._store, *parts)

    @cached_property
    def candidates(self) -> CandidateQueries:
        """What rules on trial would find."""
        forms = RuleForms(
            self.rule_findings, self.persons, self._bursts_under, self._store, self.figures
        )
        return CandidateQueries(forms, self._config.shadows, self.answer)

    @cached_property
    def noise(self) -> NoiseQueries:
        """What links too much, and is left out."""
        sources = NoiseSources(self._store, self._explanations, self.rule_findings, self._secret)
        return NoiseQueries(sources, self.answer)

    @cached_property
    def search(self) -> SearchQueries:
        """The one search for anything."""
        sources = SearchSources(
            self._store,
            self._facts,
            self._explanations,
            self._severities,
            self.persons,
            self._secret,
            self.ids.matches,
        )
        return SearchQueries(sources, self.names, self.answer)

    @cached_property
    def overview(self) -> OverviewQueries:
        """The questions about what is new."""
        return OverviewQueries(self._store, self.pairs, self.answer)

    @cached_property
    def work(self) -> WorkQueries:
        """Cases, watch-lists, notes and saved searches."""
        computed = ComputedFindings(
            self.persons, self.alike, self.rule_findings, self.bursts, self.rules
        )
        return WorkQueries(self._store, computed, self._secret, self.answer)

    @cached_property
    def courses(self) -> CourseQueries:
        """Requests, alerts and other courses of steps."""
        return CourseQueries(self._course_reader, self.answer, self._config.deadlines)

    @cached_property
    def traces(self) -> TraceQueries:
        """Questions about where weapons came from."""
        return TraceQueries(self.courses, self._store, self.answer)

    @cached_property
    def operations(self) -> OperationQueries:
        """Plans of border operations, and where they meet."""
        parts = (self.courses, self._course_reader, self._store, self.answer)
        return OperationQueries(*parts, self._config.partners)

    @cached_property
    def investigations(self) -> InvestigationQueries:
        """The evidence of joint investigations."""
        return InvestigationQueries(self.courses)

    @cached_property
    def review_dates(self) -> ReviewQueries:
        """Until when records are kept."""
        config = ReviewConfig(self._config.retention, frozenset(self._config.owners))
        return ReviewQueries(self._store, self.answer, config)

    @cached_property
    def training(self) -> TrainingQueries:
        """How far an officer is in the course."""
        parts = (self.courses, self.hit_lookups, self.work)
        return TrainingQueries(self._store, *parts, self.answer)

    @cached_property
    def group(self) -> GroupQueries:
        """What the high-level group reads."""
        parts = (self.courses, self.figures, self.overview, self.work)
        return GroupQueries(*parts, self.answer)

    @cached_property
    def names(self) -> KnownNames:
        """The names that a question may use."""
        return KnownNames(self.rules, self._config.types)

    @cached_property
    def _explanations(self) -> ExplanationReader:
        return ExplanationReader(self._store, self.rules, self._secret)

    @cached_property
    def _severities(self) -> SeverityReader:
        return SeverityReader(self._store.client)

    @cached_property
    def _facts(self) -> FactReader:
        return FactReader(self._store)

    @cached_property
    def pairs(self) -> PairReader:
        """Which findings hold for whom."""
        return PairReader(self._store, self._facts)

    @cached_property
    def _course_reader(self) -> CourseReader:
        return CourseReader(self._store)

    @property
    def _bursts_under(self) -> partial[BurstQueries]:
        return partial(BurstQueries, self._facts, self.figures, self._severities)
