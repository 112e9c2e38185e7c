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
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import structlog

from schemas.model import Message
from streams.worker import partition_log
from streams.worker.partition_log import Place, message_of
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

    def ack(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class IdleNotice:
    """Put into the inbox when nothing waits: all that was appended before `heard_until` stands
    below `end`.
    """

    end: int
    heard_until: int


@dataclass(frozen=True, slots=True)
class PartitionCounters:
    """`batch_s`: seconds from taking a batch to having it written, of all batches together."""

    messages: int = 0
    batches: int = 0
    batch_s: float = 0.0
    events: int = 0

    def plus(self, messages: int, seconds: float) -> PartitionCounters:
        """With one batch more."""
        return replace(
            self,
            messages=self.messages + messages,
            batches=self.batches + 1,
            batch_s=self.batch_s + seconds,
        )


@dataclass(frozen=True, slots=True)
class PartitionEnvironment:
    """What a partition needs of the world: Kafka, a way to send, and what to do when it cannot go
    on.
    """

    bootstrap: str
    send: Send
    failed: Callable[[BaseException], None]


class Partition:
    """Runs while its worker has the partition. `done`: what it did since it began, replayed
    messages included.
    """

    def __init__(
        self,
        topic_partition: Place,
        state: StateStore,
        processor: Processor,
        outside: PartitionEnvironment,
    ) -> None:
        self.topic_partition = topic_partition
        self.state = state
        self._counters = PartitionCounters()
        self._processor = processor
        self._environment = outside
        self._inbox: asyncio.Queue[FaustEvent | IdleNotice] = asyncio.Queue(BATCH_MESSAGES)
        self._task: asyncio.Task[None] | None = None
        self._compact_at: float | None = (
            time.monotonic() + COMPACT_AFTER_S if state.header.compaction_pending else None
        )

    @property
    def closed(self) -> bool:
        return self.state.closed

    @property
    def counters(self) -> PartitionCounters:
        """So far."""
        return replace(self._counters, events=self._processor.events)

    async def enqueue(self, event: FaustEvent) -> None:
        """Take a message in, waiting for room."""
        if not self.closed:
            await self._inbox.put(event)

    def notify_idle(self, end: int, heard_until: int) -> None:
        """Tell that nothing more than `end` was there at `heard_until`; of no effect while messages
        wait.
        """
        if self._task and self._inbox.empty() and self.state.offset >= end:
            self._inbox.put_nowait(IdleNotice(end, heard_until))

    def start(self) -> None:
        """Begin with what waits; once more does no harm."""
        if self._task is None and not self.closed:
            self._task = asyncio.create_task(
                self._work(), name=f"partition {self.topic_partition[0]}-{self.topic_partition[1]}"
            )
            self._task.add_done_callback(self._ended)

    def close(self) -> None:
        """Stop where it is. What was not acked comes again, here or elsewhere."""
        if self._task:
            self._task.cancel()
        self.state.close()
        self._processor.close()
        while not self._inbox.empty():  # an agent may be waiting for room
            self._inbox.get_nowait()

    async def replay(self, until: int, emit: bool) -> None:
        """Apply the log from X up to, not including, `until`. Stops when closed. Raises
        OffsetOutOfRangeError when the log is cut.
        """
        first, began = self.state.offset, time.monotonic()
        async for messages, reached in partition_log.read(
            self._environment.bootstrap, self.topic_partition, first, until, BATCH_MESSAGES
        ):
            if self.closed:
                return
            await self._prepare_and_apply(messages, reached, emit)
        seconds = round(time.monotonic() - began, 2)
        log.info(
            "replayed",
            topic=self.topic_partition[0],
            partition=self.topic_partition[1],
            first=first,
            until=until,
            emitting=emit,
            seconds=seconds,
        )

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            self._environment.failed(error)

    async def _work(self) -> None:
        while True:
            first = await self._inbox.get()
            if isinstance(first, IdleNotice):
                await self._process_idle(first)
            else:
                events = self._collect_batch(first)
                await self._process([message_of(event.message) for event in events])
                for event in events:
                    event.ack()
            await self._compact_when_due()

    def _collect_batch(self, first: FaustEvent) -> list[FaustEvent]:
        """The event and what waits behind it, up to a batch's limits."""
        events, size = [first], len(first.message.value or b"")
        while len(events) < BATCH_MESSAGES and size < BATCH_BYTES and not self._inbox.empty():
            event = self._inbox.get_nowait()
            if not isinstance(event, IdleNotice):
                events.append(event)
                size += len(event.message.value or b"")
        return events

    async def _process(self, messages: Sequence[Message]) -> None:
        expected = self.state.offset
        new = [message for message in messages if message.offset >= expected]
        if not new:
            return
        until = new[-1].offset + 1
        if [message.offset for message in new] == list(range(expected, until)):
            await self._prepare_and_apply(new, until, emit=True)
        else:
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
        self._counters = self._counters.plus(len(messages), time.monotonic() - began)

    async def _apply(
        self, fold: BoundFold, messages: Sequence[Message], until: int, emit: bool
    ) -> None:
        if self.closed:
            return
        step = fold(self.state.get, self.state.scan)
        if emit and step.outputs:
            await self._environment.send(step.outputs)
        if self.closed:
            return
        mark = self._processor.bookmark()
        if (
            messages
            or step.changes
            or (until, mark) != (self.state.offset, self.state.header.bookmark)
        ):
            self.state.write(
                step.changes, until, mark, self._processor.may_erase(messages, step.changes)
            )
        if self._compact_at is None and self.state.header.compaction_pending:
            self._compact_at = time.monotonic() + COMPACT_AFTER_S

    async def _process_idle(self, notify_idle: IdleNotice) -> None:
        if self.state.offset >= notify_idle.end:
            fold = await asyncio.to_thread(self._processor.prepare_idle, notify_idle.heard_until)
            await self._apply(fold, (), self.state.offset, emit=True)

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
