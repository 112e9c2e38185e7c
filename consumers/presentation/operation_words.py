"""Word border operations for terminal, page and files. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from consumers.presentation.course_words import contact_line
from consumers.presentation.plain_tables import plain_table
from consumers.query.operations.operation_views import AttachedRecord, PlanCheckView, ResultTotal
from schemas import words
from schemas.i18n import UserMessage, _, number_text

NOTHING = _("Your authority has no plan that you may see.")
STANDINGS: Mapping[str, UserMessage] = {
    "CLEAR": _("no conflict"),
    "CONFLICT": _("CONFLICT: call this contact"),
    "NOT_LIVE": _("not compared: it is over, postponed or cancelled"),
    "NO_TIME": _("not compared: it lacks a begin before an end"),
    "NO_PLACE": _("not compared: it names no circle, crossing or subdivision"),
    "TOO_WIDE": _("not compared: its area or its time is too wide"),
    "OVER_LIMIT": _("not compared: too many plans of your authority in 24 hours"),
}
checks_table = plain_table(
    PlanCheckView,
    "operations",
    _("Plans of operations"),
    "id title reference state starts ends standing contacts exercise tlp",
)


def standing_line(check: PlanCheckView, lang: str) -> str:
    """Say the result of the comparison."""
    return STANDINGS[check.standing].in_language(lang)


def contact_lines(check: PlanCheckView, lang: str) -> list[str]:
    """Say whom to call about a conflict, a line for each contact."""
    return [contact_line(contact, lang) for contact in check.contacts]


def record_name(record: AttachedRecord, lang: str) -> str:
    """Name what kind of record a result names."""
    return words.event_type(record.type, lang)


def total_line(total: ResultTotal, lang: str) -> str:
    """Write how many of something an operation had."""
    name = words.value("operation_measure", total.what, lang)
    return f"{name}: {number_text(total.count, ',d', lang)}"
