"""Write the health as JSON: what `/health` and `quipu health --json` give."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Literal

from pydantic import BaseModel, Field

from consumers.health.evaluate import Diagnosis, unknowns
from consumers.health.facts import Facts, Unavailable
from consumers.health.thresholds import ATTENTION, BAD, GOOD
from schemas.i18n import UserMessage

Level = Literal["good", "attention", "bad"]
LEVELS: dict[int, Level] = {GOOD: "good", ATTENTION: "attention", BAD: "bad"}


class BilingualText(BaseModel):
    """A text in Spanish and in English."""

    es: str
    en: str


class FindingModel(BaseModel):
    """Something that is not good, and what to do."""

    level: Level
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
        level=LEVELS[health.level],
        findings=[
            FindingModel(
                level=LEVELS[finding.level],
                subject=finding.subject,
                message=_said(finding.message),
                remedy=_said(finding.remedy),
            )
            for finding in health.findings
        ],
        unknown=dict(unknowns(facts)),
        facts=_known(asdict(facts)),
    )


def _said(message: UserMessage) -> BilingualText:
    return BilingualText(es=message.in_language("es"), en=message.in_language("en"))


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {
        name: value
        for name, value in facts.items()
        if not (isinstance(value, dict) and value.keys() == {"why"})
    }
