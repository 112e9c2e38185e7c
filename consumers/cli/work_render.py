"""Print cases, notes and watch-lists on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from consumers.cli.person_render import print_indented
from consumers.presentation.times import utc
from consumers.presentation.work_words import (
    KINDS,
    ROLES,
    SCOPES,
    STATUSES,
    author_name,
    custody_line,
    mark_line,
    reference_name,
    timeline_when,
)
from consumers.query.work.work_views import CaseView, NoteView, WatchHit, WatchListView
from schemas import words
from schemas.i18n import UserMessage, _


def print_case(console: Console, case: CaseView, lang: str) -> None:
    """Print a case: what it is, its items, notes, timeline and custody record."""
    summary = case.summary
    console.print(Text(summary.title or "—", style="bold") + Text(f" · {summary.id}"))
    about = (
        STATUSES[summary.status].in_language(lang),
        summary.group or SCOPES[summary.scope].in_language(lang),
        author_name(summary.owner),
    )
    print_indented(console, " · ".join(about))
    if case.text:
        print_indented(console, case.text)
    members = (
        f"{member.person} ({member.country}), {ROLES[member.role].in_language(lang)}"
        for member in case.members
    )
    _print_part(console, _("Members"), members, lang)
    items = (
        f"{KINDS[item.reference.kind].in_language(lang)}: {reference_name(item.reference, lang)} · "
        f"{item.reference.id}" + (f" · {item.text}" if item.text else "")
        for item in case.items
    )
    _print_part(console, _("Items"), items, lang)
    if case.notes:
        console.print(Text(_("Notes").in_language(lang), style="bold"))
        print_notes(console, case.notes, lang)
    timeline = (
        f"{timeline_when(entry, lang)} · {words.event_type(entry.type, lang)} ({entry.country})"
        for entry in case.timeline
    )
    _print_part(console, _("Timeline"), timeline, lang)
    custody = (f"{utc(entry.at)} · {custody_line(entry, lang)}" for entry in case.custody)
    _print_part(console, _("Custody record (UTC)"), custody, lang)


def print_notes(console: Console, notes: Sequence[NoteView], lang: str) -> None:
    """Print notes, each with its author and what it is on."""
    for note in notes:
        print_indented(console, note.text)
        about = [reference_name(reference, lang) for reference in note.about]
        head = " · ".join([utc(note.written_at), author_name(note.author), *about, note.id])
        print_indented(console, head, 5, "dim")
    if not notes:
        console.print(_("No note.").in_language(lang), markup=False)


def print_marks(console: Console, view: WatchListView, lang: str) -> None:
    """Print the marks of a watch-list, each with its id."""
    console.print(Text(view.summary.title, style="bold") + Text(f" · {view.summary.id}"))
    for mark in view.marks:
        print_indented(console, mark_line(mark, lang))
        print_indented(console, mark.id, 5, "dim")
    if not view.marks:
        print_indented(console, _("No mark yet: quipu watch-list add").in_language(lang))


def print_hits(console: Console, view: WatchListView, hits: Sequence[WatchHit], lang: str) -> None:
    """Print what a watch-list found, each with its mark."""
    marks = {mark.id: mark_line(mark, lang) for mark in view.marks}
    for hit in hits:
        owner = f"{words.event_type(hit.type, lang)} ({hit.country} {hit.authority})"
        console.print(Text(f"{utc(hit.recorded_at)} · {owner}"))
        print_indented(console, f"{marks.get(hit.mark, '')} · TLP:{hit.tlp}")
        print_indented(console, hit.event, 5, "dim")
    if not hits:
        console.print(_("Nothing names a mark of this list.").in_language(lang), markup=False)


def _print_part(console: Console, heading: UserMessage, lines: Iterable[str], lang: str) -> None:
    texts = list(lines)
    if texts:
        console.print(Text(heading.in_language(lang), style="bold"))
    for text in texts:
        print_indented(console, text)
