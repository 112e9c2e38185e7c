"""Say how a search read what was typed, and what it left out. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from consumers.query.search.asked_words import AskedWords
from consumers.query.search.search_answer import TextReading, Texts
from schemas.i18n import LANGUAGES, UserMessage, _
from schemas.words import load_table

ALWAYS = (
    _("Erased, retracted and former content, and what is not released to you, is not searched."),
)
NO_KEYS = _("Things and persons were not searched: only the mechanism's machine has their keys.")
NO_PERSON = _("Persons were not searched: that takes two names, or a number.")
NO_NAME = _("Numbers were not searched: that takes an identifier alone, without other words.")
ILLEGIBLE = _("A serial with ? is looked up on the page Things, with its make and type.")
IDLE = _("Words that nearly every record has were left out: {words}. Quotation marks keep them.")


def in_languages(message: UserMessage) -> Texts:
    """Return a sentence in each language."""
    return {lang: message.in_language(lang) for lang in LANGUAGES}


def reading_of_words(words: AskedWords, count: int) -> TextReading:
    """Say which words records must have."""
    parts = [*(word.written for word in words.words), *(f"«{' '.join(p)}»" for p in words.phrases)]
    return TextReading(
        "words", in_languages(_("as words: {words}", words=" + ".join(parts))), count
    )


def reading_of_things(kind: str, count: int) -> TextReading:
    """Say that the text may be the identifier of a thing of a kind."""
    names: Mapping[str, Mapping[str, str]] = load_table("kinds")[kind]
    sentence = {
        lang: _("as a number: {kind}", kind=str(names[lang]["name"])).in_language(lang)
        for lang in LANGUAGES
    }
    return TextReading(kind, sentence, count)


def reading_of_person(count: int) -> TextReading:
    """Say that the text may be a name."""
    return TextReading("person", in_languages(_("as a person's name, with variants")), count)


def reading_of_id(count: int) -> TextReading:
    """Say that the text may be an id."""
    return TextReading("id", in_languages(_("as an id, or its first or last digits")), count)


def left_out(words: AskedWords, others: Sequence[UserMessage]) -> list[Texts]:
    """Return what the search did not look at, in sentences."""
    return [in_languages(message) for message in (*_idle(words), *others, *ALWAYS)]


def _idle(words: AskedWords) -> Iterator[UserMessage]:
    if words.idle:
        yield IDLE.with_values(words=", ".join(words.idle))
