"""The tables that the sink writes: names, columns, and how a column is encoded for the driver."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import orjson

from schemas.measures import FactLine
from schemas.release import label_codec

Row = tuple[Any, ...]
"""Values in the order of a table's columns."""
ColumnEncoder = Callable[[Sequence[Any]], list[Any]]

ENVELOPE = (
    *("id", "version", "supersedes", "correction_reason", "type", "country", "authority", "node"),
    *("recipients", "tlp", "handling", "condition", "purpose", "legal_basis", "urgency"),
    *("justification", "crime", "case_reference", "exercise", "occurred_from", "occurred_until"),
    *("occurred_precision", "reported_at", "place_country", "subdivision", "language"),
    "review_date",
)
EVALUATION = ("scheme", "source", "information")
POSITION = ("recorded_at", "topic", "partition", "offset")
LABEL = (
    *("country", "authority", "recipients", "tlp", "handling", "condition", "purpose"),
    "exercise",
)
"""The columns of events that make `label_id`."""
LABEL_ID = "label_id"
"""A column of rows that have the label of their event: its id, which the engine computes."""
READER = ("person", "country", "authority", "roles", "clearance", "groups", "purpose", "exercise")
LEDGER_ENTRY = ("writer", "sequence", "at", "act", "through", "questions")
_OBSERVED = ("kind", "certainty", "type", "country", "label", "occurred", "subdivision", "traits")


@lru_cache(maxsize=label_codec.KNOWN)
def label_json(framed: bytes | None) -> bytes:
    """Give a framed label as JSON (UTF-8); empty where there is none.

    Raises UnknownFormatError, BrokenFormatError.
    """
    return b"" if framed is None else orjson.dumps(label_codec.read(framed))


def _encode_labels(column: Sequence[bytes | None]) -> list[bytes]:
    return list(map(label_json, column))


def _encode_maps(column: Sequence[Mapping[str, Any]]) -> list[dict[bytes, Any]]:
    """Encode the keys, in their order. Rows share maps, so each map is encoded once."""
    maps = {id(values): values for values in column}
    encoded = {
        identity: {key.encode(): value for key, value in sorted(values.items())}
        for identity, values in maps.items()
    }
    return [encoded[id(values)] for values in column]


def _encode_unknown(column: Sequence[bytes | None]) -> list[bytes]:
    """Encode a column that has the empty text where nothing is known."""
    return [text or b"" for text in column]


def _encode_texts(column: Sequence[str]) -> list[bytes]:
    return list(map(str.encode, column))


def _encode_text_maps(column: Sequence[Mapping[str, str]]) -> list[dict[bytes, bytes]]:
    """Encode names and values in the order that they have. Rows share maps, as above."""
    maps = {id(values): values for values in column}
    encoded = {
        identity: {name.encode(): value.encode() for name, value in values.items()}
        for identity, values in maps.items()
    }
    return [encoded[id(values)] for values in column]


@dataclass(frozen=True, slots=True)
class Table:
    """A table's name and the columns that are written, in the order of a row."""

    name: str
    columns: tuple[str, ...]
    encoders: Mapping[int, ColumnEncoder] = field(hash=False)
    """By the column's index: for columns whose values in a row are not those that are stored."""

    def index(self, column: str) -> int:
        """Give the place of a column in a row."""
        return self.columns.index(column)

    def to_columns(self, rows: Sequence[Row], label_ids: Sequence[int] = ()) -> list[Sequence[Any]]:
        """Turn rows into columns, as clickhouse-driver takes and copies them (text as bytes).

        `label_ids`: by the number of a label, which rows have in the column `label_id`.
        """
        columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
        for index, encode in self.encoders.items():
            columns[index] = encode(columns[index])
        if LABEL_ID in self.columns:
            place = self.index(LABEL_ID)
            columns[place] = list(map(label_ids.__getitem__, columns[place]))
        return columns


def _table(name: str, *columns: str, **encoders: ColumnEncoder) -> Table:
    by_index = {columns.index(column): encoder for column, encoder in encoders.items()}
    return Table(name, columns, by_index)


EVENTS = _table(
    "events",
    *ENVELOPE,
    *(f"evaluation_{name}" for name in EVALUATION),
    *("schema", *POSITION, "item", "cord", "sequence", "target", "payload", "erased"),
)
ITEMS = _table(
    "items",
    *("item", "id", "version", "verdict", "code", "field"),
    *("cord", "sequence", *POSITION, "accepted_offset"),
)
OBSERVATIONS = _table(
    "observations",
    *("thing", "event_id", "op", *_OBSERVED, *POSITION, "item"),
    label=_encode_labels,
    traits=_encode_maps,
)
EVIDENCE = _table(
    "evidence",
    *("indicator", "event_id", "role", "op", "rule", "rule_version", "grade", "thing", "weights"),
    *(*_OBSERVED, *POSITION, "item"),
    label=_encode_labels,
    traits=_encode_maps,
    weights=_encode_maps,
)
REJECTS = _table("rejects", *POSITION, "code", "detail", "size", "node")
DISCLOSURES = _table(
    "disclosures",
    *(*POSITION, *LEDGER_ENTRY, *READER),
    *("as_of", "indicators", "indicators_recorded", "things"),
    *("events", "versions", "events_recorded", "owners", "owning_authorities"),
    *("tlp", "markings", "condition_country", "condition", "condition_event", "question_hash"),
    "justification",
)
CONDITIONS = _table("conditions", "person", "country", "authority", "owner", "condition", *POSITION)
VERDICT = ("first", "first_person", "second", "second_person", "word", "reason")
VERDICTS = _table("verdicts", *VERDICT, "person", "country", "authority", "exercise", *POSITION)
WORK = _table(
    "work",
    *("object", "kind", "act", "about_kinds", "about", "item"),
    *("member", "member_country", "member_role", "scope", "sharing_group", "code"),
    *("person", "country", "authority", "exercise", *POSITION),
)
WORK_CONTENT = _table("work_content", "object", "content", *POSITION)
FACT_ENVELOPE = {
    "event_id": "id",
    **{name: name for name in ("version", "type", "country", "authority", "crime", "exercise")},
    **{name: name for name in ("place_country", "subdivision")},
    "occurred": "occurred_from",
    **{name: name for name in ("occurred_precision", "reported_at")},
}
"""By column of facts: the column of events that it is taken from."""
FACTS = _table(
    "facts",
    *(*FACT_ENVELOPE, LABEL_ID, *POSITION, "item", "line", *FactLine._fields),
    **dict.fromkeys(("exercise", "place_country", "subdivision"), _encode_unknown),
    **dict.fromkeys(("element", "measure", "currency", "usable"), _encode_texts),
    dimensions=_encode_text_maps,
)
PERSON_KEYS = _table("person_keys", "key", "event_id", "recorded_at", LABEL_ID)
RECORD_WORDS = _table(
    "record_words",
    *("event_id", "version", "type", "country", "happened", "recorded_at", LABEL_ID, "words"),
    words=_encode_texts,
)
REPLACED = _table("replaced", "event_id", "version", "act", "successor", *POSITION, "item")
LINKS = _table(
    "links",
    *("event_id", "person", "type", "country", "label"),
    *("other_event", "other_person", "other_type", "other_country", "other_label"),
    *("place", "kind", "model", "op", "probability", "features", "cannot_be_same"),
    *(*POSITION, "item", "revision", "gone"),
    label=_encode_labels,
    other_label=_encode_labels,
    features=_encode_maps,
)
TABLES = (
    *(EVENTS, ITEMS, OBSERVATIONS, EVIDENCE, REJECTS, DISCLOSURES, CONDITIONS),
    *(FACTS, REPLACED, LINKS, PERSON_KEYS, RECORD_WORDS, VERDICTS, WORK, WORK_CONTENT),
)
