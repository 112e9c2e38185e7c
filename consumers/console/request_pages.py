"""Serve the pages of requests and alerts, and the desk of who is on duty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from consumers.console.file_answers import FILE_FIELDS
from consumers.console.forms import EVERY_PAGE
from consumers.console.item_files import request_answer
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.console.parameters import FieldReader
from consumers.console.rendering import PageContext
from consumers.presentation import course_words
from consumers.presentation.payload_lines import payload_lines
from consumers.query.known_names import check_country
from consumers.query.lifecycles.course_queries import STATES, CourseFilter
from consumers.query.query_layer import QueryLayer
from consumers.query.views import to_datetime
from consumers.serving.query_pool import QueryPool
from infra.request_parameters import taking
from schemas.i18n import UserMessage, _
from schemas.model import Reader
from streams.lifecycles.library import REQUESTS

FIELDS = ("kind", "state", "country", "yours")
STATE_WORDS: dict[str, UserMessage] = {
    "open": _("open ones"),
    "ended": _("ended ones"),
    "all": _("all of them"),
}
MOST = 200
"""Requests on a page; the command line and the API give more."""


def router(pool: QueryPool, lang: str) -> APIRouter:
    """Return the routes of the pages. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    pages = RequestPages(pool, PageRequests(pool.settings, lang))
    routes.get("/requests", openapi_extra=taking(*EVERY_PAGE, *FIELDS))(pages.requests)
    routes.get("/requests/{id}", openapi_extra=taking(*EVERY_PAGE, *FILE_FIELDS))(pages.request)
    routes.get("/duty-desk", openapi_extra=taking(*EVERY_PAGE))(pages.duty_desk)
    routes.get("/answer-times", openapi_extra=taking(*EVERY_PAGE, "kind"))(pages.answer_times)
    return routes


class RequestPages:
    """The pages, a method each."""

    def __init__(self, pool: QueryPool, requests: PageRequests) -> None:
        """`pool`: lends the query layer; `requests`: reads who asks for which page."""
        self._pool = pool
        self._requests = requests

    def requests(self, request: Request) -> Response:
        """Show the list, what is due first at the top."""
        page = self._requests.page(request)
        form = FieldReader(page.query)
        filter_ = CourseFilter(
            form.choice("kind", sorted(REQUESTS)),
            form.choice("state", STATES) or "open",
            form.text("country", lambda text: check_country(text.upper())).upper(),
            bool(form.text("yours")),
        )
        answer = None
        with form.refusals(), self._pool.queries(CHANNEL) as queries:
            if not form.errors:
                answer = queries.courses.courses(page.visitor.reader, filter_, page.as_of, MOST)
        return page.render(
            "requests.html",
            422 if form.errors else 200,
            answer=answer,
            errors=form.errors,
            filter=filter_,
            kinds=_kinds(page.lang),
            states=STATE_WORDS,
            command_line=page.command("request list", _options(filter_)),
            course_words=course_words,
            moment=moment_of(page),
        )

    def request(self, request: Request, id: str) -> Response:
        """Show one request with its steps, deadlines and next steps, or write its form to print."""
        page = self._requests.page(request)
        if (file := request_answer(self._pool, page, id)) is not None:
            return file
        view = None
        with self._pool.queries(CHANNEL) as queries:
            if (whole := event_id(id)) is not None:
                view = queries.courses.course(whole, page.visitor.reader, page.as_of)
        if view is None:
            return page.absent(id)
        content = payload_lines(view.opening.type, view.opening.payload or {}, page.lang)
        return page.render(
            "request.html",
            view=view,
            content=content,
            course_words=course_words,
            moment=moment_of(page),
        )

    def duty_desk(self, request: Request) -> Response:
        """Show the open alerts with whose turn it is, and whom to call."""
        page = self._requests.page(request)
        reader = page.visitor.reader
        with self._pool.queries(CHANNEL) as queries:
            alerts = queries.courses.courses(reader, CourseFilter("alert"), page.as_of, MOST)
            contacts = queries.courses.contacts(reader, page.as_of)
        return page.render(
            "duty_desk.html",
            answer=alerts,
            contacts=contacts,
            course_words=course_words,
            moment=moment_of(page),
        )

    def answer_times(self, request: Request) -> Response:
        """Show how deadlines were kept."""
        page = self._requests.page(request)
        form = FieldReader(page.query)
        kind, rows = form.choice("kind", sorted(REQUESTS)), []
        with self._pool.queries(CHANNEL) as queries:
            if not form.errors:
                rows = queries.courses.times(page.visitor.reader, kind, None, page.as_of)
        return page.render(
            "answer_times.html",
            422 if form.errors else 200,
            rows=rows,
            kind=kind,
            kinds=_kinds(page.lang),
            course_words=course_words,
            moment=moment_of(page),
        )


def moment_of(page: PageContext) -> datetime:
    """Return the moment of the question, from which the time left is counted."""
    return datetime.now(UTC) if page.as_of is None else to_datetime(page.as_of)


def _kinds(lang: str) -> list[tuple[str, str]]:
    return [(kind, course_words.kind_name(kind, lang)) for kind in REQUESTS]


def _options(filter_: CourseFilter) -> list[tuple[str, str]]:
    options = [("--kind", filter_.kind), ("--country", filter_.country)]
    if filter_.state != "open":
        options.append(("--state", filter_.state))
    return [(name, value) for name, value in options if value]


def one_course(
    page: PageContext,
    pool: QueryPool,
    id_: str,
    ask: Callable[[QueryLayer, str, Reader, int | None], object],
    template: str,
    **words: Any,
) -> Response:
    """Show one lifecycle that `ask` returns, or say that nothing has its id."""
    view = None
    with pool.queries(CHANNEL) as queries:
        if (whole := event_id(id_)) is not None:
            view = ask(queries, whole, page.visitor.reader, page.as_of)
    if view is None:
        return page.absent(id_)
    return page.render(
        template, view=view, course_words=course_words, moment=moment_of(page), **words
    )


def event_id(text: str) -> str | None:
    """Return the id of an event as it stands in an address; None for what is none."""
    try:
        return str(UUID(text))
    except ValueError:
        return None
