"""Stand before every route: nothing is answered unless the gate knows who asks, or it is open.

A route that nobody lists here needs a signed-in person or a token for reading. So a new route is
closed until somebody opens it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from urllib.parse import quote

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from consumers.access.caller import Caller, Way, put_caller
from consumers.access.gateway import CERTIFICATE_KEY, Gateway, GatewayRefusedError
from consumers.access.hosts import is_own_page, origin_of
from consumers.identity.identity import IdentityService
from consumers.identity.scopes import Scope as TokenScope
from consumers.identity.scopes import scopes_of
from consumers.identity.secret_tokens import same
from consumers.presentation.error_status import headers_of
from infra.api_access import ApiAccess
from infra.errors import QuipuError
from infra.message_length import CLOSE, has_two_lengths
from infra.trusted_hosts import is_trusted_host
from schemas.errors import ReaderRefusedError
from schemas.release.rules import EMBEDDED_PURPOSE

log = structlog.get_logger(__name__)

SIGN_IN_NEEDED = "Sign in on the page, or send Authorization: Bearer TOKEN"
CSRF_HEADER = "x-quipu-form"
PUBLIC = frozenset(
    {"/livez", "/readyz", "/health", "/sign-in", "/sign-in/provider", "/sign-in/callback"}
)
PUBLIC_FOLDERS = ("/console/static/", "/console/libraries/")
WHILE_PASSWORD_IS_OLD = frozenset({"/password", "/sign-out"})
_SCOPES = (
    ("/metrics", TokenScope.METRICS),
    ("/health/heartbeats/", TokenScope.HEARTBEAT),
)
_PROGRAMS = ("/v1/", "/metrics", "/livez", "/readyz", "/health", "/openapi.json")
"""What programs ask: refused with JSON, where a page leads to the sign-in."""
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_PROTECTING = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_TLS_ONLY = "max-age=31536000; includeSubDomains"


class Gate:
    """The middleware that knows who asks before a route is reached."""

    def __init__(
        self, app: ASGIApp, access: ApiAccess, identity: Callable[[], IdentityService]
    ) -> None:
        """`identity` returns the accounts; it is called at the first request that needs them."""
        self._app = app
        self._access = access
        self._identity = identity
        self._gateway = Gateway(access)
        self._own_origin = origin_of(access.url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request by a route, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        request = Request(scope)
        refusal = self._refusal(request)
        if refusal is not None:
            _note_refusal(request, refusal)
        await (refusal or self._app)(scope, receive, self._protecting(send))

    def _refusal(self, request: Request) -> Response | None:
        """Return why the request is refused, None where it may go on; keep who asks with it."""
        headers, path = request.headers, _path(request)
        if has_two_lengths(headers):
            refusal = refuse(400, "MESSAGE_LENGTH", "The request has two lengths")
            refusal.headers.update(CLOSE)
            return refusal
        if not is_trusted_host(headers.get("host"), self._access.trusted_hosts):
            return refuse(421, "HOST", "This server does not answer under this name: see api_hosts")
        doubled = _doubled(headers)
        if doubled:
            return refuse(400, "DOUBLED_HEADER", f"{doubled} is there twice")
        try:
            caller = self._caller(request)
        except (GatewayRefusedError, ReaderRefusedError) as error:
            status = 403 if isinstance(error, GatewayRefusedError) else 422
            return refuse(status, getattr(error, "code", "READER"), str(error))
        except QuipuError as error:
            log.warning("identity_unavailable", error=repr(error))
            return refuse(503, error.code, str(error))
        put_caller(request, caller)
        if path in PUBLIC or path.startswith(PUBLIC_FOLDERS):
            return None
        return _sign_in_needed(request) if caller is None else self._not_allowed(request, caller)

    def _not_allowed(self, request: Request, caller: Caller) -> Response | None:
        path = _path(request)
        if caller.must_change_password and path not in WHILE_PASSWORD_IS_OLD:
            if path.startswith(_PROGRAMS):
                return refuse(403, "PASSWORD", "Change the one-time password on the page first")
            return RedirectResponse("/password", 303)
        needed = _scope_of(path)
        if needed not in caller.scopes:
            return refuse(403, "SCOPE", f"This needs the scope {needed.value}")
        if request.method not in _SAFE_METHODS and caller.way is not Way.TOKEN:
            return self._foreign_form(request, caller)
        return None

    def _foreign_form(self, request: Request, caller: Caller) -> Response | None:
        """Refuse what a browser sends from elsewhere; the forms of pages carry their own token."""
        path, headers = _path(request), request.headers
        if path.startswith(_PROGRAMS):
            if caller.way is Way.GATEWAY and "origin" not in headers:
                return None  # a program behind the gateway, no browser
            if same(headers.get(CSRF_HEADER, ""), caller.csrf):
                return None
        elif is_own_page(headers, self._own_origin):
            return None
        return refuse(403, "FOREIGN_FORM", "This did not come from a page of this server")

    def _caller(self, request: Request) -> Caller | None:
        """Return who asks. Raises GatewayRefusedError, ReaderRefusedError, IdentityStoreError."""
        headers = request.headers
        certificate = request.scope.get("state", {}).get(CERTIFICATE_KEY)
        account = self._gateway.account(headers, certificate)
        if account is not None:
            csrf = self._identity().sessions.form_token(f"gateway\0{account.name}")
            purpose = headers.get("x-quipu-purpose", EMBEDDED_PURPOSE)
            scopes = scopes_of(account)
            return Caller(account, Way.GATEWAY, scopes, csrf, purpose=purpose)
        if "authorization" in headers:
            return self._by_token(headers["authorization"])
        secret = session_secret(headers, cookie_name(self._access))
        return None if secret is None else self._by_session(request, secret)

    def _by_token(self, authorization: str) -> Caller | None:
        scheme, _space, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            return None
        checked = self._identity().tokens.check(token.strip())
        if checked is None:
            return None
        account, record = checked
        allowed = record.scopes & scopes_of(account)
        return Caller(account, Way.TOKEN, allowed)

    def _by_session(self, request: Request, secret: str) -> Caller | None:
        looks_on = "hx-request" in request.headers and request.url.path == "/line"
        session = self._identity().sessions.resolve(secret, touch=not looks_on)
        if session is None:
            return None
        account = session.account
        return Caller(account, Way.SESSION, scopes_of(account), session.csrf, secret)

    def _protecting(self, send: Send) -> Send:
        """Add the headers that protect an answer, where the route did not set its own."""

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _PROTECTING.items():
                    headers.setdefault(name, value)
                if self._access.is_secure:
                    headers.setdefault(
                        "Strict-Transport-Security", "max-age=31536000; includeSubDomains"
                    )
            await send(message)

        return send_protected


def _note_refusal(request: Request, refusal: Response) -> None:
    """Log who was refused what; never the query of an address, which may hold what was asked."""
    client = request.client.host if request.client else ""
    log.info(
        "request_refused",
        status=refusal.status_code,
        method=request.method,
        path=_path(request)[:200],
        address=client,
    )


def _path(request: Request) -> str:
    """Return the path that routes are chosen by; an address could be cut at a `?` within it."""
    return str(request.scope["path"])


def refuse(status: int, code: str, detail: str) -> Response:
    """Return a refusal as the API words its errors."""
    detail = detail.encode("utf-8", "replace").decode()
    return JSONResponse({"code": code, "detail": detail}, status, headers_of(status))


def cookie_name(access: ApiAccess) -> str:
    """Return the name of the session's cookie: bound to this host where TLS is there."""
    return "__Host-quipu" if access.is_secure else "quipu_session"


def session_secret(headers: Headers, cookie: str) -> str | None:
    """Return the session's cookie; None where there is none, or two: one may be planted."""
    values = []
    for header in headers.getlist("cookie"):
        for part in header.split(";"):
            name, _equals, value = part.strip().partition("=")
            values += [value] if name == cookie else []
    return values[0] if len(values) == 1 and values[0] else None


def _scope_of(path: str) -> TokenScope:
    for prefix, scope in _SCOPES:
        if path == prefix or (prefix.endswith("/") and path.startswith(prefix)):
            return scope
    return TokenScope.READ


def _doubled(headers: Headers) -> str:
    """Name a header that says who asks and is there twice: the one in front could be another's."""
    counts = Counter(name.decode("latin-1").lower() for name, _value in headers.raw)
    return next(
        (
            name
            for name, count in sorted(counts.items())
            if count > 1 and (name.startswith("x-quipu-") or name in ("authorization", "host"))
        ),
        "",
    )


def _sign_in_needed(request: Request) -> Response:
    path = _path(request)
    if path.startswith(_PROGRAMS):
        response = refuse(401, "SIGN_IN", SIGN_IN_NEEDED)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    target = "/sign-in" + (f"?back={quote(back, safe='')}" if request.method == "GET" else "")
    if "hx-request" in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": target})
    return RedirectResponse(target, 303)
