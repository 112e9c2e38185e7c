"""The partitions that a worker has now."""

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
from streams.worker.partition_log import Place
from streams.worker.processor_protocol import Job
from streams.worker.state_store import SharedBuffers, StateHeader, StateStore

log = structlog.get_logger(__name__)

KEEP_UNUSED_S = 600.0


class Assignment:
    """Opens, catches up, starts and closes partitions as Kafka gives and takes them. `caught_up`:
    called each time all are.
    """

    def __init__(
        self,
        jobs: Collection[Job],
        folder: Path,
        group: str,
        generation: int,
        topic_ids: Mapping[str, str],
        outside: PartitionEnvironment,
        caught_up: Callable[[], None],
    ) -> None:
        self._jobs = {topic: job for job in jobs for topic in job.topics}
        self._folder = folder
        self._group = group
        self._generation = generation
        self._topic_ids = topic_ids
        self._environment = outside
        self._caught_up = caught_up
        self._memory = SharedBuffers()
        self._partitions: dict[Place, Partition] = {}
        self._revocations = (
            0  # how often all was taken away: what was begun before is not ours to go on with
        )

    def get(self, place: Place) -> Partition | None:
        """The partition; None where it is not ours (any more)."""
        return self._partitions.get(place)

    def job_name(self, place: Place) -> str:
        """The name of the job that works on the partition."""
        return self._jobs[place[0]].name

    def __iter__(self) -> Iterator[Partition]:
        return iter(list(self._partitions.values()))

    async def assign(self, places: Collection[Place]) -> None:
        """Open these partitions, replay what their states lack, start them.

        Not stopped by the next rebalance: then they are closed under us, and Faust calls again when
        we return.
        """
        given = self._revocations
        log.info(
            "partitions_assigned",
            count=len(places),
            partitions=[f"{topic}-{partition}" for topic, partition in sorted(places)],
        )
        try:
            await self._catch_up(sorted(places), given)
        except asyncio.CancelledError:
            if (
                given == self._revocations
                # nobody took the partitions away, and Faust, which gave up in a broker's outage,
                # does
                # not call again
            ):
                self._environment.failed(interrupted())
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is: Faust would end half, and quietly
            self._environment.failed(error)
        if given == self._revocations:
            for partition in self:
                partition.start()
            self._caught_up()

    def close(self) -> None:
        """Close all: before the group is joined again or left, so that nobody else has the
        partitions yet.
        """
        self._revocations += 1
        while self._partitions:
            self._partitions.popitem()[1].close()

    def remove_stale_state(self) -> None:
        """Remove states of partitions that others have had for a while: erasures do not reach them
        here. Coming back, they are rebuilt.
        """
        ours = {partition.state.folder for partition in self}
        for folder in self._folder.glob("*-*") if self._folder.exists() else ():
            if folder not in ours and time.time() - _touched(folder) > KEEP_UNUSED_S:
                shutil.rmtree(folder)
                log.info("unused_state_removed", state=folder.name)

    async def _catch_up(self, places: Collection[Place], given: int) -> None:
        if not places:
            return
        done, there = await asyncio.gather(
            partition_log.committed(self._environment.bootstrap, self._group, places),
            partition_log.ends(self._environment.bootstrap, places),
        )
        new = [place for place in places if place not in self._partitions]
        opened = await asyncio.gather(
            *(asyncio.to_thread(self._open, place, there[place]) for place in new)
        )
        if given != self._revocations:
            for partition in opened:
                partition.close()
            return
        self._partitions |= {partition.topic_partition: partition for partition in opened}
        behind = [
            partition
            for partition in self
            if partition.state.offset < done[partition.topic_partition]
        ]
        await asyncio.gather(
            *(partition.replay(done[partition.topic_partition], emit=False) for partition in behind)
        )

    def _open(self, place: Place, end: int) -> Partition:
        topic, number = place
        state = StateStore(
            self._folder / f"{topic}-{number}",
            StateHeader(self._topic_ids[topic], self._generation),
            self._memory,
        )
        if state.offset > end:
            state.discard(f"it stands at {state.offset}, its topic ends at {end}")
        return Partition(
            place,
            state,
            self._jobs[topic].make(topic, number, state.header.bookmark),
            self._environment,
        )


def _touched(folder: Path) -> float:
    """When something in the folder was last written, s since 1970; now, where RocksDB is just
    taking files away.
    """
    try:
        return max(
            (path.stat().st_mtime for path in folder.iterdir()), default=folder.stat().st_mtime
        )
    except FileNotFoundError:
        return time.time()
