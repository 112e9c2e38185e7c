"""Word what a search found, for terminal and page. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from consumers.presentation.wording import country_name
from schemas import words
from schemas.i18n import UserMessage, _

_TITLES: Mapping[str, UserMessage] = {
    "type": _("Type of record"),
    "country": _("Country of the owner"),
    "month": _("Month in which it happened"),
}


def facet_title(facet: str) -> UserMessage:
    """Return the heading of a facet."""
    return _TITLES[facet]


def facet_label(facet: str, value: str, lang: str) -> str:
    """Write a value of a facet in words."""
    if facet == "type":
        return words.event_type(value, lang)
    return country_name(value, lang) if facet == "country" else value
