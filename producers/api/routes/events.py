"""POST /v1/events: events, retractions and erasures for the node."""

from uuid import UUID

from fastapi import FastAPI, Request

from producers.api.node_host import NodeHost
from producers.api.request_body import language_of, parse_body, read_body
from producers.api.responses import (
    NOT_FOUND,
    UNKNOWN_TARGET,
    EventResult,
    StatementRequest,
    SubmitResponse,
    describe_reasons,
    submit_response,
)
from producers.events import submitted
from producers.model import Refusal
from producers.node import ControlStatement
from schemas.model import EventId


def add_routes(app: FastAPI, host: NodeHost) -> None:
    """Add the paths that take events."""

    @app.post("/v1/events", tags=["intake"])
    async def events(request: Request) -> SubmitResponse:
        """Take one event, a list, or JSON lines (`Content-Type: application/x-ndjson`).

        At most 1,000 events and 8 MiB. An event is `{"type", "payload", "envelope", "reference",
        "correction_reason"}`. An event that is refused does not stop the others.
        """
        contents = parse_body(await read_body(request), request.headers.get("content-type", ""))
        parsed = [
            [content] if isinstance(content, Refusal) else submitted.parse_event(content, line)
            for line, content in contents
        ]
        results = await host.run(lambda node: node.ingest_events(parsed))
        return submit_response(results, parsed, language_of(request))

    @app.post("/v1/events/{id}/retraction", tags=["intake"], responses=NOT_FOUND)
    async def retraction(request: Request, id: UUID, body: StatementRequest) -> EventResult:
        """Retract an item that was not so."""
        return await _submit(host, "retraction", id, body, language_of(request))

    @app.post("/v1/events/{id}/erasure", tags=["intake"], responses=NOT_FOUND)
    async def erasure(request: Request, id: UUID, body: StatementRequest) -> EventResult:
        """Erase an item: its content disappears in stages, within minutes."""
        return await _submit(host, "erasure", id, body, language_of(request))


async def _submit(
    host: NodeHost, type_: str, id_: UUID, body: StatementRequest, lang: str
) -> EventResult:
    target = EventId(id_.bytes)
    statement = ControlStatement(type_, target, body.reason, body.note, body.ordered_by)
    reasons = await host.run(lambda node: node.submit_statement(statement))
    if any(reason.code == "UNKNOWN_TARGET" for reason in reasons):
        raise UNKNOWN_TARGET
    return EventResult(
        index=0,
        outcome="refused" if reasons else "sealed",
        reasons=describe_reasons(reasons, lang),
    )
