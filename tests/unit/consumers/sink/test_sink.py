"""What is committed, and when, while batches are read and written at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from kafka import TopicPartition

from consumers.sink import sink as sink_module
from consumers.sink.sink import Sink
from consumers.sink.table_rows import Batch
from infra.telemetry.tracing import NO_TRACER, Tracer
from schemas import topics
from tests.support import derived
from tests.support.traced_spans import SpansInMemory, span_number

PARTITION = TopicPartition(topics.observations(1), 0)
MESSAGES = 6


class LogOfOnePartition:
    """A consumer of one partition in memory, a message a poll. Writes down its commits."""

    def __init__(self, events: list[tuple[str, int]]) -> None:
        self.events = events
        self.next = 0

    def assignment(self) -> set[TopicPartition]:
        return {PARTITION}

    def poll(self, **_: int) -> dict[TopicPartition, list[Any]]:
        if self.next == MESSAGES:
            return {}
        thing, event = derived.id16("thing"), derived.id16("event", self.next)
        value = derived.observations(self.next, [derived.observation(thing, event)])
        record = SimpleNamespace(offset=self.next, timestamp=derived.T0, key=None, value=value)
        record.headers = [span_number(self.next + 1, trace=self.next + 1).header()]
        self.next += 1
        return {PARTITION: [record]}

    def commit(self, ends: dict[TopicPartition, Any]) -> None:
        self.events.append(("committed", ends[PARTITION].offset))


class TablesInMemory:
    """A writer that writes down what it wrote, and fails at the message `fails_at`."""

    def __init__(self, events: list[tuple[str, int]], fails_at: int | None) -> None:
        self.events = events
        self.fails_at = fails_at
        self.next = 0

    def lacks_the_past(self) -> bool:
        return False

    def write(self, batch: Batch) -> None:
        assert len(batch) == 1
        if self.next == self.fails_at:
            raise ConnectionError("the engine is away")
        self.next += 1
        self.events.append(("written", self.next))


@pytest.fixture(autouse=True)
def a_message_a_batch(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sink_module, "BATCH_BYTES", 1)
    yield


def sink_of(
    events: list[tuple[str, int]], fails_at: int | None = None, tracer: Tracer = NO_TRACER
) -> Sink:
    decryptor: Any = SimpleNamespace(find_keys=dict.fromkeys)
    writer: Any = TablesInMemory(events, fails_at)
    return Sink(1, LogOfOnePartition(events), writer, decryptor, tracer)


def committed(events: list[tuple[str, int]]) -> list[int]:
    return [offset for what, offset in events if what == "committed"]


def test_each_batch_is_committed_in_its_order_and_after_it_was_written() -> None:
    events: list[tuple[str, int]] = []
    sink = sink_of(events)
    while sink.step():
        pass
    sink.close()
    assert committed(events) == list(range(1, MESSAGES + 1))
    assert all(
        events.index(("written", offset)) < events.index(("committed", offset))
        for offset in committed(events)
    )


@pytest.mark.parametrize("fails_at", range(MESSAGES))
def test_nothing_is_committed_from_a_failed_write_on(fails_at: int) -> None:
    events: list[tuple[str, int]] = []
    sink = sink_of(events, fails_at)
    with pytest.raises(ConnectionError):
        while sink.step():
            pass
    sink.close()
    assert committed(events) == list(range(1, fails_at + 1))


def test_each_write_is_a_span_of_the_trace_that_its_messages_name() -> None:
    spans = SpansInMemory()
    sink = sink_of([], tracer=Tracer(spans))
    while sink.step():
        pass
    sink.close()
    assert [span.ids[1] for span in spans.spans] == [
        span_number(number, trace=number) for number in range(1, MESSAGES + 1)
    ]
    assert {(span.name, span.messages) for span in spans.spans} == {("write the tables", 1)}
