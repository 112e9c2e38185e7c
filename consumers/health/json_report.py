"""The health as JSON: what `/health` and `quipu health --json` give."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Literal

from pydantic import BaseModel, Field

from consumers.health.evaluate import Health, unknowns
from consumers.health.facts import Facts, Unknown
from consumers.health.thresholds import ATTENTION, BAD, GOOD
from infra.errors import Words

Level = Literal["good", "attention", "bad"]
LEVELS: dict[int, Level] = {GOOD: "good", ATTENTION: "attention", BAD: "bad"}


class Said(BaseModel):
    """In both languages."""

    es: str
    en: str


class FoundOut(BaseModel):
    """What is not good, and what to do."""

    level: Level
    subject: str = Field(
        description="kafka, store, stage/intake, process/sink, node/co-ponal, canary/co-ponal, rejects"
    )
    message: Said
    remedy: Said


class Report(BaseModel):
    """The line's health. `status` is that of this API: ok while it reaches its store."""

    status: Literal["ok", "store_away"] = Field(description="ok: the API reaches its store")
    generation: int | None = Field(
        description="which generation of the tables serves; null: not known"
    )
    level: Level
    findings: list[FoundOut] = Field(description="worst first")
    unknown: dict[str, str] = Field(description="pieces that could not be had, and why")
    facts: dict[str, Any] = Field(
        description="the figures, by piece; times end in _at (ms since 1970 UTC) or _s (seconds)"
    )


def report(facts: Facts, health: Health) -> Report:
    """All of it."""
    store_away = isinstance(facts.store, Unknown)
    return Report(
        status="store_away" if store_away else "ok",
        generation=None if isinstance(facts.generation, Unknown) else facts.generation,
        level=LEVELS[health.level],
        findings=[
            FoundOut(
                level=LEVELS[one.level],
                subject=one.subject,
                message=_said(one.message),
                remedy=_said(one.remedy),
            )
            for one in health.findings
        ],
        unknown=dict(unknowns(facts)),
        facts=_known(asdict(facts)),
    )


def _said(words: Words) -> Said:
    return Said(es=words.es, en=words.en)


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {
        name: value
        for name, value in facts.items()
        if not (isinstance(value, dict) and value.keys() == {"why", "es"})
    }
