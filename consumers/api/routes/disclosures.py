"""Answer about the disclosure ledger over HTTP: what was shown to whom, and owners' conditions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from consumers.api.file_request import LIST_RESPONSES, PageQuery
from consumers.api.request_reader import (
    NOT_FOUND_RESPONSE,
    RequestReader,
    http_not_found,
    link_next,
    optional_epoch_ms,
)
from consumers.presentation.list_tables import disclosures_table
from consumers.query.conditions import ConditionView
from consumers.query.disclosures import Disclosure, DisclosureFilter
from consumers.serving.query_pool import QueryPool
from schemas.model import ReaderCondition

CHANNEL = "api"


class ConditionAcceptance(BaseModel):
    """That a reader accepts an owner's condition."""

    model_config = ConfigDict(extra="forbid")

    country: str = Field(description="the owner's")
    text: str = Field(description="the condition, as GET /v1/conditions says it")
    event: UUID | None = Field(None, description="where the reader met it")


class DisclosureQuery(PageQuery):
    """The parameters of the list of disclosures."""

    event: str = Field("", description="id of an event, or its first or last digits")
    person: str = Field("", description="who was shown it")
    since: datetime | None = Field(None, description="recorded then or later")

    @property
    def filter(self) -> DisclosureFilter:
        """The parameters as the query layer takes them."""
        return DisclosureFilter(
            event=self.event, person=self.person, since=optional_epoch_ms(self.since) or 0
        )


def router(pool: QueryPool) -> APIRouter:
    """Return the routes of `/v1/disclosures` and `/v1/conditions`."""
    routes = APIRouter(prefix="/v1", tags=["disclosure"])

    @routes.get("/disclosures", response_model=list[Disclosure], responses=LIST_RESPONSES)
    def disclosures(
        reader: RequestReader,
        query: Annotated[DisclosureQuery, Query()],
        request: Request,
        response: Response,
    ) -> list[Disclosure] | Response:
        """What was shown to whom, newest first.

        An owner sees entries about its own items, the mechanism's auditor sees all.
        """
        if query.format != "json":
            asker = replace(reader, use=query.use)
            return query.file_of(
                pool,
                lambda queries, place: queries.disclosures.page(asker, query.filter, place),
                disclosures_table,
                datetime.now(UTC),
            )
        with pool.queries() as queries:
            page = queries.disclosures.page(reader, query.filter, query.page)
        link_next(request, response, page)
        return page.items

    @routes.get("/conditions")
    def conditions(reader: RequestReader) -> list[ConditionView]:
        """What owners ask of this reader before more is shown (H3), and what was accepted."""
        with pool.queries() as queries:
            return queries.disclosures.conditions(reader)

    @routes.post("/conditions", status_code=201, responses=NOT_FOUND_RESPONSE)
    def accept(reader: RequestReader, acceptance: ConditionAcceptance) -> ConditionView:
        """Accept a condition once.

        It is in the ledger when this answers, and counts as soon as the store has read it there.
        """
        condition = ReaderCondition(acceptance.country, acceptance.text)
        event = str(acceptance.event) if acceptance.event else None
        view = pool.accept_condition(reader, condition, event, CHANNEL)
        if view is None:
            raise http_not_found("condition")
        return view

    return routes
