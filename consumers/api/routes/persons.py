"""Answer over HTTP who a person may be."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Body, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from consumers.api.file_request import FILE_RESPONSES, LIST_RESPONSES, WholeQuery, file_response
from consumers.api.item_files import NetworkFileQuery, file_of_one, one_responses
from consumers.api.request_reader import (
    MAX_PAGE,
    NOT_FOUND_RESPONSE,
    AsOfQuery,
    RequestReader,
    http_not_found,
    link_next,
)
from consumers.presentation.finding_files import person_file
from consumers.presentation.finding_lists import person_findings_table
from consumers.presentation.lookup_table import lookup_table
from consumers.query.cursors import MAX_CURSOR, read_cursor
from consumers.query.finding_report import person_report
from consumers.query.paging import PageRange
from consumers.query.persons.bulk_lookup import LineAnswer
from consumers.query.persons.decision import WORDS, read_verdict
from consumers.query.persons.lookup_file import read_lookup_file
from consumers.query.persons.person_findings import PersonFinding
from consumers.query.persons.person_question import PersonQuestion
from consumers.query.persons.person_views import FoundPerson, LinkView, Person, PersonAnswer
from consumers.query.things import Thing
from consumers.query.views import to_epoch_ms
from consumers.serving.query_pool import QueryPool
from consumers.serving.whole_list import read_whole_list
from schemas.i18n import LANGUAGES

CHANNEL = "api"
MOST_LINES = 100
"""Lines of a list in one request; a longer one is sent in parts."""


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


class PersonFindingsQuery(WholeQuery):
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


class LookupAnswer(BaseModel):
    """What a line of a list found."""

    line: int = Field(description="as an editor counts; the heading is line 1")
    values: dict[str, str] = Field(description="what the line says, by column")
    problem: dict[str, str] | None = Field(
        description="why it was not looked up, by language; null where it was"
    )
    is_complete: bool = Field(description="whether everything that may fit was compared")
    persons: list[FoundPerson]
    things: list[Thing] = Field(description="the plate and the telephone, with their records")

    @classmethod
    def of(cls, answer: LineAnswer) -> LookupAnswer:
        """Lay out what the query layer found."""
        problem: dict[str, str] | None = None
        if answer.problem is not None:
            problem = {lang: answer.problem.in_language(lang) for lang in LANGUAGES}
        return cls(
            line=answer.line.number,
            values=dict(answer.line.values),
            problem=problem,
            is_complete=answer.is_complete,
            persons=list(answer.persons),
            things=list(answer.things),
        )


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

    @routes.get("/findings", response_model=list[PersonFinding], responses=LIST_RESPONSES)
    def findings(
        reader: RequestReader,
        query: Annotated[PersonFindingsQuery, Query()],
        request: Request,
        response: Response,
    ) -> list[PersonFinding] | Response:
        """What the records of one person show together, the newest links first.

        A part of the list may be empty, and yet the list go on: then the header `Link` says where.
        """
        if query.format != "json":
            asker, at = query.asker(reader), to_epoch_ms(query.moment)
            items = read_whole_list(
                pool,
                CHANNEL,
                lambda queries, place: queries.persons.findings(asker, at, place),
                query.page,
            )
            return query.file(person_findings_table, items)
        with pool.queries() as queries:
            page = queries.persons.findings(reader, query.as_of_ms, query.page)
        link_next(request, response, page)
        return page.items

    @routes.post("/lookup", response_model=list[LookupAnswer], responses=FILE_RESPONSES)
    def look_up(
        reader: RequestReader,
        query: Annotated[WholeQuery, Query()],
        content: Annotated[bytes, Body(media_type="text/csv")],
    ) -> list[LookupAnswer] | Response:
        """Look up a list in CSV: names, documents, plates, telephones. One answer for each line.

        Line 1 says what the columns are: name, born, document, country, phone, sex, plate. The
        ledger notes the list as one question.
        """
        lines = read_lookup_file(content, MOST_LINES)
        asker = replace(reader, use=query.use)
        with pool.queries() as queries:
            answers = queries.persons.look_up(lines, asker, query.as_of_ms)
        if query.format != "json":
            at = query.moment
            return file_response(lookup_table(answers, at, query.lang, query.notes), query.format)
        return [LookupAnswer.of(answer) for answer in answers]

    @routes.get("/{id}", response_model=Person, responses=one_responses("graphml"))
    def person(
        id: str, reader: RequestReader, query: Annotated[NetworkFileQuery, Query()]
    ) -> Person | Response:
        """Who is who around a mention: what belongs to one person, and what may."""
        as_of = query.as_of_ms
        if query.format != "json":
            return file_of_one(
                pool,
                lambda queries: person_report(queries, id, reader, as_of, query.use),
                lambda report: person_file(report, query.lang),
                "person",
            )
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
