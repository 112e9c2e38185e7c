"""Parse single events that a program hands to the node, and give the result of each. Pure.

An event is a mapping: `{"payload": {...}, "envelope": {...}, "reference": "R-1",
"correction_reason": "WRONG"}`. Only the payload is required. The payload is as the type's schema
says (schemas/events). Times of the envelope are ms since 1970 UTC, or ISO 8601 texts with their
zone. The envelope needs tlp, purpose, legal_basis, crime and evaluation; the other fields of
ENVELOPE_FIELDS are optional.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal

from producers.model import Draft, MappedRow, Refusal
from schemas.avro.codec import log_format
from schemas.codes import code_sets
from schemas.event.check_compiler import compile_checks
from schemas.i18n import _
from schemas.observation import Problem

ENVELOPE_FIELDS = frozenset(
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
TIME_FIELDS = ("occurred_from", "occurred_until", "reported_at")
CONTROL_TYPES = frozenset({"retraction", "erasure", "heartbeat", "retention_extension"})
"""Types that say something of other events or of the node: they have ways of their own."""
_PARTS = frozenset({"type", "payload", "envelope", "reference", "correction_reason"})
MAX_REFERENCE_LENGTH = 1_000
_TOP = re.compile(r"[.\[]")


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to ingest.

    With a `correction_reason` (a code) it is a new version of the item with its reference.
    """

    type: str
    mapped: MappedRow
    correction_reason: str | None = None

    @property
    def lane(self) -> str:
        """Give the lane: urgent events have one of their own."""
        return "urgent" if self.mapped.envelope.get("urgency") == "urgent" else "routine"


@dataclass(frozen=True, slots=True)
class SubmissionResult:
    """What became of an event at the node.

    `outcome` is sealed, duplicate (ingested before with the same content) or refused, with all
    `reasons`. `index` says which of the events it is, from 0. `id` and `version` are 16 bytes each,
    None where the event was refused before they were known.
    """

    index: int
    outcome: Literal["sealed", "duplicate", "refused"]
    id: bytes | None = None
    version: bytes | None = None
    reasons: Sequence[Refusal] = ()


def parse_event(content: object, line: int, type_: str | None = None) -> NewEvent | list[Refusal]:
    """Parse an event, or give all that is wrong with its shape.

    `type_` is the type of all events of one call; without it each event names its own.
    """
    if not isinstance(content, Mapping):
        return [Refusal(line, "BROKEN_FORMAT", detail=_("an object"))]
    refusals = _shape_problems(content, line, type_)
    if refusals:
        return refusals
    envelope, problems = _envelope(dict(content.get("envelope", {})), line)
    if problems:
        return problems
    mapped = MappedRow(line, dict(content["payload"]), envelope, content.get("reference"))
    return NewEvent(str(content.get("type", type_)), mapped, content.get("correction_reason"))


def _shape_problems(content: Mapping[Any, Any], line: int, type_: str | None) -> list[Refusal]:
    """Find keys that are unknown, and values of a wrong kind."""
    refusals = [
        Refusal(line, "BROKEN_FORMAT", name, detail=_("not known"))
        for name in sorted(map(str, set(content) - _PARTS))
    ]
    stated_type = content.get("type", type_)
    if not isinstance(stated_type, str) or (type_ is not None and stated_type != type_):
        code = "MISSING_FIELD" if stated_type is None else "BROKEN_FORMAT"
        refusals.append(Refusal(line, code, "type"))
    for name, part in (
        ("payload", content.get("payload")),
        ("envelope", content.get("envelope", {})),
    ):
        if not isinstance(part, Mapping):
            code = "MISSING_FIELD" if part is None else "BROKEN_FORMAT"
            refusals.append(Refusal(line, code, name, detail=_("an object")))
    for name in ("reference", "correction_reason"):
        text = content.get(name)
        if text is not None and not _is_short_text(text):
            refusals.append(Refusal(line, "BROKEN_FORMAT", name, detail=_("a text")))
    return refusals


def _is_short_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= MAX_REFERENCE_LENGTH


def submission_result(
    index: int, draft: Draft | Sequence[Refusal], resolved: Draft | Refusal | None = None
) -> SubmissionResult:
    """Give the result for an event whose draft was resolved, or which was refused before."""
    if not isinstance(draft, Draft):
        return SubmissionResult(index, "refused", reasons=tuple(draft))
    if isinstance(resolved, Refusal):
        if resolved.code == "ALREADY_TAKEN":
            return SubmissionResult(index, "duplicate", draft.id, draft.version)
        return SubmissionResult(index, "refused", draft.id, draft.version, (resolved,))
    newest = resolved or draft
    return SubmissionResult(index, "sealed", newest.id, newest.version)


def _envelope(fields: dict[str, Any], line: int) -> tuple[dict[str, Any], list[Refusal]]:
    """Read times as ms since 1970 UTC. Returns the fields, and what is wrong with their shape.

    What the envelope lacks is found later, with everything else.
    """
    refusals = [
        Refusal(line, "BROKEN_FORMAT", name, detail=_("not a field of the envelope"))
        for name in sorted(map(str, set(fields) - ENVELOPE_FIELDS))
    ]
    for name in TIME_FIELDS:
        if isinstance(fields.get(name), str):
            try:
                fields[name] = _millis(fields[name])
            except (ValueError, OverflowError):
                detail = _("ISO 8601 with its zone")
                refusals.append(Refusal(line, "IMPOSSIBLE_DATE", name, detail=detail))
                fields[name] = None
    for name in ("recipients", "handling", "language", "occurred_precision", "urgency"):
        if name in fields and fields[name] is None:
            del fields[name]
    problems: list[Problem] = []
    _shape()(fields, "", problems)
    refusals.extend(
        Refusal(line, problem.code, problem.field, detail=problem.detail)
        for problem in problems
        if problem.code in ("BROKEN_FORMAT", "BAD_NUMBER")
        and (top := _TOP.split(problem.field)[0]) in fields
        and top in ENVELOPE_FIELDS
    )
    return fields, refusals


def _millis(text: str) -> int:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without its zone")
    return int(moment.timestamp() * 1000)


@cache
def _shape() -> Any:
    """Compile the check of the classes of an envelope's fields; codes are checked later."""
    definition = next(
        field["type"]
        for field in log_format("event").definition["fields"]
        if field["name"] == "envelope"
    )
    without_codes = [
        {name: value for name, value in field.items() if name != "codes"}
        for field in definition["fields"]
        if field["name"] in ENVELOPE_FIELDS
    ]
    return compile_checks({**definition, "fields": without_codes}, code_sets())
