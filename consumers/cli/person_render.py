"""Print who a person may be on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from consumers.presentation.explanation_lines import explanation_parts
from consumers.presentation.person_words import (
    INCOMPLETE,
    NO_FINDINGS,
    NOBODY,
    mention_line,
    reasons_line,
    sureness,
    verdict_label,
)
from consumers.presentation.wording import GRADES
from consumers.query.persons.person_findings import PersonFinding
from consumers.query.persons.person_views import LinkView, MentionView, Person, PersonAnswer
from schemas.i18n import UserMessage, _


def print_answer(console: Console, answer: PersonAnswer, lang: str) -> None:
    """Print the persons that may be meant, the likeliest first, with their records."""
    for number, person in enumerate(answer.persons, 1):
        best = person.mentions[0]
        console.print(
            Text(f"{number}. {best.mention.name or '—'} · ", style="bold")
            + Text(sureness(person.probability, lang))
        )
        for item in person.mentions:
            print_indented(console, mention_line(item.mention, lang))
            print_indented(console, reasons_line(item.reasons, lang), 5, "dim")
            print_indented(console, item.mention.id, 5, "dim")
    if not answer.persons:
        console.print(NOBODY.in_language(lang), markup=False)
    _print_incomplete(console, answer.is_complete, lang)


def print_person(console: Console, person: Person, lang: str) -> None:
    """Print who somebody is: the records, what joins them, and who else it may be."""
    name = next((mention.name for mention in person.mentions if mention.name), "—")
    console.print(Text(name, style="bold") + Text(f" · {person.id}"))
    for mention in person.mentions:
        print_indented(console, mention_line(mention, lang))
        print_indented(console, mention.id, 5, "dim")
    names = {mention.id: mention for mention in (*person.mentions, *person.others)}
    for heading, links in (
        (_("Why these records are one person"), person.links),
        (_("Who else it may be"), person.possible),
        (_("Not the same person, as an analyst decided"), person.rejected),
    ):
        _print_links(console, heading, links, names, lang)
    _print_incomplete(console, person.is_complete, lang)


def print_findings(console: Console, findings: Sequence[PersonFinding], lang: str) -> None:
    """Print findings, each with its records in the order of occurrence, and why it is shown.

    What a decision does is the same for many: it stands once, at the end.
    """
    decisions: dict[str, None] = {}
    for finding in findings:
        console.print(Text(finding.sentence[lang], style="bold"))
        grade = GRADES[finding.grade].in_language(lang)
        console.print(f"{finding.title[lang]} · {grade} · TLP:{finding.tlp}", markup=False)
        for mention in finding.evidence:
            print_indented(console, mention_line(mention, lang))
        *parts, _decisions = explanation_parts(finding, lang)
        for part in parts:
            joint = " " if part.lines[0].endswith(".") else "; "
            print_indented(console, f"{part.heading}: {joint.join(part.lines)}", style="dim")
        decisions.update(dict.fromkeys(line[lang] for line in finding.explanation.decisions))
        print_indented(console, f"quipu person {finding.person}", style="dim")
        console.print()
    for line in decisions:
        console.print(line, markup=False, style="dim")
    if not findings:
        console.print(NO_FINDINGS.in_language(lang), markup=False)


def print_indented(console: Console, text: str, depth: int = 3, style: str = "") -> None:
    """Print a text whose further lines are indented like its first."""
    for line in Text(text, style=style).wrap(console, max(1, console.width - depth)):
        line.rstrip()
        console.print(Text(" " * depth).append_text(line), soft_wrap=True)


def _print_links(
    console: Console,
    heading: UserMessage,
    links: Sequence[LinkView],
    names: dict[str, MentionView],
    lang: str,
) -> None:
    if not links:
        return
    console.print()
    console.print(heading.in_language(lang), markup=False, style="bold")
    for link in links:
        print_indented(console, mention_line(names[link.first], lang))
        print_indented(console, mention_line(names[link.second], lang))
        verdict = f" · {verdict_label(link.verdict, lang)}" if link.verdict else ""
        print_indented(console, f"{sureness(link.probability, lang)}{verdict}", 5)
        print_indented(console, reasons_line(link.reasons, lang), 5, "dim")
        print_indented(console, f"{link.first} {link.second}", 5, "dim")


def _print_incomplete(console: Console, is_complete: bool, lang: str) -> None:
    if not is_complete:
        console.print(INCOMPLETE.in_language(lang), markup=False, style="yellow")
