"""Print border operations on a terminal."""

from __future__ import annotations

from datetime import datetime

from rich.console import Console
from rich.text import Text

from consumers.cli.course_render import print_course
from consumers.cli.person_render import print_indented
from consumers.presentation import course_words, operation_words
from consumers.query.operations.operation_views import OperationView, PlanChecks, PlanCheckView
from schemas import words
from schemas.i18n import UserMessage, _

SHORT = 8
"""Digits of an id by which a list names a plan."""


def print_checks(console: Console, answer: PlanChecks, lang: str) -> None:
    """Print each plan with the result of its comparison, and whom to call."""
    if not answer.plans:
        console.print(operation_words.NOTHING.in_language(lang), markup=False)
    for check in answer.plans:
        state = words.value("operation_state", check.state, lang)
        print_indented(console, f"{check.title} ({check.id[-SHORT:]}) · {state}", 0, "bold")
        print_indented(console, f"{check.starts} → {check.ends}", 2)
        _print_check(console, check, lang)
    if not answer.is_complete:
        console.print(course_words.MORE.in_language(lang), markup=False, style="yellow")


def print_operation(console: Console, view: OperationView, now: datetime, lang: str) -> None:
    """Print an operation as a course, then its comparison and its results."""
    print_course(console, view.course, now, lang)
    if view.check is not None:
        _heading(console, _("Other operations"), lang)
        _print_check(console, view.check, lang)
    if view.totals:
        _heading(console, _("Results"), lang)
    for total in view.totals:
        print_indented(console, operation_words.total_line(total, lang), 2)
    if view.records:
        _heading(console, _("Seizures, arrests and other records"), lang)
    for record in view.records:
        name = operation_words.record_name(record, lang)
        owner = f"{record.country}/{record.authority}"
        print_indented(console, f"{name} · {owner} · {record.event[-SHORT:]}", 2)


def _print_check(console: Console, check: PlanCheckView, lang: str) -> None:
    style = "bold red" if check.standing == "CONFLICT" else ""
    print_indented(console, operation_words.standing_line(check, lang), 2, style)
    for line in operation_words.contact_lines(check, lang):
        print_indented(console, line, 4, "bold")


def _heading(console: Console, text: UserMessage, lang: str) -> None:
    console.print()
    console.print(Text(text.in_language(lang), style="bold"))
