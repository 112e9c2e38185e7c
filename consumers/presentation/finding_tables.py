"""Lay figures of findings out as tables: one layout for the terminal and for every file. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from consumers.exports.table import Cell, ColumnKind, ExportColumn, ExportTable
from consumers.presentation.figure_tables import group_columns, lay_out
from consumers.presentation.figure_words import measure_label
from consumers.query.figures.flows import Flows
from consumers.query.figures.shares import Shares
from schemas.i18n import UserMessage, _

NO_TITLES: Mapping[str, str] = MappingProxyType({})


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
    columns = [ExportColumn(name, text.in_language(lang), kind) for name, text, kind in headings]
    rows = [
        [titles.get(row.rule, row.rule), *(getattr(row, column.name) for column in columns[1:])]
        for row in flows.rows
    ]
    return lay_out("flows", _("Flows between places"), columns, rows, flows, lang, notes)


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
            round(100 * row.in_findings / row.records, 1),
        ]
        for row in shares.rows
    ]
    return lay_out("shares", _("Records in findings"), columns, rows, shares, lang, notes)
