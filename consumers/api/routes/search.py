"""Answer over HTTP what somebody types into one box."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from consumers.api.file_request import LIST_RESPONSES, ListQuery
from consumers.api.request_reader import AsOfQuery, RequestReader, link_next
from consumers.presentation.list_tables import events_table
from consumers.query.paging import Page
from consumers.query.search.asked_words import LONGEST
from consumers.query.search.search_answer import SearchAnswer, SearchQuestion, WordSuggestion
from consumers.query.things import tell_findings_once
from consumers.query.views import to_stored_ms
from consumers.serving.query_pool import QueryPool


class SearchQuery(ListQuery):
    """What was typed, and which of the records with it."""

    q: str = Field(
        description="a name, document, serial, plate, telephone, account, place, reference, id, or "
        'words; words in quotation marks follow one another: "base de coca"',
        max_length=LONGEST,
    )
    type: str = Field("", description="type of event of the records")
    country: str = Field("", description="of the records' owner")
    month: str = Field("", description="in which the records happened, such as 2018-10")

    @property
    def words(self) -> SearchQuestion:
        """The parameters as the query layer takes them, but for the part of the list."""
        return SearchQuestion(self.q, self.type, self.country.upper(), self.month)


class SuggestionQuery(AsOfQuery):
    """What was typed so far."""

    q: str = Field(description="what was typed so far", max_length=LONGEST)


def router(pool: QueryPool) -> APIRouter:
    """Return the routes of the search."""
    routes = APIRouter(prefix="/v1", tags=["intelligence"])

    @routes.get("/search", response_model=SearchAnswer, responses=LIST_RESPONSES)
    def search(
        reader: RequestReader,
        query: Annotated[SearchQuery, Query()],
        request: Request,
        response: Response,
    ) -> SearchAnswer | Response:
        """Find anything: things, persons, findings and records, the newest first.

        It says how it read the text, and what it did not search. The header `Link` leads on in the
        records; later parts have records alone, and a file has all of them.
        """
        if query.format != "json":
            asker, at = replace(reader, use=query.use), query.moment
            return query.file_of(
                pool,
                lambda queries, place: queries.search.record_page(
                    replace(query.words, page=place), asker, to_stored_ms(at)
                ),
                events_table,
                at,
            )
        with pool.queries() as queries:
            question = replace(query.words, page=query.page)
            part = queries.search.search(question, reader, query.as_of_ms)
        link_next(request, response, Page([], part.next))
        things = [tell_findings_once(thing) for thing in part.answer.things]
        return replace(part.answer, things=things)

    @routes.get("/suggestions")
    def suggestions(
        reader: RequestReader, query: Annotated[SuggestionQuery, Query()]
    ) -> list[WordSuggestion]:
        """How the last word may go on, as released records write it; it needs three letters."""
        with pool.queries() as queries:
            return queries.search.suggest(query.q, reader, query.as_of_ms)

    return routes
