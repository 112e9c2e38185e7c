"""Word figures in Spanish or English: dimensions, their values, measures, markings. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from consumers.presentation import dimension_names
from consumers.presentation.times import utc
from consumers.query.figures.marking import FigureMarking
from schemas import words
from schemas.codes import code_lists
from schemas.i18n import UserMessage, _, pgettext

DIMENSIONS: Mapping[str, UserMessage] = {
    "type": _("type of record"),
    "country": _("owner"),
    "authority": _("authority"),
    "crime": _("crime"),
    "theme": _("theme"),
    "place": _("country of the place"),
    "subdivision": _("department"),
    "exercise": _("exercise"),
    "drug": _("drug"),
    "crossing": pgettext("place", "border crossing"),
    "make": _("make"),
    "calibre": _("calibre"),
    "institution": _("institution"),
    "organisation": _("organisation"),
    "mineral": _("mineral"),
    "species": _("species"),
    "group": _("crime group"),
    **dimension_names.NAMES,
}
"""The names of dimensions; another one has the words of its field."""
MEASURES: Mapping[str, UserMessage] = {
    "records": _("records"),
    "mass": _("kilograms"),
    "volume": _("litres"),
    "area": _("square metres"),
    "pieces": _("pieces"),
    "money": _("money"),
    "usd": _("money in dollars"),
}

DELAYS: Mapping[str, UserMessage] = {
    "occurred_to_reported": _("from what happened to its report"),
    "reported_to_recorded": _("from the report to its record here"),
    "occurred_to_recorded": _("from what happened to its record here"),
}


FINDING_DELAYS: Mapping[str, UserMessage] = {
    "first_to_second": _("from what happened first to what happened then"),
    "reported_to_found": _("from the first record here to the finding"),
}


def finding_delay_label(delay: str, lang: str) -> str:
    """Say from what to what a delay of findings is."""
    return FINDING_DELAYS[delay].in_language(lang)


def delay_label(delay: str, lang: str) -> str:
    """Say from what to what a delay is."""
    return DELAYS[delay].in_language(lang)


def dimension_label(name: str, lang: str) -> str:
    """Name a dimension in words, or by the words of its field."""
    if name in DIMENSIONS:
        return DIMENSIONS[name].in_language(lang)
    return words.field(name, lang).replace("_", " ")


def value_of_dimension(name: str, value: str, lang: str) -> str:
    """Write a value of a dimension in words where it is a code; a dash where it is not known.

    A currency keeps its code, as banks write it: its name takes the room of the amounts.
    """
    if not value:
        return "—"
    if name == "type":
        return words.event_type(value, lang)
    if name == "currency":
        return value
    if name in ("place", "origin", "destination"):
        return words.value("subdivision" if "-" in value else "country", value, lang)
    code_list = next(
        (known for known in (name, name.rpartition("_")[2]) if known in code_lists()), ""
    )
    return words.value(code_list, value, lang)


def measure_label(measure: str, lang: str) -> str:
    """Name a measure by its unit."""
    return MEASURES[measure].in_language(lang)


def amount_label(measure: str, lang: str) -> str:
    """Head a column of amounts: by the unit, or as money where the currency has a column."""
    return measure_label("money" if measure == "usd" else measure, lang)


def moment_label(as_of: datetime | None, lang: str) -> str:
    """Say as of when figures are; now where the question names no moment."""
    if as_of is None:
        return _("as of now").in_language(lang)
    return _("as of {moment} UTC", moment=utc(as_of)).in_language(lang)


def marking_lines(marking: FigureMarking, lang: str) -> list[str]:
    """Say what the records that were counted demand: a line for the TLP and for each marking."""
    lines = [f"TLP:{marking.tlp}"]
    for code in marking.markings:
        name, _separator, condition = code.partition(": ")
        lines.append(f"{name}: {condition or words.value('handling', name, lang)}")
    return lines
