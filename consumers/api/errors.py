"""Answer every error in one form: a stable code, and in words what happened and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from clickhouse_driver.errors import ServerException
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from kafka.errors import KafkaError
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from consumers.presentation.error_status import UNAVAILABLE, headers_of, status_of
from consumers.serving.question_queue import QueueFullError
from infra.clickhouse.client import LOST_CONNECTION
from infra.errors import LogStalledError, QuipuError

log = structlog.get_logger(__name__)

CODE_OF_STATUS: Mapping[int, str] = {
    400: "BAD_REQUEST",
    401: "SIGN_IN",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    405: "METHOD",
    413: "REQUEST_TOO_LARGE",
    422: "PARAMETER",
    429: "TOO_MANY_QUESTIONS",
    UNAVAILABLE: "BUSY",
}


class ErrorResponse(BaseModel):
    """What went wrong, and what to do."""

    code: str
    detail: str


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the errors of a route as OpenAPI describes them."""
    return {
        status: {"model": ErrorResponse, "description": DESCRIPTION_OF_STATUS[status]}
        for status in statuses
    }


DESCRIPTION_OF_STATUS: Mapping[int, str] = {
    400: "The request cannot be read.",
    401: "Nobody is signed in, or the token is not valid.",
    403: "The account or the token may not ask this.",
    404: "Not found, or not released to this reader (deliberately indistinguishable).",
    413: "The body is larger than any of this API.",
    421: "The server does not answer under this name.",
    422: "A parameter is not as described here.",
    429: "This account has too many questions under way.",
    UNAVAILABLE: "The store or Kafka is away, or the question takes too long: `code` says which.",
}
QUESTION_ERRORS = documented(400, 401, 403, 413, 421, 422, 429, UNAVAILABLE)
"""What any question may be answered with instead."""


def error_answer(
    status: int, code: str, detail: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """Return an error as an answer; what UTF-8 cannot write is replaced."""
    body = {"code": code, "detail": detail.encode("utf-8", "replace").decode()}
    return JSONResponse(body, status, {**headers_of(status), **(headers or {})})


def answer_errors(app: FastAPI) -> None:
    """Have the application answer each kind of error that a route may raise."""
    app.add_exception_handler(QuipuError, _quipu_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _wrong_parameter)
    app.add_exception_handler(ServerException, _store_refused)
    for lost in LOST_CONNECTION:
        app.add_exception_handler(lost, _store_unavailable)
    for unheard in (KafkaError, LogStalledError):
        app.add_exception_handler(unheard, _kafka_unavailable)


def _quipu_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, QuipuError)  # noqa: S101 - registered for it
    headers = {}
    if isinstance(error, QueueFullError):
        headers = {"Retry-After": str(error.retry_after_s)}
    return error_answer(status_of(error), error.code, str(error), headers)


def _http_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    code = CODE_OF_STATUS.get(error.status_code, "HTTP")
    return error_answer(error.status_code, code, str(error.detail), error.headers)


def _wrong_parameter(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it
    faults = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()]
    return error_answer(422, "PARAMETER", "; ".join(faults[:5]))


def _store_refused(_request: Request, error: Exception) -> JSONResponse:
    log.error("store_refused_question", error=repr(error))
    detail = "the store could not answer this question: narrow it; the operator finds it in the log"
    return error_answer(UNAVAILABLE, "STORE_REFUSED", detail)


def _store_unavailable(_request: Request, error: Exception) -> JSONResponse:
    detail = f"the store does not answer ({type(error).__name__}): try again"
    return error_answer(UNAVAILABLE, "STORE_AWAY", detail)


def _kafka_unavailable(_request: Request, error: Exception) -> JSONResponse:
    detail = f"Kafka does not answer ({type(error).__name__}): try again"
    return error_answer(UNAVAILABLE, "KAFKA_AWAY", detail)
