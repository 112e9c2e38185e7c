"""Print traces of weapons on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.text import Text

from consumers.cli.person_render import print_indented
from consumers.presentation import course_words, trace_words
from consumers.presentation.course_words import deadline_line, party_name, time_left
from consumers.presentation.times import utc
from consumers.query.lifecycles.course_views import PENDING
from consumers.query.traces.trace_figures import TraceFigures
from consumers.query.traces.trace_views import TraceLine, TraceList, TraceParty, TraceView
from infra.list_table import ListColumn, print_facts, print_list
from schemas import words
from schemas.i18n import _

SHORT = 8
"""Digits of an id by which a list names a trace."""


def print_traces(console: Console, answer: TraceList, now: datetime, lang: str) -> None:
    """Print a line for each country that a trace asks."""
    if not answer.lines:
        console.print(course_words.NOTHING.in_language(lang), markup=False)
    else:
        print_list(console, _columns(now, lang), answer.lines)
        hint = _("One in full: quipu trace show {id}", id=answer.lines[0].id[-SHORT:])
        console.print(hint.in_language(lang), markup=False, style="dim")
    if not answer.is_complete:
        console.print(course_words.MORE.in_language(lang), markup=False, style="yellow")


def _columns(now: datetime, lang: str) -> list[ListColumn[TraceLine]]:
    def due(line: TraceLine) -> Text:
        if line.due is None or line.deadline not in PENDING:
            return Text("—")
        style = "bold red" if line.deadline == "missed" else "bold" if line.is_urgent else ""
        return Text(time_left(line.due, now).in_language(lang), style=style)

    def answer(line: TraceLine) -> str:
        return trace_words.outcome_line(line.outcome, line.basis, line.standing, lang)

    return [
        ListColumn(_("Due").in_language(lang), due),
        ListColumn(
            _("Weapon").in_language(lang),
            lambda line: f"{line.title} ({line.id[-SHORT:]})",
            is_main=True,
        ),
        ListColumn(
            _("Asks").in_language(lang), lambda line: f"{line.asker_country}/{line.asker_authority}"
        ),
        ListColumn(
            _("Asked").in_language(lang),
            lambda line: "/".join(filter(None, (line.country, line.authority))),
        ),
        ListColumn(_("Answer").in_language(lang), answer),
        ListColumn(_("Last lawful holder").in_language(lang), lambda line: line.holder, True),
    ]


def print_trace(console: Console, trace: TraceView, now: datetime, lang: str) -> None:
    """Print a trace: for each country what is signed and what is computed."""
    summary = trace.course.summary
    urgency = words.value("urgency", "urgent" if summary.is_urgent else "routine", lang)
    console.print(Text(summary.title or summary.id, style="bold"))
    line = " · ".join(
        filter(None, (urgency, party_name(summary), utc(summary.opened_at), summary.reference))
    )
    print_indented(console, f"{line} · TLP:{summary.tlp}", 0)
    for party in trace.parties:
        _print_party(console, party, now, lang)
    if any(step.is_yours for step in trace.course.next_steps):
        hint = _("Answer: quipu trace confirm {id} --node NODE, or quipu trace correct {id} …")
        text = hint.with_values(id=summary.id[-SHORT:]).in_language(lang)
        console.print(text, markup=False, style="dim")


def _print_party(console: Console, party: TraceParty, now: datetime, lang: str) -> None:
    console.print()
    name = "/".join(filter(None, (party.country, party.authority)))
    basis = party.signed.basis if party.signed else ""
    outcome = trace_words.outcome_line(party.outcome, basis, party.standing, lang)
    console.print(Text(f"{name}: {outcome}", style="bold"))
    if party.deadline is not None:
        style = "red" if party.deadline.status in ("missed", "late") else ""
        print_indented(console, deadline_line(party.deadline, now, lang), 2, style)
    if party.holder:
        holder = _("Last lawful holder: {name}", name=party.holder).in_language(lang)
        print_indented(console, holder, 2)
    if party.signed is not None:
        signed = party.signed
        print_indented(console, f"{utc(signed.at)} · {signed.country}/{signed.authority}", 2)
        for link in signed.chain:
            print_indented(console, trace_words.chain_line(link, lang), 4)
    if party.standing == "nothing":
        print_indented(console, trace_words.NOTHING_PUBLISHED.in_language(lang), 2, "dim")
    if not party.automatic.records:
        return
    computed = trace_words.AUTOMATIC.with_values(country=party.country).in_language(lang)
    print_indented(console, computed, 2, "yellow" if party.standing == "automatic" else "dim")
    for link in party.automatic.chain:
        print_indented(console, trace_words.chain_line(link, lang), 4)
    if statuses := trace_words.status_line(party, lang):
        print_indented(console, _("On record as: {list}", list=statuses).in_language(lang), 4)


def print_trace_figures(console: Console, rows: Sequence[TraceFigures], by: str, lang: str) -> None:
    """Print the results of traces: a block for each value, since the figures are many."""
    if not rows:
        console.print(course_words.NOTHING.in_language(lang), markup=False)
    for row in rows:
        console.print(Text(trace_words.value_name(by, row.value, lang), style="bold"))
        names = [heading.in_language(lang) for heading in trace_words.FIGURE_COLUMNS]
        print_facts(console, dict(zip(names, trace_words.figure_cells(row, lang), strict=True)))
        console.print()
