"""How the line is: `/health`, `/metrics`, and whether a heartbeat has arrived. Counts and times,
never content: so for whoever asks.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from uuid import UUID

from fastapi import APIRouter, HTTPException, Response

from consumers.health.collector import API_TIMEOUT_S, FactsCollector
from consumers.health.evaluate import Diagnosis, evaluate
from consumers.health.facts import Facts
from consumers.health.json_report import HealthReport, to_report
from consumers.health.prometheus import samples
from consumers.health.store_probe import StoreProbe
from infra.settings import Settings
from infra.telemetry.metrics import CONTENT_TYPE, exposition

CACHE_S = 1.0
"""How long an answer serves all who ask: they see the same second, and cost what one costs."""


class CachedHealth:
    """Gathered once for all who ask at the same time."""

    def __init__(self, settings: Settings) -> None:
        self._gatherer = FactsCollector(settings)
        self._lock = Lock()
        self._known: tuple[float, Facts, Diagnosis] | None = None

    def now(self) -> tuple[Facts, Diagnosis]:
        """As of a second ago at most."""
        with self._lock:
            if self._known is None or time.monotonic() - self._known[0] > CACHE_S:
                facts = self._gatherer.facts(API_TIMEOUT_S)
                self._known = (time.monotonic(), facts, evaluate(facts))
            return self._known[1:]


def router(settings: Settings, serving: Callable[[], int], checkup: CachedHealth) -> APIRouter:
    """`GET /health`, `/metrics`, `/health/heartbeats/{id}`. `serving`: which generation of the
    tables serves.
    """
    routes = APIRouter(tags=["operation"])
    looking, lock = StoreProbe(settings), Lock()

    @routes.get(
        "/health",
        responses={
            503: {"model": HealthReport, "description": "The API does not reach its store."}
        },
    )
    def health(response: Response) -> HealthReport:
        """The line's health: a level, what was found and what to do, and the figures. Always
        answers, within two seconds.
        """
        told = to_report(*checkup.now())
        if told.status != "ok":
            response.status_code = 503
        return told

    @routes.get("/metrics", response_class=Response)
    def metrics() -> Response:
        """The same figures for Prometheus; each metric's meaning is in infra/telemetry/metrics.py."""
        return Response(exposition(samples(*checkup.now())), media_type=CONTENT_TYPE)

    @routes.get("/health/heartbeats/{id}", responses={404: {"description": "Not there yet."}})
    def heartbeat(id: UUID) -> bool:
        """Whether this heartbeat of a canary can be queried by now."""
        if not lock.acquire(
            timeout=CACHE_S
        ):  # a store that does not answer must not keep a thread for each question
            raise HTTPException(503, "the store has not answered the question before yet")
        try:
            there = looking.has_heartbeat(serving(), id)
        finally:
            lock.release()
        if not there:
            raise HTTPException(404, "not there yet")
        return True

    return routes
