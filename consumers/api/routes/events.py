"""Answer about events over HTTP."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from consumers.api.file_request import LIST_RESPONSES, ListQuery
from consumers.api.request_reader import (
    NOT_FOUND_RESPONSE,
    AsOf,
    RequestReader,
    http_not_found,
    link_next,
    optional_epoch_ms,
)
from consumers.presentation.list_tables import events_table
from consumers.query.filters import EventFilter
from consumers.query.views import EventHistory, EventView, to_stored_ms
from consumers.serving.query_pool import QueryPool


class EventQuery(ListQuery):
    """The parameters of the list of events."""

    type: str = Field("", description="type of event")
    country: str = Field("", description="of the owner")
    node: str = ""
    place: str = Field("", description="country or ISO 3166-2 subdivision where it happened")
    reference: str = Field("", description="the sender's own, or the case's")
    since: datetime | None = Field(None, description="recorded then or later")

    @property
    def filter(self) -> EventFilter:
        """The parameters as the query layer takes them."""
        return EventFilter(
            type=self.type,
            country=self.country.upper(),
            node=self.node,
            place=self.place.upper(),
            reference=self.reference,
            since=optional_epoch_ms(self.since) or 0,
        )


def router(pool: QueryPool) -> APIRouter:
    """Return the routes of `/v1/events`."""
    routes = APIRouter(prefix="/v1/events", tags=["intelligence"])

    @routes.get("", response_model=list[EventView], responses=LIST_RESPONSES)
    def events(
        reader: RequestReader,
        query: Annotated[EventQuery, Query()],
        request: Request,
        response: Response,
    ) -> list[EventView] | Response:
        """Current versions, newest first; retracted and erased ones are not listed."""
        if query.format != "json":
            asker, at = replace(reader, use=query.use), query.moment
            return query.file_of(
                pool,
                lambda queries, place: queries.events.page(
                    asker, query.filter, to_stored_ms(at), place
                ),
                events_table,
                at,
            )
        with pool.queries() as queries:
            page = queries.events.page(reader, query.filter, query.as_of_ms, query.page)
        link_next(request, response, page)
        return page.items

    @routes.get("/{id}", responses=NOT_FOUND_RESPONSE)
    def event(id: UUID, reader: RequestReader, as_of: AsOf) -> EventHistory:
        """One event with its versions."""
        with pool.queries() as queries:
            history = queries.events.event(str(id), reader, as_of)
        if history is None:
            raise http_not_found("event")
        return history

    return routes
