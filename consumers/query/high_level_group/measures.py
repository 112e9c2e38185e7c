"""Measure goals by named measures: each is computed from answers of existing questions. Pure.

No measure takes a text of a record or a query: what can be measured is this table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from consumers.query.high_level_group.period_answers import PeriodAnswers
from consumers.query.lifecycles.answer_times import AnswerTimes

REPORTED = "REPORTED"
"""The measure of a goal whose owner says how far it is."""
_SECURED = ("RESTRAINED", "FORFEITED")


class MeasureUnit(StrEnum):
    """Name in what a measure counts."""

    COUNT = "count"
    PERCENT = "percent"
    DOLLARS = "usd"


class Measured(NamedTuple):
    """Hold a value, and the counts that could be computed from it.

    `value`: None where there is nothing to compute it from; `counts`: of records or findings, which
    are not to be printed where they are small.
    """

    value: float | None
    counts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedMeasure:
    """Describe how one measure is computed."""

    unit: MeasureUnit
    compute: Callable[[PeriodAnswers], Measured]


def measure_goal(name: str, answers: PeriodAnswers, reported: float | None) -> Measured:
    """Return the value of a measure. `reported`: the value that an owner stated last.

    A name that this release does not know has no value.
    """
    if name == REPORTED:
        return Measured(reported)
    known = MEASURES.get(name)
    return known.compute(answers) if known else Measured(None)


def unit_of(name: str) -> MeasureUnit:
    """Return in what a measure counts; what owners report is a plain number."""
    return MEASURES[name].unit if name in MEASURES else MeasureUnit.COUNT


def _records(answers: PeriodAnswers) -> Measured:
    return Measured(sum(answers.records.values()), tuple(answers.records.values()))


def _findings(answers: PeriodAnswers) -> Measured:
    return Measured(sum(answers.findings.values()), tuple(answers.findings.values()))


def _share_of_verdicts(words: Iterable[str], among: Iterable[str]) -> _Compute:
    chosen, every = frozenset(words), frozenset(among)

    def compute(answers: PeriodAnswers) -> Measured:
        parts = {word: answers.verdicts.get(word, 0) for word in every}
        part = sum(parts[word] for word in chosen)
        return Measured(share(part, sum(parts.values())), tuple(parts.values()))

    return compute


def _in_time(*kinds: str) -> _Compute:
    def compute(answers: PeriodAnswers) -> Measured:
        rows = [row for row in answers.times if row.kind in kinds]
        return Measured(share(sum(row.in_time for row in rows), sum(map(_over, rows))))

    return compute


def _over(row: AnswerTimes) -> int:
    """Return how many deadlines are over, in whatever way."""
    return row.in_time + row.late + row.missed


def _assets(answers: PeriodAnswers) -> Measured:
    secured = [total for total in answers.assets if total.stage in _SECURED]
    dollars = sum(float(total.dollars) for total in secured)
    return Measured(dollars, tuple(total.records for total in secured))


def _drills(answers: PeriodAnswers) -> Measured:
    if answers.drills is None:
        return Measured(None)
    return Measured(sum(drill.alerts > 0 for drill in answers.drills))


def share(part: int, whole: int) -> float | None:
    """Return a percentage with one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


_Compute = Callable[[PeriodAnswers], Measured]
_DECIDED = ("confirmed", "rejected")
MEASURES: Mapping[str, NamedMeasure] = {
    "RECORDS_SHARED": NamedMeasure(MeasureUnit.COUNT, _records),
    "AUTHORITIES_SHARING": NamedMeasure(
        MeasureUnit.COUNT, lambda answers: Measured(answers.authorities)
    ),
    "FINDINGS_NEW": NamedMeasure(MeasureUnit.COUNT, _findings),
    "FINDINGS_DECIDED_SHARE": NamedMeasure(
        MeasureUnit.PERCENT, _share_of_verdicts(_DECIDED, (*_DECIDED, "unsure"))
    ),
    "FINDINGS_CONFIRMED_SHARE": NamedMeasure(
        MeasureUnit.PERCENT, _share_of_verdicts(("confirmed",), _DECIDED)
    ),
    "REQUESTS_IN_TIME_SHARE": NamedMeasure(MeasureUnit.PERCENT, _in_time("assistance")),
    "ALERTS_IN_TIME_SHARE": NamedMeasure(MeasureUnit.PERCENT, _in_time("alert")),
    "TRACES_ANSWERED_SHARE": NamedMeasure(MeasureUnit.PERCENT, _in_time("trace")),
    "DRILLS_HELD": NamedMeasure(MeasureUnit.COUNT, _drills),
    "OPERATIONS_HELD": NamedMeasure(
        MeasureUnit.COUNT, lambda answers: Measured(answers.operations)
    ),
    "INVESTIGATIONS_OPEN": NamedMeasure(
        MeasureUnit.COUNT, lambda answers: Measured(answers.investigations)
    ),
    "ASSETS_SECURED_USD": NamedMeasure(MeasureUnit.DOLLARS, _assets),
}
