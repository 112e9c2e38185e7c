"""Lay the risk picture out as tables: each cell in a row for files, each place for people. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from consumers.exports.table import Cell, ColumnKind, ExportColumn, ExportTable
from consumers.presentation.figure_tables import lay_out
from consumers.presentation.figure_words import dimension_label, measure_label
from consumers.presentation.picture_words import (
    ARROWS,
    SHORT_THEMES,
    confidence_label,
    level_label,
    level_mark,
    method_sentences,
    place_label,
    shown_to_line,
    theme_label,
    trend_label,
)
from consumers.query.picture.picture import Picture, PictureCell
from schemas.i18n import UserMessage, _

FINDING = "/v1/indicators/"
SHORT_ID = 8
"""Letters of an id that a command needs."""
TITLE = _("Risk picture")
MARKS_LEGEND = _(
    "Levels 0 to 4; –: not enough data; ↑ ↓: newest month above, below what was expected."
)


LEVEL_BEFORE = _("level before")
_FORMER = (
    ("former_level", LEVEL_BEFORE, ColumnKind.TEXT, True),
    ("former_level_name", LEVEL_BEFORE, ColumnKind.TEXT, False),
    ("records_before", _("records before"), ColumnKind.COUNT, False),
    ("findings_before", _("findings before"), ColumnKind.COUNT, True),
)


def cells_table(picture: Picture, lang: str, notes: Sequence[UserMessage] = ()) -> ExportTable:
    """Lay every cell out with what stands behind it: a row for each place and theme."""
    headings = (
        ("place", dimension_label("place", lang), ColumnKind.TEXT, True),
        ("place_name", _("place").in_language(lang), ColumnKind.TEXT, False),
        ("theme", dimension_label("theme", lang), ColumnKind.TEXT, False),
        ("level", _("level").in_language(lang), ColumnKind.TEXT, True),
        ("level_name", _("level").in_language(lang), ColumnKind.TEXT, False),
        *(_FORMER if picture.changed_since else ()),
        ("trend", _("newest month").in_language(lang), ColumnKind.TEXT, False),
        ("confidence", _("confidence").in_language(lang), ColumnKind.TEXT, False),
        ("records", measure_label("records", lang), ColumnKind.COUNT, False),
        ("former_records", _("year before").in_language(lang), ColumnKind.COUNT, False),
        ("quantity", _("quantity").in_language(lang), ColumnKind.AMOUNT, True),
        ("unit", _("unit").in_language(lang), ColumnKind.TEXT, True),
        ("findings", _("findings").in_language(lang), ColumnKind.COUNT, False),
        ("authorities", _("authorities").in_language(lang), ColumnKind.COUNT, True),
        ("sources", _("sources").in_language(lang), ColumnKind.COUNT, True),
        ("unplaced", _("share without place or date").in_language(lang), ColumnKind.FIGURE, True),
        ("drivers", _("drivers").in_language(lang), ColumnKind.TEXT, False),
        ("links", _("links").in_language(lang), ColumnKind.TEXT, True),
    )
    columns = [
        ExportColumn(name, heading if isinstance(heading, str) else heading.in_language(lang), *own)
        for name, heading, *own in headings
    ]
    rows = [_row(cell, lang) for cell in picture.cells]
    return _stamped(lay_out("picture", TITLE, columns, rows, picture, lang, notes), picture, lang)


def places_table(picture: Picture, lang: str, notes: Sequence[UserMessage] = ()) -> ExportTable:
    """Lay the levels out for a terminal: a row for each place, a column for each theme.

    No row where no place has a level.
    """
    by_place = cells_by_place(picture) if picture.has_levels else {}
    themes = list(dict.fromkeys(cell.theme for cell in picture.cells))
    columns = [
        ExportColumn("place_name", _("place").in_language(lang)),
        *(ExportColumn(f"{name}_mark", SHORT_THEMES[name].in_language(lang)) for name in themes),
    ]
    rows: list[list[Cell]] = [
        [place_label(place, lang), *(level_mark(cell) for cell in cells)]
        for place, cells in by_place.items()
    ]
    return lay_out("picture", TITLE, columns, rows, picture, lang, [MARKS_LEGEND, *notes])


def levels_table(picture: Picture, lang: str, notes: Sequence[UserMessage] = ()) -> ExportTable:
    """Lay the cells of one theme or one place out for a terminal, without what stands behind."""
    is_place = len({cell.place for cell in picture.cells}) == 1
    compares, before = picture.changed_since is not None, LEVEL_BEFORE.in_language(lang)
    columns = [
        ExportColumn("theme", dimension_label("theme", lang), is_detail=not is_place),
        ExportColumn("place_name", _("place").in_language(lang), is_detail=is_place),
        ExportColumn("level_name", _("level").in_language(lang)),
        *([ExportColumn("former_level", before)] if compares else []),
        ExportColumn("confidence", _("confidence").in_language(lang)),
        ExportColumn("records", measure_label("records", lang), ColumnKind.COUNT),
        ExportColumn("former_records", _("year before").in_language(lang), ColumnKind.COUNT),
        ExportColumn("findings", _("findings").in_language(lang), ColumnKind.COUNT),
    ]
    rows: list[list[Cell]] = [
        [
            cell.theme,
            place_label(cell.place, lang),
            f"{level_label(cell.level, lang)} {ARROWS[cell.trend]}".rstrip(),
            *([level_label(cell.former.level, lang)] if cell.former else []),
            confidence_label(cell.confidence, lang),
            cell.records,
            cell.former_records,
            cell.findings,
        ]
        for cell in picture.cells
    ]
    return lay_out("picture", TITLE, columns, rows, picture, lang, [MARKS_LEGEND, *notes])


def driver_lines(picture: Picture, lang: str) -> list[str]:
    """Say what stands behind each level, a line for each driver; of a finding, how to see it."""
    lines = []
    for cell in picture.cells:
        for driver in cell.drivers:
            finding = driver.link.removeprefix(FINDING) if driver.kind == "findings" else ""
            command = f" (quipu show {finding[:SHORT_ID]})" if finding else ""
            lines.append(f"{theme_label(cell.theme, lang)}: {driver.text[lang]}{command}")
    return lines


def cells_by_place(picture: Picture) -> dict[str, list[PictureCell]]:
    """Return the cells of each place, in their order."""
    by_place: dict[str, list[PictureCell]] = {}
    for cell in picture.cells:
        by_place.setdefault(cell.place, []).append(cell)
    return by_place


def _stamped(table: ExportTable, picture: Picture, lang: str) -> ExportTable:
    """Let every row of a file say to whom it was shown, and by which reading of the formula."""
    own = [
        (ExportColumn("shown_to", _("shown to").in_language(lang)), picture.shown_to),
        (ExportColumn("reading", _("formula, reading").in_language(lang)), str(picture.reading)),
        (ExportColumn("since", _("from").in_language(lang)), picture.since.isoformat()),
        (ExportColumn("last_day", _("until").in_language(lang)), picture.last_day.isoformat()),
        (ExportColumn("exercise", dimension_label("exercise", lang)), picture.exercise or ""),
    ]
    notes = [*table.notes, *method_sentences(picture, lang), shown_to_line(picture, lang)]
    return replace(table, stamp=[*table.stamp, *own], notes=notes)


def _former(cell: PictureCell, lang: str) -> list[Cell]:
    former = cell.former
    if former is None:
        return []
    level = level_label(former.level, lang)
    return [str(former.level), level, former.records, former.findings]


def _row(cell: PictureCell, lang: str) -> list[Cell]:
    return [
        cell.place,
        place_label(cell.place, lang),
        cell.theme,
        str(cell.level),
        level_label(cell.level, lang),
        *(_former(cell, lang) if cell.former else ()),
        trend_label(cell, lang),
        confidence_label(cell.confidence, lang),
        cell.records,
        cell.former_records,
        cell.quantity,
        measure_label(cell.measure, lang) if cell.measure else "",
        cell.findings,
        cell.authorities,
        cell.sources,
        cell.unplaced,
        " · ".join(driver.text[lang] for driver in cell.drivers),
        " ".join(driver.link for driver in cell.drivers),
    ]
