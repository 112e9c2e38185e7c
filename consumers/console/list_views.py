"""Serve the lists at `/hits` and `/disclosures`: what an authority received, what others saw."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from consumers.console.figure_model import rule_titles
from consumers.console.file_answers import FILE_FIELDS, file_addresses, read_file_request
from consumers.console.form_fields import FormWords
from consumers.console.forms import EVERY_PAGE
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.console.parameters import FieldReader
from consumers.presentation.list_tables import disclosures_table, hits_table
from consumers.query.cursors import Cursor, read_cursor, write_cursor
from consumers.query.disclosure_counts import MOST_LINES, DisclosureCounts, count_disclosures
from consumers.query.disclosures import (
    Disclosure,
    DisclosureFilter,
    may_read_ledger,
    visible_owner,
)
from consumers.query.filters import IndicatorFilter
from consumers.query.hit_queries import MOST_COUNTED, Hit
from consumers.query.paging import Page, PageRange
from consumers.serving.query_pool import QueryPool
from infra.request_parameters import taking
from schemas.release.rules import sees_content
from streams.rules.rule import GRADES

PAGE_SIZE = 25
HIT_FIELDS = ("recorded_since", "rule", "grade")
DISCLOSURE_FIELDS = ("recorded_since", "person", "event")


def router(pool: QueryPool, lang: str) -> APIRouter:
    """Return the routes of the lists. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    views = ListViews(pool, PageRequests(pool.settings, lang))
    routes.get("/hits", openapi_extra=taking(*EVERY_PAGE, *HIT_FIELDS, *FILE_FIELDS, "after"))(
        views.hits
    )
    own = taking("lang", *DISCLOSURE_FIELDS, *FILE_FIELDS, "count", "after")
    routes.get("/disclosures", openapi_extra=own)(views.disclosures)
    return routes


class ListViews:
    """The lists, a method each."""

    def __init__(self, pool: QueryPool, requests: PageRequests) -> None:
        """`pool`: lends the query layer; `requests`: reads who asks for which page."""
        self._pool = pool
        self._requests = requests

    def hits(self, request: Request) -> Response:
        """Show the findings of which the reader's authority was notified."""
        page = self._requests.page(request)
        form, reader, file = FieldReader(page.query), page.visitor.reader, read_file_request(page)
        hits: Page[Hit] = Page([], None)
        count = 0
        place = PageRange(PAGE_SIZE, after=read_cursor(form.query.get("after", "")))
        with form.refusals(), self._pool.queries(CHANNEL) as queries:
            titles = rule_titles(queries, page.lang)
            filter_ = IndicatorFilter(
                rule=form.choice("rule", titles),
                grade=form.choice("grade", GRADES),
                recorded_since=form.day("recorded_since"),
                once=True,
            )
            if not form.errors and file is None:
                hits = queries.hits.page(reader, filter_, page.as_of, place)
                count = queries.hits.count(reader, filter_, page.as_of)
        if file is not None and not form.errors:
            return file.of_list(
                self._pool,
                lambda queries, asker, at, part: queries.hits.page(asker, filter_, at, part),
                hits_table,
            )
        return page.render(
            "hits.html",
            422 if form.errors else 200,
            files=file_addresses(page),
            fields=FormWords((), (), titles, page.lang).fields(HIT_FIELDS, form),
            hits=hits.items,
            count=min(count, MOST_COUNTED),
            is_more=count > MOST_COUNTED,
            sees_content=sees_content(reader),
            wrong=bool(form.errors),
            older=_written(hits.next),
            is_first=place.after is None,
        )

    def disclosures(self, request: Request) -> Response:
        """Show who saw what of the reader's own, or count it by reader and month."""
        page = self._requests.page(request)
        form, reader = FieldReader(page.query), page.visitor.reader
        lines: Page[Disclosure] = Page([], None)
        counts: DisclosureCounts | None = None
        filter_ = DisclosureFilter(
            form.text("event"), form.text("person"), form.day("recorded_since") or 0
        )
        place = PageRange(PAGE_SIZE, after=read_cursor(form.query.get("after", "")))
        is_count = bool(form.choice("count", ("1",)))
        file = read_file_request(page)
        if file is not None and not form.errors:
            return file.of_list(
                self._pool,
                lambda queries, asker, _at, part: queries.disclosures.page(asker, filter_, part),
                disclosures_table,
            )
        if not form.errors:
            with form.refusals(since="recorded_since"), self._pool.queries(CHANNEL) as queries:
                if is_count:
                    counts = count_disclosures(queries, reader, filter_)
                else:
                    lines = queries.disclosures.page(reader, filter_, place)
        return page.render(
            "disclosures.html",
            422 if form.errors else 200,
            files=file_addresses(page),
            fields=FormWords((), (), {}, page.lang).fields(DISCLOSURE_FIELDS, form),
            lines=lines.items,
            counts=counts,
            most=MOST_LINES,
            may_read=may_read_ledger(reader),
            sees_all=not visible_owner(reader),
            wrong=bool(form.errors),
            older=_written(lines.next),
            is_first=place.after is None,
        )


def _written(place: Cursor | None) -> str:
    return "" if place is None else write_cursor(place)
