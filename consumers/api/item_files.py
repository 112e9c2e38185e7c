"""Read in which form one finding, thing or person is wanted, and answer with its file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from fastapi import Response
from pydantic import Field

from consumers.api.request_reader import NOT_FOUND_RESPONSE, AsOfQuery, http_not_found
from consumers.exports.formats import ExportFile
from consumers.presentation.finding_files import REPORT_MEDIA_TYPES, FindingFormat
from consumers.query.finding_report import Report, Subject
from consumers.query.query_layer import QueryLayer
from consumers.serving.query_pool import QueryPool
from schemas.model import Use


class ItemFileQuery(AsOfQuery):
    """The parameters of an answer about one item that may be a file."""

    lang: Literal["es", "en"] = Field("es", description="of a file")
    for_court: bool = Field(False, description="a file has nothing marked H1 either")

    @property
    def use(self) -> Use:
        """What becomes of a file."""
        return "court" if self.for_court else "file"


class FindingFileQuery(ItemFileQuery):
    """The parameters of a finding."""

    format: Literal["json", "pdf", "stix", "graphml"] = Field(
        "json", description="a file has nothing that may not be passed on (H2)"
    )


class NetworkFileQuery(ItemFileQuery):
    """The parameters of a thing or a person."""

    format: Literal["json", "graphml"] = Field(
        "json", description="a file has nothing that may not be passed on (H2)"
    )


class RequestFileQuery(ItemFileQuery):
    """The parameters of a request."""

    format: Literal["json", "pdf"] = Field(
        "json", description="pdf: of a request for assistance, unless it may not be passed on (H2)"
    )


def one_responses(*formats: FindingFormat) -> dict[int | str, dict[str, Any]]:
    """Return the answers of a route about one item, which may be files."""
    content: dict[str, Any] = {REPORT_MEDIA_TYPES[format_]: {} for format_ in formats}
    return {200: {"content": content}, **NOT_FOUND_RESPONSE}


def file_of_one(
    pool: QueryPool,
    ask: Callable[[QueryLayer], Report[Subject] | None],
    write: Callable[[Report[Subject]], ExportFile],
    kind: str,
) -> Response:
    """Return the file of one item. It is in the ledger before it is written.

    Raises HTTPException 404, NotPassedOnError, and what the query layer raises.
    """
    with pool.queries() as queries:
        report = ask(queries)
    if report is None:
        raise http_not_found(kind)
    file = write(report)
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(b"".join(file.parts), media_type=file.media_type, headers=headers)
