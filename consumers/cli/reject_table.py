"""Lay rejects out as a table for a file. They hold no content, so they bear no marking. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from consumers.exports.table import Cell, ColumnKind, ExportColumn, StreamedTable
from consumers.maintenance.rejects import Reject
from consumers.presentation.figure_words import moment_label
from consumers.query.views import to_datetime
from schemas.i18n import _
from schemas.words import message

NAMES = (
    *("what", "node", "verdict", "code", "message", "detail", "recorded_at", "position", "cord"),
    *("sequence", "item", "id", "retry_path"),
)
KINDS = {
    "recorded_at": ColumnKind.MOMENT,
    "sequence": ColumnKind.COUNT,
    "item": ColumnKind.COUNT,
}


def rejects_table(rejects: Iterable[Reject], at: datetime, lang: str) -> StreamedTable:
    """Lay rejects out: a row for each. `at`: the moment of the question."""

    def row(reject: Reject) -> list[Cell]:
        field = reject.detail if reject.what == "item" else ""
        return [
            *(reject.what, reject.node, reject.verdict, reject.code),
            *(message(reject.code, lang, field=field), reject.detail),
            *(to_datetime(reject.recorded_at), reject.position, reject.cord, reject.sequence),
            *(reject.item, reject.id, reject.retry_path),
        ]

    moment = ExportColumn("asked_as_of", _("moment").in_language(lang))
    return StreamedTable(
        "rejects",
        _("Rejects").in_language(lang),
        [ExportColumn(name, name, KINDS.get(name, ColumnKind.TEXT)) for name in NAMES],
        map(row, rejects),
        [],
        [(moment, moment_label(at, lang))],
    )
