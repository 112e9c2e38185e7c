"""Answer over HTTP what is alike in records of two countries."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from consumers.api.file_request import FILE_RESPONSES, WholeQuery
from consumers.api.request_reader import RequestReader
from consumers.presentation.finding_lists import alike_findings_table
from consumers.query.alike.alike_queries import AlikeAnswer
from consumers.serving.query_pool import QueryPool


def router(pool: QueryPool) -> APIRouter:
    """Return the route of `/v1/alike`."""
    routes = APIRouter(prefix="/v1/alike", tags=["intelligence"])

    @routes.get("/findings", response_model=AlikeAnswer, responses=FILE_RESPONSES)
    def findings(
        reader: RequestReader, query: Annotated[WholeQuery, Query()]
    ) -> AlikeAnswer | Response:
        """Objects and ways of acting that records of two countries share, the newest first."""
        with pool.queries() as queries:
            answer = queries.alike.findings(query.asker(reader), query.as_of_ms)
        return (
            answer if query.format == "json" else query.file(alike_findings_table, answer.findings)
        )

    return routes
