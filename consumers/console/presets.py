"""Offer spans of days that people often ask for, as addresses of the same page. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from consumers.console.rendering import PageContext
from consumers.query.views import to_datetime
from schemas.i18n import UserMessage, _

SPANS = ((30, _("30 days")), (90, _("90 days")), (365, _("12 months")))


class Preset(NamedTuple):
    """A span of days. `is_chosen`: the page shows it now."""

    label: UserMessage
    link: str
    is_chosen: bool


def presets(page: PageContext, query: Mapping[str, str]) -> list[Preset]:
    """Return the spans that end with the day of the question, and all the time."""
    moment = datetime.now(UTC) if page.as_of is None else to_datetime(page.as_of)
    own = {name: value for name, value in query.items() if name not in ("lang", "as_of", "after")}
    dates = query.get("since", ""), query.get("until", "")
    options = []
    for days, label in SPANS:
        since = (moment - timedelta(days=days - 1)).date().isoformat()
        until = moment.date().isoformat()
        link = page.link(page.path, **{**own, "since": since, "until": until})
        options.append(Preset(label, link, dates == (since, until)))
    everything = page.link(page.path, **{**own, "since": "", "until": ""})
    return [*options, Preset(_("all the time"), everything, dates == ("", ""))]
