"""Serve the page on which people see who they are here, and what they may see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from fastapi import APIRouter, Request, Response

from consumers.access.caller import Caller, Way, caller_of
from consumers.console.forms import EVERY_PAGE
from consumers.console.page_request import PageRequests
from consumers.console.page_route import PageRoute
from consumers.identity.identity import IdentityService
from consumers.identity.sessions import ABSOLUTE_MS, IDLE_MS, SessionHolder
from consumers.query.views import to_datetime
from infra.request_parameters import taking
from infra.settings import Settings
from schemas import words
from schemas.i18n import UserMessage, _
from schemas.model import COUNTRIES, Label, Reader
from schemas.release.rules import TLP, release

WAYS = {
    Way.SESSION: _("signed in on this page"),
    Way.TOKEN: _("by a token of a program"),
    Way.GATEWAY: _("by the gateway of your institution"),
}
OWN = _("records of your own country, whatever their level")
OF_OTHERS = {
    "ALL": _("addressed to all"),
    "COUNTRY": _("addressed to your country"),
    "AUTHORITY": _("addressed to your authority"),
    "PERSON": _("addressed to you by name"),
}


class SeenLevel(NamedTuple):
    """Whether a reader sees records of a level that are addressed so.

    `tlp`: empty for records of the own country; `reason`: why not, as a stable code.
    """

    tlp: str
    addressed: UserMessage
    is_seen: bool
    reason: str


def router(settings: Settings, lang: str, identity: Callable[[], IdentityService]) -> APIRouter:
    """Return the route of the page. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    requests = PageRequests(settings, lang)

    @routes.get("/account", openapi_extra=taking(*EVERY_PAGE))
    def account(request: Request) -> Response:
        page, caller = requests.page(request), caller_of(request)
        session = _session_of(caller, identity)
        levels = seen_levels(page.visitor.reader)
        return page.render(
            "account.html",
            way=WAYS[caller.way] if caller is not None else "",
            began=None if session is None else to_datetime(session.began_at),
            ends=None if session is None else to_datetime(session.began_at + ABSOLUTE_MS),
            idle_minutes=IDLE_MS // 60_000,
            levels=[
                (level, words.message(level.reason, page.lang) if level.reason else "")
                for level in levels
            ],
        )

    return routes


def seen_levels(reader: Reader) -> Iterator[SeenLevel]:
    """Ask the rules of need to know themselves, with records that nobody has.

    So the page cannot say anything else than what is done.
    """
    decision = release(_label(reader, reader.country, TLP[-1], ()), reader)
    yield SeenLevel("", OWN, decision.released, decision.reason)
    other = next(country for country in COUNTRIES if country != reader.country)
    recipients = {
        "ALL": ("ALL",),
        "COUNTRY": (reader.country,),
        "AUTHORITY": (f"{reader.country}/{reader.authority}",),
        "PERSON": (f"@{reader.person}",),
    }
    addressed = dict.fromkeys(TLP[:3], "ALL") | {"AMBER+STRICT": "AUTHORITY", "RED": "PERSON"}
    for tlp, kind in addressed.items():
        decision = release(_label(reader, other, tlp, recipients[kind]), reader)
        yield SeenLevel(tlp, OF_OTHERS[kind], decision.released, decision.reason)


def _label(reader: Reader, country: str, tlp: str, recipients: tuple[str, ...]) -> Label:
    return Label(country, "", recipients, tlp, (), None, "investigation", reader.exercise)


def _session_of(
    caller: Caller | None, identity: Callable[[], IdentityService]
) -> SessionHolder | None:
    if caller is None or caller.way is not Way.SESSION:
        return None
    return identity().sessions.holder_of(caller.secret)
