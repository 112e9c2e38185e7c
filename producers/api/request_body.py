"""Read requests: the events in a body, and the language of the answer."""

from typing import Annotated, Any

import orjson
from fastapi import Query, Request

from producers.api.responses import not_json, too_large
from producers.model import Refusal
from producers.outbox.receipts import MAX_PAGE
from schemas.i18n import _

MAX_BODY = 8 * 1024 * 1024
MAX_EVENTS = 1_000
LONGEST_WAIT_S = 60.0
Since = Annotated[
    int,
    Query(ge=0, le=2**63 - 1, description="the cursor: 0, then the `next` of the page before"),
]
AtMost = Annotated[int, Query(ge=1, le=MAX_PAGE)]
Wait = Annotated[
    float, Query(ge=0, le=LONGEST_WAIT_S, description="seconds to wait for something new")
]
_JSON_LINES = ("application/x-ndjson", "application/jsonl", "application/json-lines")


async def read_body(request: Request) -> bytes:
    """Read the whole body. Raises RequestError where it is too large, before it is in memory."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BODY:
            raise too_large(f"{MAX_BODY // 2**20} MiB")
        parts.append(part)
    return b"".join(parts)


def parse_body(body: bytes, content_type: str) -> list[tuple[int, Any]]:
    """Parse the events of a body. Returns (line or position from 1, content) of each.

    A line that is no JSON comes as its Refusal. Raises RequestError for a body that is no JSON, is
    empty, or has too many events.
    """
    if content_type.partition(";")[0].strip().lower() in _JSON_LINES:
        contents = [
            (number, _parse_line(number, text))
            for number, text in enumerate(body.split(b"\n"), start=1)
            if text.strip()
        ]
    else:
        try:
            content = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise not_json(str(error)) from error
        contents = list(enumerate(content if isinstance(content, list) else [content], start=1))
    if len(contents) > MAX_EVENTS:
        raise too_large(f"{MAX_EVENTS:,}")
    if not contents:
        raise not_json("0")
    return contents


def language_of(request: Request) -> str:
    """Give the language of the answer: `en` if the client asks for it, else `es`."""
    return "en" if request.headers.get("accept-language", "").lower().startswith("en") else "es"


def _parse_line(number: int, text: bytes) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return Refusal(number, "BROKEN_LINE", detail=_("not JSON"))
