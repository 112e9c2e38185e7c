"""The page at `/`: newest indicators, one indicator, one thing, one event, how the line is. Spanish
first, and English.

Every answer is asked of the query layer for who asks, and rendered after it was given; a page never
asks the store itself.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from consumers.console import charts, js_libraries, view_models
from consumers.console import health_tiles as line
from consumers.console.as_of import as_of_ms
from consumers.console.rendering import STATIC, YEAR_S, PageContext, say
from consumers.console.session import (
    CLAIM_COOKIE,
    HEADER,
    LANG_COOKIE,
    Visitor,
    parse_claim,
    reader_of,
    visitor,
)
from consumers.health.evaluate import Diagnosis
from consumers.health.facts import Facts
from consumers.query.identifiers import KINDS
from consumers.query.query_layer import AmbiguousIdError, QueryLayer
from consumers.serving.query_pool import QueryPool
from infra.clickhouse.client import LOST_CONNECTION
from infra.errors import QuipuError
from schemas.codes import code_lists
from schemas.model import Reader, ReaderCondition
from schemas.release.rules import CONTENT_ROLES, ReaderRefusedError
from streams.correlation.wording import title_of_any

log = structlog.get_logger(__name__)

DRAWN_WITH = "/console/libraries/swagger-ui"
FOREVER = {
    "Cache-Control": f"public, max-age={YEAR_S}, immutable",
    "X-Content-Type-Options": "nosniff",
}
PATHS = {"indicator": "/indicators", "thing": "/things", "event": "/events"}
HealthSource = Callable[[], tuple[Facts, Diagnosis]]
View = Callable[[QueryLayer, str], dict[str, Any] | None]


def router(pool: QueryPool, look: HealthSource, lang: str) -> APIRouter:
    """The page's routes. `look`: the line's health now; `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    views = Views(pool, look, lang)
    routes.get("/")(views.indicators)
    routes.get("/indicators/{id}")(views.indicator)
    routes.get("/things")(views.things)
    routes.get("/things/{id}")(views.thing)
    routes.get("/events/{id}")(views.event)
    routes.get("/find")(views.find)
    routes.get("/line")(views.line)
    routes.post("/asks")(views.set_claim)
    routes.get("/conditions")(views.conditions)
    routes.post("/conditions")(views.accept)
    routes.get("/console/static/{name}")(static)
    routes.get("/console/libraries/{name}")(library)
    routes.get("/docs")(description)
    return routes


def static(name: str) -> Response:
    """A file of ours."""
    path = STATIC / name
    return (
        FileResponse(path, headers=FOREVER)
        if path.parent == STATIC and path.is_file()
        else Response(status_code=404)
    )


def library(name: str) -> Response:
    """A library's file."""
    path = js_libraries.path_of(name)
    return FileResponse(path, headers=FOREVER) if path else Response(status_code=404)


def description() -> Response:
    """The API's OpenAPI document to read and to try, drawn without anything from elsewhere."""
    drawn = "/console/libraries/swagger-ui"
    return get_swagger_ui_html(
        openapi_url="/openapi.json",
        title="Quipu",
        swagger_js_url=f"{drawn}.js",
        swagger_css_url=f"{drawn}.css",
        swagger_favicon_url="data:,",
    )


class PageRoute(APIRoute):
    """What goes wrong is told as a page too."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def answered(request: Request) -> Response:
            try:
                return await answer(request)
            except (QuipuError, ReaderRefusedError, *LOST_CONNECTION) as error:
                return error_page(request, error)

        return answered


def error_page(request: Request, error: Exception) -> Response:
    """Why there is no answer, and what to do."""
    asked = request.query_params.get("lang") or request.cookies.get(LANG_COOKIE)
    nobody = visitor({}, {}, asked, "es")
    page = PageContext(nobody, request.url.path, {}, None)
    log.warning("page_without_answer", path=request.url.path, error=repr(error))
    if isinstance(error, QuipuError):
        refused = error.code == "AS_OF"
        said, remedy = error.message.text(page.lang), error.remedy.text(page.lang)
        return page.render(
            "trouble.html", 422 if refused else 503, code=error.code, said=said, remedy=remedy
        )
    if isinstance(error, ReaderRefusedError):
        return page.render("trouble.html", 422, code="READER", said=str(error), remedy="")
    return page.render(
        "trouble.html", 503, code="STORE_AWAY", said="", remedy=say("store_away", page.lang)
    )


class Views:
    """A method a page."""

    def __init__(self, pool: QueryPool, look: HealthSource, lang: str) -> None:
        self._pool = pool
        self._look = look
        self._lang = lang

    def indicators(self, request: Request) -> HTMLResponse:
        """The newest indicators, filtered."""
        page = self._page(request)
        reader = page.visitor.reader
        with self._pool.queries("page") as queries:
            listed = view_models.indicator_list(queries, reader, page.query, page.as_of)
        sees = not CONTENT_ROLES.isdisjoint(reader.roles)
        rules = sorted(
            ((rule.id, title_of_any(rule)[page.lang]) for rule in self._pool.rules.by_id.values()),
            key=lambda rule: rule[1],
        )
        asked = {name: page.query.get(name, "") for name in view_models.FILTERS}
        return page.render("indicators.html", **listed, rules=rules, sees_content=sees, asked=asked)

    def indicator(self, id: str, request: Request) -> HTMLResponse:
        """One indicator."""
        page = self._page(request)
        return self._one(
            page,
            "indicator",
            id,
            lambda queries, key: view_models.indicator(queries, key, *_for(page)),
        )

    def thing(self, id: str, request: Request) -> HTMLResponse:
        """One thing."""
        page = self._page(request)
        return self._one(
            page, "thing", id, lambda queries, key: view_models.thing(queries, key, *_for(page))
        )

    def event(self, id: str, request: Request) -> HTMLResponse:
        """One event."""
        page = self._page(request)
        return self._one(
            page, "event", id, lambda queries, key: view_models.event(queries, key, *_for(page))
        )

    def things(self, request: Request) -> Response:
        """Things by their marks: straight to it where it is one."""
        page = self._page(request)
        found, refused = None, ""
        try:
            with self._pool.queries("page") as queries:
                found = view_models.things(queries, page.query, page.visitor.reader, page.as_of)
        except QuipuError as error:
            if error.code != "THING_MARKS":
                raise
            refused = f"{error.message.text(page.lang)} {error.remedy.text(page.lang)}"
        if found is not None and len(found) == 1:
            return RedirectResponse(page.link(f"/things/{found[0].id}"), 303)
        marks = {name: page.query.get(name, "") for name in view_models.IDENTIFIERS}
        return page.render(
            "things.html",
            422 if refused else 200,
            found=found,
            refused=refused,
            marks=marks,
            lists=code_lists(),
            kinds=KINDS,
        )

    def find(self, request: Request) -> Response:
        """An id, or its first or last digits: straight to what it means."""
        page = self._page(request)
        said = page.query.get("id", "").strip()
        try:
            with self._pool.queries("page") as queries:
                what, full = queries.resolve(said, reader=page.visitor.reader)
        except AmbiguousIdError as error:
            several = [(PATHS[what], full) for what, full in error.found]
            return page.render("absent.html", 404, said=said, several=several, detail="")
        return RedirectResponse(page.link(f"{PATHS[what]}/{full}"), 303)

    def line(self, request: Request) -> HTMLResponse:
        """How the line is, live: no content of anybody's."""
        page = self._page(request)
        return page.render("line.html", **line.health_page(*self._look(), page.lang))

    def conditions(self, request: Request) -> HTMLResponse:
        """What owners ask of this reader before more is shown (H3)."""
        page = self._page(request)
        with self._pool.queries("page") as queries:
            found = queries.conditions(page.visitor.reader)
        return page.render("conditions.html", found=found, accepted="accepted" in page.query)

    async def accept(self, request: Request) -> Response:
        """Accept a condition that is offered to this reader; only from our own pages."""
        if not _same_origin(request):
            return Response(status_code=403)
        said = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
        condition = ReaderCondition(said.get("country", ""), said.get("text", ""))
        done = await run_in_threadpool(self._accepted, self._visitor(request).reader, condition)
        return (
            RedirectResponse("/conditions?accepted=1", 303) if done else Response(status_code=404)
        )

    def _accepted(self, reader: Reader, condition: ReaderCondition) -> bool:
        with self._pool.queries("page") as queries:
            offered = queries.conditions(reader)
        found = next((one for one in offered if (one.country, one.text) == condition), None)
        if found is not None and found.accepted_at is None:
            self._pool.ledger.accept(reader, condition, None, "page")
        return found is not None

    async def set_claim(self, request: Request) -> Response:
        """Who asks from now on, as the form says; only from our own pages."""
        if not _same_origin(request) or HEADER in request.headers:
            return Response(status_code=403)
        claim = parse_claim((await request.body()).decode("utf-8", "replace"))
        try:
            reader_of(claim)
        except ReaderRefusedError as error:
            page = self._page(request)
            return page.render("absent.html", 422, said="", several=[], detail=str(error))
        answer = RedirectResponse(_back(request), 303)
        answer.set_cookie(
            CLAIM_COOKIE, claim.cookie, max_age=YEAR_S, samesite="strict", httponly=True
        )
        return answer

    def _one(self, page: PageContext, what: str, id_: str, view: View) -> HTMLResponse:
        found = None
        if _is_id(id_):
            with self._pool.queries("page") as queries:
                found = view(queries, id_)
        if found is None:
            return page.render("absent.html", 404, said=id_, several=[], detail="")
        if page.as_of is None:
            steps = charts.change_times(found["found"])
        else:
            with self._pool.queries("page") as queries:  # another answer: what is known today
                steps = view_models.change_times(queries, what, id_, page.visitor.reader)
        return page.render(f"{what}.html", **found, steps=steps)

    def _page(self, request: Request) -> PageContext:
        query = dict(request.query_params)
        return PageContext(
            self._visitor(request), request.url.path, query, as_of_ms(query.get("as_of", ""))
        )

    def _visitor(self, request: Request) -> Visitor:
        return visitor(
            request.headers, request.cookies, request.query_params.get("lang"), self._lang
        )


def _for(page: PageContext) -> tuple[Any, int | None, str]:
    return page.visitor.reader, page.as_of, page.lang


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _same_origin(request: Request) -> bool:
    """Whether a form was sent from a page of ours: browsers say so."""
    return request.headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}


def _back(request: Request) -> str:
    """The page that the form was on; never another site."""
    path = request.query_params.get("back", "/")
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
