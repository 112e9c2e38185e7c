"""What an event costs the processor in the worker's folds and in the sink, without any engine.

`python -m tests.support.line_cost 4000 5` prints µs of processor time, the least of five runs:
`worker` without the links of persons, `links`, and `sink` with the bytes of its columns. A busy machine changes them by a fifth. Instructions do not depend on it: the difference of these two
runs, divided by 5 x 200, is what `worker` costs for an event. It is the same for `sink`.

    valgrind --tool=cachegrind --cache-sim=no python -m tests.support.line_cost 200 1 worker
    valgrind --tool=cachegrind --cache-sim=no python -m tests.support.line_cost 200 6 worker
"""

import bisect
import gc
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from clickhouse_driver.block import ColumnOrientedBlock
from clickhouse_driver.bufferedwriter import BufferedSocketWriter
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.population import REPORTED_AT, STATIONS, Station, generate_sentences, mapped
from consumers.sink.payload_decryption import PayloadDecryptor, bundle_of
from consumers.sink.table_rows import Batch
from consumers.sink.tables import Table
from consumers.store.sql import MIGRATIONS
from infra.clickhouse.column_stream import ColumnStream
from infra.exchange_log.config_log import ConfigLog
from infra.keys.keyring import MechanismKeys
from infra.settings import Endpoints, Settings
from producers.events.draft import EventOrigin, build_draft
from producers.events.sealing import GENESIS_HASH, Signing, seal_all
from producers.model import Draft
from schemas import topics
from schemas.avro.codec import raw_log_format
from schemas.avro.log_records import ErasedRecord
from schemas.bounds import MAX_LABELS_PER_NODE
from schemas.crypto.node_messages import open_event_keys
from schemas.event.event_type import event_type
from schemas.model import THING_PARTITIONS, Cord, EpochMs, Message, Offset, PartitionNumber
from streams.intake.parsed_bundle import KeyListId
from streams.linking import LinkFold, SealedRef
from tests.support.pipeline import Memory, Pipeline
from tests.support.signed_bundles import ExchangeBuilder, Node

LONG_AGO = 1_000_000  # ms since 1970 UTC: config entries after the founding
BUNDLES, ACCEPTED, ROWS = 6, 20, 100
"""Messages of a batch: of intake, of the sink's events, and of its other topics."""
SUNK = frozenset(("accepted", "observations", "evidence"))
_TABLE = re.compile(r"CREATE TABLE (?:IF NOT EXISTS )?\{database\}\.(\w+)\n\((.*?)\n\)", re.DOTALL)
_COLUMN = re.compile(
    r"^ {4}(\w+) ([A-Z]\w+(?:\(.*?\))?)(?= DEFAULT| CODEC| COMMENT|,?$)", re.MULTILINE
)
_CONTEXT = SimpleNamespace(
    client_settings={"strings_as_bytes": True, "strings_encoding": "utf-8", "use_numpy": False},
    settings={},
    server_info=SimpleNamespace(used_revision=54_478, get_timezone=lambda: "UTC"),
)


class Drain:
    """A socket that counts what is sent."""

    def __init__(self) -> None:
        self.size = 0

    def sendall(self, data: bytes) -> None:
        self.size += len(data)


def column_types() -> dict[str, dict[str, str]]:
    """The types of columns by table, from the migrations."""
    texts = [path.read_text() for path in sorted(MIGRATIONS.glob("*.sql"))]
    tables = (match for text in texts for match in _TABLE.finditer(text))
    return {match[1]: dict(_COLUMN.findall(match[2])) for match in tables}


class SortedMemory(Memory):
    """A state whose scans do not sort it again."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[bytes] = []

    def scan(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        self._keys += sorted(self.rows.keys() - set(self._keys)) if self._is_behind() else []
        self._keys.sort()
        start = bisect.bisect_left(self._keys, prefix)
        for key in self._keys[start:]:
            if not key.startswith(prefix):
                return
            if key in self.rows:
                yield key, self.rows[key]

    def _is_behind(self) -> bool:
        return len(self._keys) < len(self.rows)


class Line:
    """Bundles of the benchmarks' population, sealed by the nodes' own code."""

    def __init__(self, events: int) -> None:
        nodes = {part.country: Node(part.node, part.country, part.authority) for part in STATIONS}
        self.exchange = ExchangeBuilder(*nodes.values())
        self.exchange.configure("KeyHashes", {}, LONG_AGO)
        self.exchange.configure("LabelQuota", {"labels": MAX_LABELS_PER_NODE}, LONG_AGO)
        self.key_lists: dict[KeyListId, Message] = {}
        self.bundles = {
            station.country: self._seal(station, nodes[station.country], events)
            for station in STATIONS
        }
        settings = Settings(Path("nowhere"), Endpoints(kafka="nowhere:9092"))
        self.decryptor = PayloadDecryptor(settings, ConfigLog(settings), self._mechanism_keys())
        self._drain, self._types = Drain(), column_types()
        self.event_keys = {
            SealedRef(topics.country_of(key_list.topic), 0, str(cord), sequence, item): key
            for (cord, sequence), key_list in self.key_lists.items()
            for item, key in enumerate(self._open(key_list))
            if isinstance(key, bytes)
        }

    def _mechanism_keys(self) -> MechanismKeys:
        opening, unwrap = self.exchange.opening, self.exchange.private
        secret, private_keys = opening.thing_secret, opening.private_keys
        signing = Ed25519PrivateKey.generate()
        return MechanismKeys(signing, "", opening.recipient, unwrap, secret, dict(private_keys))

    def _seal(self, station: Station, node: Node, events: int) -> list[Message]:
        origin = EventOrigin(station.node, station.country, station.authority, b"id secret" * 4)
        kind, drafts = event_type("weapon_record"), list[Draft]()
        for sentence in generate_sentences(events):
            if STATIONS[sentence.station] == station:
                draft = build_draft(mapped(sentence), origin, kind, REPORTED_AT)
                assert isinstance(draft, Draft)
                drafts.append(draft)
        recipients = {"mechanism": self.exchange.private.public_key()}
        signing = Signing(node.key_id, node.signing, station.country, recipients)
        cord, messages = Cord(station.node, "routine", 1), list[Message]()
        for bundle in seal_all(cord, 0, GENESIS_HASH, drafts, signing):
            at = len(messages)
            messages.append(_message(topics.bundles(station.country), at, bundle.bundle))
            key_list = _message(topics.keys(station.country), at, bundle.key_list)
            self.key_lists[cord, bundle.sequence] = key_list
        return messages

    def run_worker(self) -> Pipeline:
        """Fold all bundles, then all observations."""
        pipeline = self.exchange.pipeline()
        for messages in self.bundles.values():
            for batch in _batches(messages, BUNDLES):
                pipeline.state.setdefault((batch[0].topic, 0), SortedMemory())
                pipeline.take(batch, self.key_lists)
        for partition in range(THING_PARTITIONS):
            for batch in _batches(pipeline.observations(partition), ROWS):
                pipeline.state.setdefault((batch[0].topic, partition), SortedMemory())
                pipeline.correlate(batch)
        return pipeline

    def run_links(self, pipeline: Pipeline) -> None:
        """Fold the rows of persons into links, with a state of their own."""
        generation = pipeline.things.generation
        fold, topic = LinkFold(generation), topics.persons(generation)
        for partition in range(topics.COMPARED_PARTITIONS):
            memory = SortedMemory()
            for batch in _batches(pipeline.written.get((topic, partition), []), ROWS):
                step = fold.fold(batch, memory.get, memory.scan, self.event_keys)
                memory.write(step)

    def run_sink(self, pipeline: Pipeline) -> None:
        """Make the columns of all that the pipeline wrote."""
        for (topic, _), messages in pipeline.written.items():
            name = topic.split(".")[1]
            if name in SUNK:
                for part in _batches(messages, ACCEPTED if name == "accepted" else ROWS):
                    batch = Batch()
                    for message in part:
                        self._add(batch, message)
                    for table, rows in batch.tables(set()):
                        self._send(table, table.to_columns(rows, range(len(batch.labels))))

    def _send(self, table: Table, columns: Sequence[Sequence[Any]]) -> None:
        types = self._types[table.name]
        described = [(name, types[name]) for name in table.columns]
        block = ColumnOrientedBlock(described, columns)
        ColumnStream(BufferedSocketWriter(self._drain, 1 << 20), _CONTEXT).write(block)

    def _add(self, batch: Batch, message: Message) -> None:
        if ".observations" in message.topic:
            batch.add_observations(message.value)
        elif ".evidence" in message.topic:
            batch.add_evidence(message.value)
        else:
            record = raw_log_format("accepted").read(message.value)
            bundle = bundle_of(record)
            keys = self._open(self.key_lists[bundle.cord, bundle.sequence])
            batch.add_accepted(message, record, self.decryptor.decryptor_of(record, {bundle: keys}))

    def _open(self, key_list: Message) -> list[bytes | ErasedRecord]:
        opening, config = self.exchange.opening, self.exchange.config
        return open_event_keys(key_list, config, opening.recipient, opening.private_keys)


def _message(topic: str, offset: int, value: bytes) -> Message:
    at = EpochMs(REPORTED_AT + 1000 + offset)
    return Message(topic, PartitionNumber(0), Offset(offset), at, None, value)


def _batches(messages: list[Message], size: int) -> Iterator[list[Message]]:
    return (messages[start : start + size] for start in range(0, len(messages), size))


def _least(run: Callable[[], object], repeats: int) -> float:
    """The least processor time of several runs, seconds."""
    times = []
    for _ in range(repeats):
        began = time.process_time()
        run()
        times.append(time.process_time() - began)
    return min(times)


def main() -> None:
    """Print what a process costs for an event, µs."""
    events, repeats = int(sys.argv[1]), int(sys.argv[2])
    line = Line(events)
    pipeline = line.run_worker()
    gc.collect()
    gc.freeze()  # as the processes do
    gc.set_threshold(100_000, 20, 50)
    runs: dict[str, Callable[[], object]] = {
        "worker": line.run_worker,
        "links": lambda: line.run_links(pipeline),
        "sink": lambda: line.run_sink(pipeline),
    }
    for name in sys.argv[3:] or runs:
        print(f"{name}: {_least(runs[name], repeats) / events * 1e6:.1f} µs for an event")


if __name__ == "__main__":
    main()
