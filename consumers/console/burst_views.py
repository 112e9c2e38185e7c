"""Serve one burst at `/bursts/{id}`: its weeks next to what was expected, and its records."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from consumers.console.finding_charts import burst_weeks_chart
from consumers.console.forms import EVERY_PAGE
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.console.record_links import LIST
from consumers.console.rendering import PageContext
from consumers.presentation.figure_words import value_of_dimension
from consumers.presentation.severity_words import severity_lines
from consumers.presentation.wording import GRADES
from consumers.query.bursts.burst import Burst
from consumers.query.bursts.wording import plain_number
from consumers.serving.query_pool import QueryPool
from infra.request_parameters import taking
from schemas import words


def router(pool: QueryPool, lang: str) -> APIRouter:
    """Return the route of a burst. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    requests = PageRequests(pool.settings, lang)

    @routes.get("/bursts/{id}", openapi_extra=taking(*EVERY_PAGE))
    def burst(id: str, request: Request) -> Response:
        page = requests.page(request)
        with pool.queries(CHANNEL) as queries:
            answer = queries.bursts.burst(id, page.visitor.reader, page.as_of)
        if answer is None:
            return page.absent(id)
        return page.render("burst.html", **burst_values(answer, page))

    return routes


def burst_values(burst: Burst, page: PageContext) -> dict[str, Any]:
    """Return what the template shows of a burst."""
    lang = page.lang
    return {
        "burst": burst,
        "title": burst.title[lang],
        "sentence": burst.sentence[lang],
        "place_name": value_of_dimension(burst.dimension, burst.place, lang),
        "type_name": words.event_type(burst.type, lang),
        "severity": severity_lines(burst.assessment, lang),
        "grade": GRADES[burst.grade].in_language(lang),
        "expected": plain_number(burst.expected, lang),
        "weeks": [
            {
                "begins": week.begins.isoformat(),
                "records": week.records,
                "expected": plain_number(week.expected, lang),
                "bound": week.bound,
                "holiday": week.holiday[lang] if week.holiday else "—",
            }
            for week in burst.weeks
        ],
        "records": page.link(LIST, burst=burst.id),
        "chart": burst_weeks_chart(burst, page.link(LIST, burst=burst.id), lang),
        "command": page.command("bursts", _options(burst)),
    }


def _options(burst: Burst) -> list[tuple[str, str]]:
    """Return the options of the command that shows it among the bursts of its weeks."""
    place = [("--place", burst.place)] if burst.dimension == "subdivision" else []
    span = [("--since", burst.first_day.isoformat()), ("--until", burst.last_day.isoformat())]
    return [("--type", burst.type), *place, *span]
