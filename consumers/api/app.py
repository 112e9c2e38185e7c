"""Serve the HTTP API: `python -m consumers.api`, on the loopback interface.

It answers the same questions as the command line, by the same query layer.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from fastapi import Depends, FastAPI

from consumers.access.gate import Gate
from consumers.access.lazy_identity import LazyIdentity
from consumers.access.server import server_options
from consumers.api.errors import QUESTION_ERRORS, answer_errors
from consumers.api.question_watch import QuestionWatch
from consumers.api.routes import (
    alike,
    disclosures,
    events,
    figures,
    finding_figures,
    goals,
    health,
    hit_lookup,
    hits,
    indicators,
    investigations,
    noise,
    notices,
    operations,
    persons,
    practice,
    requests,
    reviews,
    rule_findings,
    search,
    series,
    things,
    traces,
    training,
    work,
    work_lists,
)
from consumers.console import (
    account_views,
    alike_pages,
    burst_views,
    claim_views,
    figure_views,
    goal_pages,
    hit_lookup_pages,
    investigation_pages,
    list_views,
    noise_pages,
    notice_pages,
    operation_pages,
    overview_views,
    person_pages,
    picture_views,
    practice_pages,
    record_views,
    request_pages,
    review_pages,
    rule_finding_pages,
    search_pages,
    session_views,
    sign_in_views,
    trace_pages,
    training_pages,
    work_pages,
)
from consumers.console import views as console
from consumers.identity.identity import open_identity
from consumers.identity.local_access import prepare_local_access
from consumers.serving.hit_lookups import HitLookups
from consumers.serving.index_follower import IndexFollower
from consumers.serving.query_pool import QueryPool, open_pool
from consumers.serving.question import ANSWER_WITHIN_S
from infra.api_client import plain_network
from infra.garbage_collection import collect_rarely
from infra.kafka_access import ProcessName
from infra.logging_setup import configure
from infra.private_files import keep_private
from infra.request_parameters import describe_in_app, refuse_unknown_parameters
from infra.settings import Settings, load
from infra.telemetry.member_writer import MemberWriter, Occupation

SHUTDOWN_S = 5


def build_app(
    pool: QueryPool, within_s: float = ANSWER_WITHIN_S, index: IndexFollower | None = None
) -> FastAPI:
    """Build the application over a pool, which it closes at its end.

    `within_s`: how long an answer may take, in seconds; `index`: answers hit look-ups for objects.
    """
    identity = LazyIdentity(pool.settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        pool.close()
        identity.close()

    app = FastAPI(
        title="Quipu",
        version="1",
        description=__doc__ or "",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
        dependencies=[Depends(refuse_unknown_parameters)],
    )
    cached_health = health.CachedHealth(pool.settings)
    app.include_router(
        health.router(
            pool.settings, lambda: pool.serving().generation, cached_health, pool.lateness
        )
    )
    app.include_router(console.router(pool, cached_health.now, pool.settings.lang))
    pages = (
        *(
            burst_views,
            claim_views,
            figure_views,
            list_views,
            person_pages,
            picture_views,
            record_views,
        ),
        *(alike_pages, noise_pages, request_pages, rule_finding_pages, search_pages),
        *(goal_pages, operation_pages, practice_pages, review_pages, trace_pages),
        *(investigation_pages, training_pages, work_pages),
    )
    for views in pages:
        app.include_router(views.router(pool, pool.settings.lang))
    app.include_router(overview_views.router(pool, pool.settings.lang, identity))
    app.include_router(account_views.router(pool.settings, pool.settings.lang, identity))
    app.include_router(sign_in_views.router(pool.settings, identity))
    app.include_router(session_views.router(pool.settings, identity))
    lookups = HitLookups(pool, index)
    app.include_router(hit_lookup_pages.router(pool, lookups, pool.settings.lang))
    app.include_router(hit_lookup.router(pool, lookups), responses=QUESTION_ERRORS)
    for subject in (
        *(indicators, hits, things, events, persons, rule_findings, series),
        *(figures, finding_figures, alike, noise, requests, reviews, search, disclosures),
        *(work, work_lists, goals, investigations, operations, practice, traces, training),
    ):
        app.include_router(subject.router(pool), responses=QUESTION_ERRORS)
    app.include_router(notices.router(pool, identity), responses=QUESTION_ERRORS)
    app.include_router(notice_pages.router(pool, identity, pool.settings.lang))
    describe_in_app(app)
    app.add_middleware(QuestionWatch, within_s=within_s)
    app.add_middleware(Gate, access=pool.settings.api_access, identity=identity)
    answer_errors(app)
    return app


def application(settings: Settings) -> FastAPI:
    """Build the application of a data folder.

    It answers before the mechanism is founded, too: then there is nothing to show.
    """
    return build_app(open_pool(settings))


def openapi_document() -> dict[str, Any]:
    """Return the API's OpenAPI document; nothing need run for it."""
    return application(load({})).openapi()


def main() -> None:
    """Run the process until a signal comes."""
    settings = load(os.environ).acting_as(ProcessName.API)
    keep_private()
    configure(settings.log_json, level=settings.log_level)
    if not settings.api_access.may_listen(settings.api_host):
        raise plain_network(settings.api_host)
    with open_identity(settings) as identity:
        prepare_local_access(settings, identity)
    pool = open_pool(settings)
    member = MemberWriter(
        settings, ProcessName.API, "api", lambda: Occupation(pool.serving().generation)
    )
    member.start()
    index = IndexFollower(settings, lambda: pool.serving().generation)
    index.start()
    app = build_app(pool, index=index)
    collect_rarely()
    uvicorn.run(
        app,
        host=settings.api_host,
        port=settings.api_port,
        timeout_graceful_shutdown=SHUTDOWN_S,
        **server_options(settings.api_access),
    )
    index.close()
    member.close()
