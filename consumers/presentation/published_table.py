"""Lay out a statistic that may be published, with the note that must go with it. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from consumers.exports.table import Cell, ColumnKind, ExportColumn, ExportTable
from consumers.query.figures.published import (
    UNDATED,
    Audience,
    Axis,
    PublishedFigures,
    PublishedQuestion,
)
from consumers.query.figures.suppression import TOTAL
from consumers.query.views import to_datetime
from schemas import words
from schemas.i18n import UserMessage, _

AXIS_WORDS: Mapping[Axis, UserMessage] = {
    "type": _("type"),
    "country": _("country"),
    "month": _("month"),
}
_AUDIENCE_NOTES: Mapping[Audience, UserMessage] = {
    "public": _("Only records marked TLP:CLEAR are counted. The table may be published."),
    "community": _(
        "Only records marked TLP:CLEAR or TLP:GREEN are counted. The table is for member countries "
        "and admitted partners, and not for channels that are open to all (TLP:GREEN)."
    ),
}
HIDDEN = "…"


def published_table(figures: PublishedFigures, moment: int, lang: str) -> ExportTable:
    """Return a line for each cell, with totals. `moment`: of the answer, ms since 1970 UTC."""
    question = figures.question
    counted = figures.table
    rows: list[list[Cell]] = []
    for row in [*counted.rows, TOTAL]:
        for column in [*counted.columns, TOTAL]:
            count = counted.counts.get((row, column))
            hidden = (row, column) in counted.counts and count is None
            names = [_name(question.rows, row, lang), _name(question.columns, column, lang)]
            codes = [row or "TOTAL", column or "TOTAL"]
            rows.append([*codes, *names, count, HIDDEN if hidden else ""])
    tlp = "CLEAR" if question.audience == "public" else "GREEN"
    return ExportTable(
        "statistics",
        _(
            "Records by {row} and {column}",
            row=_axis(question.rows, lang),
            column=_axis(question.columns, lang),
        ).in_language(lang),
        _columns(question, lang),
        rows if counted.counts else [],
        [note.in_language(lang) for note in notes_of(question, moment)],
        [(ExportColumn("tlp", "TLP"), f"TLP:{tlp}")],
    )


def notes_of(question: PublishedQuestion, moment: int) -> list[UserMessage]:
    """Return what must be known of the table."""
    span = [
        _("Occurred from {day}.", day=f"{to_datetime(question.since):%Y-%m-%d}")
        if question.since is not None
        else None,
        _("Occurred before {day}.", day=f"{to_datetime(question.until):%Y-%m-%d}")
        if question.until is not None
        else None,
    ]
    return [
        _AUDIENCE_NOTES[question.audience],
        _("Records with a handling code and those of exercises are not counted."),
        _(
            "Counts below {threshold} are hidden ({sign}), and others with them, so that no "
            "hidden count can be computed. A zero is a zero.",
            threshold=question.threshold,
            sign=HIDDEN,
        ),
        _("As of {moment} UTC.", moment=f"{to_datetime(moment):%Y-%m-%d %H:%M}"),
        *(note for note in span if note is not None),
    ]


def _columns(question: PublishedQuestion, lang: str) -> list[ExportColumn]:
    row, column = _axis(question.rows, lang), _axis(question.columns, lang)
    return [
        ExportColumn(question.rows, row, is_detail=True),
        ExportColumn(question.columns, column, is_detail=True),
        ExportColumn(f"{question.rows}_name", row),
        ExportColumn(f"{question.columns}_name", column),
        ExportColumn("records", _("records").in_language(lang), ColumnKind.COUNT),
        ExportColumn("hidden", _("hidden").in_language(lang)),
    ]


def _axis(axis: Axis, lang: str) -> str:
    return AXIS_WORDS[axis].in_language(lang)


def _name(axis: Axis, value: str, lang: str) -> str:
    if value == TOTAL:
        return _("total").in_language(lang)
    if value == UNDATED:
        return _("without a date").in_language(lang)
    if axis == "type":
        return words.event_type(value, lang)
    return words.value("country", value, lang) if axis == "country" else value
