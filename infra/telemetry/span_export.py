"""Send finished spans by OTLP over HTTP, as JSON, from a thread of their own.

A collector that is slow or not there delays nothing: what does not fit the queue is dropped, and
the log says so once a minute. The form is that of OpenTelemetry's protocol 1.x (`/v1/traces`).
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread

import httpx
import structlog

from infra.program_version import this_release
from infra.telemetry.trace_context import TraceContext

log = structlog.get_logger(__name__)

MOST_WAITING = 2_048
MOST_AT_ONCE = 256
SEND_EVERY_S = 1.0
TIMEOUT_S = 5.0
CLOSE_WITHIN_S = 2.0
COMPLAIN_EVERY_S = 60.0
_CONSUMER = 5
"""The kind of a span that works on messages, in OTLP."""

SpanIds = tuple[TraceContext, TraceContext | None, Sequence[TraceContext]]
"""A span, its parent, and those to which it links."""


@dataclass(frozen=True, slots=True)
class FinishedSpan:
    """Say what was done, in which trace, on how many messages, and when (ns since 1970 UTC)."""

    name: str
    ids: SpanIds
    messages: int
    began_ns: int
    ended_ns: int

    def otlp(self) -> Mapping[str, object]:
        """Write the span as OTLP's JSON does: ids in hexadecimal digits, 64-bit numbers as text."""
        context, parent, links = self.ids
        count = {"key": "messaging.batch.message_count", "value": {"intValue": str(self.messages)}}
        return {
            "traceId": context.trace_id,
            "spanId": context.span_id,
            **({"parentSpanId": parent.span_id} if parent else {}),
            "name": self.name,
            "kind": _CONSUMER,
            "startTimeUnixNano": str(self.began_ns),
            "endTimeUnixNano": str(self.ended_ns),
            "attributes": [count],
            "links": [{"traceId": link.trace_id, "spanId": link.span_id} for link in links],
        }


def request_of(service: str, spans: Sequence[FinishedSpan]) -> Mapping[str, object]:
    """Write a request of OTLP with the spans of one process."""
    resource = {"attributes": [{"key": "service.name", "value": {"stringValue": service}}]}
    scope = {"name": "quipu", "version": this_release()}
    scoped = {"scope": scope, "spans": [span.otlp() for span in spans]}
    return {"resourceSpans": [{"resource": resource, "scopeSpans": [scoped]}]}


class SpanExporter:
    """Sends to one address what `add` takes; the first span starts the thread."""

    def __init__(self, endpoint: str, service: str) -> None:
        """Name the process. `endpoint`: the whole address, as http://127.0.0.1:4318/v1/traces."""
        self._endpoint, self._service = endpoint, service
        self._waiting: Queue[FinishedSpan] = Queue(MOST_WAITING)
        self._stopping = Event()
        self._dropped = 0
        self._complained_at = float("-inf")
        self._starting = Lock()
        self._thread: Thread | None = None

    def add(self, span: FinishedSpan) -> None:
        """Take a span, never waiting: one that finds no room is dropped."""
        with self._starting:
            if self._thread is None:
                self._stopping = Event()
                run = partial(self._run, self._stopping)
                self._thread = Thread(target=run, name="spans", daemon=True)
                self._thread.start()
        try:
            self._waiting.put_nowait(span)
        except Full:
            self._dropped += 1

    def close(self) -> None:
        """Send what waits, for a short time, and end the thread; a later span starts another."""
        with self._starting:
            thread, self._thread = self._thread, None
            self._stopping.set()
        if thread is not None:
            thread.join(CLOSE_WITHIN_S)

    def _run(self, stopping: Event) -> None:
        with httpx.Client(timeout=TIMEOUT_S, trust_env=False) as client:
            while not stopping.wait(SEND_EVERY_S):
                self._send_waiting(client)
            self._send_waiting(client)

    def _send_waiting(self, client: httpx.Client) -> None:
        """Send all that waits until one request fails; say what was dropped, for want of room too.

        The thread continues, whatever fails: nobody would start another one.
        """
        reason = "the queue is full"
        while spans := self._take():
            try:
                client.post(
                    self._endpoint, json=request_of(self._service, spans)
                ).raise_for_status()
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                self._dropped += len(spans)
                reason = type(error).__name__
                break
        if self._dropped:
            self._complain(reason)

    def _take(self) -> list[FinishedSpan]:
        spans: list[FinishedSpan] = []
        try:
            while len(spans) < MOST_AT_ONCE:
                spans.append(self._waiting.get_nowait())
        except Empty:
            pass
        return spans

    def _complain(self, reason: str) -> None:
        now = time.monotonic()
        if now - self._complained_at > COMPLAIN_EVERY_S:
            self._complained_at = now
            log.warning("spans_not_sent", dropped=self._dropped, reason=reason)
            self._dropped = 0
