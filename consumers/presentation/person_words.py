"""Word what is known of persons, for terminal and page, in Spanish or English. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from consumers.presentation.wording import country_name
from consumers.query.explanations.explanation import ExplainedFeature
from consumers.query.persons.person_explanation import percent_of
from consumers.query.persons.person_views import MentionView, VerdictView
from schemas import words
from schemas.i18n import UserMessage, _
from streams.identities.assembly import AUTOMATIC, POSSIBLE

NOBODY = _(
    "No record of such a person that you may see. Leave a part out, or write the name otherwise."
)
INCOMPLETE = _("More records may fit than were compared. Add a name, a date of birth or a number.")
NO_FINDINGS = _("No finding on a person among the records that you may see.")
LIKELY = 0.8
VERDICTS = {
    "confirmed": _("confirmed by an analyst"),
    "rejected": _("rejected by an analyst"),
    "open": _("left open by an analyst"),
}


def sureness(probability: float, lang: str) -> str:
    """Say how sure it is that two records are of one person: in words, and in hundredths."""
    if probability >= AUTOMATIC:
        words_of_it = _("almost certain ({percent} %)", percent=percent_of(probability))
    elif probability >= LIKELY:
        words_of_it = _("likely ({percent} %)", percent=percent_of(probability))
    elif probability >= POSSIBLE:
        words_of_it = _("possible ({percent} %)", percent=percent_of(probability))
    else:
        words_of_it = _("not likely ({percent} %)", percent=percent_of(probability))
    return words_of_it.in_language(lang)


def mention_line(mention: MentionView, lang: str) -> str:
    """Describe a person of a record in a line: name, birth, documents, record, owner, TLP."""
    role = words.value("person_role", mention.role, lang) if mention.role else ""
    parts = [
        mention.name or "—",
        mention.born or "",
        *mention.documents,
        words.event_type(mention.type, lang),
        role,
        f"{country_name(mention.country, lang)} {mention.authority}",
        _day_of(mention, lang),
        f"TLP:{mention.tlp}",
        *mention.markings,
    ]
    return " · ".join(filter(None, parts))


def _day_of(mention: MentionView, lang: str) -> str:
    """Write when it occurred; where nobody knows, when the log took it."""
    if mention.occurred is not None:
        return f"{mention.occurred:%Y-%m-%d}"
    day = f"{mention.recorded_at:%Y-%m-%d}"
    return _("recorded {day}", day=day).in_language(lang)


def reasons_line(reasons: Sequence[ExplainedFeature], lang: str) -> str:
    """Say what speaks for one person, then what speaks against."""
    agreeing = [reason.text[lang] for reason in reasons if reason.weight > 0]
    differing = [reason.text[lang] for reason in reasons if reason.weight < 0]
    texts: list[UserMessage] = []
    if agreeing:
        texts.append(_("For: {reasons}", reasons=", ".join(agreeing)))
    if differing:
        texts.append(_("Against: {reasons}", reasons=", ".join(differing)))
    return ". ".join(text.in_language(lang) for text in texts)


def verdict_label(verdict: VerdictView, lang: str) -> str:
    """Say what an analyst decided of a pair, who and why."""
    parts = [
        VERDICTS[verdict.word].in_language(lang),
        words.value("verdict_reason", verdict.reason, lang),
        f"{country_name(verdict.country, lang)} {verdict.authority}".strip(),
        verdict.author or "",
        f"{verdict.decided_at:%Y-%m-%d}",
    ]
    return " · ".join(filter(None, parts))
