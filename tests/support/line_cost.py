"""What an event costs the processor in the worker's folds and in the sink, without any engine.

`python -m tests.support.line_cost 4000 5` prints µs of processor time, the least of five runs. A
busy machine changes them by a fifth. Instructions do not depend on it: the difference of these two
runs, divided by 5 x 200, is what `worker` costs for an event. It is the same for `sink`.

    valgrind --tool=cachegrind --cache-sim=no python -m tests.support.line_cost 200 1 worker
    valgrind --tool=cachegrind --cache-sim=no python -m tests.support.line_cost 200 6 worker
"""

import bisect
import gc
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

from benchmarks.population import REPORTED_AT, STATIONS, Station, generate_sentences, mapped
from consumers.sink.payload_decryption import PayloadDecryptor, bundle_of
from consumers.sink.table_rows import Batch
from infra.exchange_log.config_log import ConfigLog
from infra.keys.keyring import MechanismKeys
from infra.settings import Settings
from producers.events.draft import EventOrigin, build_draft
from producers.events.sealing import GENESIS_HASH, Signing, seal_all
from producers.model import Draft
from schemas import topics
from schemas.avro.codec import raw_log_format
from schemas.bounds import MAX_LABELS_PER_NODE
from schemas.crypto.node_messages import open_event_keys
from schemas.event.event_type import event_type
from schemas.model import Cord, EpochMs, Message, Offset, PartitionNumber
from streams.intake.parsed_bundle import KeyListId
from tests.support.pipeline import Memory, Pipeline
from tests.support.signed_bundles import ExchangeBuilder, Node

LONG_AGO = 1_000_000  # ms since 1970 UTC: config entries after the founding
BUNDLES, ACCEPTED, ROWS = 6, 20, 100
"""Messages of a batch: of intake, of the sink's events, and of its other topics."""


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
        settings = Settings(Path("nowhere"))
        # neither is used: the keys are found here
        keys = cast(MechanismKeys, None)
        self.decryptor = PayloadDecryptor(settings, ConfigLog(settings), keys)

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
        for partition in range(topics.THING_PARTITIONS):
            for batch in _batches(pipeline.observations(partition), ROWS):
                pipeline.state.setdefault((batch[0].topic, partition), SortedMemory())
                pipeline.correlate(batch)
        return pipeline

    def run_sink(self, pipeline: Pipeline) -> None:
        """Make the columns of all that the pipeline wrote."""
        for (topic, _), messages in pipeline.written.items():
            is_accepted = ".accepted." in topic
            if is_accepted or ".receipts." not in topic:
                for part in _batches(messages, ACCEPTED if is_accepted else ROWS):
                    batch = Batch()
                    for message in part:
                        self._add(batch, message)
                    for table, rows in batch.tables(set()):
                        table.to_columns(rows)

    def _add(self, batch: Batch, message: Message) -> None:
        if ".observations" in message.topic:
            batch.add_observations(message.value)
        elif ".evidence" in message.topic:
            batch.add_evidence(message.value)
        else:
            record = raw_log_format("accepted").read(message.value)
            bundle = bundle_of(record)
            key_list = self.key_lists[bundle.cord, bundle.sequence]
            opening, config = self.exchange.opening, self.exchange.config
            keys = open_event_keys(key_list, config, opening.recipient, opening.private_keys)
            batch.add_accepted(message, record, self.decryptor.decryptor_of(record, {bundle: keys}))


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
    runs = {"worker": line.run_worker, "sink": lambda: line.run_sink(pipeline)}
    for name in sys.argv[3:] or runs:
        print(f"{name}: {_least(runs[name], repeats) / events * 1e6:.1f} µs for an event")


if __name__ == "__main__":
    main()
