"""Answer over HTTP what became of requests, alerts and joint work."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field

from consumers.api.item_files import RequestFileQuery, file_of_one, one_responses
from consumers.api.request_reader import (
    MAX_PAGE,
    AsOf,
    AsOfQuery,
    RequestReader,
    http_not_found,
)
from consumers.presentation.finding_files import request_file
from consumers.query.finding_report import request_report
from consumers.query.lifecycles.answer_times import AnswerTimes
from consumers.query.lifecycles.course_queries import CourseFilter, CourseList
from consumers.query.lifecycles.course_views import ContactView, CourseView
from consumers.serving.query_pool import QueryPool

KIND = "alert, assistance, information, trace, operation or investigation"


class RequestsQuery(AsOfQuery):
    """Say which courses an answer has."""

    kind: str = Field("", description=KIND)
    state: str = Field("open", description="open, ended or all")
    country: str = Field("", description="of the opener or of an addressed authority")
    yours: bool = Field(False, description="only what waits for the asker's authority")
    limit: int = Field(100, ge=1, le=MAX_PAGE)


class TimesQuery(AsOfQuery):
    """Say of which courses the answer times are counted."""

    kind: str = Field("", description=KIND)


def router(pool: QueryPool) -> APIRouter:
    """Return the routes below `/v1/requests`, and `/v1/contact-points`."""
    routes = APIRouter(tags=["work"])

    @routes.get("/v1/requests")
    def requests(reader: RequestReader, query: Annotated[RequestsQuery, Query()]) -> CourseList:
        """Requests, alerts and joint work with their deadlines, what is due first at the top."""
        filter_ = CourseFilter(query.kind, query.state, query.country, query.yours)
        with pool.queries() as queries:
            return queries.courses.courses(reader, filter_, query.as_of_ms, query.limit)

    @routes.get("/v1/requests/times")
    def times(reader: RequestReader, query: Annotated[TimesQuery, Query()]) -> list[AnswerTimes]:
        """How deadlines were kept, by kind, deadline and country, in what the asker sees."""
        with pool.queries() as queries:
            return queries.courses.times(reader, query.kind, None, query.as_of_ms)

    @routes.get("/v1/requests/{id}", response_model=CourseView, responses=one_responses("pdf"))
    def request(
        id: UUID, reader: RequestReader, query: Annotated[RequestFileQuery, Query()]
    ) -> CourseView | Response:
        """One request or alert with its steps and deadlines: as JSON, or to print."""
        if query.format == "pdf":
            return file_of_one(
                pool,
                lambda queries: request_report(queries, str(id), reader, query.as_of_ms, query.use),
                lambda report: request_file(report, query.lang),
                "request",
            )
        with pool.queries() as queries:
            view = queries.courses.course(str(id), reader, query.as_of_ms)
        if view is None:
            raise http_not_found("request")
        return view

    @routes.get("/v1/contact-points")
    def contacts(reader: RequestReader, as_of: AsOf) -> list[ContactView]:
        """Whom to call in the 24/7 network, by country, in the order of calling."""
        with pool.queries() as queries:
            return queries.courses.contacts(reader, as_of)

    return routes
