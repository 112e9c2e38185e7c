"""The disclosure ledger over HTTP: what was shown to whom, and the owners' conditions that readers
accept.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from consumers.api.request_reader import (
    NOT_FOUND_RESPONSE,
    Limit,
    Offset,
    RequestReader,
    http_not_found,
    read_moment,
)
from consumers.query.conditions import ConditionView
from consumers.query.disclosures import Disclosure, DisclosureFilter
from consumers.query.query_layer import DEFAULT_LIMIT
from consumers.serving.query_pool import QueryPool
from schemas.model import ReaderCondition


class ConditionAcceptance(BaseModel):
    """That a reader accepts an owner's condition."""

    country: str = Field(description="the owner's")
    text: str = Field(description="the condition, as GET /v1/conditions says it")
    event: UUID | None = Field(None, description="where the reader met it")


def router(pool: QueryPool) -> APIRouter:
    """`/v1/disclosures` and `/v1/conditions`."""
    routes = APIRouter(prefix="/v1", tags=["disclosure"])

    @routes.get("/disclosures")
    def disclosures(
        reader: RequestReader,
        event: Annotated[
            str, Query(description="id of an event, or its first or last digits")
        ] = "",
        person: Annotated[str, Query(description="who was shown it")] = "",
        since: Annotated[datetime | None, Query(description="recorded then or later")] = None,
        limit: Limit = DEFAULT_LIMIT,
        offset: Offset = 0,
    ) -> list[Disclosure]:
        """What was shown to whom, newest first: to an owner of its own items, to the mechanism's
        auditor of all.
        """
        asked = DisclosureFilter(event, person, read_moment(since) or 0)
        with pool.queries() as queries:
            return queries.disclosures(reader, asked, limit, offset)

    @routes.get("/conditions")
    def conditions(reader: RequestReader) -> list[ConditionView]:
        """What owners ask of this reader before more is shown (handling code H3), and what was
        accepted.
        """
        with pool.queries() as queries:
            return queries.conditions(reader)

    @routes.post("/conditions", status_code=201, responses=NOT_FOUND_RESPONSE)
    def accept(reader: RequestReader, said: ConditionAcceptance) -> ConditionView:
        """Accept a condition once. It is in the ledger when this answers, and counts as soon as the
        store has read it there.
        """
        with pool.queries() as queries:
            offered = queries.conditions(reader)
        found = next(
            (one for one in offered if (one.country, one.text) == (said.country, said.text)), None
        )
        if found is None:
            raise http_not_found("condition")
        if found.accepted_at is None:
            pool.ledger.accept(
                reader,
                ReaderCondition(said.country, said.text),
                str(said.event) if said.event else None,
                "api",
            )
        return found

    return routes
