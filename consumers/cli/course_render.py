"""Print requests and alerts on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from rich.console import Console
from rich.text import Text

from consumers.cli.person_render import print_indented
from consumers.presentation import course_words
from consumers.presentation.course_words import (
    TIMES_COLUMNS,
    conditions_line,
    contact_line,
    course_title,
    deadline_line,
    due_line,
    function_name,
    gap_line,
    kind_name,
    next_line,
    party_name,
    refusal_line,
    step_line,
    times_line,
    turn_line,
    word_name,
)
from consumers.presentation.times import utc
from consumers.query.lifecycles.answer_times import AnswerTimes
from consumers.query.lifecycles.course_queries import CourseList
from consumers.query.lifecycles.course_views import (
    ContactView,
    CourseSummary,
    CourseView,
    PartyView,
)
from infra.list_table import ListColumn, print_list, print_rows
from schemas import words
from schemas.i18n import UserMessage, _
from streams.lifecycles.library import ALERT

SHORT = 8
"""Digits of an id by which a list names a course."""


def print_courses(console: Console, answer: CourseList, now: datetime, lang: str) -> None:
    """Print a list of courses, what is due first at the top."""
    if not answer.courses:
        console.print(course_words.NOTHING.in_language(lang), markup=False)
    else:
        print_list(console, _columns(now, lang), answer.courses)
        last = answer.courses[0]
        hint = _("One in full: quipu {group} show {id}", group=_group(last), id=last.id[-SHORT:])
        console.print(hint.in_language(lang), markup=False, style="dim")
    if not answer.is_complete:
        console.print(course_words.MORE.in_language(lang), markup=False, style="yellow")


def _columns(now: datetime, lang: str) -> list[ListColumn[CourseSummary]]:
    def due(summary: CourseSummary) -> Text:
        style = "bold red" if summary.is_overdue else "bold" if summary.is_urgent else ""
        return Text(due_line(summary, now, lang), style=style)

    def what(summary: CourseSummary) -> str:
        kind = kind_name(summary.kind, lang)
        return f"{course_title(summary, lang)} ({kind} · {summary.id[-SHORT:]})"

    def who(summary: CourseSummary) -> str:
        return f"{summary.country}→{','.join(sorted({p.country for p in summary.parties}))}"

    return [
        ListColumn(_("Due").in_language(lang), due),
        ListColumn(_("State").in_language(lang), lambda s: word_name(s.kind, s.state, lang)),
        ListColumn(_("What").in_language(lang), what, is_main=True),
        ListColumn(_("Who").in_language(lang), who),
        ListColumn("TLP", lambda summary: summary.tlp, is_extra=True),
    ]


def print_course(console: Console, view: CourseView, now: datetime, lang: str) -> None:
    """Print a course in full: where it stands, its history, what may come next."""
    summary = view.summary
    console.print(Text(course_title(summary, lang), style="bold"))
    urgency = words.value("urgency", "urgent" if summary.is_urgent else "routine", lang)
    parts = [kind_name(summary.kind, lang), word_name(summary.kind, summary.state, lang)]
    parts += [urgency, party_name(summary), f"TLP:{summary.tlp}", summary.reference]
    if summary.exercise:
        parts.append(_("EXERCISE {name}", name=summary.exercise).in_language(lang))
    print_indented(console, " · ".join(filter(None, parts)), 0)
    print_indented(console, summary.id, 0, "dim")
    _print_conditions(console, view, lang)
    for party in summary.parties:
        _print_party(console, summary.kind, party, now, lang)
    _print_steps(console, view, lang)
    if view.gaps:
        _heading(console, _("What the request lacks"), lang)
    for gap in view.gaps:
        print_indented(console, gap_line(gap.letter, gap.field, gap.is_required, lang), 2)
    if view.next_steps:
        _heading(console, _("What may come next"), lang)
    for step in sorted(view.next_steps, key=lambda step: not step.is_yours):
        style = "bold" if step.is_yours else ""
        print_indented(console, next_line(summary.kind, step, lang), 2, style)
    if any(step.is_yours for step in view.next_steps):
        hint = _("Answer: quipu {group} answer {id} --node NODE --step STEP").with_values(
            group=_group(summary), id=summary.id[-SHORT:]
        )
        console.print(hint.in_language(lang), markup=False, style="dim")


def _group(summary: CourseSummary) -> str:
    """Return the group of commands for a course."""
    return "alert" if summary.kind == ALERT.name else "request"


def _print_conditions(console: Console, view: CourseView, lang: str) -> None:
    summary = view.summary
    for marking in course_words.other_markings(view.opening):
        code, _separator, text = marking.partition(": ")
        line = f"{code}: {text or words.value('handling', code, lang)}"
        print_indented(console, line, 0, "yellow")
    if line := conditions_line(summary, lang):
        bound = _("Conditions of use: {conditions}", conditions=line).in_language(lang)
        print_indented(console, bound, 0, "yellow")
    if summary.is_withheld:
        text = course_words.WITHHELD.with_values(id=summary.id[-SHORT:]).in_language(lang)
        print_indented(console, text, 0, "bold yellow")


def _print_party(console: Console, kind: str, party: PartyView, now: datetime, lang: str) -> None:
    console.print()
    console.print(Text(f"{party_name(party)}: {word_name(kind, party.state, lang)}", style="bold"))
    for deadline in party.deadlines:
        style = "red" if deadline.status in ("missed", "late") else ""
        print_indented(console, deadline_line(deadline, now, lang), 2, style)
    if party.current is not None:
        print_indented(console, turn_line(party.current, now, lang), 2, "bold")
        print_indented(console, contact_line(party.current.contact, lang), 4)
    if party.answered_by:
        name = function_name(party.answered_by, lang)
        print_indented(console, _("answered by: {who}", who=name).in_language(lang), 2)


def _print_steps(console: Console, view: CourseView, lang: str) -> None:
    summary = view.summary
    _heading(console, _("History"), lang)
    opened = word_name(summary.kind, "", lang) or kind_name(summary.kind, lang)
    print_indented(console, f"{utc(summary.opened_at)} · {party_name(summary)} · {opened}", 2)
    for step in view.steps:
        print_indented(
            console, step_line(summary.kind, step, lang), 2, "dim" if step.refusal else ""
        )
        if line := refusal_line(summary.kind, step, lang):
            print_indented(console, line, 4, "yellow")


def print_times(console: Console, rows: Sequence[AnswerTimes], lang: str) -> None:
    """Print the service-level report; each figure counts what the reader may see."""
    if not rows:
        console.print(course_words.NOTHING.in_language(lang), markup=False)
        return
    for kind, own in groupby(rows, key=lambda row: row.kind):
        console.print(Text(kind_name(kind, lang), style="bold"))
        headings = [heading.in_language(lang) for heading in TIMES_COLUMNS]
        figures = range(3, len(headings))
        print_rows(console, headings, (times_line(row, lang) for row in own), figures)


def print_contacts(console: Console, contacts: Sequence[ContactView], lang: str) -> None:
    """Print whom to call, by country, in the order of calling."""
    if not contacts:
        console.print(course_words.NOTHING.in_language(lang), markup=False)
    for contact in contacts:
        style = "bold" if contact.is_on_duty else "dim"
        heading = f"{contact.country} · {function_name(contact.function, lang)}"
        print_indented(console, heading, 0, style)
        print_indented(console, contact_line(contact, lang), 2)


def _heading(console: Console, text: UserMessage, lang: str) -> None:
    console.print()
    console.print(Text(text.in_language(lang), style="bold"))
