"""Word the practice library for terminal and page, and make the form of a report. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from consumers.query.known_names import UnknownNameError
from schemas import words
from schemas.event.event_type import event_type
from schemas.i18n import UserMessage, _
from schemas.practice import PracticeGuide, ReportQuestion, guides

COLUMNS: Sequence[UserMessage] = (_("Guide"), _("What it is about"), _("Version"), _("Date"))
MUST = _("needed")
_EVALUATION = {"scheme": "4x4", "source": "A", "information": "1"}


def find_guide(name: str) -> PracticeGuide:
    """Return a guide by its name. Raises UnknownNameError."""
    guide = guides().get(name)
    if guide is None:
        known = ", ".join(guides())
        raise UnknownNameError(
            _("There is no guide `{name}`.", name=name[:40]), _("There are: {names}", names=known)
        )
    return guide


def version_line(guide: PracticeGuide, lang: str) -> str:
    """Say which version a guide has, from when, and what it changed."""
    current = guide.current
    return _(
        "Version {version} of {date}. {change}",
        version=current.version,
        date=current.day.isoformat(),
        change=current.change[lang],
    ).in_language(lang)


def form_title(guide: PracticeGuide, lang: str) -> str:
    """Name the form of a guide by the records that it makes."""
    name = words.event_type(guide.type, lang)
    return _("The report form: {name}", name=name).in_language(lang)


def question_label(guide: PracticeGuide, question: ReportQuestion, lang: str) -> str:
    """Name the field of a question, and say whether a report must answer it."""
    label = f"{words.field(question.field, lang)} ({question.field})"
    return f"{label} · {MUST.in_language(lang)}" if question.must else label


def form_command(guide: PracticeGuide) -> str:
    """Return the command that writes the form."""
    return f"practice form {guide.name}"


def blank_report(
    guide: PracticeGuide, recipients: Sequence[str], exercise: str | None = None
) -> dict[str, object]:
    """Return the form to be filled in, as a node takes it: what is not known yet is empty.

    `recipients`: countries, country/authority, @group or ALL.
    """
    defaults = {
        field["name"]: field.get("default")
        for field in event_type(guide.type).format.definition["fields"]
    }
    envelope = {
        **{"tlp": "AMBER", "purpose": "investigation", "legal_basis": guide.legal_basis},
        **{"crime": guide.crime, "evaluation": _EVALUATION, "recipients": list(recipients)},
        **({"exercise": exercise} if exercise else {}),
    }
    return {
        "type": guide.type,
        "reference": None,
        "envelope": envelope,
        "payload": {question.field: defaults[question.field] for question in guide.questions},
    }
