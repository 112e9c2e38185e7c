"""Read what severity needs of the records of findings, and add it to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple, Protocol, TypeVar, cast

from consumers.query.events import current_version
from consumers.query.paging import BATCH_SIZE
from consumers.query.severity.severity import SeverityRecord, severity_of
from consumers.query.views import to_epoch_ms
from consumers.store.sql import FAR_FUTURE_MS, rows_as_dicts
from infra.clickhouse.client import Client
from infra.clock import now_ms

COARSE = frozenset({"year", "month", "unknown"})
"""Precisions of a date with which nobody knows the day."""


class WeighedRecord(Protocol):
    """A record that a finding rests on."""

    @property
    def event(self) -> str:
        """The id of its event."""

    @property
    def country(self) -> str:
        """The country of the owner."""

    @property
    def occurred(self) -> datetime | None:
        """When it happened, where that is known."""

    @property
    def recorded_at(self) -> datetime:
        """When the log took it."""


class WeighedFinding(Protocol):
    """A finding of any kind, as a reader sees it."""

    @property
    def severity(self) -> str:
        """What its rule says of the matter: low, medium or high."""

    @property
    def grade(self) -> str:
        """How sure it is: certain or possible."""

    @property
    def evidence(self) -> Sequence[WeighedRecord]:
        """Its records, all of them released to the reader."""


FindingT = TypeVar("FindingT", bound=WeighedFinding)


class _Judged(NamedTuple):
    """How an owner evaluates an event: scheme, source and information; whether its day is known."""

    evaluation: tuple[str, str, str]
    has_day: bool


@dataclass(slots=True)
class SeverityReader:
    """Adds their severity to findings of one generation. Not for two threads (its client is not).

    Its method raises what clickhouse-driver raises.
    """

    client: Client

    def weigh(self, findings: Sequence[FindingT], as_of: int | None) -> list[FindingT]:
        """Return the findings with their severity at a moment (ms since 1970 UTC, None is now).

        Their records are released to the reader, so nothing else is read.
        """
        ids = {record.event for finding in findings for record in finding.evidence}
        judged = self._judged(sorted(ids), as_of)
        now = now_ms() if as_of is None else as_of
        return [_with_assessment(finding, judged, now) for finding in findings]

    def _judged(self, ids: Sequence[str], as_of: int | None) -> dict[str, _Judged]:
        judged: dict[str, _Judged] = {}
        for start in range(0, len(ids), BATCH_SIZE):
            parameters = {
                "ids": ids[start : start + BATCH_SIZE],
                "as_of": FAR_FUTURE_MS if as_of is None else min(as_of, FAR_FUTURE_MS),
            }
            rows = rows_as_dicts(self.client, "event_evaluations", parameters)
            for id_, versions in groupby(rows, key=lambda row: str(row["id"])):
                row = current_version(list(versions))
                names = ("scheme", "source", "information")
                scheme, source, information = (str(row[f"evaluation_{name}"]) for name in names)
                is_coarse = row["occurred_precision"] in COARSE
                judged[id_] = _Judged((scheme, source, information), not is_coarse)
        return judged


def _with_assessment(finding: FindingT, judged: dict[str, _Judged], now: int) -> FindingT:
    records = _records(finding.evidence, judged)
    severity = severity_of(finding.severity, finding.grade, records, now)
    # every kind of finding is a dataclass with this field, which a protocol cannot say
    return cast("FindingT", replace(cast("Any", finding), assessment=severity))


def _records(
    evidence: Iterable[WeighedRecord], judged: dict[str, _Judged]
) -> Iterable[SeverityRecord]:
    for record in evidence:
        known = judged.get(record.event)
        has_day = record.occurred is not None and (known is None or known.has_day)
        moments = (record.occurred, record.recorded_at) if has_day else ()
        moment = min((to_epoch_ms(at) for at in moments if at is not None), default=None)
        evaluation = None if known is None else known.evaluation
        yield SeverityRecord(record.event, record.country, evaluation, moment)
