"""Serve `/notices`: how the visitor is notified of hits; and take acknowledgements of hits."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from consumers.console.forms import path_to_return_to, read_own_form
from consumers.console.item_files import is_id
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.identity.identity import IdentityService
from consumers.notices.notice_words import SEVERITY_WORDS, WAY_WORDS
from consumers.notices.settings import NoticeSettings, NoticeSettingsError, NoticeWay
from consumers.notices.settings_store import NoticeSettingsStore
from consumers.serving.query_pool import QueryPool
from infra.request_parameters import taking
from schemas.i18n import LANGUAGES


def router(pool: QueryPool, identity: Callable[[], IdentityService], lang: str) -> APIRouter:
    """Return the routes. `identity` returns the accounts; `lang`: unless the visitor chose one."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    pages = NoticePages(pool, identity, PageRequests(pool.settings, lang))
    routes.get("/notices", openapi_extra=taking("lang", "saved"))(pages.show)
    routes.post("/notices")(pages.choose)
    routes.post("/hits/acknowledge", openapi_extra=taking("back"))(pages.acknowledge)
    return routes


class NoticePages:
    """The page of a person's notices."""

    def __init__(
        self, pool: QueryPool, identity: Callable[[], IdentityService], requests: PageRequests
    ) -> None:
        """`identity` returns the accounts; `requests`: reads who asks for which page."""
        self._pool, self._identity, self._requests = pool, identity, requests

    def show(self, request: Request) -> Response:
        """Show how the visitor is notified."""
        person = self._requests.page(request).visitor.reader.person
        return self._show(request, NoticeSettingsStore(self._identity().store).of(person))

    async def choose(self, request: Request) -> Response:
        """Keep what the visitor chose; what cannot be is shown again with the reason."""
        fields = await read_own_form(request)
        if fields is None:
            return Response(status_code=403)
        person = self._requests.page(request).visitor.reader.person
        try:
            settings = settings_of(person, fields)
            await run_in_threadpool(NoticeSettingsStore(self._identity().store).put, settings)
        except NoticeSettingsError as error:
            chosen = NoticeSettings(person, mail=fields.get("mail", "")[:254])
            return self._show(request, chosen, error)
        return RedirectResponse("/notices?saved=1", 303)

    async def acknowledge(self, request: Request) -> Response:
        """Record that the visitor's authority knows of a hit, and show the page again."""
        fields = await read_own_form(request)
        id_ = (fields or {}).get("id", "")
        if fields is None or not is_id(id_):
            return Response(status_code=403 if fields is None else 404)
        reader = self._requests.page(request).visitor.reader
        is_seen = await run_in_threadpool(self._pool.acknowledge, reader, id_, CHANNEL)
        if not is_seen:
            return Response(status_code=404)
        return RedirectResponse(path_to_return_to(request.query_params.get("back", "/hits")), 303)

    def _show(
        self, request: Request, chosen: NoticeSettings, error: NoticeSettingsError | None = None
    ) -> Response:
        page = self._requests.page(request)
        refusal = (
            " ".join(text.in_language(page.lang) for text in (error.message, error.remedy))
            if error
            else ""
        )
        access = self._pool.settings.alert_access
        return page.render(
            "notices.html",
            422 if error else 200,
            chosen=chosen,
            refusal=refusal,
            saved="saved" in page.query,
            ways=[(str(way), text) for way, text in WAY_WORDS.items()],
            levels=list(SEVERITY_WORDS.items()),
            languages=LANGUAGES,
            has_mail=access.smtp is not None,
            has_webhook=access.webhook is not None,
        )


def settings_of(person: str, fields: dict[str, str]) -> NoticeSettings:
    """Read a form; a field that says nothing possible is refused where it is kept.

    Raises NoticeSettingsError.
    """
    hours = {
        name: int(text) if (text := fields.get(name, "").strip()[:2]).isdecimal() else -1
        for name in ("quiet_from", "quiet_until", "digest_hour")
    }
    way = fields.get("way", "")
    lang = fields.get("lang", "")
    return NoticeSettings(
        person,
        NoticeWay(way) if way in set(NoticeWay) else NoticeWay.NEVER,
        fields.get("mail", "").strip(),
        fields.get("uses_webhook") == "1",
        fields.get("least", ""),
        lang=lang if lang in LANGUAGES else LANGUAGES[0],
        **hours,
    )
