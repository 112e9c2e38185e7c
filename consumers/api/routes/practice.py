"""Answer over HTTP with the practice library: guides, and the forms of their reports."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from consumers.api.request_reader import NOT_FOUND_RESPONSE, http_not_found
from consumers.presentation.practice_words import blank_report
from consumers.serving.query_pool import QueryPool
from schemas.practice import PracticeGuide, guides

MOST_RECIPIENTS, LONGEST_NAME = 20, 100


class ReportFormQuery(BaseModel):
    """Whom the report addresses, and whether it is of an exercise."""

    model_config = ConfigDict(extra="forbid")

    to: list[Annotated[str, Field(max_length=LONGEST_NAME)]] = Field(
        ["ALL"], max_length=MOST_RECIPIENTS, description="countries, country/authority, @group, ALL"
    )
    exercise: str = Field("", max_length=LONGEST_NAME, description="its name; empty: it is real")


def router(_pool: QueryPool) -> APIRouter:
    """Return the routes below `/v1/practice`. They say nothing of any record."""
    routes = APIRouter(prefix="/v1/practice", tags=["work"])

    @routes.get("")
    def practice() -> list[PracticeGuide]:
        """Every guide of the practice library in both languages, each with its report form."""
        return list(guides().values())

    @routes.get("/{name}", responses=NOT_FOUND_RESPONSE)
    def one_guide(name: str) -> PracticeGuide:
        """One guide of the practice library by its name, with the questions of its form."""
        return _guide(name)

    @routes.get("/{name}/form", responses=NOT_FOUND_RESPONSE)
    def form(name: str, query: Annotated[ReportFormQuery, Query()]) -> dict[str, object]:
        """The report form of a guide, as a node takes it once it is filled in."""
        return blank_report(_guide(name), query.to, query.exercise or None)

    return routes


def _guide(name: str) -> PracticeGuide:
    guide = guides().get(name)
    if guide is None:
        raise http_not_found("guide")
    return guide
