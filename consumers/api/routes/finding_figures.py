"""Answer with figures of findings over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import Field

from consumers.api.figure_request import ChangeQuery
from consumers.api.file_request import FILE_RESPONSES
from consumers.api.request_reader import RequestReader
from consumers.presentation.finding_tables import (
    finding_counts_table,
    finding_delays_table,
    flows_table,
    shares_table,
)
from consumers.query.figures.finding_counts import FindingCounts, FindingCountsQuestion
from consumers.query.figures.finding_delays import (
    FindingDelay,
    FindingDelays,
    FindingDelaysQuestion,
)
from consumers.query.figures.flows import Flows, FlowsQuestion, PlaceLevel
from consumers.query.figures.shares import Shares
from consumers.serving.query_pool import QueryPool
from streams.correlation.wording import title_of_any
from streams.rules import RuleBook


class FindingQuery(ChangeQuery):
    """The parameters of every question about findings."""

    rule: str = Field("", description="id of a rule")
    grade: Literal["", "certain", "possible"] = ""


class FlowsQuery(FindingQuery):
    """The parameters of the flows."""

    rule: str = Field("", description="id of a rule whose two records have different roles")
    level: PlaceLevel = Field("country", description="owners' countries, or departments")

    @property
    def question(self) -> FlowsQuestion:
        """The parameters as the query layer takes them."""
        return FlowsQuestion(self.rule, self.grade, self.level, self.changed_since_ms)


class FindingDelaysQuery(FindingQuery):
    """The parameters of the delays of findings."""

    delay: FindingDelay = Field("first_to_second", description="from what to what")

    @property
    def question(self) -> FindingDelaysQuestion:
        """The parameters as the query layer takes them."""
        return FindingDelaysQuestion(self.delay, self.rule, self.grade, self.changed_since_ms)


def router(pool: QueryPool) -> APIRouter:
    """Return the routes of `/v1/figures` that count findings."""
    routes = APIRouter(prefix="/v1/figures", tags=["figures"])

    @routes.get("/flows", response_model=Flows, responses=FILE_RESPONSES)
    def flows(reader: RequestReader, query: Annotated[FlowsQuery, Query()]) -> Flows | Response:
        """From where to where things go, as live indicators of this reader show it."""
        with pool.queries() as queries:
            answer = queries.findings.flows(reader, query.question, query.as_of_ms, query.use)
        return query.formatted(
            answer, partial(flows_table, titles=_titles(queries.rules, query.lang))
        )

    @routes.get("/finding-counts", response_model=FindingCounts, responses=FILE_RESPONSES)
    def finding_counts(
        reader: RequestReader, query: Annotated[FindingQuery, Query()]
    ) -> FindingCounts | Response:
        """How many findings each rule has: open, certain, possible; and hubs."""
        question = FindingCountsQuestion(query.rule, query.grade, query.changed_since_ms)
        with pool.queries() as queries:
            answer = queries.findings.finding_counts(reader, question, query.as_of_ms, query.use)
        return query.formatted(
            answer, partial(finding_counts_table, titles=_titles(queries.rules, query.lang))
        )

    @routes.get("/finding-delays", response_model=FindingDelays, responses=FILE_RESPONSES)
    def finding_delays(
        reader: RequestReader, query: Annotated[FindingDelaysQuery, Query()]
    ) -> FindingDelays | Response:
        """How long it takes until records meet in a finding, in days."""
        with pool.queries() as queries:
            answer = queries.findings.finding_delays(
                reader, query.question, query.as_of_ms, query.use
            )
        return query.formatted(
            answer, partial(finding_delays_table, titles=_titles(queries.rules, query.lang))
        )

    @routes.get("/shares", response_model=Shares, responses=FILE_RESPONSES)
    def shares(reader: RequestReader, query: Annotated[ChangeQuery, Query()]) -> Shares | Response:
        """How many records of each authority are evidence of a live indicator."""
        with pool.queries() as queries:
            answer = queries.findings.shares(
                reader, queries.figures, query.as_of_ms, query.use, query.changed_since_ms
            )
        return query.formatted(answer, shares_table)

    return routes


def _titles(rules: RuleBook, lang: str) -> Mapping[str, str]:
    return {rule.id: title_of_any(rule)[lang] for rule in rules.every_by_id.values()}
