"""Word noise for terminal and page. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from consumers.presentation.wording import thing_title
from consumers.query.noise.noise_views import (
    LeftOut,
    LinkingValue,
    NoiseReason,
    RemovedFindings,
    WithoutValues,
)
from schemas import words
from schemas.i18n import UserMessage, _, ngettext

NOTHING = _("Nothing is left out of what you may see.")
INCOMPLETE = _("Only the newest and the largest were looked at: there may be more.")
LINKING = _("The values that join most records")
HEADINGS: Mapping[NoiseReason, UserMessage] = {
    NoiseReason.HUB: _("Values that too many records share"),
    NoiseReason.PUBLISHER: _("Publishers with too many records of one value"),
    NoiseReason.FLEET: _("Vehicles that meet many others"),
    NoiseReason.SIZE: _("Networks with too many records"),
    NoiseReason.BLOCK: _("Persons and objects that too many records describe alike"),
    NoiseReason.REPETITION: _("Findings that a stronger one names"),
}


def group_line(item: LeftOut, lang: str) -> str:
    """Say what is left out, and by which rule."""
    return f"{item.group[lang]} · {item.rule}"


def linking_line(value: LinkingValue, lang: str) -> str:
    """Say in a line which value joins how many records of whom, under which rules."""
    title = thing_title(value.kind, value.title, value.thing, lang)
    countries = ", ".join(words.value("country", code, lang) for code in value.countries)
    count = ngettext("{count:,} record", "{count:,} records", value.records)
    return f"{title} · {count.in_language(lang)} · {countries} · {', '.join(value.rules)}"


def removed_line(item: RemovedFindings, lang: str) -> str:
    """Say how many findings of a rule would go."""
    return f"{item.removed:>6}  {item.title[lang]} ({item.rule})"


def summary_line(answer: WithoutValues) -> UserMessage:
    """Say how many findings would go without the values of the list."""
    return _(
        "Records that you may see name {values} values of the list. "
        "Without them {total:,} findings would go.",
        values=answer.values,
        total=answer.total,
    )
