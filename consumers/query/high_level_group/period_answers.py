"""Hold what existing questions answer about a period: what measures and report are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from consumers.query.lifecycles.answer_times import AnswerTimes

NO_THEME = "none"
"""In the place of a theme: records that belong to none."""


class ThemeCountry(NamedTuple):
    """Name a theme of the plan and the country of the owner."""

    theme: str
    country: str


@dataclass(frozen=True, slots=True)
class AssetTotal:
    """What assets of a stage were worth, in dollars, and how many records say so."""

    stage: str
    dollars: Decimal
    records: int


@dataclass(frozen=True, slots=True)
class Drill:
    """How the alerts of one exercise were acknowledged. Nothing in it is real."""

    name: str
    alerts: int
    in_time: int
    late: int
    missed: int


@dataclass(frozen=True, slots=True)
class PeriodAnswers:
    """The answers for one reader, of a period of the log.

    `records`: by theme and country, that the log took; `before`, `year_before`: by theme, of the
    spans to compare with; `findings`: new ones by severity; `verdicts`: how many findings have
    which last word, among those decided in the period; `operations`: with a result in the period;
    `drills`: None where no exercise was asked about.
    """

    records: Mapping[ThemeCountry, int] = field(default_factory=dict)
    before: Mapping[str, int] = field(default_factory=dict)
    year_before: Mapping[str, int] = field(default_factory=dict)
    authorities: int = 0
    findings: Mapping[str, int] = field(default_factory=dict)
    findings_complete: bool = True
    verdicts: Mapping[str, int] = field(default_factory=dict)
    times: Sequence[AnswerTimes] = ()
    operations: int = 0
    investigations: int = 0
    assets: Sequence[AssetTotal] = ()
    drills: Sequence[Drill] | None = None
