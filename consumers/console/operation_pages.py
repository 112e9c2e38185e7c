"""Serve the pages of border operations."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from consumers.console.forms import EVERY_PAGE
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.console.request_pages import moment_of, one_course
from consumers.presentation import course_words, operation_words
from consumers.serving.query_pool import QueryPool
from infra.request_parameters import taking


def router(pool: QueryPool, lang: str) -> APIRouter:
    """Return the routes of the pages. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    requests = PageRequests(pool.settings, lang)

    @routes.get("/operations", openapi_extra=taking(*EVERY_PAGE))
    def operations(request: Request) -> Response:
        page = requests.page(request)
        with pool.queries(CHANNEL) as queries:
            answer = queries.operations.checks(page.visitor.reader, page.as_of)
        return page.render(
            "operations.html",
            answer=answer,
            course_words=course_words,
            operation_words=operation_words,
            moment=moment_of(page),
        )

    @routes.get("/operations/{id}", openapi_extra=taking(*EVERY_PAGE))
    def operation(request: Request, id: str) -> Response:
        return one_course(
            requests.page(request),
            pool,
            id,
            lambda queries, *arguments: queries.operations.operation(*arguments),
            "operation.html",
            operation_words=operation_words,
        )

    return routes
