"""Indicators over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
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
from consumers.query.filters import IndicatorFilter
from consumers.query.indicators import IndicatorView
from consumers.query.query_layer import DEFAULT_LIMIT
from consumers.serving.query_pool import QueryPool


def router(pool: QueryPool) -> APIRouter:
    """`/v1/indicators`."""
    routes = APIRouter(prefix="/v1/indicators", tags=["intelligence"])

    @routes.get("")
    def indicators(
        reader: RequestReader,
        as_of: AsOf,
        rule: Annotated[str, Query(description="id of a rule")] = "",
        grade: Annotated[Literal["", "certain", "possible"], Query()] = "",
        severity: Annotated[
            Literal["", "high", "medium", "low"], Query(description="of the rule")
        ] = "",
        country: Annotated[str, Query(description="one that gave evidence")] = "",
        since: Annotated[
            datetime | None, Query(description="some evidence occurred then or later")
        ] = None,
        until: Annotated[
            datetime | None, Query(description="some evidence occurred before")
        ] = None,
        text: Annotated[
            str, Query(description="part of an authority, place or trait of some evidence")
        ] = "",
        limit: Limit = DEFAULT_LIMIT,
        offset: Offset = 0,
    ) -> list[IndicatorView]:
        """What crosses borders, newest first, each with its evidence."""
        asked = IndicatorFilter(
            rule, grade, severity, country.upper(), read_moment(since), read_moment(until), text
        )
        with pool.queries() as queries:
            return queries.indicators(reader, asked, as_of, limit, offset)

    @routes.get("/{id}", responses=NOT_FOUND_RESPONSE)
    def indicator(id: UUID, reader: RequestReader, as_of: AsOf) -> IndicatorView:
        """One indicator with its evidence."""
        with pool.queries() as queries:
            found = queries.indicator(str(id), reader, as_of)
        if found is None:
            raise http_not_found("indicator")
        return found

    return routes
