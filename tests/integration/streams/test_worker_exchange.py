"""The stream worker as it is run, on a founded exchange: poison, kills, a lost state, a schema that
comes later.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from kafka import TopicPartition

from infra.exchange_log import config_log
from infra.kafka import topic_admin
from infra.kafka.clients import open_consumer, open_producer
from infra.keys import keyring
from infra.orchestration import units
from infra.settings import Settings
from infra.telemetry.member_writer import occupation_of
from schemas import topics
from schemas.avro.codec import Record, log_format
from schemas.event.event_type import released_types
from schemas.model import COUNTRIES, NEWEST_FORM, Cord
from schemas.release.label_table import label_of
from streams.worker import debug
from tests.support.engines import eventually
from tests.support.exchange_lease import ExchangeLease
from tests.support.patience import patience
from tests.support.signed_bundles import ExchangeBuilder, Node, colombia, ecuador, seizure, weapon

pytestmark = pytest.mark.integration
LATER = "seizure"
"""The event type that config does not know at first."""


@dataclass
class HandmadeExchange:
    """Kafka, two nodes, and a worker."""

    settings: Settings
    world: ExchangeBuilder
    nodes: list[Node]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, member: str = "1", *options: str) -> None:
        ready = self.settings.ready_file(f"worker-{member}")
        ready.unlink(missing_ok=True)
        with (self.settings.logs_dir / "worker-test.log").open("ab") as log:
            command = [sys.executable, "-m", "streams.worker", "--member", member, *options]
            self.workers.append(
                subprocess.Popen(command, env=os.environ | self.settings.environ(), stderr=log)
            )
        eventually(
            lambda: ready.exists() or self.workers[-1].poll() is not None, "the worker is ready"
        )
        assert self.workers[-1].poll() is None, (
            self.settings.logs_dir / "worker-test.log"
        ).read_text()[-3000:]

    def kill(self) -> None:
        self.workers[-1].kill()
        self.workers[-1].wait(patience(10))

    def stop(self) -> int:
        self.workers[-1].send_signal(signal.SIGTERM)
        return self.workers[-1].wait(patience(15))

    def publish(self, node: Node, *items: Any) -> None:
        message = self.world.publish(node, *items)
        cord = Cord(node.name, "routine", 1)
        sequence = node.ends[cord][0]
        list_ = self.world.key_lists[cord, sequence]
        self.send(
            (list_.topic, node.partition, f"{cord}/{sequence}".encode(), list_.value),
            (message.topic, node.partition, None, message.value),
        )

    def send(self, *messages: tuple[str, int, bytes | None, bytes]) -> None:
        producer = open_producer(self.settings.kafka)
        for topic, partition, key, value in messages:
            producer.send(topic, partition=partition, key=key, value=value).get(10)
        producer.close()

    def read(self, format_: str, *names: str) -> list[Record]:
        """All records of these derived topics."""
        consumer = open_consumer(self.settings.kafka, auto_offset_reset="earliest")
        places = [
            TopicPartition(name, number)
            for name in names
            for number in consumer.partitions_for_topic(name) or ()
        ]
        consumer.assign(places)
        ends, records = consumer.end_offsets(places), []
        while any(consumer.position(place) < ends[place] for place in places):
            for consumers in consumer.poll(timeout_ms=200).values():
                records += [log_format(format_).read(record.value) for record in consumers]
        consumer.close()
        return records

    def accepted(self) -> list[Record]:
        return self.read("accepted", *(topics.accepted(1, country) for country in COUNTRIES))

    def verdicts(self) -> Counter[tuple[str, str]]:
        """Verdict and code of every item, repetitions counted once."""
        items = {
            (record["topic"], record["offset"], item["index"], item["verdict"], item["code"])
            for record in self.accepted()
            for item in record["items"]
        }
        return Counter((verdict, code) for *_, verdict, code in items)

    def evidence(self, generation: int = 1) -> set[str]:
        """Every row that was ever written, with its label as the message has it."""
        return {
            repr({**row, "label": label_of(record["labels"], row), "label_index": None})
            for record in self.read("evidence", topics.evidence(generation))
            for row in record["rows"]
        }

    def shares(self) -> list[int]:
        """How many partitions the first and the second worker have."""
        names = ("worker-1", "worker-2")
        return [occupation_of(self.settings, name).partitions for name in names]


@pytest.fixture(scope="module")
def exchange(lease: ExchangeLease) -> Iterator[HandmadeExchange]:
    with lease.running("worker", only=()) as stack:
        handmade_exchange = _found(stack.settings)
        try:
            yield handmade_exchange
        finally:
            for worker in handmade_exchange.workers:
                if worker.poll() is None:
                    worker.kill()
                worker.wait(patience(10))


def _found(settings: Settings) -> HandmadeExchange:
    units.make_topics(settings)
    keys, nodes = keyring.create_mechanism_keys(settings), [colombia(), ecuador()]
    world = ExchangeBuilder(*nodes)
    world.private = keys.unwrap
    entries: list[tuple[str, Record, int]] = [
        ("Founding", {"notice_ms": 100}, 0),
        ("DerivedForm", {"form": NEWEST_FORM, "since_generation": 1}, 0),
        (
            "MechanismKey",
            {
                "recipient": keys.recipient,
                "public_key": keys.unwrap.public_key().public_bytes_raw(),
            },
            0,
        ),
    ]
    for node in nodes:
        public = node.signing.public_key().public_bytes_raw()
        record = {
            "node": node.name,
            "country": node.country,
            "authority": node.authority,
            "partition": node.partition,
            "succeeds": [],
        }
        entries.append(("Node", record, 0))
        entries.append(
            (
                "NodeKey",
                {"node": node.name, "key_id": node.key_id, "public_key": public, "revoked": False},
                0,
            )
        )
    entries += [
        ("EventSchema", {"type": kind.name, "text": kind.format.text}, 0)
        for kind in released_types().values()
        if kind.name != LATER
    ]
    config_log.append_all(settings, [*entries, ("Founded", {}, 0)], keys)
    return HandmadeExchange(settings, world, nodes)


def test_bundles_become_evidence_and_no_poison_stops_the_line(exchange: HandmadeExchange) -> None:
    colombian, ecuadorian = exchange.nodes
    exchange.start()
    exchange.publish(colombian, weapon("R-1", "STOLEN"))
    exchange.send(
        (topics.bundles("CO"), 0, None, b"poison"),
        (topics.keys("CO"), 0, b"any", b"poison"),
        (topics.CONFIG, 0, None, b"poison"),
        (topics.observations(1), 1, b"any", b"poison"),
    )
    exchange.publish(ecuadorian, weapon("R-1", "SEIZED"))
    exchange.publish(colombian, weapon("R-2", "STOLEN", "XYZ9876"))
    eventually(
        lambda: exchange.verdicts()["accepted", ""] == 3 and bool(exchange.evidence()),
        "three accepted, evidence",
    )
    eventually(lambda: {record["topic"] for record in exchange.read("reject", topics.rejects(1))} >= {
        topics.bundles("CO"), topics.keys("CO"), topics.CONFIG, topics.observations(1),
    }, "four rejects")  # fmt: skip
    assert {record["code"] for record in exchange.read("reject", topics.rejects(1))} == {
        "BROKEN_FORMAT"
    }


def test_a_replayed_message_gives_what_the_worker_wrote(exchange: HandmadeExchange) -> None:
    written = next(
        record for record in exchange.accepted() if record["topic"] == topics.bundles("CO")
    )
    partition = (written["topic"], written["partition"])
    step = asyncio.run(debug.replay(exchange.settings, partition, written["offset"]))
    accepted = [output for output in step.outputs if output.topic == topics.accepted(1, "CO")]
    assert [log_format("accepted").read(output.value) for output in accepted] == [written]


def test_an_item_of_an_unknown_schema_waits_until_config_brings_it(
    exchange: HandmadeExchange,
) -> None:
    exchange.publish(exchange.nodes[0], seizure("S-1", ["ABC12345"]))
    eventually(lambda: exchange.verdicts()["pending", "UNKNOWN_SCHEMA"] == 1, "pending")
    text = next(kind.format.text for kind in released_types().values() if kind.name == LATER)
    config_log.append(
        exchange.settings,
        "EventSchema",
        {"type": LATER, "text": text},
        int(time.time() * 1000) + 1500,
    )
    eventually(lambda: exchange.verdicts()["accepted", ""] == 4, "accepted, though no bundle came")


def test_after_kills_and_a_lost_state_the_line_says_nothing_else(
    exchange: HandmadeExchange,
) -> None:
    exchange.kill()
    exchange.start()
    exchange.kill()
    before = exchange.evidence()
    shutil.rmtree(exchange.settings.state_dir)
    exchange.start()
    exchange.publish(exchange.nodes[1], weapon("R-9", "SEIZED", "XYZ9876"))
    eventually(
        lambda: exchange.verdicts()["accepted", ""] == 5 and len(exchange.evidence()) > len(before),
        "the state knows what came before",
    )
    assert before < exchange.evidence()
    assert exchange.stop() == 0


def test_two_workers_share_evenly_and_one_takes_over_from_the_other(
    exchange: HandmadeExchange,
) -> None:
    before = exchange.verdicts()["accepted", ""]
    exchange.start()
    exchange.start("2")
    eventually(lambda: exchange.shares() == [8, 8], lambda: f"{exchange.shares()}")
    for number, node in enumerate(exchange.nodes):
        exchange.publish(node, weapon(f"T-{number}", "STOLEN", "TAK0001"))
    eventually(lambda: exchange.verdicts()["accepted", ""] == before + 2, "both work")
    exchange.kill()
    for number, node in enumerate(exchange.nodes, 2):
        exchange.publish(node, weapon(f"T-{number}", "SEIZED", "TAK0001"))
    eventually(lambda: exchange.verdicts()["accepted", ""] == before + 4, "one does all of it")
    eventually(lambda: exchange.shares()[0] == 16, "it has all partitions")
    topic_admin.ensure(exchange.settings.kafka, topics.derived_topics(2))
    exchange.start("3", "--generation", "2", "--no-receipts")
    eventually(
        lambda: exchange.evidence(2) == exchange.evidence() != set(),
        lambda: f"not of both: {exchange.evidence(2) ^ exchange.evidence()}",
    )
