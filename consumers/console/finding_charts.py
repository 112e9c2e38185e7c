"""Turn answers about findings, bursts and money into what a chart draws. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consumers.console.chart_parts import MOST_BARS, Chart, amount_text, bars_of
from consumers.console.figure_charts import spread_words
from consumers.console.figure_pages import RowLinks
from consumers.exports.table import ColumnKind, ExportColumn
from consumers.presentation.figure_cells import cell_text
from consumers.presentation.figure_words import measure_label, value_of_dimension
from consumers.query.bursts.burst import Burst, Bursts
from consumers.query.figures.finding_counts import FindingCounts
from consumers.query.figures.finding_delays import FindingDelays
from consumers.query.figures.money_flows import MoneyFlows
from schemas import words
from schemas.i18n import _, figure_text
from schemas.measures.rates import DOLLAR


def bursts_chart(bursts: Bursts, links: Sequence[RowLinks], lang: str) -> Chart | None:
    """Draw each burst as a bar, next to what was expected and the most that is no burst."""
    rows = list(zip(bursts.bursts, links, strict=False))[:MOST_BARS]
    if not rows:
        return None
    count, figure = (
        ExportColumn("n", "", ColumnKind.COUNT),
        ExportColumn("n", "", ColumnKind.FIGURE),
    )
    parts = (
        (measure_label("records", lang), [burst.count for burst, _own in rows], count),
        (_("expected").in_language(lang), [burst.expected for burst, _own in rows], figure),
        (_("at most").in_language(lang), [burst.bound for burst, _own in rows], count),
    )
    return {
        "kind": "bars",
        "categories": [burst_name(burst, lang) for burst, _own in rows],
        "series": [
            {
                "name": name,
                "values": values,
                "texts": [cell_text(value, column, lang) for value in values],
                "links": [own["count"] for _burst, own in rows],
            }
            for name, values, column in parts
        ],
        "left_out": len(bursts.bursts) - len(rows),
    }


def burst_name(burst: Burst, lang: str) -> str:
    """Name a burst by its place, its type and its first day."""
    place = value_of_dimension(burst.dimension, burst.place, lang)
    return f"{place} · {words.event_type(burst.type, lang)} · {burst.first_day.isoformat()}"


def money_flows_chart(flows: MoneyFlows, links: Sequence[RowLinks], lang: str) -> Chart | None:
    """Draw flows of money as bars, the largest of dollars first."""
    rows = [
        (row, own)
        for row, own in zip(flows.rows, links, strict=True)
        if row.amount and row.currency == DOLLAR
    ]
    return bars_of(
        [
            (
                f"{_country(row.origin, lang)} → {_country(row.destination, lang)}",
                float(row.amount),
                amount_text(row.amount, "usd", lang),
                own["amount"],
            )
            for row, own in rows
        ]
    )


def _country(code: str, lang: str) -> str:
    return value_of_dimension("place", code, lang)


def finding_counts_chart(
    counts: FindingCounts, links: Sequence[RowLinks], titles: Mapping[str, str], lang: str
) -> Chart | None:
    """Draw how many certain and possible findings each rule has, the most first."""
    rows = [(row, own) for row, own in zip(counts.rows, links, strict=True) if row.open]
    rows.sort(key=lambda pair: -pair[0].open)
    shown = rows[:MOST_BARS]
    if not shown:
        return None
    column = ExportColumn("n", "", ColumnKind.COUNT)
    return {
        "kind": "bars",
        "categories": [titles.get(row.rule, row.rule) for row, _own in shown],
        "series": [
            {
                "name": heading.in_language(lang),
                "values": [getattr(row, name) for row, _own in shown],
                "texts": [cell_text(getattr(row, name), column, lang) for row, _own in shown],
                "links": [own[name] for _row, own in shown],
            }
            for name, heading in (("certain", _("certain ones")), ("possible", _("possible ones")))
        ],
        "left_out": len(rows) - len(shown),
    }


def finding_delays_chart(
    delays: FindingDelays, titles: Mapping[str, str], lang: str
) -> Chart | None:
    """Draw how the delays of each rule's findings are spread."""
    known = [row for row in delays.rows if row.median is not None]
    rows = known[:MOST_BARS]
    if not rows:
        return None
    days = ExportColumn("days", "", ColumnKind.FIGURE)
    return {
        "kind": "spread",
        "categories": [titles.get(row.rule, row.rule) for row in rows],
        "boxes": [[row.p10, row.p25, row.median, row.p75, row.p90] for row in rows],
        "texts": [cell_text(row.median, days, lang) for row in rows],
        "links": ["" for _row in rows],
        "words": spread_words(lang),
        "left_out": len(known) - len(rows),
    }


def burst_weeks_chart(burst: Burst, records: str, lang: str) -> Chart:
    """Draw the weeks of a burst next to what was expected. `records`: the address of its list."""
    return {
        "kind": "bars",
        "categories": [week.begins.isoformat() for week in burst.weeks],
        "series": [
            {
                "name": name,
                "values": values,
                "texts": [figure_text(value, lang) for value in values],
                "links": [records for _value in values],
            }
            for name, values in (
                (measure_label("records", lang), [week.records for week in burst.weeks]),
                (
                    _("expected").in_language(lang),
                    [round(week.expected, 1) for week in burst.weeks],
                ),
                (_("at most").in_language(lang), [week.bound for week in burst.weeks]),
            )
        ],
        "left_out": 0,
    }
