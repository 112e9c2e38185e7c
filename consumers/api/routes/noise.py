"""Answer over HTTP what is left out as noise, and what a list of values would remove."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body

from consumers.api.request_reader import AsOf, RequestReader
from consumers.query.noise.noise_views import Noise, WithoutValues
from consumers.query.noise.warning_list import read_warning_list
from consumers.serving.query_pool import QueryPool


def router(pool: QueryPool) -> APIRouter:
    """Return the routes of `/v1/noise`."""
    routes = APIRouter(prefix="/v1/noise", tags=["intelligence"])

    @routes.get("")
    def noise(reader: RequestReader, as_of: AsOf) -> Noise:
        """What is left out, why, how much and since when, and the values that join most records."""
        with pool.queries() as queries:
            return queries.noise.noise(reader, as_of)

    @routes.post("/without")
    def without(
        reader: RequestReader,
        as_of: AsOf,
        content: Annotated[bytes, Body(media_type="text/csv")],
    ) -> WithoutValues:
        """How many findings of each rule would go without the values of a list in CSV.

        Line 1 says what the columns are: kind, number, country, type, make, calibre, institution;
        or thing, for ids. Nothing is changed.
        """
        values = read_warning_list(content)
        with pool.queries() as queries:
            return queries.noise.without(values, reader, as_of)

    return routes
