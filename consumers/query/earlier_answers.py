"""Hold what earlier answers read, so that the next one need not read it again."""

from __future__ import annotations

from dataclasses import dataclass, field

from consumers.query.released_labels import LabelTable
from consumers.query.rule_findings.known_records import KnownRecords
from schemas.model import Reader


@dataclass(frozen=True, slots=True)
class EarlierAnswers:
    """What earlier answers read of one generation's database.

    `readers`: with the conditions that they accepted; `labels`: of the tables; both as they were a
    moment ago, and an answer adds what it reads. `records`: what rules saw.
    """

    readers: dict[Reader, Reader] = field(default_factory=dict)
    labels: LabelTable = field(default_factory=dict)
    records: KnownRecords = field(default_factory=KnownRecords)
