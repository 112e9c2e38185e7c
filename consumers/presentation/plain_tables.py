"""Lay lists of requests, contacts, cases and notes out as tables for files: their fields. Pure.

A column is a field, or what a field of a field says: `summary.title` becomes `title`. Which kind of
cell it has follows from the type of the field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, TypeVar, get_args, get_type_hints

from consumers.exports.table import Cell, ColumnKind, ExportColumn, StreamedTable
from consumers.presentation.course_words import party_name
from consumers.presentation.list_tables import LayOutList, list_table
from consumers.query.conditions import ConditionView
from consumers.query.hit_lookup.asked import AskedHit
from consumers.query.lifecycles.answer_times import AnswerTimes
from consumers.query.lifecycles.course_views import ContactView, CourseSummary, PartyView
from consumers.query.work.work_views import (
    MarkView,
    NoteView,
    SavedSearchView,
    ShownReference,
    WatchHit,
    WatchListView,
    WorkSummary,
)
from infra.csv_text import cell_text
from schemas.i18n import UserMessage, _

Item = TypeVar("Item")
_KINDS: Mapping[type, ColumnKind] = {
    datetime: ColumnKind.MOMENT,
    int: ColumnKind.COUNT,
    float: ColumnKind.FIGURE,
}


def plain_table(type_: type[Item], name: str, title: UserMessage, paths: str) -> LayOutList[Item]:
    """Return what lays a list of `type_` out: a column for each path, in their order.

    `paths`: of fields, with blanks between them.
    """
    columns = [_column(type_, path) for path in paths.split()]
    read = [attrgetter(path) for path in paths.split()]

    def lay_out(
        items: Iterable[Item], at: datetime, lang: str, notes: Sequence[UserMessage] = ()
    ) -> StreamedTable:
        cells = ([_cell(value(item)) for value in read] for item in items)
        return list_table(name, title, columns, cells, at, lang, notes)

    return lay_out


def _column(type_: type, path: str) -> ExportColumn:
    """Return the column of a path; raises KeyError where the type has no such field."""
    name = path.rpartition(".")[2]
    hint: Any = type_
    for part in path.split("."):
        hint = get_type_hints(hint)[part]
    known = [hint, *get_args(hint)]
    kind = next((_KINDS[part] for part in known if part in _KINDS), ColumnKind.TEXT)
    return ExportColumn(name, name, kind)


def _cell(value: object) -> Cell:
    """Write a value in one cell; of authorities and of what work is about, the names."""
    if isinstance(value, list):
        return " | ".join(_name(part) for part in value)
    if isinstance(value, bool) or not isinstance(value, str | int | float | datetime | None):
        return cell_text(value)
    return value


def _name(value: object) -> str:
    if isinstance(value, PartyView):
        return party_name(value)
    if isinstance(value, ShownReference):
        return f"{value.kind}:{value.id}"
    if isinstance(value, MarkView):
        return cell_text(value.values)
    return " ".join(value) if isinstance(value, tuple) else cell_text(value)


_OF_WORK = "id title status scope group role opened_at changed_at"
_OF_OWNER = "owner.person owner.country owner.authority"
_IN_SUMMARY = " ".join(f"summary.{name}" for name in f"{_OF_WORK} {_OF_OWNER}".split())
courses_table = plain_table(
    CourseSummary,
    "requests",
    _("Requests and alerts"),
    "id kind title reference state is_open is_urgent opened_at country authority parties next_due "
    "is_overdue is_yours is_withheld crime conditions condition_text exercise tlp",
)
times_table = plain_table(
    AnswerTimes,
    "answer-times",
    _("How deadlines were kept"),
    "kind deadline country is_urgent in_time late missed running median_hours",
)
contacts_table = plain_table(
    ContactView,
    "contacts",
    _("Contact points of the 24/7 network"),
    "id country authority function official position channels is_on_duty",
)
cases_table = plain_table(WorkSummary, "cases", _("Cases"), f"{_OF_WORK} {_OF_OWNER}")
notes_table = plain_table(
    NoteView,
    "notes",
    _("Notes"),
    "id text about case author.person author.country author.authority written_at changed_at scope "
    "group is_own",
)
watch_lists_table = plain_table(
    WatchListView, "watch-lists", _("Watch-lists"), f"{_IN_SUMMARY} marks"
)
marks_table = plain_table(MarkView, "marks", _("Marks"), "id kind values text added_at")
watch_hits_table = plain_table(
    WatchHit,
    "watch-list-hits",
    _("Records that name a mark"),
    "mark event thing type country authority occurred recorded_at certainty tlp",
)
saved_searches_table = plain_table(
    SavedSearchView, "saved-searches", _("Saved searches"), f"{_IN_SUMMARY} page query"
)
asked_table = plain_table(
    AskedHit,
    "hit-look-ups",
    _("Hit look-ups"),
    "reference recorded_at is_hit country authority person purpose legal_basis through events "
    "owners",
)
conditions_table = plain_table(
    ConditionView, "conditions", _("Conditions of owners"), "country text accepted_at"
)
