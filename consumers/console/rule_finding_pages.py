"""Serve the page at `/rule-findings`: what rules over many records find."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from consumers.console.file_answers import FILE_FIELDS, file_addresses, read_file_request
from consumers.console.forms import EVERY_PAGE
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.presentation import rule_finding_words
from consumers.presentation.finding_lists import rule_findings_table
from consumers.presentation.severity_words import severity_line
from consumers.serving.query_pool import QueryPool
from infra.request_parameters import taking


def router(pool: QueryPool, lang: str) -> APIRouter:
    """Return the route of the page. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    requests = PageRequests(pool.settings, lang)

    def rule_findings(request: Request) -> Response:
        page = requests.page(request)
        rule = page.query.get("rule", "")
        file = read_file_request(page)
        if file is not None:
            with pool.queries(CHANNEL) as queries:
                listed = queries.rule_findings.findings(file.asker, file.moment, rule).findings
            return file.of_items(listed, rule_findings_table)
        with pool.queries(CHANNEL) as queries:
            result = queries.rule_findings.findings(page.visitor.reader, page.as_of, rule)
            shadow = queries.candidates.shadow_findings(page.visitor.reader, page.as_of)
        return page.render(
            "rule_findings.html",
            result=result,
            shadow=shadow,
            finding_words=rule_finding_words,
            severity_line=severity_line,
            files=file_addresses(page),
        )

    own = taking(*EVERY_PAGE, *FILE_FIELDS, "rule")
    routes.get("/rule-findings", openapi_extra=own)(rule_findings)
    return routes
