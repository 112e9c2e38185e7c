"""Word a notice as far as its channel may carry it. Pure.

Mail is read by its servers. So a notice has what is released without any condition (TLP:CLEAR, no
handling code), else how many and how severe, and of what is for named readers not even that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from consumers.notices.decide import HitNotice, NewsKind, NoticeHit, NoticeKind
from consumers.notices.settings import SEVERITY_ORDER, NoticeSettings, NoticeWay
from consumers.senders.message_senders import OutgoingMessage
from schemas.i18n import LANGUAGES, UserMessage, _, ngettext

Carried = Literal["content", "severity", "nothing"]
COUNTED_LEVELS = frozenset({"CLEAR", "GREEN", "AMBER"})
"""TLP levels of which a notice may say how many and how severe."""
MOST_SENTENCES = 20
SEVERITY_WORDS: dict[str, UserMessage] = {
    "high": _("high"),
    "medium": _("medium"),
    "low": _("low"),
}


WAY_WORDS: dict[NoticeWay, UserMessage] = {
    NoticeWay.NEVER: _("never; the page shows hits anyway"),
    NoticeWay.AT_ONCE: _("at once, at most every five minutes"),
    NoticeWay.DIGEST: _("once a day"),
}


def way_label(settings: NoticeSettings) -> UserMessage:
    """Say when a person is notified."""
    if settings.way is NoticeWay.DIGEST:
        return _("once a day, at {hour}:00 local time", hour=settings.digest_hour)
    return WAY_WORDS[settings.way]


def carried(hits: Sequence[NoticeHit]) -> Carried:
    """Return how much of these hits a notice may carry: as much as the narrowest of them."""
    if all(hit.is_clear for hit in hits):
        return "content"
    return "severity" if all(hit.tlp in COUNTED_LEVELS for hit in hits) else "nothing"


def notice_message(notice: HitNotice, lang: str, address: str) -> OutgoingMessage:
    """Return a notice as a message. `address`: of the page on which to sign in."""
    texts = {language: _lines(notice, language, address) for language in LANGUAGES}
    return OutgoingMessage(
        notice.id,
        texts[lang][0],
        texts[lang],
        {
            "version": 1,
            "id": notice.id,
            "kind": notice.kind,
            "person": notice.person,
            "text": {language: "\n".join(lines) for language, lines in texts.items()},
            "at": notice.at,
        },
        notice.at,
    )


def _lines(notice: HitNotice, lang: str, address: str) -> list[str]:
    lines = [text.in_language(lang) for text in _news(notice)]
    if carried(notice.hits) == "content":
        sentences = [hit.sentence[lang] for hit in notice.hits if lang in hit.sentence]
        lines += sentences[:MOST_SENTENCES]
    if notice.ended:
        lines.append(
            ngettext(
                "{count} match that you were notified of is no longer valid.",
                "{count} matches that you were notified of are no longer valid.",
                len(notice.ended),
            ).in_language(lang)
        )
    lines.append(_("Sign in to read: {address}", address=address).in_language(lang))
    return lines


def _news(notice: HitNotice) -> list[UserMessage]:
    if not notice.hits:
        return []
    if carried(notice.hits) == "nothing":
        return [_("There is something new for you.")]
    matches = [hit for hit in notice.hits if hit.kind is NewsKind.MATCH]
    return [*_matches(notice, matches), *_own_work(notice)]


def _own_work(notice: HitNotice) -> list[UserMessage]:
    """Say what is new on the person's own watch-lists and cases."""
    kinds = Counter(hit.kind for hit in notice.hits)
    lines = []
    if count := kinds[NewsKind.RECORD]:
        lines.append(
            ngettext(
                "{count} new record on your watch-lists.",
                "{count} new records on your watch-lists.",
                count,
            )
        )
    if count := kinds[NewsKind.CASE]:
        lines.append(
            ngettext(
                "{count} case of yours has something new.",
                "{count} cases of yours have something new.",
                count,
            )
        )
    return lines


def _matches(notice: HitNotice, matches: Sequence[NoticeHit]) -> list[UserMessage]:
    if not matches:
        return []
    highest = max((hit.severity for hit in matches), key=SEVERITY_ORDER.index)
    values = {"severity": SEVERITY_WORDS[highest]}
    if notice.kind is NoticeKind.ESCALATION:
        return [
            ngettext(
                "{count} match has not been acknowledged in time. Severity: {severity}.",
                "{count} matches have not been acknowledged in time. Highest severity: {severity}.",
                len(matches),
                **values,
            )
        ]
    return [
        ngettext(
            "{count} new match of severity {severity}.",
            "{count} new matches, the highest of severity {severity}.",
            len(matches),
            **values,
        )
    ]
