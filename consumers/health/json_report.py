"""Write the health as JSON: what `/health` and `quipu health --json` give."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Literal

from pydantic import BaseModel, Field

from consumers.health.evaluate import Diagnosis, unknowns
from consumers.health.facts import Facts, Unavailable
from consumers.health.findings import Acknowledgement, Finding
from consumers.health.thresholds import Degree
from schemas.i18n import UserMessage

Level = Literal["good", "informed", "watch", "act_now"]
LEVELS: dict[Degree, Level] = {
    Degree.GOOD: "good",
    Degree.INFORMED: "informed",
    Degree.WATCH: "watch",
    Degree.ACT_NOW: "act_now",
}


class BilingualText(BaseModel):
    """A text in Spanish and in English."""

    es: str
    en: str


class ConsequenceModel(BaseModel):
    """What follows from a finding: it goes when its cause goes."""

    level: Level
    subject: str
    kind: str
    message: BilingualText


class AcknowledgementModel(BaseModel):
    """Who knows of a finding already, why, and until when."""

    who: str
    reason: str
    at: int = Field(description="ms since 1970 UTC")
    until: int = Field(description="ms since 1970 UTC; then the finding counts again")


class FindingModel(BaseModel):
    """Something that is not good, since when, what follows from it, and what to do."""

    level: Level
    kind: str = Field(description="what is wrong there; the runbook has the same names")
    since_at: int | None = Field(
        default=None, description="since when, ms since 1970 UTC; null: not known"
    )
    tried: BilingualText | None = Field(default=None, description="what the supervisor did already")
    consequences: list[ConsequenceModel] = Field(default=[], description="what follows from it")
    acknowledged: AcknowledgementModel | None = None
    subject: str = Field(
        description="kafka, store, stage/intake, process/sink, node/co-ponal, "
        "canary/co-ponal, authority/CO/PONAL, rejects"
    )
    message: BilingualText
    remedy: BilingualText


class ProbeAnswer(BaseModel):
    """What a supervisor or load balancer learns: nothing but whether this API can answer."""

    status: Literal["ok", "store_away", "ledger_away"] = Field(
        description="ok: it can answer; ledger_away: Kafka, which keeps the ledger, is unreachable"
    )


class HealthLevel(BaseModel):
    """What anybody may know of the health: whether the store answers, and the level."""

    status: Literal["ok", "store_away"] = Field(description="ok: the API reaches its store")
    level: Level


class HealthReport(BaseModel):
    """The health of the system. `status` is that of this API: ok while it reaches its store."""

    status: Literal["ok", "store_away"] = Field(description="ok: the API reaches its store")
    generation: int | None = Field(
        description="which generation of the tables serves; null: not known"
    )
    level: Level
    late: bool = Field(
        default=False,
        description="questions waited for over a second, or were refused, within a minute",
    )
    questions: dict[str, Any] = Field(
        default_factory=dict,
        description="of this API: how many run and wait; within the last minute, how many were "
        "refused and how long one waited at most, in seconds",
    )
    findings: list[FindingModel] = Field(description="worst first")
    unknown: dict[str, str] = Field(description="pieces that could not be had, and why")
    facts: dict[str, Any] = Field(
        description="the figures, by piece; times end in _at (ms since 1970 UTC) or _s (seconds)"
    )


def to_probe_answer(facts: Facts) -> ProbeAnswer:
    """Say whether the API can answer: it reads its store, and notes each answer in Kafka."""
    if isinstance(facts.store, Unavailable):
        return ProbeAnswer(status="store_away")
    return ProbeAnswer(status="ledger_away" if isinstance(facts.kafka, Unavailable) else "ok")


def to_report(facts: Facts, health: Diagnosis) -> HealthReport:
    """Write facts and diagnosis as a report."""
    store_away = isinstance(facts.store, Unavailable)
    return HealthReport(
        status="store_away" if store_away else "ok",
        generation=None if isinstance(facts.generation, Unavailable) else facts.generation,
        level=LEVELS[health.degree],
        findings=[_finding_model(finding) for finding in health.findings],
        unknown=dict(unknowns(facts)),
        facts=_known(asdict(facts)),
    )


def _finding_model(finding: Finding) -> FindingModel:
    return FindingModel(
        level=LEVELS[finding.degree],
        subject=finding.subject,
        kind=finding.kind,
        message=_said(finding.message),
        remedy=_said(finding.remedy),
        since_at=finding.since_at,
        tried=None if finding.tried is None else _said(finding.tried),
        consequences=[
            ConsequenceModel(
                level=LEVELS[consequence.degree],
                subject=consequence.subject,
                kind=consequence.kind,
                message=_said(consequence.message),
            )
            for consequence in finding.consequences
        ],
        acknowledged=_acknowledgement_model(finding.acknowledged),
    )


def _acknowledgement_model(known: Acknowledgement | None) -> AcknowledgementModel | None:
    if known is None:
        return None
    return AcknowledgementModel(who=known.who, reason=known.reason, at=known.at, until=known.until)


def _said(message: UserMessage) -> BilingualText:
    return BilingualText(es=message.in_language("es"), en=message.in_language("en"))


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {
        name: value
        for name, value in facts.items()
        if not (isinstance(value, dict) and value.keys() == {"why", "is_late"})
    }
