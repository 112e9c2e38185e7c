"""Serve the pages on which people sign in, sign out and change their password."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qsl

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from consumers.access.caller import Way, caller_of
from consumers.access.claims import ClaimsError
from consumers.access.cookies import cookie_prefix, forget_cookie
from consumers.access.gate import cookie_name, session_secret
from consumers.access.hosts import is_own_page, origin_of
from consumers.access.oidc import OidcRefusedError, SignInByProvider
from consumers.console.forms import (
    EVERY_PAGE,
    path_to_return_to,
    read_fields,
    read_own_form,
)
from consumers.console.rendering import PageContext
from consumers.console.session import CLAIM_COOKIE, visitor
from consumers.identity.account import AccountError, UserAccount
from consumers.identity.identity import IdentityService
from consumers.identity.passwords import PasswordsBusyError
from consumers.identity.sign_in import SignInRefusedError
from infra.errors import QuipuError
from infra.request_parameters import taking, taking_any
from infra.settings import Settings
from schemas.i18n import UserMessage, _

log = structlog.get_logger(__name__)

FIRST_PAGE = "/overview"
"""Where somebody begins who signed in without asking for a page."""
OIDC_COOKIE = "quipu_provider"
REFUSED_PAUSE_S = 0.2
"""Every refusal takes this long at least: a program that guesses gains nothing by haste."""


def router(settings: Settings, identity: Callable[[], IdentityService]) -> APIRouter:
    """Return the routes of signing in and out. `identity` returns the accounts."""
    routes = APIRouter(include_in_schema=False)
    views = SignInViews(settings, identity)
    page, back = taking(*EVERY_PAGE), taking(*EVERY_PAGE, "back")
    routes.get("/sign-in", openapi_extra=back)(views.form)
    routes.post("/sign-in", openapi_extra=back)(views.sign_in)
    routes.get("/sign-in/provider", openapi_extra=back)(views.begin_at_provider)
    # RFC 6749, 4.1.2: a client ignores parameters of the provider that it does not know
    routes.get("/sign-in/callback", openapi_extra=taking_any())(views.come_from_provider)
    routes.post("/sign-out", openapi_extra=page)(views.sign_out)
    routes.get("/password", openapi_extra=page)(views.password_form)
    routes.post("/password", openapi_extra=page)(views.change_password)
    return routes


class SignInViews:
    """The pages of signing in and out, a method each."""

    def __init__(self, settings: Settings, identity: Callable[[], IdentityService]) -> None:
        """`identity` returns the accounts; it is called at the first request."""
        self._access = settings.api_access
        self._identity = identity
        self._lang = settings.lang
        self._prefix = cookie_prefix(self._access)
        self._own_origin = origin_of(self._access.url)
        self._provider = (
            SignInByProvider(self._access, identity) if self._access.oidc_issuer else None
        )

    def form(self, request: Request) -> Response:
        """Show the form of name and password; lead on who is signed in already."""
        back = path_to_return_to(request.query_params.get("back", "/"))
        if caller_of(request) is not None:
            return RedirectResponse(_begin_at(back), 303)
        return self._show(request, back)

    async def sign_in(self, request: Request) -> Response:
        """Sign in with name and password; only from our own page."""
        form = await read_fields(request)
        if form is None or not is_own_page(request.headers, self._own_origin):
            return self._show(request, "/", _("Sign in from this page."), 403)
        back, former = path_to_return_to(form.get("back", "/")), self._secret(request)
        try:
            account, secret = await run_in_threadpool(
                self._identity().sign_in.with_password,
                form.get("name", ""),
                form.get("password", ""),
                address_of(request),
                former,
            )
        except (SignInRefusedError, PasswordsBusyError) as error:
            return await self._refused(request, back, error)
        target = "/password" if account.must_change_password else _begin_at(back)
        return self._signed_in(request, RedirectResponse(target, 303), secret)

    def begin_at_provider(self, request: Request) -> Response:
        """Lead to the OIDC provider."""
        if self._provider is None:
            return Response(status_code=404)
        back = path_to_return_to(request.query_params.get("back", "/"))
        try:
            address, browser = self._provider.begin(back)
        except OidcRefusedError as error:
            return self._show(request, back, error.message, 503, error.remedy)
        response = RedirectResponse(address, 303)
        response.set_cookie(
            f"{self._prefix}{OIDC_COOKIE}",
            browser,
            max_age=600,
            httponly=True,
            samesite="lax",  # the provider's page leads back here, from another site
            secure=self._access.is_secure,
        )
        return response

    def come_from_provider(self, request: Request) -> Response:
        """Sign in whom the OIDC provider names."""
        if self._provider is None:
            return Response(status_code=404)
        browser = request.cookies.get(f"{self._prefix}{OIDC_COOKIE}", "")
        try:
            account, back = self._provider.finish(dict(request.query_params), browser)
        except (OidcRefusedError, ClaimsError, AccountError) as error:
            log.warning("oidc_refused", error=repr(error), address=address_of(request))
            return self._show(request, "/", error.message, 403, error.remedy)
        return self._signed_in_by_provider(request, account, back)

    async def sign_out(self, request: Request) -> Response:
        """End the session; only from our own page."""
        caller = caller_of(request)
        if await read_own_form(request) is None or caller is None:
            return Response(status_code=403)
        if caller.way is Way.SESSION:
            identity = self._identity()
            identity.sessions.end(caller.secret)
            identity.store.audit(caller.account.name, "signed out", caller.account.name)
        response = RedirectResponse("/sign-in", 303)
        forget_cookie(response, CLAIM_COOKIE, self._prefix)
        session_cookie = cookie_name(self._access).removeprefix(self._prefix)
        forget_cookie(response, session_cookie, self._prefix)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def password_form(self, request: Request) -> Response:
        """Show the form of a new password."""
        return self._show_password(request)

    async def change_password(self, request: Request) -> Response:
        """Set the caller's own new password; all other sessions end."""
        form, caller = await read_own_form(request), caller_of(request)
        if form is None or caller is None or caller.way is not Way.SESSION:
            return Response(status_code=403)
        if form.get("new", "") != form.get("again", ""):
            return self._show_password(request, _("The two new passwords differ."), 422)
        try:
            secret = await run_in_threadpool(
                self._identity().sign_in.change_password,
                caller.account.name,
                form.get("old", ""),
                form.get("new", ""),
                address_of(request),
            )
        except QuipuError as error:
            await asyncio.sleep(REFUSED_PAUSE_S)
            return self._show_password(request, error.message, 422, error.remedy)
        return self._signed_in(request, RedirectResponse(FIRST_PAGE, 303), secret)

    async def _refused(self, request: Request, back: str, error: QuipuError) -> Response:
        await asyncio.sleep(REFUSED_PAUSE_S)
        waits = isinstance(error, SignInRefusedError) and error.wait_s
        status = 429 if waits else 503 if isinstance(error, PasswordsBusyError) else 401
        response = self._show(request, back, error.message, status, error.remedy)
        if waits:
            response.headers["Retry-After"] = str(waits)
        return response

    def _signed_in(self, request: Request, response: Response, secret: str) -> Response:
        response.set_cookie(
            cookie_name(self._access),
            secret,
            path="/",
            httponly=True,
            samesite="strict",
            secure=self._access.is_secure,
        )
        forget_cookie(response, CLAIM_COOKIE, self._prefix)
        return response

    def _signed_in_by_provider(self, request: Request, account: UserAccount, back: str) -> Response:
        """Answer with a page that leads on: a strict cookie is not sent on another site's way."""
        identity = self._identity()
        address = address_of(request)
        secret = identity.sessions.begin(account, self._secret(request), True, address)
        identity.store.audit(account.name, "signed in by OIDC", account.name, address)
        response = self._page(request).render("signed_in.html", back=_begin_at(back))
        forget_cookie(response, OIDC_COOKIE, self._prefix)
        return self._signed_in(request, response, secret)

    def _show(
        self,
        request: Request,
        back: str,
        refusal: UserMessage | None = None,
        status: int = 200,
        remedy: UserMessage | None = None,
    ) -> Response:
        page = self._page(request)
        texts = [text.in_language(page.lang) for text in (refusal, remedy) if text is not None]
        return page.render(
            "sign_in.html",
            status,
            back=back,
            refusal=" ".join(texts),
            provider=self._provider is not None,
        )

    def _show_password(
        self,
        request: Request,
        refusal: UserMessage | None = None,
        status: int = 200,
        remedy: UserMessage | None = None,
    ) -> Response:
        page = self._page(request)
        texts = [text.in_language(page.lang) for text in (refusal, remedy) if text is not None]
        caller = caller_of(request)
        own = caller is not None and caller.way is Way.SESSION
        return page.render("password.html", status, refusal=" ".join(texts), own=own)

    def _page(self, request: Request) -> PageContext:
        return page_of_account(request, self._lang, self._prefix)

    def _secret(self, request: Request) -> str | None:
        return session_secret(request.headers, cookie_name(self._access))


def page_of_account(request: Request, default_lang: str, prefix: str) -> PageContext:
    """Return the page of a visitor's own account. `prefix`: that of our cookies' names."""
    query = dict(parse_qsl(request.url.query, keep_blank_values=True))
    lang = query.get("lang")
    guest = visitor(caller_of(request), {}, lang, default_lang, prefix)
    chosen = visitor(None, request.cookies, lang, default_lang, prefix)
    person = replace(guest, theme=chosen.theme) if guest.caller is not None else chosen
    return PageContext(person, request.url.path, query, None)


def address_of(request: Request) -> str:
    """Return where a request came from, as the connection says: a header could be anybody's."""
    return request.client.host if request.client else ""


def _begin_at(back: str) -> str:
    """Return the page after the sign-in: the one that was requested, or the first one."""
    return FIRST_PAGE if back == "/" else back
