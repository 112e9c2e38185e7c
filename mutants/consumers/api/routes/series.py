"""Counts of indicators over HTTP."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from consumers.api.request_reader import AsOf, RequestReader
from consumers.query.series import Clock, Period, SeriesPoint
from consumers.serving.query_pool import QueryPool


def router(pool: QueryPool) -> APIRouter:
    """`GET /v1/series`."""
    routes = APIRouter(tags=["intelligence"])

    @routes.get("/v1/series")
    def series(
        reader: RequestReader,
        as_of: AsOf,
        rule: Annotated[str, Query(description="id of a rule")] = "",
        grade: Annotated[Literal["", "certain", "possible"], Query()] = "",
        period: Annotated[Period, Query(description="months, or weeks from Monday, UTC")] = "month",
        clock: Annotated[
            Clock, Query(description="when the newest evidence occurred, or was recorded")
        ] = "occurred",
    ) -> list[SeriesPoint]:
        """How many live indicators this reader sees, by rule, grade and period; periods without any
        are left out.
        """
        with pool.queries() as queries:
            return queries.series(reader, as_of, rule, grade, period, clock)

    return routes
