"""Lay figures out as tables: one layout for the terminal and for every file. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from consumers.exports.table import Cell, ColumnKind, ExportColumn, ExportTable
from consumers.presentation.figure_words import (
    delay_label,
    dimension_label,
    marking_lines,
    measure_label,
    moment_label,
)
from consumers.query.figures.delays import Delays
from consumers.query.figures.flows import Flows
from consumers.query.figures.marking import FigureMarking
from consumers.query.figures.quality import Quality
from consumers.query.figures.ranking import Ranking
from consumers.query.figures.shares import Shares
from consumers.query.figures.totals import TotalRow, Totals
from consumers.query.figures.trends import TrendPoint, Trends
from schemas.i18n import UserMessage, _

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
        *_group_columns(totals.by, totals.period != "none", lang),
        *_columns_of(totals, counts, compares, lang),
    ]
    rows = [_cells(row, totals, counts, compares) for row in totals.rows]
    title = _("Totals, {measure}", measure=measure_label(totals.measure, lang))
    return _table("totals", title, columns, rows, totals, lang, notes)


def trends_table(trends: Trends, lang: str, notes: Sequence[UserMessage] = ()) -> ExportTable:
    """Lay trends out: a row for each group and period."""
    columns = [
        *_group_columns(trends.by, True, lang),
        *_value_columns(trends.measure, lang),
        ExportColumn("year_before", _("year before").in_language(lang), ColumnKind.AMOUNT),
        ExportColumn("expected_low", _("expected from").in_language(lang), ColumnKind.FIGURE),
        ExportColumn("expected_high", _("to").in_language(lang), ColumnKind.FIGURE),
        ExportColumn("signal", ""),
    ]
    rows = [
        [
            point.begins,
            *point.keys,
            *([point.currency] if trends.measure == "money" else []),
            point.value,
            point.year_before,
            point.expected.low if point.expected else None,
            point.expected.high if point.expected else None,
            _signal(point, lang),
        ]
        for point in trends.points
    ]
    title = _("Trend, {measure}", measure=measure_label(trends.measure, lang))
    return _table("trends", title, columns, rows, trends, lang, notes)


def ranking_table(ranking: Ranking, lang: str, notes: Sequence[UserMessage] = ()) -> ExportTable:
    """Lay a ranking out: a row for each place."""
    columns = [
        ExportColumn("rank", _("place").in_language(lang), ColumnKind.COUNT),
        *_group_columns(ranking.by, False, lang),
        *_value_columns(ranking.measure, lang),
        ExportColumn("former_rank", _("place before").in_language(lang), ColumnKind.COUNT),
        ExportColumn("former_value", _("before").in_language(lang), ColumnKind.AMOUNT),
    ]
    rows = [
        [
            row.rank,
            *row.keys,
            *([row.currency] if ranking.measure == "money" else []),
            row.value,
            row.former_rank,
            row.former_value,
        ]
        for row in ranking.rows
    ]
    title = _("Ranking, {measure}", measure=measure_label(ranking.measure, lang))
    return _table("ranking", title, columns, rows, ranking, lang, notes)


def delays_table(delays: Delays, lang: str, notes: Sequence[UserMessage] = ()) -> ExportTable:
    """Lay delays out, in days: a row for each group."""
    columns = [
        *_group_columns(delays.by, delays.period != "none", lang),
        ExportColumn("records", measure_label("records", lang), ColumnKind.COUNT),
        *(ExportColumn(name, name, ColumnKind.FIGURE) for name in ("p10", "p25")),
        ExportColumn("median", _("median").in_language(lang), ColumnKind.FIGURE),
        *(ExportColumn(name, name, ColumnKind.FIGURE) for name in ("p75", "p90")),
        ExportColumn("longest", _("longest").in_language(lang), ColumnKind.FIGURE),
        ExportColumn("without_order", _("negative").in_language(lang), ColumnKind.COUNT),
    ]
    rows = [
        [
            *([row.begins] if delays.period != "none" else []),
            *row.keys,
            row.records,
            *(row.p10, row.p25, row.median, row.p75, row.p90, row.longest),
            row.negative,
        ]
        for row in delays.rows
    ]
    title = _("Days, {delay}", delay=delay_label(delays.delay, lang))
    return _table("delays", title, columns, rows, delays, lang, notes)


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
    )
    columns = [
        ExportColumn(name, heading, kind, name in ("corrected", "measured"))
        for name, heading, kind in headings
    ]
    rows = [[getattr(row, column.name) for column in columns] for row in quality.rows]
    return _table("quality", _("Quality of the records"), columns, rows, quality, lang, notes)


def flows_table(flows: Flows, lang: str, notes: Sequence[UserMessage] = ()) -> ExportTable:
    """Lay flows out: a row for each rule and pair of places."""
    headings = (
        ("rule", _("rule"), ColumnKind.TEXT),
        ("origin", _("from where"), ColumnKind.TEXT),
        ("destination", _("to where"), ColumnKind.TEXT),
        ("findings", _("findings"), ColumnKind.COUNT),
        ("certain", _("certain ones"), ColumnKind.COUNT),
        ("median_days", _("median days"), ColumnKind.FIGURE),
    )
    columns = [ExportColumn(name, text.in_language(lang), kind) for name, text, kind in headings]
    rows = [[getattr(row, column.name) for column in columns] for row in flows.rows]
    return _table("flows", _("Flows between places"), columns, rows, flows, lang, notes)


def shares_table(shares: Shares, lang: str, notes: Sequence[UserMessage] = ()) -> ExportTable:
    """Lay shares out: a row for each authority."""
    columns = [
        *_group_columns(("country", "authority"), False, lang),
        ExportColumn("records", measure_label("records", lang), ColumnKind.COUNT),
        ExportColumn("in_findings", _("in findings").in_language(lang), ColumnKind.COUNT),
        ExportColumn("in_certain", _("certain ones").in_language(lang), ColumnKind.COUNT),
        ExportColumn("percent", "%", ColumnKind.FIGURE),
    ]
    rows: list[list[Cell]] = [
        [
            *(row.country, row.authority, row.records, row.in_findings, row.in_certain),
            round(100 * row.in_findings / row.records, 1),
        ]
        for row in shares.rows
    ]
    return _table("shares", _("Records in findings"), columns, rows, shares, lang, notes)


class FigureAnswer(Protocol):
    """What every answer with figures says of itself."""

    @property
    def marking(self) -> FigureMarking:
        """What the records that were counted demand."""

    @property
    def as_of(self) -> datetime | None:
        """The moment of the question; None is now."""


def _table(
    name: str,
    title: UserMessage,
    columns: Sequence[ExportColumn],
    rows: Sequence[Sequence[Cell]],
    answer: FigureAnswer,
    lang: str,
    notes: Sequence[UserMessage],
) -> ExportTable:
    return ExportTable(
        name=name,
        title=title.in_language(lang),
        columns=columns,
        rows=rows,
        notes=[*marking_lines(answer.marking, lang), *(note.in_language(lang) for note in notes)],
        stamp=stamp_of(answer.marking, answer.as_of, lang),
    )


def _value_columns(measure: str, lang: str) -> list[ExportColumn]:
    kind = ColumnKind.COUNT if measure == "records" else ColumnKind.AMOUNT
    currency = (
        [ExportColumn("currency", _("currency").in_language(lang))] if measure == "money" else []
    )
    return [*currency, ExportColumn("value", measure_label(measure, lang), kind)]


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


def _group_columns(by: Sequence[str], has_periods: bool, lang: str) -> list[ExportColumn]:
    period = ExportColumn("begins", _("period from").in_language(lang), ColumnKind.DAY)
    return [
        *([period] if has_periods else []),
        *(ExportColumn(name, dimension_label(name, lang)) for name in by),
    ]


def _columns_of(totals: Totals, counts: bool, compares: bool, lang: str) -> list[ExportColumn]:
    unit = measure_label(totals.measure, lang)
    amount = [ExportColumn("amount", unit, ColumnKind.AMOUNT)]
    former = [ExportColumn("former_amount", _("before").in_language(lang), ColumnKind.AMOUNT)]
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
        *(currency if totals.measure == "money" else []),
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
        *([row.currency] if totals.measure == "money" else []),
        row.records,
        *([row.former_records] if compares else []),
        *([] if counts else missing),
    ]
