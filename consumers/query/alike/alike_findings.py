"""Say of two records that they describe one object, or one way of acting, and why. Pure.

Everything here is computed from what is released to one reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, NamedTuple

from pydantic import Field

from consumers.query.explanations.explanation import ExplainedRecord, Explanation
from consumers.query.explanations.reasons import in_languages
from consumers.query.persons.feature_words import reasons_of
from consumers.query.persons.person_explanation import percent_of
from consumers.query.persons.person_views import Probability
from consumers.query.severity.severity import RuleSeverity, Severity
from consumers.query.views import EventView, Markings, Occurred, Recorded, Tlp
from schemas import ids, words
from schemas.i18n import LANGUAGES, UserMessage, _
from schemas.release.rules import TLP
from streams.linking import BY_KIND, RecordComparison

MISSED, APPEARED = frozenset({"STOLEN", "LOST"}), frozenset({"OFFERED", "FOUND", "SEIZED"})
STATUSES = "cultural_status"
FINDING_MARK = b"\x00\x00\x00\x02"
"""Begins the id of such a finding: those on persons and of rules begin with less."""
LONGEST_TITLE = 120
"""Characters of what a record writes that a finding shows."""


class AlikeRule(NamedTuple):
    """What a finding of a kind of links says.

    The sentence has the holes thing, first, first_day, second, second_day; of objects also
    first_status and second_status. `brief`: has nothing of a payload.
    """

    name: str
    title: UserMessage
    sentence: UserMessage
    brief: UserMessage
    fields: tuple[str, ...]
    """Fields of which the first that is written names the record."""
    version: int = 1


RULES: Mapping[str, AlikeRule] = {
    "object": AlikeRule(
        "same-object-in-two-countries",
        _("One cultural object in records of two countries"),
        _(
            "{thing}: {first_status} in {first} ({first_day}), "
            "{second_status} in {second} ({second_day})."
        ),
        _("Records of {first} ({first_day}) and {second} ({second_day}) describe one object."),
        ("title", "what"),
    ),
    "method": AlikeRule(
        "same-method-in-two-countries",
        _("The same way of acting in two countries"),
        _(
            "Records of {first} ({first_day}) and {second} ({second_day}) "
            "describe it alike: {thing}"
        ),
        _("Records of {first} ({first_day}) and {second} ({second_day}) describe one method."),
        ("modus_operandi",),
    ),
}
"""By kind of links; a comparer that is not here makes links and no findings."""


@dataclass(frozen=True, slots=True)
class AlikeRecord:
    """A record that describes an object or a way of acting."""

    event: str
    type: str
    country: str
    authority: str
    occurred: Occurred
    recorded_at: Recorded
    tlp: Tlp
    markings: Markings
    written: Annotated[str, Field(description="how the record names or describes it, shortened")]
    status: Annotated[str, Field(description="a code of the list cultural_status, or empty")]


@dataclass(frozen=True, slots=True)
class AlikeFinding:
    """Two records of two countries that describe one object, or one way of acting."""

    id: Annotated[str, Field(description="stays as long as both records do")]
    rule: str
    rule_version: int
    kind: Annotated[str, Field(description="object or method")]
    severity: RuleSeverity
    title: Annotated[dict[str, str], Field(description="by language: es, en")]
    sentence: Annotated[dict[str, str], Field(description="by language: es, en")]
    brief: Annotated[
        dict[str, str], Field(description="without anything of a payload, as hits carry it")
    ]
    probability: Probability
    explanation: Explanation
    tlp: Tlp
    last_recorded: Recorded
    evidence: Annotated[list[AlikeRecord], Field(description="in the order of occurrence")]
    assessment: Annotated[
        Severity | None, Field(description="how severe it is for this reader, and why")
    ] = None

    @property
    def grade(self) -> str:
        """Possible: records that are alike are of one thing only perhaps."""
        return "possible"


def finding_of(kind: str, first: EventView, second: EventView) -> AlikeFinding | None:
    """Return what two released records show together; None where it is nothing.

    They are compared again: a link may be of a former version of a record.
    """
    comparison = _compare(kind, first, second)
    if comparison is None or comparison.cannot_be_same or first.country == second.country:
        return None
    rule = RULES[kind]
    events = sorted((first, second), key=lambda event: (_moment(event), event.id))
    evidence = [_record(event, rule) for event in events]
    sentence = {lang: _sentence(rule.sentence, evidence, lang) for lang in LANGUAGES}
    return AlikeFinding(
        id=_finding_id(rule.name, sorted((first.id, second.id))),
        rule=rule.name,
        rule_version=rule.version,
        kind=kind,
        severity=_severity(evidence),
        title={lang: rule.title.in_language(lang) for lang in LANGUAGES},
        sentence=sentence,
        brief={lang: _sentence(rule.brief, evidence, lang) for lang in LANGUAGES},
        probability=comparison.score.probability,
        explanation=_explanation(sentence, evidence, comparison),
        tlp=max((event.tlp for event in events), key=TLP.index),
        last_recorded=max(event.recorded_at for event in events),
        evidence=evidence,
    )


def _compare(kind: str, first: EventView, second: EventView) -> RecordComparison | None:
    """Return the surest comparison of a record of one event with a record of the other."""
    comparer = BY_KIND[kind]
    packed = [
        [comparer.pack(record) for record in comparer.records(event.type, event.payload or {})]
        for event in (first, second)
    ]
    pairs = ((record, other) for record in packed[0] for other in packed[1])
    comparisons = [comparer.compare(*pair) for pair in pairs]
    surest = [comparison for comparison in comparisons if comparison is not None]
    return max(surest, key=lambda comparison: comparison.score.weight, default=None)


def _moment(event: EventView) -> str:
    return (event.occurred_from or event.reported_at).isoformat()


def _record(event: EventView, rule: AlikeRule) -> AlikeRecord:
    payload = event.payload or {}
    written = next((payload[name] for name in rule.fields if payload.get(name)), "")
    shown = written if len(written) <= LONGEST_TITLE else f"{written[: LONGEST_TITLE - 1]}…"
    return AlikeRecord(
        event=event.id,
        type=event.type,
        country=event.country,
        authority=event.authority,
        occurred=event.occurred_from or event.reported_at,
        recorded_at=event.recorded_at,
        tlp=event.tlp,
        markings=list(event.markings),
        written=shown,
        status=payload.get("status") or "" if rule is RULES["object"] else "",
    )


def _severity(evidence: list[AlikeRecord]) -> str:
    """Return high where what one country misses appears in the other."""
    statuses = {record.status for record in evidence}
    return "high" if statuses & MISSED and statuses & APPEARED else "medium"


def _sentence(text: UserMessage, evidence: list[AlikeRecord], lang: str) -> str:
    values: dict[str, object] = {"thing": next(filter(None, _names(evidence)), "—")}
    for name, record in zip(("first", "second"), evidence, strict=True):
        values[name] = words.value("country", record.country, lang)
        values[f"{name}_day"] = f"{record.occurred:%Y-%m-%d}" if record.occurred else "—"
        status = words.value(STATUSES, record.status, lang) if record.status else "—"
        values[f"{name}_status"] = status[:1].lower() + status[1:]
    return text.with_values(**values).in_language(lang)


def _explanation(
    sentence: dict[str, str], evidence: list[AlikeRecord], comparison: RecordComparison
) -> Explanation:
    """Explain a finding in the shape of all findings."""
    name = next(filter(None, _names(evidence)), "")
    percent = percent_of(comparison.score.probability)
    return Explanation(
        sentence=sentence,
        subject=dict.fromkeys(LANGUAGES, name) if name else None,
        records=[
            ExplainedRecord(record.event, dict.fromkeys(LANGUAGES, record.written))
            for record in evidence
            if record.written
        ],
        features=reasons_of(comparison.score),
        confidence=in_languages(
            _("Possible ({percent} %): both records describe it alike.", percent=percent)
        ),
        changes=[
            in_languages(
                _("It ends when {country} withdraws or corrects its record."), record.country
            )
            for record in evidence
        ],
    )


def _names(evidence: list[AlikeRecord]) -> list[str]:
    return [record.written for record in evidence]


def is_alike_finding(id_: str) -> bool:
    """Return whether an id is that of such a finding."""
    return ids.has_mark(id_, FINDING_MARK)


def _finding_id(rule: str, events: list[str]) -> str:
    return ids.finding_id(FINDING_MARK, "\0".join(("quipu alike finding", rule, *events)))
