"""Serve the page of what is due for review: records that expire unless their owner extends them."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from consumers.console.file_answers import FILE_FIELDS, file_addresses, read_file_request
from consumers.console.forms import EVERY_PAGE
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.console.parameters import FieldReader
from consumers.presentation.list_tables import reviews_table
from consumers.query.known_names import check_country
from consumers.query.reviews import ReviewFilter
from consumers.serving.query_pool import QueryPool
from infra.request_parameters import taking
from schemas.i18n import UserMessage, _
from schemas.release.rules import sees_content
from schemas.retention import ReviewStatus

FIELDS = ("country", "node", "overdue")
MOST = 200
"""Records on a page; its files and the API give all."""
STATUS_WORDS: dict[ReviewStatus, UserMessage] = {
    ReviewStatus.OVERDUE: _("overdue"),
    ReviewStatus.SOON: _("soon due"),
}


def router(pool: QueryPool, lang: str) -> APIRouter:
    """Return the route of the page. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    page = ReviewPage(pool, PageRequests(pool.settings, lang))
    own = taking(*EVERY_PAGE, *FIELDS, *FILE_FIELDS)
    routes.get("/reviews", openapi_extra=own)(page.reviews)
    return routes


class ReviewPage:
    """The page, and the files of it."""

    def __init__(self, pool: QueryPool, requests: PageRequests) -> None:
        """`pool`: lends the query layer; `requests`: reads who asks for which page."""
        self._pool = pool
        self._requests = requests

    def reviews(self, request: Request) -> Response:
        """Show what is overdue or due within four months, the earliest first."""
        page = self._requests.page(request)
        form, file = FieldReader(page.query), read_file_request(page)
        filter_ = ReviewFilter(
            form.text("country", lambda text: check_country(text.upper())).upper(),
            form.text("node"),
            bool(form.choice("overdue", ("1",))),
        )
        due = None
        asker = page.visitor.reader if file is None else file.asker
        at = page.as_of if file is None else file.moment
        with form.refusals(), self._pool.queries(CHANNEL) as queries:
            if not form.errors:
                due = queries.review_dates.reviews(asker, filter_, at)
        if file is not None and due is not None:
            return file.of_items(due.items, reviews_table)
        return page.render(
            "reviews.html",
            422 if form.errors else 200,
            files=file_addresses(page),
            errors=form.errors,
            filter=filter_,
            due=due,
            most=MOST,
            status_words=STATUS_WORDS,
            sees_content=sees_content(page.visitor.reader),
            command_line=page.command("reviews", _options(filter_)),
        )


def _options(filter_: ReviewFilter) -> list[tuple[str, str]]:
    options = [("--country", filter_.country), ("--node", filter_.node)]
    return [(name, value) for name, value in options if value]
