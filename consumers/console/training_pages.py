"""Serve the page of the training course at `/training`."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from consumers.console.forms import EVERY_PAGE
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.presentation import training_words
from consumers.serving.query_pool import QueryPool
from infra.request_parameters import taking


def router(pool: QueryPool, lang: str) -> APIRouter:
    """Return the route of the page. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    requests = PageRequests(pool.settings, lang)

    @routes.get("/training", openapi_extra=taking(*EVERY_PAGE))
    def training(request: Request) -> Response:
        page = requests.page(request)
        with pool.queries(CHANNEL) as queries:
            progress = queries.training.progress(page.visitor.reader, page.as_of)
        return page.render(
            "training.html",
            progress=progress,
            training_words=training_words,
            command_line=page.command("training"),
        )

    return routes
