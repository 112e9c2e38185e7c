"""Lay bursts out as a table: one layout for the terminal and for every file. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from consumers.exports.table import Cell, ColumnKind, ExportColumn, ExportTable
from consumers.presentation.figure_tables import former_columns, lay_out
from consumers.presentation.figure_words import dimension_label, measure_label
from consumers.presentation.wording import GRADES
from consumers.query.bursts.burst import Burst, Bursts
from schemas import words
from schemas.i18n import UserMessage, _, ngettext


def bursts_table(bursts: Bursts, lang: str, notes: Sequence[UserMessage] = ()) -> ExportTable:
    """Lay bursts out: a row for each. A file also has the id, the rule and the explanation.

    Compared with a former moment, those that ended have a row too, without records.
    """
    compares = bursts.changed_since is not None
    columns = [
        ExportColumn("first_day", _("first day").in_language(lang), ColumnKind.DAY),
        ExportColumn("last_day", _("last day").in_language(lang), ColumnKind.DAY),
        ExportColumn("place", _("where").in_language(lang)),
        ExportColumn("type", dimension_label("type", lang)),
        ExportColumn("count", measure_label("records", lang), ColumnKind.COUNT),
        *(former_columns("records", lang) if compares else []),
        ExportColumn("expected", _("expected").in_language(lang), ColumnKind.FIGURE),
        ExportColumn("bound", _("at most").in_language(lang), ColumnKind.COUNT),
        ExportColumn("grade", _("grade").in_language(lang)),
        ExportColumn("place_code", "place_code", is_detail=True),
        ExportColumn("rule", _("rule").in_language(lang), is_detail=True),
        ExportColumn("id", "id", is_detail=True),
        ExportColumn("sentence", _("explanation").in_language(lang), is_detail=True),
    ]
    every = [*bursts.bursts, *(replace(burst, count=0) for burst in bursts.ended)]
    rows = [_cells(burst, compares, lang) for burst in every]
    every_note = [*notes, *_notes(bursts)]
    return lay_out("bursts", _("Bursts"), columns, rows, bursts, lang, every_note)


def _notes(bursts: Bursts) -> list[UserMessage]:
    if not bursts.without_past:
        return []
    return [
        ngettext(
            "Of {count} place and type of record the past is too short: nothing is known.",
            "Of {count} places and types of record the past is too short: nothing is known.",
            bursts.without_past,
        )
    ]


def _cells(burst: Burst, compares: bool, lang: str) -> list[Cell]:
    return [
        burst.first_day,
        burst.last_day,
        words.value(burst.dimension, burst.place, lang),
        words.event_type(burst.type, lang),
        burst.count,
        *([burst.former_count] if compares else []),
        burst.expected,
        burst.bound,
        GRADES[burst.grade].in_language(lang),
        burst.place,
        burst.rule,
        burst.id or "",
        burst.sentence[lang],
    ]
