"""Answer about the health of the system: probes, `/health`, `/metrics`, and heartbeats.

Counts and times tell of records that are hidden from most: a record more is one more in a topic's
end. So figures are for operators; anybody else gets the level alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from threading import Lock
from uuid import UUID

from fastapi import APIRouter, HTTPException, Request, Response

from consumers.access.caller import caller_of
from consumers.api.errors import ErrorResponse, documented
from consumers.health.collector import API_TIMEOUT_S, FactsCollector
from consumers.health.evaluate import Diagnosis, evaluate
from consumers.health.facts import Facts
from consumers.health.json_report import (
    HealthLevel,
    HealthReport,
    ProbeAnswer,
    to_probe_answer,
    to_report,
)
from consumers.health.prometheus import samples
from consumers.health.state_files import read_acknowledgements, read_memory
from consumers.health.store_probe import StoreProbe
from consumers.identity.scopes import Scope
from consumers.serving.lateness import Lateness
from infra.settings import Settings
from infra.telemetry.metrics import CONTENT_TYPE, exposition

FIGURE_ERRORS = documented(400, 401, 403, 413, 421, 422, 503)
"""What a question for figures may be answered with instead."""
PROBE_ERRORS = documented(400, 403, 413, 421, 422)
CACHE_S = 1.0
"""How long one answer serves all who ask: together they cost what one costs."""


class CachedHealth:
    """Collects the facts once for all who ask at the same time. Threads may share it."""

    def __init__(self, settings: Settings) -> None:
        """Collect nothing yet; `now` does."""
        self._settings = settings
        self._collector = FactsCollector(settings)
        self._lock = Lock()
        self._cached: tuple[float, Facts] | None = None

    def now(self, operator: bool = False) -> tuple[Facts, Diagnosis]:
        """Return facts and diagnosis as of a second ago at most.

        `operator`: for an operator; what depends on records is left out for everybody else.
        """
        facts = self._facts()
        shown = facts if operator else facts.for_readers()
        memory = read_memory(self._settings, facts.at)
        return shown, evaluate(shown, memory, read_acknowledgements(self._settings))

    def _facts(self) -> Facts:
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
    settings: Settings,
    generation: Callable[[], int],
    cached_health: CachedHealth,
    lateness: Callable[[], Lateness],
) -> APIRouter:
    """Return the routes `GET /livez`, `/readyz`, `/health`, `/metrics`, `/health/heartbeats/{id}`.

    `generation` returns the number of the generation that serves, `lateness` how late this API's
    answers are.
    """
    routes = APIRouter(tags=["operation"])
    heartbeats = HeartbeatCheck(settings, generation)

    @routes.get("/livez", responses=PROBE_ERRORS)
    async def livez() -> ProbeAnswer:
        """Whether this process answers at all: for a supervisor that restarts what does not.

        It asks nobody, so an engine that does not answer restarts no API.
        """
        return ProbeAnswer(status="ok")

    @routes.get(
        "/readyz",
        responses={
            **PROBE_ERRORS,
            503: {
                "model": ProbeAnswer | ErrorResponse,
                "description": "ClickHouse or Kafka does not answer: send this API no questions.",
            },
        },
    )
    def readyz(response: Response) -> ProbeAnswer:
        """Whether questions can be answered: for a load balancer. It answers within two seconds."""
        facts, _diagnosis = cached_health.now()
        answer = to_probe_answer(facts)
        if answer.status != "ok":
            response.status_code = 503
        return answer

    @routes.get(
        "/health",
        responses={
            **documented(400, 403, 413, 421, 422),
            503: {
                "model": HealthReport | HealthLevel | ErrorResponse,
                "description": "The API does not reach its store, or does not know who asks.",
            },
        },
    )
    def health(request: Request, response: Response) -> HealthReport | HealthLevel:
        """The health of the system: a level; for operators findings and figures too.

        It always answers, within two seconds.
        """
        caller = caller_of(request)
        operator = caller is not None and Scope.OPERATE in caller.scopes
        report, late = to_report(*cached_health.now(operator)), lateness()
        report.late, report.questions = late.is_late, asdict(late)
        if report.status != "ok":
            response.status_code = 503
        if not operator:
            return HealthLevel(status=report.status, level=report.level)
        return report

    @routes.get("/metrics", response_class=Response, responses=FIGURE_ERRORS)
    def metrics() -> Response:
        """The same figures for Prometheus, with a token for `metrics`.

        infra/telemetry/metrics.py says what each means.
        """
        return Response(exposition(samples(*cached_health.now(True))), media_type=CONTENT_TYPE)

    @routes.get("/health/heartbeats/{id}", responses={**FIGURE_ERRORS, **documented(404)})
    def heartbeat(id: UUID) -> bool:
        """Whether this heartbeat of a canary can be queried by now."""
        if not heartbeats.has_arrived(id):
            raise HTTPException(404, "not there yet")
        return True

    return routes
