"""Single events as a program hands them to the node: their shape, and what the node answers to
each. Pure.

An event is a mapping: `{"payload": {...}, "envelope": {...}, "reference": "R-1",
"correction_reason": "WRONG"}`, of which only the payload must be there. The payload is as the
type's schema says (schemas/events). Times of the envelope are ms since 1970 UTC or ISO 8601 texts
with their zone. What the envelope must say: tlp, purpose, legal_basis, crime, evaluation; what it
may say: the rest of ENVELOPE.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal

from producers.model import Draft, Mapped, Refusal
from schemas.avro.codec import log_format
from schemas.codes import code_sets
from schemas.event.check_compiler import compile_checks
from schemas.observation import Problem

ENVELOPE = frozenset(
    [
        "tlp",
        "purpose",
        "legal_basis",
        "crime",
        "evaluation",
        "recipients",
        "handling",
        "condition",
        "urgency",
        "justification",
        "case_reference",
        "exercise",
        "occurred_from",
        "occurred_until",
        "occurred_precision",
        "reported_at",
        "place_country",
        "subdivision",
        "language",
        "review_date",
    ]
)
TIMES = ("occurred_from", "occurred_until", "reported_at")
STATEMENTS = frozenset({"retraction", "erasure", "heartbeat"})
"""Types that say something of other events or of the node: they have ways of their own."""
_PARTS = frozenset({"type", "payload", "envelope", "reference", "correction_reason"})
LONGEST_REFERENCE = 1_000
_TOP = re.compile(r"[.\[]")


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to be taken in; `correction_reason`: it is a new version of the item with its
    reference, and why.
    """

    type: str
    mapped: Mapped
    correction_reason: str | None = None

    @property
    def lane(self) -> str:
        """Urgent events have a lane of their own."""
        return "urgent" if self.mapped.envelope.get("urgency") == "urgent" else "routine"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an event at the node. `outcome`: sealed | duplicate (taken in before, the
    same) | refused, with all `reasons`.

    `index`: which of those handed over, from 0; `id`, `version`: 16 bytes each, None where it was
    refused before they were known.
    """

    index: int
    outcome: Literal["sealed", "duplicate", "refused"]
    id: bytes | None = None
    version: bytes | None = None
    reasons: Sequence[Refusal] = ()


def parse(content: object, line: int, type_: str | None = None) -> NewEvent | list[Refusal]:
    """An event from its mapping, or all that is wrong with its shape. `type_`: of all events of one
    call; else each says its own.
    """
    if not isinstance(content, Mapping):
        return [Refusal(line, "BROKEN_FORMAT", detail="un objeto | an object")]
    stated = content.get("type", type_)
    payload, envelope = content.get("payload"), content.get("envelope", {})
    found = [
        Refusal(line, "BROKEN_FORMAT", name, detail="no se conoce | not known")
        for name in sorted(map(str, set(content) - _PARTS))
    ]
    if not isinstance(stated, str) or (type_ is not None and stated != type_):
        found.append(Refusal(line, "MISSING_FIELD" if stated is None else "BROKEN_FORMAT", "type"))
    for name, part in (("payload", payload), ("envelope", envelope)):
        if not isinstance(part, Mapping):
            found.append(
                Refusal(
                    line,
                    "MISSING_FIELD" if part is None else "BROKEN_FORMAT",
                    name,
                    detail="un objeto | an object",
                )
            )
    for name in ("reference", "correction_reason"):
        part = content.get(name)
        if part is not None and (
            not isinstance(part, str) or not part.strip() or len(part) > LONGEST_REFERENCE
        ):
            found.append(Refusal(line, "BROKEN_FORMAT", name, detail="un texto | a text"))
    if found:
        return found
    said, wrong = _envelope(dict(envelope), line)
    if wrong:
        return wrong
    mapped = Mapped(line, dict(payload), said, content.get("reference"))  # type: ignore[arg-type]
    return NewEvent(str(stated), mapped, content.get("correction_reason"))


def answered(
    index: int, made: Draft | Sequence[Refusal], judged: Draft | Refusal | None = None
) -> Answer:
    """The answer to an event of which a draft was made (and judged), or which was refused before."""
    if not isinstance(made, Draft):
        return Answer(index, "refused", reasons=tuple(made))
    if isinstance(judged, Refusal):
        if judged.code == "ALREADY_TAKEN":
            return Answer(index, "duplicate", made.id, made.version)
        return Answer(index, "refused", made.id, made.version, (judged,))
    newest = judged or made
    return Answer(index, "sealed", newest.id, newest.version)


def _envelope(said: dict[str, Any], line: int) -> tuple[dict[str, Any], list[Refusal]]:
    """With times in ms; and what is wrong with its shape (what it lacks is judged with everything
    else).
    """
    strangers = sorted(map(str, set(said) - ENVELOPE))
    wrong = [
        Refusal(line, "BROKEN_FORMAT", name, detail="no es del sobre | not of the envelope")
        for name in strangers
    ]
    for name in TIMES:
        if isinstance(said.get(name), str):
            try:
                said[name] = _millis(said[name])
            except (ValueError, OverflowError):
                wrong.append(
                    Refusal(
                        line,
                        "IMPOSSIBLE_DATE",
                        name,
                        detail="ISO 8601 con zona | ISO 8601 with its zone",
                    )
                )
                said[name] = None
    for name in ("recipients", "handling", "language", "occurred_precision", "urgency"):
        if name in said and said[name] is None:
            del said[name]
    problems: list[Problem] = []
    _shape()(said, "", problems)
    shapes = (
        one
        for one in problems
        if one.code in ("BROKEN_FORMAT", "BAD_NUMBER") and _TOP.split(one.field)[0] in said
    )
    wrong.extend(
        Refusal(line, one.code, one.field, detail=one.detail)
        for one in shapes
        if _TOP.split(one.field)[0] in ENVELOPE
    )
    return said, wrong


def _millis(text: str) -> int:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without its zone")
    return int(moment.timestamp() * 1000)


@cache
def _shape() -> Any:
    """Checks the classes of an envelope's parts."""
    definition = next(
        field["type"]
        for field in log_format("event").definition["fields"]
        if field["name"] == "envelope"
    )
    kept = [field for field in definition["fields"] if field["name"] in ENVELOPE]
    own = [
        {name: value for name, value in field.items() if name != "codes"} for field in kept
    ]  # codes are judged later, by what holds
    return compile_checks({**definition, "fields": own}, code_sets())
