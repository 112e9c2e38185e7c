"""Things over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from consumers.api.request_reader import (
    NOT_FOUND_RESPONSE,
    AsOf,
    ErrorResponse,
    RequestReader,
    http_not_found,
)
from consumers.query.identifiers import KINDS, Identifiers
from consumers.query.things import Thing
from consumers.serving.query_pool import QueryPool


def router(pool: QueryPool) -> APIRouter:
    """`/v1/things`."""
    routes = APIRouter(prefix="/v1/things", tags=["intelligence"])

    @routes.get(
        "",
        responses={
            422: {
                "model": ErrorResponse,
                "description": "A mark is missing, or nothing observes this kind.",
            }
        },
    )
    def things(
        reader: RequestReader,
        as_of: AsOf,
        kind: Annotated[str, Query(description=", ".join(KINDS))] = "weapon",
        serial: Annotated[
            str, Query(description="of a weapon, as read; ? for an illegible position")
        ] = "",
        number: Annotated[
            str,
            Query(description="of a document, telephone, account, plate, IMEI or ammunition lot"),
        ] = "",
        country: Annotated[str, Query(description="that issued it")] = "",
        type: Annotated[
            str, Query(description="PISTOL, REVOLVER, RIFLE ...; national_id, passport ...")
        ] = "",
        make: Annotated[str, Query(description="any of its names")] = "",
        calibre: Annotated[str, Query(description="of an ammunition lot")] = "",
        institution: Annotated[str, Query(description="of an account")] = "",
    ) -> list[Thing]:
        """Who knows this thing? Several answers where its marks may be several things'."""
        said = Identifiers(
            kind, serial or number, country.upper(), type, make, calibre, institution
        )
        with pool.queries() as queries:
            return queries.things(said, reader, as_of)

    @routes.get("/{key}", responses=NOT_FOUND_RESPONSE)
    def thing(key: UUID, reader: RequestReader, as_of: AsOf) -> Thing:
        """Who knows this thing, and the indicators that hang on it."""
        with pool.queries() as queries:
            found = queries.thing(str(key), reader, as_of)
        if found is None:
            raise http_not_found("thing")
        return found

    return routes
