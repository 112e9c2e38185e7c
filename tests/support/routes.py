"""Every route of an application, those of included routers too: a new one is there by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from consumers.api.app import application
from infra.settings import load


@cache
def described_app() -> FastAPI:
    """Build the API and the page once a test process, to read routes and descriptions."""
    return application(load({}))


def api_routes(routes: Iterable[BaseRoute]) -> Iterator[APIRoute]:
    """Every route; what is neither a route of FastAPI nor a router of them is an error."""
    for route in routes:
        router = getattr(route, "original_router", None)
        if router is not None:
            yield from api_routes(router.routes)
        else:
            assert isinstance(route, APIRoute), f"{route} knows no dependencies"
            yield route
