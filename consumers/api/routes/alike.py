"""Answer over HTTP what is alike in records of two countries."""

from __future__ import annotations

from fastapi import APIRouter

from consumers.api.request_reader import AsOf, RequestReader
from consumers.query.alike.alike_queries import AlikeAnswer
from consumers.serving.query_pool import QueryPool


def router(pool: QueryPool) -> APIRouter:
    """Return the route of `/v1/alike`."""
    routes = APIRouter(prefix="/v1/alike", tags=["intelligence"])

    @routes.get("/findings")
    def findings(reader: RequestReader, as_of: AsOf) -> AlikeAnswer:
        """Objects and ways of acting that records of two countries share, the newest first."""
        with pool.queries() as queries:
            return queries.alike.findings(reader, as_of)

    return routes
