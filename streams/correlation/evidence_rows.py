"""Make evidence rows of what events observed, read them back, and drop what was erased."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from schemas.avro.codec import log_format
from schemas.avro.log_records import EvidenceRowRecord, PositionRecord
from schemas.ids import indicator_id
from schemas.model import (
    EpochMs,
    EventId,
    Grade,
    IndicatorId,
    Label,
    ObservationOp,
    Offset,
    PartitionNumber,
    Position,
    ThingKey,
)
from schemas.release import label_codec
from schemas.release.label_table import label_of
from streams.correlation.stored_observation import StoredObservation
from streams.rules import Grading, Rule

CACHE_SIZE = 20_000


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One row, from the stream or from the store. `label` is None unless op is add."""

    op: ObservationOp
    indicator: IndicatorId
    rule: str
    rule_version: int
    grade: Grade
    kind: str
    thing: ThingKey
    event_id: EventId
    role: str
    certainty: str
    weights: Mapping[str, float]
    position: Position
    type: str
    country: str
    label: Label | None
    occurred: int | None
    subdivision: str | None
    traits: Mapping[str, str]


def _always(_rule: Rule, _appended_at: int) -> bool:
    return True


class EvidenceScope(NamedTuple):
    """What the rows of one event under one rule have in common.

    `applies`: whether the rule holds for what was appended at a time (ms since 1970 UTC).
    """

    grading: Grading
    kind: str
    thing: bytes
    event_id: bytes
    applies: Callable[[Rule, int], bool] = _always


def read_row(record: EvidenceRowRecord, labels: Sequence[bytes] = ()) -> EvidenceRow:
    """Read a row of an `Evidence` message. `labels`: those of the message.

    Raises UnknownFormatError, BrokenFormatError where its label cannot be read.
    """
    label, position = label_of(labels, record), record["position"]
    return EvidenceRow(
        op=record["op"],
        indicator=IndicatorId(record["indicator"]),
        rule=record["rule"],
        rule_version=record["rule_version"],
        grade=record["grade"],
        kind=record["kind"],
        thing=ThingKey(record["thing"]),
        event_id=EventId(record["event_id"]),
        role=record["role"],
        certainty=record["certainty"],
        weights=record["weights"],
        position=Position(
            EpochMs(position["appended_at"]),
            position["topic"],
            PartitionNumber(position["partition"]),
            Offset(position["offset"]),
            position["item"],
        ),
        type=record["type"],
        country=record["country"],
        label=None if label is None else label_codec.read(label),
        occurred=record["occurred"],
        subdivision=record["subdivision"],
        traits=record["traits"],
    )


def read_rows(value: bytes) -> list[EvidenceRow]:
    """Read the rows of a message of the evidence topic.

    Raises BrokenFormatError, UnknownFormatError.
    """
    message = log_format("evidence").read(value)
    return [read_row(record, message["labels"]) for record in message["rows"]]


def without_erased(rows: Iterable[EvidenceRow]) -> list[EvidenceRow]:
    """Keep each row once, and none of an event that was erased later.

    The rows come in the order of their topic.
    """
    by_event: dict[tuple[bytes, bytes], dict[tuple[Position, str, str], EvidenceRow]] = {}
    for row in rows:
        of_event = by_event.setdefault((row.indicator, row.event_id), {})
        if row.op == "erase":
            of_event.clear()
        else:
            of_event[row.position, row.role, row.op] = row
    return [row for of_event in by_event.values() for row in of_event.values()]


def evidence_rows(
    scope: EvidenceScope, observations: Sequence[StoredObservation], since: int = 0
) -> list[EvidenceRowRecord]:
    """Make the evidence rows of an event's observations on a thing, from index `since` on.

    An add gives a row for each role it fills, and takes back the roles that its event filled before
    and fills no more; so does a withdraw.
    """
    rows: list[EvidenceRowRecord] = []
    filled: Mapping[str, StoredObservation] = {}
    for index, observation in enumerate(observations):
        roles = _roles(scope, observation)
        if index >= since:
            rows += [_add_row(scope, role, observation) for role in roles]
            rows += [
                _withdraw_row(scope, role, observation, "withdraw", filled[role])
                for role in filled
                if role not in roles
            ]
        filled = dict.fromkeys(roles, observation)
    return rows


def erase_rows(
    scope: EvidenceScope,
    observations: Sequence[StoredObservation],
    erasing: StoredObservation,
) -> list[EvidenceRowRecord]:
    """Make one row for each role that the event ever filled, which erases it there."""
    roles = {row["role"] for row in evidence_rows(scope, observations)}
    return [_withdraw_row(scope, role, erasing, "erase", erasing) for role in sorted(roles)]


def _roles(scope: EvidenceScope, observation: StoredObservation) -> list[str]:
    rule, grade = scope.grading
    if observation.op != "add" or not scope.applies(rule, observation.appended_at):
        return []
    return rule.roles_in(
        grade, observation.type, observation.certainty, observation.occurred, observation.traits
    )


def _add_row(scope: EvidenceScope, role: str, observation: StoredObservation) -> EvidenceRowRecord:
    rule = scope.grading.rule
    return {
        "op": "add",
        "indicator": _indicator(rule.id, scope.grading.grade, scope.thing),
        "rule": rule.id,
        "rule_version": rule.version,
        "grade": scope.grading.grade,
        "kind": scope.kind,
        "thing": scope.thing,
        "event_id": scope.event_id,
        "role": role,
        "certainty": observation.certainty,
        "weights": rule.weigh(role, observation.certainty, observation.traits),
        "position": _position(observation),
        "type": observation.type,
        "country": observation.country,
        "label": observation.label,
        "label_index": None,
        "occurred": observation.occurred,
        "subdivision": observation.subdivision,
        "traits": observation.traits,
    }


def _withdraw_row(
    scope: EvidenceScope,
    role: str,
    observation: StoredObservation,
    op: ObservationOp,
    former: StoredObservation,
) -> EvidenceRowRecord:
    """Make the row by which `observation` withdraws or erases `former`."""
    rule = scope.grading.rule
    return {
        "op": op,
        "indicator": _indicator(rule.id, scope.grading.grade, scope.thing),
        "rule": rule.id,
        "rule_version": rule.version,
        "grade": scope.grading.grade,
        "kind": scope.kind,
        "thing": scope.thing,
        "event_id": scope.event_id,
        "role": role,
        "certainty": former.certainty,
        "weights": {},
        "position": _position(observation),
        "type": former.type,
        "country": former.country,
        "label": None,
        "label_index": None,
        "occurred": None,
        "subdivision": None,
        "traits": {},
    }


def _position(observation: StoredObservation) -> PositionRecord:
    return {
        "appended_at": observation.appended_at,
        "topic": observation.topic,
        "partition": observation.partition,
        "offset": observation.offset,
        "item": observation.index,
    }


@lru_cache(maxsize=CACHE_SIZE)
def _indicator(rule: str, grade: str, thing: bytes) -> IndicatorId:
    return indicator_id(rule, grade, thing)
