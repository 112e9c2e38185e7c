"""Read which page is requested, by whom, as of when: the same for every page."""

from __future__ import annotations

from fastapi import Request

from consumers.access.caller import caller_of
from consumers.access.cookies import cookie_prefix
from consumers.console.as_of import as_of_ms
from consumers.console.parameters import join_parameters
from consumers.console.rendering import PageContext
from consumers.console.session import Visitor, visitor
from consumers.query.dates import check_past
from infra.settings import Settings


class PageRequests:
    """Reads requests for pages. `lang`: where the visitor has not chosen."""

    def __init__(self, settings: Settings, lang: str) -> None:
        """`settings`: of this server, which say what its cookies are named."""
        self._prefix = cookie_prefix(settings.api_access)
        self._lang = lang

    def visitor(self, request: Request) -> Visitor:
        """Return who visits, as the session or the gateway says."""
        return visitor(
            caller_of(request),
            request.cookies,
            request.query_params.get("lang"),
            self._lang,
            self._prefix,
        )

    def page(self, request: Request) -> PageContext:
        """Return the page that is requested.

        Raises QuipuError AS_OF for what is no date, DatesRefusedError for one in the future.
        """
        query = join_parameters(request.query_params.items())
        moment = check_past(as_of_ms(query.get("as_of", "")))
        return PageContext(self.visitor(request), request.url.path, query, moment)
