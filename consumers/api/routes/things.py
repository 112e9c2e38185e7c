"""Things over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from consumers.api.request_reader import TROUBLE, Asking, AsOf, Trouble, none
from consumers.query.identifiers import KINDS, Marks
from consumers.query.things import Thing
from consumers.serving.query_pool import Pool


def router(pool: Pool) -> APIRouter:
    """`/v1/things`."""
    routes = APIRouter(prefix="/v1/things", tags=["intelligence"])

    @routes.get(
        "",
        responses={
            422: {
                "model": Trouble,
                "description": "A mark is missing, or nothing observes this kind.",
            }
        },
    )
    def things(
        reader: Asking,
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
        said = Marks(kind, serial or number, country.upper(), type, make, calibre, institution)
        with pool.queries() as queries:
            return queries.things(said, reader, as_of)

    @routes.get("/{key}", responses=TROUBLE)
    def thing(key: UUID, reader: Asking, as_of: AsOf) -> Thing:
        """Who knows this thing, and the indicators that hang on it."""
        with pool.queries() as queries:
            found = queries.thing(str(key), reader, as_of)
        if found is None:
            raise none("thing")
        return found

    return routes
