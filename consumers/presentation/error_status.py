"""Say which HTTP status and headers an error of the product has. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from infra.errors import QuipuError

STATUS_OF_CODE: Mapping[str, int] = {
    "AS_OF": 422,
    "CURSOR": 422,
    "DATES": 422,
    "FILE": 422,
    "NAME": 422,
    "NOT_FOUND": 404,
    "NOTICE_SETTINGS": 422,
    "NO_AUTHORITY": 403,
    "NOT_PASSED_ON": 403,
    "PARAMETER": 422,
    "BLIND": 422,
    "HIT_BASIS": 422,
    "HIT_OWNER": 422,
    "HIT_QUOTA": 429,
    "HIT_ROLE": 403,
    "JUSTIFICATION": 422,
    "LOOKUP": 422,
    "PERSON": 422,
    "SEARCH": 422,
    "THING_MARKS": 422,
    "TOO_MANY_QUESTIONS": 429,
    "VERDICT": 422,
    "VERDICT_ROLE": 403,
    "WHERE": 422,
    "WORK": 422,
    "WORKBOOK": 422,
    "WORK_ROLE": 403,
    "WIDER": 403,
}
"""Errors that the one who asks can correct; all others are this server's."""
UNAVAILABLE = 503
RETRY_AFTER_S = 5


def status_of(error: QuipuError) -> int:
    """Return the HTTP status of an error."""
    return STATUS_OF_CODE.get(error.code, UNAVAILABLE)


def headers_of(status: int) -> dict[str, str]:
    """Return the headers of an answer with this status: when to ask again."""
    return {"Retry-After": str(RETRY_AFTER_S)} if status in (429, UNAVAILABLE) else {}
