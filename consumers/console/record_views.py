"""Serve the list of records at `/events`: all of them, or those that a figure counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request, Response

from consumers.console.chart_parts import period_name
from consumers.console.file_answers import FILE_FIELDS, file_addresses, read_file_request
from consumers.console.form_fields import SORT_WORDS, FormWords, known_places
from consumers.console.forms import EVERY_PAGE
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.console.parameters import FieldReader
from consumers.console.presets import presets
from consumers.console.record_links import LIST_FIELDS, OWN_FIELDS, SORTS, read_records
from consumers.console.rendering import PageContext
from consumers.presentation.figure_words import (
    delay_label,
    dimension_label,
    measure_label,
    value_of_dimension,
)
from consumers.presentation.list_tables import events_table
from consumers.query.cursors import read_cursor, write_cursor
from consumers.query.figures.records import CountedRecords, RecordsQuestion
from consumers.query.known_names import UnknownNameError
from consumers.query.paging import Page, PageRange
from consumers.query.query_layer import QueryLayer
from consumers.query.views import EventView
from consumers.serving.query_pool import QueryPool
from infra.request_parameters import taking
from schemas.i18n import UserMessage, _
from schemas.model import Reader
from schemas.release.rules import sees_content

PAGE_SIZE = 25
PART_WORDS: dict[str, UserMessage] = {
    "no_amount": _("without a usable amount"),
    "no_unit": _("without a usable unit"),
    "no_code": _("whose words have no code"),
    "measured": _("with amounts"),
    "usable": _("with usable amounts"),
    "coded": _("with amounts whose words have a code"),
    "corrected": _("corrected"),
    "with_date": _("with the day"),
    "with_place": _("with the department"),
    "out_of_order": _("with the second date before the first"),
}
FINDING_WORDS: dict[str, UserMessage] = {
    "any": _("in findings"),
    "certain": _("in certain findings"),
}
COLUMNS = (("occurred", _("Happened")), ("reported", _("Reported")), ("recorded", _("Recorded")))


@dataclass(frozen=True, slots=True)
class RecordList:
    """A page of a list of records. `events`: in its order."""

    question: RecordsQuestion
    counted: CountedRecords
    events: Sequence[EventView]


def read_record_list(
    queries: QueryLayer, form: FieldReader, reader: Reader, as_of: int | None, limit: int
) -> RecordList | None:
    """Answer the address of a list; None where one of its fields is wrong."""
    page = PageRange(limit, after=read_cursor(form.query.get("after", "")))
    return list_records(queries, form, reader, as_of, page)


def list_records(
    queries: QueryLayer, form: FieldReader, reader: Reader, as_of: int | None, page: PageRange
) -> RecordList | None:
    """Return a part of the list that a form asks for; None where one of its fields is wrong."""
    question = read_records(form, queries.names)
    finding = form.choice("finding", FINDING_WORDS)
    burst_id = form.text("burst")
    if form.errors:
        return None
    if finding:
        grade = "certain" if finding == "certain" else ""
        members = queries.findings.members(reader, grade, as_of)
        question = replace(question, events=members)
    if burst_id:
        burst = queries.bursts.burst(burst_id, reader, as_of, question.filter)
        members = tuple(record.event for record in burst.evidence) if burst else ()
        question = replace(question, events=members)
    counted = queries.figures.records(reader, question, as_of, page, reader.use)
    events = {event.id: event for event in queries.events.current(counted.ids, reader, as_of)}
    return RecordList(question, counted, [events[id_] for id_ in counted.ids if id_ in events])


def _record_page(
    queries: QueryLayer, form: FieldReader, reader: Reader, as_of: int, page: PageRange
) -> Page[EventView]:
    """Return a part of the list for a file. Raises UnknownNameError for a wrong field."""
    records = list_records(queries, form, reader, as_of, page)
    for error in form.errors.values():
        raise UnknownNameError(*error)
    return Page(list(records.events), records.counted.next) if records else Page([], None)


def router(pool: QueryPool, lang: str) -> APIRouter:
    """Return the route of the list. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    requests = PageRequests(pool.settings, lang)

    @routes.get("/events", openapi_extra=taking(*EVERY_PAGE, *LIST_FIELDS, *FILE_FIELDS))
    def show(request: Request) -> Response:
        page = requests.page(request)
        form = FieldReader(page.query)
        file = read_file_request(page)
        if file is not None:
            return file.of_list(
                pool,
                lambda queries, asker, at, part: _record_page(queries, form, asker, at, part),
                events_table,
            )
        records = None
        with form.refusals(), pool.queries(CHANNEL) as queries:
            words = FormWords(queries.names.types, (), {}, page.lang)
            records = read_record_list(queries, form, page.visitor.reader, page.as_of, PAGE_SIZE)
        return page.render(
            "events.html",
            200 if records else 422,
            fields=words.fields((*OWN_FIELDS, "sort"), form),
            places=known_places(page.lang),
            presets=presets(page, form.query),
            kept=_figure_fields(form),
            sees_content=sees_content(page.visitor.reader),
            records=records,
            files=file_addresses(page),
            columns=_columns(page, form),
            figure=_figure(records.question, form, page.lang) if records else [],
            without_figure=page.link(
                "/events", **{name: form.query.get(name, "") for name in OWN_FIELDS}
            ),
            older=""
            if not records or not records.counted.next
            else write_cursor(records.counted.next),
            is_first=not form.query.get("after"),
        )

    return routes


def _figure_fields(form: FieldReader) -> list[tuple[str, str]]:
    """Return the parameters that name a figure, for the form to keep."""
    own = {*OWN_FIELDS, "sort", "after", "lang", "as_of"}
    return [(name, value) for name, value in form.query.items() if name not in own and value]


def _columns(page: PageContext, form: FieldReader) -> list[dict[str, Any]]:
    """Return the headings that order the list: each leads to its order, then to the reverse."""
    chosen = form.query.get("sort", "") or SORTS[0]
    columns = []
    for name, heading in COLUMNS:
        other = f"{name}_up" if chosen == name else name
        direction = {name: "descending", f"{name}_up": "ascending"}.get(chosen, "")
        columns.append(
            {
                "heading": heading.in_language(page.lang),
                "link": page.here(sort=other, after=""),
                "direction": direction,
                "does": SORT_WORDS[other].in_language(page.lang),
            }
        )
    return columns


def _figure(question: RecordsQuestion, form: FieldReader, lang: str) -> list[tuple[str, str]]:
    """Say from which figure somebody comes: names and values."""
    facts = []
    group = question.group
    if group is not None:
        grouping = question.grouping
        facts += [
            (dimension_label(name, lang), value_of_dimension(name, value, lang))
            for name, value in zip(grouping.by, group.keys, strict=True)
        ]
        if grouping.period != "none":
            begins = period_name(group.begins.isoformat(), grouping.period) if group.begins else "—"
            facts.append((_("period").in_language(lang), begins))
        if group.currency:
            facts.append((_("currency").in_language(lang), group.currency))
    if question.measure != "records":
        facts.append((_("added").in_language(lang), measure_label(question.measure, lang)))
    if question.delay:
        facts.append((_("delay").in_language(lang), delay_label(question.delay, lang)))
    if question.part:
        facts.append((_("only").in_language(lang), PART_WORDS[question.part].in_language(lang)))
    if form.query.get("burst"):
        facts.append((_("only").in_language(lang), _("in a burst").in_language(lang)))
    if finding := form.query.get("finding"):
        facts.append((_("only").in_language(lang), FINDING_WORDS[finding].in_language(lang)))
    return facts
