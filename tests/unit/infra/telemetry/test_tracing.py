"""A trace goes along on Kafka's headers where it is asked for; nobody believes it, and nodes learn
nothing by it.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from infra.errors import SettingsError
from infra.kafka.policy import NODE, read_policy
from infra.settings import load
from infra.telemetry.span_export import MOST_WAITING, SpanExporter
from infra.telemetry.trace_context import (
    HEADER,
    MOST_LINKS,
    TraceContext,
    distinct,
    follow,
    read_trace,
)
from infra.telemetry.tracing import CARRIED_BY, NO_TRACER, Tracer, ending
from schemas.model import Output
from schemas.topics import kind_of
from streams.worker.output_producer import OutputProducer
from tests.support.message_servers import webhook_server

CONTEXTS = st.builds(
    TraceContext,
    st.binary(min_size=16, max_size=16).filter(any).map(bytes.hex),
    st.binary(min_size=8, max_size=8).filter(any).map(bytes.hex),
)
VALID = b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
HOSTILE = st.one_of(
    st.binary(max_size=80),
    st.none(),
    st.sampled_from(
        [VALID, VALID.upper(), VALID[:-1], VALID + b"0", VALID.replace(b"00-", b"ff-")]
    ),
)
PAIRS = st.lists(st.tuples(st.sampled_from([HEADER, "tracestate", "Traceparent"]), HOSTILE))


@given(CONTEXTS)
def test_what_is_written_is_read(context: TraceContext) -> None:
    assert read_trace([context.header()]) == context
    assert read_trace(dict([context.header()])) == context


@given(PAIRS)
def test_a_hostile_header_is_two_ids_of_fixed_form_or_nothing(pairs: Any) -> None:
    context = read_trace(pairs)
    named = [value for name, value in pairs if name == HEADER]
    if context is None:
        assert named != [VALID]
        return
    assert len(named) == 1
    assert named[0].startswith(f"00-{context.trace_id}-{context.span_id}-".encode())
    assert (len(context.trace_id), len(context.span_id)) == (32, 16)
    assert set(context.trace_id + context.span_id) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    "value",
    [
        VALID.replace(b"4bf92f3577b34da6a3ce929d0e0e4736", b"0" * 32),
        VALID.replace(b"00f067aa0ba902b7", b"0" * 16),
        VALID.replace(b"4bf9", "４bf9".encode()),
        VALID + b"\n",
        VALID.decode(),
    ],
)
def test_ids_of_zeros_and_other_digits_are_no_ids(value: Any) -> None:
    assert read_trace([(HEADER, value)]) is None


@given(st.lists(CONTEXTS, max_size=MOST_LINKS + 9))
def test_one_trace_goes_on_and_several_are_linked_by_a_new_one(parents: list[TraceContext]) -> None:
    span, parent = follow(parents)
    assert span not in parents
    if len({context.trace_id for context in parents}) == 1:
        assert (span.trace_id, parent) == (parents[0].trace_id, parents[0])
    else:
        assert parent is None
        assert span.trace_id not in {context.trace_id for context in parents}
    seen = distinct([[context.header()] for context in parents])
    assert len(seen) == min(len(set(parents)), MOST_LINKS)
    assert set(seen) <= set(parents)


def test_without_the_setting_nothing_is_read_or_written(tmp_path: Path) -> None:
    tracer = Tracer.of(load({"QUIPU_HOME": str(tmp_path)}), "worker")

    unread = iter([[("x", b"")]])
    with tracer.span("work", unread, 1):
        assert tracer.send_options("quipu.evidence.g1") == {}
    assert tracer.begin("work", unread, 1) is None
    assert tracer.keep_headers(unread) == []
    assert ending(None, read_trace) is read_trace
    assert list(unread) == [[("x", b"")]]  # nobody took it
    tracer.close()


@pytest.mark.parametrize(
    "address", ["http://collector:4318/v1/traces", "collector:4318", "ftp://x"]
)
def test_spans_leave_this_machine_by_tls_alone(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingsError):
        load({"QUIPU_HOME": str(tmp_path), "QUIPU_TRACE_ENDPOINT": address})


def test_a_child_process_traces_to_the_same_address(tmp_path: Path) -> None:
    address = "https://collector.example/v1/traces"
    settings = load({"QUIPU_HOME": str(tmp_path), "QUIPU_TRACE_ENDPOINT": address})
    assert load(settings.environ()).trace_endpoint == address


def test_no_topic_that_a_node_reads_carries_a_header_of_the_mechanism() -> None:
    readable = {
        kind_of(name.replace("{cc}", "co"))
        for resource, operation, name in read_policy()[NODE].permissions
        if resource == "TOPIC" and operation == "READ"
    }
    assert {"receipts", "hits"} <= readable
    assert readable & CARRIED_BY == {"bundles"}  # which nodes alone write
    assert not [
        name
        for process, policy in read_policy().items()
        for resource, operation, name in policy.permissions
        if process != NODE and operation == "WRITE" and kind_of(name) == "bundles"
    ]


class Producer:
    """Takes what a producer of aiokafka is given."""

    def __init__(self) -> None:
        self.headers: dict[str, object] = {}

    async def send(self, topic: str, **options: Any) -> asyncio.Future[None]:
        self.headers[topic] = options.get("headers")
        done = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done


def test_what_a_worker_sends_for_messages_of_a_trace_follows_them(tmp_path: Path) -> None:
    first = TraceContext("a" * 32, "b" * 16)
    topics = ("quipu.observations.g1", "quipu.accepted.co.g1", "quipu.receipts.co.node.g1")
    with webhook_server(None) as (address, received):
        settings = load(
            {
                "QUIPU_HOME": str(tmp_path),
                "QUIPU_KAFKA": "127.0.0.1:9",
                "QUIPU_TRACE_ENDPOINT": address,
            }
        )
        tracer, kafka = Tracer.of(settings, "worker"), Producer()
        outputs = OutputProducer(settings, {}, (), tracer)
        outputs._producer = kafka
        outputs._owner_topics = SimpleNamespace(are_known=lambda _names: True)  # type: ignore[assignment]

        async def work() -> None:
            with tracer.span("work on bundles", [[first.header()]], 1):
                await outputs([Output(topic, 0, None, b"x") for topic in topics])
            await outputs([Output("quipu.evidence.g1", 0, None, b"x")])

        asyncio.run(work())
        tracer.close()
    (span,) = spans_of(received.bodies)
    header = [(HEADER, f"00-{'a' * 32}-{span['spanId']}-01".encode())]
    assert kafka.headers == {
        topics[0]: header,
        topics[1]: header,
        topics[2]: None,
        "quipu.evidence.g1": None,
    }
    assert (span["traceId"], span["parentSpanId"]) == ("a" * 32, "b" * 16)
    assert span["name"] == "work on bundles"
    assert int(str(span["startTimeUnixNano"])) <= int(str(span["endTimeUnixNano"]))


def spans_of(bodies: Sequence[bytes]) -> list[Mapping[str, object]]:
    """The spans of requests of OTLP, each checked to be of one process."""
    spans = []
    for body in bodies:
        (resource,) = json.loads(body)["resourceSpans"]
        (scoped,) = resource["scopeSpans"]
        assert scoped["scope"]["name"] == "quipu"
        spans += scoped["spans"]
    return spans


def test_a_collector_that_is_not_there_delays_nothing_and_loses_only_spans() -> None:
    exporter = SpanExporter("http://127.0.0.1:9/v1/traces", "quipu-sink")
    tracer = Tracer(exporter)
    for _number in range(MOST_WAITING + 50):
        with tracer.span("work", (), 1):
            pass
    tracer.close()
    assert "spans" not in {thread.name for thread in threading.enumerate()}


def test_spans_without_room_are_told_though_the_collector_answers() -> None:
    with webhook_server(None) as (address, _received), capture_logs() as logs:
        tracer = Tracer(SpanExporter(address, "quipu-sink"))
        for _number in range(MOST_WAITING + 50):
            with tracer.span("work", (), 1):
                pass
        tracer.close()
    (warning,) = [line for line in logs if line["event"] == "spans_not_sent"]
    assert warning["reason"] == "the queue is full"
    assert 0 < warning["dropped"] <= 50


def test_work_that_fails_ends_its_span_too() -> None:
    with webhook_server(None) as (address, received):
        tracer = Tracer(SpanExporter(address, "quipu-sink"))
        span = tracer.begin("write the tables", (), 2)

        def fail() -> None:
            raise ValueError("full")

        with pytest.raises(ValueError, match="full"):
            ending(span, fail)()
        tracer.close()
    (sent,) = spans_of(received.bodies)
    assert "parentSpanId" not in sent
    assert sent["attributes"] == [
        {"key": "messaging.batch.message_count", "value": {"intValue": "2"}}
    ]


def test_who_traces_nothing_has_no_thread() -> None:
    with NO_TRACER.span("work", (), 1):
        pass
    assert "spans" not in {thread.name for thread in threading.enumerate()}
