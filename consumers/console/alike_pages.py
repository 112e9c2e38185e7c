"""Serve the page at `/alike-findings`: objects and methods that records of two countries share."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from consumers.console.file_answers import FILE_FIELDS, file_addresses, read_file_request
from consumers.console.forms import EVERY_PAGE
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.presentation import alike_words
from consumers.presentation.explanation_lines import explanation_parts
from consumers.presentation.finding_lists import alike_findings_table
from consumers.presentation.person_words import sureness
from consumers.query.cursors import read_cursor, write_cursor
from consumers.query.paging import PageRange
from consumers.serving.query_pool import QueryPool
from infra.request_parameters import taking

PAGE_SIZE = 25


def router(pool: QueryPool, lang: str) -> APIRouter:
    """Return the route of the page. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    requests = PageRequests(pool.settings, lang)

    def alike_findings(request: Request) -> Response:
        page = requests.page(request)
        file = read_file_request(page)
        if file is not None:
            with pool.queries(CHANNEL) as queries:
                listed = queries.alike.findings(file.asker, file.moment).findings
            return file.of_items(listed, alike_findings_table)
        place = PageRange(PAGE_SIZE, after=read_cursor(page.query.get("after", "")))
        with pool.queries(CHANNEL) as queries:
            part = queries.alike.page(page.visitor.reader, page.as_of, place)
        return page.render(
            "alike_findings.html",
            findings=[(item, explanation_parts(item, page.lang)) for item in part.items],
            is_complete=part.is_complete,
            older="" if part.next is None else write_cursor(part.next),
            is_first=place.after is None,
            alike_words=alike_words,
            sureness=sureness,
            files=file_addresses(page),
        )

    routes.get("/alike-findings", openapi_extra=taking(*EVERY_PAGE, *FILE_FIELDS, "after"))(
        alike_findings
    )
    return routes
