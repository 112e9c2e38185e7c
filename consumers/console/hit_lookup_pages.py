"""Serve the page `/hit-lookup`: hit or no hit, whom to ask, and who asked.

What is asked is in the form's body, so that no name stays in an address or a list of visited pages.
"""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from consumers.console.forms import EVERY_PAGE, read_own_form
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.console.rendering import PageContext
from consumers.presentation import hit_lookup_words as hit_words
from consumers.query.hit_lookup.answers import HitAnswer
from consumers.query.hit_lookup.lines import LINE_KINDS, HitLine
from consumers.query.paging import PageRange
from consumers.serving.hit_lookups import HitBasisError, HitLookups, HitRequest, possible_bases
from consumers.serving.lookup_quota import LookupQuotaError
from consumers.serving.query_pool import QueryPool
from infra.clock import now_ms
from infra.request_parameters import taking
from schemas.codes import code_lists
from schemas.model import Reader
from schemas.release.rules import sees_content

FIELDS = tuple(HitLine().fields)
SHOWN = 10
"""Look-ups of each side that the page shows; the command shows all."""


def router(pool: QueryPool, lookups: HitLookups, lang: str) -> APIRouter:
    """Return the routes of the page. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    pages = HitLookupPages(pool, lookups, PageRequests(pool.settings, lang))
    routes.get("/hit-lookup", openapi_extra=taking(*EVERY_PAGE))(pages.form)
    routes.post("/hit-lookup")(pages.ask)
    return routes


class HitLookupPages:
    """The page, a method each for showing the form and for asking."""

    def __init__(self, pool: QueryPool, lookups: HitLookups, requests: PageRequests) -> None:
        """`lookups`: answers; `requests`: reads who asks."""
        self._pool, self._lookups, self._requests = pool, lookups, requests

    def form(self, request: Request) -> Response:
        """Show the empty form, and the look-ups of both sides."""
        return self._render(self._requests.page(request), HitLine(), "")

    async def ask(self, request: Request) -> Response:
        """Answer the form's question, and show the form again."""
        fields = await read_own_form(request)
        if fields is None:
            return Response(status_code=403)
        line = HitLine(**{name: fields.get(name, "")[:400] for name in FIELDS})
        page = self._requests.page(request)
        return await run_in_threadpool(self._answer, page, line, fields)

    def _answer(self, page: PageContext, line: HitLine, fields: dict[str, str]) -> Response:
        basis, purpose = fields.get("basis", ""), fields.get("purpose", "")
        if purpose not in code_lists()["purpose"].codes:
            return Response(status_code=422)
        reader = replace(page.visitor.reader, purpose=purpose)
        try:
            answer = self._lookups.answer(HitRequest([line], basis, CHANNEL), reader)
        except (HitBasisError, LookupQuotaError) as error:
            refused = " ".join(
                text.in_language(page.lang) for text in (error.message, error.remedy)
            )
            return self._render(page, line, basis, refused=refused, purpose=purpose)
        return self._render(page, line, basis, answer=answer.answers[0], purpose=purpose)

    def _render(
        self,
        page: PageContext,
        line: HitLine,
        basis: str,
        answer: HitAnswer | None = None,
        **values: str,
    ) -> Response:
        reader = page.visitor.reader
        config = self._pool.serving()
        with self._pool.queries(CHANNEL) as queries:
            received = queries.hit_lookups.look_ups(reader, "owner", PageRange(SHOWN)).items
            own = queries.hit_lookups.look_ups(reader, "asker", PageRange(SHOWN)).items
        bases = code_lists()["legal_basis"].codes
        purposes = code_lists()["purpose"].codes
        refused = values.get("refused", "")
        return page.render(
            "hit_lookup.html",
            422 if refused else 200,
            asked=line.fields,
            basis=basis,
            purpose=values.get("purpose") or reader.purpose,
            answer=answer,
            refused=refused,
            received=received,
            own=own,
            may_ask=_may_ask(reader),
            hit_words=hit_words,
            kinds=LINE_KINDS,
            bases=[
                (code, bases[code][page.lang] if code in bases else code)
                for code in possible_bases(reader, config.agreements, now_ms())
            ],
            purposes=[(code, names[page.lang]) for code, names in purposes.items()],
        )


def _may_ask(reader: Reader) -> bool:
    return sees_content(reader)
