"""Look up a pasted list: on each line an identifier of any kind, or a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from consumers.query.persons.bulk_lookup import LineAnswer
from consumers.query.persons.lookup_file import LookupFileError, LookupLine
from consumers.query.persons.person_views import FoundPerson
from consumers.query.search.asked_words import AskedWord, AskedWords
from consumers.query.search.marks_asked import is_like_a_mark, read_marks
from consumers.query.search.one_search import OneSearch, question_on_person
from consumers.query.search.search_answer import MOST_SHOWN
from consumers.query.things import Thing
from consumers.store.record_words import squeeze
from schemas.i18n import UserMessage, _

MOST_LINES = 100
LONGEST_LINE = 200
TOO_LITTLE = _("This is neither a number nor two names.")
MOST_MARKS = 50
"""Marks of one statement."""


class PastedLine(NamedTuple):
    """A line of the list. `number`: as an editor counts, from 1."""

    number: int
    text: str


def read_pasted_list(text: str) -> list[PastedLine]:
    """Return the lines that say something. Raises LookupFileError for none, or too many."""
    lines = [
        PastedLine(number, line.strip())
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip()
    ]
    if not lines:
        raise LookupFileError(
            _("The list has no line to look up."),
            _("Write one person, plate or other value on each line."),
        )
    if len(lines) > MOST_LINES or any(len(line.text) > LONGEST_LINE for line in lines):
        raise LookupFileError(
            _(
                "A list has {most:,} lines of {letters} characters.",
                most=MOST_LINES,
                letters=LONGEST_LINE,
            ),
            _("Part it into several lists."),
        )
    return lines


class ListLookup:
    """Looks up a list with few statements. `secret`: under which things have keys."""

    def __init__(self, search: OneSearch, secret: bytes) -> None:
        """`search`: the search of the reader who asks."""
        self._search = search
        self._secret = secret

    def answers(self, lines: Sequence[PastedLine]) -> list[LineAnswer]:
        """Return what each line finds, in the order of the list."""
        marked = [line for line in lines if is_like_a_mark(line.text)]
        things = self._things(marked)
        return [self._answer(line, things.get(line.number)) for line in lines]

    def _answer(self, line: PastedLine, things: list[Thing] | None) -> LineAnswer:
        """Return what a line finds. `things`: None where it is no number."""
        value = LookupLine(line.number, {"text": line.text})
        if things is not None:
            return LineAnswer(value, things=things)
        persons: list[FoundPerson] = []
        problem: UserMessage | None = TOO_LITTLE
        answer = self._search.persons(question_on_person(line.text))
        if answer is not None:
            persons, problem = answer.persons[:MOST_SHOWN], None
        is_complete = answer is None or answer.is_complete
        return LineAnswer(value, persons, (), problem, is_complete)

    def _things(self, lines: Sequence[PastedLine]) -> dict[int, list[Thing]]:
        """Return the things of each line by its number, with titles."""
        ids = {
            line.number: [
                id_ for named in read_marks(line.text, self._secret).values() for id_ in named
            ]
            for line in lines
        }
        things = {thing.id: thing for thing in self._search.titled(_distinct(ids.values()))}
        by_line = {
            number: [things[id_] for id_ in dict.fromkeys(named) if id_ in things]
            for number, named in ids.items()
        }
        for start in range(0, len(lines), MOST_MARKS):
            self._add_weapons(lines[start : start + MOST_MARKS], by_line)
        shown = {thing.id: thing for things in by_line.values() for thing in things}
        self._search.note_things(shown.values())
        return by_line

    def _add_weapons(self, lines: Sequence[PastedLine], to: dict[int, list[Thing]]) -> None:
        """Add the weapons and lots whose serial records write as a line does."""
        marks = {line.number: squeeze(line.text) for line in lines}
        words = AskedWords((AskedWord("", tuple(dict.fromkeys(marks.values()))),))
        for thing in self._search.weapons(words):
            title = squeeze(thing.title["es"]) if thing.title else ""
            for number, mark in marks.items():
                if mark and mark in title:
                    to[number].append(thing)


def _distinct(lists: Iterable[Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(id_ for ids in lists for id_ in ids))
