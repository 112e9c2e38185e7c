"""Lay out what a list of persons, plates and telephones found, as a table for files. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from consumers.exports.table import Cell, ColumnKind, ExportColumn, StreamedTable
from consumers.presentation.figure_words import moment_label
from consumers.presentation.person_words import INCOMPLETE, reasons_line, sureness
from consumers.query.persons.bulk_lookup import LineAnswer
from consumers.query.persons.lookup_file import COLUMNS
from schemas import words
from schemas.i18n import UserMessage, _

NOTHING = _("no record that you may see")
_FOUND = (
    *("found", "sureness", "person", "record", "type", "role", "country", "authority"),
    *("recorded_name", "recorded_birth", "recorded_documents", "occurred", "recorded_at"),
    *("reasons", "tlp", "markings", "remark"),
)
_KINDS = {
    "line": ColumnKind.COUNT,
    "occurred": ColumnKind.MOMENT,
    "recorded_at": ColumnKind.MOMENT,
}


def lookup_table(
    answers: Iterable[LineAnswer], at: datetime, lang: str, notes: Sequence[UserMessage] = ()
) -> StreamedTable:
    """Lay out a row for each record that a line found, and one for a line that found none."""
    names = ("line", *COLUMNS, *_FOUND)
    moment = ExportColumn("asked_as_of", _("moment").in_language(lang))
    return StreamedTable(
        "lookup",
        _("Persons, plates and telephones looked up").in_language(lang),
        [ExportColumn(name, name, _KINDS.get(name, ColumnKind.TEXT)) for name in names],
        (row for answer in answers for row in _rows(answer, lang)),
        [note.in_language(lang) for note in notes],
        [(moment, moment_label(at, lang))],
    )


def _rows(answer: LineAnswer, lang: str) -> Iterator[list[Cell]]:
    line_cells: list[Cell] = [
        answer.line.number,
        *(answer.line.values.get(name, "") for name in COLUMNS),
    ]
    is_empty = True
    for row in (*_person_rows(answer, lang), *_thing_rows(answer, lang)):
        is_empty = False
        yield [*line_cells, *row]
    problem = answer.problem
    if problem is None and not answer.is_complete:
        problem = INCOMPLETE
    if problem is None and is_empty:
        problem = NOTHING
    if problem is not None:
        blank: list[Cell] = [None] * (len(_FOUND) - 1)
        yield [*line_cells, *blank, problem.in_language(lang)]


def _person_rows(answer: LineAnswer, lang: str) -> Iterator[list[Cell]]:
    for person in answer.persons:
        for item in person.mentions:
            mention = item.mention
            role = words.value("person_role", mention.role, lang) if mention.role else ""
            yield [
                *("person", sureness(item.probability, lang), person.id, mention.event),
                *(words.event_type(mention.type, lang), role),
                *(mention.country, mention.authority, mention.name, mention.born),
                *(" | ".join(mention.documents), mention.occurred, mention.recorded_at),
                *(reasons_line(item.reasons, lang), mention.tlp),
                *(" | ".join(mention.markings), ""),
            ]


def _thing_rows(answer: LineAnswer, lang: str) -> Iterator[list[Cell]]:
    for kind, sighting in answer.sightings:
        yield [
            *(kind, None, None, sighting.event, words.event_type(sighting.type, lang), ""),
            *(sighting.country, sighting.authority, None, None, None),
            *(sighting.occurred, sighting.recorded_at, None, sighting.tlp),
            *(" | ".join(sighting.markings), ""),
        ]
