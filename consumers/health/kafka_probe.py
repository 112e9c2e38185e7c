"""Ask Kafka for topics, groups, lag and disk: a handful of questions, tens of milliseconds."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from kafka import TopicPartition
from kafka.errors import CoordinatorNotAvailableError, NotCoordinatorError

from consumers.health.copy_probe import CopyProbe
from consumers.health.facts import Disk, KafkaStatus, StageStatus, TopicStatus
from consumers.runtime.consumer_lag import committed, groups
from infra.kafka.clients import open_admin, open_consumer
from infra.kafka.tcp_probe import require_tcp
from infra.settings import Settings
from schemas import topics

logging.getLogger("kafka.admin._groups").setLevel(
    logging.ERROR
)  # it warns of Faust's group metadata, which we do not read

GROWTH_S = 600
TCP_TIMEOUT_S = 1.0
ANSWER_MS = 3000
OLDEST_MS = 1500
"""How long the first waiting message of each lagging partition is waited for."""


class KafkaProbe:
    """Keeps its connections between questions, and drops them when one fails.

    It is not for two threads at once.
    """

    def __init__(self, settings: Settings) -> None:
        """Connect to nothing yet; `measure` connects."""
        self._settings = settings
        self._admin: Any = None
        self._consumer: Any = None
        self._copies = CopyProbe(is_embedded=settings.configured.kafka is None)

    def measure(self, generation: int) -> KafkaStatus:
        """Return the state of Kafka now. Raises OSError, KafkaError, NotRunningError."""
        require_tcp(self._settings.kafka, TCP_TIMEOUT_S)
        try:
            return self._look(generation)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Drop the connections; the next question makes new ones."""
        admin, consumer, self._admin, self._consumer = self._admin, self._consumer, None, None
        for connection in (admin, consumer):
            if connection is not None:
                connection.close()

    def _look(self, generation: int) -> KafkaStatus:
        began = time.monotonic()
        if self._admin is None:
            self._admin = open_admin(
                self._settings.kafka,
                bootstrap_timeout_ms=ANSWER_MS,
                request_timeout_ms=ANSWER_MS,
            )
            self._consumer = _consumer(self._settings)
            began = time.monotonic()
        brokers = self._admin.describe_cluster()["brokers"]
        answer_s = time.monotonic() - began
        ends = self._ends(generation)
        begins: dict[TopicPartition, int] = self._consumer.beginning_offsets(
            list(ends), timeout_ms=ANSWER_MS
        )
        sizes, disk = _sizes(self._admin.describe_log_dirs())
        live = [broker["broker_id"] for broker in brokers]
        copies = self._copies.read(self._admin, sorted({at.topic for at in ends}), live)
        return KafkaStatus(
            answer_s,
            len(brokers),
            self._topics(begins, ends, sizes),
            self._stages(generation, begins, ends),
            disk,
            copies,
        )

    def _ends(self, generation: int) -> dict[TopicPartition, int]:
        """Return the end of every existing partition of the log and of this generation."""
        log_names = [spec.name for spec in topics.log_topics()]
        derived = [name for name in self._consumer.topics() if topics.is_derived(name, generation)]
        names = [*log_names, *sorted(derived)]
        partitions = [
            TopicPartition(name, number)
            for name in names
            for number in self._consumer.partitions_for_topic(name) or ()
        ]
        ends: dict[TopicPartition, int] = self._consumer.end_offsets(
            partitions, timeout_ms=ANSWER_MS
        )
        return ends

    def _topics(
        self,
        begins: Mapping[TopicPartition, int],
        ends: Mapping[TopicPartition, int],
        sizes: Mapping[str, int],
    ) -> list[TopicStatus]:
        since = int((time.time() - GROWTH_S) * 1000)
        former = self._consumer.offsets_for_times(dict.fromkeys(ends, since), timeout_ms=ANSWER_MS)
        statuses = []
        for name in sorted({at.topic for at in ends}):
            partitions = [at for at in ends if at.topic == name]
            grown = sum(
                ends[at] - (former[at].offset if former.get(at) else ends[at]) for at in partitions
            )
            end, begin = sum(ends[at] for at in partitions), sum(begins[at] for at in partitions)
            statuses.append(
                TopicStatus(name, len(partitions), end - begin, end, grown, sizes.get(name))
            )
        return statuses

    def _stages(
        self,
        generation: int,
        begins: Mapping[TopicPartition, int],
        ends: Mapping[TopicPartition, int],
    ) -> list[StageStatus]:
        hits = topics.hits_group(generation)
        single_stage = {topics.sink_group(generation): "sink", hits: "hits"}
        read = groups(generation) | {hits: [topics.evidence(generation)]}
        members, done = self._groups(list(read))
        members[hits] = None
        stages = []
        for group, names in read.items():
            parts = {single_stage[group]: names} if group in single_stage else _worker_stages(names)
            for stage, inputs in parts.items():
                waiting = waiting_messages(begins, ends, done[group], inputs)
                stages.append(
                    StageStatus(
                        stage,
                        members.get(group, 0),
                        waiting.messages,
                        self._age(waiting.starts),
                        waiting.lost,
                    )
                )
        return stages

    def _groups(
        self, names: list[str]
    ) -> tuple[dict[str, int | None], dict[str, dict[TopicPartition, int]]]:
        """Return how many processes are in each group, and what it has committed.

        On a broker that never had a group there is nobody and nothing.
        """
        try:
            members: dict[str, int | None] = {
                name: len(description["members"])
                for name, description in self._admin.describe_groups(names).items()
            }
            return members, committed(self._admin, names)
        except (CoordinatorNotAvailableError, NotCoordinatorError):
            return {}, {name: {} for name in names}

    def _age(self, starts: Mapping[TopicPartition, int]) -> float | None:
        """Return the seconds since the oldest message at these offsets was appended; 0 for none.

        None where a partition did not give its message in time: the oldest may be there.
        """
        if not starts:
            return 0.0
        self._consumer.assign(list(starts))
        for topic_partition, offset in starts.items():
            self._consumer.seek(topic_partition, offset)
        oldest: dict[TopicPartition, int] = {}
        until = time.monotonic() + OLDEST_MS / 1000
        while len(oldest) < len(starts) and time.monotonic() < until:
            for topic_partition, records in self._consumer.poll(
                timeout_ms=100, max_records=1
            ).items():
                oldest[topic_partition] = records[0].timestamp
                self._consumer.pause(topic_partition)
        self._consumer.unsubscribe()
        if len(oldest) < len(starts):
            return None
        return max(0.0, time.time() - min(oldest.values()) / 1000)


class WaitingMessages(NamedTuple):
    """What a group has not committed: how many, from where in each partition, how many are lost."""

    messages: int
    starts: Mapping[TopicPartition, int]
    lost: int


def waiting_messages(
    begins: Mapping[TopicPartition, int],
    ends: Mapping[TopicPartition, int],
    committed_offsets: Mapping[TopicPartition, int],
    names: Sequence[str],
) -> WaitingMessages:
    """Say what waits in these topics. A message before the begin of its partition is lost. Pure.

    `begins`, `ends`: of every partition; `committed_offsets`: of the group, where it has any.
    """
    starts: dict[TopicPartition, int] = {}
    lost = 0
    for at, end in ends.items():
        if at.topic in names:
            done, begin = committed_offsets.get(at, 0), begins.get(at, 0)
            lost += max(0, begin - done)
            if end > max(done, begin):
                starts[at] = max(done, begin)
    messages = sum(ends[at] - start for at, start in starts.items())
    return WaitingMessages(messages, starts, lost)


def _worker_stages(names: Sequence[str]) -> dict[str, list[str]]:
    """Group a worker's input topics by what it does with them."""
    derived = [name for name in names if topics.kind_of(name) == "observations"]
    return {"intake": [name for name in names if name not in derived], "correlate": derived}


def _consumer(settings: Settings) -> Any:
    return open_consumer(
        settings.kafka,
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        check_crcs=False,
        request_timeout_ms=ANSWER_MS * 2,
        max_partition_fetch_bytes=1024,  # one message is enough, and a broker gives at least that
        fetch_max_wait_ms=50,
    )


def _sizes(brokers: Sequence[Mapping[str, Any]]) -> tuple[dict[str, int], Disk | None]:
    """Return bytes by topic, copies counted, and the fullest disk of all brokers.

    There is no disk where the brokers are too old to tell.
    """
    sizes: dict[str, int] = {}
    disks = []
    for folder in (folder for broker in brokers for folder in broker["log_dirs"]):
        for topic in folder["topics"]:
            sizes[topic["name"]] = sizes.get(topic["name"], 0) + sum(
                part["partition_size"] for part in topic["partitions"]
            )
        if folder.get("total_bytes", -1) > 0:
            disks.append(Disk(folder["usable_bytes"], folder["total_bytes"]))
    return sizes, min(disks, key=lambda disk: disk.free_share, default=None)
