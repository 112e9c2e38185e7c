"""Word the answers of hit look-ups, for terminal and page, in Spanish or English. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from consumers.presentation.wording import country_name
from consumers.query.hit_lookup.answers import HitAnswer, WhomToAsk
from consumers.query.hit_lookup.asked import AskedHit
from schemas.i18n import UserMessage, _

HEADLINES: Mapping[tuple[str, str | None], UserMessage] = {
    ("hit", "certain"): _("HIT"),
    ("hit", "possible"): _("POSSIBLE HIT: check who or what it is before you act"),
    ("no_hit", None): _("NO HIT"),
    ("cannot_say", None): _("CANNOT SAY"),
}
NOTHING_RELEASED = _(
    "No hit means: nothing that you may hear of. It does not mean that nobody knows anything."
)
NO_CONTACT = _("no contact announced: ask the mechanism")
NOBODY_ASKED = _("Nobody has had a hit from your country's records.")
NOTHING_ASKED = _("You have asked nothing yet.")


def headline(answer: HitAnswer, lang: str) -> str:
    """Return hit, possible hit, no hit or cannot say."""
    return HEADLINES[answer.answer, answer.certainty].in_language(lang)


def detail_lines(answer: HitAnswer, lang: str) -> Iterator[str]:
    """Yield whom to ask, or why there is no answer, and the reference."""
    for contact in answer.ask:
        yield _("Ask: {whom}", whom=contact_line(contact, lang)).in_language(lang)
    if answer.problem is not None:
        yield answer.problem[lang]
    yield _("Reference: {reference}", reference=answer.reference).in_language(lang)


def contact_line(contact: WhomToAsk, lang: str) -> str:
    """Return an authority with its office and how to reach it."""
    reached = (contact.office, contact.phone, contact.mail, contact.hours)
    parts = [part for part in reached if part] or [NO_CONTACT.in_language(lang)]
    whom = f"{country_name(contact.country, lang)}, {contact.authority}"
    return f"{whom}: {' · '.join(parts)}"


def asked_line(lookup: AskedHit, lang: str) -> str:
    """Return who asked, when, what for, and what was answered; without the reference."""
    when = f"{lookup.recorded_at:%Y-%m-%d %H:%M} UTC"
    who = "/".join(filter(None, (lookup.country, lookup.authority, lookup.person)))
    return " · ".join(filter(None, (when, who, lookup.purpose, lookup.legal_basis)))


def outcome_lines(lookup: AskedHit, lang: str) -> Iterator[str]:
    """Yield the own records that answered, or whom the one who asked may ask."""
    for event in lookup.events:
        yield _("Your record: {event}", event=event).in_language(lang)
    for owner in lookup.owners:
        yield _("Ask: {whom}", whom=owner).in_language(lang)
    if not lookup.is_hit:
        yield HEADLINES["no_hit", None].in_language(lang)
