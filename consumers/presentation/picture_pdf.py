"""Print the risk picture as a PDF of two pages A4, with typst.

The template reads one value as JSON, so that no text of a record is ever markup. The same picture
gives the same bytes: typst has its fonts inside, and its time is fixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from consumers.presentation.figure_words import marking_lines, moment_label
from consumers.presentation.picture_map import map_svg, swatch_svg
from consumers.presentation.picture_tables import MARKS_LEGEND, TITLE, cells_by_place
from consumers.presentation.picture_words import (
    LEVEL_NAMES,
    SHORT_THEMES,
    level_label,
    level_mark,
    method_sentences,
    place_label,
    shown_to_line,
    theme_label,
)
from consumers.query.picture.formula import LEVELS, Level
from consumers.query.picture.picture import Picture, PictureCell
from schemas.hidden_characters import make_visible
from schemas.i18n import UserMessage, _, ngettext

TEMPLATE = Path(__file__).with_name("picture.typ")
MOST_NAMED = 7
"""Cells that the first page names with what stands behind them."""
LONGEST_TEXT = 200
"""Letters of what stands behind a cell; more would not fit."""
MOST_DEMANDS = 7
"""Markings that the second page writes out: the TLP, H1, H2 and some conditions."""
Json = dict[str, Any]


def picture_pdf(picture: Picture, lang: str, notes: Sequence[UserMessage] = ()) -> bytes:
    """Return the PDF. `picture`: with its moment; `notes`: what else must be known of it."""
    import typst  # here, so that other commands need not wait for it

    content = orjson.dumps(_visible(pdf_content(picture, lang, notes))).decode()
    pdf = typst.compile(
        TEMPLATE.read_bytes(),
        sys_inputs={"picture": content},
        ignore_system_fonts=True,
        timestamp=0,
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gives a PDF as bytes")
    return pdf


def pdf_content(picture: Picture, lang: str, notes: Sequence[UserMessage] = ()) -> Json:
    """Return what the template shows, as texts."""
    by_place = cells_by_place(picture)
    known = {place: cells for place, cells in by_place.items() if any(map(_has_level, cells))}
    themes = list(dict.fromkeys(cell.theme for cell in picture.cells))
    without = [place_label(place, lang) for place in by_place if place not in known]
    codes = [code.partition(":")[0] for code in picture.marking.markings]
    marking = " · ".join([f"TLP:{picture.marking.tlp}", *dict.fromkeys(codes)])
    exercise = (
        _("EXERCISE {name}: nothing shown here is real", name=picture.exercise).in_language(lang)
        if picture.exercise
        else ""
    )
    return {
        "lang": lang,
        "title": TITLE.in_language(lang),
        "words": {name: text.in_language(lang) for name, text in HEADINGS.items()},
        "marking": marking,
        "exercise": exercise,
        "moment": moment_label(picture.as_of, lang),
        "span": _(
            "Window: {since} to {last_day}",
            since=picture.since.isoformat(),
            last_day=picture.last_day.isoformat(),
        ).in_language(lang),
        "shown_to": shown_to_line(picture, lang),
        "legend": [{"level": str(level), "name": level_label(level, lang)} for level in LEVELS],
        "swatches": {str(level): swatch_svg(level) for level in LEVELS},
        "maps": [_map(picture, theme, len(themes) == 1, lang) for theme in themes],
        "highest": [_named(cell, lang) for cell in highest_cells(picture)],
        "heads": [SHORT_THEMES[theme].in_language(lang) for theme in themes],
        "rows": [
            {"place": place_label(place, lang), "marks": [level_mark(cell) for cell in cells]}
            for place, cells in known.items()
        ],
        "marks_legend": MARKS_LEGEND.in_language(lang),
        "without": ", ".join(without),
        "method": method_sentences(picture, lang),
        "notes": [*_demands(picture, lang), *(note.in_language(lang) for note in notes)],
    }


HEADINGS = {
    "borders": _(
        "Border crossings are in the table. Generalised borders: Natural Earth (public domain)"
    ),
    "highest": _("Highest levels, and what stands behind them"),
    "nothing": _("No place has enough data that this reader may see."),
    "place": _("place"),
    "table": _("Levels by place and theme"),
    "without": _("Not enough data in any theme:"),
    "method": _("Method."),
}


def highest_cells(picture: Picture) -> list[PictureCell]:
    """Return the cells to look at first: by level, what rises, then by records."""
    known = [cell for cell in picture.cells if _has_level(cell) and cell.level]
    known.sort(
        key=lambda cell: (
            -int(cell.level),
            cell.trend != "rising",
            -cell.records,
            cell.place,
            cell.theme,
        )
    )
    return known[:MOST_NAMED]


def _demands(picture: Picture, lang: str) -> list[str]:
    """Return what the markings demand, and how many there are for which there is no room.

    A condition is never cut, since half of one may say the opposite.
    """
    lines = marking_lines(picture.marking, lang)
    shown = [line for line in lines if len(line) <= LONGEST_TEXT][:MOST_DEMANDS]
    left_out = len(lines) - len(shown)
    if left_out:
        more = ngettext(
            "{count} more marking: read it in Quipu before you use this.",
            "{count} more markings: read them in Quipu before you use this.",
            left_out,
        )
        shown.append(more.in_language(lang))
    return shown


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1].rstrip() + "…"


def _has_level(cell: PictureCell) -> bool:
    return cell.level != "not_enough_data"


def _map(picture: Picture, theme: str, is_single: bool, lang: str) -> Json:
    cells = [cell for cell in picture.cells if cell.theme == theme]
    levels: dict[str, Level] = {
        cell.place: cell.level for cell in cells if cell.place_kind == "subdivision"
    }
    name = theme_label(theme, lang)
    known = [cell for cell in cells if _has_level(cell)]
    summary = _("{known} of {places} places", known=len(known), places=len(cells))
    return {
        "name": name,
        "summary": summary.in_language(lang),
        "svg": map_svg(levels, name, {}, is_small=not is_single),
    }


def _named(cell: PictureCell, lang: str) -> Json:
    place, theme = place_label(cell.place, lang), theme_label(cell.theme, lang)
    text = _shorten("; ".join(driver.text[lang] for driver in cell.drivers))
    mark = f"{level_mark(cell)} {LEVEL_NAMES[cell.level].in_language(lang)}"
    return {"head": f"{place}, {theme}: {mark}.", "text": text}


def _visible(content: Any) -> Any:
    """Show hidden characters of every text by their names; drawings of ours stay as they are."""
    if isinstance(content, str):
        return content if content.startswith("<svg") else make_visible(content)
    if isinstance(content, dict):
        return {name: _visible(value) for name, value in content.items()}
    return [_visible(value) for value in content] if isinstance(content, list) else content
