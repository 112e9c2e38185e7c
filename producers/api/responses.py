"""What the node's HTTP intake answers: shapes, and the words of what is refused."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from producers.events.submitted import NewEvent, SubmissionResult
from producers.model import Refusal
from schemas import ids, words
from schemas.i18n import UserMessage, _, in_language


class Reason(BaseModel):
    """Why an event was refused: a stable code, where, in words, and what to do."""

    code: str
    field: str
    message: str
    remedy: str


class EventResult(BaseModel):
    """The result for one event. `duplicate`: it was ingested before, unchanged."""

    index: int = Field(description="its place in the request, from 0")
    outcome: Literal["sealed", "duplicate", "refused"]
    reference: str | None = None
    id: str | None = Field(default=None, description="the event's id")
    version: str | None = None
    reasons: list[Reason] = []


class SubmitResponse(BaseModel):
    """What became of a request's events, in their order."""

    sealed: int
    duplicate: int
    refused: int
    answers: list[EventResult]


class StatementRequest(BaseModel):
    """Of a retraction or an erasure. `reason`: a code of its list; the others are sealed."""

    reason: str
    note: str | None = None
    ordered_by: str | None = None


class ErrorBody(BaseModel):
    """What is wrong, and what to do. `detail`: both in one text, as the exchange's API says it."""

    code: str
    detail: str
    message: str
    remedy: str


class IntakeLevel(BaseModel):
    """What anybody learns of a node: whether its events get through."""

    status: Literal["ok", "away", "trouble"]


class IntakeHealth(BaseModel):
    """The health of a node, for who has its token.

    `away` says why Kafka does not answer while events wait in the outbox. `trouble` says why
    nothing can be sent until somebody acts.
    """

    node: str
    status: Literal["ok", "away", "trouble"]
    unsent: int = Field(description="bundles that wait for Kafka")
    unanswered: int = Field(description="items of which the mechanism has said nothing yet")
    erasures_left: int
    last_heard: datetime | None = Field(description="when Kafka last gave all it had")
    away: str
    trouble: ErrorBody | None


class RequestError(Exception):
    """A request that cannot be taken as a whole."""

    def __init__(self, status: int, code: str, message: UserMessage, remedy: UserMessage) -> None:
        """Take the HTTP status, the stable code, what is wrong and what to do."""
        super().__init__(code)
        self.status, self.code, self.message, self.remedy = status, code, message, remedy

    def answer(self, lang: str) -> JSONResponse:
        """Make the HTTP answer in a language."""
        headers = {"WWW-Authenticate": "Bearer"} if self.status == 401 else None
        return JSONResponse(
            error_body(self.code, self.message, self.remedy, lang).model_dump(),
            self.status,
            headers,
        )


def submit_response(
    submitted: Sequence[SubmissionResult], parsed: Sequence[NewEvent | list[Refusal]], lang: str
) -> SubmitResponse:
    """The answers to a request."""
    results = [
        EventResult(
            index=result.index,
            outcome=result.outcome,
            reference=event.mapped.reference if isinstance(event, NewEvent) else None,
            id=ids.to_uuid_text(result.id) if result.id else None,
            version=ids.to_uuid_text(result.version) if result.version else None,
            reasons=describe_reasons(result.reasons, lang),
        )
        for result, event in zip(submitted, parsed, strict=True)
    ]
    counts = {
        name: sum(result.outcome == name for result in results)
        for name in ("sealed", "duplicate", "refused")
    }
    return SubmitResponse(**counts, answers=results)


def describe_reasons(refusals: Sequence[Refusal], lang: str) -> list[Reason]:
    """Describe refusals in the words of a language."""
    return [
        Reason(
            code=refusal.code,
            field=refusal.field,
            message=words.message(
                refusal.code,
                lang,
                field=refusal.field,
                detail=in_language(refusal.detail, lang) or refusal.offending_value,
            ),
            remedy=words.remedy(refusal.code, lang),
        )
        for refusal in refusals
    ]


def error_body(code: str, message: UserMessage, remedy: UserMessage, lang: str) -> ErrorBody:
    """Make the body of an error in a language."""
    what, to_do = (_writable(text.in_language(lang)) for text in (message, remedy))
    return ErrorBody(code=code, detail=f"{what} {to_do}".strip(), message=what, remedy=to_do)


def _writable(text: str) -> str:
    """Replace what UTF-8 cannot write, such as half of a surrogate pair."""
    return text.encode("utf-8", "replace").decode()


COMMON_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody, "description": description}
    for status, description in {
        400: "The request cannot be read.",
        401: "The token is missing, or is not this node's.",
        413: "The request is too large; nothing was accepted.",
        421: "The node does not answer under this name.",
        422: "A parameter or the body is not as described here.",
        503: "The node cannot do it now: `code` says why.",
    }.items()
}
"""What any request may be answered with instead."""
NOT_FOUND: dict[int | str, dict[str, Any]] = {
    404: {"model": ErrorBody, "description": "This node never sealed an event with this id."}
}


NO_TOKEN = RequestError(
    401,
    "NO_TOKEN",
    _("The access token is missing, or is not this node's."),
    _("Send `Authorization: Bearer …` with the content of intake.token in the node's folder."),
)
OTHER_HOST = RequestError(
    421,
    "HOST",
    _("This node does not answer under this name."),
    _("Use the address in intake.json of the node's folder, or set api_hosts."),
)
TWO_LENGTHS = RequestError(
    400,
    "MESSAGE_LENGTH",
    _("The request says its length in two ways."),
    _("Send Content-Length or Transfer-Encoding, not both."),
)
UNKNOWN_TARGET = RequestError(
    404,
    "UNKNOWN_TARGET",
    _("This node never sealed an event with this id."),
    _("Check the id and the node."),
)


def http_error(status: int) -> RequestError:
    """Make the error for a request that no path takes."""
    return RequestError(
        status,
        {404: "NO_PATH", 405: "METHOD"}.get(status, "BAD_REQUEST"),
        _("The node has no such path, or does not take this request there."),
        _("See the description of the interface under /openapi.json."),
    )


def wrong_parameter(faults: str) -> RequestError:
    """Make the error for a parameter or body that is not as described (422)."""
    return RequestError(
        422,
        "PARAMETER",
        _("The request is not as described ({faults}); nothing was done.", faults=faults),
        _("Correct it; the description is under /openapi.json."),
    )


def too_large(limit: str) -> RequestError:
    """Make the error for a request over a limit (413)."""
    return RequestError(
        413,
        "REQUEST_TOO_LARGE",
        _("The request exceeds the limit ({limit}); nothing was accepted.", limit=limit),
        _("Split it into several; you may repeat what you sent."),
    )


def not_json(why: str) -> RequestError:
    """Make the error for a body that is not JSON (422)."""
    return RequestError(
        422,
        "NOT_JSON",
        _("The body is not JSON with events ({why}); nothing was accepted.", why=why),
        _(
            "Send an object, a list, or JSON lines with Content-Type "
            "application/x-ndjson, in UTF-8."
        ),
    )
