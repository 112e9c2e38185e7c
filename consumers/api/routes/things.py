"""Answer about things over HTTP."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field

from consumers.api.file_request import FILE_RESPONSES, FormQuery, file_response
from consumers.api.item_files import NetworkFileQuery, file_of_one, one_responses
from consumers.api.request_reader import AsOfQuery, RequestReader, http_not_found
from consumers.presentation.finding_files import thing_file
from consumers.presentation.list_tables import things_table
from consumers.query.finding_report import thing_report
from consumers.query.identifiers import KINDS, Identifiers
from consumers.query.things import Thing, tell_findings_once
from consumers.serving.query_pool import QueryPool


class ThingQuery(FormQuery, AsOfQuery):
    """The identifiers by which a thing is looked up."""

    kind: str = Field("weapon", description=", ".join(KINDS))
    serial: str = Field("", description="of a weapon, as read; ? for an illegible position")
    number: str = Field(
        "", description="of a document, telephone, account, plate, IMEI or ammunition lot"
    )
    country: str = Field("", description="that issued it")
    type: str = Field("", description="PISTOL, REVOLVER, RIFLE ...; national_id, passport ...")
    make: str = Field("", description="any of its names")
    calibre: str = Field("", description="of an ammunition lot")
    institution: str = Field("", description="of an account")

    @property
    def identifiers(self) -> Identifiers:
        """The parameters as the query layer takes them."""
        return Identifiers(
            kind=self.kind,
            number=self.serial or self.number,
            country=self.country.upper(),
            type=self.type,
            make=self.make,
            calibre=self.calibre,
            institution=self.institution,
        )


def router(pool: QueryPool) -> APIRouter:
    """Return the routes of `/v1/things`."""
    routes = APIRouter(prefix="/v1/things", tags=["intelligence"])

    @routes.get("", response_model=list[Thing], responses=FILE_RESPONSES)
    def things(
        reader: RequestReader, query: Annotated[ThingQuery, Query()]
    ) -> list[Thing] | Response:
        """Who knows this thing? Several answers where its identifiers may be several things'."""
        asker = replace(reader, use=query.use)
        with pool.queries() as queries:
            things = queries.things.identified_by(query.identifiers, asker, query.as_of_ms)
        if query.format != "json":
            at = query.as_of or datetime.now(UTC)
            return file_response(things_table(things, at, query.lang, query.notes), query.format)
        return [tell_findings_once(thing) for thing in things]

    @routes.get("/{key}", response_model=Thing, responses=one_responses("graphml"))
    def thing(
        key: UUID, reader: RequestReader, query: Annotated[NetworkFileQuery, Query()]
    ) -> Thing | Response:
        """Who knows this thing, and its indicators; its network as a file to pass on."""
        as_of = query.as_of_ms
        if query.format != "json":
            return file_of_one(
                pool,
                lambda queries: thing_report(queries, str(key), reader, as_of, query.use),
                lambda report: thing_file(report, query.lang),
                "thing",
            )
        with pool.queries() as queries:
            view = queries.things.thing(str(key), reader, as_of)
        if view is None:
            raise http_not_found("thing")
        return tell_findings_once(view)

    return routes
