"""Turn answers with figures into what a chart draws: numbers, their texts, their links. Pure.

A chart has the same figures as the table under it, and no others.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from consumers.console.chart_parts import (
    MOST_BARS,
    Chart,
    amount_text,
    bars_of,
    group_name,
    optional_number,
    percentages,
    period_name,
    to_number,
)
from consumers.console.figure_pages import RowLinks, flow_parameters, flow_sums, largest
from consumers.console.record_links import Link
from consumers.exports.table import ColumnKind, ExportColumn
from consumers.presentation.figure_cells import cell_text
from consumers.presentation.figure_words import value_of_dimension
from consumers.query.figures.delays import Delays
from consumers.query.figures.flows import Flows
from consumers.query.figures.quality import Quality, QualityRow
from consumers.query.figures.ranking import Ranking
from consumers.query.figures.shares import ShareRow, Shares
from consumers.query.figures.totals import TotalRow, Totals
from consumers.query.figures.trends import TrendPoint, Trends
from schemas.i18n import UserMessage, _

MOST_SERIES = 6
"""Groups that a chart draws apart; more cannot be told from each other in print."""


def totals_chart(totals: Totals, links: Sequence[RowLinks], lang: str) -> Chart | None:
    """Draw totals as bars, or as stacked bars through the periods."""
    bars = [
        (row, own, to_number(_figure(row, totals)))
        for row, own in zip(totals.rows, links, strict=True)
    ]
    if totals.period == "none":
        bars.sort(key=lambda bar: -bar[2])
        return bars_of(
            [
                (
                    group_name(totals.by, row.keys, row.currency, lang),
                    value,
                    amount_text(_figure(row, totals), totals.measure, lang),
                    own["records"],
                )
                for row, own, value in bars
            ],
        )
    return _stack(totals, [(row, own, value) for row, own, value in bars if row.begins], lang)


def _stack(
    totals: Totals, bars: Sequence[tuple[TotalRow, RowLinks, float]], lang: str
) -> Chart | None:
    groups = largest((((*row.keys, row.currency), value) for row, _own, value in bars), MOST_SERIES)
    begins = sorted({row.begins for row, _own, _value in bars if row.begins})
    if not groups:
        return None
    cells = {((*row.keys, row.currency), row.begins): (row, own, value) for row, own, value in bars}
    series = []
    for group in groups:
        points = [cells.get((group, begin)) for begin in begins]
        series.append(
            {
                "name": group_name(totals.by, group[:-1], group[-1], lang),
                "values": [point[2] if point else None for point in points],
                "texts": [
                    amount_text(_figure(point[0], totals), totals.measure, lang) if point else ""
                    for point in points
                ],
                "links": [point[1]["records"] if point else "" for point in points],
            }
        )
    return {
        "kind": "stack",
        "categories": [period_name(begin.isoformat(), totals.period) for begin in begins],
        "series": series,
        "left_out": len({(*row.keys, row.currency) for row, _own, _value in bars}) - len(groups),
    }


def _figure(row: TotalRow, totals: Totals) -> Decimal | int | None:
    return row.records if totals.measure == "records" else row.amount


def trends_chart(trends: Trends, links: Sequence[RowLinks], lang: str) -> Chart | None:
    """Draw trends as lines; one group alone with the year before and the expected range."""
    rows = list(zip(trends.points, links, strict=True))
    groups = largest(
        (((*point.keys, point.currency), float(point.value)) for point, _own in rows), MOST_SERIES
    )
    if not groups:
        return None
    begins = sorted({point.begins for point, _own in rows})
    is_alone = len({(*point.keys, point.currency) for point, _own in rows}) == 1
    by_group = {
        group: [(point, own) for point, own in rows if (*point.keys, point.currency) == group]
        for group in groups
    }
    chart: Chart = {
        "kind": "trend",
        "categories": [period_name(begin.isoformat(), trends.period) for begin in begins],
        "series": [_trend_series(by_group[group], trends, lang) for group in groups],
        "left_out": len({(*point.keys, point.currency) for point, _own in rows}) - len(groups),
        "incomplete": [not point.is_complete for point, _own in by_group[groups[0]]],
        "words": {
            "before": _("a year before").in_language(lang),
            "expected": _("expected range").in_language(lang),
            "incomplete": _("not over yet").in_language(lang),
        },
    }
    if is_alone:
        points = [point for point, _own in by_group[groups[0]]]
        chart["before"] = [optional_number(point.year_before) for point in points]
        chart["low"] = [point.expected.low if point.expected else None for point in points]
        chart["high"] = [point.expected.high if point.expected else None for point in points]
    return chart


def _trend_series(rows: Sequence[tuple[TrendPoint, RowLinks]], trends: Trends, lang: str) -> Chart:
    first = rows[0][0]
    return {
        "name": group_name(trends.by, first.keys, first.currency, lang),
        "values": [float(point.value) for point, _own in rows],
        "texts": [amount_text(point.value, trends.measure, lang) for point, _own in rows],
        "links": [own["value"] for _point, own in rows],
    }


def ranking_chart(ranking: Ranking, links: Sequence[RowLinks], lang: str) -> Chart | None:
    """Draw a ranking as bars, with the former figure next to it where there is one."""
    rows = list(zip(ranking.rows, links, strict=True))[:MOST_BARS]
    chart = bars_of(
        [
            (
                group_name(ranking.by, row.keys, row.currency, lang),
                float(row.value),
                amount_text(row.value, ranking.measure, lang),
                own["value"],
            )
            for row, own in rows
        ],
        len(ranking.rows) - len(rows),
    )
    if chart and any(row.former_value is not None for row, _own in rows):
        chart["series"][0]["name"] = _("now").in_language(lang)
        chart["series"].append(
            {
                "name": _("before").in_language(lang),
                "values": [optional_number(row.former_value) for row, _own in rows],
                "texts": [
                    amount_text(row.former_value, ranking.measure, lang) for row, _own in rows
                ],
                "links": [own["former_value"] for _row, own in rows],
            }
        )
    return chart


def delays_chart(delays: Delays, links: Sequence[RowLinks], lang: str) -> Chart | None:
    """Draw how delays are spread: from a tenth to nine tenths, with quarters and the middle."""
    rows = list(zip(delays.rows, links, strict=True))[:MOST_BARS]
    if not rows:
        return None
    days = ExportColumn("days", "", ColumnKind.FIGURE)
    return {
        "kind": "spread",
        "categories": [
            " · ".join(
                filter(
                    None,
                    [
                        period_name(row.begins.isoformat(), delays.period) if row.begins else "",
                        group_name(delays.by, row.keys, "", lang),
                    ],
                )
            )
            for row, _own in rows
        ],
        "boxes": [[row.p10, row.p25, row.median, row.p75, row.p90] for row, _own in rows],
        "texts": [cell_text(row.median, days, lang) for row, _own in rows],
        "links": [own["records"] for _row, own in rows],
        "words": spread_words(lang),
        "left_out": len(delays.rows) - len(rows),
    }


def spread_words(lang: str) -> Chart:
    """Name the unit and the parts of a spread."""
    parts = (_("a tenth"), _("a quarter"), _("half"), _("three quarters"), _("nine tenths"))
    return {
        "unit": _("days").in_language(lang),
        "spread": [part.in_language(lang) for part in parts],
    }


def quality_chart(quality: Quality, links: Sequence[RowLinks], lang: str) -> Chart | None:
    """Draw how complete the records of each authority are, in per cent."""
    parts = (
        ("with_date", _("day known"), "records"),
        ("with_place", _("place known"), "records"),
        ("usable", _("usable"), "measured"),
        ("coded", _("with code"), "measured"),
    )
    return _parts_by_authority(quality.rows, links, parts, lang)


def shares_chart(shares: Shares, links: Sequence[RowLinks], lang: str) -> Chart | None:
    """Draw which share of each authority's records is in findings, in per cent."""
    parts = (
        ("in_findings", _("in findings"), "records"),
        ("in_certain", _("certain ones"), "records"),
    )
    return _parts_by_authority(shares.rows, links, parts, lang)


def _parts_by_authority(
    rows: Sequence[QualityRow | ShareRow],
    links: Sequence[RowLinks],
    parts: Sequence[tuple[str, UserMessage, str]],
    lang: str,
) -> Chart | None:
    """Draw parts in per cent. `parts`: the field of a row, its heading, the field of its whole."""
    drawn = list(zip(rows, links, strict=True))[:MOST_BARS]
    if not drawn:
        return None
    return {
        "kind": "bars",
        "percent": True,
        "categories": [f"{row.country} {row.authority}" for row, _own in drawn],
        "series": [
            percentages(
                heading.in_language(lang),
                [(getattr(row, name), getattr(row, whole), own[name]) for row, own in drawn],
                lang,
            )
            for name, heading, whole in parts
        ],
        "left_out": len(rows) - len(drawn),
    }


def flows_chart(flows: Flows, link: Link, parameters: RowLinks, lang: str) -> Chart | None:
    """Draw flows on the map: an arrow for each pair of places.

    `parameters`: of the list of findings to which an arrow leads, but the places.
    """
    every = [(places, findings) for places, findings in flow_sums(flows).items() if all(places)]
    arrows = every[:MOST_BARS]
    if not arrows:
        return None
    return {
        "kind": "flows",
        "names": {
            code: value_of_dimension("place", code, lang)
            for places, _findings in arrows
            for code in places
        },
        "arrows": [
            {
                "from": origin,
                "to": destination,
                "value": findings,
                "link": link("/", **{**parameters, **flow_parameters(flows, origin, destination)}),
            }
            for (origin, destination), findings in arrows
        ],
        "left_out": len(every) - len(arrows),
    }
