"""Answer about the health of the system: `/health`, `/metrics`, and whether a heartbeat arrived.

Answers hold counts and times, never content, so whoever asks may see them.
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
"""How long one answer serves all who ask: together they cost what one costs."""


class CachedHealth:
    """Collects the facts once for all who ask at the same time. Threads may share it."""

    def __init__(self, settings: Settings) -> None:
        """Collect nothing yet; `now` does."""
        self._collector = FactsCollector(settings)
        self._lock = Lock()
        self._cached: tuple[float, Facts] | None = None

    def now(self) -> tuple[Facts, Diagnosis]:
        """Return facts and diagnosis as of a second ago at most, as every reader may see them."""
        facts = self.facts_for_operators().without_floods()
        return facts, evaluate(facts)

    def facts_for_operators(self) -> Facts:
        """Return all facts as of a second ago at most."""
        with self._lock:
            if self._cached is None or time.monotonic() - self._cached[0] > CACHE_S:
                self._cached = (time.monotonic(), self._collector.facts(API_TIMEOUT_S))
            return self._cached[1]


class HeartbeatCheck:
    """Looks for heartbeats in the store, one question at a time. Threads may share it."""

    def __init__(self, settings: Settings, generation: Callable[[], int]) -> None:
        """`generation` returns the number of the generation that serves."""
        self._probe = StoreProbe(settings)
        self._generation = generation
        self._lock = Lock()

    def has_arrived(self, id_: UUID) -> bool:
        """Return whether the heartbeat is in the tables.

        Raises HTTPException 503 while the store does not answer: it must not keep a thread for
        each question.
        """
        if not self._lock.acquire(timeout=CACHE_S):
            raise HTTPException(503, "the store has not answered the question before yet")
        try:
            return self._probe.has_heartbeat(self._generation(), id_)
        finally:
            self._lock.release()


def router(
    settings: Settings, generation: Callable[[], int], cached_health: CachedHealth
) -> APIRouter:
    """Return the routes `GET /health`, `/metrics` and `/health/heartbeats/{id}`.

    `generation` returns the number of the generation that serves.
    """
    routes = APIRouter(tags=["operation"])
    heartbeats = HeartbeatCheck(settings, generation)

    @routes.get(
        "/health",
        responses={
            503: {"model": HealthReport, "description": "The API does not reach its store."}
        },
    )
    def health(response: Response) -> HealthReport:
        """The health of the system: a level, findings with what to do, and the figures.

        It always answers, within two seconds.
        """
        report = to_report(*cached_health.now())
        if report.status != "ok":
            response.status_code = 503
        return report

    @routes.get("/metrics", response_class=Response)
    def metrics() -> Response:
        """The same figures for Prometheus; infra/telemetry/metrics.py says what each means."""
        facts = cached_health.facts_for_operators()
        return Response(exposition(samples(facts, evaluate(facts))), media_type=CONTENT_TYPE)

    @routes.get("/health/heartbeats/{id}", responses={404: {"description": "Not there yet."}})
    def heartbeat(id: UUID) -> bool:
        """Whether this heartbeat of a canary can be queried by now."""
        if not heartbeats.has_arrived(id):
            raise HTTPException(404, "not there yet")
        return True

    return routes
