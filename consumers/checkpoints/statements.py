"""State to each node what the mechanism holds of it, signed, in the node's own topic.

So a country proves its records without the store and without the mechanism's keys. The numbers are
those of `quipu reconcile`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from typing import Any

import structlog
from kafka.errors import KafkaError

from consumers.store.sql import sql
from consumers.store.stored_counts import StoredCounts, stored_counts
from infra.clickhouse.client import LOST_CONNECTION, connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.clock import now_ms
from infra.errors import LogStalledError, QuipuError
from infra.exchange_log.config_log import ConfigLog, Signer
from infra.kafka.clients import open_producer
from infra.kafka.owner_topics import OwnerTopics
from infra.keys.current_signer import CurrentSigner
from infra.keys.keyring import MechanismKeys
from infra.program_version import this_release
from infra.settings import Settings
from schemas import topics
from schemas.avro.codec import log_format
from schemas.avro.log_records import StatedCordRecord, StatementRecord
from schemas.crypto.sealing import sign
from schemas.exchange_config import ConfigView, Node

log = structlog.get_logger(__name__)

POLL_EVERY_S = 5.0
REPEAT_EVERY_S = 300.0
"""A statement that did not change is written again after this, so that its age says something."""
MOST_SHARE = 20
"""The store rests this many times longer than it counted."""
ACK_TIMEOUT_S = 30.0


def statements_of(
    nodes: Iterable[str], counts: Mapping[str, StoredCounts], generation: int, now: int
) -> Iterator[StatementRecord]:
    """Yield what is held of each node. `counts`: by cord; `now`: ms since 1970 UTC."""
    for node in nodes:
        own = sorted(cord for cord in counts if cord.rsplit("/", 2)[0] == node)
        yield {
            "node": node,
            "generation": generation,
            "release": this_release(),
            "written_at": now,
            "cords": [_stated(cord, counts[cord]) for cord in own],
        }


def _stated(cord: str, counts: StoredCounts) -> StatedCordRecord:
    return {
        "cord": cord,
        "through": counts.through,
        "sealed": counts.sealed,
        "accepted": counts.accepted,
        "duplicate": counts.duplicate,
        "pending": counts.pending,
        "rejected": counts.rejected,
        "stored": counts.stored,
        "sealed_sum": counts.sealed_sum,
        "accepted_sum": counts.accepted_sum,
        "stored_sum": counts.stored_sum,
    }


class StatementPublisher:
    """Write the statements of one generation. Methods raise KafkaError and errors of the store."""

    def __init__(self, settings: Settings, signer: CurrentSigner, generation: int) -> None:
        """Connect to the store and to Kafka."""
        self.generation = generation
        self._signer, self._topics = signer, OwnerTopics(settings)
        self._client = connect(settings, StoreUser.READER, database_of(generation))
        self._producer: Any = open_producer(
            settings.kafka, acks="all", enable_idempotence=True, allow_auto_create_topics=False
        )
        self._counted: object = None
        self._counts: Mapping[str, StoredCounts] = {}
        self._written: dict[str, tuple[float, Sequence[StatedCordRecord]]] = {}

    def step(self, view: ConfigView) -> int:
        """Write the statements that changed, or are old; return how many."""
        marks = self._client.execute(sql("stored_rows"))
        if marks != self._counted:
            self._counts, self._counted = stored_counts(self._client), marks
        due = [
            (view.nodes[statement["node"]], statement)
            for statement in statements_of(view.nodes, self._counts, self.generation, now_ms())
            if self._is_due(statement)
        ]
        if due:
            self._write(due, self._signer.current())
        return len(due)

    def close(self) -> None:
        """Close the connections to Kafka and to the store."""
        self._producer.close(timeout=0)
        with suppress(*LOST_CONNECTION):
            self._client.disconnect()

    def _is_due(self, statement: StatementRecord) -> bool:
        written_at, cords = self._written.get(statement["node"], (0.0, ()))
        is_old = time.monotonic() - written_at > REPEAT_EVERY_S
        return is_old or cords != statement["cords"]

    def _write(self, due: Sequence[tuple[Node, StatementRecord]], signer: Signer) -> None:
        names = [self._topic_of(node) for node, _statement in due]
        self._topics.ensure(names)
        futures = []
        for topic, (node, statement) in zip(names, due, strict=True):
            body = log_format("statement").write(statement)
            value = sign(topic, body, signer.key_id, signer.signing)
            sent = self._producer.send(topic, key=node.name.encode(), value=value, partition=0)
            futures.append(sent)
        for future, (node, statement) in zip(futures, due, strict=True):
            future.get(timeout=ACK_TIMEOUT_S)
            self._written[node.name] = time.monotonic(), statement["cords"]

    def _topic_of(self, node: Node) -> str:
        return topics.statements(self.generation, node.home, node.name)


class StatementThread:
    """State what is held, next to what else a process does, until it is closed."""

    def __init__(self, settings: Settings, keys: MechanismKeys) -> None:
        """Begin at once, in a thread that never keeps the process alive."""
        self._settings, self._signer = settings, CurrentSigner(settings, keys)
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="statements", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop after what is being written."""
        self._closed.set()
        self._thread.join(timeout=POLL_EVERY_S)

    def _run(self) -> None:
        while not self._closed.is_set():
            try:
                with closing(ConfigLog(self._settings)) as config_log:
                    self._serve(config_log)
            except (KafkaError, LogStalledError, QuipuError, OSError, *LOST_CONNECTION) as error:
                log.warning("statements_not_written", error=repr(error), again_in_s=POLL_EVERY_S)
            self._closed.wait(POLL_EVERY_S)

    def _serve(self, config_log: ConfigLog) -> None:
        """State what one generation holds, as long as it serves."""
        view = config_log.refresh().at(now_ms())
        generation = view.generation
        with closing(StatementPublisher(self._settings, self._signer, generation)) as publisher:
            while not self._closed.is_set() and view.generation == generation:
                began = time.monotonic()
                publisher.step(view)
                rest = MOST_SHARE * (time.monotonic() - began)
                self._closed.wait(max(POLL_EVERY_S, rest))
                view = config_log.refresh().at(now_ms())
