"""Word exhibits and their chain of custody for terminal, page and files. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from consumers.presentation.plain_tables import plain_table
from consumers.presentation.times import utc
from consumers.query.investigations.investigation_views import (
    ExhibitActView,
    ExhibitView,
    InvestigationLine,
    NextActView,
)
from schemas import words
from schemas.i18n import UserMessage, _, pgettext

NO_EXHIBITS = _("No exhibit yet that you may see.")
STATES: Mapping[str, UserMessage] = {
    "NEW": _("No act counts yet"),
    "HELD": _("Held by {holder}"),
    "HANDED_OVER": _("Handed over by {holder} to {addressee}, not received yet"),
    "RETURNED": _("Returned by {holder}"),
    "DESTROYED": _("Destroyed by {holder}"),
}
STATE_NAMES: Mapping[str, UserMessage] = {
    "NEW": pgettext("exhibit", "not registered"),
    "HELD": pgettext("exhibit", "held"),
    "HANDED_OVER": pgettext("exhibit", "handed over"),
    "RETURNED": pgettext("exhibit", "returned"),
    "DESTROYED": pgettext("exhibit", "destroyed"),
}
REASONS: Mapping[str, UserMessage] = {
    "NO_STEP": _("the investigation does not count this record"),
    "UNKNOWN_ACT": _("there is no act `{detail}`"),
    "GAP": _("an act before it is not there, or you may not see it"),
    "IMPOSSIBLE": _("the exhibit is {state}"),
    "NOT_HOLDER": _("{detail} holds it"),
    "NOT_ADDRESSEE": _("{detail} is to receive it"),
    "INCOMPLETE": _("`{field}` is missing"),
    "NO_PART": _("who is to receive it has no part in the investigation: {detail}"),
    "CIRCULAR": _("the acts follow each other in a circle"),
}
WARNINGS: Mapping[str, UserMessage] = {
    "OTHER_SEAL": _("Look at it: the seal is not the one before."),
    "OTHER_HASH": _("Look at it: the content is not the one that was registered."),
    "EARLIER": _("Look at it: it was done before the act that it follows."),
}
CORRECTED = _("Corrected by its author: the record has both versions.")
_NOTED = ("done_at", "place", "official", "seal", "handed_to", "grounds", "hash")
_FIELDS: Mapping[str, str] = {"done_at": "at"}
investigations_table = plain_table(
    InvestigationLine,
    "investigations",
    _("Joint investigations"),
    "id title reference state country authority opened_at exhibits held awaited exercise tlp",
)


def exhibit_name(exhibit: ExhibitView, lang: str) -> str:
    """Name an exhibit by its register, number, kind and description."""
    kind = words.value("evidence_kind", exhibit.kind, lang) if exhibit.kind else ""
    name = f"{exhibit.register} {exhibit.number}"
    return " · ".join(filter(None, [name, kind, exhibit.description]))


def standing_line(exhibit: ExhibitView, lang: str) -> str:
    """Say where an exhibit is."""
    line = STATES[exhibit.state].with_values(holder=exhibit.holder, addressee=exhibit.addressee)
    return line.in_language(lang)


def act_line(act: ExhibitActView, lang: str) -> str:
    """Say which act was taken by whom, and when the log had it."""
    name = words.value("custody_act", act.act, lang) if act.act else "—"
    return f"{utc(act.recorded_at)} · {act.author} · {name}"


def noted_lines(act: ExhibitActView, lang: str) -> list[str]:
    """Write what an act says: when and where it was done, by whom, seal, hash, grounds."""
    noted = [(name, getattr(act, name)) for name in _NOTED]
    return [f"{words.field(_FIELDS.get(name, name), lang)}: {text}" for name, text in noted if text]


def reason(refusal: str, detail: str, lang: str) -> UserMessage:
    """Say why an act counts for nothing."""
    message = REASONS[refusal]
    if refusal == "IMPOSSIBLE":
        return message.with_values(state=STATE_NAMES[detail].in_language(lang))
    if refusal == "INCOMPLETE":
        return message.with_values(field=words.field(detail, lang))
    return message.with_values(detail=detail)


def remark_lines(act: ExhibitActView, lang: str) -> list[str]:
    """Say why an act counts for nothing, or what is to be looked at."""
    lines = [WARNINGS[warning].in_language(lang) for warning in act.warnings]
    if act.is_corrected:
        lines.append(CORRECTED.in_language(lang))
    if act.refusal is not None:
        why = reason(act.refusal, act.detail, lang)
        lines.insert(0, _("Does not count: {reason}.", reason=why).in_language(lang))
    return lines


def next_line(exhibit: ExhibitView, lang: str) -> str:
    """Say which acts may come next, and by whom; empty where there are none."""
    by_party: dict[str, list[str]] = {}
    for act in exhibit.next_acts:
        by_party.setdefault(act.party, []).append(_named(act, lang))
    return " · ".join(f"{party}: {', '.join(acts)}" for party, acts in by_party.items())


def _named(act: NextActView, lang: str) -> str:
    return f"{words.value('custody_act', act.act, lang)} ({act.act})"
