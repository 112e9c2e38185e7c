"""Word traces of weapons for terminal, page and files. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consumers.presentation.plain_tables import plain_table
from consumers.query.traces.trace_figures import TraceFigures
from consumers.query.traces.trace_views import ChainLine, TraceLine, TraceParty
from schemas import words
from schemas.i18n import UserMessage, _, number_text, pgettext

AUTOMATIC = _(
    "Automatic: computed from published records. To be confirmed by a person of {country}."
)
NOTHING_PUBLISHED = _("No answer yet, and no record on this weapon that you may see.")
LINKS: Mapping[str, UserMessage] = {
    "MADE": _("Made"),
    "EXPORTED": _("Exported"),
    "IMPORTED": _("Imported"),
    "SOLD": _("Sold or passed on"),
    "HELD": _("Registered to"),
}
STANDINGS: Mapping[str, UserMessage] = {
    "signed": _("answered by a person"),
    "automatic": _("automatic, to be confirmed"),
    "nothing": _("no answer"),
}
DIMENSIONS: Mapping[str, UserMessage] = {
    "country": _("country asked"),
    "asker": _("country that asks"),
    "type": _("type of weapon"),
    "make": _("make"),
    "calibre": _("calibre"),
    "made_in": _("country of manufacture"),
}
_LISTS: Mapping[str, str] = {
    "country": "country",
    "asker": "country",
    "made_in": "country",
    "type": "weapon_type",
}
FIGURE_COLUMNS: Sequence[UserMessage] = (
    pgettext("trace requests", "Asked"),
    _("Urgent"),
    pgettext("trace requests", "Traced"),
    pgettext("trace requests", "Partly"),
    _("Not on record"),
    _("Pending"),
    _("Automatic"),
    _("Confirmed"),
    _("Corrected"),
    _("In time"),
    _("Too late"),
    _("Lost"),
    _("Stolen"),
    _("Trafficked"),
    _("Median (h)"),
)
trace_table = plain_table(
    TraceLine,
    "traces",
    _("Traces of weapons"),
    "id title reference is_urgent opened_at asker_country asker_authority country authority "
    "standing outcome basis holder due deadline exercise tlp",
)
trace_figures_table = plain_table(
    TraceFigures,
    "trace-figures",
    _("Results of traces"),
    "value requests urgent traced partly_traced not_traced pending automatic confirmed corrected "
    "in_time too_late lost stolen trafficked median_hours",
)


def outcome_line(outcome: str, basis: str, standing: str, lang: str) -> str:
    """Say the result of a trace in a country, and how it is known."""
    if standing == "nothing":
        return STANDINGS[standing].in_language(lang)
    how = (
        words.value("trace_basis", basis, lang) if basis else STANDINGS[standing].in_language(lang)
    )
    return f"{words.value('trace_outcome', outcome, lang)} ({how})"


def chain_line(link: ChainLine, lang: str) -> str:
    """Write a link of the chain: when, what, from whom to whom."""
    giver = _side(link.from_country, link.giver)
    taker = _side(link.to_country, link.taker)
    way = f"{giver} → {taker}" if giver and taker else giver or taker
    parts = (link.day, LINKS[link.kind].in_language(lang), way, link.document)
    return " · ".join(filter(None, parts))


def status_line(party: TraceParty, lang: str) -> str:
    """Say what the records report of the weapon; empty for nothing."""
    named = [words.value("weapon_status", code, lang) for code in party.automatic.statuses]
    return ", ".join(named)


def value_name(by: str, value: str, lang: str) -> str:
    """Name a value of a dimension."""
    if not value:
        return _("not known").in_language(lang)
    return words.value(_LISTS[by], value, lang) if by in _LISTS else value


def figure_cells(row: TraceFigures, lang: str) -> list[str]:
    """Return the figures of a line."""
    counts = (
        *(row.requests, row.urgent, row.traced, row.partly_traced, row.not_traced, row.pending),
        *(row.automatic, row.confirmed, row.corrected, row.in_time, row.too_late),
        *(row.lost, row.stolen, row.trafficked),
    )
    median = "—" if row.median_hours is None else number_text(row.median_hours, ",.2f", lang)
    return [*(number_text(count, ",d", lang) for count in counts), median]


def _side(country: str, name: str) -> str:
    return " ".join(filter(None, (name, f"({country})" if country else "")))
