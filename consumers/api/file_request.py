"""Read in which form an answer is wanted, and give it as a file that comes part by part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from typing import Any, Literal, TypeVar

from fastapi import Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from consumers.api.request_reader import MAX_PAGE, PAGE_RESPONSE, AsOfQuery
from consumers.exports.formats import MEDIA_TYPES, FileFormat, export_file
from consumers.exports.table import WritableTable
from consumers.presentation.list_tables import (
    LEFT_OUT_OF_LIST,
    LEFT_OUT_OF_LIST_FOR_COURT,
    LayOutList,
)
from consumers.query.cursors import MAX_CURSOR, read_cursor
from consumers.query.paging import DEFAULT_LIMIT, MAX_OFFSET, PageRange
from consumers.query.views import to_datetime
from consumers.serving.query_pool import QueryPool
from consumers.serving.whole_list import AskPage, read_whole_list
from schemas.i18n import UserMessage
from schemas.model import Reader, Use

CHANNEL = "api"
MOST_ITEMS = 10_000_000
AnswerFormat = Literal["json", "csv", "xlsx", "parquet"]
FILE_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            MEDIA_TYPES[format_].partition(";")[0]: {} for format_ in ("csv", "xlsx", "parquet")
        }
    }
}
"""An answer as a file, where `format` asks for one."""
LIST_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {**FILE_RESPONSES[200], **PAGE_RESPONSE[200]}
}
"""A list, or a file of it."""
Item = TypeVar("Item")


class FormQuery(BaseModel):
    """The parameters of every answer that may be a file."""

    format: AnswerFormat = Field(
        "json", description="a file has nothing that may not be passed on (H2)"
    )
    lang: Literal["es", "en"] = Field("es", description="of the headings of a file")
    for_court: bool = Field(False, description="a file has nothing marked H1 either")

    @property
    def use(self) -> Use:
        """What becomes of the answer."""
        if self.format == "json":
            return "reading"
        return "court" if self.for_court else "file"

    @property
    def notes(self) -> list[UserMessage]:
        """What a file must say of the records that it leaves out."""
        return [LEFT_OUT_OF_LIST, *([LEFT_OUT_OF_LIST_FOR_COURT] if self.for_court else [])]


class WholeQuery(FormQuery, AsOfQuery):
    """The parameters of a list that comes as a whole."""

    @property
    def moment(self) -> datetime:
        """The moment of a file: the one of the question, or now. Raises DatesRefusedError."""
        moment = self.as_of_ms
        return datetime.now(UTC) if moment is None else to_datetime(moment)

    def asker(self, reader: Reader) -> Reader:
        """Return who asks, for what becomes of the answer."""
        return replace(reader, use=self.use)

    def file(self, lay_out: LayOutList[Item], items: Iterable[Item]) -> Response:
        """Return a list that was read already as a file."""
        return file_response(lay_out(items, self.moment, self.lang, self.notes), self.format)


class PageQuery(FormQuery):
    """The parameters of every list. A file has all of it, unless `limit` says how many."""

    limit: int | None = Field(
        None,
        ge=1,
        le=MOST_ITEMS,
        description=f"how many at most: of JSON no more than {MAX_PAGE}, and {DEFAULT_LIMIT} where "
        "it is left out; of a file all where it is left out",
    )
    offset: int = Field(0, ge=0, le=MAX_OFFSET, description="how many to leave out")
    after: str = Field(
        "",
        max_length=MAX_CURSOR,
        description="where the list begins: as in the `Link` of the part before",
    )

    @property
    def page(self) -> PageRange:
        """The part of the list as JSON. Raises CursorRefusedError, RequestValidationError."""
        if self.limit is not None and self.limit > MAX_PAGE:
            message = f"JSON has {MAX_PAGE} at most; a file, or the next page, has more"
            fault = {"type": "limit", "loc": ("query", "limit"), "msg": message}
            raise RequestValidationError([fault])
        return PageRange(self.limit or DEFAULT_LIMIT, self.offset, read_cursor(self.after))

    def file_of(
        self, pool: QueryPool, ask: AskPage[Item], lay_out: LayOutList[Item], at: datetime
    ) -> Response:
        """Return the list as a file. `at`: the moment of the question."""
        begin = PageRange(1, self.offset, read_cursor(self.after))
        items = read_whole_list(pool, CHANNEL, ask, begin, self.limit)
        return file_response(lay_out(items, at, self.lang, self.notes), self.format)


class ListQuery(PageQuery, AsOfQuery):
    """The parameters of every list as of a moment."""

    @property
    def moment(self) -> datetime:
        """The moment of a file: the one of the question, or now. Raises DatesRefusedError."""
        moment = self.as_of_ms
        return datetime.now(UTC) if moment is None else to_datetime(moment)


def file_response(table: WritableTable, format_: AnswerFormat) -> Response:
    """Return a table as a file. What keeps it from beginning is raised before anything is sent."""
    if format_ == "json":
        raise ValueError("JSON is no file here")
    file_format: FileFormat = format_
    file = export_file(table, file_format)
    parts: Iterator[bytes] = iter(file.parts)
    begun = chain([next(parts, b"")], parts)
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return StreamingResponse(begun, media_type=file.media_type, headers=headers)
