"""Answer over HTTP what countries answer to traces of weapons."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from consumers.api.request_reader import (
    MAX_PAGE,
    NOT_FOUND_RESPONSE,
    AsOf,
    AsOfQuery,
    RequestReader,
    http_not_found,
)
from consumers.query.lifecycles.course_queries import CourseFilter
from consumers.query.traces.trace_figures import DIMENSIONS, TraceFigures
from consumers.query.traces.trace_views import TraceList, TraceView
from consumers.serving.query_pool import QueryPool


class TracesQuery(AsOfQuery):
    """Say which traces an answer has."""

    state: str = Field("open", description="open, ended or all")
    country: str = Field("", description="of the asker or of an authority that is asked")
    yours: bool = Field(False, description="only what waits for the asker's authority")
    limit: int = Field(100, ge=1, le=MAX_PAGE)


class TraceFiguresQuery(AsOfQuery):
    """Say by what traces are counted."""

    by: str = Field("country", description=", ".join(DIMENSIONS))


def router(pool: QueryPool) -> APIRouter:
    """Return the routes below `/v1/traces`."""
    routes = APIRouter(tags=["work"])

    @routes.get("/v1/traces")
    def traces(reader: RequestReader, query: Annotated[TracesQuery, Query()]) -> TraceList:
        """Traces of weapons, a line for each country that is asked, what is due first at the top.

        An automatic answer is computed from records that the asker may see.
        """
        filter_ = CourseFilter("", query.state, query.country, query.yours)
        with pool.queries() as queries:
            return queries.traces.traces(reader, filter_, query.as_of_ms, query.limit)

    @routes.get("/v1/traces/figures")
    def figures(
        reader: RequestReader, query: Annotated[TraceFiguresQuery, Query()]
    ) -> list[TraceFigures]:
        """Results of traces, by a column, in the words of iARMS; among what the asker sees."""
        with pool.queries() as queries:
            return queries.traces.figures(reader, query.by, query.as_of_ms)

    @routes.get("/v1/traces/{id}", responses=NOT_FOUND_RESPONSE)
    def trace(id: UUID, reader: RequestReader, as_of: AsOf) -> TraceView:
        """One trace: who made, imported, sold and last held the weapon, by country.

        What a country signed stands next to what is computed from its records.
        """
        with pool.queries() as queries:
            view = queries.traces.trace(str(id), reader, as_of)
        if view is None:
            raise http_not_found("request")
        return view

    return routes
