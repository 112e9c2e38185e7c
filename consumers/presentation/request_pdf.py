"""Print a request for judicial assistance in its usual form, by the letters of UNTOC 18(15).

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from consumers.presentation.course_words import gap_line, word_name
from consumers.presentation.payload_lines import payload_lines
from consumers.presentation.printed_report import Json, payload_rows, printed, table_row
from consumers.presentation.times import utc
from consumers.presentation.wording import country_name
from consumers.query.finding_report import RequestReport
from consumers.query.lifecycles.course_views import CourseSummary, PartyView
from consumers.query.views import to_datetime
from schemas import words
from schemas.i18n import UserMessage, _

BLANK = "_" * 40
PARTS: Sequence[tuple[UserMessage, Sequence[str]]] = (
    (_("(a) Authority that makes the request"), ("requesting", "requested")),
    (_("(b) Subject matter and nature of the case"), ("matter", "proceeding", "conducting")),
    (_("(c) Summary of the facts"), ("facts", "offences", "dual_criminality")),
    (
        _("(d) Assistance sought, and procedure to be followed"),
        ("assistance", "assistance_details", "procedure"),
    ),
    (
        _("(e) Persons and objects concerned"),
        ("persons", "whereabouts", "vehicles", "phones", "accounts", "weapons", "place"),
    ),
    (_("(f) Purpose for which the evidence is sought"), ("aim",)),
    (
        _("Time limit, confidentiality and attachments"),
        (
            *("deadline", "deadline_reason", "confidential", "agreement"),
            *("attachments", "records", "note"),
        ),
    ),
)
"""The parts of the form, with the fields of a request that each holds."""
SIGNED: Sequence[UserMessage] = (
    _("Place and date"),
    _("Name of the official"),
    _("Functions"),
    _("Signature and seal"),
)


def request_pdf(report: RequestReport, lang: str) -> bytes:
    """Return a request for assistance as a PDF to sign."""
    return printed(request_content(report, lang))


def request_content(report: RequestReport, lang: str) -> Json:
    """Return what the template shows, as texts."""
    summary, marking = report.subject.summary, report.marking
    exercise = _("EXERCISE {name}: nothing shown here is real", name=summary.exercise or "")
    return {
        "lang": lang,
        "title": _("Request for mutual legal assistance").in_language(lang),
        "marking": " · ".join(
            [f"TLP:{marking.tlp}", *(code.partition(":")[0] for code in marking.markings)]
        ),
        "exercise": exercise.in_language(lang) if summary.exercise else "",
        "moment": _("as of {moment} UTC", moment=utc(to_datetime(report.at))).in_language(lang),
        "lead": list(_lead(report, lang)),
        "sections": [*_sections(report, lang), *_gaps(report, lang), _signature(lang)],
    }


def _lead(report: RequestReport, lang: str) -> Iterator[str]:
    opening, summary = report.subject.opening, report.subject.summary
    addressed = "; ".join(_authority(party, lang) for party in summary.parties)
    asks = _("From {author} to {parties}")
    yield asks.with_values(author=_authority(summary, lang), parties=addressed).in_language(lang)
    if summary.reference:
        yield _("Reference: {reference}", reference=summary.reference).in_language(lang)
    basis = words.value("legal_basis", opening.legal_basis, lang)
    yield _("Legal basis: {basis}", basis=basis).in_language(lang)
    if summary.is_urgent:
        reason = opening.justification or ""
        yield _("URGENT: {reason}", reason=reason).in_language(lang)
    for marking in report.marking.markings:
        code, _separator, text = marking.partition(": ")
        yield f"{code}: {text or words.value('handling', code, lang)}"
    state = word_name(summary.kind, summary.state, lang)
    taken = _("In the log since {moment} UTC; state: {state}; record {id}")
    yield taken.with_values(moment=utc(summary.opened_at), state=state, id=summary.id).in_language(
        lang
    )


def _authority(party: PartyView | CourseSummary, lang: str) -> str:
    """Write an authority as a form names it: Colombia, FGN."""
    return ", ".join(filter(None, [country_name(party.country, lang), party.authority]))


def _sections(report: RequestReport, lang: str) -> Iterator[Json]:
    payload: Mapping[str, object] = report.subject.opening.payload or {}
    for title, names in PARTS:
        part = {name: payload[name] for name in names if name in payload}
        rows = list(payload_rows(payload_lines(report.subject.opening.type, part, lang)))
        lead = [] if rows else ["—"]
        yield {"title": title.in_language(lang), "lead": lead, "rows": rows}


def _gaps(report: RequestReport, lang: str) -> Iterator[Json]:
    lacking = [
        gap_line(gap.letter, gap.field, gap.is_required, lang) for gap in report.subject.gaps
    ]
    if lacking:
        title = _("What the request lacks").in_language(lang)
        yield {"title": title, "lead": lacking, "rows": []}


def _signature(lang: str) -> Json:
    rows = [table_row(name.in_language(lang), BLANK) for name in SIGNED]
    return {"title": _("Signature").in_language(lang), "lead": [], "rows": rows}
