"""Serve the first page at `/overview`: what is new for the visitor, and how figures change.

It answers what is new; the browser then asks for its other parts, each a page too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, timedelta
from functools import partial
from typing import Any, NamedTuple

from fastapi import APIRouter, Request, Response

from consumers.access.caller import Caller, Way, caller_of
from consumers.console import as_of
from consumers.console.chart_parts import Chart
from consumers.console.figure_model import FigureRequest
from consumers.console.figure_models import MODELS
from consumers.console.forms import EVERY_PAGE
from consumers.console.overview_work import work_news
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.console.parameters import FieldReader
from consumers.console.rendering import PageContext
from consumers.identity.identity import IdentityService
from consumers.identity.sessions import ABSOLUTE_MS
from consumers.query.bursts.burst import BurstsQuestion
from consumers.query.filters import IndicatorFilter
from consumers.query.indicators import IndicatorView
from consumers.query.known_names import check_word
from consumers.query.overview.new_findings import SEVERITIES, NewFindings, SeverityCount
from consumers.query.paging import PageRange
from consumers.query.query_layer import QueryLayer
from consumers.query.views import to_datetime, to_epoch_ms
from consumers.serving.query_pool import QueryPool
from infra.clock import now_ms
from infra.request_parameters import taking
from schemas.i18n import UserMessage, _
from schemas.model import COUNTRIES, Reader
from schemas.release.rules import sees_content
from schemas.time_zones import zone_of

SPANS: Mapping[str, tuple[int, UserMessage]] = {
    "1": (1, _("since yesterday")),
    "7": (7, _("last 7 days")),
    "30": (30, _("last 30 days")),
}
FIRST_DAYS = 7
"""What somebody without an earlier visit is shown."""
NEWEST = 8
"""New findings that the page names; the numbers lead to all of them."""
BURSTS = 3
TREND = {"by": "country", "period": "month", "measure": "records"}


_Reading = Callable[[QueryLayer, PageContext], dict[str, Any]]
"""Returns what a template needs."""


class Since(NamedTuple):
    """From when something is new, ms since 1970 UTC. `span`: chosen; empty: the last visit."""

    at: int
    span: str
    is_first_visit: bool


class NewCell(NamedTuple):
    """A number of new findings, and where it leads; no address for none."""

    findings: int
    link: str


def router(pool: QueryPool, lang: str, identity: Callable[[], IdentityService]) -> APIRouter:
    """Return the routes of the overview and its parts. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    requests = PageRequests(pool.settings, lang)

    def answer(request: Request, template: str, read: _Reading) -> Response:
        """Show what is read, or say that the visitor sees no content."""
        page = requests.page(request)
        if not sees_content(page.visitor.reader):
            return page.render("overview.html", sees_content=False)
        with pool.queries(CHANNEL) as queries:
            values = read(queries, page)
        return page.render(template, sees_content=True, **values)

    @routes.get("/overview", openapi_extra=taking(*EVERY_PAGE, "since"))
    def overview(request: Request) -> Response:
        began = _visit_began(caller_of(request), identity)
        return answer(request, "overview.html", partial(_new_findings, began=began))

    @routes.get("/overview/work", openapi_extra=taking(*EVERY_PAGE, "since"))
    def work(request: Request) -> Response:
        began = _visit_began(caller_of(request), identity)
        return answer(request, "overview_work.html", partial(_work, began=began))

    @routes.get("/overview/trends", openapi_extra=taking(*EVERY_PAGE))
    def trends(request: Request) -> Response:
        return answer(request, "overview_trends.html", _trends)

    return routes


def _visit_began(caller: Caller | None, identity: Callable[[], IdentityService]) -> int:
    """Return when the visit began, ms since 1970 UTC: with the session, where there is one."""
    if caller is not None and caller.way is Way.SESSION:
        holder = identity().sessions.holder_of(caller.secret)
        if holder is not None:
            return holder.began_at
    return now_ms() - ABSOLUTE_MS


def _new_findings(queries: QueryLayer, page: PageContext, began: int) -> dict[str, Any]:
    reader = page.visitor.reader
    since = _since(queries, page, began)
    new = queries.overview.new_findings(reader, since.at, page.as_of)
    return {
        "since": since,
        "since_at": new.since,
        "is_first_visit": since.is_first_visit,
        "spans": [(code, label, page.here(since=code)) for code, (_days, label) in SPANS.items()],
        "new": new,
        "rows": [(row.severity, _cells(row, since, page)) for row in new.rows],
        "countries": COUNTRIES,
        "own_country": reader.country,
        "newest": _newest(queries, new, since, page),
    }


def _work(queries: QueryLayer, page: PageContext, began: int) -> dict[str, Any]:
    since = _since(queries, page, began).at
    reader = page.visitor.reader
    return {"work": work_news(queries, reader, since, page.as_of, to_datetime(since))}


def _trends(queries: QueryLayer, page: PageContext) -> dict[str, Any]:
    reader = page.visitor.reader
    form = FieldReader(TREND)
    trend = MODELS["trends"](queries, FigureRequest(form, reader, page.as_of, page.lang, page.link))
    return {
        "bursts": queries.bursts.bursts(reader, BurstsQuestion(), page.as_of),
        "most_bursts": BURSTS,
        "chart": _chart_of(trend.chart if trend is not None else None),
        "trend_marking": trend.marking if trend is not None else None,
    }


def _since(queries: QueryLayer, page: PageContext, began: int) -> Since:
    """Return from when something is new: a span that the visitor chose, or the last visit.

    Raises UnknownNameError.
    """
    span, reader = page.query.get("since", ""), page.visitor.reader
    check_word(span, tuple(SPANS), _("There is no such span of time."))
    now = now_ms() if page.as_of is None else page.as_of
    if span:
        return Since(_days_before(now, SPANS[span][0], reader), span, is_first_visit=False)
    last = queries.overview.last_visit(reader, min(began, now))
    if last is None:
        return Since(_days_before(now, FIRST_DAYS, reader), span, is_first_visit=True)
    return Since(last, span, is_first_visit=False)


def _days_before(now: int, days: int, reader: Reader) -> int:
    """Return the begin of a day, by the clock of the reader's country."""
    today = to_datetime(now).astimezone(zone_of(reader.country) or UTC)
    day = today.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days)
    return to_epoch_ms(day)


def _cells(row: SeverityCount, since: Since, page: PageContext) -> list[NewCell]:
    """Return the numbers of a row: of each country, then of all."""
    counts = [(country, row.by_country.get(country, 0)) for country in COUNTRIES]
    return [
        NewCell(count, _list_address(page, since, row.severity, country) if count else "")
        for country, count in (*counts, ("", row.findings))
    ]


def _list_address(page: PageContext, since: Since, severity: str, country: str) -> str:
    return page.link(
        "/",
        severity=severity,
        country=country,
        recorded_since=as_of.written(since.at),
        status="live",
    )


def _newest(
    queries: QueryLayer, new: NewFindings, since: Since, page: PageContext
) -> list[IndicatorView]:
    """Return a few new findings, the gravest first, the newest of each severity."""
    newest: list[IndicatorView] = []
    counts = {row.severity: row.findings for row in new.rows}
    for severity in SEVERITIES:
        if counts[severity] and len(newest) < NEWEST:
            newest += _of_severity(queries, severity, since, page, NEWEST - len(newest))
    return newest


def _of_severity(
    queries: QueryLayer, severity: str, since: Since, page: PageContext, most: int
) -> Sequence[IndicatorView]:
    filter_ = IndicatorFilter(severity=severity, recorded_since=since.at, status="live", once=True)
    reader = page.visitor.reader
    return queries.indicators.page(reader, filter_, page.as_of, PageRange(most)).items


def _chart_of(chart: Chart | None) -> Chart | None:
    return chart if chart and chart.get("categories") else None
