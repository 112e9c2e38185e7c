"""Serve the pages at `/persons`: who a person may be, and who is who around a record."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from consumers.console.file_answers import FILE_FIELDS, file_addresses, read_file_request
from consumers.console.forms import EVERY_PAGE, read_own_form
from consumers.console.item_files import person_answer
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.presentation import person_words
from consumers.presentation.explanation_lines import explanation_parts
from consumers.presentation.finding_lists import person_findings_table
from consumers.query.cursors import read_cursor, write_cursor
from consumers.query.paging import PageRange
from consumers.query.persons.decision import REASONS, may_decide, read_verdict
from consumers.query.persons.person_question import PersonQuestion, PersonQuestionError
from consumers.query.persons.person_views import MentionView, PersonAnswer
from consumers.serving.query_pool import QueryPool
from infra.request_parameters import taking
from schemas.codes import code_lists

PAGE_SIZE = 25
FIELDS = tuple(PersonQuestion().fields)


def router(pool: QueryPool, lang: str) -> APIRouter:
    """Return the routes of the pages. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    pages = PersonPages(pool, PageRequests(pool.settings, lang))
    routes.get("/persons", openapi_extra=taking(*EVERY_PAGE, *FIELDS))(pages.search)
    routes.get("/persons/findings", openapi_extra=taking(*EVERY_PAGE, *FILE_FIELDS, "after"))(
        pages.findings
    )
    routes.post("/persons/verdicts")(pages.decide)
    routes.get("/persons/{id}", openapi_extra=taking(*EVERY_PAGE, *FILE_FIELDS, "decided"))(
        pages.person
    )
    return routes


class PersonPages:
    """The pages, a method each."""

    def __init__(self, pool: QueryPool, requests: PageRequests) -> None:
        """`pool`: lends the query layer; `requests`: reads who asks for which page."""
        self._pool = pool
        self._requests = requests

    def search(self, request: Request) -> Response:
        """Show who a person may be, by what the form says."""
        page = self._requests.page(request)
        question = PersonQuestion(**{name: page.query.get(name, "") for name in FIELDS})
        answer: PersonAnswer | None = None
        refused = ""
        if question != PersonQuestion():
            try:
                with self._pool.queries(CHANNEL) as queries:
                    answer = queries.persons.search(question, page.visitor.reader, page.as_of)
            except PersonQuestionError as error:
                refused = " ".join(
                    text.in_language(page.lang) for text in (error.message, error.remedy)
                )
        return page.render(
            "persons.html",
            422 if refused else 200,
            asked=question.fields,
            answer=answer,
            refused=refused,
            person_words=person_words,
        )

    def findings(self, request: Request) -> Response:
        """Show what records of one person show together."""
        page = self._requests.page(request)
        file = read_file_request(page)
        if file is not None:
            return file.of_list(
                self._pool,
                lambda queries, asker, at, part: queries.persons.findings(asker, at, part),
                person_findings_table,
            )
        place = PageRange(PAGE_SIZE, after=read_cursor(page.query.get("after", "")))
        with self._pool.queries(CHANNEL) as queries:
            findings = queries.persons.findings(page.visitor.reader, page.as_of, place)
        return page.render(
            "person_findings.html",
            findings=[(item, explanation_parts(item, page.lang)) for item in findings.items],
            person_words=person_words,
            older="" if findings.next is None else write_cursor(findings.next),
            is_first=place.after is None,
            files=file_addresses(page),
        )

    def person(self, id: str, request: Request) -> Response:
        """Show who is who around a mention of a person, or write the network into a file."""
        page = self._requests.page(request)
        file = person_answer(self._pool, page, id)
        if file is not None:
            return file
        with self._pool.queries(CHANNEL) as queries:
            person = queries.persons.person(id, page.visitor.reader, page.as_of)
        if person is None:
            return page.absent(id)
        names: dict[str, MentionView] = {
            mention.id: mention for mention in (*person.mentions, *person.others)
        }
        reasons = code_lists()[REASONS].codes
        return page.render(
            "person.html",
            person=person,
            names=names,
            person_words=person_words,
            reasons_of_verdicts=[(code, words[page.lang]) for code, words in reasons.items()],
            may_decide=may_decide(page.visitor.reader) and page.as_of is None,
            decided="decided" in page.query,
        )

    async def decide(self, request: Request) -> Response:
        """Record an analyst's verdict on a pair, and show the person again."""
        fields = await read_own_form(request)
        if fields is None:
            return Response(status_code=403)
        values = (fields.get(name, "") for name in ("first", "second", "word", "reason"))
        verdict = read_verdict(*values)
        reader = self._requests.page(request).visitor.reader
        link = await run_in_threadpool(self._pool.decide, reader, verdict, CHANNEL)
        if link is None:
            return Response(status_code=404)
        return RedirectResponse(f"/persons/{verdict.pair[0].id}?decided=1", 303)
