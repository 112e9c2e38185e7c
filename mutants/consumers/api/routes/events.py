"""Events over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from consumers.api.request_reader import (
    NOT_FOUND_RESPONSE,
    AsOf,
    Limit,
    Offset,
    RequestReader,
    http_not_found,
    read_moment,
)
from consumers.query.query_layer import DEFAULT_LIMIT, EventFilter
from consumers.query.views import EventHistory, EventView
from consumers.serving.query_pool import QueryPool


def router(pool: QueryPool) -> APIRouter:
    """`/v1/events`."""
    routes = APIRouter(prefix="/v1/events", tags=["intelligence"])

    @routes.get("")
    def events(
        reader: RequestReader,
        as_of: AsOf,
        type: Annotated[str, Query(description="type of event")] = "",
        country: Annotated[str, Query(description="of the owner")] = "",
        node: str = "",
        place: Annotated[
            str, Query(description="country or ISO 3166-2 subdivision where it happened")
        ] = "",
        reference: Annotated[str, Query(description="the sender's own, or the case's")] = "",
        since: Annotated[datetime | None, Query(description="recorded then or later")] = None,
        limit: Limit = DEFAULT_LIMIT,
        offset: Offset = 0,
    ) -> list[EventView]:
        """Current versions, newest first; retracted and erased ones are not listed."""
        asked = EventFilter(
            type, country.upper(), node, place.upper(), reference, read_moment(since) or 0
        )
        with pool.queries() as queries:
            return queries.events(reader, asked, as_of, limit, offset)

    @routes.get("/{id}", responses=NOT_FOUND_RESPONSE)
    def event(id: UUID, reader: RequestReader, as_of: AsOf) -> EventHistory:
        """One event with its versions."""
        with pool.queries() as queries:
            found = queries.event(str(id), reader, as_of)
        if found is None:
            raise http_not_found("event")
        return found

    return routes
