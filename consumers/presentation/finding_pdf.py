"""Print a finding as a report: why it is shown, its records, and what may be done with it.

The template reads one value as JSON, so that no text of a record is ever markup. The same report
gives the same bytes: typst has its fonts inside, and its time is fixed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from consumers.presentation.evidence_lines import EvidenceLine, evidence_line
from consumers.presentation.explanation_lines import explanation_parts
from consumers.presentation.figure_words import marking_lines
from consumers.presentation.report_words import (
    content_lines,
    moment_of,
    printed_by,
    report_notes,
    short_marking,
)
from consumers.presentation.times import occurred, with_local
from consumers.presentation.wording import (
    GRADES,
    country_name,
    one_line,
    thing_title,
    weaker_rules,
)
from consumers.query.finding_report import FindingReport, marking_of
from consumers.query.views import EventHistory, EventView
from schemas import words
from schemas.hidden_characters import make_visible
from schemas.i18n import UserMessage, _

TEMPLATE = Path(__file__).with_name("finding.typ")
Json = dict[str, Any]
HEADINGS: Mapping[str, UserMessage] = {
    "report": _("Report of a match"),
    "demands": _("What the owners ask of you"),
    "records": _("Records it rests on"),
    "contents": _("What the records say"),
    "occurred": _("Occurred"),
    "owner": _("Owner"),
    "what": _("What"),
    "where": _("Where"),
    "weight": _("Weight"),
    "marking": _("Marking"),
    "page": _("page"),
}


def finding_pdf(report: FindingReport, lang: str) -> bytes:
    """Return the report as a PDF of as many pages as it takes."""
    import typst  # here, so that other commands need not wait for it

    content = orjson.dumps(_visible(report_content(report, lang))).decode()
    pdf = typst.compile(
        TEMPLATE.read_bytes(),
        sys_inputs={"report": content},
        ignore_system_fonts=True,
        timestamp=0,
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gives a PDF as bytes")
    return pdf


def report_content(report: FindingReport, lang: str) -> Json:
    """Return what the template shows, as texts."""
    finding = report.subject
    exercise = report.reader.exercise
    also = weaker_rules(finding, lang)
    return {
        "lang": lang,
        "words": {name: text.in_language(lang) for name, text in HEADINGS.items()},
        "marking": short_marking(report.marking),
        "exercise": _("EXERCISE {name}: nothing shown here is real", name=exercise).in_language(
            lang
        )
        if exercise
        else "",
        "moment": moment_of(report, lang),
        "made_by": printed_by(report.reader, lang),
        "kicker": f"{finding.title[lang]} · {GRADES[finding.grade].in_language(lang)}",
        "sentence": finding.sentence[lang],
        "also": also.in_language(lang) if also else "",
        "demands": marking_lines(report.marking, lang),
        "facts": _facts(report, lang),
        "parts": [
            {"heading": part.heading, "lines": part.lines}
            for part in explanation_parts(finding, lang)
        ],
        "records": _rows(report, lang),
        "contents": [_content(number, h, lang) for number, h in enumerate(report.records, 1)],
        "notes": [note.in_language(lang) for note in report_notes(report)],
    }


def _facts(report: FindingReport, lang: str) -> list[Json]:
    finding, country = report.subject, report.reader.country
    subject = finding.explanation.subject if finding.explanation else None
    facts = (
        (_("Thing"), thing_title(finding.kind, subject, finding.thing, lang)),
        (_("Rule"), f"{finding.rule} v{finding.rule_version}"),
        (_("Known since"), with_local(finding.first_recorded, country)),
        (_("Latest"), with_local(finding.last_recorded, country)),
        (_("Number of the match"), finding.id),
    )
    return [{"name": name.in_language(lang), "value": value} for name, value in facts]


def _rows(report: FindingReport, lang: str) -> list[Json]:
    """Return the pieces of evidence that have a record here, numbered as the records are."""
    numbers = {history.id: number for number, history in enumerate(report.records, 1)}
    events = {history.id: history.current for history in report.records}
    return [
        _row(numbers[piece.event], evidence_line(piece, events, lang), events[piece.event], lang)
        for piece in report.subject.evidence
        if piece.event in events
    ]


def _row(number: int, line: EvidenceLine, event: EventView, lang: str) -> Json:
    weight = f"{line.role}: {line.weight}" if line.role else line.weight
    return {
        "number": f"{number}",
        "occurred": occurred(event.occurred_from, event.occurred_precision),
        "owner": f"{country_name(event.country, lang)}\n{event.authority}",
        "what": line.what,
        "where": line.where,
        "weight": weight,
        "marking": short_marking(marking_of([event])),
    }


def _content(number: int, history: EventHistory, lang: str) -> Json:
    event = history.current
    evaluation = event.evaluation
    about = (
        (_("Owner"), f"{country_name(event.country, lang)}, {event.authority}"),
        (_("Occurred"), occurred(event.occurred_from, event.occurred_precision)),
        (_("Recorded"), with_local(event.recorded_at, event.country)),
        (_("Case"), event.case_reference or ""),
        (
            _("Evaluation"),
            f"{evaluation.scheme} {evaluation.source}{evaluation.information}",
        ),
        (_("Legal basis"), event.legal_basis),
        (_("Purpose"), words.value("purpose", event.purpose, lang).partition(":")[0]),
        (_("Record"), f"{event.id} · {event.version}"),
    )
    return {
        "heading": f"{number}. {one_line(event, lang)}",
        "marking": short_marking(marking_of([event])),
        "about": " · ".join(f"{name.in_language(lang)}: {text}" for name, text in about if text),
        "lines": [
            {"depth": (len(line) - len(line.lstrip())) // 2, "text": line.strip()}
            for line in content_lines(event, lang)
        ],
    }


def _visible(content: Any) -> Any:
    """Show hidden characters of every text by their names."""
    if isinstance(content, str):
        return make_visible(content)
    if isinstance(content, dict):
        return {name: _visible(value) for name, value in content.items()}
    return [_visible(value) for value in content] if isinstance(content, list) else content
