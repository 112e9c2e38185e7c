"""Answer about the hits of the reader's authority over HTTP."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from consumers.api.file_request import LIST_RESPONSES, ListQuery
from consumers.api.request_reader import RequestReader, link_next, optional_epoch_ms
from consumers.presentation.list_tables import hits_table
from consumers.query.filters import IndicatorFilter
from consumers.query.hit_queries import Hit
from consumers.query.views import to_stored_ms
from consumers.serving.query_pool import QueryPool


class HitQuery(ListQuery):
    """The parameters of the list of hits."""

    rule: str = Field("", description="id of a rule")
    grade: Literal["", "certain", "possible"] = ""
    recorded_since: datetime | None = Field(
        None, description="the newest evidence was recorded then or later"
    )

    @property
    def filter(self) -> IndicatorFilter:
        """The parameters as the query layer takes them."""
        since = optional_epoch_ms(self.recorded_since)
        return IndicatorFilter(self.rule, self.grade, recorded_since=since, once=True)


def router(pool: QueryPool) -> APIRouter:
    """Return the route `GET /v1/hits`."""
    routes = APIRouter(tags=["intelligence"])

    @routes.get("/v1/hits", response_model=list[Hit], responses=LIST_RESPONSES)
    def hits(
        reader: RequestReader,
        query: Annotated[HitQuery, Query()],
        request: Request,
        response: Response,
    ) -> list[Hit] | Response:
        """Findings of which the nodes of the account's authority were notified, newest first.

        An account without an authority has none.
        """
        if query.format != "json":
            asker, at = replace(reader, use=query.use), query.moment
            return query.file_of(
                pool,
                lambda queries, place: queries.hits.page(
                    asker, query.filter, to_stored_ms(at), place
                ),
                hits_table,
                at,
            )
        with pool.queries() as queries:
            page = queries.hits.page(reader, query.filter, query.as_of_ms, query.page)
        link_next(request, response, page)
        return page.items

    return routes
