"""Answer over HTTP what rules over many records find."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from consumers.api.file_request import FILE_RESPONSES, WholeQuery
from consumers.api.request_reader import AsOfQuery, RequestReader
from consumers.presentation.finding_lists import rule_findings_table
from consumers.query.rule_findings.candidate_findings import CandidateFindings
from consumers.query.rule_findings.rule_finding_views import RuleFindings
from consumers.serving.query_pool import QueryPool


class RuleFindingsQuery(AsOfQuery):
    """Say which findings an answer has: those of a rule, or all."""

    rule: str = Field("", description="id of a rule")


class RuleFindingsFileQuery(WholeQuery):
    """Say which findings an answer has, and in which form."""

    rule: str = Field("", description="id of a rule")


def router(pool: QueryPool) -> APIRouter:
    """Return the routes below `/v1/rule-findings`."""
    routes = APIRouter(tags=["intelligence"])

    @routes.get("/v1/rule-findings", response_model=RuleFindings, responses=FILE_RESPONSES)
    def rule_findings(
        reader: RequestReader, query: Annotated[RuleFindingsFileQuery, Query()]
    ) -> RuleFindings | Response:
        """What rules over many records find, the newest first, and which values are hubs."""
        asker = query.asker(reader)
        with pool.queries() as queries:
            answer = queries.rule_findings.findings(asker, query.as_of_ms, query.rule)
        return (
            answer if query.format == "json" else query.file(rule_findings_table, answer.findings)
        )

    @routes.get("/v1/rule-findings/shadow")
    def shadow_findings(
        reader: RequestReader, query: Annotated[RuleFindingsQuery, Query()]
    ) -> CandidateFindings:
        """What the asker's own rules on trial find; nobody else sees it, or is notified."""
        with pool.queries() as queries:
            return queries.candidates.shadow_findings(reader, query.as_of_ms, query.rule)

    return routes
