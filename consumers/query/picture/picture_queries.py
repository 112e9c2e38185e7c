"""Answer with the risk picture, for one reader as of one moment.

It counts released labels in the store and folds released evidence, as every other figure does. So
a record that is hidden from the reader changes nothing in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from consumers.query.answer_context import AnswerContext
from consumers.query.bursts.burst import Burst
from consumers.query.bursts.burst_queries import BurstQueries
from consumers.query.dates import check_former
from consumers.query.figures.fact_reader import FactReader
from consumers.query.figures.figure_queries import Asker, FigureQueries, labels_of
from consumers.query.figures.marking import FigureMarking, reading
from consumers.query.figures.question import FactFilter, Grouping
from consumers.query.figures.themes import themes
from consumers.query.figures.totals import TotalsQuestion
from consumers.query.known_names import KnownNames, check_theme
from consumers.query.picture.burst_cells import bursts_by_cell
from consumers.query.picture.cells import Counted, beside_former_cells, make_cells
from consumers.query.picture.finding_tallies import count_findings, read_event_facts
from consumers.query.picture.formula import Formula, QuantityRule, read_formula
from consumers.query.picture.picture import Picture, PictureCell, PictureQuestion
from consumers.query.picture.places import chosen_places
from consumers.query.picture.tallies import RECORD_KEYS, Cell, RecordKeys, Tallies
from consumers.query.picture.window import Window, window_of
from consumers.query.store_reader import StoreReader
from consumers.query.views import to_datetime_or_none
from infra.clock import now_ms
from schemas.measures.rates import RateHistory
from schemas.model import Reader, Use
from schemas.release.rules import combine_labels, sees_content
from streams.correlation.assess import Indicator

Row = dict[str, Any]
EVENT_KEYS = ("theme", "crossing")
QUANTITY_KEYS = ("subdivision", "crossing")
"""By what the quantity of a theme is added up."""
DOLLARS = "USD"


class PicturePart(NamedTuple):
    """The picture of one moment, with the labels of its records and the findings in it."""

    cells: list[PictureCell]
    labels: set[int]
    findings: list[Indicator]


class PictureQueries(FigureQueries):
    """The question of the risk picture over one generation's database, one answer at a time."""

    def __init__(
        self,
        facts: FactReader,
        names: KnownNames,
        answer: AnswerContext,
        rates: RateHistory,
        store: StoreReader,
        bursts: BurstQueries,
    ) -> None:
        """`store`: folds evidence; `bursts`: finds bursts; the rest as of FigureQueries."""
        super().__init__(facts, names, answer, rates)
        self._store = store
        self._bursts = bursts
        self._formula: Formula = read_formula()

    def picture(
        self,
        reader: Reader,
        question: PictureQuestion,
        as_of: int | None = None,
        use: Use = reading,
    ) -> Picture:
        """Return the level of each theme at each place.

        Raises UnknownNameError for a theme, country or place that the picture does not have,
        DatesRefusedError for a moment to compare with that has not passed, and what
        clickhouse-driver raises.
        """
        check_theme(question.theme)
        check_former(question.changed_since, as_of)
        chosen_places(question.country.upper(), question.place)
        asker = self.open_question("picture", reader, as_of, use)
        bursts, of_bursts = self._newest_bursts(asker, question)
        cells, labels, named = self._part(asker, question, bursts)
        labels |= of_bursts
        if question.changed_since is not None:
            past = asker._replace(counted=asker.scope(question.changed_since))
            then = self._part(past, question, {})
            cells = beside_former_cells(cells, then.cells)
            labels, named = labels | then.labels, [*named, *then.findings]
        window = self._window(question, as_of)
        return Picture(
            as_of=to_datetime_or_none(as_of),
            changed_since=to_datetime_or_none(question.changed_since),
            since=window.since,
            last_day=window.last_day,
            reading=self._formula.reading,
            shown_to=_name_reader(reader),
            exercise=reader.exercise,
            marking=self._mark(asker, labels, named, question),
            cells=cells,
        )

    def _window(self, question: PictureQuestion, as_of: int | None) -> Window:
        moment = now_ms() if as_of is None else as_of
        return window_of(moment, self._formula.months, question.until)

    def _part(
        self, asker: Asker, question: PictureQuestion, bursts: Mapping[Cell, Burst]
    ) -> PicturePart:
        """Count and make the cells of one moment. `bursts`: that drive cells."""
        as_of = asker.counted.as_of
        places = chosen_places(question.country.upper(), question.place)
        window = self._window(question, as_of)
        countries = frozenset(code for place in places for code in place.countries)
        tallies, labels = self._count(asker, question.theme, window, countries)
        indicators = self._indicators(asker, window)
        events = self._events(asker, window) if indicators else []
        findings = count_findings(indicators, read_event_facts(events), window)
        shown = self._shown_cells(question)
        named = [
            finding
            for cell, tally in findings.items()
            if cell in shown
            for finding in tally.strongest.values()
        ]
        moment = to_datetime_or_none(as_of)
        counted = Counted(tallies, findings, bursts, window, moment.isoformat() if moment else "")
        cells = make_cells(places, self._themes(question), counted, self._formula)
        return PicturePart(cells, labels, named)

    def _shown_cells(self, question: PictureQuestion) -> set[Cell]:
        places = chosen_places(question.country.upper(), question.place)
        return {(place.code, theme) for place in places for theme in self._themes(question)}

    @staticmethod
    def _themes(question: PictureQuestion) -> Sequence[str]:
        return [question.theme] if question.theme else themes()

    def _newest_bursts(
        self, asker: Asker, question: PictureQuestion
    ) -> tuple[dict[Cell, Burst], set[int]]:
        """Return the bursts of the newest month that drive a cell, and the labels they rest on."""
        window = self._window(question, asker.counted.as_of)
        newest_month = window.month_bounds[1]
        filter_ = FactFilter(
            place=question.country.upper(), since=newest_month, until=window.bounds[0]
        )
        ruled = self._bursts.of_open_question(asker, filter_)
        shown = self._shown_cells(question)
        driving = {
            cell: burst
            for cell, burst in bursts_by_cell(burst for burst, _labels in ruled).items()
            if cell in shown
        }
        asker.disclosed.add_records(
            record for burst in driving.values() for record in burst.evidence
        )
        chosen = set(map(id, driving.values()))
        return driving, {id_ for burst, own in ruled if id(burst) in chosen for id_ in own}

    def _count(
        self, asker: Asker, theme: str, window: Window, countries: frozenset[str]
    ) -> tuple[Tallies, set[int]]:
        """Return what the facts of these countries say, and the labels of what was counted."""
        tallies = Tallies()
        records = [
            row
            for row in self._records(asker, theme, window)
            if RecordKeys(*row["keys"]).belongs_to in countries
        ]
        tallies.add_records(records, window.months)
        labels = labels_of(records)
        for rule in self._formula.quantities.values():
            if theme in ("", rule.theme):
                rows = self._quantity(asker, rule, window, countries)
                tallies.add_quantities(rule.theme, rows)
                labels |= labels_of(rows)
        return tallies, labels

    def _records(self, asker: Asker, theme: str, window: Window) -> list[Row]:
        """Ask queries/picture_records.sql: incidents by RECORD_KEYS and month."""
        parameters = {
            "bounds": window.month_bounds,
            "no_statuses": self._formula.no_statuses,
            "of_record": 1,
        }
        filter_ = FactFilter(theme=theme, without_types=tuple(self._formula.no_types))
        scope, grouping = asker.scope(asker.counted.as_of), Grouping(RECORD_KEYS)
        return self._facts.ask("picture_records", scope, filter_, grouping, parameters)

    def _quantity(
        self, asker: Asker, rule: QuantityRule, window: Window, countries: frozenset[str]
    ) -> list[Row]:
        """Ask for the quantity of a theme by subdivision and crossing; of money, in dollars."""
        end, begin = window.bounds
        filter_ = FactFilter(type=rule.filter.type, where=rule.filter.where, since=begin, until=end)
        question = TotalsQuestion(rule.measure, Grouping(QUANTITY_KEYS), filter_)
        rows = self._totals(asker, question, asker.counted.as_of)
        return [
            row
            for row in rows
            if (rule.measure != "usd" or row["currency_of"] == DOLLARS)
            and (row["keys"][0][:2] in countries or row["keys"][1])
        ]

    def _indicators(self, asker: Asker, window: Window) -> list[Indicator]:
        """Return the live indicators of the window, computed from records that may be counted."""
        entitled = asker.entitled
        if not sees_content(entitled):
            return []
        end, begin = window.bounds
        as_of = asker.counted.as_of
        return [
            indicator
            for indicator in self._store.indicators_in_span(begin, end, entitled, as_of)
            if indicator.status == "live"
        ]

    def _events(self, asker: Asker, window: Window) -> list[Row]:
        """Ask which theme, crossing and date the records of findings have."""
        end, begin = window.bounds
        parameters = {"span_since": begin, "span_until": end, "of_record": 1}
        scope, grouping = asker.scope(asker.counted.as_of), Grouping(EVENT_KEYS)
        return self._facts.ask("picture_events", scope, FactFilter(), grouping, parameters)

    def _mark(
        self,
        asker: Asker,
        labels: set[int],
        findings: Iterable[Indicator],
        question: PictureQuestion,
    ) -> FigureMarking:
        """Return the strictest marking of everything that was counted, and disclose it."""
        marking = self.close_question(asker, labels, asdict(question))
        members = [member for finding in findings for member in finding.evidence]
        if not members:
            return marking
        every = {asker.counted.labels[id_] for id_ in labels}
        every |= {member.label for member in members}
        markings = {*marking.markings, *(code for member in members for code in member.markings)}
        whole = FigureMarking(combine_labels(every).tlp, sorted(markings))
        asker.disclosed.add_figures(whole.tlp, whole.markings)
        return whole


def _name_reader(reader: Reader) -> str:
    """Say who asked, and as whom: ana.rojas, CO/PONAL, analyst, AMBER, investigation."""
    owner = f"{reader.country}/{reader.authority}" if reader.authority else reader.country
    parts = [reader.person, owner, "+".join(sorted(reader.roles)), reader.clearance]
    return " · ".join([*parts, *([reader.purpose] if reader.purpose else [])])
