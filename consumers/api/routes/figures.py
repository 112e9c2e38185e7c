"""Answer with figures of the strategic picture over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field

from consumers.api.figure_request import LONGEST_LIST, ChangeQuery, FactQuery, RecordQuery
from consumers.api.file_request import FILE_RESPONSES
from consumers.api.request_reader import (
    MAX_PAGE,
    NOT_FOUND_RESPONSE,
    AsOf,
    RequestReader,
    http_not_found,
)
from consumers.api.routes import picture
from consumers.presentation.burst_table import bursts_table
from consumers.presentation.figure_tables import (
    delays_table,
    quality_table,
    ranking_table,
    totals_table,
    trends_table,
)
from consumers.presentation.finding_tables import money_flows_table
from consumers.query.bursts.burst import Burst, Bursts, BurstsQuestion
from consumers.query.figures.delays import Delay, Delays, DelaysQuestion
from consumers.query.figures.money_flows import MoneyFlows, MoneyFlowsQuestion
from consumers.query.figures.periods import Period
from consumers.query.figures.quality import Quality
from consumers.query.figures.question import Grouping, Measure
from consumers.query.figures.ranking import Against, Ranking, RankingQuestion
from consumers.query.figures.reading import read_dimensions
from consumers.query.figures.totals import Totals, TotalsQuestion
from consumers.query.figures.trends import Trends, TrendsQuestion
from consumers.serving.query_pool import QueryPool

BY = Field("", max_length=LONGEST_LIST, description="group by these, with commas: drug,place")
MeasureParameter = Annotated[
    Measure, Field(description="what is added; usd: money in dollars, at the day's rate")
]


class TotalsQuery(FactQuery):
    """The parameters of the totals."""

    measure: MeasureParameter = "records"
    by: str = BY
    period: Period = Field("month", description="of the calendar, in UTC")

    @property
    def question(self) -> TotalsQuestion:
        """The parameters as the query layer takes them."""
        grouping = Grouping(read_dimensions(self.by), self.period, self.clock)
        return TotalsQuestion(self.measure, grouping, self.filter, self.changed_since_ms)


class TrendsQuery(FactQuery):
    """The parameters of the trends."""

    measure: MeasureParameter = "records"
    by: str = BY
    period: Literal["week", "month", "quarter", "year"] = Field(
        "month", description="of the calendar, in UTC"
    )

    @property
    def question(self) -> TrendsQuestion:
        """The parameters as the query layer takes them."""
        grouping = Grouping(read_dimensions(self.by), self.period, self.clock)
        return TrendsQuestion(self.measure, grouping, self.filter, self.changed_since_ms)


class RankingQuery(FactQuery):
    """The parameters of the ranking."""

    measure: MeasureParameter = "records"
    by: str = Field("subdivision", max_length=LONGEST_LIST, description="what is ordered")
    against: Against = Field(
        "before", description="compare with the span before `since`, or with that of a year before"
    )
    limit: int = Field(10, ge=1, le=MAX_PAGE, description="how many places at most")
    changed_since: datetime | None = Field(
        None, description="compare with what was known then, instead of `against`"
    )

    @property
    def question(self) -> RankingQuestion:
        """The parameters as the query layer takes them."""
        grouping = Grouping(read_dimensions(self.by), "none", self.clock)
        return RankingQuestion(
            self.measure,
            grouping,
            self.filter,
            self.against,
            self.limit,
            self.changed_since_ms,
        )


class DelaysQuery(FactQuery):
    """The parameters of the delays."""

    delay: Delay = Field("occurred_to_reported", description="from what to what")
    by: str = BY
    period: Period = Field("none", description="of the calendar, in UTC")

    @property
    def question(self) -> DelaysQuestion:
        """The parameters as the query layer takes them."""
        grouping = Grouping(read_dimensions(self.by), self.period, self.clock)
        return DelaysQuestion(self.delay, grouping, self.filter, self.changed_since_ms)


class BurstsQuery(RecordQuery, ChangeQuery):
    """The parameters of the bursts: `since` and `until` say which weeks, not which past."""

    grade: Literal["", "certain", "possible"] = ""

    @property
    def question(self) -> BurstsQuestion:
        """The parameters as the query layer takes them."""
        return BurstsQuestion(self.filter, self.grade, self.changed_since_ms)


class MoneyFlowsQuery(FactQuery):
    """The parameters of the flows of money."""

    @property
    def question(self) -> MoneyFlowsQuestion:
        """The parameters as the query layer takes them."""
        return MoneyFlowsQuestion(self.filter, self.clock, self.changed_since_ms)


def router(pool: QueryPool) -> APIRouter:
    """Return the routes of `/v1/figures`."""
    routes = APIRouter(prefix="/v1/figures", tags=["figures"])
    picture.add_routes(routes, pool)

    @routes.get("/totals", response_model=Totals, responses=FILE_RESPONSES)
    def totals(reader: RequestReader, query: Annotated[TotalsQuery, Query()]) -> Totals | Response:
        """Amounts, or how many records, by what, where and when; only what this reader may see.

        A record with several values of a name counts with each of them.
        """
        with pool.queries() as queries:
            answer = queries.figures.totals(reader, query.question, query.as_of_ms, query.use)
        return query.formatted(answer, totals_table)

    @routes.get("/trends", response_model=Trends, responses=FILE_RESPONSES)
    def trends(reader: RequestReader, query: Annotated[TrendsQuery, Query()]) -> Trends | Response:
        """Figures by period, with those of a year before and the range that the past suggests."""
        with pool.queries() as queries:
            answer = queries.figures.trends(reader, query.question, query.as_of_ms, query.use)
        return query.formatted(answer, trends_table)

    @routes.get("/ranking", response_model=Ranking, responses=FILE_RESPONSES)
    def ranking(
        reader: RequestReader, query: Annotated[RankingQuery, Query()]
    ) -> Ranking | Response:
        """What there was most of; with `since` and `until`, how each place changed."""
        with pool.queries() as queries:
            answer = queries.figures.ranking(reader, query.question, query.as_of_ms, query.use)
        return query.formatted(answer, ranking_table)

    @routes.get("/delays", response_model=Delays, responses=FILE_RESPONSES)
    def delays(reader: RequestReader, query: Annotated[DelaysQuery, Query()]) -> Delays | Response:
        """How long it takes until something is reported, or recorded here, in days."""
        with pool.queries() as queries:
            answer = queries.figures.delays(reader, query.question, query.as_of_ms, query.use)
        return query.formatted(answer, delays_table)

    @routes.get("/quality", response_model=Quality, responses=FILE_RESPONSES)
    def quality(reader: RequestReader, query: Annotated[FactQuery, Query()]) -> Quality | Response:
        """How late and how complete the records of each authority are, and how many refused."""
        with pool.queries() as queries:
            answer = queries.figures.quality(
                reader,
                query.filter,
                query.as_of_ms,
                query.use,
                query.changed_since_ms,
                query.clock,
            )
        return query.formatted(answer, quality_table)

    @routes.get("/bursts", response_model=Bursts, responses=FILE_RESPONSES)
    def bursts(reader: RequestReader, query: Annotated[BurstsQuery, Query()]) -> Bursts | Response:
        """More records of a type at a place than its own past and calendar explain, with evidence.

        Only records that this reader may see are counted, in the past too.
        """
        with pool.queries() as queries:
            answer = queries.bursts.bursts(reader, query.question, query.as_of_ms, query.use)
        return query.formatted(answer, bursts_table)

    @routes.get("/bursts/{id}", responses=NOT_FOUND_RESPONSE)
    def burst(id: UUID, reader: RequestReader, as_of: AsOf) -> Burst:
        """One burst with its evidence."""
        with pool.queries() as queries:
            answer = queries.bursts.burst(str(id), reader, as_of)
        if answer is None:
            raise http_not_found("burst")
        return answer

    @routes.get("/money-flows", response_model=MoneyFlows, responses=FILE_RESPONSES)
    def money_flows(
        reader: RequestReader, query: Annotated[MoneyFlowsQuery, Query()]
    ) -> MoneyFlows | Response:
        """Which money went from country to country, in dollars at the day's rate."""
        with pool.queries() as queries:
            answer = queries.figures.money_flows(reader, query.question, query.as_of_ms, query.use)
        return query.formatted(answer, money_flows_table)

    return routes
