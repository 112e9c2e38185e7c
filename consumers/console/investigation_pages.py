"""Serve the pages of joint investigations."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from consumers.console.forms import EVERY_PAGE
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.console.parameters import FieldReader
from consumers.console.request_pages import STATE_WORDS, one_course
from consumers.presentation import course_words, custody_words
from consumers.query.lifecycles.course_queries import STATES
from consumers.serving.query_pool import QueryPool
from infra.request_parameters import taking


def router(pool: QueryPool, lang: str) -> APIRouter:
    """Return the routes of the pages. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    requests = PageRequests(pool.settings, lang)

    @routes.get("/investigations", openapi_extra=taking(*EVERY_PAGE, "state"))
    def investigations(request: Request) -> Response:
        page = requests.page(request)
        form = FieldReader(page.query)
        state = form.choice("state", STATES) or "open"
        answer = None
        with form.refusals(), pool.queries(CHANNEL) as queries:
            if not form.errors:
                answer = queries.investigations.investigations(
                    page.visitor.reader, state, page.as_of
                )
        return page.render(
            "investigations.html",
            422 if form.errors else 200,
            answer=answer,
            errors=form.errors,
            state=state,
            states=STATE_WORDS,
            command_line=page.command(
                "investigation list", [] if state == "open" else [("--state", state)]
            ),
            course_words=course_words,
        )

    @routes.get("/investigations/{id}", openapi_extra=taking(*EVERY_PAGE))
    def investigation(request: Request, id: str) -> Response:
        return one_course(
            requests.page(request),
            pool,
            id,
            lambda queries, *arguments: queries.investigations.investigation(*arguments),
            "investigation.html",
            custody_words=custody_words,
        )

    return routes
