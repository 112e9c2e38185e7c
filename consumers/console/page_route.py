"""Show the errors of a page's route as a page too: what happened, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from clickhouse_driver.errors import ServerException
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from consumers.access.caller import caller_of
from consumers.console.rendering import PageContext
from consumers.console.session import LANG_COOKIE, visitor
from consumers.presentation.error_status import UNAVAILABLE, headers_of, status_of
from infra.clickhouse.client import LOST_CONNECTION
from infra.errors import QuipuError
from schemas.errors import ReaderRefusedError
from schemas.i18n import UserMessage, _

log = structlog.get_logger(__name__)
CHANNEL = "page"
"""The name of the page in the disclosure ledger."""


class PageRoute(APIRoute):
    """A route whose errors are shown as a page too."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the route's own handler with the error page around it."""
        handle = super().get_route_handler()

        async def handle_with_error_page(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                return error_page(request, wrong_parameters(error))
            except (QuipuError, ReaderRefusedError, ServerException, *LOST_CONNECTION) as error:
                return error_page(request, error)

        return handle_with_error_page


class PageParameterError(QuipuError):
    """The address of a page has a parameter that the page does not have, or has it twice."""

    code = "PARAMETER"


def wrong_parameters(error: RequestValidationError) -> PageParameterError:
    """Return the error of an address, in the words of people."""
    names = ", ".join(f"`{fault['loc'][-1]}`" for fault in error.errors()[:5])
    return PageParameterError(
        _("This page does not know {names}, or it is in the address twice.", names=names),
        _("Choose from the page's own fields; what the address says otherwise is not searched."),
    )


def error_page(request: Request, error: Exception) -> Response:
    """Return the page that says why there is no answer, and what to do."""
    chosen_lang = request.query_params.get("lang") or request.cookies.get(LANG_COOKIE)
    anonymous = visitor(caller_of(request), {}, chosen_lang, "es")
    page = PageContext(anonymous, request.url.path, {}, None)
    log.warning("page_without_answer", path=request.url.path, error=repr(error))
    if isinstance(error, QuipuError):
        status = status_of(error)
        message, remedy = error.message.in_language(page.lang), error.remedy.in_language(page.lang)
        heading = heading_of(status, page.lang)
        shown = page.render(
            "trouble.html", status, code=error.code, heading=heading, said=message, remedy=remedy
        )
        shown.headers.update(headers_of(status))
        return shown
    if isinstance(error, ReaderRefusedError):
        heading = heading_of(422, page.lang)
        return page.render(
            "trouble.html", 422, code="READER", heading=heading, said=str(error), remedy=""
        )
    code, advice = _store_trouble(error)
    words = advice.in_language(page.lang)
    heading = heading_of(UNAVAILABLE, page.lang)
    shown = page.render(
        "trouble.html", UNAVAILABLE, code=code, heading=heading, said="", remedy=words
    )
    shown.headers.update(headers_of(UNAVAILABLE))
    return shown


def heading_of(status: int, lang: str) -> str:
    """Say whether the one who asks can correct it, or the server has no answer."""
    can_correct = status == 422
    heading = (
        _("This address asks for something that is not there")
        if can_correct
        else _("The query failed")
    )
    return heading.in_language(lang)


def _store_trouble(error: Exception) -> tuple[str, UserMessage]:
    """Return the code of an error of the store, and what to do."""
    if isinstance(error, ServerException):
        return "STORE_REFUSED", _(
            "The store cannot answer this question. Narrow it: a rule, a country, a type, dates. "
            "An operator finds the cause in the API's log."
        )
    return "STORE_AWAY", _("The store does not answer. Try again in a moment. The log is safe.")
