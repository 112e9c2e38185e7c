"""Answer over HTTP whether plans of operations meet, and what operations gave."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from consumers.api.request_reader import NOT_FOUND_RESPONSE, AsOf, RequestReader, http_not_found
from consumers.query.operations.operation_views import OperationView, PlanChecks
from consumers.serving.query_pool import QueryPool


def router(pool: QueryPool) -> APIRouter:
    """Return the routes below `/v1/operations`."""
    routes = APIRouter(tags=["work"])

    @routes.get("/v1/operations")
    def operations(reader: RequestReader, as_of: AsOf) -> PlanChecks:
        """Plans of the asker's own authority: whether they meet others, and whom to call.

        Nothing else of the others' plans is shown, and to nobody else anything.
        """
        with pool.queries() as queries:
            return queries.operations.checks(reader, as_of)

    @routes.get("/v1/operations/{id}", responses=NOT_FOUND_RESPONSE)
    def operation(id: UUID, reader: RequestReader, as_of: AsOf) -> OperationView:
        """One operation with its history, its results, and the records that results name."""
        with pool.queries() as queries:
            view = queries.operations.operation(str(id), reader, as_of)
        if view is None:
            raise http_not_found("request")
        return view

    return routes
