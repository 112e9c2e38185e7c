"""Read and write the one header that says to which trace a message of Kafka belongs.

It is W3C Trace Context's `traceparent`, version 00: two random ids of fixed length. The header is
outside of every signature, so nothing is decided by it: whoever writes to a topic may write any
ids. What has another form, or comes twice, counts as no header. No other header is read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

HEADER = "traceparent"
LENGTH = 55
MOST_LINKS = 64
_FORM = re.compile(rb"00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")

Headers = Mapping[str, bytes] | Iterable[tuple[str, bytes]] | None
"""The headers of a message, as kafka-python, aiokafka and Faust give them."""


@dataclass(frozen=True, slots=True)
class TraceContext:
    """Name a span: the trace's 16 bytes and its own 8, in hexadecimal digits."""

    trace_id: str
    span_id: str

    def header(self) -> tuple[str, bytes]:
        """Write the header; what follows it is recorded too."""
        return HEADER, f"00-{self.trace_id}-{self.span_id}-01".encode()


def read_trace(headers: Headers) -> TraceContext | None:
    """Return the span that a message names; None where it names none, or not exactly one."""
    pairs = headers.items() if isinstance(headers, Mapping) else headers or ()
    values = [value for name, value in pairs if name == HEADER]
    if len(values) != 1 or not isinstance(values[0], bytes) or len(values[0]) != LENGTH:
        return None
    match = _FORM.fullmatch(values[0])
    if match is None:
        return None
    trace_id, span_id = (group.decode() for group in match.groups())
    if not trace_id.strip("0") or not span_id.strip("0"):
        return None
    return TraceContext(trace_id, span_id)


def follow(parents: Sequence[TraceContext]) -> tuple[TraceContext, TraceContext | None]:
    """Begin a span after these, of messages that are worked on together.

    Returns the span, and its parent where all are of one trace. Those of several traces have a
    trace of its own follow them, which links to each.
    """
    traces = {parent.trace_id for parent in parents}
    span_id = os.urandom(8).hex()
    if len(traces) == 1:
        return TraceContext(parents[0].trace_id, span_id), parents[0]
    return TraceContext(os.urandom(16).hex(), span_id), None


def distinct(headers: Iterable[Headers]) -> list[TraceContext]:
    """Return the spans that messages name, each once, in their order; at most MOST_LINKS."""
    spans = dict.fromkeys(map(read_trace, headers))
    return [span for span in spans if span is not None][:MOST_LINKS]
