"""Shape the risk picture for its page: a map, a legend and a table. No HTTP here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from markupsafe import Markup

from consumers.console.as_of import written
from consumers.console.rendering import PageContext
from consumers.presentation.picture_map import map_svg, swatch_svg
from consumers.presentation.picture_tables import cells_by_place
from consumers.presentation.picture_words import (
    SHORT_THEMES,
    confidence_label,
    level_label,
    level_mark,
    method_sentences,
    no_levels,
    place_label,
    shown_to_line,
    theme_label,
    trend_label,
)
from consumers.query.figures.themes import themes
from consumers.query.picture.drivers import FIGURES
from consumers.query.picture.formula import LEVELS, Level
from consumers.query.picture.picture import Driver, Picture, PictureCell, PictureQuestion
from consumers.query.picture.places import places
from consumers.query.views import to_datetime
from schemas.i18n import _, figure_text
from schemas.model import COUNTRIES

Values = dict[str, Any]
INDICATORS = "/v1/indicators/"
BURSTS = f"{FIGURES}/bursts/"


def picture_values(picture: Picture, question: PictureQuestion, page: PageContext) -> Values:
    """Return what the template shows."""
    lang = page.lang
    label = theme_label(question.theme, lang) if question.theme else ANY_THEME.in_language(lang)
    levels = highest_levels(picture)
    titles = {
        code: f"{place_label(code, lang)}: {level_label(level, lang)}"
        for code, level in levels.items()
    }
    is_detailed = bool(question.theme or question.place)
    return {
        "question": question,
        "themes": [(theme, theme_label(theme, lang)) for theme in themes()],
        "countries": COUNTRIES,
        "places": [(place.code, place_label(place.code, lang)) for place in places()],
        "map_label": label,
        "map": Markup(map_svg(levels, label, titles)),  # noqa: S704 - drawn and escaped by us
        "legend": [
            (Markup(swatch_svg(level)), level_label(level, lang))  # noqa: S704 - drawn by us
            for level in LEVELS
        ],
        "heads": [
            (theme, SHORT_THEMES[theme].in_language(lang), theme_label(theme, lang))
            for theme in themes()
        ],
        "rows": [] if is_detailed else _rows(picture, lang),
        "cells": [_cell(cell, page) for cell in picture.cells] if is_detailed else [],
        "marking": picture.marking,
        "since": picture.since.isoformat(),
        "last_day": picture.last_day.isoformat(),
        "changed_since": page.query.get("changed_since", "")[:10],
        "compares": picture.changed_since is not None,
        "no_levels": None if picture.has_levels else no_levels(picture).in_language(lang),
        "shown_to": shown_to_line(picture, lang),
        "method": method_sentences(picture, lang),
        "command": page.command("picture", _options(question)),
    }


ANY_THEME = _("Highest level of any theme")


def highest_levels(picture: Picture) -> Mapping[str, Level]:
    """Return the highest level of each subdivision, of the themes that are shown."""
    levels: dict[str, Level] = {}
    for cell in picture.cells:
        if cell.place_kind == "subdivision":
            levels[cell.place] = max(
                levels.get(cell.place, "not_enough_data"), cell.level, key=_rank
            )
    return levels


def _rank(level: Level) -> int:
    return -1 if level == "not_enough_data" else level


def _rows(picture: Picture, lang: str) -> list[Values]:
    return [
        {
            "place": place,
            "name": place_label(place, lang),
            "marks": [
                {
                    "theme": cell.theme,
                    "head": SHORT_THEMES[cell.theme].in_language(lang),
                    "mark": level_mark(cell),
                    "level": cell.level,
                    "title": _title(cell, lang),
                }
                for cell in cells
            ],
        }
        for place, cells in cells_by_place(picture).items()
    ]


def _title(cell: PictureCell, lang: str) -> str:
    parts = [theme_label(cell.theme, lang), level_label(cell.level, lang)]
    if cell.level != "not_enough_data":
        parts.append(trend_label(cell, lang))
    if cell.former is not None:
        before = level_label(cell.former.level, lang)
        parts.append(_("before: {level}", level=before).in_language(lang))
    return ": ".join([parts[0], ", ".join(parts[1:])])


def _cell(cell: PictureCell, page: PageContext) -> Values:
    lang = page.lang
    return {
        "place": cell.place,
        "place_name": place_label(cell.place, lang),
        "theme_name": theme_label(cell.theme, lang),
        "level": cell.level,
        "level_name": level_label(cell.level, lang),
        "former_level": level_label(cell.former.level, lang) if cell.former else "",
        "trend": trend_label(cell, lang),
        "confidence": confidence_label(cell.confidence, lang),
        "records": figure_text(cell.records, lang),
        "former_records": "—"
        if cell.former_records is None
        else figure_text(cell.former_records, lang),
        "findings": cell.findings,
        "drivers": [(driver.text[lang], page_address(driver)) for driver in cell.drivers],
    }


def page_address(driver: Driver) -> str:
    """Return where a driver is looked up on the page: its finding, its burst or its figures.

    A page takes the last day of a span, the API the day after it.
    """
    address = urlsplit(driver.link)
    if driver.link.startswith((INDICATORS, BURSTS)):
        return driver.link.removeprefix("/v1").removeprefix("/figures")
    if not driver.link.startswith(f"{FIGURES}/"):
        return ""
    query = dict(parse_qsl(address.query))
    if until := query.get("until"):
        query["until"] = (date.fromisoformat(until) - timedelta(days=1)).isoformat()
    return f"{address.path.removeprefix('/v1')}?{urlencode(query)}"


def _written(moment: int | None) -> str:
    return "" if moment is None else written(moment)


def _options(question: PictureQuestion) -> list[tuple[str, str]]:
    options = [
        ("--theme", question.theme),
        ("--country", question.country),
        ("--place", question.place),
        ("--until", "" if question.until is None else f"{to_datetime(question.until):%Y-%m-%d}"),
        (
            "--changed-since",
            _written(question.changed_since),
        ),
    ]
    return [(name, value) for name, value in options if value]
