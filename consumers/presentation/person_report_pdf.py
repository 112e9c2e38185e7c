"""Print the report on a person as a PDF. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consumers.presentation.payload_lines import payload_lines
from consumers.presentation.person_words import mention_line
from consumers.presentation.printed_report import Json, payload_rows, printed, table_row
from consumers.presentation.times import occurred, utc
from consumers.presentation.wording import country_name
from consumers.query.person_reports import HeldRecord, PersonReport
from schemas import words
from schemas.i18n import UserMessage, _, ngettext
from schemas.release.rules import TLP

LIMITS = (
    _(
        "This report holds what is released to the authority that asked. It does not say whether "
        "other authorities hold more: ask each of them."
    ),
    _("Records marked H2 are left out, unless the country of the reader owns them."),
    _("Records that were retracted, erased or have expired are not in it."),
    _("Records that are only alike are named at the end, and their content is not included."),
    _(
        "The records name other persons too. Leave their data out before you hand the report to "
        "the person."
    ),
    _(
        "To whom the records were shown is in the ledger of disclosures, which their owners may "
        "read: quipu disclosures."
    ),
    _(
        "Only the owner of a record corrects, retracts or erases it. Ask the authority that is "
        "named with the record."
    ),
)
"""What the report does not contain: the same sentences, whatever is hidden."""


def person_report_pdf(report: PersonReport, shown_to: str, lang: str) -> bytes:
    """Return the PDF. `shown_to`: who asked, in words."""
    return printed(report_content(report, shown_to, lang))


def report_content(report: PersonReport, shown_to: str, lang: str) -> Json:
    """Return what the template shows, as texts."""
    count = ngettext("{count} record", "{count} records", len(report.records))
    exercises = sorted({name for held in report.records if (name := held.history.current.exercise)})
    exercise = _("EXERCISE {name}: nothing shown here is real", name=", ".join(exercises))
    return {
        "lang": lang,
        "title": _("What is held on a person").in_language(lang),
        "marking": _marking(report),
        "exercise": exercise.in_language(lang) if exercises else "",
        "moment": _("as of {moment} UTC", moment=utc(report.at)).in_language(lang),
        "lead": [
            " · ".join(
                sorted({mention.name for mention in report.person.mentions if mention.name})
            ),
            f"{count.in_language(lang)}. {shown_to}",
        ],
        "sections": [
            *(_record(held, number, lang) for number, held in enumerate(report.records, 1)),
            *_possible(report, lang),
            _section(_("What this report does not contain"), lang, LIMITS),
        ],
    }


def _marking(report: PersonReport) -> str:
    """Return the most restrictive TLP of what is shown, and each handling code."""
    mentions = [*report.person.mentions, *report.possible]
    levels = [held.history.current.tlp for held in report.records]
    tlp = max(
        (TLP.index(level) for level in [*levels, *(item.tlp for item in mentions)]), default=0
    )
    codes = {code.partition(":")[0] for item in mentions for code in item.markings}
    codes |= {
        code.partition(":")[0] for held in report.records for code in held.history.current.markings
    }
    return " · ".join([f"TLP:{TLP[tlp]}", *sorted(codes)])


def _record(held: HeldRecord, number: int, lang: str) -> Json:
    event = held.history.current
    heading = _(
        "{number}. {type}, {country} {authority}",
        number=number,
        type=words.event_type(event.type, lang),
        country=country_name(event.country, lang),
        authority=event.authority,
    )
    rows = [table_row(name.in_language(lang), text) for name, text in _facts(held, lang) if text]
    rows += list(payload_rows(payload_lines(event.type, event.payload or {}, lang)))
    return {"title": heading.in_language(lang), "lead": list(event.markings), "rows": rows}


def _facts(held: HeldRecord, lang: str) -> Iterator[tuple[UserMessage, str]]:
    event = held.history.current
    yield _("record"), event.id
    yield _("TLP"), event.tlp
    yield _("occurred"), occurred(event.occurred_from, event.occurred_precision)
    yield _("recorded"), utc(event.recorded_at)
    yield _("versions"), str(len(held.history.versions))
    yield _("purpose"), words.value("purpose", event.purpose, lang)
    yield _("legal basis"), words.value("legal_basis", event.legal_basis, lang)
    yield _("review date"), held.review_date.isoformat() if held.review_date else ""
    yield _("person"), "; ".join(mention_line(mention, lang) for mention in held.mentions)


def _possible(report: PersonReport, lang: str) -> list[Json]:
    if not report.possible:
        return []
    title = _("May be the same person: not included").in_language(lang)
    name = _("record").in_language(lang)
    rows = [
        table_row(name, f"{mention.event} · {mention_line(mention, lang)}")
        for mention in report.possible
    ]
    return [{"title": title, "lead": [], "rows": rows}]


def _section(title: UserMessage, lang: str, sentences: Sequence[UserMessage]) -> Json:
    lead = [sentence.in_language(lang) for sentence in sentences]
    return {"title": title.in_language(lang), "lead": lead, "rows": []}
