"""Lay figures out as tables: one layout for the terminal and for every file. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol, TypeVar

from consumers.exports.table import Cell, ColumnKind, ExportColumn, ExportTable
from consumers.presentation.figure_words import (
    amount_label,
    delay_label,
    dimension_label,
    marking_lines,
    measure_label,
    moment_label,
)
from consumers.query.figures.delays import Delays
from consumers.query.figures.marking import FigureMarking
from consumers.query.figures.quality import Quality
from consumers.query.figures.question import MONEY
from consumers.query.figures.ranking import RankedGroup, Ranking
from consumers.query.figures.totals import TotalRow, Totals
from consumers.query.figures.trends import TrendPoint, Trends
from schemas.i18n import UserMessage, _
from schemas.measures.rates import DOLLAR

LEFT_OUT = _("Records marked H2 may not be passed on, so they are not counted in this file.")
LEFT_OUT_FOR_COURT = _(
    "Records marked H1 may not be used in court without their owner's permission, so they are not "
    "counted in this file."
)


def totals_table(totals: Totals, lang: str, notes: Sequence[UserMessage] = ()) -> ExportTable:
    """Lay totals out. `notes`: what else must be known of them."""
    compares = any(row.former_records is not None for row in totals.rows)
    counts = totals.measure == "records"
    columns = [
        *group_columns(totals.by, totals.period != "none", lang),
        *_columns_of(totals, counts, compares, lang),
    ]
    rows = [_cells(row, totals, counts, compares) for row in totals.rows]
    title = _("Totals, {measure}", measure=measure_label(totals.measure, lang))
    unrated = _without_rate(totals.measure, totals.rows)
    return lay_out("totals", title, columns, rows, totals, lang, [*notes, *unrated])


def trends_table(trends: Trends, lang: str, notes: Sequence[UserMessage] = ()) -> ExportTable:
    """Lay trends out: a row for each group and period."""
    compares = trends.changed_since is not None
    columns = [
        *group_columns(trends.by, True, lang),
        *_value_columns(trends.measure, lang),
        *([_former_column(trends.measure, lang)] if compares else []),
        ExportColumn(
            "year_before", _("year before").in_language(lang), _amount_kind(trends.measure)
        ),
        ExportColumn("expected_low", _("expected from").in_language(lang), ColumnKind.FIGURE),
        ExportColumn("expected_high", _("to").in_language(lang), ColumnKind.FIGURE),
        ExportColumn("signal", ""),
    ]
    rows = [
        [
            point.begins,
            *point.keys,
            *([point.currency] if trends.measure in MONEY else []),
            point.value,
            *([point.former_value] if compares else []),
            point.year_before,
            point.expected.low if point.expected else None,
            point.expected.high if point.expected else None,
            _signal(point, lang),
        ]
        for point in trends.points
    ]
    title = _("Trend, {measure}", measure=measure_label(trends.measure, lang))
    unrated = _without_rate(trends.measure, trends.points)
    return lay_out("trends", title, columns, rows, trends, lang, [*notes, *unrated])


def ranking_table(ranking: Ranking, lang: str, notes: Sequence[UserMessage] = ()) -> ExportTable:
    """Lay a ranking out: a row for each place."""
    columns = [
        ExportColumn("rank", _("place").in_language(lang), ColumnKind.COUNT),
        *group_columns(ranking.by, False, lang),
        *_value_columns(ranking.measure, lang),
        ExportColumn("former_rank", _("place before").in_language(lang), ColumnKind.COUNT),
        _former_column(ranking.measure, lang),
    ]
    rows = [
        [
            row.rank,
            *row.keys,
            *([row.currency] if ranking.measure in MONEY else []),
            row.value,
            row.former_rank,
            row.former_value,
        ]
        for row in ranking.rows
    ]
    title = _("Ranking, {measure}", measure=measure_label(ranking.measure, lang))
    unrated = _without_rate(ranking.measure, ranking.rows)
    return lay_out("ranking", title, columns, rows, ranking, lang, [*notes, *unrated])


def delays_table(delays: Delays, lang: str, notes: Sequence[UserMessage] = ()) -> ExportTable:
    """Lay delays out, in days: a row for each group."""
    compares = delays.changed_since is not None
    columns = [
        *group_columns(delays.by, delays.period != "none", lang),
        ExportColumn("records", measure_label("records", lang), ColumnKind.COUNT),
        *(ExportColumn(name, name, ColumnKind.FIGURE) for name in ("p10", "p25")),
        ExportColumn("median", _("median").in_language(lang), ColumnKind.FIGURE),
        *(ExportColumn(name, name, ColumnKind.FIGURE) for name in ("p75", "p90")),
        ExportColumn("longest", _("longest").in_language(lang), ColumnKind.FIGURE),
        ExportColumn("without_order", _("negative").in_language(lang), ColumnKind.COUNT),
        *(former_columns("records", lang, with_median=True) if compares else []),
    ]
    rows: list[list[Cell]] = [
        [
            *([row.begins] if delays.period != "none" else []),
            *row.keys,
            row.records,
            *(row.p10, row.p25, row.median, row.p75, row.p90, row.longest),
            row.negative,
            *([row.former.records, row.former.median] if compares and row.former else []),
        ]
        for row in delays.rows
    ]
    title = _("Days, {delay}", delay=delay_label(delays.delay, lang))
    return lay_out("delays", title, columns, rows, delays, lang, notes)


def quality_table(quality: Quality, lang: str, notes: Sequence[UserMessage] = ()) -> ExportTable:
    """Lay the quality of records out: a row for each authority."""
    headings = (
        ("country", dimension_label("country", lang), ColumnKind.TEXT),
        ("authority", dimension_label("authority", lang), ColumnKind.TEXT),
        ("records", measure_label("records", lang), ColumnKind.COUNT),
        ("corrected", _("corrected").in_language(lang), ColumnKind.COUNT),
        ("with_date", _("day known").in_language(lang), ColumnKind.COUNT),
        ("with_place", _("place known").in_language(lang), ColumnKind.COUNT),
        ("measured", _("amounts").in_language(lang), ColumnKind.COUNT),
        ("usable", _("usable").in_language(lang), ColumnKind.COUNT),
        ("coded", _("with code").in_language(lang), ColumnKind.COUNT),
        ("median_days", _("median days").in_language(lang), ColumnKind.FIGURE),
        ("p90_days", _("p90 days").in_language(lang), ColumnKind.FIGURE),
        ("refused", _("refused").in_language(lang), ColumnKind.COUNT),
    )
    columns = [
        ExportColumn(name, heading, kind, name in ("corrected", "measured"))
        for name, heading, kind in headings
    ]
    rows: list[list[Cell]] = [
        [
            *(getattr(row, column.name) for column in columns),
            *([row.former.records, row.former.median_days] if row.former else []),
        ]
        for row in quality.rows
    ]
    if quality.changed_since is not None:
        columns += former_columns("records", lang, with_median=True)
    return lay_out("quality", _("Quality of the records"), columns, rows, quality, lang, notes)


class FigureAnswer(Protocol):
    """What every answer with figures says of itself."""

    @property
    def marking(self) -> FigureMarking:
        """What the records that were counted demand."""

    @property
    def as_of(self) -> datetime | None:
        """The moment of the question; None is now."""


Answer = TypeVar("Answer", bound=FigureAnswer)
LayOut = Callable[[Answer, str, Sequence[UserMessage]], ExportTable]
"""(answer, language, notes) → its table."""


def dated(answer: Answer, now: datetime) -> Answer:
    """Return an answer that names its moment, for a file: "now" says nothing later."""
    return answer if answer.as_of else replace(answer, as_of=now)  # type: ignore[type-var]


def lay_out(
    name: str,
    title: UserMessage,
    columns: Sequence[ExportColumn],
    rows: Sequence[Sequence[Cell]],
    answer: FigureAnswer,
    lang: str,
    notes: Sequence[UserMessage],
) -> ExportTable:
    """Return a table with its title, its notes and markings, and what each row of a file says."""
    return ExportTable(
        name=name,
        title=title.in_language(lang),
        columns=columns,
        rows=rows,
        notes=[*marking_lines(answer.marking, lang), *(note.in_language(lang) for note in notes)],
        stamp=stamp_of(answer.marking, answer.as_of, lang),
    )


def former_columns(name: str, lang: str, with_median: bool = False) -> list[ExportColumn]:
    """Return the columns of a former moment: how many there were, and their median in days."""
    headings = {"records": _("records before"), "findings": _("findings before")}
    heading = headings[name].in_language(lang)
    median = ExportColumn("former_median", _("median before").in_language(lang), ColumnKind.FIGURE)
    count = ExportColumn(f"former_{name}", heading, ColumnKind.COUNT)
    return [count, *([median] if with_median else [])]


def _value_columns(measure: str, lang: str) -> list[ExportColumn]:
    kind = ColumnKind.COUNT if measure == "records" else _amount_kind(measure)
    currency = (
        [ExportColumn("currency", _("currency").in_language(lang))] if measure in MONEY else []
    )
    return [*currency, ExportColumn("value", amount_label(measure, lang), kind)]


def _amount_kind(measure: str) -> ColumnKind:
    return ColumnKind.MONEY if measure in MONEY else ColumnKind.AMOUNT


def _former_column(measure: str, lang: str) -> ExportColumn:
    return ExportColumn("former_value", _("before").in_language(lang), _amount_kind(measure))


def _without_rate(
    measure: str, rows: Iterable[TotalRow | TrendPoint | RankedGroup]
) -> list[UserMessage]:
    """Say which money has no dollars: that of these currencies."""
    currencies = {row.currency for row in rows} - {"", DOLLAR}
    if measure != "usd" or not currencies:
        return []
    return [
        _(
            "Money without a rate for its day stays in its currency: {currencies}.",
            currencies=", ".join(sorted(currencies)),
        )
    ]


def _signal(point: TrendPoint, lang: str) -> str:
    """Say in a word whether the figure is outside of what was expected."""
    if not point.is_complete:
        return _("not over yet").in_language(lang)
    if point.expected is None or point.expected.low <= point.value <= point.expected.high:
        return ""
    is_high = point.value > point.expected.high
    return (_("more") if is_high else _("fewer")).in_language(lang)


def stamp_of(
    marking: FigureMarking, as_of: datetime | None, lang: str
) -> list[tuple[ExportColumn, str]]:
    """Return what stands in every row of a file: the moment, the TLP and the markings."""
    return [
        (ExportColumn("as_of", _("moment").in_language(lang)), moment_label(as_of, lang)),
        (ExportColumn("tlp", "TLP"), marking.tlp),
        (ExportColumn("markings", _("markings").in_language(lang)), " | ".join(marking.markings)),
    ]


def group_columns(by: Sequence[str], has_periods: bool, lang: str) -> list[ExportColumn]:
    """Return the columns of the period, if any, and of each name by which figures are grouped."""
    period = ExportColumn("begins", _("period from").in_language(lang), ColumnKind.DAY)
    return [
        *([period] if has_periods else []),
        *(ExportColumn(name, dimension_label(name, lang)) for name in by),
    ]


def _columns_of(totals: Totals, counts: bool, compares: bool, lang: str) -> list[ExportColumn]:
    unit = amount_label(totals.measure, lang)
    kind = _amount_kind(totals.measure)
    amount = [ExportColumn("amount", unit, kind)]
    former = [ExportColumn("former_amount", _("before").in_language(lang), kind)]
    former_records = ExportColumn(
        "former_records", _("records before").in_language(lang), ColumnKind.COUNT
    )
    currency = [ExportColumn("currency", _("currency").in_language(lang))]
    missing = [
        ExportColumn(name, heading.in_language(lang), ColumnKind.COUNT)
        for name, heading in (
            ("without_amount", _("no amount")),
            ("without_unit", _("no unit")),
            ("without_code", _("no code")),
        )
    ]
    return [
        *([] if counts else [*amount, *(former if compares else [])]),
        *(currency if totals.measure in MONEY else []),
        ExportColumn("records", measure_label("records", lang), ColumnKind.COUNT),
        *([former_records] if compares else []),
        *([] if counts else missing),
    ]


def _cells(row: TotalRow, totals: Totals, counts: bool, compares: bool) -> list[Cell]:
    amounts: list[Cell] = [row.amount, *([row.former_amount] if compares else [])]
    missing: list[Cell] = [row.without_amount, row.without_unit, row.without_code]
    return [
        *([row.begins] if totals.period != "none" else []),
        *row.keys,
        *([] if counts else amounts),
        *([row.currency] if totals.measure in MONEY else []),
        row.records,
        *([row.former_records] if compares else []),
        *([] if counts else missing),
    ]
