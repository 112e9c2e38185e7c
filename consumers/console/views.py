"""Serve the page at `/`: indicators, things, events, and the health of the system.

Every answer comes from the query layer for the visitor, and is rendered after its session ended; a
page never asks the store itself.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from fastapi import APIRouter, Request, Response
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from consumers.access.caller import caller_of
from consumers.console import health_tiles, js_libraries, view_models
from consumers.console.as_of import as_of_ms
from consumers.console.file_answers import FILE_FIELDS, file_addresses, read_file_request
from consumers.console.forms import EVERY_PAGE, read_own_form
from consumers.console.item_files import finding_answer, is_id, thing_answer
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.console.rendering import POLICY, STATIC, YEAR_S, PageContext
from consumers.console.view_models import Viewpoint
from consumers.health.alert_files import read_week
from consumers.health.evaluate import Diagnosis
from consumers.health.facts import Facts
from consumers.health.week import figure_lines
from consumers.identity.scopes import Scope
from consumers.presentation.list_tables import indicators_table
from consumers.query.bursts.burst import week_of_id
from consumers.query.dates import check_past
from consumers.query.identifiers import KINDS
from consumers.query.ids import AmbiguousIdError, IdKind
from consumers.query.indicators import EvidenceView
from consumers.query.query_layer import QueryLayer
from consumers.serving.query_pool import QueryPool
from infra.errors import QuipuError
from infra.request_parameters import taking
from schemas.codes import code_lists
from schemas.model import ReaderCondition
from schemas.release.rules import sees_content
from streams.correlation.wording import title_of_any

FOREVER = {
    "Cache-Control": f"public, max-age={YEAR_S}, immutable",
    "X-Content-Type-Options": "nosniff",
}
PATHS = {"indicator": "/indicators", "thing": "/things", "event": "/events"}
HealthSource = Callable[[bool], tuple[Facts, Diagnosis]]
"""Returns the health now, for an operator or for anybody else."""
ItemView = Callable[[QueryLayer, str, Viewpoint], dict[str, Any] | None]
OF_FILES = ("v",)
"""The parameter of files of ours: it differs where their content differs."""


class FormerFinding(NamedTuple):
    """A finding on a date to compare with: its records by id, none where it was not known."""

    at: int
    records: Mapping[str, EvidenceView]


def router(pool: QueryPool, health: HealthSource, lang: str) -> APIRouter:
    """Return the page's routes.

    `health` returns the health of the system now; `lang`: where the visitor has not chosen.
    """
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    views = Views(pool, health, lang)
    item, own = taking(*EVERY_PAGE), taking(*OF_FILES)
    figure = (*view_models.FLOW, *view_models.EVERY)
    filters = taking(*EVERY_PAGE, *view_models.FILTERS, *figure, *FILE_FIELDS, "after")
    routes.get("/", openapi_extra=filters)(views.indicators)
    with_files = taking(*EVERY_PAGE, *FILE_FIELDS)
    compared = taking(*EVERY_PAGE, *FILE_FIELDS, "compare")
    routes.get("/indicators/{id}", openapi_extra=compared)(views.indicator)
    routes.get("/things", openapi_extra=taking(*EVERY_PAGE, *view_models.IDENTIFIERS))(views.things)
    routes.get("/things/{id}", openapi_extra=with_files)(views.thing)
    routes.get("/events/{id}", openapi_extra=item)(views.event)
    routes.get("/find", openapi_extra=taking(*EVERY_PAGE, "id"))(views.find)
    routes.get("/line", openapi_extra=taking("lang"))(views.health)
    routes.get("/conditions", openapi_extra=taking("lang", "accepted"))(views.conditions)
    routes.post("/conditions")(views.accept)
    routes.get("/console/static/{name}", openapi_extra=own)(static)
    routes.get("/console/libraries/{name}", openapi_extra=own)(library)
    routes.get("/docs", openapi_extra=item)(description)
    return routes


def static(name: str) -> Response:
    """Return a file of ours; 404 where there is none."""
    is_ours = name in {path.name for path in STATIC.iterdir()}
    return FileResponse(STATIC / name, headers=FOREVER) if is_ours else Response(status_code=404)


def library(name: str) -> Response:
    """Return a library's file; 404 where it is not installed."""
    path = js_libraries.path_of(name)
    return FileResponse(path, headers=FOREVER) if path else Response(status_code=404)


def description() -> Response:
    """Return the page on which the API's description can be read and tried, without other hosts."""
    library_path = "/console/libraries/swagger-ui"
    response = get_swagger_ui_html(
        openapi_url="/openapi.json",
        title="Quipu",
        swagger_js_url=f"{library_path}.js",
        swagger_css_url=f"{library_path}.css",
        swagger_favicon_url="data:,",
    )
    scripts = re.findall(rb"<script>(.*?)</script>", bytes(response.body), re.DOTALL)
    response.headers["Content-Security-Policy"] = docs_policy(scripts)
    return response


def docs_policy(scripts: Iterable[bytes]) -> str:
    """Return the policy of the API's description: of inline scripts only these run.

    Swagger UI sets styles of elements, so inline styles are let in.
    """
    hashes = (base64.b64encode(hashlib.sha256(script).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{hash_}'" for hash_ in hashes)
    return POLICY.replace("script-src 'self'", f"script-src 'self' {allowed}").replace(
        "style-src 'self'", "style-src 'self' 'unsafe-inline'"
    )


class Views:
    """The pages, a method each."""

    def __init__(self, pool: QueryPool, health: HealthSource, lang: str) -> None:
        """`health` returns the health of the system now; `lang`: unless the visitor chose one."""
        self._pool = pool
        self._health = health
        self._requests = PageRequests(pool.settings, lang)

    def indicators(self, request: Request) -> Response:
        """Show the newest indicators, filtered, or write all of them into a file."""
        page = self._requests.page(request)
        reader = page.visitor.reader
        file = read_file_request(page)
        if file is not None:
            return file.of_list(
                self._pool,
                lambda queries, asker, at, place: queries.indicators.page(
                    asker,
                    view_models.filter_of(
                        page.query, view_models.flow_of(page.query, queries.rules)
                    ),
                    at,
                    place,
                ),
                indicators_table,
            )
        with self._pool.queries(CHANNEL) as queries:
            values = view_models.indicator_list(queries, reader, page.query, page.as_of)
            book = queries.rules
        rules = sorted(
            ((rule.id, title_of_any(rule)[page.lang]) for rule in book.by_id.values()),
            key=lambda rule: rule[1],
        )
        return page.render(
            "indicators.html",
            **values,
            rules=rules,
            sees_content=sees_content(reader),
            files=file_addresses(page),
            asked={name: page.query.get(name, "") for name in view_models.FILTERS},
        )

    def indicator(self, id: str, request: Request) -> Response:
        """Show one indicator with its evidence and charts, or write it into a file."""
        page = self._requests.page(request)
        file = finding_answer(self._pool, page, id)
        return file or self._item(page, "indicator", id, view_models.indicator)

    def thing(self, id: str, request: Request) -> Response:
        """Show one thing with its members and charts, or write its network into a file."""
        page = self._requests.page(request)
        file = thing_answer(self._pool, page, id)
        return file or self._item(page, "thing", id, view_models.thing)

    def event(self, id: str, request: Request) -> HTMLResponse:
        """Show one event with its former versions."""
        return self._item(self._requests.page(request), "event", id, view_models.event)

    def things(self, request: Request) -> Response:
        """Look up things by their identifiers; go straight to it where it is one."""
        page = self._requests.page(request)
        things, refusal = None, ""
        try:
            with self._pool.queries(CHANNEL) as queries:
                things = view_models.things(queries, page.query, page.visitor.reader, page.as_of)
        except QuipuError as error:
            if error.code != "THING_MARKS":
                raise
            refusal = (
                f"{error.message.in_language(page.lang)} {error.remedy.in_language(page.lang)}"
            )
        if things is not None and len(things) == 1:
            return RedirectResponse(page.link(f"/things/{things[0].id}"), 303)
        return page.render(
            "things.html",
            422 if refusal else 200,
            found=things,
            refused=refusal,
            marks={name: page.query.get(name, "") for name in view_models.IDENTIFIERS},
            lists=code_lists(),
            kinds=KINDS,
        )

    def find(self, request: Request) -> Response:
        """Go straight to what an id, or its first or last digits, means; bursts by the whole id."""
        page = self._requests.page(request)
        digits = page.query.get("id", "").strip()
        if week_of_id(digits) is not None:
            return RedirectResponse(page.link(f"/bursts/{digits}"), 303)
        try:
            with self._pool.queries(CHANNEL) as queries:
                kind, id_ = queries.ids.resolve(digits, reader=page.visitor.reader)
        except AmbiguousIdError as error:
            several = [(PATHS[kind], id_) for kind, id_ in error.matches]
            return page.absent(digits, several=several)
        return RedirectResponse(page.link(f"{PATHS[kind]}/{id_}"), 303)

    def health(self, request: Request) -> HTMLResponse:
        """Show the health of the system, live; figures to operators only."""
        page, caller = self._requests.page(request), caller_of(request)
        operator = caller is not None and Scope.OPERATE in caller.scopes
        values = health_tiles.health_page(*self._health(operator), page.lang)
        values["week"] = figure_lines(read_week(self._pool.settings), values["at"])
        if not operator:
            values = health_tiles.without_figures(values)
        return page.render("line.html", **values)

    def conditions(self, request: Request) -> HTMLResponse:
        """Show what owners ask of this reader before more is shown (H3)."""
        page = self._requests.page(request)
        with self._pool.queries(CHANNEL) as queries:
            conditions = queries.disclosures.conditions(page.visitor.reader)
        return page.render("conditions.html", found=conditions, accepted="accepted" in page.query)

    async def accept(self, request: Request) -> Response:
        """Accept a condition that is offered to this reader; only from our own pages."""
        fields = await read_own_form(request)
        if fields is None:
            return Response(status_code=403)
        condition = ReaderCondition(fields.get("country", ""), fields.get("text", ""))
        reader = self._requests.visitor(request).reader
        view = await run_in_threadpool(
            self._pool.accept_condition, reader, condition, None, CHANNEL
        )
        if view is None:
            return Response(status_code=404)
        return RedirectResponse("/conditions?accepted=1", 303)

    def _item(self, page: PageContext, kind: IdKind, id_: str, view: ItemView) -> HTMLResponse:
        """Show one item with the times at which what is known of it changed, in one session."""
        values, steps = None, list[int]()
        if is_id(id_):
            reader = page.visitor.reader
            with self._pool.queries(CHANNEL) as queries:
                values = view(queries, id_, Viewpoint(reader, page.as_of, page.lang))
                if page.as_of is not None:
                    steps = view_models.change_times(queries, kind, id_, reader)
                elif values is not None:
                    steps = view_models.times_of_existence(queries, values["found"], reader)
                if values is not None and kind == "indicator":
                    values["former"] = _former(queries, id_, page)
        if values is None:
            return page.absent(id_, steps=steps)
        return page.render(f"{kind}.html", **values, steps=steps)


def _former(queries: QueryLayer, id_: str, page: PageContext) -> FormerFinding | None:
    """Return the finding as it was on the date to compare with; None where none is requested."""
    at = check_past(as_of_ms(page.query.get("compare", "")), "compare")
    if at is None:
        return None
    view = queries.indicators.indicator(id_, page.visitor.reader, at)
    return FormerFinding(
        at, {} if view is None else {piece.event: piece for piece in view.evidence}
    )
