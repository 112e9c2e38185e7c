"""Answer over HTTP what rules over many records find."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from consumers.api.request_reader import AsOfQuery, RequestReader
from consumers.query.rule_findings.candidate_findings import CandidateFindings
from consumers.query.rule_findings.rule_finding_views import RuleFindings
from consumers.serving.query_pool import QueryPool


class RuleFindingsQuery(AsOfQuery):
    """Say which findings an answer has: those of a rule, or all."""

    rule: str = Field("", description="id of a rule")


def router(pool: QueryPool) -> APIRouter:
    """Return the routes below `/v1/rule-findings`."""
    routes = APIRouter(tags=["intelligence"])

    @routes.get("/v1/rule-findings")
    def rule_findings(
        reader: RequestReader, query: Annotated[RuleFindingsQuery, Query()]
    ) -> RuleFindings:
        """What rules over many records find, the newest first, and which values are hubs."""
        with pool.queries() as queries:
            return queries.rule_findings.findings(reader, query.as_of_ms, query.rule)

    @routes.get("/v1/rule-findings/shadow")
    def shadow_findings(
        reader: RequestReader, query: Annotated[RuleFindingsQuery, Query()]
    ) -> CandidateFindings:
        """What the asker's own rules on trial find; nobody else sees it, or is notified."""
        with pool.queries() as queries:
            return queries.candidates.shadow_findings(reader, query.as_of_ms, query.rule)

    return routes
