"""Say a finding of a rule over many records as it is shown: words, records and markings. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field

from consumers.query.explanations.explanation import Explanation
from consumers.query.explanations.grammar import listed
from consumers.query.finding_record import FindingRecord, finding_record
from consumers.query.severity.severity import RuleSeverity, Severity
from consumers.query.views import EventView, Recorded, Tlp, to_datetime
from schemas import words
from schemas.i18n import LANGUAGES, UserMessage, _, figure_text
from schemas.release.rules import TLP
from streams.rules.detectors.detector_rule import MICRO, DetectorRule
from streams.rules.detectors.evaluate import CrowdedGroup, RuleFinding

ByLanguage = Annotated[dict[str, str], Field(description="by language: es, en")]
CERTAIN = _("Certain: the records say clearly which things they are about.")
POSSIBLE = _("Possible: a record leaves open which thing it is about.")
CHANGES = _("It changes when these records are corrected or withdrawn, or others come.")
BRIEF = _("{title}: {records} records of {countries}, from {first} to {last}.")


@dataclass(frozen=True, slots=True)
class RuleFindingView:
    """What a rule over many records finds, from what is released to this reader alone."""

    id: Annotated[str, Field(description="stays while more records come")]
    rule: str
    rule_version: int
    detector: Annotated[str, Field(description="form of the rule: count, sum, sequence ...")]
    grade: Annotated[str, Field(description="certain, or possible")]
    severity: RuleSeverity
    title: ByLanguage
    sentence: ByLanguage
    brief: Annotated[
        dict[str, str], Field(description="without anything of a payload, as hits carry it")
    ]
    doubt: Annotated[dict[str, str], Field(description="what nobody must conclude, by language")]
    false_positives: Annotated[
        list[dict[str, str]], Field(description="what is known to look the same, by language")
    ]
    quantities: Annotated[
        dict[str, float], Field(description="what was measured, by name; amounts in their measure")
    ]
    tlp: Annotated[Tlp, Field(description="the most restrictive of its records")]
    first_recorded: datetime
    last_recorded: Recorded
    evidence: Annotated[list[FindingRecord], Field(description="in the order of occurrence")]
    explanation: Explanation
    assessment: Annotated[
        Severity | None, Field(description="how severe it is for this reader, and why")
    ] = None


@dataclass(frozen=True, slots=True)
class CrowdedView:
    """A value of which a rule says nothing, or not all, because too many records share it."""

    rule: str
    group: str
    records: int


@dataclass(frozen=True, slots=True)
class RuleFindings:
    """What the rules find for this reader, the newest first.

    `crowded`: values that are hubs; `is_complete`: whether all candidates were looked at.
    """

    findings: list[RuleFindingView]
    crowded: list[CrowdedView]
    is_complete: bool


def to_finding_view(finding: RuleFinding, events: Mapping[str, EventView]) -> RuleFindingView:
    """Return a finding as it is shown. `events`: its records, by id."""
    rule = finding.rule
    records = [events[id_] for id_ in finding.events]
    explanation = _explanation(finding)
    return RuleFindingView(
        id=finding.id,
        rule=rule.id,
        rule_version=rule.version,
        detector=rule.detector,
        grade=finding.grade,
        severity=rule.severity,
        title=dict(rule.title),
        sentence=explanation.sentence,
        brief={lang: _brief(finding, lang) for lang in LANGUAGES},
        doubt=dict(rule.doubt),
        false_positives=[dict(texts) for texts in rule.false_positives],
        quantities=_quantities(finding),
        tlp=max((record.tlp for record in records), key=TLP.index),
        first_recorded=min(record.recorded_at for record in records),
        last_recorded=max(record.recorded_at for record in records),
        evidence=[finding_record(record) for record in records],
        explanation=explanation,
    )


def to_crowded_view(group: CrowdedGroup) -> CrowdedView:
    """Return a hub as it is shown."""
    return CrowdedView(
        group.rule.id, group_text(group.rule, group.key, "en"), group.crowding.records
    )


def group_text(rule: DetectorRule, key: Sequence[str], lang: str) -> str:
    """Say what the records of a group share, as they write it."""
    names = rule.by if len(rule.by) == len(key) else ("",) * len(key)
    parts = (words.value(name, value, lang) for name, value in zip(names, key, strict=True))
    joined = " → " if rule.detector == "path" else ", "
    return joined.join(part.replace("|", " ") for part in parts if part)


def _explanation(finding: RuleFinding) -> Explanation:
    rule = finding.rule
    sure = CERTAIN if finding.grade == "certain" else POSSIBLE
    return Explanation(
        sentence={lang: _sentence(finding, lang) for lang in LANGUAGES},
        subject={lang: group_text(rule, finding.key, lang) for lang in LANGUAGES},
        records=[],
        features=[],
        confidence={lang: f"{sure.in_language(lang)} {rule.doubt[lang]}" for lang in LANGUAGES},
        changes=[{lang: CHANGES.in_language(lang) for lang in LANGUAGES}],
    )


def _sentence(finding: RuleFinding, lang: str) -> str:
    quantities = finding.quantities
    values = {
        **_common(finding, lang),
        "group": group_text(finding.rule, finding.key, lang),
        "distinct": figure_text(quantities.get("distinct", 0), lang),
        "amount": _amount(quantities.get("amount", 0), lang),
        "serials": figure_text(quantities.get("serials", 0), lang),
        "times": figure_text(quantities.get("times", 0), lang),
        "transfers": figure_text(quantities.get("transfers", 0), lang),
        "things": figure_text(quantities.get("things", 0), lang),
    }
    return finding.rule.sentence[lang].format(**values)


def _brief(finding: RuleFinding, lang: str) -> str:
    values = {name: str(value) for name, value in _common(finding, lang).items()}
    text: UserMessage = BRIEF.with_values(title=finding.rule.title[lang], **values)
    return text.in_language(lang)


def _common(finding: RuleFinding, lang: str) -> dict[str, str]:
    """Return what every sentence may name, and what no payload is needed for."""
    days = [
        f"{to_datetime(occurrence.at):%Y-%m-%d}"
        for occurrence in finding.evidence
        if occurrence.at is not None
    ]
    countries = sorted({occurrence.country for occurrence in finding.evidence})
    return {
        "records": figure_text(len(finding.events), lang),
        "countries": listed([words.value("country", code, lang) for code in countries], lang),
        "first": days[0] if days else "—",
        "last": days[-1] if days else "—",
    }


def _amount(amount: int, lang: str) -> str:
    """Write an amount in millionths without decimals: 36 000 in Spanish."""
    return figure_text(amount // MICRO, lang)


def _quantities(finding: RuleFinding) -> dict[str, float]:
    return {
        name: value / MICRO if name == "amount" else value
        for name, value in finding.quantities.items()
        if name != "most" and (value or name in ("records", "countries"))
    }
