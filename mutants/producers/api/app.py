"""The node's HTTP intake: a national system hands over events and hears what came of them. `quipu
serve --node N`.

On the loopback interface, and for who has the token: `Authorization: Bearer …`, from `intake.token`
in the node's folder. `GET /health` is open. Texts for people are in Spanish, in English with
`Accept-Language: en`. An answer to a POST means: what is not refused is committed to the outbox.
Repeating a request is harmless (an event with a reference, or of equal content, is a `duplicate`).
"""

import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import FastAPI, Query, Request
from fastapi.responses import JSONResponse

from infra.errors import QuipuError
from producers.api import responses
from producers.api.node_host import Intake
from producers.api.responses import (
    NO_TOKEN,
    UNKNOWN,
    Health,
    Refused,
    Statement,
    Taken,
    Told,
    not_json,
    taken,
    too_large,
    trouble,
)
from producers.events import submitted
from producers.model import Refusal
from producers.node import Act, CountryNode
from producers.outbox.hits import HitPage
from producers.outbox.receipts import MOST, VERDICTS, Page, Receipt
from schemas.model import EventId

MAX_BODY = 8 * 1024 * 1024
MAX_EVENTS = 1_000
LONGEST_WAIT_S = 60.0
Since = Annotated[int, Query(ge=0, description="the cursor: 0, then the `next` of the page before")]
AtMost = Annotated[int, Query(ge=1, le=MOST)]
Wait = Annotated[
    float, Query(ge=0, le=LONGEST_WAIT_S, description="seconds to wait for something new")
]
_LINES = ("application/x-ndjson", "application/jsonl", "application/json-lines")


def create(intake: Intake, token: str) -> FastAPI:
    """The application over an open intake."""
    app = FastAPI(
        title="Quipu, node", version="1", description=__doc__ or "", docs_url=None, redoc_url=None
    )
    _guard(app, token)
    _taking(app, intake)
    _receipts(app, intake)
    _hits(app, intake)
    _health(app, intake)
    return app


def _guard(app: FastAPI, token: str) -> None:
    expected = f"Bearer {token}".encode()

    @app.middleware("http")
    async def only_with_token(request: Request, follow: Callable[[Request], Awaitable[Any]]) -> Any:
        given = request.headers.get("authorization", "").encode()
        if request.url.path != "/health" and not secrets.compare_digest(given, expected):
            return NO_TOKEN.answer(_lang(request))
        return await follow(request)

    @app.exception_handler(Refused)
    async def refused(request: Request, error: Refused) -> JSONResponse:
        return error.answer(_lang(request))

    @app.exception_handler(QuipuError)
    async def not_now(request: Request, error: QuipuError) -> JSONResponse:
        return JSONResponse(
            trouble(error.code, error.message, error.remedy, _lang(request)).model_dump(), 503
        )


def _taking(app: FastAPI, intake: Intake) -> None:
    @app.post("/v1/events", tags=["intake"])
    async def events(request: Request) -> Taken:
        """Take in one event, a list, or JSON lines (`Content-Type: application/x-ndjson`): at most
        1,000 events and 8 MiB.

        An event: `{"type", "payload", "envelope", "reference", "correction_reason"}`. One that is
        refused does not stop the others.
        """
        contents = _contents(await _body(request), request.headers.get("content-type", ""))
        parsed = [
            [one] if isinstance(one, Refusal) else submitted.parse(one, line)
            for line, one in contents
        ]
        answers = await intake.ask(lambda node: node.take_events(parsed))
        return taken(answers, parsed, _lang(request))

    async def state(request: Request, type_: str, id_: UUID, said: Statement) -> Told:
        act = Act(type_, EventId(id_.bytes), said.reason, said.note, said.ordered_by)
        reasons = await intake.ask(lambda node: node.state(act))
        if any(one.code == "UNKNOWN_TARGET" for one in reasons):
            raise UNKNOWN
        return Told(
            index=0,
            outcome="refused" if reasons else "sealed",
            reasons=responses.reasons(reasons, _lang(request)),
        )

    @app.post("/v1/events/{id}/retraction", tags=["intake"])
    async def retraction(request: Request, id: UUID, said: Statement) -> Told:
        """Retract an item: it was not so."""
        return await state(request, "retraction", id, said)

    @app.post("/v1/events/{id}/erasure", tags=["intake"])
    async def erasure(request: Request, id: UUID, said: Statement) -> Told:
        """Erase an item: its content disappears, in stages, within minutes."""
        return await state(request, "erasure", id, said)


def _receipts(app: FastAPI, intake: Intake) -> None:
    @app.get("/v1/receipts", tags=["receipts"])
    async def receipts(
        since: Since = 0,
        limit: AtMost = MOST,
        verdict: Annotated[str, Query(description=f"only these: {', '.join(VERDICTS)}")] = "",
        reference: Annotated[
            str, Query(description="instead: every version of the item with this source reference")
        ] = "",
        type: Annotated[
            str, Query(description="with `reference`: the type of event; left out: any")
        ] = "",
        id: Annotated[
            UUID | None, Query(description="instead: every version of this event")
        ] = None,
        wait: Wait = 0,
    ) -> Page:
        """What the mechanism said, in the order in which it became known here; or of one item."""

        def found(node: CountryNode) -> tuple[bool, Page]:
            if id is None and not reference:
                page = node.receipts(since, limit, verdict)
                return bool(page.receipts), page
            of_one = node.receipts_of(EventId(id.bytes) if id else None, reference, type or None)
            return bool(of_one) and of_one[-1].verdict != "unanswered", Page(of_one, since, False)

        return await intake.until(found, wait)

    @app.get("/v1/events/{id}/receipt", tags=["receipts"])
    async def receipt(id: UUID) -> Receipt:
        """Of the event's newest version."""
        found = await intake.ask(lambda node: node.receipts_of(EventId(id.bytes)))
        if not found:
            raise UNKNOWN
        return found[-1]


def _hits(app: FastAPI, intake: Intake) -> None:
    @app.get("/v1/hits", tags=["hits"])
    async def hits(since: Since = 0, limit: AtMost = MOST, wait: Wait = 0) -> HitPage:
        """Indicators that records of this node's authority take part in; who else has records in
        them, and whom to call.
        """

        def found(node: CountryNode) -> tuple[bool, HitPage]:
            page = node.hits(since, limit)
            return bool(page.hits), page

        return await intake.until(found, wait)


def _health(app: FastAPI, intake: Intake) -> None:
    @app.get("/health", tags=["operation"])
    async def health(request: Request) -> Health:
        """Whether events get through: needs no token."""
        unsent, unanswered, erasures = await intake.ask(
            lambda node: (node.outbox.unsent(), node.outbox.unanswered(), node.erasures_left())
        )
        heard, away = intake.heard, intake.node.courier.away()
        wrong = heard.trouble
        told = trouble(wrong.code, wrong.message, wrong.remedy, _lang(request)) if wrong else None
        last = datetime.fromtimestamp(heard.last / 1000, UTC) if heard.last else None
        return Health(
            node=intake.node.name,
            status="trouble" if told else "away" if away else "ok",
            unsent=unsent,
            unanswered=unanswered,
            erasures_left=erasures,
            last_heard=last,
            away=away,
            trouble=told,
        )


async def _body(request: Request) -> bytes:
    """The whole body. Raises Refused where it is too large, before all of it is in memory."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BODY:
            raise too_large(f"{MAX_BODY // 2**20} MiB")
        parts.append(part)
    return b"".join(parts)


def _contents(body: bytes, content_type: str) -> list[tuple[int, Any]]:
    """(line or place from 1, content) of each event; a line that is no JSON comes as its refusal.
    Raises Refused.
    """
    if content_type.partition(";")[0].strip().lower() in _LINES:
        found = [
            (number, _line(number, text))
            for number, text in enumerate(body.split(b"\n"), start=1)
            if text.strip()
        ]
    else:
        try:
            content = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise not_json(str(error)) from error
        found = list(enumerate(content if isinstance(content, list) else [content], start=1))
    if len(found) > MAX_EVENTS:
        raise too_large(f"{MAX_EVENTS:,}")
    if not found:
        raise not_json("0")
    return found


def _line(number: int, text: bytes) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return Refusal(number, "BROKEN_LINE", detail="no es JSON | no JSON")


def _lang(request: Request) -> str:
    return "en" if request.headers.get("accept-language", "").lower().startswith("en") else "es"
