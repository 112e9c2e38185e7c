"""Serve the pages of traces of weapons."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from consumers.console.forms import EVERY_PAGE
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.console.parameters import FieldReader
from consumers.console.request_pages import MOST, STATE_WORDS, moment_of, one_course
from consumers.presentation import course_words, trace_words
from consumers.query.known_names import check_country
from consumers.query.lifecycles.course_queries import STATES, CourseFilter
from consumers.query.traces.trace_figures import DIMENSIONS
from consumers.serving.query_pool import QueryPool
from infra.request_parameters import taking

FIELDS = ("state", "country", "yours", "by")


def router(pool: QueryPool, lang: str) -> APIRouter:
    """Return the routes of the pages. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    requests = PageRequests(pool.settings, lang)

    @routes.get("/traces", openapi_extra=taking(*EVERY_PAGE, *FIELDS))
    def traces(request: Request) -> Response:
        page = requests.page(request)
        form = FieldReader(page.query)
        filter_ = CourseFilter(
            "",
            form.choice("state", STATES) or "open",
            form.text("country", lambda text: check_country(text.upper())).upper(),
            bool(form.text("yours")),
        )
        by = form.choice("by", DIMENSIONS) or DIMENSIONS[0]
        answer, rows = None, []
        with form.refusals(), pool.queries(CHANNEL) as queries:
            if not form.errors:
                answer = queries.traces.traces(page.visitor.reader, filter_, page.as_of, MOST)
                rows = queries.traces.figures(page.visitor.reader, by, page.as_of)
        return page.render(
            "traces.html",
            422 if form.errors else 200,
            answer=answer,
            rows=rows,
            by=by,
            errors=form.errors,
            filter=filter_,
            states=STATE_WORDS,
            command_line=page.command("trace list", _options(filter_)),
            course_words=course_words,
            trace_words=trace_words,
            moment=moment_of(page),
        )

    @routes.get("/traces/{id}", openapi_extra=taking(*EVERY_PAGE))
    def trace(request: Request, id: str) -> Response:
        return one_course(
            requests.page(request),
            pool,
            id,
            lambda queries, *arguments: queries.traces.trace(*arguments),
            "trace.html",
            trace_words=trace_words,
        )

    return routes


def _options(filter_: CourseFilter) -> list[tuple[str, str]]:
    options = [("--country", filter_.country)]
    if filter_.state != "open":
        options.append(("--state", filter_.state))
    return [(name, value) for name, value in options if value]
