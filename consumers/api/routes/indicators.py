"""Answer about indicators over HTTP."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from consumers.api.file_request import LIST_RESPONSES, ListQuery
from consumers.api.item_files import FindingFileQuery, file_of_one, one_responses
from consumers.api.request_reader import (
    RequestReader,
    http_not_found,
    link_next,
    optional_epoch_ms,
)
from consumers.presentation.finding_files import finding_file
from consumers.presentation.list_tables import indicators_table
from consumers.query.filters import IndicatorFilter
from consumers.query.finding_report import finding_report
from consumers.query.indicators import IndicatorView
from consumers.query.views import to_stored_ms
from consumers.serving.query_pool import QueryPool


class IndicatorQuery(ListQuery):
    """The parameters of the list of indicators."""

    rule: str = Field("", description="id of a rule")
    grade: Literal["", "certain", "possible"] = ""
    severity: Literal["", "high", "medium", "low"] = Field("", description="of the rule")
    country: str = Field("", description="one that gave evidence")
    since: datetime | None = Field(None, description="some evidence occurred then or later")
    until: datetime | None = Field(None, description="some evidence occurred before")
    text: str = Field("", description="part of an authority, place or trait of some evidence")
    every: bool = Field(
        False,
        description="also those that a stronger one of the list covers: it names them in also",
    )

    @property
    def filter(self) -> IndicatorFilter:
        """The parameters as the query layer takes them."""
        return IndicatorFilter(
            rule=self.rule,
            grade=self.grade,
            severity=self.severity,
            country=self.country.upper(),
            since=optional_epoch_ms(self.since),
            until=optional_epoch_ms(self.until),
            text=self.text,
            once=not self.every,
        )


def router(pool: QueryPool) -> APIRouter:
    """Return the routes of `/v1/indicators`."""
    routes = APIRouter(prefix="/v1/indicators", tags=["intelligence"])

    @routes.get("", response_model=list[IndicatorView], responses=LIST_RESPONSES)
    def indicators(
        reader: RequestReader,
        query: Annotated[IndicatorQuery, Query()],
        request: Request,
        response: Response,
    ) -> list[IndicatorView] | Response:
        """What crosses borders, newest first, each with its evidence."""
        if query.format != "json":
            asker, at = replace(reader, use=query.use), query.moment
            return query.file_of(
                pool,
                lambda queries, place: queries.indicators.page(
                    asker, query.filter, to_stored_ms(at), place
                ),
                indicators_table,
                at,
            )
        with pool.queries() as queries:
            page = queries.indicators.page(reader, query.filter, query.as_of_ms, query.page)
        link_next(request, response, page)
        return page.items

    @routes.get(
        "/{id}", response_model=IndicatorView, responses=one_responses("pdf", "stix", "graphml")
    )
    def indicator(
        id: UUID, reader: RequestReader, query: Annotated[FindingFileQuery, Query()]
    ) -> IndicatorView | Response:
        """One indicator with its evidence: as JSON, or as a file to pass on."""
        as_of, format_ = query.as_of_ms, query.format
        if format_ != "json":
            return file_of_one(
                pool,
                lambda queries: finding_report(queries, str(id), reader, as_of, query.use),
                lambda report: finding_file(report, format_, query.lang),
                "indicator",
            )
        with pool.queries() as queries:
            view = queries.indicators.indicator(str(id), reader, as_of)
        if view is None:
            raise http_not_found("indicator")
        return view

    return routes
