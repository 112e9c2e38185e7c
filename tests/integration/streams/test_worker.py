"""The stream worker on a real broker, with a small job whose every output can be checked
(tests/support/digest_job.py).
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kafka import TopicPartition

from infra.kafka.clients import open_admin, open_consumer, open_producer
from infra.orchestration.stack import RunningStack
from streams.worker.group_admin import topic_ids
from streams.worker.state_store import SharedBuffers, StateHeader, StateStore
from tests.support.digest_job import DIGEST, next_digest
from tests.support.engines import eventually, new_topic, on_kafka_of
from tests.support.patience import patience

pytestmark = pytest.mark.integration
PROGRAM = Path(__file__).parents[2] / "support" / "digest_job.py"
PARTITIONS = 4
PATIENCE_S = 120.0


class DigestWorker:
    """Two topics, and workers between them."""

    def __init__(self, stack: RunningStack, home: Path) -> None:
        self.settings = on_kafka_of(stack, home)
        self.settings.run_dir.mkdir(parents=True)
        self.inputs = new_topic(stack, PARTITIONS, {"message.timestamp.type": "LogAppendTime"})
        self.outputs = new_topic(stack, PARTITIONS)
        self.workers: dict[str, subprocess.Popen[bytes]] = {}
        self._started: list[subprocess.Popen[bytes]] = []
        self.sent: list[list[bytes]] = [[] for _ in range(PARTITIONS)]
        self._producer = open_producer(self.settings.kafka, linger_ms=5)

    def produce(self, count: int) -> None:
        for _ in range(count):
            partition = sum(map(len, self.sent)) % PARTITIONS
            self.say(b"message %d" % len(self.sent[partition]), partition)
        self._producer.flush()

    def say(self, value: bytes, partition: int) -> None:
        self._producer.send(self.inputs, value=value, partition=partition)
        self.sent[partition].append(value)

    def start(self, member: str, *options: str) -> subprocess.Popen[bytes]:
        self.settings.ready_file(f"worker-{member}").unlink(missing_ok=True)
        arguments: list[str] = [
            "--member",
            member,
            "--inputs",
            self.inputs,
            "--outputs",
            self.outputs,
            *options,
        ]
        environ = self.settings.environ() | {"PYTHONPATH": str(PROGRAM.parents[2])}
        log = (self.settings.home / f"worker-{member}.log").open("ab")
        self.workers[member] = subprocess.Popen(
            [sys.executable, str(PROGRAM), *arguments], env=environ, stderr=log
        )
        self._started.append(self.workers[member])
        return self.workers[member]

    def start_ready(self, member: str, *options: str) -> subprocess.Popen[bytes]:
        worker = self.start(member, *options)
        self.wait(
            lambda: (
                self.settings.ready_file(f"worker-{member}").exists() or worker.poll() is not None
            )
        )
        assert worker.poll() is None, self.log(member)
        return worker

    def kill(self, member: str) -> None:
        worker = self.workers[member]
        worker.kill()
        worker.wait(patience(10))

    def stop(self, member: str) -> int:
        self.workers[member].send_signal(signal.SIGTERM)
        return self.workers[member].wait(patience(15))

    def log(self, member: str) -> str:
        return (self.settings.home / f"worker-{member}.log").read_text()

    def wait(self, condition: Callable[[], bool]) -> None:
        eventually(
            condition,
            lambda: "\n".join(self.log(member)[-3000:] for member in self.workers),
            PATIENCE_S,
        )

    def state_folder(self, member: str) -> Path:
        return self.settings.state_dir / member / "g1"

    def instances(self) -> set[str]:
        """Who is in the group now."""
        admin = open_admin(self.settings.kafka)
        try:
            answer = admin.describe_groups([f"group-{self.inputs}"])
        finally:
            admin.close()
        return {
            member["group_instance_id"] for group in answer.values() for member in group["members"]
        }

    def read_outputs(self) -> list[dict[int, set[str]]]:
        """Of each partition: offset → the digests that were sent for it."""
        consumer = open_consumer(self.settings.kafka, auto_offset_reset="earliest")
        places = [TopicPartition(self.outputs, partition) for partition in range(PARTITIONS)]
        consumer.assign(places)
        ends = consumer.end_offsets(places)
        matches: list[dict[int, set[str]]] = [{} for _ in range(PARTITIONS)]
        while any(consumer.position(place) < ends[place] for place in places):
            for place, records in consumer.poll(timeout_ms=500).items():
                for record in records:
                    offset, digest = record.value.decode().split()
                    matches[place.partition].setdefault(int(offset), set()).add(digest)
        consumer.close()
        return matches

    def expected(self) -> list[dict[int, set[str]]]:
        """What an undisturbed run says."""
        result: list[dict[int, set[str]]] = []
        for values in self.sent:
            digest, digests = b"", {}
            for offset, value in enumerate(values):
                digest = next_digest(digest, value)
                digests[offset] = {digest.hex()}
            result.append(digests)
        return result

    def wait_for_all(self) -> None:
        """Until every message has its output."""
        self.wait(
            lambda: (
                [len(digests) for digests in self.read_outputs()]
                == [len(values) for values in self.sent]
            )
        )

    def output_count(self) -> int:
        """How many outputs the log has."""
        consumer = open_consumer(self.settings.kafka)
        places = [TopicPartition(self.outputs, partition) for partition in range(PARTITIONS)]
        try:
            return int(sum(consumer.end_offsets(places).values()))
        finally:
            consumer.close()

    def wait_for_commit(self) -> None:
        """Until the group has committed every input."""
        consumer = open_consumer(self.settings.kafka, group_id=f"group-{self.inputs}")
        places = [TopicPartition(self.inputs, partition) for partition in range(PARTITIONS)]
        try:
            self.wait(
                lambda: (
                    [consumer.committed(place) for place in places]
                    == [len(values) for values in self.sent]
                )
            )
        finally:
            consumer.close()

    def check(self) -> None:
        """Each input was sent at least once, always with the digest of the whole log up to it."""
        self.wait_for_all()
        assert self.read_outputs() == self.expected()

    def close(self) -> None:
        for worker in self._started:
            if worker.poll() is None:
                worker.kill()
            worker.wait(patience(10))
        self._producer.close()


@pytest.fixture
def digest_worker(stack: RunningStack, tmp_path: Path) -> Iterator[DigestWorker]:
    digest_worker = DigestWorker(stack, tmp_path / "home")
    try:
        yield digest_worker
    finally:
        digest_worker.close()


def test_every_message_is_answered_and_a_stop_is_clean(digest_worker: DigestWorker) -> None:
    digest_worker.produce(2000)
    digest_worker.start_ready("1")
    digest_worker.check()
    began = time.monotonic()
    assert digest_worker.stop("1") == 0
    assert time.monotonic() - began < 5
    assert not digest_worker.settings.ready_file("worker-1").exists()


def test_state_equals_the_fold_of_the_log(digest_worker: DigestWorker) -> None:
    digest_worker.produce(1000)
    digest_worker.start_ready("1")
    digest_worker.check()
    digest_worker.stop("1")
    ids = topic_ids(digest_worker.settings.kafka, [digest_worker.inputs])
    for partition, digests in enumerate(digest_worker.expected()):
        state = StateStore(
            digest_worker.state_folder("1") / f"{digest_worker.inputs}-{partition}",
            StateHeader(ids[digest_worker.inputs], 1),
            SharedBuffers(),
        )
        assert state.offset == len(digests)
        assert {(state.get(DIGEST) or b"").hex()} == digests[len(digests) - 1]
        state.close()


def test_nothing_is_lost_or_done_twice_when_the_worker_is_killed_again_and_again(
    digest_worker: DigestWorker,
) -> None:
    digest_worker.start_ready("1")
    for _ in range(3):
        digest_worker.produce(3000)
        before = digest_worker.output_count()
        digest_worker.wait(lambda: digest_worker.output_count() > before)  # noqa: B023
        digest_worker.kill("1")
        digest_worker.start_ready("1")
    digest_worker.check()


def test_a_lost_state_is_rebuilt_from_the_log_without_saying_anything_again(
    digest_worker: DigestWorker,
) -> None:
    digest_worker.produce(2000)
    digest_worker.start_ready("1")
    digest_worker.wait_for_all()
    digest_worker.wait_for_commit()
    digest_worker.stop("1")
    before = digest_worker.read_outputs()
    shutil.rmtree(digest_worker.state_folder("1"))
    digest_worker.start_ready("1")
    assert '"emitting": false' in digest_worker.log("1")
    assert digest_worker.read_outputs() == before
    digest_worker.produce(400)
    digest_worker.check()


def test_a_worker_told_to_stop_while_it_catches_up_stops_at_once(
    digest_worker: DigestWorker,
) -> None:
    digest_worker.produce(30_000)
    digest_worker.start_ready("1")
    digest_worker.wait_for_all()
    digest_worker.wait_for_commit()
    digest_worker.stop("1")
    shutil.rmtree(digest_worker.state_folder("1"))
    digest_worker.start("1")
    digest_worker.wait(lambda: digest_worker.log("1").count("partitions_assigned") == 2)
    began = time.monotonic()
    assert digest_worker.stop("1") == 0
    assert time.monotonic() - began < 8
    assert '"emitting": false' not in digest_worker.log("1"), (
        "it had caught up before it was told: give it more to do"
    )


def members_of(instances: set[str]) -> set[str]:
    """The group and the member of each instance's name, without the machine's."""
    return {f"{name.split('.')[0]}.{name.rsplit('.', 1)[1]}" for name in instances}


def test_a_second_worker_joins_takes_its_share_and_leaves(digest_worker: DigestWorker) -> None:
    digest_worker.start_ready("1")
    digest_worker.produce(3000)
    digest_worker.start_ready("2")
    digest_worker.produce(3000)
    digest_worker.wait_for_all()
    assert (
        sum(1 for _ in digest_worker.state_folder("2").glob(f"{digest_worker.inputs}-*"))
        == PARTITIONS // 2
    )
    assert digest_worker.stop("2") == 0
    assert members_of(digest_worker.instances()) == {f"group-{digest_worker.inputs}.1"}, (
        "the first worker has to wait for the second one's session to end"
    )
    digest_worker.produce(3000)
    digest_worker.check()


def test_a_worker_that_joins_before_anything_is_committed_leaves_no_message(
    digest_worker: DigestWorker,
) -> None:
    digest_worker.produce(40)
    busy = ("--opening", "2", "--slow", "8")
    digest_worker.start_ready("1", *busy)
    digest_worker.start_ready("2")
    digest_worker.check()
    assert "worker_fails" not in digest_worker.log("1"), "it stood still until its watchdog"


def test_a_worker_killed_while_another_runs_loses_nothing(digest_worker: DigestWorker) -> None:
    digest_worker.start_ready("1")
    digest_worker.start_ready("2")
    digest_worker.produce(3000)
    digest_worker.kill("2")
    digest_worker.produce(3000)
    digest_worker.start_ready("2")
    digest_worker.check()


def test_a_message_that_the_processor_cannot_bear_ends_the_process_and_is_not_acked(
    digest_worker: DigestWorker,
) -> None:
    digest_worker.produce(40)
    worker = digest_worker.start_ready("1")
    digest_worker.wait_for_all()
    digest_worker.say(b"poison", 0)
    digest_worker.produce(40)
    assert worker.wait(PATIENCE_S) == 1
    assert "worker_fails" in digest_worker.log("1")
    again = digest_worker.start("1")
    assert again.wait(PATIENCE_S) == 1, "it was acked"


def test_a_second_process_of_the_same_member_is_refused(digest_worker: DigestWorker) -> None:
    digest_worker.start_ready("1")
    other = digest_worker.start("1")
    assert other.wait(PATIENCE_S) != 0
    assert "already runs in this data folder" in digest_worker.log("1")
