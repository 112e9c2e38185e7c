"""What the node's HTTP intake answers: shapes, and the words of what is refused."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from infra.errors import Words
from producers.cli.render_report import in_language
from producers.events.submitted import Answer, NewEvent
from producers.model import Refusal
from schemas import ids, words


class Reason(BaseModel):
    """Why an event was refused: a stable code, where, in words, and what to do."""

    code: str
    field: str
    message: str
    remedy: str


class Told(BaseModel):
    """What became of one event. `duplicate`: taken in before, the same."""

    index: int = Field(description="its place in the request, from 0")
    outcome: Literal["sealed", "duplicate", "refused"]
    reference: str | None = None
    id: str | None = Field(default=None, description="the event's id")
    version: str | None = None
    reasons: list[Reason] = []


class Taken(BaseModel):
    """What became of a request's events, in their order."""

    sealed: int
    duplicate: int
    refused: int
    answers: list[Told]


class Statement(BaseModel):
    """Of a retraction or an erasure. `reason`: a code of its list; the others are sealed."""

    reason: str
    note: str | None = None
    ordered_by: str | None = None


class Trouble(BaseModel):
    """What is wrong, and what to do."""

    code: str
    message: str
    remedy: str


class Health(BaseModel):
    """Of the node. `away`: Kafka does not answer, events wait in the outbox; `trouble`: nothing can
    be sent until somebody acts.
    """

    node: str
    status: Literal["ok", "away", "trouble"]
    unsent: int = Field(description="bundles that wait for Kafka")
    unanswered: int = Field(description="items of which the mechanism has said nothing yet")
    erasures_left: int
    last_heard: datetime | None = Field(description="when Kafka last gave all it had")
    away: str
    trouble: Trouble | None


class Refused(Exception):
    """A request that cannot be taken as a whole."""

    def __init__(self, status: int, code: str, message: Words, remedy: Words) -> None:
        super().__init__(code)
        self.status, self.code, self.message, self.remedy = status, code, message, remedy

    def answer(self, lang: str) -> JSONResponse:
        headers = {"WWW-Authenticate": "Bearer"} if self.status == 401 else None
        return JSONResponse(
            trouble(self.code, self.message, self.remedy, lang).model_dump(), self.status, headers
        )


def taken(
    answers: Sequence[Answer], parsed: Sequence[NewEvent | list[Refusal]], lang: str
) -> Taken:
    """The answers to a request."""
    told = [
        Told(
            index=one.index,
            outcome=one.outcome,
            reference=event.mapped.reference if isinstance(event, NewEvent) else None,
            id=ids.to_uuid_text(one.id) if one.id else None,
            version=ids.to_uuid_text(one.version) if one.version else None,
            reasons=reasons(one.reasons, lang),
        )
        for one, event in zip(answers, parsed, strict=True)
    ]
    counts = {
        name: sum(one.outcome == name for one in told)
        for name in ("sealed", "duplicate", "refused")
    }
    return Taken(**counts, answers=told)


def reasons(found: Sequence[Refusal], lang: str) -> list[Reason]:
    """In words."""
    return [
        Reason(
            code=one.code,
            field=one.field,
            message=words.message(
                one.code, lang, field=one.field, detail=in_language(one.detail, lang) or one.seen
            ),
            remedy=words.remedy(one.code, lang),
        )
        for one in found
    ]


def trouble(code: str, message: Words, remedy: Words, lang: str) -> Trouble:
    """In words."""
    return Trouble(code=code, message=message.text(lang), remedy=remedy.text(lang))


NO_TOKEN = Refused(
    401,
    "NO_TOKEN",
    Words(
        "Falta la ficha de acceso, o no es la de este nodo.",
        "The access token is missing, or not this node's.",
    ),
    Words(
        "Envíe «Authorization: Bearer …» con lo que dice intake.token en la carpeta del nodo.",
        "Send `Authorization: Bearer …` with what intake.token in the node's folder says.",
    ),
)
UNKNOWN = Refused(
    404,
    "UNKNOWN_TARGET",
    Words(
        "Este nodo nunca selló un evento con ese id.", "This node never sealed an event of this id."
    ),
    Words("Verifique el id, y el nodo.", "Check the id, and the node."),
)


def too_large(limit: str) -> Refused:
    """413."""
    return Refused(
        413,
        "REQUEST_TOO_LARGE",
        Words(
            f"La petición pasa del límite ({limit}); no se tomó nada.",
            f"The request is over the limit ({limit}); nothing was taken in.",
        ),
        Words(
            "Pártala en varias; repetir lo ya enviado no daña.",
            "Part it into several; repeating what was sent does no harm.",
        ),
    )


def not_json(why: str) -> Refused:
    """422."""
    return Refused(
        422,
        "NOT_JSON",
        Words(
            f"El cuerpo no es JSON con eventos ({why}); no se tomó nada.",
            f"The body is no JSON with events ({why}); nothing was taken in.",
        ),
        Words(
            "Envíe un objeto, una lista, o JSON por líneas con Content-Type application/x-ndjson, en UTF-8.",
            "Send an object, a list, or JSON lines with Content-Type application/x-ndjson, in UTF-8.",
        ),
    )
