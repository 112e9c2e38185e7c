"""Answer over HTTP what analysts work on: cases and notes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from consumers.api.request_reader import (
    NOT_FOUND_RESPONSE,
    AsOf,
    AsOfQuery,
    RequestReader,
    http_not_found,
)
from consumers.api.work_body import ActBody, ReferenceBody, WorkBody
from consumers.query.work.acts import WorkDraft, WorkKind
from consumers.query.work.drafts import opening, read_audience, read_reference, texts
from consumers.query.work.work_views import CaseView, NoteView, WorkSummary
from consumers.serving.query_pool import QueryPool
from schemas.model import Reader

CHANNEL = "api"


class OpenedObject(WorkBody):
    """The id of an object that was opened or acted on."""

    id: str


class NewCase(WorkBody):
    """What a new case says at its beginning, and who sees it."""

    title: str
    text: str = ""
    scope: str = Field(
        "self", description="who may see it besides its members: self, authority, country, group"
    )
    group: str = Field("", description="a sharing group of the reader")


class NewNote(WorkBody):
    """What a new note says, on what, and who sees it."""

    text: str
    about: list[ReferenceBody] = Field(
        [], max_length=20, description="what it is on; with a case: whoever sees the case sees it"
    )
    scope: str = Field("self", description="self, authority, country, group, case")
    group: str = ""


class NotesQuery(AsOfQuery):
    """The parameters of the list of notes."""

    about: str = Field(
        "", max_length=100, description="kind and id, as in record:4b1d0007-…; empty: one's own"
    )


def router(pool: QueryPool) -> APIRouter:
    """Return the routes of `/v1/cases` and `/v1/notes`."""
    routes = APIRouter(prefix="/v1", tags=["work"])
    _add_case_routes(routes, pool)
    _add_note_routes(routes, pool)
    return routes


def do(pool: QueryPool, reader: Reader, draft: WorkDraft) -> str:
    """Do what a reader wants to do; return the id of the object."""
    if pool.work(reader, draft, CHANNEL) is None:
        raise http_not_found(draft.kind)
    return draft.object


def _add_case_routes(routes: APIRouter, pool: QueryPool) -> None:
    @routes.get("/cases")
    def cases(reader: RequestReader, as_of: AsOf) -> list[WorkSummary]:
        """The cases that this reader sees, the last changed first."""
        with pool.queries() as queries:
            return queries.work.cases(reader, as_of)

    @routes.post("/cases", status_code=201)
    def open_case(reader: RequestReader, case: NewCase) -> OpenedObject:
        """Open a case. Its opener owns it. What is written is sealed, and can be erased."""
        content = texts(title=case.title, text=case.text)
        audience = read_audience(case.scope, case.group)
        return OpenedObject(id=do(pool, reader, opening(WorkKind.CASE, content, audience)))

    @routes.get("/cases/{id}", responses=NOT_FOUND_RESPONSE)
    def case(id: str, reader: RequestReader, as_of: AsOf) -> CaseView:
        """A case: items, notes, timeline and custody record, as released to this reader."""
        with pool.queries() as queries:
            view = queries.work.case(id, reader, as_of)
        if view is None:
            raise http_not_found(WorkKind.CASE)
        return view

    @routes.post("/cases/{id}/acts", status_code=201, responses=NOT_FOUND_RESPONSE)
    def act_on_case(id: str, reader: RequestReader, act: ActBody) -> OpenedObject:
        """Add or remove an item or a member; change, share, close, reopen, withdraw or erase it."""
        return OpenedObject(id=do(pool, reader, act.draft(WorkKind.CASE, id)))


def _add_note_routes(routes: APIRouter, pool: QueryPool) -> None:
    @routes.get("/notes")
    def notes(reader: RequestReader, query: Annotated[NotesQuery, Query()]) -> list[NoteView]:
        """The notes on something, or one's own, the newest first."""
        kind, _colon, id_ = query.about.partition(":")
        about = read_reference(kind, id_) if query.about else None
        with pool.queries() as queries:
            return queries.work.notes(reader, about, query.as_of_ms)

    @routes.post("/notes", status_code=201, responses=NOT_FOUND_RESPONSE)
    def write_note(reader: RequestReader, note: NewNote) -> OpenedObject:
        """Write a note on a record, a finding, a thing or a person, for oneself or for others."""
        about = [read_reference(part.kind, part.id) for part in note.about]
        audience = read_audience(note.scope, note.group)
        draft = opening(WorkKind.NOTE, texts(text=note.text), audience, *about)
        return OpenedObject(id=do(pool, reader, draft))

    @routes.post("/notes/{id}/acts", status_code=201, responses=NOT_FOUND_RESPONSE)
    def act_on_note(id: str, reader: RequestReader, act: ActBody) -> OpenedObject:
        """Change, share, withdraw or erase a note of one's own."""
        return OpenedObject(id=do(pool, reader, act.draft(WorkKind.NOTE, id)))
