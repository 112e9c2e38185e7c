"""A country node on a real broker: what it sends arrives once and in order, whatever is killed or
away.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import socketserver
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from infra.errors import FoundingError
from infra.exchange_log.partition_reader import PartitionReader
from infra.kafka.clients import open_producer
from infra.kafka.owner_topics import OwnerTopics
from infra.keys import keyring
from infra.orchestration.stack import RunningStack
from infra.registry import agreements, config_writer, founding
from infra.registry.nodes import NodeRegistration, add_node, open_epoch, rotate_key
from infra.settings import Endpoints, Settings
from producers.errors import SendError
from producers.node import ControlStatement, CountryNode
from schemas import topics
from schemas.avro.codec import log_format
from schemas.avro.log_records import BundleRecord
from schemas.crypto.node_messages import open_event_keys, verify_node_message
from schemas.event.admission import FOUNDED_AGREEMENTS, Agreement, Partner
from schemas.model import COUNTRIES, Cord, Message
from tests.support.engines import eventually
from tests.support.exchange_lease import ExchangeLease
from tests.support.node import mapping_file, row, weapons, write
from tests.support.receipts import signed

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def broker(lease: ExchangeLease) -> Iterator[RunningStack]:
    """A founded exchange of which nothing runs but Kafka."""
    with lease.running("node", only=("topics",)) as stack:
        founding.found_mechanism(stack.settings, notice_ms=0)
        yield stack


SLOW_MACHINE_S = 120.0
NAMES = iter(f"node-{number}" for number in range(99))


@pytest.fixture
def node(broker: RunningStack) -> Iterator[CountryNode]:
    """A node of the test's own."""
    name = next(NAMES)
    add_node(broker.settings, NodeRegistration(name, "CO", "CO-PONAL", 0))
    with CountryNode(broker.settings, name) as opened:
        yield opened


def messages(settings: Settings, topic: str) -> list[Message]:
    reader = PartitionReader(settings.kafka, topic, 0)
    matches = list(reader.read(reader.end()))
    reader.close()
    return matches


def bundles(settings: Settings, name: str) -> list[BundleRecord]:
    """The verified bundles of a node, in the order of the log."""
    view = config_writer.read_config(settings)
    own = [
        message
        for message in messages(settings, topics.bundles("CO"))
        if message.key and message.key.startswith(f"{name}/".encode())
    ]
    return [
        log_format("bundle").read(
            verify_node_message(message.topic, message.partition, message.value, view)[0]
        )
        for message in own
    ]


def ids(records: list[BundleRecord]) -> list[bytes]:
    return [
        log_format("event").read(event)["envelope"]["id"]
        for record in records
        for event in record["events"]
    ]


def answer(node: CountryNode, verdict: str = "accepted") -> None:
    """Say of everything in the log what a mechanism would say."""
    producer, topic = open_producer(node.settings.kafka), topics.receipts(1, "CO", node.name)
    OwnerTopics(node.settings).ensure([topic])
    for record in bundles(node.settings, node.name):
        items = []
        for index, event in enumerate(record["events"]):
            head = log_format("event").read(event)["envelope"]
            items.append(
                {
                    "index": index,
                    "id": head["id"],
                    "version": head["version"],
                    "verdict": verdict,
                    "code": "",
                    "field": "",
                }
            )
        output = {
            "cord": record["cord"],
            "sequence": record["sequence"],
            "code": "",
            "missing": [],
            "appended_at": 0,
            "offset": 0,
            "items": items,
        }
        key = str(Cord(**record["cord"])).encode()
        producer.send(
            topic,
            key=key,
            value=signed(node.settings, topic, log_format("receipt").write(output)),
            partition=0,
        )
    producer.close()


def test_key_lists_are_there_before_their_bundles_and_open(
    node: CountryNode, broker: RunningStack, tmp_path: Path
) -> None:
    report = node.publish(write(tmp_path, *(row(n) for n in range(250))), weapons(tmp_path), wait=0)
    assert (report.unsent, report.counts()["unanswered"]) == (0, 250)
    records = bundles(broker.settings, node.name)
    assert [record["sequence"] for record in records] == [0, 1, 2]
    lists = {message.key: message for message in messages(broker.settings, topics.keys("CO"))}
    mechanism = keyring.load_mechanism_keys(broker.settings)
    for record in records:
        matches = lists[f"{Cord(**record['cord'])}/{record['sequence']}".encode()]
        config = config_writer.read_config_history(broker.settings)
        opened = open_event_keys(matches, config, mechanism.recipient, mechanism.private_keys)
        assert len(opened) == len(record["events"])


def test_receipts_end_the_wait_and_show(node: CountryNode, tmp_path: Path) -> None:
    path = write(tmp_path, *(row(n) for n in range(30)))
    node.publish(path, weapons(tmp_path), wait=0)
    answer(node)
    report = node.send(wait=10)
    assert (report.sent_bundles, report.answered) == (1, 30)
    assert node.reconcile_counts()[0]["accepted"] == 30
    assert node.reconcile_counts()[0]["accepted_sum"] == node.reconcile_counts()[0]["sealed_sum"]


def test_a_lost_acknowledgement_is_found_in_the_log_and_nothing_is_sent_twice(
    broker: RunningStack, tmp_path: Path
) -> None:
    name = next(NAMES)
    add_node(broker.settings, NodeRegistration(name, "CO", "CO-PONAL", 0))
    with CountryNode(broker.settings, name) as node:
        node.publish(write(tmp_path, *(row(n) for n in range(150))), weapons(tmp_path), wait=0)
        with (
            node.outbox.transaction() as connection
        ):  # as if the process had died between Kafka's word and its own note
            connection.execute("UPDATE bundles SET state = 'sealed'")
            connection.execute("DELETE FROM facts WHERE name = 'log'")
    with CountryNode(broker.settings, name) as node:
        assert node.send(wait=0).unsent == 0
    assert [record["sequence"] for record in bundles(broker.settings, name)] == [0, 1]


def test_a_partners_node_sends_through_its_host_what_it_may_send(
    broker: RunningStack, tmp_path: Path
) -> None:
    settings, name = broker.settings, next(NAMES)
    with pytest.raises(FoundingError, match="BR"):
        add_node(settings, NodeRegistration(name, "BR", "PF", 0))
    agreements.admit_partner(settings, Partner("BR", "CO", ("weapon_record",)))
    agreements.add_agreement(
        settings, Agreement("CAN-552", "Decisión 552 y acuerdo con Brasil", (*COUNTRIES, "BR"))
    )
    add_node(settings, NodeRegistration(name, "BR", "PF", 0))
    with CountryNode(settings, name) as node:
        report = node.publish(write(tmp_path, row(1), row(2)), weapons(tmp_path), wait=0)
        assert report.ingested.refusals == []
        assert node.send(wait=0).unsent == 0
    assert len(ids(bundles(settings, name))) == 2
    agreements.end_agreement(settings, "CAN-552")
    agreements.admit_partner(settings, Partner("BR", "CO", ("seizure",)))
    agreements.add_agreement(settings, FOUNDED_AGREEMENTS[0])
    with CountryNode(settings, name) as node:
        report = node.publish(write(tmp_path, row(3), name="3.csv"), weapons(tmp_path), wait=0)
        assert [refusal.code for refusal in report.ingested.refusals] == ["TYPE_NOT_ADMITTED"]


def test_an_old_copy_of_the_outbox_refuses_until_a_new_epoch_is_open(
    broker: RunningStack, tmp_path: Path
) -> None:
    name = next(NAMES)
    settings = broker.settings
    add_node(settings, NodeRegistration(name, "CO", "CO-PONAL", 0))
    folder = settings.node_dir(name)
    with CountryNode(settings, name) as node:
        node.publish(write(tmp_path, *(row(n) for n in range(5))), weapons(tmp_path), wait=0)
    for path in folder.glob("outbox.db*"):
        shutil.copy(path, tmp_path / path.name)
    later = write(tmp_path, *(row(n) for n in range(5, 9)), name="later.csv")
    with CountryNode(settings, name) as node:
        node.publish(later, weapons(tmp_path), wait=0)
    for path in folder.glob("outbox.db*"):
        path.unlink()
    for path in tmp_path.glob("outbox.db*"):
        shutil.copy(path, folder / path.name)
    newest = write(tmp_path, *(row(n) for n in range(9, 12)), name="newest.csv")
    with CountryNode(settings, name) as node, pytest.raises(SendError, match="node epoch"):
        node.publish(newest, weapons(tmp_path), wait=0)
    open_epoch(settings, name, "routine")
    with CountryNode(settings, name) as node:
        node.publish(newest, weapons(tmp_path), wait=0)
        node.publish(later, weapons(tmp_path), wait=0)
    records = bundles(settings, name)
    assert [(record["cord"]["epoch"], record["sequence"]) for record in records] == [
        (1, 0),
        (1, 1),
        (2, 0),
        (2, 1),
    ]
    assert len(set(ids(records))) == 12


def test_a_new_key_signs_and_the_log_still_reads(broker: RunningStack, tmp_path: Path) -> None:
    name = next(NAMES)
    add_node(broker.settings, NodeRegistration(name, "CO", "CO-PONAL", 0))
    with CountryNode(broker.settings, name) as node:
        node.publish(write(tmp_path, row(1)), weapons(tmp_path), wait=0)
    written = rotate_key(broker.settings, name, keep_ms=3_600_000)
    with CountryNode(broker.settings, name) as node:
        assert node.keys.key_id == written.key_id
        node.publish(write(tmp_path, row(2)), weapons(tmp_path), wait=0)
    view = config_writer.read_config(broker.settings)
    assert [key.revoked for key in view.keys.values() if key.node == name] == [True, False]
    keep_reading = replace(
        view, keys={key_id: replace(key, revoked=False) for key_id, key in view.keys.items()}
    )
    own = [
        message
        for message in messages(broker.settings, topics.bundles("CO"))
        if message.key == f"{name}/routine/1".encode()
    ]
    assert (
        len([verify_node_message(message.topic, 0, message.value, keep_reading) for message in own])
        == 2
    )


def test_an_erasure_takes_its_keys_out_of_log_and_outbox_in_stages(
    node: CountryNode, tmp_path: Path
) -> None:
    now = [time.time()]
    node._clock = lambda: now[0]
    node.publish(write(tmp_path, row(1), row(2)), weapons(tmp_path), wait=0)
    answer(node)
    target = node.id_of_reference("weapon_record", "R-1")
    assert node.erase(ControlStatement("erasure", target, "COURT_ORDER"), wait=0).erasures == 1
    answer(node)
    node.send(wait=0)
    lists = [
        message
        for message in messages(node.settings, topics.keys("CO"))
        if message.key == f"{node.name}/routine/1/0".encode()
    ]
    newest = log_format("key_list").read(log_format("signed").read(lists[-1].value)["body"])
    assert newest["keys"][0] == {"verdict": "accepted", "code": "", "field": ""}
    assert isinstance(newest["keys"][1], bytes)
    assert (node.erasures_left(), len(lists)) == (1, 2)
    now[0] += 62
    node.send(wait=0)
    again = [
        message
        for message in messages(node.settings, topics.keys("CO"))
        if message.key == f"{node.name}/routine/1/0".encode()
    ]
    assert (node.erasures_left(), len(again)) == (0, 3)


def test_kafka_may_come_later(broker: RunningStack, tmp_path: Path) -> None:
    name = next(NAMES)
    add_node(broker.settings, NodeRegistration(name, "CO", "CO-PONAL", 0))
    texts: list[str] = []
    with CountryNode(broker.settings, name) as node:
        node.send(wait=0)  # has seen config once
    nowhere = replace(broker.settings, configured=Endpoints(), discovered=Endpoints())
    with CountryNode(
        nowhere, name, on_progress=lambda progress: texts.append(str(progress.unavailable))
    ) as node:
        node.delivery.connection._current_settings = lambda: nowhere  # type: ignore[method-assign]
        back = threading.Timer(
            1.5,
            lambda: setattr(node.delivery.connection, "_current_settings", lambda: broker.settings),
        )
        back.start()
        report = node.publish(
            write(tmp_path, *(row(n) for n in range(20))), weapons(tmp_path), wait=4
        )
        back.join()
    assert any(texts)
    assert report.unsent == 0
    assert len(ids(bundles(broker.settings, name))) == 20


def test_while_kafka_hangs_taking_in_does_not_wait_for_it(
    broker: RunningStack, tmp_path: Path
) -> None:
    """A broker that takes connections and answers nothing is the worst: its clients wait half a
    minute.
    """
    name = next(NAMES)
    add_node(broker.settings, NodeRegistration(name, "CO", "CO-PONAL", 0))
    with CountryNode(broker.settings, name) as node:
        node.send(wait=0)
    with closing(socket.create_server(("127.0.0.1", 0))) as deaf:
        hangs = replace(
            broker.settings, configured=Endpoints(kafka=f"127.0.0.1:{deaf.getsockname()[1]}")
        )
        began = time.monotonic()
        with CountryNode(hangs, name) as node:
            report = node.publish(
                write(tmp_path, *(row(n) for n in range(500))), weapons(tmp_path), wait=0
            )
        took = time.monotonic() - began
    assert (report.ingested.sealed, bool(report.unavailable)) == (500, True)
    assert took < 12
    with CountryNode(broker.settings, name) as node:
        assert node.send(wait=0).unsent == 0
    assert len(ids(bundles(broker.settings, name))) == 500


class SlowRelay(socketserver.ThreadingTCPServer):
    """Takes connections at once, and passes them on to Kafka after `seconds`."""

    daemon_threads = True

    def __init__(self, kafka: str, seconds: float) -> None:
        super().__init__(("127.0.0.1", 0), RelayedConnection)
        host, _, port = kafka.rpartition(":")
        self.target, self.opens_at = (host, int(port)), time.monotonic() + seconds
        self.address = f"127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> SlowRelay:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


class RelayedConnection(socketserver.BaseRequestHandler):
    server: SlowRelay

    def handle(self) -> None:
        time.sleep(max(0.0, self.server.opens_at - time.monotonic()))
        with socket.create_connection(self.server.target) as kafka:
            back = threading.Thread(target=pump, args=(kafka, self.request), daemon=True)
            back.start()
            pump(self.request, kafka)
            back.join()


def pump(source: socket.socket, target: socket.socket) -> None:
    """Pass on bytes until one side ends, then end the other."""
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


def test_a_new_node_waits_for_a_kafka_that_is_slow_at_first(
    broker: RunningStack, tmp_path: Path
) -> None:
    """A Kafka under load takes connections and answers late; the node knows no config yet."""
    name = next(NAMES)
    add_node(broker.settings, NodeRegistration(name, "CO", "CO-PONAL", 0))
    with SlowRelay(broker.settings.kafka.bootstrap, 6.0) as relay:
        slow = replace(broker.settings, configured=Endpoints(kafka=relay.address))
        with CountryNode(slow, name) as node:
            report = node.publish(write(tmp_path, row(1)), weapons(tmp_path), wait=0)
    assert report.ingested.sealed == 1


CHILD = """
import sys
from pathlib import Path
from infra.settings import load
from producers.node import CountryNode
with CountryNode(load({"QUIPU_HOME": sys.argv[1], "QUIPU_KAFKA": sys.argv[2]}), sys.argv[3]) as node:
    print(node.publish(Path(sys.argv[4]), sys.argv[5], wait=0).unsent, flush=True)
"""


@contextmanager
def publishing(
    settings: Settings, name: str, path: Path, how: Path
) -> Iterator[subprocess.Popen[str]]:
    argv = [
        sys.executable,
        "-c",
        CHILD,
        str(settings.home),
        str(settings.kafka),
        name,
        str(path),
        str(how),
    ]
    with subprocess.Popen(
        argv, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
    ) as child:
        yield child


@pytest.mark.faults
def test_killed_at_any_moment_and_repeated_the_set_is_the_same_and_nothing_doubled(
    broker: RunningStack, tmp_path: Path
) -> None:
    name, rows = next(NAMES), 12_000
    add_node(broker.settings, NodeRegistration(name, "CO", "CO-PONAL", 0))
    path, how = write(tmp_path, *(row(n) for n in range(rows))), mapping_file(tmp_path)
    kills = 0
    for delay in (0.9, 1.4, 2.0):
        with publishing(broker.settings, name, path, how) as child:
            time.sleep(delay)
            if child.poll() is None:
                child.send_signal(signal.SIGKILL)
                kills += 1
    with publishing(broker.settings, name, path, how) as child:
        assert child.communicate(timeout=60)[0].strip() == "0"
    assert kills
    records = bundles(broker.settings, name)
    sequences = [record["sequence"] for record in records]
    assert sequences == sorted(set(sequences)) == list(range(len(sequences)))
    assert len(ids(records)) == len(set(ids(records))) == rows


def test_interrupted_it_says_so_and_repeated_it_finishes(
    broker: RunningStack, tmp_path: Path
) -> None:
    name, rows = next(NAMES), 30_000
    add_node(broker.settings, NodeRegistration(name, "CO", "CO-PONAL", 0))
    path, how = write(tmp_path, *(row(n) for n in range(rows))), mapping_file(tmp_path)
    argv = [
        sys.executable,
        "-m",
        "infra.cli",
        "publish",
        str(path),
        "--node",
        name,
        "--mapping",
        str(how),
        "--json",
    ]
    environ = os.environ | broker.settings.environ() | {"QUIPU_KAFKA": str(broker.settings.kafka)}
    with subprocess.Popen(
        argv, stdout=subprocess.PIPE, text=True, env=environ, cwd=Path(__file__).parents[3]
    ) as child:
        box = broker.settings.node_dir(name) / "outbox.db"
        eventually(lambda: box.exists() and _sealed(box), "rows are sealed", SLOW_MACHINE_S)
        interrupted_at = time.monotonic()
        child.send_signal(signal.SIGINT)
        report = json.loads(child.communicate(timeout=SLOW_MACHINE_S)[0])
        took = time.monotonic() - interrupted_at
    assert (report["interrupted"], child.returncode) == (True, 2)
    assert took < 15  # 2 s for the round, 1 s for the thread, and the report on a busy machine
    with CountryNode(broker.settings, name) as node:
        assert node.publish(path, weapons(tmp_path), wait=0).unsent == 0
    assert (
        len(ids(bundles(broker.settings, name)))
        == len(set(ids(bundles(broker.settings, name))))
        == rows
    )


def _sealed(path: Path) -> bool:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return bool(
            connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'items'").fetchone()
        ) and bool(connection.execute("SELECT 1 FROM items LIMIT 1").fetchone())


def test_another_log_is_not_written_to(broker: RunningStack, tmp_path: Path) -> None:
    name = next(NAMES)
    add_node(broker.settings, NodeRegistration(name, "CO", "CO-PONAL", 0))
    with CountryNode(broker.settings, name) as node:
        node.outbox.set_setting("log", "999999")
        with pytest.raises(SendError, match="it is another log"):
            node.publish(write(tmp_path, row(1)), weapons(tmp_path), wait=0)
