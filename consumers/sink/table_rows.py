"""Turn messages of the derived topics into rows of the tables. Nothing here does I/O.

Text stays UTF-8 bytes from the log to the column; nobody decodes it on the way.

    accepted     → events (accepted items, payload decrypted), items (every item),
                   facts (what can be counted of those events), replaced (what ended a version),
                   person_keys (where the search finds their persons),
                   record_words (by which words the search finds them)
    observations → observations
    evidence     → evidence
    links        → links (each from both ends)
    rejects      → rejects
    disclosures  → disclosures (every entry of the ledger), conditions (that a reader accepted),
                   verdicts (on pairs of persons), work and work_content (cases, notes …)

An accepted event whose payload cannot be decrypted is not stored. Its position and the reason
become a row of rejects.

A row with op `erase` is not stored. It removes the rows before it, in the batch and in the
database. So the stored rows depend only on what was not erased, and a rebuild, which cannot decrypt
an erased event, ends with the same rows.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple

import orjson

from consumers.sink.fact_rows import fact_rows, replaced_row
from consumers.sink.link_rows import FIRST_POSITION, link_rows, without_events
from consumers.sink.searched_rows import searched_row
from consumers.sink.tables import (
    CONDITIONS,
    DISCLOSURES,
    ENVELOPE,
    EVALUATION,
    EVENTS,
    EVIDENCE,
    FACTS,
    ITEMS,
    LABEL,
    LEDGER_ENTRY,
    LINKS,
    OBSERVATIONS,
    PERSON_KEYS,
    READER,
    RECORD_WORDS,
    REJECTS,
    REPLACED,
    VERDICT,
    VERDICTS,
    WORK,
    WORK_CONTENT,
    Row,
    Table,
    label_json,
)
from consumers.sink.work_rows import work_row
from consumers.store.sql import FAR_FUTURE_MS
from schemas.avro.codec import Record, raw_log_format
from schemas.avro.row_format import RowFormat
from schemas.errors import BrokenFormatError
from schemas.ids import to_uuid_text
from schemas.measures import FactLine
from schemas.model import Cord, Message


class Payload(NamedTuple):
    """A decrypted payload as JSON (empty where there is none), and what the sink takes from it.

    `facts`: what can be counted; `person_keys`: where the search finds its persons; `words`: of
    its texts, by which the search finds it.
    """

    content: bytes
    erased: bool = False
    facts: Sequence[FactLine] = ()
    person_keys: Sequence[int] = ()
    words: str = ""


LabelColumns = tuple[Any, ...]
"""The columns LABEL of an event, with tuples in place of lists."""
DecryptPayload = Callable[[int, Row], Payload | str]
"""(index of the item, row of its event) → its payload, or the code of why it is undecryptable."""
UNDECRYPTABLE = frozenset({b"KEY_MISSING", b"CANNOT_OPEN"})
"""Codes of items that intake rejected because it could not decrypt them.

Where only the sink could not decrypt an item (its key list was replaced meanwhile), the intake of
a rebuild says this. Both become the same row of rejects.
"""
NO_VERSION = bytes(16)

_EVENT = RowFormat(
    raw_log_format("event"),
    (
        *(f"envelope.{name}" for name in ENVELOPE),
        *(f"envelope.evaluation.{name}" for name in EVALUATION),
        *("schema", "sealed", "key_hash"),
    ),
    repeated=(
        ("envelope.type", "envelope.crime"),
        ("envelope.exercise", "envelope.evaluation"),
        ("envelope.place_country", "envelope.review_date"),
    ),
)
ID, VERSION, TYPE, SCHEMA = map(EVENTS.index, ("id", "version", "type", "schema"))
SEALED, KEY_HASH = SCHEMA + 1, SCHEMA + 2
"""Where a row of an event has its sealed payload, and the hash of its key, as it is read: after the
table's columns.
"""
PAYLOAD = EVENTS.index("payload")
EVENT_OF_FACT = FACTS.index("event_id")
EVENT_OF_PERSON_KEY = PERSON_KEYS.index("event_id")
EVENT_OF_WORDS = RECORD_WORDS.index("event_id")
EVENT_OF_ROW = OBSERVATIONS.index("event_id")
"""Of observations; it stands in the same place in evidence."""
_label = itemgetter(*map(EVENTS.index, LABEL))


def _row_format(
    name: str, table: Table, sources: Mapping[str, str], *repeated: tuple[str, str]
) -> RowFormat:
    """Read messages of rows as the table wants them.

    `sources`: for columns whose field has another path than `rows.<column>`. `repeated`: first and
    last field of stretches that are often the same from row to row.
    """
    columns = [sources.get(column, f"rows.{column}") for column in table.columns]
    stretches = [(f"rows.{first}", f"rows.{last}") for first, last in repeated]
    tables = {"rows.label": ("labels", "rows.label_index")}
    return RowFormat(raw_log_format(name), columns, "rows", stretches, tables)


_OBSERVATIONS = _row_format(
    "observations",
    OBSERVATIONS,
    {
        **{"thing": "rows.key", "item": "rows.index", "recorded_at": "appended_at"},
        **{name: name for name in ("topic", "partition", "offset")},
    },
    ("certainty", "label_index"),
    ("subdivision", "traits"),
)
_EVIDENCE = _row_format(
    "evidence",
    EVIDENCE,
    {
        "recorded_at": "rows.position.appended_at",
        **{name: f"rows.position.{name}" for name in ("topic", "partition", "offset", "item")},
    },
    ("rule", "kind"),
    ("role", "weights"),
    ("type", "label_index"),
    ("subdivision", "traits"),
)
_item = itemgetter("index", "id", "version", "verdict", "code", "field")
_position = itemgetter("appended_at", "topic", "partition", "offset")
_ledger_entry, _reader = itemgetter(*LEDGER_ENTRY), itemgetter(*READER)
_verdict = itemgetter(*VERDICT)
_disclosed_event = itemgetter("id", "version", "recorded_at", "country", "authority")


def _require_position(appended_at: int, topic: bytes, partition: int, offset: int) -> None:
    """Refuse a position that cannot be: it would stop the table, not only this message.

    Raises BrokenFormatError.
    """
    possible = 0 <= appended_at < FAR_FUTURE_MS and topic and 0 <= partition < 65_536
    if not possible or not 0 <= offset < 1 << 63:
        raise BrokenFormatError(f"no place in the log: {partition}/{offset} at {appended_at}")


def _position_of(record: Record) -> Row:
    """Give the position in the log that a record names. Raises BrokenFormatError."""
    position: Row = _position(record)
    _require_position(*position)
    return position


def _position_of_message(message: Message) -> Row:
    return (message.appended_at, message.topic.encode(), message.partition, message.offset)


def cord_of(record: Record) -> Cord:
    """Give the cord of an `Accepted` record."""
    cord = record["cord"]
    return Cord(cord["node"].decode(), cord["lane"].decode(), cord["epoch"])


def _as_text(value: object) -> str:
    if isinstance(value, bytes):
        return to_uuid_text(value) if len(value) == 16 else value.hex()
    raise TypeError(f"a payload holds a {type(value).__name__}")


def payload_json(record: Record) -> bytes:
    """Give a payload as JSON (UTF-8), its fields in the order of the schema.

    16 bytes become a UUID, other bytes hexadecimal digits.
    """
    return orjson.dumps(record, default=_as_text)


@dataclass(slots=True)
class Batch:
    """Rows to be written, and what is to be erased before."""

    events: list[Row] = field(default_factory=list)
    items: list[Row] = field(default_factory=list)
    observations: list[Row] = field(default_factory=list)
    evidence: list[Row] = field(default_factory=list)
    links: list[Row] = field(default_factory=list)
    rejects: list[Row] = field(default_factory=list)
    disclosures: list[Row] = field(default_factory=list)
    conditions: list[Row] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    replaced: list[Row] = field(default_factory=list)
    person_keys: list[Row] = field(default_factory=list)
    record_words: list[Row] = field(default_factory=list)
    verdicts: list[Row] = field(default_factory=list)
    work: list[Row] = field(default_factory=list)
    work_content: list[Row] = field(default_factory=list)
    labels: dict[LabelColumns, int] = field(default_factory=dict)
    """The labels of events, and the number that stands for each in the rows of this batch."""
    erased_events: set[bytes] = field(default_factory=set)
    erased_work: set[bytes] = field(default_factory=set)
    erased_observations: dict[tuple[bytes, bytes], int] = field(default_factory=dict)
    """(thing, event) → the rows of observations before this index go."""
    erased_evidence: dict[tuple[bytes, bytes], int] = field(default_factory=dict)
    """(indicator, event) → the rows of evidence before this index go."""

    def add_accepted(self, message: Message, record: Record, decrypt: DecryptPayload) -> None:
        """Add an `Accepted` record, all of it or nothing. `message`: what it came in.

        Raises BrokenFormatError, UnknownFormatError.
        """
        cord, sequence = str(cord_of(record)).encode(), record["sequence"]
        position = _position_of(record)
        bundle: Row = (cord, sequence, *position, message.offset)
        items, events, rejects, erased = list[Row](), list[Row](), list[Row](), set[bytes]()
        facts, replaced = list[Row](), list[Row]()
        person_keys, record_words = list[Row](), list[Row]()
        for item in record["items"]:
            items.append((*_item(item), *bundle))
            if item["verdict"] == b"accepted" and item["event"] is not None:
                (event,) = _EVENT.read(item["event"])
                payload = decrypt(item["index"], event)
                if isinstance(payload, str):
                    rejects.append(_undecryptable(record, item, payload.encode(), position))
                else:
                    place, bundle_place = (*position, item["index"]), (cord, sequence)
                    content = (item["target"], payload.content, payload.erased)
                    events.append((*event[:SEALED], *place, *bundle_place, *content))
                    if not payload.erased:
                        label = self._number_of(event)
                        facts += fact_rows(event, label, place, payload.facts)
                        found_by = (event[ID], position[0], label)
                        person_keys += [(key, *found_by) for key in payload.person_keys]
                        record_words += searched_row(event, position[0], label, payload.words)
                    replaced += replaced_row(event, place, item["target"])
                if event[TYPE] == b"erasure" and item["target"] is not None:
                    erased.add(item["target"])
            elif item["verdict"] == b"rejected" and item["code"] in UNDECRYPTABLE:
                rejects.append(_undecryptable(record, item, item["code"], position))
        self.items += items
        self.events += events
        self.facts += facts
        self.replaced += replaced
        self.person_keys += person_keys
        self.record_words += record_words
        self.rejects += rejects
        self.erased_events |= erased

    def _number_of(self, event: Row) -> int:
        """Give the number of an event's label."""
        country, authority, recipients, tlp, handling, *rest = _label(event)
        label = (country, authority, tuple(recipients), tlp, tuple(handling), *rest)
        return self.labels.setdefault(label, len(self.labels))

    def add_observations(self, value: bytes) -> None:
        """Add the rows of a message of the topic observations, all of them or nothing.

        Raises BrokenFormatError, UnknownFormatError.
        """
        _add_rows(
            OBSERVATIONS, _OBSERVATIONS.read(value), self.observations, self.erased_observations
        )

    def add_evidence(self, value: bytes) -> None:
        """Add the rows of a message of the topic evidence, all of them or nothing.

        Raises BrokenFormatError, UnknownFormatError.
        """
        _add_rows(EVIDENCE, _EVIDENCE.read(value), self.evidence, self.erased_evidence)

    def add_links(self, message: Message) -> None:
        """Add the rows of a message of the topic links, all of them or nothing.

        Raises BrokenFormatError, UnknownFormatError.
        """
        rows = link_rows(message)
        for place in {row[FIRST_POSITION : FIRST_POSITION + 4] for row in rows}:
            _require_position(*place)
        self.links += rows

    def add_reject(self, record: Record) -> None:
        """Add a record of the topic rejects."""
        reason = (record["code"], record["detail"], record["size"], record["node"])
        self.rejects.append((*_position_of(record), *reason))

    def add_disclosure(self, message: Message, entry: Record, content: bytes | None = None) -> None:
        """Add an entry of the disclosure ledger. `message`: what it came in, already verified.

        `content`: what was sealed in it of work; None where nothing was, or its key was erased.
        """
        position, reader = _position_of_message(message), entry["reader"]
        disclosed = _disclosed(entry)
        self.disclosures.append((*position, *_ledger_entry(entry), *_reader(reader), *disclosed))
        condition = entry["condition"]
        if condition is not None:
            accepted_by = (reader["person"], reader["country"], reader["authority"] or b"")
            accepted = (condition["country"], condition["text"])
            self.conditions.append((*accepted_by, *accepted, *position))
        if entry["verdict"] is not None:
            author = (reader["person"], reader["country"], reader["authority"], reader["exercise"])
            author_texts = tuple(text or b"" for text in author)
            self.verdicts.append((*_verdict(entry["verdict"]), *author_texts, *position))
        work = entry["work"]
        if work is not None:
            self.work.append(work_row(work, reader, position))
            if content is not None:
                self.work_content.append((work["object"], content, *position))
            if work["act"] == b"erased":
                self.erased_work.add(work["object"])

    def add_unreadable(self, message: Message, code: str, detail: str) -> None:
        """Add a message of a derived topic that cannot be read to the rejects."""
        reason = (code.encode(), detail.encode(), len(message.value), None)
        self.rejects.append((*_position_of_message(message), *reason))

    def __len__(self) -> int:
        """Count the rows, without those that come with an event or a disclosure."""
        return (
            len(self.events)
            + len(self.items)
            + len(self.observations)
            + len(self.evidence)
            + len(self.links)
            + len(self.rejects)
            + len(self.disclosures)
        )

    def tables(
        self, erased: set[bytes], erased_work: Collection[bytes] = ()
    ) -> Iterator[tuple[Table, list[Row]]]:
        """Yield the rows of each table that has any.

        `erased`: every event ever erased; their rows come without content, and nothing that was
        derived from them. `erased_work`: every object of work ever erased.
        """
        events, facts, links, person_keys = self.events, self.facts, self.links, self.person_keys
        record_words = self.record_words
        observations = _not_erased(self.observations, self.erased_observations)
        evidence = _not_erased(self.evidence, self.erased_evidence)
        if erased:
            events = [_without_content(row) if row[ID] in erased else row for row in events]
            facts = [row for row in facts if row[EVENT_OF_FACT] not in erased]
            links = list(without_events(links, erased))
            person_keys = [row for row in person_keys if row[EVENT_OF_PERSON_KEY] not in erased]
            record_words = [row for row in record_words if row[EVENT_OF_WORDS] not in erased]
            observations = [row for row in observations if row[EVENT_OF_ROW] not in erased]
            evidence = [row for row in evidence if row[EVENT_OF_ROW] not in erased]
        rows_of = (
            (EVENTS, events),
            (ITEMS, self.items),
            (OBSERVATIONS, observations),
            (EVIDENCE, evidence),
            (REJECTS, self.rejects),
            (DISCLOSURES, self.disclosures),
            (CONDITIONS, self.conditions),
            (FACTS, facts),
            (REPLACED, self.replaced),
            (LINKS, links),
            (PERSON_KEYS, person_keys),
            (RECORD_WORDS, record_words),
            (VERDICTS, self.verdicts),
            # before the acts: an act that a reader finds has its content
            (WORK_CONTENT, [row for row in self.work_content if row[0] not in erased_work]),
            (WORK, self.work),
        )
        return ((table, rows) for table, rows in rows_of if rows)


def _add_rows(
    table: Table, rows: list[Row], to: list[Row], erased: dict[tuple[bytes, bytes], int]
) -> None:
    """Append rows; note for those with op `erase` what they remove (by their first two columns)."""
    op, label, position = table.index("op"), table.index("label"), table.index("recorded_at")
    for place in {row[position : position + 4] for row in rows}:
        _require_position(*place)
    for framed in {row[label] for row in rows}:
        label_json(
            framed
        )  # an unreadable label refuses the message here, not the whole batch later
    for row in rows:
        if row[op] == b"erase":
            erased[row[0], row[1]] = len(to)
        else:
            to.append(row)


def _undecryptable(record: Record, item: Record, code: bytes, position: Row) -> Row:
    """Give a row of rejects that names an item by its position alone, so that a rebuild agrees."""
    detail = f"closed {cord_of(record)}/{record['sequence']}#{item['index']}"
    return (*position, code, detail.encode(), 0, record["cord"]["node"])


def _disclosed(entry: Record) -> Row:
    indicators = (
        [indicator["id"] for indicator in entry["indicators"]],
        [indicator["last_recorded"] for indicator in entry["indicators"]],
    )
    rows = [_disclosed_event(event) for event in entry["events"]]
    columns: Sequence[list[Any]] = [[] for _ in range(5)]
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
    events, versions, recorded, owners, authorities = columns
    condition = entry["condition"] or {"country": None, "text": None, "event": None}
    return (
        *(entry["as_of"], *indicators, entry["things"]),
        *(events, [version or NO_VERSION for version in versions], recorded, owners, authorities),
        *(entry["tlp"], entry["markings"]),
        *(condition["country"], condition["text"], condition["event"]),
        entry["question_hash"] or b"",
        entry["justification"] or b"",
    )


def _without_content(row: Row) -> Row:
    return (*row[:PAYLOAD], b"", 1)


def _not_erased(rows: list[Row], erased: Mapping[tuple[bytes, bytes], int]) -> list[Row]:
    """Give the rows that no later erase of their first two columns removed."""
    if not erased:
        return rows
    return [row for index, row in enumerate(rows) if index >= erased.get((row[0], row[1]), 0)]
