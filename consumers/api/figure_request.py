"""Read the parameters that the questions with figures share, and answer with a table or a file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

from fastapi import Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from consumers.api.request_reader import AsOfQuery, optional_epoch_ms
from consumers.exports.formats import FORMATS, MEDIA_TYPES, export_file
from consumers.presentation.figure_tables import (
    LEFT_OUT,
    LEFT_OUT_FOR_COURT,
    Answer,
    LayOut,
    dated,
)
from consumers.query.figures.marking import Use, file_for_court, file_for_others, reading
from consumers.query.figures.question import Clock, FactFilter
from consumers.query.figures.reading import read_where
from schemas.i18n import UserMessage

LONGEST_LIST = 400
FILE_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"content": {MEDIA_TYPES[format_].partition(";")[0]: {} for format_ in FORMATS}}
}
"""An answer as a file, where `format` asks for one."""


class FileQuery(AsOfQuery):
    """The parameters of the form of an answer: JSON, or a file."""

    format: Literal["json", "csv", "xlsx", "parquet"] = Field(
        "json", description="a file counts no record that may not be passed on (H2)"
    )
    lang: Literal["es", "en"] = Field("es", description="of the headings of a file")
    for_court: bool = Field(False, description="a file counts no record marked H1 either")

    @property
    def use(self) -> Use:
        """Which records may be counted for the form of the answer."""
        if self.format == "json":
            return reading
        return file_for_court if self.for_court else file_for_others

    @property
    def notes(self) -> list[UserMessage]:
        """What a file must say of the records that it does not count."""
        return [LEFT_OUT, *([LEFT_OUT_FOR_COURT] if self.for_court else [])]

    def formatted(self, answer: Answer, lay_out: LayOut[Answer]) -> Answer | Response:
        """Give an answer as JSON, or its table as a file: as the request names it."""
        if self.format == "json":
            return answer
        table = lay_out(dated(answer, datetime.now(UTC)), self.lang, self.notes)
        file = export_file(table, self.format)
        headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
        return StreamingResponse(file.parts, media_type=file.media_type, headers=headers)


class RecordQuery(FileQuery):
    """The parameters of every question about records: which ones, and in which form."""

    type: str = Field("", description="type of event")
    country: str = Field("", description="of the owner")
    authority: str = Field("", description="of the owner")
    crime: str = Field("", description="first digits of the ICCS code")
    theme: str = Field("", description="of the plan: arms, drugs, laundering …")
    place: str = Field("", description="country or ISO 3166-2 subdivision where it happened")
    where: str = Field(
        "", max_length=LONGEST_LIST, description="values of marks: drug=cannabis, with commas"
    )
    since: datetime | None = Field(None, description="then or later")
    until: datetime | None = Field(None, description="before")

    @property
    def filter(self) -> FactFilter:
        """Which records. Raises QuipuError WHERE."""
        return FactFilter(
            type=self.type,
            country=self.country.upper(),
            authority=self.authority,
            crime=self.crime,
            theme=self.theme,
            place=self.place.upper(),
            where=read_where(self.where),
            since=optional_epoch_ms(self.since),
            until=optional_epoch_ms(self.until),
        )


class FactQuery(RecordQuery):
    """The parameters of questions with figures: also which date counts, in `since` and `until`."""

    clock: Clock = Field("occurred", description="which date counts")
