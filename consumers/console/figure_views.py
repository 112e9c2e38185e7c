"""Serve the pages with figures at `/figures`, and their tables as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from fastapi import APIRouter, Request, Response

from consumers.console.figure_forms import FIELDS, FIGURES, FigureName, with_defaults
from consumers.console.figure_model import FigureModel, FigureRequest, rule_titles
from consumers.console.figure_models import MODELS, command_options
from consumers.console.figure_pages import to_page_table
from consumers.console.file_answers import FILE_FIELDS, file_answer
from consumers.console.form_fields import FormWords, known_places
from consumers.console.forms import EVERY_PAGE
from consumers.console.page_request import PageRequests
from consumers.console.page_route import CHANNEL, PageRoute
from consumers.console.parameters import MORE_NAMES, FieldReader
from consumers.console.presets import presets
from consumers.console.rendering import PageContext
from consumers.exports.formats import FORMATS, FileFormat
from consumers.presentation.figure_words import DELAYS, FINDING_DELAYS
from consumers.serving.query_pool import QueryPool
from infra.request_parameters import taking
from schemas.i18n import UserMessage, _
from schemas.release.rules import sees_content

LEADS: Mapping[FigureName, UserMessage] = {
    "totals": _("How much was recorded: of what, where and when."),
    "trends": _("How figures change, next to last year and to what the past leads to expect."),
    "ranking": _("What there was most of. With dates, each place shows how it changed."),
    "bursts": _("Where more is recorded than the past of the place and the calendar explain."),
    "flows": _("From where to where findings lead: stolen in one place, found in another."),
    "money-flows": _("Which money went from country to country, in dollars at the day's rate."),
    "finding-counts": _("How many findings each rule has: open, certain, possible."),
    "finding-delays": _("How long it takes until the records of a finding meet."),
    "delays": _("How long it takes until something is reported, and recorded here."),
    "quality": _("How late and how complete the records of each authority are."),
    "shares": _("Which part of each authority's records takes part in a finding."),
}
NOTES: Mapping[FigureName, UserMessage] = {
    "totals": _("A record with several values of a name counts with each of them."),
    "trends": _(
        "Expected is what the same period of former years (Stroup 1989), or the seven periods "
        "before (EARS C1), lead to expect."
    ),
    "bursts": _(
        "Improved Farrington algorithm (Noufaily 2013), by weeks from Monday. A page of the last "
        "26 weeks where you choose no dates."
    ),
    "money-flows": _("Money in a currency without a rate for its day keeps that currency."),
    "finding-counts": _("Hubs are values that very many records share; they link nobody."),
    "finding-delays": _("A finding counts once, with its closest two records."),
    "delays": _("Records count whose dates say the day. The middle one is half of them."),
    "quality": _("Amounts are counted one by one: a record may have several."),
}


WITH_SPANS = frozenset(name for name in FIGURES if "since" in FIELDS[name]) - {"bursts"}
"""Pages that offer spans of days; bursts without dates are those of the last weeks."""
TO_RECORDS = _("Each figure leads to the records that it counts.")
LEADS_TO: Mapping[FigureName, UserMessage] = {
    "ranking": _("Each figure leads to its records, and each name to its trend."),
    "flows": _("Each figure leads to the findings that it counts."),
    "finding-counts": _("Each figure leads to the findings that it counts."),
    "finding-delays": _("The numbers of each rule's findings are in the findings by rule."),
}
NO_RECORD = _("No record that you may see. Remove a filter, or choose other dates.")
NO_FINDING = _("No finding that you may see. Remove a filter, or choose another date.")
NOTHING: Mapping[FigureName, UserMessage] = {
    "bursts": _("No burst in these weeks, among the records that you may see."),
    "flows": NO_FINDING,
    "finding-counts": NO_FINDING,
    "finding-delays": NO_FINDING,
}


def router(pool: QueryPool, lang: str) -> APIRouter:
    """Return the routes of the pages with figures. `lang`: where the visitor has not chosen."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    requests = PageRequests(pool.settings, lang)
    for name in FIGURES:
        fields = (*FIELDS[name], *(MORE_NAMES if "by" in FIELDS[name] else ()))
        extra = taking(*EVERY_PAGE, *fields, *FILE_FIELDS)
        routes.get(f"/figures/{name}", openapi_extra=extra)(_page_of(name, pool, requests))
    return routes


def _page_of(
    name: FigureName, pool: QueryPool, requests: PageRequests
) -> Callable[[Request], Response]:
    def show(request: Request) -> Response:
        page = requests.page(request)
        form = FieldReader({**page.query, **with_defaults(name, page.query)})
        format_ = form.choice("format", FORMATS)
        figure_request = FigureRequest(
            form,
            page.visitor.reader,
            page.as_of,
            page.lang,
            page.link,
            bool(format_),
            bool(form.choice("for_court", ("1",))),
        )
        model = None
        with form.refusals(), pool.queries(CHANNEL) as queries:
            titles = rule_titles(queries, page.lang)
            marks = () if name == "delays" else queries.names.dimensions
            delays = FINDING_DELAYS if name == "finding-delays" else DELAYS
            words = FormWords(queries.names.types, marks, titles, page.lang, delays)
            model = MODELS[name](queries, figure_request)
        if model is not None and format_:
            return file_answer(model.table, cast("FileFormat", format_))
        return page.render(
            "figures.html",
            200 if model else 422,
            name=name,
            lead=LEADS[name],
            note=NOTES.get(name),
            fields=words.fields(FIELDS[name], form),
            places=known_places(page.lang),
            presets=presets(page, form.query) if name in WITH_SPANS else (),
            leads_to=LEADS_TO.get(name, TO_RECORDS),
            if_empty=NOTHING.get(name, NO_RECORD),
            sees_content=sees_content(page.visitor.reader),
            **_shown(name, page, model),
        )

    return show


def _shown(name: FigureName, page: PageContext, model: FigureModel | None) -> dict[str, Any]:
    """Return what the template shows of an answer."""
    if model is None:
        return {
            "table": None,
            "matrix": None,
            "title": None,
            "chart": None,
            "sentences": (),
            "files": (),
            "command": "",
        }
    former = page.query.get("changed_since", "").strip()
    files = [
        (format_.upper(), page.here(format=format_)) for format_ in FORMATS if model.table.rows
    ]
    return {
        "table": to_page_table(model.table, model.links, page.lang),
        "matrix": model.matrix,
        "title": model.table.title,
        "notes": [note for note in model.table.notes if not note.startswith("TLP:")],
        "marking": model.marking if model.table.rows else None,
        "chart": model.chart,
        "sentences": model.sentences,
        "files": files,
        "command": page.command(
            name, command_options({**model.parameters, "changed_since": former})
        ),
    }
