"""Write the lines of a hit, for a terminal at three in the morning."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from rich.text import Text

from infra.list_file import moment
from producers.cli.contacts import in_words
from producers.outbox.hits import Ended, NodeHit, OtherRecords, OwnRecord
from schemas import words
from schemas.codes import code_lists
from schemas.i18n import UserMessage, _, ngettext

SEVERITIES = {
    "high": _("HIGH"),
    "medium": _("medium"),
    "low": _("low"),
}
_ENDED: Mapping[Ended, UserMessage] = {
    Ended.OWN_CORRECTED: _("Why: your authority corrected its record."),
    Ended.OWN_RETRACTED: _("Why: your authority retracted its record."),
    Ended.OWN_ERASED: _("Why: your authority erased its record."),
    Ended.OTHERS: _(
        "Why: another authority corrected or withdrew its record, or releases it to you no more."
    ),
    Ended.RULE_OFF: _("Why: the mechanism switched the rule off."),
}
HIT_COLUMNS = (
    *("indicator", "status", "severity", "grade", "rule", "title", "sentence", "exercise"),
    *("own_records", "others", "first_recorded", "last_recorded", "heard_at"),
    *("acknowledged_by", "acknowledged_at", "ended", "tlp", "markings"),
)
"""Columns of a file of hits."""
_STYLE = {"high": "bold red", "medium": "bold yellow", "low": "bold"}


def urgency(hit: NodeHit) -> tuple[bool, bool, int, int]:
    """Order hits: live before ended, unread before acknowledged, by severity, the newest first."""
    severities = list(SEVERITIES)
    rank = severities.index(hit.severity) if hit.severity in severities else len(severities)
    return hit.status != "live", hit.acknowledged_at is not None, rank, -hit.cursor


def hit_cells(hit: NodeHit, lang: str) -> Sequence[object]:
    """Give a hit for a file, in the order of HIT_COLUMNS; texts in a language."""
    others = [f"{other.country}/{other.authority}" for other in hit.others]
    return (
        *(hit.indicator, hit.status, hit.severity, hit.grade, hit.rule, hit.title[lang]),
        *(hit.sentence.get(lang), hit.exercise, [own.event for own in hit.own], others),
        *map(moment, (hit.first_recorded, hit.last_recorded, hit.heard_at)),
        *(hit.acknowledged_by, moment(hit.acknowledged_at), hit.ended, hit.tlp),
        [*hit.handling, *(f"H3: {condition}" for condition in hit.conditions)],
    )


def lines_of(hit: NodeHit, lang: str) -> Iterator[Text]:
    """Write a hit: what, own records, the other authorities, whom to call."""
    yield _head(hit, lang)
    if hit.status == "live":
        yield Text(f"  {hit.sentence[lang]}")
    else:
        yield Text("  " + _("No longer valid: do not act on it.").in_language(lang))
        if hit.ended:
            yield Text("  " + _ENDED[hit.ended].in_language(lang))
        if hit.ended_reason:
            note = _("Its reason: {reason}", reason=hit.ended_reason)
            yield Text("  " + note.in_language(lang))
        if hit.counterparts:
            names = ", ".join(_counterpart(name, lang) for name in hit.counterparts)
            note = _("It was with: {names}. Tell whom you called.", names=names)
            yield Text("  " + note.in_language(lang))
    yield Text("  " + _("Records of your authority:").in_language(lang), style="dim")
    for own in hit.own:
        yield Text(f"    {_own(own, lang)}")
    if hit.others:
        yield Text("  " + _("Other authorities with records:").in_language(lang), style="dim")
    for other in hit.others:
        yield from _other(other, lang)
    yield from _markings(hit, lang)
    note = _("Indicator {id} · notified {moment}", id=hit.indicator, moment=_moment(hit.heard_at))
    yield Text("  " + note.in_language(lang), style="dim")
    if hit.acknowledged_at is not None:
        taken = _(
            "Acknowledged by {person}, {moment}",
            person=hit.acknowledged_by,
            moment=_moment(hit.acknowledged_at),
        )
        yield Text("  " + taken.in_language(lang), style="green")


def _counterpart(name: str, lang: str) -> str:
    country, _blank, authority = name.partition(" ")
    return f"{words.value('country', country, lang)} ({authority})"


def _head(hit: NodeHit, lang: str) -> Text:
    gone = hit.status == "gone"
    head = Text("○ " if gone else "● ", style="dim" if gone else _STYLE.get(hit.severity, "bold"))
    if hit.exercise:
        head.append(
            _("EXERCISE `{exercise}` · ", exercise=hit.exercise).in_language(lang),
            style="bold magenta",
        )
    if gone:
        head.append(_("ENDED · ").in_language(lang))
    elif hit.severity in SEVERITIES:
        head.append(f"{SEVERITIES[hit.severity].in_language(lang)} · ")
    return head.append(hit.title[lang])


def _own(own: OwnRecord, lang: str) -> str:
    taken = f"{own.file}:{own.line}" if own.line else own.file
    origin = taken or _("of another node of the authority").in_language(lang)
    occurred = "" if own.occurred is None else _moment(own.occurred)[:10]
    return " · ".join(filter(None, [words.event_type(own.type, lang), origin, occurred, own.event]))


def _other(other: OtherRecords, lang: str) -> Iterator[Text]:
    count = ngettext("{count} record", "{count} records", other.records)
    country = words.value("country", other.country, lang)
    line = Text(f"    {country}, {other.authority}: {count.in_language(lang)} → ")
    yield line.append(_call(other, lang), style="bold")
    for code in other.markings:
        yield Text(f"      {_marking(code, lang)}", style="bold yellow")


def _call(other: OtherRecords, lang: str) -> str:
    if other.contact is None:
        return _("no contact is set; ask the mechanism").in_language(lang)
    call = _("call ").in_language(lang) + in_words(other.contact)
    if (other.contact.country, other.contact.authority) != (other.country, other.authority):
        return _("no contact is set; the mechanism: ").in_language(lang) + call
    return call


def _markings(hit: NodeHit, lang: str) -> Iterator[Text]:
    if hit.status == "live":
        yield Text(f"  TLP:{hit.tlp}", style="bold")
        markings = {code for other in hit.others for code in other.markings}
        for code in hit.handling:
            if code not in markings and code != "H3":
                yield Text(f"  {_marking(code, lang)}", style="yellow")
        for condition in hit.conditions:
            yield Text(f"  H3: {condition}", style="yellow")


def _marking(code: str, lang: str) -> str:
    return (
        f"{code}: {words.value('handling', code, lang)}"
        if code in code_lists()["handling"].codes
        else code
    )


def _moment(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")
