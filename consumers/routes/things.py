"""Things over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from consumers.pool import Pool
from consumers.query import WeaponMarks
from consumers.routes.asking import TROUBLE, Asking, AsOf, none
from consumers.things import Thing


def router(pool: Pool) -> APIRouter:
    """`/v1/things`."""
    routes = APIRouter(prefix="/v1/things", tags=["intelligence"])

    @routes.get("")
    def things(
        reader: Asking,
        as_of: AsOf,
        serial: Annotated[str, Query(description="as read; ? for an illegible position")],
        make: Annotated[str, Query(description="any of its names")],
        type: Annotated[str, Query(description="PISTOL, REVOLVER, RIFLE ...")],
    ) -> list[Thing]:
        """Who knows this weapon? Several answers where the serial was not fully read."""
        with pool.queries() as queries:
            return queries.weapons(WeaponMarks(serial, make, type.upper()), reader, as_of)

    @routes.get("/{key}", responses=TROUBLE)
    def thing(key: UUID, reader: Asking, as_of: AsOf) -> Thing:
        """Who knows this thing, and the indicators that hang on it."""
        with pool.queries() as queries:
            found = queries.thing(str(key), reader, as_of)
        if found is None:
            raise none("thing")
        return found

    return routes
