"""The HTTP API: `python -m consumers.api`, on the loopback interface. The same questions as the
command line's, by the same query layer.

Its routes are in consumers/routes, a file a subject; who asks is read in
consumers/api/request_reader.py.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from consumers.api.routes import disclosures, events, health, indicators, series, things
from consumers.console import views as console
from consumers.ledger.writer import DisclosureLedger
from consumers.serving.query_pool import QueryPool, ServingGeneration
from infra.clickhouse.client import LOST_CONNECTION
from infra.errors import QuipuError
from infra.exchange_log import generation
from infra.keys.keyring import KeyringError, load_mechanism_keys
from infra.logging_setup import configure
from infra.registry import local_types
from infra.settings import Settings, load
from streams.rules import rules

CLIENT_ERROR_CODES = frozenset({"THING_MARKS"})
"""Codes that are the asker's to mend."""


def build_app(pool: QueryPool, serving: ServingGeneration) -> FastAPI:
    """The application over a pool of clients."""

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        yield
        pool.ledger.close()

    app = FastAPI(
        title="Quipu",
        version="1",
        description=__doc__ or "",
        docs_url=None,
        redoc_url=None,
        lifespan=life,
    )
    checkup = health.CachedHealth(pool.settings)
    app.include_router(health.router(pool.settings, serving, checkup))
    app.include_router(console.router(pool, checkup.now, pool.settings.lang))
    for subject in (indicators, things, events, series, disclosures):
        app.include_router(subject.router(pool))
    app.add_exception_handler(QuipuError, _not_ready)
    for lost in LOST_CONNECTION:
        app.add_exception_handler(lost, _store_unavailable)
    return app


def _not_ready(_request: Request, error: Exception) -> JSONResponse:
    code = error.code if isinstance(error, QuipuError) else "ERROR"
    return JSONResponse(
        {"code": code, "detail": str(error)}, 422 if code in CLIENT_ERROR_CODES else 503
    )


def _store_unavailable(_request: Request, error: Exception) -> JSONResponse:
    return JSONResponse(
        {
            "code": "STORE_AWAY",
            "detail": f"the store does not answer ({type(error).__name__}): try again",
        },
        503,
    )


def application(settings: Settings) -> FastAPI:
    """The application of a data folder. It can be asked before the mechanism is founded: then there
    is nothing to tell.
    """
    serving = ServingGeneration(lambda: generation.current_generation(settings))
    book = rules(local_types.local_rules(settings))
    return build_app(
        QueryPool(
            settings,
            serving,
            book,
            lambda: thing_secret(settings),
            DisclosureLedger(settings, lambda: load_mechanism_keys(settings)),
        ),
        serving,
    )


def openapi_document() -> dict[str, Any]:
    """The API's OpenAPI document; nothing need run for it."""
    return application(load({})).openapi()


def thing_secret(settings: Settings) -> bytes | None:
    """Under which things have their keys; None where the mechanism's keys are not (yet)."""
    try:
        return load_mechanism_keys(settings).thing_secret
    except KeyringError as error:
        if error.code == "NOT_FOUNDED":
            return None
        raise


def main() -> None:
    """The process."""
    settings = load(os.environ)
    configure(settings.log_json, level=settings.log_level)
    uvicorn.run(
        application(settings),
        host=settings.api_host,
        port=settings.api_port,
        log_config=None,
        timeout_graceful_shutdown=5,
    )
