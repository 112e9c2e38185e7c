"""Shape an answer with figures for its page: a table whose figures lead to what they count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, NamedTuple

from consumers.console.record_links import Link, RecordLinks
from consumers.console.view_models import UNKNOWN_PLACE
from consumers.exports.table import ColumnKind, ExportColumn, ExportTable
from consumers.presentation.figure_cells import cell_text
from consumers.presentation.figure_words import value_of_dimension
from consumers.query.figures.delays import Delays
from consumers.query.figures.flows import Flows
from consumers.query.figures.periods import Period, period_begin, period_number, year_before
from consumers.query.figures.quality import Quality
from consumers.query.figures.ranking import Ranking, RankingQuestion
from consumers.query.figures.records import FigureGroup
from consumers.query.figures.shares import Shares
from consumers.query.figures.totals import Totals
from consumers.query.figures.trends import Trends
from consumers.query.views import EPOCH, to_datetime
from schemas.i18n import _, figure_text

RowLinks = dict[str, str]
"""Addresses by the name of the column."""
SPREAD = ("p10", "p25", "median", "p75", "p90", "longest")
WIDEST_MATRIX = 8
"""Columns that fit next to the map."""
QUALITY_PARTS = ("corrected", "with_date", "with_place", "measured", "usable", "coded")
LACKS = {"without_amount": "no_amount", "without_unit": "no_unit", "without_code": "no_code"}


class PageColumn(NamedTuple):
    """A column of a page's table. `is_day`: of days, which are never broken."""

    name: str
    heading: str
    is_number: bool
    is_day: bool = False


class PageCell(NamedTuple):
    """A cell of a page's table. `link`: to what it counts; empty for what counts nothing."""

    text: str
    link: str


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table as a page shows it."""

    columns: Sequence[PageColumn]
    rows: Sequence[Sequence[PageCell]]


def to_page_table(table: ExportTable, links: Sequence[RowLinks], lang: str) -> PageTable:
    """Return a table for a page. `links`: of each row.

    Columns that say nothing are left out, and details, which files have.
    """
    places = [place for place in range(len(table.columns)) if _says_something(table, place)]
    columns = [table.columns[place] for place in places]
    return PageTable(
        [_heading(column) for column in columns],
        [
            [
                PageCell(
                    cell_text(row[place], column, lang),
                    own.get(column.name, "") if row[place] else "",
                )
                for place, column in zip(places, columns, strict=True)
            ]
            for row, own in zip(table.rows, links, strict=True)
        ],
    )


_TEXTS = (ColumnKind.TEXT, ColumnKind.DAY)


def _heading(column: ExportColumn) -> PageColumn:
    is_number, is_day = column.kind not in _TEXTS, column.kind is ColumnKind.DAY
    return PageColumn(column.name, column.heading, is_number, is_day)


def _says_something(table: ExportTable, place: int) -> bool:
    if table.columns[place].is_detail:
        return False
    is_missing = table.columns[place].name.startswith("without_")
    return not is_missing or any(row[place] for row in table.rows)


def totals_links(totals: Totals, links: RecordLinks, changed_since: int | None) -> list[RowLinks]:
    """Return the links of the rows of totals. `changed_since`: the moment compared with."""
    former = links.as_known(changed_since)
    rows = []
    for row in totals.rows:
        group = FigureGroup(tuple(row.keys), row.begins, row.currency)
        now = links.of_group(group)
        then = links.of_group(group, **former)
        lacks = {name: links.of_group(group, part=part) for name, part in LACKS.items()}
        rows.append(
            {"amount": now, "records": now, "former_amount": then, "former_records": then, **lacks}
        )
    return rows


def trends_links(trends: Trends, links: RecordLinks, changed_since: int | None) -> list[RowLinks]:
    """Return the links of the rows of trends. Whole periods count, so the first day is left out."""
    former = links.as_known(changed_since)
    rows = []
    for point in trends.points:
        group = FigureGroup(tuple(point.keys), point.begins, point.currency)
        before = FigureGroup(group.keys, year_earlier(point.begins, trends.period), group.currency)
        rows.append(
            {
                "value": links.of_group(group, since=""),
                "former_value": links.of_group(group, since="", **former),
                "year_before": ""
                if point.year_before is None
                else links.of_group(before, since="", until=""),
            }
        )
    return rows


def year_earlier(begins: date, period: Period) -> date | None:
    """Return the first day of the same period a year before."""
    number = period_number(
        EPOCH.replace(year=begins.year, month=begins.month, day=begins.day), period
    )
    return None if number is None else period_begin(year_before(number, period), period)


def ranking_links(
    ranking: Ranking, links: RecordLinks, question: RankingQuestion
) -> list[RowLinks]:
    """Return the links of the rows of a ranking."""
    former = _former_span(question)
    if question.changed_since is not None:
        former = links.as_known(question.changed_since)
    rows = []
    for row in ranking.rows:
        group = FigureGroup(tuple(row.keys), None, row.currency)
        then = links.of_group(group, **former) if row.former_value is not None else ""
        trend = {ranking.by[0]: links.trend_of_group(ranking.by, row.keys)}
        rows.append({"value": links.of_group(group), "former_value": then, **trend})
    return rows


def _former_span(question: RankingQuestion) -> dict[str, str]:
    former = question.former
    if former is None or former.since is None or former.until is None:
        return {}
    last = to_datetime(former.until).date() - timedelta(days=1)
    return {"since": to_datetime(former.since).date().isoformat(), "until": last.isoformat()}


def delays_links(delays: Delays, links: RecordLinks) -> list[RowLinks]:
    """Return the links of the rows of delays."""
    rows = []
    for row in delays.rows:
        group = FigureGroup(tuple(row.keys), row.begins)
        of_row = links.of_group(group)
        wrong = links.of_group(group, part="out_of_order")
        rows.append({"records": of_row, **dict.fromkeys(SPREAD, of_row), "without_order": wrong})
    return rows


def quality_links(quality: Quality, links: RecordLinks) -> list[RowLinks]:
    """Return the links of the rows of the quality of records."""
    rows = []
    for row in quality.rows:
        group = FigureGroup((row.country, row.authority))
        parts = {part: links.of_group(group, part=part) for part in QUALITY_PARTS}
        every = links.of_group(group)
        rows.append({"records": every, "median_days": every, "p90_days": every, **parts})
    return rows


def shares_links(shares: Shares, links: RecordLinks) -> list[RowLinks]:
    """Return the links of the rows of shares."""
    rows = []
    for row in shares.rows:
        group = FigureGroup((row.country, row.authority))
        in_findings = links.of_group(group, finding="any")
        rows.append(
            {
                "records": links.of_group(group),
                "in_findings": in_findings,
                "percent": in_findings,
                "in_certain": links.of_group(group, finding="certain"),
            }
        )
    return rows


def flows_links(flows: Flows, link: Link, grade: str) -> list[RowLinks]:
    """Return the links of the rows of flows: to the lists of findings that they count."""
    rows = []
    for row in flows.rows:
        own = {"rule": row.rule, **flow_parameters(flows, row.origin, row.destination)}
        rows.append(
            {
                "findings": link("/", grade=grade, **own),
                "certain": link("/", grade="certain", **own),
            }
        )
    return rows


def flow_parameters(flows: Flows, origin: str, destination: str) -> dict[str, str]:
    """Write a pair of places as the parameters of the list of findings."""
    return {
        "level": flows.level,
        "origin": origin or UNKNOWN_PLACE,
        "destination": destination or UNKNOWN_PLACE,
    }


def flow_sums(flows: Flows) -> dict[tuple[str, str], int]:
    """Return how many findings lead from place to place, by any of the rules, the largest first."""
    sums: dict[tuple[str, str], int] = {}
    for row in flows.rows:
        places = row.origin, row.destination
        sums[places] = sums.get(places, 0) + row.findings
    return dict(sorted(sums.items(), key=lambda flow: (-flow[1], flow[0])))


def flow_matrix(flows: Flows, link: Link, parameters: RowLinks, lang: str) -> PageTable | None:
    """Lay flows out as a matrix: from where in the rows, to where in the columns.

    `parameters`: of the list of findings, but the places. None where there are too many places.
    """
    sums = flow_sums(flows)
    origins = sorted({origin for origin, _destination in sums})
    destinations = sorted({destination for _origin, destination in sums})
    if not sums or len(destinations) > WIDEST_MATRIX:
        return None
    name = partial(value_of_dimension, "place", lang=lang)
    corner = PageColumn("origin", _("from where ↓ to where →").in_language(lang), False)
    rows = [
        [
            PageCell(name(origin), ""),
            *(
                PageCell(
                    figure_text(sums[origin, destination], lang),
                    link("/", **{**parameters, **flow_parameters(flows, origin, destination)}),
                )
                if (origin, destination) in sums
                else PageCell("", "")
                for destination in destinations
            ),
        ]
        for origin in origins
    ]
    return PageTable([corner, *(PageColumn(code, name(code), True) for code in destinations)], rows)


def largest(values: Iterable[tuple[Any, float]], most: int) -> list[Any]:
    """Return the `most` keys with the largest sums, the largest first."""
    sums: dict[Any, float] = {}
    for key, value in values:
        sums[key] = sums.get(key, 0.0) + value
    return sorted(sums, key=lambda key: (-sums[key], key))[:most]
