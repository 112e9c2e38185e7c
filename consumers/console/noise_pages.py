"""Serve the page at `/noise`: what is left out, and the values that join most records."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from consumers.console.forms import EVERY_PAGE
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.presentation import noise_words
from consumers.serving.query_pool import QueryPool
from infra.request_parameters import taking


def router(pool: QueryPool, lang: str) -> APIRouter:
    """Return the route of the page. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    requests = PageRequests(pool.settings, lang)

    def noise(request: Request) -> Response:
        page = requests.page(request)
        with pool.queries(CHANNEL) as queries:
            result = queries.noise.noise(page.visitor.reader, page.as_of)
        return page.render("noise.html", noise=result, noise_words=noise_words)

    routes.get("/noise", openapi_extra=taking(*EVERY_PAGE))(noise)
    return routes
