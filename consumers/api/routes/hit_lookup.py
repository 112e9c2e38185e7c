"""Answer hit look-ups over HTTP: is this person or object known, and whom to ask."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from consumers.api.request_reader import (
    MAX_PAGE,
    PAGE_RESPONSE,
    RequestReader,
    link_next,
)
from consumers.query.cursors import MAX_CURSOR, read_cursor
from consumers.query.hit_lookup.answers import HitLookupAnswer
from consumers.query.hit_lookup.asked import AskedHit
from consumers.query.hit_lookup.lines import LINE_KINDS, HitLine
from consumers.query.paging import PageRange
from consumers.serving.hit_lookups import MOST_LINES, HitLookups, HitRequest
from consumers.serving.query_pool import QueryPool

CHANNEL = "api"
LINE_BYTES = 1_024
"""What the answer to a line fills, so that its size does not tell whether it is a hit."""

_write_answer = TypeAdapter(HitLookupAnswer).dump_json


class AskedLineBody(BaseModel):
    """A line: a person by name, or an object by number."""

    model_config = ConfigDict(extra="forbid")

    kind: str = Field("document", description=", ".join(LINE_KINDS))
    number: str = Field("", description="of the object; a weapon's serial")
    country: str = Field("", description="that issued it")
    type: str = Field("", description="of a document or weapon")
    make: str = Field("", description="of a weapon or ammunition lot")
    calibre: str = Field("", description="of an ammunition lot")
    institution: str = Field("", description="of an account")
    name: str = Field("", description='of a person: "Quispe Mamani, Juan"')
    born: str = Field("", description="1984, 1984-03, 1984-03-14 or 14/03/1984")
    sex: str = Field("", description="F or M")

    @property
    def line(self) -> HitLine:
        """The line as it is looked up."""
        return HitLine(**self.model_dump())


class HitLookupBody(BaseModel):
    """What is asked, and on which legal basis. The purpose is in the header X-Quipu-Purpose."""

    model_config = ConfigDict(extra="forbid")

    legal_basis: str = Field(description="code of an agreement, such as CAN-589")
    lines: list[AskedLineBody] = Field(min_length=1, max_length=MOST_LINES)


class AskedQuery(BaseModel):
    """Which of the look-ups that are in the ledger."""

    side: Literal["owner", "asker"] = Field(
        "owner", description="owner: those that own records answered; asker: one's own"
    )
    reference: str = Field("", max_length=40, description="only this one")
    limit: int = Field(50, ge=1, le=MAX_PAGE, description="how many at most")
    after: str = Field("", max_length=MAX_CURSOR, description="where the list begins")

    @property
    def page(self) -> PageRange:
        """The part of the list. Raises CursorRefusedError."""
        return PageRange(self.limit, after=read_cursor(self.after))


def router(pool: QueryPool, lookups: HitLookups) -> APIRouter:
    """Return the routes of `/v1/hit-lookup`."""
    routes = APIRouter(prefix="/v1/hit-lookup", tags=["intelligence"])

    @routes.post("", response_model=HitLookupAnswer)
    def look_up(reader: RequestReader, body: HitLookupBody) -> Response:
        """Is this known, and whom to ask? One line or a list; nothing of any record is shown."""
        lines = [line.line for line in body.lines]
        answer = lookups.answer(HitRequest(lines, body.legal_basis, CHANNEL), reader)
        return Response(padded(_write_answer(answer), len(lines)), media_type="application/json")

    @routes.get("/asked", responses=PAGE_RESPONSE)
    def look_ups(
        reader: RequestReader,
        query: Annotated[AskedQuery, Query()],
        request: Request,
        response: Response,
    ) -> list[AskedHit]:
        """Who got a hit from the own country's records? Or: what did I ask?"""
        with pool.queries() as queries:
            page = queries.hit_lookups.look_ups(reader, query.side, query.page, query.reference)
        link_next(request, response, page)
        return page.items

    return routes


def padded(body: bytes, lines: int) -> bytes:
    """Fill an answer with spaces to a size that depends on the number of lines alone.

    Where more contacts answer than fit, it is the next multiple.
    """
    size = LINE_BYTES * (lines + 1)
    return body.ljust(-(-len(body) // size) * size)
