"""Answer over HTTP how far the asker is in the training course of an exercise."""

from __future__ import annotations

from fastapi import APIRouter

from consumers.api.request_reader import AsOf, RequestReader
from consumers.query.training.training_queries import TrainingProgress
from consumers.serving.query_pool import QueryPool


def router(pool: QueryPool) -> APIRouter:
    """Return the route of `/v1/training`."""
    routes = APIRouter(tags=["work"])

    @routes.get("/v1/training")
    def training(reader: RequestReader, as_of: AsOf) -> TrainingProgress:
        """The ten tasks of the exercise that the asker is in, computed from log and ledger.

        The exercise is that of the header X-Quipu-Exercise.
        """
        with pool.queries() as queries:
            return queries.training.progress(reader, as_of)

    return routes
