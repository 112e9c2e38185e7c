"""The node's HTTP intake: a national system hands over events and reads what became of them.

`quipu serve --node N` runs it on the loopback interface. Requests need the token from
`intake.token` in the node's folder: `Authorization: Bearer …`. `GET /health` gives the status alone
without it. Texts for people are in Spanish, and in English with `Accept-Language: en`. An answer to
a POST means that everything that is not refused is committed to the outbox. It is harmless to
repeat a request: an event with a known reference, or of equal content, is a `duplicate`.
"""

import secrets
from collections.abc import Awaitable, Callable, Collection
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from infra.api_access import LOOPBACK_HOSTS
from infra.body_limit import BodyLimit
from infra.errors import QuipuError
from infra.message_length import CLOSE, has_two_lengths
from infra.request_parameters import describe_in_app, refuse_unknown_parameters
from infra.trusted_hosts import is_trusted_host
from producers.api.node_host import NodeHost
from producers.api.request_body import MAX_BODY, language_of
from producers.api.responses import (
    COMMON_ERRORS,
    NO_TOKEN,
    OTHER_HOST,
    TWO_LENGTHS,
    RequestError,
    error_body,
    http_error,
    too_large,
    wrong_parameter,
)
from producers.api.routes import events, health, hits, receipts


def create_app(
    host: NodeHost, token: str, trusted_hosts: Collection[str] = LOOPBACK_HOSTS
) -> FastAPI:
    """Make the application over an open node; `token` is what requests must bear.

    `trusted_hosts`: names by which it is asked; a request under another name is refused.
    """
    app = FastAPI(
        title="Quipu, node",
        version="1",
        description=__doc__ or "",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        responses=COMMON_ERRORS,
        dependencies=[Depends(refuse_unknown_parameters)],
    )
    app.add_middleware(BodyLimit, max_bytes=MAX_BODY, refusal=_refuse_body)
    _require_token(app, token)
    _require_host(app, trusted_hosts)  # added last, so it is asked first
    _answer_errors(app)
    for routes in (events, receipts, hits, health):
        routes.add_routes(app, host)
    describe_in_app(app)
    return app


def _require_token(app: FastAPI, token: str) -> None:
    expected = f"Bearer {token}".encode()

    @app.middleware("http")
    async def only_with_token(request: Request, follow: Callable[[Request], Awaitable[Any]]) -> Any:
        authorization = request.headers.get("authorization", "").encode()
        request.state.has_token = secrets.compare_digest(authorization, expected)
        if not request.state.has_token and request.url.path != "/health":
            return NO_TOKEN.answer(language_of(request))
        return await follow(request)


def _require_host(app: FastAPI, trusted_hosts: Collection[str]) -> None:
    @app.middleware("http")
    async def only_under_our_name(
        request: Request, follow: Callable[[Request], Awaitable[Any]]
    ) -> Any:
        if has_two_lengths(request.headers):
            refusal = TWO_LENGTHS.answer(language_of(request))
            refusal.headers.update(CLOSE)
            return refusal
        if not is_trusted_host(request.headers.get("host"), trusted_hosts):
            return OTHER_HOST.answer(language_of(request))
        answer = await follow(request)
        answer.headers.setdefault("Cache-Control", "no-store")
        answer.headers.setdefault("X-Content-Type-Options", "nosniff")
        return answer


def _refuse_body(request: Request) -> JSONResponse:
    return too_large(f"{MAX_BODY // 2**20} MiB").answer(language_of(request))


def _answer_errors(app: FastAPI) -> None:
    @app.exception_handler(HTTPException)
    async def answer_http_error(request: Request, error: HTTPException) -> JSONResponse:
        answer = http_error(error.status_code).answer(language_of(request))
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(RequestValidationError)
    async def refuse_parameter(request: Request, error: RequestValidationError) -> JSONResponse:
        faults = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()]
        return wrong_parameter("; ".join(faults[:5])).answer(language_of(request))

    @app.exception_handler(RequestError)
    async def refuse(request: Request, error: RequestError) -> JSONResponse:
        return error.answer(language_of(request))

    @app.exception_handler(QuipuError)
    async def postpone(request: Request, error: QuipuError) -> JSONResponse:
        body = error_body(error.code, error.message, error.remedy, language_of(request))
        return JSONResponse(body.model_dump(), 503, {"Retry-After": "5"})
