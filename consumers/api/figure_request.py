"""Read the parameters that the questions with figures share, and answer with a table or a file."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import Response
from pydantic import Field

from consumers.api.file_request import FormQuery, file_response
from consumers.api.request_reader import AsOfQuery, optional_epoch_ms
from consumers.presentation.figure_tables import (
    LEFT_OUT,
    LEFT_OUT_FOR_COURT,
    Answer,
    LayOut,
    dated,
)
from consumers.query.figures.question import Clock, FactFilter
from consumers.query.figures.reading import read_where
from schemas.i18n import UserMessage

LONGEST_LIST = 400


class FileQuery(FormQuery, AsOfQuery):
    """The parameters of every answer with figures: in which form, as of when."""

    @property
    def notes(self) -> list[UserMessage]:
        """What a file must say of the records that it does not count."""
        return [LEFT_OUT, *([LEFT_OUT_FOR_COURT] if self.for_court else [])]

    def formatted(self, answer: Answer, lay_out: LayOut[Answer]) -> Answer | Response:
        """Give an answer as JSON, or its table as a file: as the request names it."""
        if self.format == "json":
            return answer
        table = lay_out(dated(answer, datetime.now(UTC)), self.lang, self.notes)
        return file_response(table, self.format)


class ChangeQuery(FileQuery):
    """The parameters of a question that can be compared with a former moment."""

    changed_since: datetime | None = Field(None, description="compare with what was known then")

    @property
    def changed_since_ms(self) -> int | None:
        """The former moment in ms since 1970 UTC; None without a comparison."""
        return optional_epoch_ms(self.changed_since)


class RecordQuery(FileQuery):
    """The parameters of every question about records: which ones."""

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


class FactQuery(RecordQuery, ChangeQuery):
    """The parameters of questions with figures: also which date counts, in `since` and `until`."""

    clock: Clock = Field("occurred", description="which date counts")
