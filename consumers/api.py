"""The HTTP API: `python -m consumers.api`, on the loopback interface. The same questions as the command line's, by the same query layer.

Embedded set-up only: who asks is told by the header `X-Quipu-Reader: CO/analyst/AMBER` and believed. In production a gateway that
signs people in sets this header and lets nobody else set it.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import uvicorn
from fastapi import Depends, FastAPI, Header, HTTPException, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from consumers.indicators import IndicatorView
from consumers.pool import Pool, Serving
from consumers.query import LIMIT, EventFilter, WeaponMarks
from consumers.things import Thing
from consumers.views import Event, History, millis
from infra import generation
from infra.clickhouse.client import LOST_CONNECTION
from infra.errors import QuipuError
from infra.keyring import KeyringError, mechanism
from infra.log import configure
from infra.settings import Settings, load
from schemas.model import Reader
from schemas.release import EMBEDDED_PURPOSE, ReaderRefused, parse_reader
from streams.rules import rules

MOST = 1000


class Health(BaseModel):
    """That the API answers and reaches its store."""

    status: Literal["ok"] = "ok"
    generation: int = Field(description="which generation of the tables serves")


class Trouble(BaseModel):
    """What went wrong, and what to do."""

    code: str
    detail: str


def reader_of(
    x_quipu_reader: Annotated[
        str, Header(description="COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE. Embedded set-up only.")
    ],
    x_quipu_purpose: Annotated[str, Header(description="what this query is for")] = EMBEDDED_PURPOSE,
    x_quipu_groups: Annotated[str, Header(description="sharing groups, separated by commas")] = "",
    x_quipu_exercise: Annotated[str | None, Header(description="name of the exercise one is in; left out: the real world")] = None,
) -> Reader:
    """Who asks."""
    groups = [group.strip() for group in x_quipu_groups.split(",") if group.strip()]
    try:
        return parse_reader(x_quipu_reader, purpose=x_quipu_purpose, groups=groups, exercise=x_quipu_exercise)
    except ReaderRefused as error:
        raise HTTPException(422, f"X-Quipu-Reader: {error}") from error


def moment_of(
    as_of: Annotated[datetime | None, Query(description="what was known then, ISO 8601; without a zone: UTC. Left out: now")] = None,
) -> int | None:
    """In ms since 1970 UTC."""
    if as_of is None:
        return None
    return millis(as_of if as_of.tzinfo else as_of.replace(tzinfo=UTC))


Asking = Annotated[Reader, Depends(reader_of)]
AsOf = Annotated[int | None, Depends(moment_of)]
Limit = Annotated[int, Query(ge=1, le=MOST, description="how many at most")]
Offset = Annotated[int, Query(ge=0, description="how many to leave out")]
_NONE_OR_HIDDEN = "There is none, or it is not released to this reader: the two are not told apart."
TROUBLE: dict[int | str, dict[str, Any]] = {404: {"model": Trouble, "description": _NONE_OR_HIDDEN}}


def _none(what: str) -> HTTPException:
    return HTTPException(404, f"no {what} of this id, or not released to this reader")


def create(pool: Pool, serving: Serving) -> FastAPI:
    """The application over a pool of clients."""
    app = FastAPI(title="Quipu", version="1", description=__doc__ or "")

    @app.get("/health", tags=["operation"])
    def health() -> Health:
        """Whether the API serves: it asks the store."""
        with pool.queries() as queries:
            queries.ping()
        return Health(generation=serving())

    @app.get("/v1/indicators", tags=["intelligence"])
    def indicators(
        reader: Asking,
        as_of: AsOf,
        rule: Annotated[str, Query(description="id of a rule")] = "",
        grade: Annotated[Literal["", "certain", "possible"], Query()] = "",
        limit: Limit = LIMIT,
        offset: Offset = 0,
    ) -> list[IndicatorView]:
        """What crosses borders, newest first, each with its evidence."""
        with pool.queries() as queries:
            return queries.indicators(reader, as_of, rule, grade, limit, offset)

    @app.get("/v1/indicators/{id}", tags=["intelligence"], responses=TROUBLE)
    def indicator(id: UUID, reader: Asking, as_of: AsOf) -> IndicatorView:
        """One indicator with its evidence."""
        with pool.queries() as queries:
            found = queries.indicator(str(id), reader, as_of)
        if found is None:
            raise _none("indicator")
        return found

    @app.get("/v1/things", tags=["intelligence"])
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

    @app.get("/v1/things/{key}", tags=["intelligence"], responses=TROUBLE)
    def thing(key: UUID, reader: Asking, as_of: AsOf) -> Thing:
        """Who knows this thing, and the indicators that hang on it."""
        with pool.queries() as queries:
            found = queries.thing(str(key), reader, as_of)
        if found is None:
            raise _none("thing")
        return found

    @app.get("/v1/events", tags=["intelligence"])
    def events(
        reader: Asking,
        as_of: AsOf,
        type: Annotated[str, Query(description="type of event")] = "",
        country: Annotated[str, Query(description="of the owner")] = "",
        node: str = "",
        place: Annotated[str, Query(description="country or ISO 3166-2 subdivision where it happened")] = "",
        reference: Annotated[str, Query(description="the sender's own, or the case's")] = "",
        since: Annotated[datetime | None, Query(description="recorded then or later")] = None,
        limit: Limit = LIMIT,
        offset: Offset = 0,
    ) -> list[Event]:
        """Current versions, newest first; retracted and erased ones are not listed."""
        asked = EventFilter(type, country.upper(), node, place.upper(), reference, moment_of(since) or 0)
        with pool.queries() as queries:
            return queries.events(reader, asked, as_of, limit, offset)

    @app.get("/v1/events/{id}", tags=["intelligence"], responses=TROUBLE)
    def event(id: UUID, reader: Asking, as_of: AsOf) -> History:
        """One event with its versions."""
        with pool.queries() as queries:
            found = queries.event(str(id), reader, as_of)
        if found is None:
            raise _none("event")
        return found

    @app.exception_handler(QuipuError)
    def not_ready(_request: Request, error: QuipuError) -> JSONResponse:
        return JSONResponse({"code": error.code, "detail": str(error)}, 503)

    for lost in LOST_CONNECTION:

        @app.exception_handler(lost)
        def store_away(_request: Request, error: Exception) -> JSONResponse:
            return JSONResponse({"code": "STORE_AWAY", "detail": f"the store does not answer ({type(error).__name__}): try again"}, 503)

    return app


def application(settings: Settings) -> FastAPI:
    """The application of a data folder. It can be asked before the mechanism is founded: then there is nothing to tell."""
    serving = Serving(lambda: generation.current(settings))
    return create(Pool(settings, serving, rules(), lambda: secret(settings)), serving)


def secret(settings: Settings) -> bytes | None:
    """Under which things have their keys; None where the mechanism's keys are not (yet)."""
    try:
        return mechanism(settings).thing_secret
    except KeyringError as error:
        if error.code == "NOT_FOUNDED":
            return None
        raise


def main() -> None:
    """The process."""
    settings = load(os.environ)
    configure(settings.log_json)
    uvicorn.run(application(settings), host=settings.api_host, port=settings.api_port, log_config=None, timeout_graceful_shutdown=5)


if __name__ == "__main__":
    main()
