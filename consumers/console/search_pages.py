"""Serve the search: its page, the words it suggests, and the page for a pasted list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from consumers.console.file_answers import FILE_FIELDS, file_addresses, read_file_request
from consumers.console.forms import EVERY_PAGE, read_own_form
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.console.rendering import PageContext
from consumers.presentation import person_words
from consumers.presentation.list_tables import events_table
from consumers.presentation.search_lines import facet_label, facet_title
from consumers.query.cursors import read_cursor, write_cursor
from consumers.query.paging import PageRange
from consumers.query.persons.bulk_lookup import LineAnswer
from consumers.query.search.list_lookup import MOST_LINES, read_pasted_list
from consumers.query.search.search_answer import (
    FACETS,
    SearchAnswer,
    SearchQuestion,
    WordSuggestion,
)
from consumers.query.search.search_queries import SearchPart
from consumers.query.things import tell_findings_once
from consumers.serving.query_pool import QueryPool
from infra.errors import QuipuError
from infra.request_parameters import taking
from schemas.release.rules import sees_content

PAGE_SIZE = 20
PATHS = {"indicator": "/indicators", "thing": "/things", "event": "/events"}
FIELDS = ("q", *FACETS)
REFUSALS = frozenset({"SEARCH", "NAME", "LOOKUP"})
"""Codes of errors that are shown beside the form."""


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value of a facet with its address: to choose it, or to leave it out again."""

    label: str
    records: int
    address: str
    is_chosen: bool


def router(pool: QueryPool, lang: str) -> APIRouter:
    """Return the routes of the pages. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    pages = SearchPages(pool, PageRequests(pool.settings, lang))
    every = taking(*EVERY_PAGE, *FIELDS, *FILE_FIELDS, "after")
    routes.get("/search", openapi_extra=every)(pages.search)
    routes.get("/search/suggestions", openapi_extra=taking(*EVERY_PAGE, "q"))(pages.suggestions)
    routes.get("/lookup", openapi_extra=taking(*EVERY_PAGE))(pages.lookup_form)
    routes.post("/lookup", openapi_extra=taking(*EVERY_PAGE))(pages.look_up)
    return routes


class SearchPages:
    """The pages, a method each."""

    def __init__(self, pool: QueryPool, requests: PageRequests) -> None:
        """`pool`: lends the query layer; `requests`: reads who asks for which page."""
        self._pool = pool
        self._requests = requests

    def search(self, request: Request) -> Response:
        """Show what the text finds; go straight to an item whose id it is."""
        page = self._requests.page(request)
        question = _question(page)
        file = read_file_request(page)
        if file is not None:
            return file.of_list(
                self._pool,
                lambda queries, asker, at, part: queries.search.record_page(
                    replace(question, page=part), asker, at
                ),
                events_table,
            )
        part, refused = SearchPart(SearchAnswer(), None), ""
        if any(question.fields.values()):
            try:
                with self._pool.queries(CHANNEL) as queries:
                    part = queries.search.search(question, page.visitor.reader, page.as_of)
            except QuipuError as error:
                refused = _refusal(error, page.lang)
        if part.answer.id is not None and not part.answer.record_count:
            path = f"{PATHS[part.answer.id.kind]}/{part.answer.id.id}"
            return RedirectResponse(page.link(path), 303)
        return self._show(page, part, refused)

    def _show(self, page: PageContext, part: SearchPart, refused: str) -> Response:
        answer = part.answer
        things = [tell_findings_once(thing) for thing in answer.things]
        return page.render(
            "search.html",
            422 if refused else 200,
            asked={name: page.query.get(name, "") for name in FIELDS},
            answer=replace(answer, things=things),
            refused=refused,
            facets=_facets(page, answer),
            paths=PATHS,
            sees_content=sees_content(page.visitor.reader),
            person_words=person_words,
            files=file_addresses(page),
            older="" if part.next is None else write_cursor(part.next),
            is_first=not page.query.get("after"),
        )

    def suggestions(self, request: Request) -> Response:
        """Show the options of the box for what was typed so far."""
        page = self._requests.page(request)
        try:
            with self._pool.queries(CHANNEL) as queries:
                suggestions = queries.search.suggest(
                    page.query.get("q", ""), page.visitor.reader, page.as_of
                )
        except QuipuError as error:
            if error.code not in REFUSALS:
                raise
            suggestions = []
        return suggestion_page(page, suggestions)

    def lookup_form(self, request: Request) -> Response:
        """Show the page on which a list is pasted."""
        return self._show_list(self._requests.page(request), "", None, "")

    async def look_up(self, request: Request) -> Response:
        """Show what each line of the pasted list finds."""
        fields = await read_own_form(request)
        if fields is None:
            return Response(status_code=403)
        return await run_in_threadpool(self._answer_list, request, fields.get("list", ""))

    def _answer_list(self, request: Request, text: str) -> Response:
        page = self._requests.page(request)
        answers: list[LineAnswer] | None = None
        refused = ""
        try:
            lines = read_pasted_list(text)
            with self._pool.queries(CHANNEL) as queries:
                answers = queries.search.look_up(lines, page.visitor.reader, page.as_of)
        except QuipuError as error:
            refused = _refusal(error, page.lang)
        return self._show_list(page, text, answers, refused)

    def _show_list(
        self, page: PageContext, text: str, answers: list[LineAnswer] | None, refused: str
    ) -> Response:
        return page.render(
            "lookup.html",
            422 if refused else 200,
            text=text,
            most=MOST_LINES,
            answers=answers,
            refused=refused,
            person_words=person_words,
        )


def suggestion_page(page: PageContext, suggestions: Sequence[WordSuggestion]) -> Response:
    """Return the options of the box."""
    return page.render("suggestions.html", suggestions=suggestions)


def _question(page: PageContext) -> SearchQuestion:
    """Read the fields of the search's address. Raises CursorRefusedError."""
    text, type_, country, month = (page.query.get(name, "") for name in FIELDS)
    place = PageRange(PAGE_SIZE, after=read_cursor(page.query.get("after", "")))
    return SearchQuestion(text, type_, country, month, place)


def _refusal(error: QuipuError, lang: str) -> str:
    """Return what is wrong with what was typed; other errors have a page of their own."""
    if error.code not in REFUSALS:
        raise error
    return " ".join(text.in_language(lang) for text in (error.message, error.remedy))


def _facets(page: PageContext, answer: SearchAnswer) -> list[tuple[str, list[FacetLink]]]:
    """Return the facets with the addresses that choose their values."""
    return [
        (
            facet_title(name).in_language(page.lang),
            [
                FacetLink(
                    facet_label(name, item.value, page.lang),
                    item.records,
                    page.here(**{name: "" if is_chosen else item.value, "after": ""}),
                    is_chosen,
                )
                for item in values
                for is_chosen in [page.query.get(name) == item.value]
            ],
        )
        for name, values in answer.facets.items()
        if values
    ]
