"""Serve the page of the high-level group at `/goals`, and its report to print."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response

from consumers.console.file_answers import FILE_FIELDS
from consumers.console.forms import EVERY_PAGE
from consumers.console.item_files import PRINTED
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.console.parameters import FieldReader
from consumers.console.rendering import HEADERS, PageContext
from consumers.identity.narrowing import enter_exercise
from consumers.presentation import course_words, group_words
from consumers.presentation.figure_words import marking_lines
from consumers.presentation.group_report_pdf import group_report_pdf
from consumers.query.high_level_group.group_queries import GroupQuestion
from consumers.query.known_names import UnknownNameError
from consumers.serving.query_pool import QueryPool
from infra.request_parameters import taking
from schemas.model import Reader

FIELDS = ("since", "until", "drill")


def router(pool: QueryPool, lang: str) -> APIRouter:
    """Return the route of the page. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    requests = PageRequests(pool.settings, lang)
    form_fields = (*FIELDS, *(name for name in FILE_FIELDS if name == "format"))

    @routes.get("/goals", openapi_extra=taking(*EVERY_PAGE, *form_fields))
    def goals(request: Request) -> Response:
        page = requests.page(request)
        form = FieldReader(page.query)
        question = GroupQuestion(*form.span("since", "until"))
        if form.choice("format", PRINTED):
            return _printed(pool, page, form, question)
        plan = None
        with form.refusals(), pool.queries(CHANNEL) as queries:
            if not form.errors:
                plan = queries.group.plan(page.visitor.reader, question, page.as_of)
        return page.render(
            "goals.html",
            422 if form.errors else 200,
            plan=plan,
            errors=form.errors,
            exercises=_exercises(page),
            course_words=course_words,
            group_words=group_words,
            marking=marking_lines(plan.marking, page.lang) if plan else [],
            command_line=page.command("goals list", _options(page)),
        )

    return routes


def _printed(
    pool: QueryPool, page: PageContext, form: FieldReader, question: GroupQuestion
) -> Response:
    """Return the report; it is in the ledger before it is written. Raises UnknownNameError."""
    for error in form.errors.values():
        raise UnknownNameError(*error)
    reader = page.visitor.reader
    drill = form.text("drill")
    if drill:
        question = replace(question, drills=_drills(page, reader, drill))
    with pool.queries(CHANNEL) as queries:
        report = queries.group.report(reader, question, page.as_of)
    disposition = {"Content-Disposition": 'attachment; filename="goals-report.pdf"'}
    content = group_report_pdf(report, reader, datetime.now(UTC), page.lang)
    return Response(content, 200, {**HEADERS, **disposition}, "application/pdf")


def _drills(page: PageContext, reader: Reader, name: str) -> tuple[Reader, ...]:
    caller = page.visitor.caller
    return (enter_exercise(caller.account, reader, name),) if caller else ()


def _exercises(page: PageContext) -> list[str]:
    caller = page.visitor.caller
    return sorted(caller.account.exercises) if caller else []


def _options(page: PageContext) -> list[tuple[str, str]]:
    return [(f"--{name}", page.query[name]) for name in ("since", "until") if page.query.get(name)]
