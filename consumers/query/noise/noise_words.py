"""Say in a sentence what is left out, why, how much, and since when. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from consumers.query.explanations.grammar import listed
from consumers.query.noise.noise_views import NoiseReason, PublisherRecords
from schemas import words
from schemas.i18n import LANGUAGES, UserMessage, _

SENTENCES: Mapping[NoiseReason, UserMessage] = {
    NoiseReason.HUB: _(
        "{records:,} records share it, more than {limit}, since {since}. It alone joins nobody."
    ),
    NoiseReason.PUBLISHER: _(
        "{records:,} records share it. Those of {aside} are more than {limit} since {since}, so "
        "they do not count. The others do."
    ),
    NoiseReason.FLEET: _(
        "It meets {records:,} others again and again, more than {limit}, since {since}. "
        "So it is no company."
    ),
    NoiseReason.SIZE: _(
        "{records:,} records hang together, more than {limit}, since {since}. So they show nothing."
    ),
    NoiseReason.BLOCK: _(
        "{records:,} records of {aside} are alike in this, more than {limit}, since {since}. "
        "This alone has none of them compared."
    ),
    NoiseReason.REPETITION: _(
        "{records:,} findings are named within a stronger one of the same records, "
        "the first since {since}."
    ),
}
BLOCK_KEYS: Mapping[str, UserMessage] = {
    "d": _("the same document"),
    "p": _("the same telephone"),
    "t": _("three words of a name that sound the same"),
    "b": _("a day of birth, and a word of the name"),
    "n": _("two words of a name that sound the same"),
    "i": _("an inscription"),
    "m": _("the same measures"),
    "w": _("rare words of a description"),
    "a": _("rare words of a way of acting"),
}
"""What records of a block share, by the first letter of the blocking key."""


def sentence_of(
    reason: NoiseReason,
    records: int,
    since: datetime,
    limit: int = 0,
    set_aside: Sequence[PublisherRecords] = (),
) -> dict[str, str]:
    """Return the sentence by language.

    `limit`: how many may be; `set_aside`: whose do not count.
    """
    values = {"records": records, "limit": limit, "since": f"{since:%Y-%m-%d}"}
    return {
        lang: SENTENCES[reason]
        .with_values(**values, aside=_publishers(set_aside, lang))
        .in_language(lang)
        for lang in LANGUAGES
    }


def block_words(key: str) -> dict[str, str]:
    """Say what the records of a block share, without its value."""
    return {lang: BLOCK_KEYS[key[0]].in_language(lang) for lang in LANGUAGES}


def _publishers(set_aside: Sequence[PublisherRecords], lang: str) -> str:
    names = [
        f"{part.authority} ({words.value('country', part.country, lang)})" for part in set_aside
    ]
    return listed(names, lang) if names else ""
