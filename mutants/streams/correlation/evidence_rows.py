"""Evidence rows: made of what an event said about a thing, read back, and what erasures leave of
them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from schemas.avro.codec import Record, log_format
from schemas.avro.log_records import EvidenceRowRecord
from schemas.ids import indicator_id
from schemas.model import EventId, IndicatorId, Label, Position, ThingKey
from schemas.release import label_codec
from streams.rules import Grading

POSITION_FIELDS = ("appended_at", "topic", "partition", "offset")


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One row, from the stream or from the store. `label` is None unless op is add."""

    op: str
    indicator: IndicatorId
    rule: str
    rule_version: int
    grade: str
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


def read_row(record: EvidenceRowRecord) -> EvidenceRow:
    """A row of an `Evidence` message. Raises UnknownFormatError, BrokenFormatError where its label
    cannot be read.
    """
    label = record["label"]
    read = None if label is None else label_codec.read(label)
    fields: Record = {**record, "position": Position(**record["position"]), "label": read}
    return EvidenceRow(**fields)


def read_rows(value: bytes) -> list[EvidenceRow]:
    """The rows of a message of the evidence topic. Raises BrokenFormatError, UnknownFormatError."""
    return [read_row(record) for record in log_format("evidence").read(value)["rows"]]


def without_erased(rows: Iterable[EvidenceRow]) -> list[EvidenceRow]:
    """What is left of rows in the order of their topic: each once, an erase taking along what its
    event said before it.
    """
    left: dict[tuple[bytes, bytes], dict[tuple[Position, str, str], EvidenceRow]] = {}
    for row in rows:
        of_event = left.setdefault((row.indicator, row.event_id), {})
        if row.op == "erase":
            of_event.clear()
        else:
            of_event[row.position, row.role, row.op] = row
    return [row for of_event in left.values() for row in of_event.values()]


@lru_cache(maxsize=20_000)
def _indicator(rule: str, grade: str, thing: bytes) -> IndicatorId:
    return indicator_id(rule, grade, thing)


def evidence_rows(
    grading: Grading,
    kind: str,
    thing: bytes,
    event_id: bytes,
    said: Sequence[Record],
    since: int = 0,
) -> list[Record]:
    """The evidence rows of what an event said about a thing, in the order of positions, from index
    `since` on.

    An add gives a row for each role it fills, and takes back the roles that its event filled before
    and fills no more; so does a withdraw.
    """
    rows: list[Record] = []
    filled: Mapping[str, Record] = {}
    for index, row in enumerate(said):
        roles = _roles(grading, row) if row["op"] == "add" else []
        if index >= since:
            rows += [_add(grading, kind, thing, event_id, role, row) for role in roles]
            rows += [
                _withdraw_row(grading, kind, thing, event_id, role, row, "withdraw", filled[role])
                for role in filled
                if role not in roles
            ]
        filled = dict.fromkeys(roles, row)
    return rows


def _roles(grading: Grading, row: Record) -> list[str]:
    return grading.rule.roles_in(
        grading.grade, row["type"], row["certainty"], row["occurred"], row["traits"]
    )


def erase_rows(
    grading: Grading, kind: str, thing: bytes, event_id: bytes, said: Sequence[Record], by: Record
) -> list[Record]:
    """One row per role that the event ever filled: forget it. `by`: the observation that erases."""
    roles = {row["role"] for row in evidence_rows(grading, kind, thing, event_id, said)}
    return [
        _withdraw_row(grading, kind, thing, event_id, role, by, "erase", by)
        for role in sorted(roles)
    ]


def _add(
    grading: Grading, kind: str, thing: bytes, event_id: bytes, role: str, row: Record
) -> Record:
    return {
        **_common_fields(grading, kind, thing, event_id, role, row),
        "op": "add",
        "certainty": row["certainty"],
        "weights": grading.rule.weigh(role, row["certainty"], row["traits"]),
        "type": row["type"],
        "country": row["country"],
        "label": row["label"],
        "occurred": row["occurred"],
        "subdivision": row["subdivision"],
        "traits": row["traits"],
    }


def _withdraw_row(
    grading: Grading,
    kind: str,
    thing: bytes,
    event_id: bytes,
    role: str,
    row: Record,
    op: str,
    former: Record,
) -> Record:
    return {
        **_common_fields(grading, kind, thing, event_id, role, row),
        "op": op,
        "certainty": former["certainty"],
        "weights": {},
        "type": former["type"],
        "country": former["country"],
        "label": None,
        "occurred": None,
        "subdivision": None,
        "traits": {},
    }


def _common_fields(
    grading: Grading, kind: str, thing: bytes, event_id: bytes, role: str, row: Record
) -> Record:
    return {
        "indicator": _indicator(grading.rule.id, grading.grade, thing),
        "rule": grading.rule.id,
        "rule_version": grading.rule.version,
        "grade": grading.grade,
        "kind": kind,
        "thing": thing,
        "event_id": event_id,
        "role": role,
        "position": {**{name: row[name] for name in POSITION_FIELDS}, "item": row["index"]},
    }
