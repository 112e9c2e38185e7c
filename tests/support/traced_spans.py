"""A tracer whose spans stay in memory."""

from __future__ import annotations

from infra.telemetry.span_export import FinishedSpan, SpanExporter
from infra.telemetry.trace_context import TraceContext


class SpansInMemory(SpanExporter):
    """Keeps what would be sent."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:9/v1/traces", "test")
        self.spans: list[FinishedSpan] = []

    def add(self, span: FinishedSpan) -> None:
        self.spans.append(span)


def span_number(number: int, trace: int = 1) -> TraceContext:
    """Make a span's name of two small numbers."""
    return TraceContext(f"{trace:032x}", f"{number:016x}")
