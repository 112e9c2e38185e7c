"""The errors of the client. Each has the words of the exchange.

ApiError
├── NotSignedInError           there is no token, or the exchange does not know it (401)
├── NotAllowedError            the account may not ask this (403)
├── NothingFoundError          nothing has this id, or the account may not see it (404)
├── QuestionRefusedError       a parameter, a name or a moment is wrong (400, 413, 422)
├── ExchangeBusyError          it is busy, or a part of it does not answer (429, 503)
└── ExchangeUnreachableError   nobody answers, or not as the exchange does
"""

from __future__ import annotations

from collections.abc import Mapping


class ApiError(Exception):
    """Say what went wrong. `status`: of HTTP, 0 without an answer; `code`: stable, in capitals."""

    def __init__(self, detail: str, code: str = "", status: int = 0) -> None:
        """Say it in the words of the exchange."""
        super().__init__(f"{code}: {detail}" if code else detail)
        self.detail = detail
        self.code = code
        self.status = status


class NotSignedInError(ApiError):
    """There is no token, or the exchange does not know it."""


class NotAllowedError(ApiError):
    """The account may not ask this."""


class NothingFoundError(ApiError):
    """Nothing has this id, or the account may not see it."""


class QuestionRefusedError(ApiError):
    """A parameter, a name or a moment is wrong."""


class ExchangeBusyError(ApiError):
    """The exchange is busy, or a part of it does not answer."""


class ExchangeUnreachableError(ApiError):
    """Nobody answers, or not as the exchange does."""


OF_STATUS: Mapping[int, type[ApiError]] = {
    400: QuestionRefusedError,
    401: NotSignedInError,
    403: NotAllowedError,
    404: NothingFoundError,
    413: QuestionRefusedError,
    422: QuestionRefusedError,
    429: ExchangeBusyError,
    503: ExchangeBusyError,
}
