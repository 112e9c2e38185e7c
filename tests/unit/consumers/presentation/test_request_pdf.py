"""A request for judicial assistance to print: its usual form, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consumers.presentation.finding_files import request_file
from consumers.presentation.request_pdf import PARTS, request_content
from consumers.query.finding_report import Report, RequestReport
from consumers.query.lifecycles.course_views import CourseView
from consumers.query.views import EventHistory, to_epoch_ms
from schemas.examples import example
from tests.support.pdf_text import page_texts
from tests.unit.consumers.console.test_request_pages import NOW, READER, courses

TITLES = {
    "es": "Solicitud de asistencia judicial recíproca",
    "en": "Request for mutual legal assistance",
}


def report_of(**envelope: object) -> RequestReport:
    [view] = [view for *_, view in courses() if view.summary.kind == "assistance"]
    opening = replace(view.opening, **envelope)  # type: ignore[arg-type]
    summary = replace(view.summary, exercise=opening.exercise)
    shown: CourseView = replace(view, opening=opening, summary=summary)
    record = EventHistory(opening.id, "current", opening, [opening], [], [])
    return Report(shown, [record], to_epoch_ms(NOW), READER)


def text_of(pdf: bytes) -> str:
    return " ".join(page_texts(pdf))


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_form_names_every_letter_of_the_article_and_what_the_request_says(lang: str) -> None:
    report = report_of(handling=["H1"], exercise="condor")
    file = request_file(report, lang)
    text = text_of(b"".join(file.parts))
    assert (file.media_type, file.name[-4:]) == ("application/pdf", ".pdf")
    assert TITLES[lang] in text
    for title, _names in PARTS:
        assert title.in_language(lang) in text
    payload = report.subject.opening.payload or {}
    for name in ("matter", "assistance_details", "procedure", "aim"):
        assert " ".join(str(payload[name]).split()) in text
    for shown in ("Nombre de ejemplo", "79123456", "Bogotá", "UCJIE-2018-0231", "H1", "condor"):
        assert shown in text
    assert file.parts == request_file(report, lang).parts, "the same moment gives the same bytes"


@pytest.mark.parametrize(
    ("lang", "lead", "country"),
    [("es", "De Perú, MPFN a Colombia", "Colombia"), ("en", "From Peru, MPFN to", "Peru")],
)
def test_the_form_names_countries_in_words(lang: str, lead: str, country: str) -> None:
    content = request_content(report_of(), lang)
    assert content["lead"][0].startswith(lead)
    text = text_of(b"".join(request_file(report_of(), lang).parts))
    assert country in text.partition(content["sections"][0]["title"])[2]


def test_every_field_of_a_request_is_in_one_part_of_the_form() -> None:
    named = [name for _title, names in PARTS for name in names]
    at_the_top = {"source_reference", "request_reference", "state"}
    fields = set(example("assistance_request").payload)
    assert len(named) == len(set(named))
    assert fields == set(named) | at_the_top


def test_what_is_missing_is_said_and_no_text_is_markup() -> None:
    report = report_of()
    content = dict(report.subject.opening.payload or {})
    wild = replace(report.subject.opening, payload={**content, "aim": "#panic() *b* \u202e"})
    report = replace(report, subject=replace(report.subject, opening=wild))
    sections = request_content(report, "en")["sections"]
    assert any("facts" in line.lower() for line in sections[-2]["lead"])
    assert "#panic()" in text_of(b"".join(request_file(report, "en").parts))
