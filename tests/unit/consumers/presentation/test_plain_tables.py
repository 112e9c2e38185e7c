"""Lists of requests, cases and notes as files: every format takes them, whatever they hold."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pyarrow.parquet as pq
import pytest

from consumers.exports.formats import FORMATS, export_file
from consumers.exports.table import StreamedTable
from consumers.presentation import plain_tables
from consumers.presentation.plain_tables import (
    asked_table,
    cases_table,
    contacts_table,
    courses_table,
    marks_table,
    notes_table,
    saved_searches_table,
    watch_lists_table,
)
from consumers.query.hit_lookup.asked import AskedHit
from consumers.query.lifecycles.course_views import to_contact
from consumers.query.views import to_epoch_ms
from consumers.query.work.work_views import (
    AuthorView,
    MarkView,
    NoteView,
    SavedSearchView,
    ShownReference,
    WatchListView,
    WorkSummary,
)
from schemas.i18n import _
from tests.unit.consumers.console.test_request_pages import NOW, courses, point

AT = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
WHO = AuthorView("ana", "CO", None)
CASE = WorkSummary("id", "case", "=1+1", "open", "self", "", WHO, "owner", AT, AT)
MARK = MarkView("m", "plate", {"number": "=ABC", "country": "PE"}, "", AT)
RECORD = ShownReference("record", "r", None, "alert", "CO", AT, "AMBER", [])
LISTS: list[tuple[Any, list[Any]]] = [
    (courses_table, [view.summary for _events, _course, view in courses()]),
    (contacts_table, [to_contact(point(), to_epoch_ms(NOW))]),
    (cases_table, [CASE]),
    (notes_table, [NoteView("n", "@x", WHO, AT, AT, "self", "", [RECORD, RECORD], None, True)]),
    (watch_lists_table, [WatchListView(CASE, [MARK])]),
    (marks_table, [MARK]),
    (saved_searches_table, [SavedSearchView(CASE, "events", "country=CO")]),
    (asked_table, [AskedHit("r", AT, "p", "CO", None, None, "b", "cli", True, ["e"], ["PE/A"])]),
]


def rows_of(table: StreamedTable) -> list[dict[str, str]]:
    text = b"".join(export_file(table, "csv").parts).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(("lay_out", "items"), LISTS)
@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_takes_every_list(lay_out: Any, items: list[Any], format_: Any) -> None:
    content = b"".join(export_file(lay_out(items, AT, "es", ()), format_).parts)
    assert content
    empty = b"".join(export_file(lay_out([], AT, "es", ()), format_).parts)
    if format_ == "csv":
        assert content.splitlines()[0] == empty.splitlines()[0], "an empty list has its columns"
    if format_ == "parquet":
        assert pq.read_table(io.BytesIO(content)).num_rows == len(items)


def test_a_line_names_authorities_and_what_it_is_about_and_runs_nothing() -> None:
    [alert] = [
        row for row in rows_of(courses_table(LISTS[0][1], AT, "en", ())) if row["kind"] == "alert"
    ]
    assert (alert["parties"], alert["is_open"], alert["country"]) == ("CO", "true", "EC")
    [note] = rows_of(notes_table(LISTS[3][1], AT, "en", ()))
    assert (note["text"], note["about"]) == ("'@x", "record:r | record:r")
    assert note["asked_as_of"].startswith("as of 2026-11-30 15:00")
    [marks] = rows_of(watch_lists_table(LISTS[4][1], AT, "en", ()))
    assert (marks["title"], marks["marks"]) == ("'=1+1", "number==ABC country=PE")


def test_no_list_has_two_columns_of_one_name() -> None:
    for name, lay_out in vars(plain_tables).items():
        if name.endswith("_table") and name not in ("plain_table", "list_table"):
            columns = [column.name for column in lay_out([], AT, "en", ()).columns]
            assert len(columns) == len(set(columns)), name


def test_a_field_that_is_not_there_is_refused_when_the_program_starts() -> None:
    with pytest.raises(KeyError):
        plain_tables.plain_table(WorkSummary, "cases", _("Cases"), "missing")
