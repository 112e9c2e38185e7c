"""Who asks, as of when: what every question over HTTP says beside its own parameters.

Embedded set-up only: who asks is told by the header `X-Quipu-Reader: CO/analyst/AMBER` and
believed. In production a gateway that signs people in sets this header and lets nobody else set it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, Header, HTTPException, Query
from pydantic import BaseModel

from consumers.query.views import to_epoch_ms
from schemas.model import Reader
from schemas.release.rules import EMBEDDED_PURPOSE, ReaderRefusedError, parse_reader

MAX_PAGE = 1000


class ErrorResponse(BaseModel):
    """What went wrong, and what to do."""

    code: str
    detail: str


def read_reader(
    x_quipu_reader: Annotated[
        str,
        Header(
            description="COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE. Embedded set-up only."
        ),
    ],
    x_quipu_purpose: Annotated[
        str, Header(description="what this query is for")
    ] = EMBEDDED_PURPOSE,
    x_quipu_groups: Annotated[str, Header(description="sharing groups, separated by commas")] = "",
    x_quipu_exercise: Annotated[
        str | None, Header(description="name of the exercise one is in; left out: the real world")
    ] = None,
) -> Reader:
    """Who asks."""
    groups = [group.strip() for group in x_quipu_groups.split(",") if group.strip()]
    try:
        return parse_reader(
            x_quipu_reader, purpose=x_quipu_purpose, groups=groups, exercise=x_quipu_exercise
        )
    except ReaderRefusedError as error:
        raise HTTPException(422, f"X-Quipu-Reader: {error}") from error


def read_moment(
    as_of: Annotated[
        datetime | None,
        Query(description="what was known then, ISO 8601; without a zone: UTC. Left out: now"),
    ] = None,
) -> int | None:
    """In ms since 1970 UTC."""
    if as_of is None:
        return None
    return to_epoch_ms(as_of if as_of.tzinfo else as_of.replace(tzinfo=UTC))


RequestReader = Annotated[Reader, Depends(read_reader)]
AsOf = Annotated[int | None, Depends(read_moment)]
Limit = Annotated[int, Query(ge=1, le=MAX_PAGE, description="how many at most")]
Offset = Annotated[int, Query(ge=0, description="how many to leave out")]
_NONE_OR_HIDDEN = "There is none, or it is not released to this reader: the two are not told apart."
NOT_FOUND_RESPONSE: dict[int | str, dict[str, Any]] = {
    404: {"model": ErrorResponse, "description": _NONE_OR_HIDDEN}
}


def http_not_found(what: str) -> HTTPException:
    """Nothing of this id, or nothing that this reader may see."""
    return HTTPException(404, f"no {what} of this id, or not released to this reader")
