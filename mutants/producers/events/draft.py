"""From mapped values to an event that is ready to be sealed, and what is known to be wrong with it.
Pure.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from producers.model import Draft, Mapped, Refusal
from schemas.avro.codec import log_format
from schemas.errors import QuipuFormatError
from schemas.event import envelope as envelopes
from schemas.event.envelope import EnvelopeValidator
from schemas.event.event_type import EventType
from schemas.ids import event_id, event_version
from schemas.model import MAX_EVENT_BYTES, Version

_OPEN_ENDS = {
    "id",
    "version",
    "supersedes",
    "correction_reason",
    "reported_at",
}  # no part of what an item says
_NESTING = (dict, list)
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=bytes.hex)
_ROOM = (
    16 * 1024
)  # of an envelope and framing: only a payload within this of the limit is measured exactly


@dataclass(frozen=True, slots=True)
class Origin:
    """Who says it."""

    node: str
    country: str
    authority: str
    id_secret: bytes


def draft(
    mapped: Mapped,
    origin: Origin,
    kind: EventType,
    now: int,
    occurrence: int = 1,
    judge: EnvelopeValidator | None = None,
) -> Draft | list[Refusal]:
    """The event, or every reason against it, by field.

    `now`: ms since 1970 UTC; `occurrence`: of equal rows without a reference; `judge`: of
    envelopes, under the codes that hold.
    """
    payload = _with_reference(mapped, kind)
    envelope = _envelope(mapped, origin, kind.name, now)
    envelope["id"] = event_id(
        origin.node, origin.id_secret, kind.name, _source(mapped, payload, envelope, occurrence)
    )
    envelope["version"] = event_version(origin.id_secret, content(kind.name, payload, envelope))
    problems = [
        *(judge.validate if judge else envelopes.validate_envelope)(envelope, now),
        *kind.validate(payload),
    ]
    if problems:
        return [
            Refusal(mapped.line, problem.code, problem.field, seen=problem.detail)
            for problem in problems
        ]  # it may quote a bad code
    try:
        written = kind.write(payload)
        if (
            len(written) > MAX_EVENT_BYTES - _ROOM
            and frame_size(envelope, kind.fingerprint, written) > MAX_EVENT_BYTES
        ):
            return [
                Refusal(
                    mapped.line,
                    "EVENT_TOO_LARGE",
                    detail=f"{len(written)} > {MAX_EVENT_BYTES} bytes",
                )
            ]
    except QuipuFormatError as error:
        return [Refusal(mapped.line, "BROKEN_FORMAT", detail=error.code)]
    return Draft(
        mapped.line, envelope["id"], envelope["version"], envelope, kind.fingerprint, written
    )


def judge(one: Draft, known: Sequence[Version], why: str | None, secret: bytes) -> Draft | Refusal:
    """The item as it may be sealed, or why it may not, given the versions of it that this node
    sealed before, oldest first.

    `why`: the reason's code if it corrects what is known; then it supersedes the newest. `secret`:
    the node's, of ids. What was said before and corrected since may be said again: that is a
    version of its own.
    """
    if why is None:
        return (
            Refusal(
                one.line,
                "ALREADY_TAKEN" if one.version in known else "CONFLICT",
                "source_reference",
            )
            if known
            else one
        )
    if not known:
        return Refusal(one.line, "UNKNOWN_TARGET", "source_reference")
    newest, before = known[-1], known[-2:-1]
    if one.version == newest or any(
        _again(one.version, former, secret) == newest for former in before
    ):
        return Refusal(one.line, "ALREADY_TAKEN")
    version = _again(one.version, newest, secret) if one.version in known else one.version
    return replace(
        one,
        version=version,
        envelope={
            **one.envelope,
            "version": version,
            "supersedes": newest,
            "correction_reason": why,
        },
    )


def _again(version: Version, superseded: Version, secret: bytes) -> Version:
    """The version of content that goes back to what a former version said."""
    return event_version(secret, version + superseded)


def content(type_: str, payload: Mapping[str, Any], envelope: Mapping[str, Any]) -> bytes:
    """Canonical bytes of what an item says. What is empty is left out, so that a newer schema's
    further fields change no version.
    """
    said = {
        name: value
        for name, value in envelope.items()
        if (value or value == 0) and name not in _OPEN_ENDS
    }
    return _canonical([type_, _pruned(payload), said])


def frame_size(envelope: Mapping[str, Any], schema: bytes, payload: bytes) -> int:
    """Bytes of the framed event: AES-GCM adds a tag of 16."""
    return len(
        log_format("event").write(
            {"envelope": envelope, "schema": schema, "sealed": bytes(len(payload) + 16)}
        )
    )


def of_reference(reference: str) -> bytes:
    """What goes into the event id of an item with a source reference."""
    return b"reference\0" + reference.encode("utf-8", "surrogatepass")


def _with_reference(mapped: Mapped, kind: EventType) -> dict[str, Any]:
    has_field = any(
        field["name"] == "source_reference" for field in kind.format.definition["fields"]
    )
    return (
        {**mapped.payload, "source_reference": mapped.reference}
        if mapped.reference and has_field
        else mapped.payload
    )


def _source(
    mapped: Mapped, payload: Mapping[str, Any], envelope: Mapping[str, Any], occurrence: int
) -> bytes:
    """What identifies the item: its reference, else what it says of the world (not its markings)
    and which of equal rows it is.
    """
    if mapped.reference:
        return of_reference(mapped.reference)
    names = (
        "occurred_from",
        "occurred_until",
        "occurred_precision",
        "place_country",
        "subdivision",
    )
    said = [_pruned(payload), *(envelope[name] for name in names)]
    return b"content\0" + _canonical(said if occurrence == 1 else [*said, occurrence])


def _canonical(value: Any) -> bytes:
    return _ENCODER.encode(value).encode()


def _pruned(value: Any) -> Any:
    """Without what is null or empty, all the way down; by exact classes, since this is the hot path
    of a large import.
    """
    if value.__class__ is dict:
        return {
            name: _pruned(each) if each.__class__ in _NESTING else each
            for name, each in value.items()
            if each or each is False or each == 0
        }
    return (
        [_pruned(each) if each.__class__ in _NESTING else each for each in value]
        if value.__class__ is list
        else value
    )


def _envelope(mapped: Mapped, origin: Origin, type_: str, now: int) -> dict[str, Any]:
    return {
        "supersedes": None,
        "correction_reason": None,
        "type": type_,
        "recipients": ["ALL"],
        "handling": [],
        "condition": None,
        "urgency": "routine",
        "justification": None,
        "case_reference": None,
        "exercise": None,
        "occurred_from": None,
        "occurred_until": None,
        "occurred_precision": "unknown",
        "reported_at": now,
        "place_country": origin.country,
        "subdivision": None,
        "language": "es",
        "review_date": None,
        **mapped.envelope,
        "country": origin.country,
        "authority": origin.authority,
        "node": origin.node,
    }
