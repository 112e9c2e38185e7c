"""Word requests, alerts and their deadlines for terminal and page. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from consumers.presentation.times import utc
from consumers.query.lifecycles.answer_times import AnswerTimes
from consumers.query.lifecycles.course_views import (
    PENDING,
    ContactView,
    CourseSummary,
    DeadlineView,
    NextStepView,
    PartyView,
    StepView,
    TurnView,
)
from consumers.query.views import EventView
from schemas import words
from schemas.codes import code_lists
from schemas.i18n import UserMessage, _, ngettext, number_text, pgettext
from schemas.release.use_conditions import BINDING
from streams.lifecycles.library import LIFECYCLES

NOTHING = _("Nothing is there that you may see.")
WITHHELD = _(
    "The content is shown once your authority accepts the conditions by a record: "
    "quipu request answer {id} --node NODE --step CONDITIONS_ACCEPTED"
)
MORE = _("Only the newest 1,000 were looked at: there may be more.")
DEADLINES: Mapping[str, UserMessage] = {
    "acknowledge": _("acknowledge"),
    "say": _("say whether, how and when"),
    "answer": pgettext("deadline", "answer"),
    "promise": _("answer as promised"),
    "feedback": _("say how it was used"),
    "reach": pgettext("deadline", "carry out"),
}
OUTCOMES: Mapping[str, UserMessage] = {
    "running": pgettext("deadline", "open"),
    "kept": pgettext("deadline", "kept"),
    "late": pgettext("deadline", "done late"),
    "missed": pgettext("deadline", "OVERDUE"),
    "lifted": pgettext("deadline", "no longer due"),
}
REFUSALS: Mapping[str, UserMessage] = {
    "NOT_ADDRESSED": _("Does not count: its author has no part in it."),
    "NOT_YOURS": _("Does not count: the other side takes this step."),
    "UNKNOWN_STEP": _("Does not count: there is no such step."),
    "IMPOSSIBLE": _("Does not count: it cannot follow `{state}`."),
    "INCOMPLETE": _("Does not count: `{field}` is missing."),
    "CIRCULAR": _("Does not count: the steps follow each other in a circle."),
    "OTHER_WORLD": _("Does not count: exercise and reality do not mix."),
}


def kind_name(kind: str, lang: str) -> str:
    """Name a kind of course: that of the event that opens it."""
    return words.event_type(LIFECYCLES[kind].opening, lang) if kind in LIFECYCLES else kind


def word_name(kind: str, code: str, lang: str) -> str:
    """Name a state or an act of a course."""
    lists = LIFECYCLES[kind].lists if kind in LIFECYCLES else ()
    known = (name for name in lists if code in code_lists()[name].codes)
    name = next(known, None)
    return words.value(name, code, lang) if name else code


def course_title(summary: CourseSummary, lang: str) -> str:
    """Name a course: what it calls itself; where that is not shown yet, the kind of offence."""
    if summary.is_withheld:
        crime = words.value("crime", summary.crime, lang)
        return _("Conditions to be accepted: {crime}", crime=crime).in_language(lang)
    return summary.title or summary.reference or summary.id


def conditions_line(summary: CourseSummary, lang: str) -> str:
    """Write the conditions of use that bind the receiver; empty where there are none."""
    named = [words.value("use_condition", code, lang) for code in summary.conditions]
    return "; ".join(filter(None, [*named, summary.condition_text]))


def other_markings(opening: EventView) -> list[str]:
    """Return the markings of an opening without the conditions of use, which have words here."""
    return [marking for marking in opening.markings if BINDING not in marking]


def party_name(party: PartyView | CourseSummary | StepView | NextStepView | ContactView) -> str:
    """Write an authority as CO/FGN; CO for any of the country."""
    return f"{party.country}/{party.authority}" if party.authority else party.country


def dialled(address: str) -> str:
    """Return the number that a telephone dials; empty for what is no number."""
    number = "".join(sign for sign in address if sign.isascii() and sign.isdecimal())
    return f"+{number}" if address.startswith("+") and number else ""


def function_name(function: str, lang: str) -> str:
    """Name a function of the 24/7 network."""
    return words.value("contact_function", function, lang)


def span(length: timedelta) -> UserMessage:
    """Say how long something is, as exactly as somebody needs it who must act."""
    minutes = int(abs(length) / timedelta(minutes=1))
    if minutes < 60:
        return _("{minutes} min", minutes=minutes)
    if minutes < 2_880:
        return _("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)
    return ngettext("{count} day", "{count} days", minutes // 1_440)


def time_left(due: datetime, now: datetime) -> UserMessage:
    """Say how long is left until a moment, or since when it is over."""
    if now > due:
        return _("{time} over", time=span(now - due))
    return _("{time} left", time=span(due - now))


def deadline_line(deadline: DeadlineView, now: datetime, lang: str) -> str:
    """Say what must be done until when, and what became of it."""
    name = DEADLINES[deadline.name].in_language(lang)
    outcome = OUTCOMES[deadline.status].in_language(lang)
    parts = [f"{name}: {outcome}", f"{utc(deadline.due)} UTC"]
    if deadline.at is not None:
        parts.append(_("done {when} UTC", when=utc(deadline.at)).in_language(lang))
    elif deadline.status in PENDING:
        parts.append(time_left(deadline.due, now).in_language(lang))
    return " · ".join(parts)


def due_line(summary: CourseSummary, now: datetime, lang: str) -> str:
    """Say how long is left until the next deadline; a dash where none is open."""
    return time_left(summary.next_due, now).in_language(lang) if summary.next_due else "—"


def turn_line(turn: TurnView, now: datetime, lang: str) -> str:
    """Say whose turn it is to answer an alert, and until when."""
    name = function_name(turn.function, lang)
    if turn.until is None:
        waiting = span(now - turn.since)
        return _("{who}: now, for {time}", who=name, time=waiting).in_language(lang)
    left = time_left(turn.until, now)
    return _("{who}: now, {time}", who=name, time=left).in_language(lang)


def contact_line(contact: ContactView | None, lang: str) -> str:
    """Say whom to call, and how."""
    if contact is None:
        return _("Nobody is announced for this function.").in_language(lang)
    official = " · ".join(filter(None, [contact.official, contact.position]))
    channels = " · ".join(
        f"{words.value('channel_kind', kind, lang)} {address}" for kind, address in contact.channels
    )
    duty = "" if contact.is_on_duty else _("not on duty now").in_language(lang)
    return " · ".join(filter(None, [party_name(contact), official, channels, duty]))


def step_line(kind: str, step: StepView, lang: str) -> str:
    """Write a step in a line: when, who, what."""
    return f"{utc(step.at)} · {party_name(step)} · {word_name(kind, step.word, lang)}"


def refusal_line(kind: str, step: StepView, lang: str) -> str:
    """Say why a step counts for nothing; empty where it counts."""
    if step.refusal is None:
        return ""
    message = REFUSALS[step.refusal]
    if step.refusal == "IMPOSSIBLE":
        message = message.with_values(state=word_name(kind, step.detail, lang))
    elif step.refusal == "INCOMPLETE":
        message = message.with_values(field=words.field(step.detail, lang))
    return message.in_language(lang)


def next_line(kind: str, step: NextStepView, lang: str) -> str:
    """Say which step may be taken next, by whom, and what it needs."""
    line = f"{party_name(step)}: {word_name(kind, step.word, lang)} ({step.word})"
    fields = ", ".join(words.field(name, lang) for name in step.needs)
    return (
        _("{step}, with {fields}", step=line, fields=fields).in_language(lang) if fields else line
    )


def gap_line(letter: str, field: str, is_required: bool, lang: str) -> str:
    """Say what a request lacks, and where article 18(15) asks for it."""
    name = words.field(f"assistance_request.{field}", lang)
    name = words.field(field, lang) if name.endswith(field) else name
    place = f"UNTOC 18(15)({letter}): " if letter else ""
    hint = "" if is_required else _(" (where possible)").in_language(lang)
    return f"{place}{name}{hint}"


TIMES_COLUMNS: Sequence[UserMessage] = (
    _("Deadline"),
    _("Country"),
    _("Urgency"),
    _("Kept"),
    _("Late"),
    _("Overdue"),
    pgettext("column of deadlines", "Open"),
    _("Median (h)"),
)


def times_line(row: AnswerTimes, lang: str) -> list[str]:
    """Return the cells of a line of the service-level report."""
    median = "—" if row.median_hours is None else number_text(row.median_hours, ",.2f", lang)
    urgency = words.value("urgency", "urgent" if row.is_urgent else "routine", lang)
    return [
        DEADLINES[row.deadline].in_language(lang),
        row.country,
        urgency,
        *map(str, (row.in_time, row.late, row.missed, row.running)),
        median,
    ]
