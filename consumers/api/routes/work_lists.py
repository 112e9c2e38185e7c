"""Answer over HTTP about watch-lists, saved searches and verdicts on findings."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from consumers.api.request_reader import (
    NOT_FOUND_RESPONSE,
    AsOf,
    AsOfQuery,
    RequestReader,
    http_not_found,
    optional_epoch_ms,
)
from consumers.api.routes.work import OpenedObject, do
from consumers.api.work_body import ActBody, WorkBody
from consumers.query.work.acts import WorkKind
from consumers.query.work.drafts import (
    FindingWord,
    opening,
    read_audience,
    read_reference,
    texts,
    verdict_draft,
)
from consumers.query.work.work_views import (
    FindingVerdictView,
    SavedSearchView,
    WatchHit,
    WatchListView,
)
from consumers.serving.query_pool import QueryPool


class NewWatchList(WorkBody):
    """What a new watch-list is called; its marks come afterwards."""

    title: str


class WatchHitsQuery(AsOfQuery):
    """The parameters of what a watch-list found."""

    since: datetime | None = Field(None, description="only what the log took after this moment")


class NewSavedSearch(WorkBody):
    """A search as the address of its page has it, and who sees it."""

    title: str
    page: str = Field(description="the page that it asks, such as /events")
    query: str = Field("", description="its filters, as in the address of that page")
    scope: str = Field("self", description="who may see it: self, authority, country, group")
    group: str = ""


class NewVerdict(WorkBody):
    """An analyst's verdict on a finding. The last one counts."""

    finding: str = Field(
        description="its id; of a finding that is computed when read: its id, a tilde, and the id "
        "of one of its records"
    )
    verdict: str = Field(description=", ".join(FindingWord))
    reason: str = Field(description="a code of the list finding_verdict_reason")
    text: str = Field("", description="for readers of the author's country alone")


def router(pool: QueryPool) -> APIRouter:
    """Return the routes of `/v1/watch-lists`, `/v1/saved-searches` and `/v1/verdicts`."""
    routes = APIRouter(prefix="/v1", tags=["work"])
    _add_watch_list_routes(routes, pool)
    _add_saved_search_routes(routes, pool)
    _add_verdict_routes(routes, pool)
    return routes


def _add_watch_list_routes(routes: APIRouter, pool: QueryPool) -> None:
    @routes.get("/watch-lists")
    def watch_lists(reader: RequestReader, as_of: AsOf) -> list[WatchListView]:
        """One's own watch-lists. Nobody else sees them."""
        with pool.queries() as queries:
            return queries.work.watch_lists(reader, as_of)

    @routes.post("/watch-lists", status_code=201)
    def open_watch_list(reader: RequestReader, watch_list: NewWatchList) -> OpenedObject:
        """Open a watch-list of one's own, without a mark yet."""
        content = texts(title=watch_list.title)
        draft = opening(WorkKind.WATCH_LIST, content, read_audience("self"))
        return OpenedObject(id=do(pool, reader, draft))

    @routes.get("/watch-lists/{id}", responses=NOT_FOUND_RESPONSE)
    def watch_list(id: str, reader: RequestReader, as_of: AsOf) -> WatchListView:
        """A watch-list of one's own, with its marks."""
        with pool.queries() as queries:
            view = queries.work.watch_list(id, reader, as_of)
        if view is None:
            raise http_not_found(WorkKind.WATCH_LIST)
        return view

    @routes.get("/watch-lists/{id}/hits", responses=NOT_FOUND_RESPONSE)
    def hits(
        id: str, reader: RequestReader, query: Annotated[WatchHitsQuery, Query()]
    ) -> list[WatchHit]:
        """The released records that name a mark of the list, in the order of the log."""
        since = optional_epoch_ms(query.since) or 0
        with pool.queries() as queries:
            if queries.work.watch_list(id, reader, query.as_of_ms) is None:
                raise http_not_found(WorkKind.WATCH_LIST)
            return queries.work.watch_hits(id, reader, since, query.as_of_ms)

    @routes.post("/watch-lists/{id}/acts", status_code=201, responses=NOT_FOUND_RESPONSE)
    def act_on_watch_list(id: str, reader: RequestReader, act: ActBody) -> OpenedObject:
        """Add a mark (item_added with mark) or remove it; rename, withdraw or erase the list."""
        return OpenedObject(id=do(pool, reader, act.draft(WorkKind.WATCH_LIST, id)))


def _add_saved_search_routes(routes: APIRouter, pool: QueryPool) -> None:
    @routes.get("/saved-searches")
    def saved_searches(reader: RequestReader, as_of: AsOf) -> list[SavedSearchView]:
        """The saved searches that this reader sees, the last changed first."""
        with pool.queries() as queries:
            return queries.work.saved_searches(reader, as_of)

    @routes.post("/saved-searches", status_code=201)
    def save_search(reader: RequestReader, search: NewSavedSearch) -> OpenedObject:
        """Save a search, for oneself or for others."""
        content = texts(title=search.title, page=search.page, query=search.query)
        audience = read_audience(search.scope, search.group)
        draft = opening(WorkKind.SAVED_SEARCH, content, audience)
        return OpenedObject(id=do(pool, reader, draft))

    @routes.get("/saved-searches/{id}", responses=NOT_FOUND_RESPONSE)
    def saved_search(id: str, reader: RequestReader, as_of: AsOf) -> SavedSearchView:
        """A saved search that this reader sees, with its filters."""
        with pool.queries() as queries:
            view = queries.work.saved_search(id, reader, as_of)
        if view is None:
            raise http_not_found(WorkKind.SAVED_SEARCH)
        return view

    @routes.post("/saved-searches/{id}/acts", status_code=201, responses=NOT_FOUND_RESPONSE)
    def act_on_saved_search(id: str, reader: RequestReader, act: ActBody) -> OpenedObject:
        """Change, share, withdraw or erase a saved search of one's own."""
        return OpenedObject(id=do(pool, reader, act.draft(WorkKind.SAVED_SEARCH, id)))


def _add_verdict_routes(routes: APIRouter, pool: QueryPool) -> None:
    @routes.get("/verdicts/{id}", responses=NOT_FOUND_RESPONSE)
    def verdict(id: str, reader: RequestReader, as_of: AsOf) -> FindingVerdictView:
        """The last verdict on a finding that this reader sees. `id`: as for a new verdict."""
        finding = read_reference("finding", id)
        with pool.queries() as queries:
            view = queries.work.verdict_on(finding, reader, as_of)
        if view is None:
            raise http_not_found("verdict")
        return view

    @routes.post("/verdicts", status_code=201, responses=NOT_FOUND_RESPONSE)
    def decide(reader: RequestReader, verdict: NewVerdict) -> OpenedObject:
        """Confirm or reject a finding, or say that it is unsure; or take the verdict back."""
        draft = verdict_draft(verdict.finding, verdict.verdict, verdict.reason, verdict.text)
        return OpenedObject(id=do(pool, reader, draft))
