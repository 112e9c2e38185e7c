"""Answer over HTTP who holds which exhibit of a joint investigation."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from consumers.api.request_reader import (
    NOT_FOUND_RESPONSE,
    AsOf,
    AsOfQuery,
    RequestReader,
    http_not_found,
)
from consumers.query.investigations.investigation_views import (
    InvestigationList,
    InvestigationView,
)
from consumers.serving.query_pool import QueryPool


class InvestigationsQuery(AsOfQuery):
    """Say which investigations an answer has."""

    state: str = Field("open", description="open, ended or all")


def router(pool: QueryPool) -> APIRouter:
    """Return the routes below `/v1/investigations`."""
    routes = APIRouter(tags=["work"])

    @routes.get("/v1/investigations")
    def investigations(
        reader: RequestReader, query: Annotated[InvestigationsQuery, Query()]
    ) -> InvestigationList:
        """Joint investigations with the number of their exhibits; what the asker may see."""
        with pool.queries() as queries:
            return queries.investigations.investigations(reader, query.state, query.as_of_ms)

    @routes.get("/v1/investigations/{id}", responses=NOT_FOUND_RESPONSE)
    def investigation(id: UUID, reader: RequestReader, as_of: AsOf) -> InvestigationView:
        """One joint investigation: its steps, and the chain of custody of each exhibit."""
        with pool.queries() as queries:
            view = queries.investigations.investigation(str(id), reader, as_of)
        if view is None:
            raise http_not_found("request")
        return view

    return routes
