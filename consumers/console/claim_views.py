"""Take what a visitor chooses for all pages: less than the account, a purpose, colours."""

from __future__ import annotations

from typing import Literal, TypedDict
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from consumers.access.caller import Way, caller_of
from consumers.access.cookies import forget_cookie
from consumers.console.forms import EVERY_PAGE, path_to_return_to, read_own_form
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.console.rendering import YEAR_S
from consumers.console.session import (
    CLAIM_COOKIE,
    THEME_COOKIE,
    THEMES,
    claim_of,
    parse_claim,
    reader_of,
)
from consumers.identity.narrowing import WiderReaderError
from consumers.serving.query_pool import QueryPool
from infra.errors import QuipuError
from infra.request_parameters import taking
from schemas.errors import ReaderRefusedError
from schemas.i18n import _

SHORTEST, LONGEST = 10, 500
"""Letters of a justification."""


class CookieFlags(TypedDict):
    """Who may read a cookie, as `set_cookie` takes it."""

    samesite: Literal["strict"]
    httponly: bool
    secure: bool


class JustificationError(QuipuError):
    """A visitor asks for another purpose, and does not say why."""

    code = "JUSTIFICATION"


def router(pool: QueryPool, lang: str) -> APIRouter:
    """Return the routes. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    views = ClaimViews(pool, lang)
    routes.post("/asks", openapi_extra=taking(*EVERY_PAGE, "back"))(views.set_claim)
    routes.post("/theme", openapi_extra=taking(*EVERY_PAGE, "back"))(views.set_theme)
    return routes


class ClaimViews:
    """What a visitor chooses for all pages."""

    def __init__(self, pool: QueryPool, lang: str) -> None:
        """`lang`: where the visitor has not chosen."""
        self._pool = pool
        self._requests = PageRequests(pool.settings, lang)

    async def set_claim(self, request: Request) -> Response:
        """Keep as whom the visitor asks from now on: the account, or less of it.

        Why the purpose becomes another one is in the disclosure ledger before it counts. Raises
        JustificationError, LedgerUnavailableError.
        """
        fields, caller = await read_own_form(request), caller_of(request)
        if fields is None or caller is None or caller.way is Way.GATEWAY:
            return Response(status_code=403)
        claim = parse_claim(urlencode(fields), claim_of(caller.account))
        page = self._requests.page(request)
        try:
            reader = reader_of(caller.account, claim)
        except ReaderRefusedError as error:
            return page.render("absent.html", 422, said="", several=[], detail=str(error))
        except WiderReaderError as error:
            detail = f"{error.message.in_language(page.lang)} {error.remedy.in_language(page.lang)}"
            return page.render("absent.html", 403, said="", several=[], detail=detail)
        if claim.purpose != page.visitor.claim.purpose:
            reason = justification(fields.get("justification", ""))
            await run_in_threadpool(self._pool.ledger.state_purpose, reader, reason, CHANNEL)
        response = _back(request)
        prefix = page.visitor.cookie_prefix
        response.set_cookie(f"{prefix}{CLAIM_COOKIE}", claim.cookie, **_kept(prefix))
        return response

    async def set_theme(self, request: Request) -> Response:
        """Keep whether the visitor wants light or dark pages, or what the system says."""
        fields = await read_own_form(request)
        if fields is None:
            return Response(status_code=403)
        prefix = self._requests.visitor(request).cookie_prefix
        response = _back(request)
        theme = fields.get("theme", "")
        if theme not in THEMES:
            forget_cookie(response, THEME_COOKIE, prefix)
            return response
        response.set_cookie(f"{prefix}{THEME_COOKIE}", theme, YEAR_S, **_kept(prefix))
        return response


def justification(text: str) -> str:
    """Return a justification without spaces around it. Raises JustificationError."""
    words = text.strip()
    if SHORTEST <= len(words) <= LONGEST:
        return words
    raise JustificationError(
        _(
            "Another purpose needs a justification of {least} to {most} letters.",
            least=SHORTEST,
            most=LONGEST,
        ),
        _(
            "Go back and write why you ask for this purpose. It is kept word for word, so name "
            "no person."
        ),
    )


def _back(request: Request) -> RedirectResponse:
    return RedirectResponse(path_to_return_to(request.query_params.get("back", "/")), 303)


def _kept(prefix: str) -> CookieFlags:
    """Return who may read a cookie of ours. `prefix`: of its name; none without TLS."""
    return {"samesite": "strict", "httponly": True, "secure": bool(prefix)}
