"""Word goals, decisions and measures for terminal, page and print. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from consumers.presentation.course_words import word_name
from consumers.presentation.picture_words import theme_label
from consumers.query.high_level_group.commitment_views import Commitment, GoalView, OwnerView
from consumers.query.high_level_group.measures import MeasureUnit
from consumers.query.high_level_group.period_answers import NO_THEME
from schemas import words
from schemas.i18n import UserMessage, _, figure_text, number_text, pgettext

NO_GOALS = _("No goal is there that you may see.")
NO_DECISIONS = _("No decision is there that you may see.")
MORE = _("Only the newest 1,000 goals and decisions were looked at: there may be more.")
NO_SEAT = _("Does not count: its author does not hold the seat that it names.")
KIND = "goal"
"""The kind of course whose code list names the states of both."""
GOAL_COLUMNS: Sequence[UserMessage] = (
    _("Goal"),
    pgettext("goal", "Start"),
    pgettext("goal", "Now"),
    pgettext("goal", "Target"),
    _("Until"),
    _("State"),
)
DECISION_COLUMNS: Sequence[UserMessage] = (_("Meeting"), _("Decision"), _("Until"), _("State"))
SEVERITIES: Mapping[str, UserMessage] = {
    "high": _("high"),
    "medium": _("medium"),
    "low": _("low"),
}
VERDICTS: Mapping[str, UserMessage] = {
    "confirmed": pgettext("verdict", "confirmed"),
    "rejected": pgettext("verdict", "rejected"),
    "unsure": pgettext("verdict", "still unsure"),
}
OUTCOMES: Mapping[str, UserMessage] = {
    "kept": pgettext("commitment", "in time"),
    "late": pgettext("commitment", "late"),
    "missed": pgettext("commitment", "OVERDUE"),
}


def point_name(code: str, lang: str) -> str:
    """Name a point of the plan of action; a dash where there is none."""
    return words.value("plan_point", code, lang) if code else "—"


def measure_name(code: str, lang: str) -> str:
    """Say how a goal is measured."""
    return words.value("goal_measure", code, lang)


def value_text(value: float | None, unit: MeasureUnit, lang: str) -> str:
    """Write a value of a measure; a dash where there is none."""
    if value is None:
        return "—"
    if unit is MeasureUnit.DOLLARS:
        return f"USD {number_text(round(value), ',d', lang)}"
    return (
        f"{figure_text(value, lang)} %" if unit is MeasureUnit.PERCENT else figure_text(value, lang)
    )


def owner_name(owner: OwnerView | Commitment) -> str:
    """Write an authority as CO/PONAL; CO for any of the country."""
    return f"{owner.country}/{owner.authority}" if owner.authority else owner.country


def state_line(commitment: Commitment, lang: str) -> str:
    """Say where a goal or decision stands: as a whole, and that it is overdue."""
    state = word_name(KIND, commitment.state, lang)
    if not commitment.is_overdue:
        return state
    return f"{state} · {OUTCOMES['missed'].in_language(lang)}"


def owner_line(owner: OwnerView, lang: str) -> str:
    """Say where one authority stands, whether in time, and why."""
    outcome = OUTCOMES.get(owner.deadline)
    parts = [f"{owner_name(owner)}: {word_name(KIND, owner.state, lang)}"]
    parts += [outcome.in_language(lang)] if outcome else []
    return " · ".join(parts) + (f". {owner.grounds}" if owner.grounds else "")


def due_text(commitment: Commitment, lang: str) -> str:
    """Write the day in force, and that it was moved."""
    due = day_text(commitment.due)
    if commitment.first_due in (None, commitment.due):
        return due
    moved = _("{due} (was {first})", due=due, first=day_text(commitment.first_due))
    return moved.in_language(lang)


def day_text(day: date | None) -> str:
    """Write a day as ISO 8601; a dash where there is none."""
    return day.isoformat() if day else "—"


def reached_text(goal: GoalView) -> UserMessage | None:
    """Say whether the target is reached; None where nobody can say so."""
    if goal.is_reached is None:
        return None
    return _("target reached") if goal.is_reached else _("target not reached yet")


def theme_name(theme: str, lang: str) -> str:
    """Name a theme of the plan, or say that a record has none."""
    if theme == NO_THEME:
        return _("Of no theme").in_language(lang)
    return theme_label(theme, lang)


def shown_count(count: int | None, threshold: int, lang: str) -> str:
    """Write a count; one that is too small to be printed as less than the threshold."""
    return f"<{threshold}" if count is None else figure_text(count, lang)
