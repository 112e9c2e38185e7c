"""Serve the page on which people see where they are signed in, and end those sessions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from consumers.access.caller import Caller, Way, caller_of
from consumers.access.cookies import cookie_prefix
from consumers.console.forms import EVERY_PAGE, read_own_form
from consumers.console.sign_in_views import REFUSED_PAUSE_S, address_of, page_of_account
from consumers.identity.identity import IdentityService
from consumers.identity.sessions import RECENT_MS, OwnSession
from consumers.query.views import to_datetime
from infra.errors import QuipuError
from infra.request_parameters import taking
from infra.settings import Settings
from schemas.i18n import UserMessage, _


def router(settings: Settings, identity: Callable[[], IdentityService]) -> APIRouter:
    """Return the routes of a person's own sessions. `identity` returns the accounts."""
    routes = APIRouter(include_in_schema=False)
    views = SessionViews(settings, identity)
    routes.get("/sessions", openapi_extra=taking(*EVERY_PAGE))(views.show)
    routes.post("/sessions", openapi_extra=taking(*EVERY_PAGE))(views.end)
    return routes


class SessionViews:
    """The page of a person's own sessions."""

    def __init__(self, settings: Settings, identity: Callable[[], IdentityService]) -> None:
        """`identity` returns the accounts; it is called at the first request."""
        self._identity = identity
        self._lang = settings.lang
        self._prefix = cookie_prefix(settings.api_access)

    def show(self, request: Request) -> Response:
        """Show the sessions that the caller has, on this and other machines."""
        return self._show(request)

    async def end(self, request: Request) -> Response:
        """End the sessions that the form names, once the person has proved again who asks."""
        form, caller = await read_own_form(request), caller_of(request)
        if form is None or caller is None or caller.way is not Way.SESSION:
            return Response(status_code=403)
        try:
            refusal = await run_in_threadpool(
                self._prove_again, caller, form.get("password", ""), address_of(request)
            )
        except QuipuError as error:
            await asyncio.sleep(REFUSED_PAUSE_S)
            return self._show(request, error.message, 422)
        if refusal is not None:
            return self._show(request, refusal, 422)
        await run_in_threadpool(self._end, caller, form.get("end", ""))
        return RedirectResponse("/sessions", 303)

    def _prove_again(self, caller: Caller, password: str, address: str) -> UserMessage | None:
        """Check the password; say what to do where a provider keeps it and the sign-in is old.

        Raises SignInRefusedError, PasswordsBusyError.
        """
        identity = self._identity()
        own = identity.sessions.holder_of(caller.secret)
        if own is None:
            return _("You are signed out. Sign in again.")
        if not own.is_from_provider:
            identity.sign_in.check(caller.account.name, password, address)
            return None
        if identity.store.now() - own.began_at < RECENT_MS:
            return None
        return _("Sign out and sign in again, then end the other sessions within ten minutes.")

    def _end(self, caller: Caller, choice: str) -> None:
        identity = self._identity()
        listed = identity.sessions.own(caller.secret)
        ids = {session.id for session in listed if not session.is_this}
        chosen = ids if choice == "others" else ids & {choice}
        ended = identity.sessions.end_own(caller.secret, chosen)
        name = caller.account.name
        identity.store.audit(name, "sessions ended", name, detail=str(ended))

    def _show(
        self, request: Request, refusal: UserMessage | None = None, status: int = 200
    ) -> Response:
        page, caller = page_of_account(request, self._lang, self._prefix), caller_of(request)
        own = caller is not None and caller.way is Way.SESSION
        sessions: list[OwnSession] = []
        has_password = False
        if caller is not None and own:
            service = self._identity().sessions
            sessions, holder = service.own(caller.secret), service.holder_of(caller.secret)
            has_password = holder is not None and not holder.is_from_provider
        return page.render(
            "sessions.html",
            status,
            own=own,
            sessions=sessions,
            has_password=has_password,
            refusal=refusal.in_language(page.lang) if refusal is not None else "",
            at=to_datetime,
        )
