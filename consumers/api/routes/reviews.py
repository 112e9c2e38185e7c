"""Answer over HTTP which records are due for review."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from consumers.api.file_request import FILE_RESPONSES, WholeQuery
from consumers.api.request_reader import RequestReader
from consumers.presentation.list_tables import reviews_table
from consumers.query.reviews import ReviewFilter, Reviews
from consumers.serving.query_pool import QueryPool


class ReviewQuery(WholeQuery):
    """Whose records are asked about."""

    country: str = Field("", description="of the owner, such as CO")
    node: str = Field("", description="only records of this node")
    overdue: bool = Field(False, description="without those that are due within four months")

    @property
    def filter(self) -> ReviewFilter:
        """The parameters as the query layer takes them."""
        return ReviewFilter(self.country.upper(), self.node, self.overdue)


def router(pool: QueryPool) -> APIRouter:
    """Return the route of `/v1/reviews`, which lists what is due for review."""
    routes = APIRouter(prefix="/v1/reviews", tags=["intelligence"])

    @routes.get("", response_model=Reviews, responses=FILE_RESPONSES)
    def reviews(
        reader: RequestReader, query: Annotated[ReviewQuery, Query()]
    ) -> Reviews | Response:
        """Which records must their owners extend, or let expire? The earliest first.

        They are overdue, or due within four months. `is_complete` is false where there are more
        old records than one question looks at: then name a country or a node.
        """
        with pool.queries() as queries:
            answer = queries.review_dates.reviews(query.asker(reader), query.filter, query.as_of_ms)
        return answer if query.format == "json" else query.file(reviews_table, answer.items)

    return routes
