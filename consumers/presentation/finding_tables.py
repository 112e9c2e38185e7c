"""Lay figures of findings out as tables: one layout for the terminal and for every file. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from consumers.exports.table import Cell, ColumnKind, ExportColumn, ExportTable
from consumers.presentation.figure_tables import former_columns, group_columns, lay_out
from consumers.presentation.figure_words import amount_label, finding_delay_label, measure_label
from consumers.query.figures.finding_counts import FindingCounts
from consumers.query.figures.finding_delays import FindingDelays
from consumers.query.figures.flows import Flows
from consumers.query.figures.money_flows import MoneyFlows
from consumers.query.figures.shares import Shares
from schemas.i18n import UserMessage, _

NO_TITLES: Mapping[str, str] = MappingProxyType({})
Heading = tuple[str, UserMessage, ColumnKind]


def flows_table(
    flows: Flows,
    lang: str,
    notes: Sequence[UserMessage] = (),
    titles: Mapping[str, str] = NO_TITLES,
) -> ExportTable:
    """Lay flows out: a row for each rule and pair of places. `titles`: of rules, by id."""
    headings = (
        ("rule", _("rule"), ColumnKind.TEXT),
        ("origin", _("from where"), ColumnKind.TEXT),
        ("destination", _("to where"), ColumnKind.TEXT),
        ("findings", _("findings"), ColumnKind.COUNT),
        ("certain", _("certain ones"), ColumnKind.COUNT),
        ("median_days", _("median days"), ColumnKind.FIGURE),
    )
    columns = _columns(headings, lang)
    rows: list[list[Cell]] = [
        [
            titles.get(row.rule, row.rule),
            *(getattr(row, column.name) for column in columns[1:]),
            *([row.former.findings, row.former.median_days] if row.former else []),
        ]
        for row in flows.rows
    ]
    if flows.changed_since is not None:
        columns += former_columns("findings", lang, with_median=True)
    return lay_out("flows", _("Flows between places"), columns, rows, flows, lang, notes)


def money_flows_table(
    flows: MoneyFlows, lang: str, notes: Sequence[UserMessage] = ()
) -> ExportTable:
    """Lay flows of money out: a row for each pair of countries and currency."""
    amount, before = amount_label("money", lang), _("before").in_language(lang)
    columns = [
        ExportColumn("origin", _("from where").in_language(lang)),
        ExportColumn("destination", _("to where").in_language(lang)),
        ExportColumn("currency", _("currency").in_language(lang)),
        ExportColumn("amount", amount, ColumnKind.MONEY),
        ExportColumn("records", measure_label("records", lang), ColumnKind.COUNT),
    ]
    rows: list[list[Cell]] = [
        [row.origin, row.destination, row.currency, row.amount, row.records] for row in flows.rows
    ]
    for cells, row in zip(rows, flows.rows, strict=True):
        if row.former:
            cells += [row.former.amount, row.former.records]
    if flows.changed_since is not None:
        columns.append(ExportColumn("former_amount", before, ColumnKind.MONEY))
        columns += former_columns("records", lang)
    title = _("Money between countries")
    return lay_out("money-flows", title, columns, rows, flows, lang, notes)


def finding_counts_table(
    counts: FindingCounts,
    lang: str,
    notes: Sequence[UserMessage] = (),
    titles: Mapping[str, str] = NO_TITLES,
) -> ExportTable:
    """Lay the numbers of findings out: a row for each rule. `titles`: of rules, by id."""
    headings = (
        ("rule", _("rule"), ColumnKind.TEXT),
        ("severity", _("severity by the rule"), ColumnKind.TEXT),
        ("open", _("open"), ColumnKind.COUNT),
        ("certain", _("certain ones"), ColumnKind.COUNT),
        ("possible", _("possible ones"), ColumnKind.COUNT),
        ("hubs", _("hubs"), ColumnKind.COUNT),
    )
    columns = _columns(headings, lang)
    severities = {"high": _("high"), "medium": _("medium"), "low": _("low")}
    rows: list[list[Cell]] = [
        [
            *(titles.get(row.rule, row.rule), severities[row.severity].in_language(lang)),
            *(row.open, row.certain, row.possible, row.hubs),
            *([row.former.open] if row.former else []),
        ]
        for row in counts.rows
    ]
    if counts.changed_since is not None:
        columns += former_columns("findings", lang)
    title = _("Findings by rule")
    return lay_out("finding-counts", title, columns, rows, counts, lang, notes)


def finding_delays_table(
    delays: FindingDelays,
    lang: str,
    notes: Sequence[UserMessage] = (),
    titles: Mapping[str, str] = NO_TITLES,
) -> ExportTable:
    """Lay the delays of findings out, in days: a row for each rule. `titles`: of rules, by id."""
    columns = [
        ExportColumn("rule", _("rule").in_language(lang)),
        ExportColumn("findings", _("findings").in_language(lang), ColumnKind.COUNT),
        *(ExportColumn(name, name, ColumnKind.FIGURE) for name in ("p10", "p25")),
        ExportColumn("median", _("median").in_language(lang), ColumnKind.FIGURE),
        *(ExportColumn(name, name, ColumnKind.FIGURE) for name in ("p75", "p90")),
        ExportColumn("longest", _("longest").in_language(lang), ColumnKind.FIGURE),
        ExportColumn("negative", _("negative").in_language(lang), ColumnKind.COUNT),
    ]
    rows: list[list[Cell]] = [
        [
            titles.get(row.rule, row.rule),
            *(getattr(row, column.name) for column in columns[1:]),
            *([row.former.findings, row.former.median] if row.former else []),
        ]
        for row in delays.rows
    ]
    if delays.changed_since is not None:
        columns += former_columns("findings", lang, with_median=True)
    title = _("Days, {delay}", delay=finding_delay_label(delays.delay, lang))
    return lay_out("finding-delays", title, columns, rows, delays, lang, notes)


def shares_table(shares: Shares, lang: str, notes: Sequence[UserMessage] = ()) -> ExportTable:
    """Lay shares out: a row for each authority."""
    columns = [
        *group_columns(("country", "authority"), False, lang),
        ExportColumn("records", measure_label("records", lang), ColumnKind.COUNT),
        ExportColumn("in_findings", _("in findings").in_language(lang), ColumnKind.COUNT),
        ExportColumn("in_certain", _("certain ones").in_language(lang), ColumnKind.COUNT),
        ExportColumn("percent", "%", ColumnKind.FIGURE),
    ]
    rows: list[list[Cell]] = [
        [
            *(row.country, row.authority, row.records, row.in_findings, row.in_certain),
            round(100 * row.in_findings / row.records, 1) if row.records else None,
            *([row.former.records, row.former.in_findings] if row.former else []),
        ]
        for row in shares.rows
    ]
    if shares.changed_since is not None:
        columns += [*former_columns("records", lang), *former_columns("findings", lang)]
    return lay_out("shares", _("Records in findings"), columns, rows, shares, lang, notes)


def _columns(headings: Sequence[Heading], lang: str) -> list[ExportColumn]:
    return [ExportColumn(name, text.in_language(lang), kind) for name, text, kind in headings]
