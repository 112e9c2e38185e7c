"""Answer a page of one finding, thing or person with its file, where the address asks for one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from fastapi import Response

from consumers.console.page_route import CHANNEL
from consumers.console.parameters import FieldReader
from consumers.console.rendering import HEADERS, PageContext
from consumers.exports.formats import ExportFile
from consumers.presentation.finding_files import (
    FINDING_FORMATS,
    FindingFormat,
    finding_file,
    person_file,
    request_file,
    thing_file,
)
from consumers.query.finding_report import (
    Report,
    Subject,
    finding_report,
    person_report,
    request_report,
    thing_report,
)
from consumers.query.known_names import UnknownNameError
from consumers.query.query_layer import QueryLayer
from consumers.serving.query_pool import QueryPool
from schemas.model import Reader, Use

NETWORK: Sequence[FindingFormat] = ("graphml",)
PRINTED: Sequence[FindingFormat] = ("pdf",)
AskReport = Callable[[QueryLayer, str, Reader, int | None, Use], Report[Subject] | None]


def is_id(text: str) -> bool:
    """Say whether a text is an id of a finding, a thing or an event."""
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def finding_answer(pool: QueryPool, page: PageContext, id_: str) -> Response | None:
    """Return the file of a finding; None where the address asks for the page."""
    format_ = _format_of(page, FINDING_FORMATS)
    if not format_ or not is_id(id_):
        return None
    return _file_of(
        pool, page, id_, finding_report, lambda report: finding_file(report, format_, page.lang)
    )


def thing_answer(pool: QueryPool, page: PageContext, id_: str) -> Response | None:
    """Return the network of a thing as a file; None where the address asks for the page."""
    if not _format_of(page, NETWORK) or not is_id(id_):
        return None
    return _file_of(pool, page, id_, thing_report, lambda report: thing_file(report, page.lang))


def person_answer(pool: QueryPool, page: PageContext, id_: str) -> Response | None:
    """Return the network of a person as a file; None where the address asks for the page."""
    if not _format_of(page, NETWORK):
        return None
    return _file_of(pool, page, id_, person_report, lambda report: person_file(report, page.lang))


def request_answer(pool: QueryPool, page: PageContext, id_: str) -> Response | None:
    """Return the form of a request to print; None where the address asks for the page."""
    if not _format_of(page, PRINTED) or not is_id(id_):
        return None
    return _file_of(pool, page, id_, request_report, lambda report: request_file(report, page.lang))


def _format_of(page: PageContext, formats: Sequence[FindingFormat]) -> FindingFormat | None:
    """Return which file is wanted; None for the page itself. Raises UnknownNameError."""
    form = FieldReader(page.query)
    chosen = form.choice("format", formats)
    form.choice("for_court", ("1",))
    for error in form.errors.values():
        raise UnknownNameError(*error)
    return next((format_ for format_ in formats if format_ == chosen), None)


def _file_of(
    pool: QueryPool,
    page: PageContext,
    id_: str,
    ask: AskReport[Subject],
    write: Callable[[Report[Subject]], ExportFile],
) -> Response:
    """Return the file; it is in the ledger before it is written. Raises NotPassedOnError."""
    use: Use = "court" if page.query.get("for_court") else "file"
    with pool.queries(CHANNEL) as queries:
        report = ask(queries, id_, page.visitor.reader, page.as_of, use)
    if report is None:
        return page.absent(id_)
    file = write(report)
    disposition = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(b"".join(file.parts), 200, {**HEADERS, **disposition}, file.media_type)
