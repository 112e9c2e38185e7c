"""Answer with the risk picture over HTTP: as JSON, as a file of its cells, and as a PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import Field

from consumers.api.figure_request import ChangeQuery
from consumers.api.file_request import FILE_RESPONSES
from consumers.api.request_reader import AsOfQuery, RequestReader, optional_epoch_ms
from consumers.presentation.figure_tables import LEFT_OUT, LEFT_OUT_FOR_COURT, dated
from consumers.presentation.picture_pdf import picture_pdf
from consumers.presentation.picture_tables import cells_table
from consumers.query.figures.marking import file_for_court, file_for_others
from consumers.query.picture.picture import Picture, PictureQuestion
from consumers.serving.query_pool import QueryPool

LONGEST_CODE = 40
PDF = "application/pdf"


class PictureCells(AsOfQuery):
    """Which cells of the picture: the parameters of its JSON, its files and its PDF."""

    theme: str = Field("", description="of the plan: arms, drugs, laundering …")
    country: str = Field("", description="of the places: BO, CO, EC or PE")
    place: str = Field(
        "", max_length=LONGEST_CODE, description="a subdivision (CO-NAR) or crossing (rumichaca)"
    )

    until: datetime | None = Field(
        None, description="end of the twelve months, exclusive; without it the day of the moment"
    )

    @property
    def question(self) -> PictureQuestion:
        """The parameters as the query layer takes them."""
        until = optional_epoch_ms(self.until)
        return PictureQuestion(self.theme, self.country, self.place, until)


class PictureQuery(PictureCells, ChangeQuery):
    """The parameters of the picture."""

    @property
    def question(self) -> PictureQuestion:
        """The parameters as the query layer takes them."""
        return replace(super().question, changed_since=self.changed_since_ms)


class PrintQuery(PictureCells):
    """The parameters of the picture on paper."""

    lang: Literal["es", "en"] = Field("es", description="of the document")
    for_court: bool = Field(False, description="count no record marked H1 either")


def add_routes(routes: APIRouter, pool: QueryPool) -> None:
    """Add the routes of the picture."""

    @routes.get("/picture", response_model=Picture, responses=FILE_RESPONSES)
    def picture(
        reader: RequestReader, query: Annotated[PictureQuery, Query()]
    ) -> Picture | Response:
        """The level of risk of each theme of the plan at each place; docs/picture.md has how.

        A place without records is not left out: it has no level.
        """
        with pool.queries() as queries:
            answer = queries.picture.picture(reader, query.question, query.as_of_ms, query.use)
        return query.formatted(answer, cells_table)

    @routes.get("/picture.pdf", responses={200: {"content": {PDF: {}}}}, response_class=Response)
    def pdf(reader: RequestReader, query: Annotated[PrintQuery, Query()]) -> Response:
        """The same on two pages A4. It counts no record that may not be passed on (H2)."""
        use = file_for_court if query.for_court else file_for_others
        with pool.queries() as queries:
            answer = queries.picture.picture(reader, query.question, query.as_of_ms, use)
        notes = [LEFT_OUT, *([LEFT_OUT_FOR_COURT] if query.for_court else [])]
        content = picture_pdf(dated(answer, datetime.now(UTC)), query.lang, notes)
        headers = {"Content-Disposition": 'attachment; filename="picture.pdf"'}
        return Response(content, media_type=PDF, headers=headers)
