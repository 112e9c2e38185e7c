"""Read stored labels and rows of evidence. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import orjson

from schemas.ids import indicator_id
from schemas.model import EventId, Grade, IndicatorId, Label, Position, ThingKey
from streams.correlation.evidence_rows import EvidenceRow
from streams.rules import Rule

Row = Mapping[str, Any]


def label_of(row: Row) -> Label:
    """Read the release label in the columns of the table `events`, or of a label's JSON."""
    return Label(
        country=row["country"],
        authority=row["authority"],
        recipients=tuple(row["recipients"]),
        tlp=row["tlp"],
        handling=tuple(row["handling"]),
        condition=row["condition"],
        purpose=row["purpose"],
        exercise=row["exercise"],
    )


@lru_cache(maxsize=10_000)
def parse_label(text: str) -> Label:
    """Read the label that the tables of observations and evidence hold as JSON."""
    return label_of(orjson.loads(text))


def to_evidence_row(row: Row) -> EvidenceRow:
    """Read a row of queries/evidence.sql."""
    return EvidenceRow(
        op=row["op"],
        indicator=IndicatorId(_id_bytes(row["indicator"])),
        rule=row["rule"],
        rule_version=row["rule_version"],
        grade=row["grade"],
        kind=row["kind"],
        thing=ThingKey(_id_bytes(row["thing"])),
        event_id=EventId(_id_bytes(row["event_id"])),
        role=row["role"],
        certainty=row["certainty"],
        weights=row["weights"],
        position=Position(
            row["recorded_at"], row["topic"], row["partition"], row["offset"], row["item"]
        ),
        type=row["type"],
        country=row["country"],
        label=parse_label(row["label"]) if row["label"] else None,
        occurred=row["occurred"],
        subdivision=row["subdivision"],
        traits=row["traits"],
    )


def to_observed_row(
    row: Row, rule: Rule, grade: Grade, role: str, weights: Mapping[str, float]
) -> EvidenceRow:
    """Return the evidence that a row of queries/observations.sql is for a rule."""
    indicator = indicator_id(rule.id, grade, _id_bytes(row["thing"]))
    of_rule = {"rule": rule.id, "rule_version": rule.version, "grade": grade, "role": role}
    return to_evidence_row({**row, **of_rule, "indicator": indicator.hex(), "weights": weights})


def _id_bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("-", ""))
