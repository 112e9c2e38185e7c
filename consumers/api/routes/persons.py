"""Answer over HTTP who a person may be."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from consumers.api.request_reader import (
    MAX_PAGE,
    NOT_FOUND_RESPONSE,
    PAGE_RESPONSE,
    AsOf,
    AsOfQuery,
    RequestReader,
    http_not_found,
    link_next,
)
from consumers.query.cursors import MAX_CURSOR, read_cursor
from consumers.query.paging import PageRange
from consumers.query.persons.decision import WORDS, read_verdict
from consumers.query.persons.person_findings import PersonFinding
from consumers.query.persons.person_question import PersonQuestion
from consumers.query.persons.person_views import LinkView, Person, PersonAnswer
from consumers.serving.query_pool import QueryPool

CHANNEL = "api"


class PersonQuery(AsOfQuery):
    """What is known of a person; any part may be missing."""

    name: str = Field("", description='"Quispe Mamani, Juan", or in the order of speech')
    born: str = Field("", description="1984, 1984-03, 1984-03-14 or 14/03/1984")
    document: str = Field("", description="number of a document")
    phone: str = Field("", description="number of a telephone")
    country: str = Field("", description="of the document or telephone")
    sex: str = Field("", description="F or M")

    @property
    def question(self) -> PersonQuestion:
        """The parameters as the query layer takes them."""
        return PersonQuestion(
            self.name, self.born, self.document, self.country, self.phone, self.sex
        )


class PersonFindingsQuery(AsOfQuery):
    """The parameters of the list of findings on persons."""

    limit: int = Field(
        50, ge=1, le=MAX_PAGE, description="how many at most, but for those of one place"
    )
    after: str = Field(
        "",
        max_length=MAX_CURSOR,
        description="where the list begins: as in the `Link` of the part before",
    )

    @property
    def page(self) -> PageRange:
        """The part of the list. Raises CursorRefusedError."""
        return PageRange(self.limit, after=read_cursor(self.after))


class PersonDecision(BaseModel):
    """An analyst's verdict on two persons of records. The last one of a pair counts."""

    model_config = ConfigDict(extra="forbid")

    first: str = Field(description="id of a mention")
    second: str = Field(description="id of another mention")
    verdict: str = Field(description=", ".join(WORDS))
    reason: str = Field(description="a code of the list verdict_reason")


def router(pool: QueryPool) -> APIRouter:
    """Return the routes of `/v1/persons`."""
    routes = APIRouter(prefix="/v1/persons", tags=["intelligence"])

    @routes.get("")
    def persons(reader: RequestReader, query: Annotated[PersonQuery, Query()]) -> PersonAnswer:
        """Who may this be? The likeliest first, each with its records and reasons."""
        with pool.queries() as queries:
            return queries.persons.search(query.question, reader, query.as_of_ms)

    @routes.get("/findings", responses=PAGE_RESPONSE)
    def findings(
        reader: RequestReader,
        query: Annotated[PersonFindingsQuery, Query()],
        request: Request,
        response: Response,
    ) -> list[PersonFinding]:
        """What the records of one person show together, the newest links first.

        A part of the list may be empty, and yet the list go on: then the header `Link` says where.
        """
        with pool.queries() as queries:
            page = queries.persons.findings(reader, query.as_of_ms, query.page)
        link_next(request, response, page)
        return page.items

    @routes.get("/{id}", responses=NOT_FOUND_RESPONSE)
    def person(id: str, reader: RequestReader, as_of: AsOf) -> Person:
        """Who is who around a mention: what belongs to one person, and what may."""
        with pool.queries() as queries:
            view = queries.persons.person(id, reader, as_of)
        if view is None:
            raise http_not_found("person")
        return view

    @routes.post("/verdicts", status_code=201, responses=NOT_FOUND_RESPONSE)
    def decide(reader: RequestReader, decision: PersonDecision) -> LinkView:
        """Confirm, reject or leave open whether two persons are one; or take a verdict back.

        It is in the log when this answers, and counts as soon as the store has read it there. The
        answer is the pair as it was before.
        """
        verdict = read_verdict(decision.first, decision.second, decision.verdict, decision.reason)
        link = pool.decide(reader, verdict, CHANNEL)
        if link is None:
            raise http_not_found("pair")
        return link

    return routes
