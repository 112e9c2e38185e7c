"""Serve the risk picture at `/picture`: a map, a table under it, and both as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from fastapi import APIRouter, Request, Response

from consumers.console.file_answers import file_answer
from consumers.console.forms import EVERY_PAGE
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.console.parameters import FieldReader
from consumers.console.picture_model import picture_values
from consumers.console.rendering import HEADERS
from consumers.exports.formats import FORMATS, FileFormat
from consumers.presentation.figure_tables import LEFT_OUT, LEFT_OUT_FOR_COURT, dated
from consumers.presentation.picture_pdf import picture_pdf
from consumers.presentation.picture_tables import cells_table
from consumers.query.figures.marking import file_for_court, file_for_others, reading
from consumers.query.known_names import LONGEST_SHOWN, UnknownNameError
from consumers.query.picture.picture import PictureQuestion
from consumers.serving.query_pool import QueryPool
from infra.request_parameters import taking
from schemas.i18n import UserMessage, _
from schemas.release.rules import sees_content

NAMES = ("theme", "country", "place")
FIELDS = (*NAMES, "until", "changed_since", "format", "for_court")
PDF = "pdf"


def router(pool: QueryPool, lang: str) -> APIRouter:
    """Return the route of the picture. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    requests = PageRequests(pool.settings, lang)

    @routes.get("/picture", openapi_extra=taking(*EVERY_PAGE, *FIELDS))
    def picture(request: Request) -> Response:
        page = requests.page(request)
        question = _question(page.query)
        format_ = page.query.get("format", "")
        _check_format(format_)
        for_court = page.query.get("for_court") == "1"
        is_file = format_ in (*FORMATS, PDF)
        use = (file_for_court if for_court else file_for_others) if is_file else reading
        with pool.queries(CHANNEL) as queries:
            answer = queries.picture.picture(page.visitor.reader, question, page.as_of, use)
        if is_file:
            notes = [LEFT_OUT, *([LEFT_OUT_FOR_COURT] if for_court else [])]
            return _file(dated(answer, datetime.now(UTC)), format_, page.lang, notes)
        return page.render(
            "picture.html",
            **picture_values(answer, question, page),
            formats=[*FORMATS, PDF],
            sees_content=sees_content(page.visitor.reader),
        )

    return routes


def _question(query: Mapping[str, str]) -> PictureQuestion:
    """Read what is asked; `until` is the last day. Raises UnknownNameError for what is no day."""
    form = FieldReader(query)
    until = form.day("until", end=True)
    changed_since = form.moment("changed_since")
    for error in form.errors.values():
        raise UnknownNameError(*error)
    theme, country, place = (query.get(name, "") for name in NAMES)
    return PictureQuestion(theme, country, place, until, changed_since)


def _check_format(name: str) -> None:
    """Accept a format of files; empty is the page. Raises UnknownNameError."""
    if name and name not in (*FORMATS, PDF):
        raise UnknownNameError(
            _("There is no format `{name}`.", name=name[:LONGEST_SHOWN]),
            _("The formats are: {names}.", names=", ".join((*FORMATS, PDF))),
        )


def _file(answer: Any, format_: str, lang: str, notes: Sequence[UserMessage]) -> Response:
    if format_ == PDF:
        content = picture_pdf(answer, lang, notes)
        disposition = {"Content-Disposition": 'attachment; filename="picture.pdf"'}
        return Response(content, 200, {**HEADERS, **disposition}, "application/pdf")
    return file_answer(cells_table(answer, lang, notes), cast("FileFormat", format_))
