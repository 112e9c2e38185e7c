"""Answer with counts of indicators over HTTP."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from consumers.api.request_reader import AsOfQuery, RequestReader
from consumers.query.series import Clock, Period, SeriesFilter, SeriesPoint
from consumers.serving.query_pool import QueryPool


class SeriesQuery(AsOfQuery):
    """The parameters of the series."""

    rule: str = Field("", description="id of a rule")
    grade: Literal["", "certain", "possible"] = ""
    period: Period = Field("month", description="months, or weeks from Monday, UTC")
    clock: Clock = Field(
        "occurred", description="when the newest evidence occurred, or was recorded"
    )

    @property
    def filter(self) -> SeriesFilter:
        """The parameters as the query layer takes them."""
        return SeriesFilter(rule=self.rule, grade=self.grade, period=self.period, clock=self.clock)


def router(pool: QueryPool) -> APIRouter:
    """Return the route `GET /v1/series`."""
    routes = APIRouter(tags=["intelligence"])

    @routes.get("/v1/series")
    def series(reader: RequestReader, query: Annotated[SeriesQuery, Query()]) -> list[SeriesPoint]:
        """How many live indicators this reader sees, by rule, grade and period.

        Periods without any are left out.
        """
        with pool.queries() as queries:
            return queries.indicators.series(reader, query.filter, query.as_of_ms)

    return routes
