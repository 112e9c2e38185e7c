"""Word what every file of a finding, a thing or a person says of itself. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consumers.presentation.figure_words import moment_label
from consumers.presentation.list_tables import LEFT_OUT_OF_LIST, LEFT_OUT_OF_LIST_FOR_COURT
from consumers.presentation.payload_lines import PayloadLine, payload_lines
from consumers.query.figures.marking import FigureMarking
from consumers.query.finding_report import MOST_RECORDS, Report, Subject
from consumers.query.views import EventView, to_datetime
from schemas import words
from schemas.i18n import UserMessage, _, ngettext
from schemas.model import Reader


def moment_of(report: Report[Subject], lang: str) -> str:
    """Say as of when a report is."""
    return moment_label(to_datetime(report.at), lang)


def short_marking(marking: FigureMarking) -> str:
    """Write a marking for the edge of a page: TLP:AMBER · H1 · H3."""
    codes = dict.fromkeys(code.partition(":")[0] for code in marking.markings)
    return " · ".join([f"TLP:{marking.tlp}", *codes])


def printed_by(reader: Reader, lang: str) -> str:
    """Say who made a file, of which authority, and for what."""
    office = "/".join(filter(None, [reader.country, reader.authority]))
    purpose = words.value("purpose", reader.purpose or "", lang).partition(":")[0]
    text = _("Made by {person} ({office}) for: {purpose}").with_values(
        person=reader.person, office=office, purpose=purpose or "—"
    )
    return text.in_language(lang)


def report_notes(report: Report[Subject]) -> list[UserMessage]:
    """Say what a file leaves out. Every file says so, so it betrays nothing of this one."""
    notes = [LEFT_OUT_OF_LIST]
    if report.reader.use == "court":
        notes.append(LEFT_OUT_OF_LIST_FOR_COURT)
    if report.left_out:
        notes.append(
            ngettext(
                "This file has the first {most} records. {count} more is in Quipu.",
                "This file has the first {most} records. {count} more are in Quipu.",
                report.left_out,
                most=MOST_RECORDS,
            )
        )
    return notes


def content_lines(event: EventView, lang: str) -> list[str]:
    """Return the content of a record: a line of the plain fields of each part of it.

    What is within another part is indented by two spaces.
    """
    if event.payload is None:
        return []
    return list(_parts(payload_lines(event.type, event.payload, lang), "", ""))


def _parts(lines: Sequence[PayloadLine], heading: str, indent: str) -> Iterator[str]:
    plain = " · ".join(f"{line.name}: {line.text}" for line in lines if not line.within)
    if plain or heading:
        yield f"{indent}{heading}{plain}".rstrip()
    below = f"{indent}  " if heading else indent
    for line in lines:
        for number, part in enumerate(line.within, 1):
            count = f" {number}" if len(line.within) > 1 else ""
            yield from _parts(part, f"{line.name}{count} — ", below)
