"""What a message of a derived topic means for the tables: pure, rows as tuples in the order of the
table's columns.

Records come as `raw_log_format` reads them: text is bytes from the log to the column, and is
nowhere decoded.

    accepted     → events (accepted items, payload opened), items (every item)
    observations → observations          evidence → evidence          rejects → rejects
    disclosures  → disclosures (every entry of the ledger), conditions (those that a reader
    accepted)

An accepted event whose payload does not open is no event: its place and why become a row of
rejects.

A row of op `erase` is not stored: it takes away the rows before it, here and in the database, so
that what is stored is a function of what was not erased (a rebuild, which cannot open an erased
event, ends in the same rows).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any

import orjson

from schemas.avro.codec import Record, raw_log_format
from schemas.errors import BrokenFormatError
from schemas.ids import to_uuid_text
from schemas.model import Cord, Message
from schemas.release import label_codec

Row = tuple[Any, ...]
Opened = tuple[bytes, bool]  # payload as JSON (empty where there is none), erased
Open = Callable[
    [Record, Record], Opened | str
]  # (item, event) → its payload, or the code of why it does not open
CLOSED = frozenset({b"KEY_MISSING", b"CANNOT_OPEN"})
"""Of items that intake rejected since they did not open. Where only the sink could not open one
(its key list was replaced meanwhile), a rebuild's intake says this; both become the same row of
rejects."""

ENVELOPE = (
    "id",
    "version",
    "supersedes",
    "correction_reason",
    "type",
    "country",
    "authority",
    "node",
    "recipients",
    "tlp",
    "handling",
    "condition",
    "purpose",
    "legal_basis",
    "urgency",
    "justification",
    "crime",
    "case_reference",
    "exercise",
    "occurred_from",
    "occurred_until",
    "occurred_precision",
    "reported_at",
    "place_country",
    "subdivision",
    "language",
    "review_date",
)
_EVALUATION = ("evaluation_scheme", "evaluation_source", "evaluation_information")
_POSITION = ("recorded_at", "topic", "partition", "offset")
_THING = ("kind", "certainty", "type", "country", "label", "occurred", "subdivision", "traits")


@dataclass(frozen=True, slots=True)
class Table:
    """A table's name and the columns that are written, in the order of a row. `encode`: what is
    done to a column of maps.
    """

    name: str
    columns: tuple[str, ...]
    encode: Mapping[int, Callable[[Sequence[Any]], list[Any]]] = field(hash=False)

    def columnar(self, rows: Sequence[Row]) -> list[list[Any]]:
        """The rows, turned: one list a column, as clickhouse-driver takes them with
        `strings_as_bytes`.
        """
        turned = zip(*rows, strict=True)
        return [
            self.encode[at](column) if at in self.encode else list(column)
            for at, column in enumerate(turned)
        ]


def _maps(column: Sequence[Mapping[str, Any]]) -> list[dict[bytes, Any]]:
    return [{key.encode(): value for key, value in sorted(values.items())} for values in column]


def _table(name: str, columns: Sequence[str], maps: Sequence[str] = ()) -> Table:
    return Table(name, tuple(columns), {columns.index(column): _maps for column in maps})


EVENTS = _table(
    "events",
    (
        *ENVELOPE,
        *_EVALUATION,
        "schema",
        *_POSITION,
        "item",
        "cord",
        "sequence",
        "target",
        "payload",
        "erased",
    ),
)
ITEMS = _table(
    "items",
    (
        "item",
        "id",
        "version",
        "verdict",
        "code",
        "field",
        "cord",
        "sequence",
        *_POSITION,
        "accepted_offset",
    ),
)
OBSERVATIONS = _table(
    "observations", ("thing", "event_id", "op", *_THING, *_POSITION, "item"), maps=("traits",)
)
EVIDENCE = _table(
    "evidence",
    (
        "indicator",
        "event_id",
        "role",
        "op",
        "rule",
        "rule_version",
        "grade",
        "thing",
        "weights",
        *_THING,
        *_POSITION,
        "item",
    ),
    maps=("traits", "weights"),
)
REJECTS = _table("rejects", (*_POSITION, "code", "detail", "size", "node"))
_READER = ("person", "country", "authority", "roles", "clearance", "groups", "purpose", "exercise")
_WRITTEN = ("writer", "sequence", "at", "act", "through", "questions")
DISCLOSURES = _table(
    "disclosures",
    (
        *_POSITION,
        *_WRITTEN,
        *_READER,
        *("as_of", "indicators", "indicators_recorded", "things"),
        *("events", "versions", "events_recorded", "owners", "owning_authorities"),
        *("tlp", "markings", "condition_country", "condition", "condition_event"),
    ),
)
CONDITIONS = _table(
    "conditions", ("person", "country", "authority", "owner", "condition", *_POSITION)
)
TABLES = (EVENTS, ITEMS, OBSERVATIONS, EVIDENCE, REJECTS, DISCLOSURES, CONDITIONS)

_EVENT = raw_log_format("event")
ID, PAYLOAD = EVENTS.columns.index("id"), EVENTS.columns.index("payload")

_envelope = itemgetter(*ENVELOPE)
_evaluation = itemgetter("scheme", "source", "information")
_item = itemgetter("index", "id", "version", "verdict", "code", "field")
_said = ("type", "country", "label", "occurred", "subdivision", "traits")
_observation = itemgetter("key", "event_id", "op", "kind", "certainty", *_said)
_evidence = itemgetter(
    *(
        "indicator",
        "event_id",
        "role",
        "op",
        "rule",
        "rule_version",
        "grade",
        "thing",
        "weights",
        "kind",
        "certainty",
    ),
    *_said,
)
NO_VERSION = bytes(16)
END_OF_TIME = 10_000_000_000_000  # ms since 1970 UTC: November 2286
_position = itemgetter("appended_at", "topic", "partition", "offset")
_written, _reader = itemgetter(*_WRITTEN), itemgetter(*_READER)
_shown = itemgetter("id", "version", "recorded_at", "country", "authority")
_LABEL_OF_OBSERVATION, _LABEL_OF_EVIDENCE = 7, 13


def _place(record: Record) -> Row:
    """Where the log said it. Raises BrokenFormatError for a place that cannot be: it would stop the
    table, not only this message.
    """
    place: Row = _position(record)
    at, topic, partition, offset = place
    if not (0 <= at < END_OF_TIME and topic and 0 <= partition < 65_536 and 0 <= offset < 1 << 63):
        raise BrokenFormatError(f"no place in the log: {partition}/{offset} at {at}")
    return place


def cord_of(record: Record) -> Cord:
    """Of an `Accepted` record."""
    cord = record["cord"]
    return Cord(cord["node"].decode(), cord["lane"].decode(), cord["epoch"])


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        return to_uuid_text(value) if len(value) == 16 else value.hex()
    raise TypeError(f"a payload holds a {type(value).__name__}")


def payload_json(record: Record) -> bytes:
    """A payload as JSON (UTF-8), its fields in the order of the schema; 16 bytes as a UUID, other
    bytes in hexadecimal.
    """
    return orjson.dumps(record, default=_plain)


@lru_cache(maxsize=label_codec.KNOWN)
def _label(data: bytes | None) -> bytes:
    """A framed label as JSON; empty where there is none. Raises UnknownFormatError,
    BrokenFormatError.
    """
    return b"" if data is None else orjson.dumps(label_codec.read(data))


@dataclass(slots=True)
class Batch:
    """Rows to be written, and what is to be erased before."""

    events: list[Row] = field(default_factory=list)
    items: list[Row] = field(default_factory=list)
    observations: list[Row] = field(default_factory=list)
    evidence: list[Row] = field(default_factory=list)
    rejects: list[Row] = field(default_factory=list)
    disclosures: list[Row] = field(default_factory=list)
    conditions: list[Row] = field(default_factory=list)
    erased_events: set[bytes] = field(default_factory=set)
    erased_observations: dict[tuple[bytes, bytes], int] = field(
        default_factory=dict
    )  # (thing, event) → rows before this index go
    erased_evidence: dict[tuple[bytes, bytes], int] = field(
        default_factory=dict
    )  # (indicator, event) → likewise

    def accepted(self, message: Message, record: Record, open_: Open) -> None:
        """Add an `Accepted` record, all of it or nothing. `message`: what it came in. Raises
        BrokenFormatError, UnknownFormatError.
        """
        cord, sequence = str(cord_of(record)).encode(), record["sequence"]
        place = _place(record)
        items, events, closed, erased = [], [], [], set()
        for item in record["items"]:
            items.append((*_item(item), cord, sequence, *place, message.offset))
            if item["verdict"] == b"accepted" and item["event"] is not None:
                event = _EVENT.read(item["event"])
                opened = open_(item, event)
                if isinstance(opened, str):
                    closed.append(_closed(record, item, opened.encode(), place))
                else:
                    events.append(
                        _event(item, event, opened, (*place, item["index"], cord, sequence))
                    )
                if event["envelope"]["type"] == b"erasure" and item["target"] is not None:
                    erased.add(item["target"])
            elif item["verdict"] == b"rejected" and item["code"] in CLOSED:
                closed.append(_closed(record, item, item["code"], place))
        self.items += items
        self.events += events
        self.rejects += closed
        self.erased_events |= erased

    def observed(self, record: Record) -> None:
        """Add an `Observations` record."""
        place = _place(record)
        for row in record["rows"]:
            if row["op"] == b"erase":
                self.erased_observations[row["key"], row["event_id"]] = len(self.observations)
            else:
                self.observations.append(
                    (*_with_label(_observation(row), _LABEL_OF_OBSERVATION), *place, row["index"])
                )

    def evidenced(self, record: Record) -> None:
        """Add an `Evidence` record."""
        for row in record["rows"]:
            if row["op"] == b"erase":
                self.erased_evidence[row["indicator"], row["event_id"]] = len(self.evidence)
            else:
                position = row["position"]
                self.evidence.append(
                    (
                        *_with_label(_evidence(row), _LABEL_OF_EVIDENCE),
                        *_place(position),
                        position["item"],
                    )
                )

    def rejected(self, record: Record) -> None:
        """Add a `Reject` record."""
        self.rejects.append(
            (*_place(record), record["code"], record["detail"], record["size"], record["node"])
        )

    def disclosed(self, message: Message, entry: Record) -> None:
        """Add an entry of the disclosure ledger. `message`: what it came in, its signature
        verified.
        """
        place = (message.appended_at, message.topic.encode(), message.partition, message.offset)
        self.disclosures.append(
            (*place, *_written(entry), *_reader(entry["reader"]), *_disclosed(entry))
        )
        accepted = entry["condition"]
        if accepted is not None:
            who = entry["reader"]
            self.conditions.append(
                (
                    who["person"],
                    who["country"],
                    who["authority"] or b"",
                    accepted["country"],
                    accepted["text"],
                    *place,
                )
            )

    def poison(self, message: Message, code: str, detail: str) -> None:
        """A message of a derived topic that cannot be read: told, never fatal."""
        place = (message.appended_at, message.topic.encode(), message.partition, message.offset)
        self.rejects.append((*place, code.encode(), detail.encode(), len(message.value), None))

    def __len__(self) -> int:
        return (
            len(self.events)
            + len(self.items)
            + len(self.observations)
            + len(self.evidence)
            + len(self.rejects)
            + len(self.disclosures)
        )

    def tables(self, erased: set[bytes]) -> Iterator[tuple[Table, list[Row]]]:
        """The rows of each table that has any. `erased`: every event ever erased; their rows come
        without content.
        """
        kept = (
            (
                EVENTS,
                [_blank(row) if row[ID] in erased else row for row in self.events]
                if erased
                else self.events,
            ),
            (ITEMS, self.items),
            (OBSERVATIONS, _left(self.observations, self.erased_observations)),
            (EVIDENCE, _left(self.evidence, self.erased_evidence)),
            (REJECTS, self.rejects),
            (DISCLOSURES, self.disclosures),
            (CONDITIONS, self.conditions),
        )
        return ((table, rows) for table, rows in kept if rows)


def _closed(record: Record, item: Record, code: bytes, place: Row) -> Row:
    """Of rejects: an item that does not open, told by its place alone, so that a rebuild tells it
    alike.
    """
    return (
        *place,
        code,
        f"closed {cord_of(record)}/{record['sequence']}#{item['index']}".encode(),
        0,
        record["cord"]["node"],
    )


def _event(item: Record, event: Record, opened: Opened, at: Row) -> Row:
    envelope = event["envelope"]
    payload, erased = opened
    return (
        *_envelope(envelope),
        *_evaluation(envelope["evaluation"]),
        event["schema"],
        *at,
        item["target"],
        payload,
        int(erased),
    )


def _disclosed(entry: Record) -> Row:
    indicators = (
        [one["id"] for one in entry["indicators"]],
        [one["last_recorded"] for one in entry["indicators"]],
    )
    told = [_shown(one) for one in entry["events"]]
    events, versions, recorded, owners, authorities = (
        map(list, zip(*told, strict=True)) if told else [[] for _ in range(5)]
    )
    condition = entry["condition"] or {"country": None, "text": None, "event": None}
    return (
        *(entry["as_of"], *indicators, entry["things"]),
        *(events, [version or NO_VERSION for version in versions], recorded, owners, authorities),
        *(
            entry["tlp"],
            entry["markings"],
            condition["country"],
            condition["text"],
            condition["event"],
        ),
    )


def _with_label(row: Row, at: int) -> Row:
    return (*row[:at], _label(row[at]), *row[at + 1 :])


def _blank(row: Row) -> Row:
    return (*row[:PAYLOAD], b"", 1)


def _left(rows: list[Row], erased: Mapping[tuple[bytes, bytes], int]) -> list[Row]:
    """The rows that no later erase of their (first, second) column took."""
    if not erased:
        return rows
    return [row for at, row in enumerate(rows) if at >= erased.get((row[0], row[1]), 0)]
