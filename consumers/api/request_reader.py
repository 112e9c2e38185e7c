"""Read who asks, and as of when: the parameters that every question over HTTP has.

In the embedded set-up the header `X-Quipu-Reader: CO/analyst/AMBER` says who asks, and is believed.
In production a gateway that signs people in sets this header and lets nobody else set it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, Header, HTTPException, Query
from pydantic import BaseModel, Field

from consumers.query.query_layer import DEFAULT_LIMIT
from consumers.query.views import to_epoch_ms
from schemas.errors import ReaderRefusedError
from schemas.model import Reader
from schemas.release.rules import EMBEDDED_PURPOSE, parse_reader

MAX_PAGE = 1000
AS_OF = "what was known then, ISO 8601; without a zone: UTC. Left out: now"


class ErrorResponse(BaseModel):
    """What went wrong, and what to do."""

    code: str
    detail: str


def read_reader(
    x_quipu_reader: Annotated[
        str,
        Header(
            description="COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE. "
            "Embedded set-up only."
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
    """Return who asks. Raises HTTPException 422 where the headers name no possible reader."""
    groups = [group.strip() for group in x_quipu_groups.split(",") if group.strip()]
    try:
        return parse_reader(
            x_quipu_reader, purpose=x_quipu_purpose, groups=groups, exercise=x_quipu_exercise
        )
    except ReaderRefusedError as error:
        raise HTTPException(422, f"X-Quipu-Reader: {error}") from error


class AsOfQuery(BaseModel):
    """The parameter of every question about a moment."""

    as_of: datetime | None = Field(None, description=AS_OF)

    @property
    def as_of_ms(self) -> int | None:
        """The moment in ms since 1970 UTC; None is now."""
        return optional_epoch_ms(self.as_of)


class PageQuery(BaseModel):
    """The parameters of every list."""

    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MAX_PAGE, description="how many at most")
    offset: int = Field(0, ge=0, description="how many to leave out")


class ListQuery(PageQuery, AsOfQuery):
    """The parameters of every list as of a moment."""


def optional_epoch_ms(at: datetime | None) -> int | None:
    """Return the ms since 1970 UTC; a moment without a zone is in UTC, None stays None."""
    if at is None:
        return None
    return to_epoch_ms(at if at.tzinfo else at.replace(tzinfo=UTC))


def read_as_of(
    as_of: Annotated[datetime | None, Query(description=AS_OF)] = None,
) -> int | None:
    """Return the moment of the question in ms since 1970 UTC; None is now."""
    return optional_epoch_ms(as_of)


RequestReader = Annotated[Reader, Depends(read_reader)]
AsOf = Annotated[int | None, Depends(read_as_of)]
NOT_FOUND_RESPONSE: dict[int | str, dict[str, Any]] = {
    404: {
        "model": ErrorResponse,
        "description": "Not found, or not released to this reader (deliberately "
        "indistinguishable).",
    }
}


def http_not_found(kind: str) -> HTTPException:
    """Return the answer where no item of this id is there, or released to this reader."""
    return HTTPException(404, f"no {kind} of this id, or not released to this reader")
