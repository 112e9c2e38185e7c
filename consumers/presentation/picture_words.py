"""Word the risk picture in Spanish or English: levels, trends, confidence, places, method. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from consumers.presentation.wording import place_name
from consumers.query.picture.formula import Confidence, Level, Trend
from consumers.query.picture.picture import Picture, PictureCell
from schemas import words
from schemas.codes import code_lists
from schemas.i18n import UserMessage, _, pgettext

NO_LEVEL = "–"
LEVEL_NAMES: Mapping[Level, UserMessage] = {
    0: pgettext("risk", "very low"),
    1: pgettext("risk", "low"),
    2: pgettext("risk", "medium"),
    3: pgettext("risk", "high"),
    4: pgettext("risk", "very high"),
    "not_enough_data": _("not enough data"),
}
TREND_NAMES: Mapping[Trend, UserMessage] = {
    "rising": _("rising"),
    "steady": _("as expected"),
    "falling": _("falling"),
    "unknown": _("past too short"),
}
ARROWS: Mapping[Trend, str] = {"rising": "↑", "steady": "", "falling": "↓", "unknown": ""}
CONFIDENCE_NAMES: Mapping[Confidence, UserMessage] = {
    "high": pgettext("confidence", "high"),
    "medium": pgettext("confidence", "medium"),
    "low": pgettext("confidence", "low"),
}
SHORT_THEMES: Mapping[str, UserMessage] = {
    "arms": _("Arms"),
    "drugs": _("Drugs"),
    "trafficking": _("Traff."),
    "smuggling": _("Migr."),
    "laundering": _("Laund."),
    "environment": _("Envir."),
    "culture": _("Cult."),
    "corruption": _("Corr."),
    "cyber": _("Cyber"),
}
"""Heads of narrow columns."""


def level_label(level: Level, lang: str) -> str:
    """Write a level with its name: 3 high; or that there is not enough data."""
    name = LEVEL_NAMES[level].in_language(lang)
    return name if level == "not_enough_data" else f"{level} {name}"


def level_mark(cell: PictureCell) -> str:
    """Write a level for a narrow column: its digit, and an arrow for the trend.

    Next to a former picture: the level then, where it was another one: 1→2.
    """
    level = NO_LEVEL if cell.level == "not_enough_data" else f"{cell.level}{ARROWS[cell.trend]}"
    if cell.former is None or cell.former.level == cell.level:
        return level
    former = NO_LEVEL if cell.former.level == "not_enough_data" else cell.former.level
    return f"{former}→{level}"


def trend_label(cell: PictureCell, lang: str) -> str:
    """Say where the newest month stands; a dash for a cell without a level."""
    if cell.level == "not_enough_data":
        return NO_LEVEL
    return TREND_NAMES[cell.trend].in_language(lang)


def confidence_label(confidence: Confidence, lang: str) -> str:
    """Say how well a level is founded; a dash for a cell without a level."""
    return NO_LEVEL if confidence == "none" else CONFIDENCE_NAMES[confidence].in_language(lang)


def place_label(code: str, lang: str) -> str:
    """Name a subdivision or a border crossing."""
    crossing = words.value("crossing", code, lang)
    return crossing if crossing != code else place_name(code, lang)


def theme_label(theme: str, lang: str) -> str:
    """Name a theme of the plan."""
    return words.value("theme", theme, lang)


def method_sentences(picture: Picture, lang: str) -> list[str]:
    """Say in two sentences how levels come about, and what they do not say."""
    first = _(
        "A level from 0 to 4 comes from the records, quantities and findings across borders from "
        "{since} to {last_day}, by fixed thresholds (formula, reading {reading}), and can be "
        "compared with that of any other moment.",
        since=picture.since.isoformat(),
        last_day=picture.last_day.isoformat(),
        reading=picture.reading,
    )
    second = _(
        "It says what was recorded and may be shown to this reader, not what happened: where too "
        "little is recorded there is no level, and the arrow compares the newest month with what "
        "the past leads one to expect."
    )
    return [first.in_language(lang), second.in_language(lang)]


def no_levels(picture: Picture) -> UserMessage:
    """Say that no place has a level, and what to do."""
    return _(
        "No place has enough records from {since} to {last_day}. For other twelve months, choose "
        "their end (--until).",
        since=picture.since.isoformat(),
        last_day=picture.last_day.isoformat(),
    )


def shown_to_line(picture: Picture, lang: str) -> str:
    """Say to whom the picture was shown, as whom and for what."""
    parts = [_part_in_words(part, lang) for part in picture.shown_to.split(" · ")]
    return _("Shown to: {reader}", reader=" · ".join(parts)).in_language(lang)


def _part_in_words(part: str, lang: str) -> str:
    """Write roles or a purpose in words; what is neither stays."""
    codes = part.split("+")
    for name in ("role", "purpose"):
        if all(code in code_lists()[name].codes for code in codes):
            return " + ".join(words.value(name, code, lang).partition(":")[0] for code in codes)
    return part
