"""One partition: its inbox, its state, its processor, and the order of things that loses nothing.

X is the state's offset (of the next message to be applied), Y the one that the consumer group has
committed.
- Outputs are sent and acknowledged, then the changes and X are written in one batch, then the
  message is acked to Faust. On a disk that lives, Y <= X.
- A message below X: skipped, its outputs are in Kafka.
- Y above X (lost disk, a partition from another worker): X..Y is replayed from the log without
  sending, before anything new.
- A message above X: Faust left a hole; it is read again from the log, its outputs sent. X has the
  say, not Y.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import structlog

from infra.kafka_access import KafkaAccess
from infra.telemetry.tracing import NO_TRACER, Tracer
from schemas.model import Message
from schemas.topics import kind_of
from streams.folding.slices import Slice, SlicedFold
from streams.worker import partition_log
from streams.worker.pace import Pace, timed
from streams.worker.partition_log import TopicPartition, message_of
from streams.worker.processor_protocol import BoundFold, Processor, Send
from streams.worker.state_store import StateStore

log = structlog.get_logger(__name__)

BATCH_MESSAGES = 32
BATCH_BYTES = 512 * 1024
"""A fold holds up the event loop, about 0.1 s for this much."""
COMPACT_AFTER_S = 20.0


class FaustEvent(Protocol):
    """What Faust hands to an agent: a message to be acked by hand."""

    message: Any

    def ack(self) -> bool:
        """Tell Faust that the message is done."""
        ...


@dataclass(frozen=True, slots=True)
class IdleNotice:
    """Queued while the partition is idle.

    Every message appended before `heard_until` (ms since 1970 UTC) has an offset below `end`.
    """

    end: int
    heard_until: int


@dataclass(frozen=True, slots=True)
class PartitionCounters:
    """What was done: messages, batches and events.

    `batch_s`: seconds from collecting a batch to having it written, of all batches together.
    """

    messages: int = 0
    batches: int = 0
    batch_s: float = 0.0
    events: int = 0

    def plus(self, other: PartitionCounters) -> PartitionCounters:
        """Add the counters of two pieces of work."""
        return PartitionCounters(
            self.messages + other.messages,
            self.batches + other.batches,
            self.batch_s + other.batch_s,
            self.events + other.events,
        )

    def minus(self, other: PartitionCounters) -> PartitionCounters:
        """Subtract the counters of an earlier moment."""
        return PartitionCounters(
            self.messages - other.messages,
            self.batches - other.batches,
            self.batch_s - other.batch_s,
            self.events - other.events,
        )


@dataclass(frozen=True, slots=True)
class PartitionEnvironment:
    """What a partition needs around it: Kafka, a way to send, and whom to tell of its failure.

    `pace`: who gives all partitions of the process their turns.
    """

    access: KafkaAccess
    send: Send
    failed: Callable[[BaseException], None]
    pace: Pace = field(default_factory=Pace)
    tracer: Tracer = NO_TRACER


def _slices(fold: BoundFold, state: StateStore, messages: int) -> Iterator[Slice]:
    if isinstance(fold, SlicedFold):
        return fold.slices(state.get, state.scan)
    return iter([Slice(fold(state.get, state.scan), messages)])


class Partition:
    """Runs while its worker has the partition."""

    def __init__(
        self,
        topic_partition: TopicPartition,
        state: StateStore,
        processor: Processor,
        environment: PartitionEnvironment,
    ) -> None:
        """Begin with an empty inbox; `start` begins to work on it."""
        self.topic_partition = topic_partition
        self.state = state
        self._counters = PartitionCounters()
        self._processor = processor
        self._environment = environment
        self._inbox: asyncio.Queue[FaustEvent | IdleNotice] = asyncio.Queue(BATCH_MESSAGES)
        self._task: asyncio.Task[None] | None = None
        self._compact_at: float | None = None
        self._schedule_compaction()

    @property
    def closed(self) -> bool:
        """Whether the partition was given back."""
        return self.state.closed

    @property
    def counters(self) -> PartitionCounters:
        """What was done since the partition began, replayed messages included."""
        return replace(self._counters, events=self._processor.events)

    async def enqueue(self, event: FaustEvent) -> None:
        """Take a message in, waiting for room in the inbox."""
        if not self.closed:
            await self._inbox.put(event)

    def notify_idle(self, end: int, heard_until: int) -> None:
        """Tell that there was no offset from `end` on at `heard_until` (ms since 1970 UTC).

        It has no effect while messages wait.
        """
        if self._task and self._inbox.empty() and self.state.offset >= end:
            self._inbox.put_nowait(IdleNotice(end, heard_until))

    def start(self) -> None:
        """Begin with what waits; a second call has no effect."""
        if self._task is None and not self.closed:
            topic, number = self.topic_partition
            self._task = asyncio.create_task(self._work(), name=f"partition {topic}-{number}")
            self._task.add_done_callback(self._report_failure)

    def close(self) -> None:
        """Stop where it is. What was not acked comes again, here or elsewhere."""
        if self._task:
            self._task.cancel()
        self.state.close()
        self._processor.close()
        while not self._inbox.empty():  # an agent may be waiting for room
            self._inbox.get_nowait()

    async def replay(self, until: int, emit: bool) -> None:
        """Apply the log from X up to, not including, `until`; stop when closed.

        `emit`: whether outputs are sent. Raises OffsetOutOfRangeError when the log is cut.
        """
        first, began = self.state.offset, time.monotonic()
        async for messages, reached in partition_log.read(
            self._environment.access, self.topic_partition, first, until, BATCH_MESSAGES
        ):
            if self.closed:
                return
            await self._prepare_and_apply(messages, reached, emit)
        log.info(
            "replayed",
            topic=self.topic_partition[0],
            partition=self.topic_partition[1],
            first=first,
            until=until,
            emitting=emit,
            seconds=round(time.monotonic() - began, 2),
        )

    def _report_failure(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            self._environment.failed(error)

    async def _work(self) -> None:
        while True:
            first = await self._inbox.get()
            if isinstance(first, IdleNotice):
                await self._process_idle(first)
            else:
                events = self._collect_batch(first)
                with self._traced(events):
                    await self._process([message_of(event.message) for event in events])
                for event in events:
                    event.ack()
            await self._compact_when_due()

    def _traced(self, events: Sequence[FaustEvent]) -> AbstractContextManager[None]:
        headers = (event.message.headers for event in events)
        name = f"work on {kind_of(self.topic_partition[0])}"
        return self._environment.tracer.span(name, headers, len(events))

    def _collect_batch(self, first: FaustEvent) -> list[FaustEvent]:
        """Collect an event and what waits behind it, up to a batch's limits."""
        events, size = [first], len(first.message.value or b"")
        while len(events) < BATCH_MESSAGES and size < BATCH_BYTES and not self._inbox.empty():
            event = self._inbox.get_nowait()
            if not isinstance(event, IdleNotice):
                events.append(event)
                size += len(event.message.value or b"")
        return events

    async def _process(self, messages: Sequence[Message]) -> None:
        """Apply what is new of these messages; read the log again where they leave a hole."""
        expected = self.state.offset
        new = [message for message in messages if message.offset >= expected]
        if not new:
            return
        until = new[-1].offset + 1
        if [message.offset for message in new] == list(range(expected, until)):
            await self._prepare_and_apply(new, until, emit=True)
            return
        log.warning(
            "hole_read_again",
            topic=self.topic_partition[0],
            partition=self.topic_partition[1],
            first=expected,
            until=until,
        )
        await self.replay(until, emit=True)

    async def _prepare_and_apply(self, messages: Sequence[Message], until: int, emit: bool) -> None:
        began = time.monotonic()
        fold = await asyncio.to_thread(self._processor.prepare, messages)
        await self._apply(fold, messages, until, emit)
        batch = PartitionCounters(len(messages), 1, time.monotonic() - began)
        self._counters = self._counters.plus(batch)

    async def _apply(
        self, fold: BoundFold, messages: Sequence[Message], until: int, emit: bool
    ) -> None:
        """Fold, send and await the acks, then write the state, in this order, slice by slice.

        Others have their turn after each slice. A slice in the middle of the batch takes the state
        as far as its messages are complete. The bookmark stays: the others need their key lists.
        """
        if self.closed:
            return
        state, changes = self.state, dict[bytes, bytes | None]()
        for part, seconds in timed(_slices(fold, state, len(messages))):
            if emit and part.step.outputs:
                await self._environment.send(part.step.outputs)
            await self._environment.pace.wait(seconds if emit and part.heavy else 0.0)
            if self.closed:
                return
            if part.step.changes and part.messages < len(messages):
                reached = messages[part.messages - 1].offset + 1 if part.messages else state.offset
                erases = self._processor.may_erase(messages, part.step.changes)
                state.write(part.step.changes, reached, state.header.bookmark, erases)
            else:
                changes.update(part.step.changes)
        self._write_batch(messages, changes, until)

    def _write_batch(
        self, messages: Sequence[Message], changes: Mapping[bytes, bytes | None], until: int
    ) -> None:
        header, bookmark = self.state.header, self._processor.bookmark()
        if messages or changes or (until, bookmark) != (header.offset, header.bookmark):
            erases = self._processor.may_erase(messages, changes)
            self.state.write(changes, until, bookmark, erases)
        self._schedule_compaction()

    async def _process_idle(self, notice: IdleNotice) -> None:
        if self.state.offset >= notice.end:
            fold = await asyncio.to_thread(self._processor.prepare_idle, notice.heard_until)
            await self._apply(fold, (), self.state.offset, emit=True)

    def _schedule_compaction(self) -> None:
        if self._compact_at is None and self.state.header.compaction_pending:
            self._compact_at = time.monotonic() + COMPACT_AFTER_S

    async def _compact_when_due(self) -> None:
        if self._compact_at is None or time.monotonic() < self._compact_at:
            return
        self._compact_at, began = None, time.monotonic()
        await asyncio.to_thread(self.state.compact)
        seconds = round(time.monotonic() - began, 2)
        log.info(
            "state_compacted",
            topic=self.topic_partition[0],
            partition=self.topic_partition[1],
            seconds=seconds,
        )
