"""Serve the pages about work: cases, watch-lists, saved searches, and work on one thing."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from consumers.console.forms import EVERY_PAGE, path_to_return_to, read_own_form
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.console.rendering import PageContext
from consumers.console.work_forms import draft_of
from consumers.presentation import work_words
from consumers.query.work.acts import ReferenceKind
from consumers.query.work.drafts import (
    ERASURE_REASONS,
    FINDING_REASONS,
    MARK_KINDS,
    read_reference,
)
from consumers.query.work.refused import ANALYST
from consumers.query.work.work_views import FindingVerdictView
from consumers.serving.query_pool import QueryPool, WrittenAct
from infra.request_parameters import taking
from schemas.codes import code_lists

SHOWN_TO = ("self", "authority", "country", "group")


def router(pool: QueryPool, lang: str) -> APIRouter:
    """Return the routes of the pages. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    pages = WorkPages(pool, PageRequests(pool.settings, lang))
    shown = taking(*EVERY_PAGE)
    routes.get("/cases", openapi_extra=shown)(pages.cases)
    routes.get("/cases/{id}", openapi_extra=shown)(pages.case)
    routes.get("/watch-lists", openapi_extra=shown)(pages.watch_lists)
    routes.get("/watch-lists/{id}", openapi_extra=shown)(pages.watch_list)
    routes.get("/saved-searches", openapi_extra=taking(*EVERY_PAGE, "page", "query"))(
        pages.saved_searches
    )
    routes.get("/work", openapi_extra=taking(*EVERY_PAGE, "about"))(pages.work)
    routes.post("/work", openapi_extra=taking(*EVERY_PAGE, "back"))(pages.do)
    return routes


class WorkPages:
    """The pages, a method each."""

    def __init__(self, pool: QueryPool, requests: PageRequests) -> None:
        """`pool`: lends the query layer; `requests`: reads who asks for which page."""
        self._pool = pool
        self._requests = requests

    def cases(self, request: Request) -> Response:
        """Show the cases that the visitor sees, and a form for a new one."""
        page = self._requests.page(request)
        with self._pool.queries(CHANNEL) as queries:
            cases = queries.work.cases(page.visitor.reader, page.as_of)
        return _render(page, "cases.html", cases=cases)

    def case(self, id: str, request: Request) -> Response:
        """Show a case: items, notes, timeline, custody record."""
        page = self._requests.page(request)
        with self._pool.queries(CHANNEL) as queries:
            case = queries.work.case(id, page.visitor.reader, page.as_of)
        if case is None:
            return page.absent(id)
        return _render(page, "case.html", case=case)

    def watch_lists(self, request: Request) -> Response:
        """Show the visitor's watch-lists, and a form for a new one."""
        page = self._requests.page(request)
        with self._pool.queries(CHANNEL) as queries:
            lists = queries.work.watch_lists(page.visitor.reader, page.as_of)
        return _render(page, "watch_lists.html", lists=lists)

    def watch_list(self, id: str, request: Request) -> Response:
        """Show the marks of a watch-list, and the records that name them."""
        page = self._requests.page(request)
        reader = page.visitor.reader
        with self._pool.queries(CHANNEL) as queries:
            view = queries.work.watch_list(id, reader, page.as_of)
            hits = queries.work.watch_hits(id, reader, 0, page.as_of)
        if view is None:
            return page.absent(id)
        marks = {mark.id: work_words.mark_line(mark, page.lang) for mark in view.marks}
        return _render(page, "watch_list.html", view=view, hits=hits[::-1], names=marks)

    def saved_searches(self, request: Request) -> Response:
        """Show the saved searches that the visitor sees, and a form for a new one."""
        page = self._requests.page(request)
        with self._pool.queries(CHANNEL) as queries:
            searches = queries.work.saved_searches(page.visitor.reader, page.as_of)
        address = {name: page.query.get(name, "") for name in ("page", "query")}
        pages = {search.summary.id: f"{path_of(search.page)}?{search.query}" for search in searches}
        return _render(page, "saved_searches.html", searches=searches, address=address, pages=pages)

    def work(self, request: Request) -> Response:
        """Show the notes and the verdict on something, with forms for them and for a case."""
        page = self._requests.page(request)
        kind, _colon, id_ = page.query.get("about", "").partition(":")
        about = read_reference(kind, id_)
        reader, verdict = page.visitor.reader, None
        with self._pool.queries(CHANNEL) as queries:
            shown = queries.work.look(about, reader, page.as_of)
            cases = queries.work.cases(reader, page.as_of)
            notes = queries.work.notes(reader, about, page.as_of)
            if about.kind is ReferenceKind.FINDING:
                verdict = queries.work.verdict_on(about, reader, page.as_of)
        if shown is None:
            return page.absent(id_)
        return _render(
            page,
            "work.html",
            shown=shown,
            about=str(about),
            notes=notes,
            verdicts=_verdict_lines(verdict, page.lang),
            cases=[case for case in cases if case.status == "open" and case.role != "viewer"],
            may_decide=about.kind is ReferenceKind.FINDING and ANALYST in reader.roles,
        )

    async def do(self, request: Request) -> Response:
        """Do what a form says, and show the page again from which it came."""
        fields = await read_own_form(request)
        if fields is None:
            return Response(status_code=403)
        page = self._requests.page(request)
        draft = draft_of(fields)
        reader = page.visitor.reader
        written = await run_in_threadpool(self._pool.work, reader, draft, CHANNEL)
        if written is None:
            return Response(status_code=404)
        back = path_to_return_to(page.query.get("back", "/cases"))
        return answer_after(page, written, back.replace("{id}", draft.object))


def answer_after(page: PageContext, written: WrittenAct, address: str) -> Response:
    """Lead to the page that shows an act, or say that the act is in the log and comes.

    `address`: of that page.
    """
    if written.is_stored:
        return RedirectResponse(address, 303)
    return page.render("recorded.html", 202, address=address)


def _verdict_lines(verdict: FindingVerdictView | None, lang: str) -> list[str]:
    """Return the last verdict and those before it, each in a line."""
    verdicts = () if verdict is None else (verdict, *verdict.former)
    return [work_words.verdict_line(view, lang) for view in verdicts]


def _render(page: PageContext, template: str, **values: Any) -> Response:
    lists = code_lists()

    def options(code_list: str) -> list[tuple[str, str]]:
        return [(code, texts[page.lang]) for code, texts in lists[code_list].codes.items()]

    return page.render(
        template,
        work_words=work_words,
        shown_to=[(scope, work_words.SCOPES[scope].in_language(page.lang)) for scope in SHOWN_TO],
        mark_kinds=MARK_KINDS,
        may_work=page.as_of is None,
        reasons=options(FINDING_REASONS),
        erasures=options(ERASURE_REASONS),
        **values,
    )


def path_of(page: str) -> str:
    """Return the address of a saved page; a command may name a list as the API does."""
    return "/" if page == "indicators" else path_to_return_to(f"/{page.removeprefix('/')}")
