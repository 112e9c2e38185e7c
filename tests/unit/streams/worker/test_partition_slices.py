"""A partition takes a fold slice by slice: in order, with turns for others, and never too far."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from infra.kafka_access import KafkaAccess
from infra.telemetry.tracing import Tracer
from schemas.model import Message, Output
from streams.folding.overlay import Get, Scan, Step
from streams.folding.slices import Slice, SlicedFold
from streams.worker.pace import Pace
from streams.worker.partition import Partition, PartitionEnvironment
from streams.worker.processor_protocol import BoundFold
from streams.worker.state_store import SharedBuffers, StateHeader, StateStore
from tests.support.traced_spans import SpansInMemory, span_number

NOWHERE = KafkaAccess("127.0.0.1:1")
TOPIC_PARTITION = ("quipu.bundles.co", 0)


@dataclass
class SlicingProcessor:
    """Gives these slices for every batch; its bookmark moves on when it is asked."""

    slices: Sequence[Slice]
    events: int = 0
    folded: int = 0

    def prepare(self, messages: Sequence[Message]) -> BoundFold:
        def slices(_get: Get, _scan: Scan) -> Iterator[Slice]:
            for part in self.slices:
                yield part
                self.folded += 1

        return SlicedFold(slices)

    def prepare_idle(self, heard_until: int) -> BoundFold:
        return self.prepare(())

    def bookmark(self) -> int:
        return 9

    def may_erase(self, messages: Sequence[Message], changes: Mapping[bytes, bytes | None]) -> bool:
        return False

    def close(self) -> None:
        """Do nothing, because nothing is open."""


@dataclass
class Broker:
    """Records, for each sending, the values, and the state's offset and rows of that moment."""

    state: StateStore
    sent: list[tuple[list[bytes], int, bytes | None]] = field(default_factory=list)

    async def send(self, outputs: Sequence[Output]) -> None:
        values = [output.value for output in outputs]
        self.sent.append((values, self.state.offset, self.state.get(b"a")))


def event(offset: int) -> Any:
    message = SimpleNamespace(
        topic=TOPIC_PARTITION[0], partition=0, offset=offset, timestamp=1, key=None, value=b"x"
    )
    return SimpleNamespace(message=message, ack=lambda: True)


def output(value: bytes) -> Output:
    return Output("topic", 0, None, value)


async def work(
    tmp_path: Path, slices: Sequence[Slice], pace: Pace, messages: int = 3
) -> tuple[Broker, StateHeader, list[int]]:
    """Process one batch; also gives how many slices were folded at each turn of somebody else."""
    state = StateStore(tmp_path, StateHeader("id", 1), SharedBuffers())
    broker, processor = Broker(state), SlicingProcessor(slices)
    failures: list[BaseException] = []
    environment = PartitionEnvironment(NOWHERE, broker.send, failures.append, pace)
    partition = Partition(TOPIC_PARTITION, state, processor, environment)
    for offset in range(messages):
        await partition.enqueue(event(offset))
    partition.start()
    turns = []
    while state.offset < messages and not failures:
        turns.append(processor.folded)
        await asyncio.sleep(0)
    header = state.header
    partition.close()
    assert not failures
    return broker, header, turns


def test_outputs_go_before_the_changes_and_the_state_is_as_far_as_messages_are_complete(
    tmp_path: Path,
) -> None:
    slices = [
        Slice(Step({}, [output(b"1")]), 0),
        Slice(Step({b"a": b"1"}, [output(b"2")]), 2),
        Slice(Step({b"a": b"2"}, [output(b"3")]), 3),
    ]
    broker, header, _ = asyncio.run(work(tmp_path, slices, Pace()))
    assert broker.sent == [([b"1"], 0, None), ([b"2"], 0, None), ([b"3"], 2, b"1")]
    assert (header.offset, header.bookmark) == (3, 9)


def test_key_lists_of_messages_that_are_not_folded_yet_are_read_again_after_a_crash(
    tmp_path: Path,
) -> None:
    """The bookmark says where to read on, so it moves with the last message of a batch only."""
    seen: list[tuple[int, int]] = []

    class Watching(StateStore):
        def write(self, *arguments: Any) -> None:
            seen.append((arguments[1], arguments[2]))
            super().write(*arguments)

    async def run() -> None:
        state = Watching(tmp_path, StateHeader("id", 1), SharedBuffers())
        slices = [Slice(Step({b"a": b"1"}, []), 1), Slice(Step({b"b": b"1"}, []), 3)]
        environment = PartitionEnvironment(NOWHERE, Broker(state).send, lambda _error: None)
        partition = Partition(TOPIC_PARTITION, state, SlicingProcessor(slices), environment)
        for offset in range(3):
            await partition.enqueue(event(offset))
        partition.start()
        while state.offset < 3:
            await asyncio.sleep(0)
        partition.close()

    asyncio.run(run())
    assert seen == [(1, 0), (3, 9)]


def test_what_is_sent_for_a_batch_of_one_trace_carries_it_on(tmp_path: Path) -> None:
    spans, headers = SpansInMemory(), list[object]()
    tracer = Tracer(spans)

    async def send(outputs: Sequence[Output]) -> None:
        headers.append(tracer.send_options("quipu.observations.g1")["headers"])
        assert tracer.send_options("quipu.receipts.co.node.g1") == {}

    async def run() -> None:
        state = StateStore(tmp_path, StateHeader("id", 1), SharedBuffers())
        processor = SlicingProcessor([Slice(Step({}, [output(b"1")]), 2)])
        environment = PartitionEnvironment(NOWHERE, send, lambda _error: None, tracer=tracer)
        partition = Partition(TOPIC_PARTITION, state, processor, environment)
        for offset in range(2):
            traced = event(offset)
            traced.message.headers = [span_number(offset + 1).header()]
            await partition.enqueue(traced)
        partition.start()
        while state.offset < 2 or not spans.spans:
            await asyncio.sleep(0)
        partition.close()

    asyncio.run(run())
    (span,) = spans.spans
    context, parent, links = span.ids
    assert (span.name, span.messages) == ("work on bundles", 2)
    assert (context.trace_id, parent) == (span_number(1).trace_id, span_number(1))
    assert links == [span_number(2)]
    assert headers == [[context.header()]]


def test_others_have_their_turn_between_any_two_slices(tmp_path: Path) -> None:
    slices = [Slice(Step(), 0) for _ in range(20)] + [Slice(Step(), 3)]
    _, _, turns = asyncio.run(work(tmp_path, slices, Pace()))
    assert set(range(20)) <= set(turns)


def test_heavy_work_waits_for_the_pace_and_holds_up_nobody_else(tmp_path: Path) -> None:
    slices = [Slice(Step(), 0, 100), Slice(Step(), 3)]
    loop_turns = asyncio.run(work(tmp_path, slices, Pace(50_000.0)))[2]
    assert len(loop_turns) > 50, "while it waited, the loop went round"
