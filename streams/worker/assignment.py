"""Hold the partitions that a worker has now."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

import structlog

from streams.worker import partition_log
from streams.worker.errors import interrupted
from streams.worker.partition import Partition, PartitionEnvironment
from streams.worker.partition_log import TopicPartition
from streams.worker.processor_protocol import Job
from streams.worker.state_store import SharedBuffers, StateHeader, StateStore
from streams.worker.worker_config import WorkerConfig

log = structlog.get_logger(__name__)

KEEP_UNUSED_S = 600.0


class Assignment:
    """Opens, catches up, starts and closes partitions as Kafka assigns and revokes them."""

    def __init__(
        self,
        config: WorkerConfig,
        jobs: Collection[Job],
        topic_ids: Mapping[str, str],
        environment: PartitionEnvironment,
        caught_up: Callable[[], None],
    ) -> None:
        """Begin without partitions. `caught_up` is called each time all of them are caught up."""
        self._config = config
        self._jobs = {topic: job for job in jobs for topic in job.topics}
        self._topic_ids = topic_ids
        self._environment = environment
        self._caught_up = caught_up
        self._buffers = SharedBuffers()
        self._partitions: dict[TopicPartition, Partition] = {}
        self._revocations = 0
        """What was begun before the last of them is not ours to go on with."""

    def get(self, topic_partition: TopicPartition) -> Partition | None:
        """Return a partition; None where it is not ours any more."""
        return self._partitions.get(topic_partition)

    def job_name(self, topic_partition: TopicPartition) -> str:
        """Return the name of the job that works on a partition."""
        return self._jobs[topic_partition[0]].name

    def __iter__(self) -> Iterator[Partition]:
        """Iterate over the partitions of this moment."""
        return iter(list(self._partitions.values()))

    async def assign(self, partitions: Collection[TopicPartition]) -> None:
        """Open these partitions, replay what their states lack, start them.

        Not stopped by the next rebalance: then they are closed under us, and Faust calls again when
        we return.
        """
        revocations = self._revocations
        log.info(
            "partitions_assigned",
            count=len(partitions),
            partitions=[f"{topic}-{partition}" for topic, partition in sorted(partitions)],
        )
        try:
            await self._catch_up(sorted(partitions), revocations)
        except asyncio.CancelledError:
            # Nobody revoked the partitions: Faust gave up in a broker's outage, and does not
            # call again.
            if revocations == self._revocations:
                self._environment.failed(interrupted())
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is: Faust would end half, silently
            self._environment.failed(error)
        if revocations == self._revocations:
            for partition in self:
                partition.start()
            self._caught_up()

    def close(self) -> None:
        """Close all, before the group is joined again or left: nobody else has them yet."""
        self._revocations += 1
        while self._partitions:
            self._partitions.popitem()[1].close()

    def stored(self) -> set[TopicPartition]:
        """Return the partitions whose states are on the disk; ours need not be."""
        folder = self._config.state_folder
        names = [state.name.rpartition("-") for state in folder.glob("*-*") if state.is_dir()]
        return {(topic, int(number)) for topic, _, number in names if topic in self._jobs}

    def remove_stale_state(self) -> None:
        """Remove the states of partitions that others have had for a while.

        Erasures do not reach them here. If such a partition comes back, its state is rebuilt.
        """
        folder = self._config.state_folder
        ours = {partition.state.folder for partition in self}
        for state in folder.glob("*-*") if folder.exists() else ():
            if state not in ours and time.time() - _written_at(state) > KEEP_UNUSED_S:
                shutil.rmtree(state)
                log.info("unused_state_removed", state=state.name)

    async def _catch_up(self, partitions: Collection[TopicPartition], revocations: int) -> None:
        if not partitions:
            return
        access = self._environment.access
        committed, ends = await asyncio.gather(
            partition_log.committed(access, self._config.group, partitions),
            partition_log.ends(access, partitions),
        )
        new = [partition for partition in partitions if partition not in self._partitions]
        opened = await asyncio.gather(
            *(asyncio.to_thread(self._open, partition, ends[partition]) for partition in new)
        )
        if revocations != self._revocations:
            for partition in opened:
                partition.close()
            return
        self._partitions |= {partition.topic_partition: partition for partition in opened}
        replays = (
            partition.replay(committed[partition.topic_partition], emit=False)
            for partition in self
            if partition.state.offset < committed[partition.topic_partition]
        )
        await asyncio.gather(*replays)

    def _open(self, topic_partition: TopicPartition, end: int) -> Partition:
        topic, number = topic_partition
        folder = self._config.state_folder / f"{topic}-{number}"
        header = StateHeader(self._topic_ids[topic], self._config.generation)
        state = StateStore(folder, header, self._buffers)
        if state.offset > end:
            state.discard(f"it stands at {state.offset}, its topic ends at {end}")
        processor = self._jobs[topic].make(topic, number, state.header.bookmark)
        return Partition(topic_partition, state, processor, self._environment)


def _written_at(folder: Path) -> float:
    """Return when something in the folder was last written (s since 1970).

    Now, where RocksDB is just removing files.
    """
    try:
        files = [path.stat().st_mtime for path in folder.iterdir()]
        return max(files, default=folder.stat().st_mtime)
    except FileNotFoundError:
        return time.time()
