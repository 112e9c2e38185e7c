"""Read who asks, and as of when: the parameters that every question over HTTP has.

The account that is signed in says who asks (`consumers.access.gate`). Headers of the request can
only make less of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Header, HTTPException, Query, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field

from consumers.access.caller import caller_of
from consumers.api.errors import documented
from consumers.identity.narrowing import Narrowing, narrow, parse_names
from consumers.query.cursors import write_cursor
from consumers.query.dates import check_past
from consumers.query.paging import Page
from consumers.query.views import to_stored_ms
from schemas.errors import ReaderRefusedError
from schemas.model import Reader
from schemas.release.rules import EMBEDDED_PURPOSE

MAX_PAGE = 1000
AS_OF = "what was known then, ISO 8601; without a zone: UTC. Left out: now"


_bearer = HTTPBearer(auto_error=False, description="a token of `quipu token make`")


def read_reader(
    request: Request,
    _token: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)] = None,
    x_quipu_as: Annotated[
        str | None,
        Header(
            description="ask as less than the account: COUNTRY/role/CLEARANCE, or "
            "COUNTRY/AUTHORITY/role/CLEARANCE"
        ),
    ] = None,
    x_quipu_as_groups: Annotated[
        str | None, Header(description="only these sharing groups of the account, with commas")
    ] = None,
    x_quipu_purpose: Annotated[
        str, Header(description="what this query is for")
    ] = EMBEDDED_PURPOSE,
    x_quipu_exercise: Annotated[
        str | None, Header(description="exercise of the account; left out: the real world")
    ] = None,
) -> Reader:
    """Return who asks: the signed-in account, narrowed by what the request asks to be.

    Raises HTTPException 401 where nobody is signed in, 422 where a header names nothing possible,
    WiderReaderError where the request asks for more than the account has.
    """
    caller = caller_of(request)
    if caller is None:
        raise HTTPException(401, "Sign in on the page, or send Authorization: Bearer TOKEN")
    groups = None if x_quipu_as_groups is None else parse_names(x_quipu_as_groups)
    try:
        return narrow(
            caller.account, Narrowing(x_quipu_as, groups, x_quipu_purpose, x_quipu_exercise)
        )
    except ReaderRefusedError as error:
        raise HTTPException(422, str(error)) from error


class AsOfQuery(BaseModel):
    """The parameter of every question about a moment."""

    as_of: datetime | None = Field(None, description=AS_OF)

    @property
    def as_of_ms(self) -> int | None:
        """The moment in ms since 1970 UTC; None is now. Raises DatesRefusedError."""
        return check_past(optional_epoch_ms(self.as_of))


def link_next(request: Request, response: Response, page: Page[Any]) -> None:
    """Name the address of the next part of a list in the header `Link` (RFC 8288)."""
    if page.next is not None:
        url = request.url.include_query_params(after=write_cursor(page.next))
        address = url.remove_query_params("offset")
        response.headers["Link"] = f'<{address.path}?{address.query}>; rel="next"'


def optional_epoch_ms(at: datetime | None) -> int | None:
    """Return the ms since 1970 UTC; a moment without a zone is in UTC, None stays None."""
    return None if at is None else to_stored_ms(at)


def read_as_of(
    as_of: Annotated[datetime | None, Query(description=AS_OF)] = None,
) -> int | None:
    """Return the moment of the question in ms since 1970 UTC; None is now.

    Raises DatesRefusedError for one in the future.
    """
    return check_past(optional_epoch_ms(as_of))


RequestReader = Annotated[Reader, Depends(read_reader)]
AsOf = Annotated[int | None, Depends(read_as_of)]
NOT_FOUND_RESPONSE = documented(404)
PAGE_RESPONSE: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": {
            "Link": {
                "description": 'address of the next part of the list, rel="next"; left out at '
                "the end",
                "schema": {"type": "string"},
            }
        }
    }
}


def http_not_found(kind: str) -> HTTPException:
    """Return the answer where no item of this id is there, or released to this reader."""
    return HTTPException(404, f"no {kind} of this id, or not released to this reader")
