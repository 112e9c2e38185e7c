"""Serve the practice library at `/practice`: guides, and the questions of their report forms."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from consumers.console.forms import EVERY_PAGE
from consumers.console.page_request import PageRequests
from consumers.console.page_route import PageRoute
from consumers.presentation import practice_words
from consumers.serving.query_pool import QueryPool
from infra.request_parameters import taking
from schemas.practice import guides


def router(pool: QueryPool, lang: str) -> APIRouter:
    """Return the routes of the pages. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    requests = PageRequests(pool.settings, lang)

    @routes.get("/practice", openapi_extra=taking(*EVERY_PAGE))
    def practice(request: Request) -> Response:
        page = requests.page(request)
        return page.render(
            "practice.html",
            guides=list(guides().values()),
            practice_words=practice_words,
        )

    @routes.get("/practice/{id}", openapi_extra=taking(*EVERY_PAGE))
    def show_guide(request: Request, id: str) -> Response:
        page = requests.page(request)
        guide = guides().get(id)
        if guide is None:
            return page.absent(id)
        return page.render("practice_guide.html", guide=guide, practice_words=practice_words)

    return routes
