"""Print joint investigations and the chain of custody of their exhibits on a terminal."""

from __future__ import annotations

from datetime import datetime

from rich.console import Console
from rich.text import Text

from consumers.cli.course_render import SHORT, print_course
from consumers.cli.person_render import print_indented
from consumers.presentation import course_words, custody_words
from consumers.query.investigations.investigation_views import (
    ExhibitView,
    InvestigationLine,
    InvestigationList,
    InvestigationView,
)
from infra.list_table import ListColumn, print_list
from schemas.i18n import _

MORE = _("There are more than are shown here.")


def print_investigations(console: Console, answer: InvestigationList, lang: str) -> None:
    """Print a list of investigations with the number of their exhibits."""
    if not answer.investigations:
        console.print(course_words.NOTHING.in_language(lang), markup=False)
    else:
        print_list(console, _columns(lang), answer.investigations)
        first = answer.investigations[0]
        hint = _("One in full: quipu investigation show {id}", id=first.id[-SHORT:])
        console.print(hint.in_language(lang), markup=False, style="dim")
    if not answer.is_complete:
        console.print(MORE.in_language(lang), markup=False, style="yellow")


def print_investigation(
    console: Console, view: InvestigationView, now: datetime, lang: str
) -> None:
    """Print an investigation as a course, then each exhibit with its chain of custody."""
    print_course(console, view.course, now, lang)
    console.print()
    console.print(Text(_("Exhibits").in_language(lang), style="bold"))
    if not view.exhibits:
        print_indented(console, custody_words.NO_EXHIBITS.in_language(lang), 2)
    for exhibit in view.exhibits:
        _print_exhibit(console, exhibit, lang)


def _print_exhibit(console: Console, exhibit: ExhibitView, lang: str) -> None:
    print_indented(console, custody_words.exhibit_name(exhibit, lang), 2, "bold")
    print_indented(console, custody_words.standing_line(exhibit, lang), 4, "bold")
    if exhibit.hash:
        print_indented(console, f"SHA-256 {exhibit.hash}", 4, "dim")
    for act in exhibit.acts:
        style = "dim" if act.refusal else ""
        print_indented(console, custody_words.act_line(act, lang), 4, style)
        for line in custody_words.noted_lines(act, lang):
            print_indented(console, line, 6, "dim")
        for line in custody_words.remark_lines(act, lang):
            print_indented(console, line, 6, "yellow")
    if line := custody_words.next_line(exhibit, lang):
        print_indented(console, _("Next: {acts}", acts=line).in_language(lang), 4)


def _columns(lang: str) -> list[ListColumn[InvestigationLine]]:
    return [
        ListColumn(
            _("Investigation").in_language(lang),
            lambda line: f"{line.title} ({line.id[-SHORT:]})",
            is_main=True,
        ),
        ListColumn(
            _("State").in_language(lang),
            lambda line: course_words.word_name("investigation", line.state, lang),
        ),
        ListColumn(
            _("Opened by").in_language(lang), lambda line: f"{line.country}/{line.authority}"
        ),
        ListColumn(_("Exhibits").in_language(lang), lambda line: str(line.exhibits)),
        ListColumn(_("With you").in_language(lang), lambda line: str(line.held)),
        ListColumn(_("On their way to you").in_language(lang), lambda line: str(line.awaited)),
    ]
