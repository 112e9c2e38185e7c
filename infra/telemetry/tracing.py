"""Follow a record from the outbox to the tables, where the setting `trace_endpoint` asks for it.

A span says which stage worked on how many messages of what kind, and when. It names no record, no
thing and no person. Its header goes along only on topics that the mechanism alone reads, and on a
node's own bundles: what nodes receive says nothing of what was worked on together with theirs.
Without the setting no header is written or read, and every call returns at once (ADR 0126).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from infra.settings import Settings
from infra.telemetry.span_export import FinishedSpan, SpanExporter
from infra.telemetry.trace_context import Headers, TraceContext, distinct, follow
from schemas.topics import kind_of

CARRIED_BY = frozenset({"bundles", "accepted", "observations", "persons", "evidence", "links"})
"""The kinds of topic whose messages carry the header."""
_P = ParamSpec("_P")
_T = TypeVar("_T")
_current: ContextVar[TraceContext | None] = ContextVar("trace", default=None)


@dataclass(slots=True)
class RunningSpan:
    """Work that has begun. `end` hands it over to be sent; a second call has no effect."""

    name: str
    context: TraceContext
    parent: TraceContext | None
    links: Sequence[TraceContext]
    messages: int
    export: Callable[[FinishedSpan], None] | None
    began_ns: int

    def end(self) -> None:
        """Hand the span over to be sent."""
        export, self.export = self.export, None
        if export is not None:
            ids = (self.context, self.parent, self.links)
            export(FinishedSpan(self.name, ids, self.messages, self.began_ns, time.time_ns()))


class Tracer:
    """Makes the spans of a process. `export`: who receives them; None: nobody, tracing is off."""

    def __init__(self, export: SpanExporter | None = None) -> None:
        """Take who sends the spans; `close` ends it."""
        self._export = export

    @classmethod
    def of(cls, settings: Settings, service: str) -> Tracer:
        """Make the tracer that the settings ask for. `service`: the process, such as sink."""
        endpoint = settings.trace_endpoint
        return cls(None if endpoint is None else SpanExporter(endpoint, f"quipu-{service}"))

    def begin(self, name: str, headers: Iterable[Headers], messages: int) -> RunningSpan | None:
        """Begin the work on messages with these headers; None where tracing is off."""
        if self._export is None:
            return None
        links = distinct(headers)
        context, parent = follow(links)
        rest = [link for link in links if link is not parent]
        return RunningSpan(name, context, parent, rest, messages, self._export.add, time.time_ns())

    @contextmanager
    def span(self, name: str, headers: Iterable[Headers], messages: int) -> Iterator[None]:
        """Trace the work of a block; what is sent in it carries the block's header."""
        span = self.begin(name, headers, messages)
        if span is None:
            yield
            return
        token = _current.set(span.context)
        try:
            yield
        finally:
            _current.reset(token)
            span.end()

    def send_options(self, topic: str) -> dict[str, list[tuple[str, bytes]]]:
        """Return what a producer's `send` takes besides: the header, where one goes along."""
        context = _current.get() if self._export is not None else None
        if context is None or kind_of(topic) not in CARRIED_BY:
            return {}
        return {"headers": [context.header()]}

    def keep_headers(self, headers: Iterable[Headers]) -> list[Headers]:
        """Keep the headers of messages that are worked on later; none where tracing is off."""
        return [] if self._export is None else list(headers)

    def close(self) -> None:
        """Send what waits, for a short time."""
        if self._export is not None:
            self._export.close()


def ending(span: RunningSpan | None, work: Callable[_P, _T]) -> Callable[_P, _T]:
    """Return the work as one that ends the span, however it ends."""
    if span is None:
        return work

    def traced(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            return work(*args, **kwargs)
        finally:
            span.end()

    return traced


NO_TRACER = Tracer()
"""For who traces nothing."""
