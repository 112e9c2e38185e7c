"""Answer over HTTP what the high-level group set itself, and with its report."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from consumers.access.caller import caller_of
from consumers.api.request_reader import AsOfQuery, RequestReader, optional_epoch_ms
from consumers.identity.narrowing import enter_exercise
from consumers.presentation.group_report_pdf import group_report_pdf
from consumers.query.figures.suppression import DEFAULT_THRESHOLD
from consumers.query.high_level_group.group_queries import GroupQuestion
from consumers.query.high_level_group.group_report import GroupPlan, GroupReport
from consumers.serving.query_pool import QueryPool
from schemas.model import Reader

PDF = "application/pdf"
MOST_DRILLS, LONGEST_NAME = 20, 100


class GoalsQuery(AsOfQuery):
    """Say over which period goals are measured."""

    since: datetime | None = Field(None, description="begin; else two months before the end")
    until: datetime | None = Field(
        None, description="end, exclusive; else that of the day of the moment"
    )

    @property
    def question(self) -> GroupQuestion:
        """The parameters as the query layer takes them."""
        return GroupQuestion(optional_epoch_ms(self.since), optional_epoch_ms(self.until))


class GroupReportQuery(GoalsQuery):
    """Say what the report has, and in which form it is wanted."""

    drill: list[Annotated[str, Field(max_length=LONGEST_NAME)]] = Field(
        [], max_length=MOST_DRILLS, description="exercises of the account whose alerts are counted"
    )
    threshold: int = Field(
        DEFAULT_THRESHOLD, ge=3, le=1000, description="counts below it are not in the report"
    )
    format: Literal["json", "pdf"] = Field("json", description="pdf: to print")
    lang: Literal["es", "en"] = Field("es", description="of the PDF")


def router(pool: QueryPool) -> APIRouter:
    """Return the routes below `/v1/goals`."""
    routes = APIRouter(tags=["work"])

    @routes.get("/v1/goals")
    def goals(reader: RequestReader, query: Annotated[GoalsQuery, Query()]) -> GroupPlan:
        """Goals of the high-level group with their values over a period, and its decisions.

        The steps of one: `/v1/requests/{id}`.
        """
        with pool.queries() as queries:
            return queries.group.plan(reader, query.question, query.as_of_ms)

    @routes.get(
        "/v1/goals/report", response_model=GroupReport, responses={200: {"content": {PDF: {}}}}
    )
    def report(
        request: Request, reader: RequestReader, query: Annotated[GroupReportQuery, Query()]
    ) -> GroupReport | Response:
        """The two-monthly report, without what may not be passed on (H2) and without small counts.

        A period that is over is reported as of its end.
        """
        drills = drill_readers(request, reader, query.drill) if query.drill else None
        question = replace(query.question, drills=drills, threshold=query.threshold)
        with pool.queries() as queries:
            answer = queries.group.report(reader, question, query.as_of_ms)
        if query.format == "json":
            return answer
        content = group_report_pdf(answer, reader, datetime.now(UTC), query.lang)
        headers = {"Content-Disposition": 'attachment; filename="goals-report.pdf"'}
        return Response(content, media_type=PDF, headers=headers)

    return routes


def drill_readers(request: Request, reader: Reader, names: list[str]) -> tuple[Reader, ...]:
    """Return the reader as it takes part in each exercise. Raises WiderReaderError."""
    caller = caller_of(request)
    if caller is None:
        return ()
    return tuple(enter_exercise(caller.account, reader, name) for name in dict.fromkeys(names))
