"""The sink on real Kafka and the real engine: it opens, stores, resumes, forgets what is erased,
and no poison stops it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from consumers.maintenance.reconcile import reconcile
from consumers.sink.sink import open_consumer
from infra.clickhouse.client import Client, connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.orchestration import units
from infra.settings import Settings
from schemas import topics
from schemas.avro.codec import raw_log_format
from tests.support import derived
from tests.support.engines import eventually
from tests.support.exchange_lease import ExchangeLease
from tests.support.founded_exchange import Exchange, found_exchange, fresh_keys, key_of_bundle, send
from tests.support.patience import patience

PAYLOAD = {
    "source_reference": "PONAL-1",
    "status": "STOLEN",
    "weapon": {
        "kind": "firearm",
        "type": "PISTOL",
        "make": "TAURUS",
        "serial": "TKL12345",
        "serial_state": "LEGIBLE",
    },
}


@pytest.fixture(scope="module")
def exchange(lease: ExchangeLease) -> Iterator[Exchange]:
    with lease.running("sink", only=()) as stack:
        units.make_tables(stack.settings)
        yield found_exchange(stack.settings)


@pytest.fixture
def tables(exchange: Exchange) -> Iterator[Client]:
    client = connect(exchange.settings, StoreUser.MIGRATOR, database_of(1))
    yield client
    client.disconnect()


@pytest.fixture
def sink(exchange: Exchange) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []
    log = Path(exchange.settings.logs_dir) / "sink-test.log"

    def start() -> subprocess.Popen[bytes]:
        with log.open("ab") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "consumers.sink"],
                env=os.environ | _environ(exchange.settings),
                stdout=out,
                stderr=out,
            )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        assert process.wait(patience(20)) in (0, -signal.SIGKILL), log.read_text()[-3000:]


def _environ(settings: Settings) -> dict[str, str]:
    return {
        "QUIPU_HOME": str(settings.home),
        "QUIPU_KAFKA": str(settings.kafka),
        "QUIPU_CLICKHOUSE": f"{settings.clickhouse_host}:{settings.clickhouse_port}",
    }


def publish(
    exchange: Exchange, sequence: int, numbers: list[int], erased: tuple[int, ...] = ()
) -> list[bytes]:
    """What node and intake write for a bundle of weapon records: key list and accepted. The event
    keys.
    """
    keys = fresh_keys(len(numbers))
    items = []
    for index, (number, key) in enumerate(zip(numbers, keys, strict=True)):
        item = derived.accepted_item(index, derived.envelope(number))
        items.append(
            {
                **item,
                "event": exchange.sealed(
                    derived.envelope(number),
                    {**PAYLOAD, "source_reference": f"PONAL-{number}"},
                    key,
                ),
            }
        )
    record = raw_log_format("accepted").write(derived.accepted(sequence, items))
    send(
        exchange.settings,
        [
            (
                topics.keys("CO"),
                0,
                key_of_bundle(exchange.cord, sequence),
                exchange.key_list(sequence, keys, erased),
            ),
            (topics.accepted(1, "CO"), 0, None, record),
        ],
    )
    return keys


def stored(tables: Client, condition: str = "1") -> int:
    return int(tables.execute(f"SELECT count() FROM events FINAL WHERE {condition}")[0][0])


def test_it_knows_its_topics_before_it_joins_its_group(exchange: Exchange) -> None:
    """One that joined before it knew them was now and then given nothing, for good: the leader
    assigns what it knows.
    """
    consumer = open_consumer(exchange.settings, 1)
    try:
        assert all(consumer._cluster.partitions_for_topic(topic) for topic in topics.sink_inputs(1))
    finally:
        consumer.close()


def test_the_line_of_the_sink(
    exchange: Exchange, tables: Client, sink: Callable[[], subprocess.Popen[bytes]]
) -> None:
    """One story, since each step stands on the one before: store, poison, kill, erase, late copy,
    rebuilt.
    """
    first = sink()
    keys = publish(exchange, 0, list(range(100)))
    eventually(lambda: stored(tables, "reference != ''") == 100, "100 opened events are stored")

    send(
        exchange.settings,
        [
            (topic, 0, b"any", b"poison")
            for topic in (
                topics.accepted(1, "CO"),
                topics.observations(1),
                topics.evidence(1),
                topics.rejects(1),
            )
        ],
    )
    send(
        exchange.settings,
        [
            (
                topics.observations(1),
                0,
                b"other",
                derived.observations(0, [derived.observation(b"t" * 16, b"e" * 16)]),
            )
        ],
    )
    eventually(
        lambda: tables.execute("SELECT count() FROM observations FINAL") == [(1,)],
        "what follows a poison message is stored",
    )
    eventually(
        lambda: (
            tables.execute("SELECT count(), uniqExact(topic), any(code) FROM rejects FINAL")
            == [(4, 4, "BROKEN_FORMAT")]
        ),
        "poison is told",
    )

    first.kill()
    first.wait()
    publish(exchange, 1, list(range(100, 200)))
    second = sink()
    eventually(
        lambda: stored(tables, "reference != ''") == 200, "what came while it was dead is stored"
    )

    target = derived.envelope(7)["id"]
    erase(exchange, 2, target, keys)
    eventually(
        lambda: stored(tables, "erased AND payload = '' AND reference = ''") == 1,
        "the erased event lost its content",
    )
    content = "SELECT count() FROM events WHERE lower(hex(id)) = {id:String} AND payload != ''"
    eventually(
        lambda: tables.execute(content, {"id": target.hex()}) == [(0,)],
        "its content is in no part of the table",
    )

    publish_with_other_keys(exchange, 3, 300)
    closed = [("CANNOT_OPEN", 3, "closed co-ponal/routine/1/3#0")]
    rejected = "SELECT code, offset, detail FROM rejects FINAL WHERE topic = 'quipu.bundles.co'"
    eventually(
        lambda: tables.execute(rejected) == closed,
        "what was accepted and does not open is told as a reject",
    )
    assert stored(tables, "offset = 3") == 0
    (proof,) = reconcile(exchange.settings, tables)
    assert [(difference.amount, difference.other_amount) for difference in proof.differences][
        :1
    ] == [("202", "201")]
    assert "1 × CANNOT_OPEN, co-ponal/routine/1/3#0" in str(proof.differences[0].remedy)

    second.send_signal(signal.SIGTERM)
    second.wait(patience(20))
    tables.execute(f"DROP DATABASE {database_of(1)} SYNC")
    units.make_tables(exchange.settings)
    sink()
    again = connect(exchange.settings, StoreUser.MIGRATOR, database_of(1))
    eventually(
        lambda: stored(again, "1") == 201,
        "a lost database is filled again, though all was committed",
    )
    assert stored(again, "reference != ''") == 199 + stored(
        again, "type = 'erasure' AND reference != ''"
    )
    eventually(
        lambda: again.execute(rejected) == closed, "the reject is told alike when all is read again"
    )
    again.disconnect()


def publish_with_other_keys(exchange: Exchange, sequence: int, number: int) -> None:
    """An event that intake accepted, and a key list that was replaced afterwards: its key opens
    nothing.
    """
    item = derived.accepted_item(0, derived.envelope(number))
    item["event"] = exchange.sealed(derived.envelope(number), PAYLOAD, fresh_keys(1)[0])
    send(
        exchange.settings,
        [
            (
                topics.keys("CO"),
                0,
                key_of_bundle(exchange.cord, sequence),
                exchange.key_list(sequence, fresh_keys(1)),
            ),
            (
                topics.accepted(1, "CO"),
                0,
                None,
                raw_log_format("accepted").write(derived.accepted(sequence, [item])),
            ),
        ],
    )


def erase(exchange: Exchange, sequence: int, target: bytes, keys: list[bytes]) -> None:
    """An accepted erasure, as intake writes it, and the key list without the key."""
    head = derived.envelope(9000, type="erasure")
    own = fresh_keys(1)
    item = derived.accepted_item(0, head, target=target)
    item["event"] = exchange.sealed(head, {"target": target, "reason": "SENT_IN_ERROR"}, own[0])
    record = raw_log_format("accepted").write(derived.accepted(sequence, [item]))
    send(
        exchange.settings,
        [
            (
                topics.keys("CO"),
                0,
                key_of_bundle(exchange.cord, sequence),
                exchange.key_list(sequence, own),
            ),
            (topics.accepted(1, "CO"), 0, None, record),
            (
                topics.keys("CO"),
                0,
                key_of_bundle(exchange.cord, 0),
                exchange.key_list(0, keys, erased=(7,)),
            ),
        ],
    )
