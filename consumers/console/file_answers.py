"""Answer a page's list as a file: whole, for the reader whom the page shows, as of its moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from typing import TypeVar, cast

from fastapi.responses import StreamingResponse

from consumers.console.page_route import CHANNEL
from consumers.console.parameters import FieldReader
from consumers.console.rendering import HEADERS, PageContext
from consumers.exports.formats import FORMATS, FileFormat, export_file
from consumers.exports.table import WritableTable
from consumers.presentation.list_tables import (
    LEFT_OUT_OF_LIST,
    LEFT_OUT_OF_LIST_FOR_COURT,
    LayOutList,
)
from consumers.query.figures.marking import file_for_court, file_for_others
from consumers.query.known_names import UnknownNameError
from consumers.query.paging import Page, PageRange
from consumers.query.query_layer import QueryLayer
from consumers.query.views import to_datetime, to_epoch_ms
from consumers.serving.query_pool import QueryPool
from consumers.serving.whole_list import read_whole_list
from schemas.i18n import UserMessage
from schemas.model import Reader

FILE_FIELDS = ("format", "for_court")
Item = TypeVar("Item")
AskList = Callable[[QueryLayer, Reader, int, PageRange], Page[Item]]
"""(queries, who asks, the moment in ms since 1970 UTC, which part) → that part of the list."""


@dataclass(frozen=True, slots=True)
class FileRequest:
    """A file that somebody wants of a page. `at`: the moment of the question, or now."""

    page: PageContext
    format: FileFormat
    for_court: bool
    at: datetime

    @property
    def asker(self) -> Reader:
        """Who asks, for what becomes of the answer."""
        use = file_for_court if self.for_court else file_for_others
        return replace(self.page.visitor.reader, use=use)

    @property
    def moment(self) -> int:
        """The moment of the question in ms since 1970 UTC."""
        return to_epoch_ms(self.at)

    def of_items(self, items: Iterable[Item], lay_out: LayOutList[Item]) -> StreamingResponse:
        """Return a list that was read already."""
        return file_answer(lay_out(items, self.at, self.page.lang, self._notes), self.format)

    @property
    def _notes(self) -> list[UserMessage]:
        return [LEFT_OUT_OF_LIST, *([LEFT_OUT_OF_LIST_FOR_COURT] if self.for_court else [])]

    def of_list(
        self, pool: QueryPool, ask: AskList[Item], lay_out: LayOutList[Item]
    ) -> StreamingResponse:
        """Return the whole list, which comes page by page; each page is in the ledger before.

        Raises what the query layer raises, before anything is sent.
        """
        asker, moment = self.asker, self.moment
        items = read_whole_list(
            pool,
            CHANNEL,
            lambda queries, place: ask(queries, asker, moment, place),
            PageRange(1),
        )
        return self.of_items(items, lay_out)


def read_file_request(page: PageContext) -> FileRequest | None:
    """Return which file is wanted; None for the page itself. Raises UnknownNameError."""
    form = FieldReader(page.query)
    format_ = form.choice("format", FORMATS)
    for_court = bool(form.choice("for_court", ("1",)))
    for error in form.errors.values():
        raise UnknownNameError(*error)
    if not format_:
        return None
    at = datetime.now(UTC) if page.as_of is None else to_datetime(page.as_of)
    return FileRequest(page, cast("FileFormat", format_), for_court, at)


def file_addresses(page: PageContext) -> list[tuple[str, str]]:
    """Return the files of a page: the name of each format, and its address."""
    return [(format_.upper(), page.here(format=format_, after="")) for format_ in FORMATS]


def file_answer(table: WritableTable, format_: FileFormat) -> StreamingResponse:
    """Return a table as a file. What keeps it from beginning is raised before anything is sent."""
    file = export_file(table, format_)
    parts = iter(file.parts)
    begun = chain([next(parts, b"")], parts)
    disposition = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return StreamingResponse(begun, media_type=file.media_type, headers={**HEADERS, **disposition})
