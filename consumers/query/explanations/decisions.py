"""Say what it does to confirm or to reject a finding. Pure."""

from __future__ import annotations

from schemas.i18n import LANGUAGES, UserMessage, _

Texts = dict[str, str]
_OF_RECORDS = (
    _("Nobody confirms or rejects it here: it follows from the records alone."),
    _("Where a record is wrong, its owner corrects or withdraws it; then all readers see that."),
)
_OF_PERSONS = (
    _("To confirm: the two records are of one person for all who see both, whatever they say."),
    _("To reject: they are of two persons. The finding ends, and the pair is proposed no more."),
    _("An analyst decides. The decision is signed, shows its author, and can be taken back."),
)


def decisions_on_records() -> list[Texts]:
    """Say what confirming and rejecting do where records alone decide."""
    return _in_languages(_OF_RECORDS)


def decisions_on_persons() -> list[Texts]:
    """Say what confirming and rejecting do where two records are, or may be, of one person."""
    return _in_languages(_OF_PERSONS)


def _in_languages(messages: tuple[UserMessage, ...]) -> list[Texts]:
    return [{lang: text.in_language(lang) for lang in LANGUAGES} for text in messages]
