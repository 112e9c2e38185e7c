"""Build events from mapped values, ready to be sealed, and find what is wrong with them. Pure."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from producers.events.sealed_marks import seal_marks
from producers.events.sealed_reference import seal_reference
from producers.events.submitted import CONTROL_TYPES
from producers.model import Draft, MappedRow, Refusal
from schemas.avro.codec import log_format
from schemas.bounds import MAX_EVENT_BYTES, MAX_OBSERVATIONS_PER_EVENT
from schemas.errors import QuipuFormatError
from schemas.event import envelope as envelopes
from schemas.event.admission import Admission
from schemas.event.envelope import EnvelopeValidator
from schemas.event.event_type import EventType
from schemas.ids import event_id, event_version
from schemas.model import EventId, Version
from schemas.observation import Problem
from schemas.release.use_conditions import BOUND_TYPE, bound_envelope
from schemas.retention import RetentionTable

_NOT_CONTENT = frozenset({"id", "version", "supersedes", "correction_reason", "reported_at"})
"""Fields of the envelope that are no part of an item's content."""
_NESTING = (dict, list)
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=bytes.hex)
_FRAMING_BYTES = 16 * 1024
"""Room for envelope and framing: only a payload within this of the limit is measured exactly."""


@dataclass(frozen=True, slots=True)
class EventOrigin:
    """Who reports events.

    `validator` checks envelopes with the codes in effect; None means with the released codes.
    `admission`: which agreements and partners are in effect. `retention`: for how long records are
    kept.
    """

    node: str
    country: str
    authority: str
    id_secret: bytes
    validator: EnvelopeValidator | None = None
    admission: Admission = field(default_factory=Admission)
    retention: RetentionTable = field(default_factory=RetentionTable)


def build_draft(
    mapped: MappedRow, origin: EventOrigin, kind: EventType, now: int, occurrence: int = 1
) -> Draft | list[Refusal]:
    """Build the event of mapped values, or give every reason against it, by field.

    `now` is in ms since 1970 UTC. `occurrence` says which of several equal rows without a reference
    it is.
    """
    payload = _with_reference(mapped, kind)
    envelope = _envelope(mapped, origin, kind.name, now)
    if kind.name == BOUND_TYPE:
        envelope = bound_envelope(envelope, payload)
    source = _source(mapped, payload, envelope, occurrence)
    content = canonical_content(kind.name, payload, envelope)
    envelope["id"] = event_id(origin.node, origin.id_secret, kind.name, source)
    envelope["version"] = event_version(origin.id_secret, content)
    validate = origin.validator.validate if origin.validator else envelopes.validate_envelope
    problems = [*validate(envelope, now), *kind.validate(payload)]
    problems += kind.check_dates(payload, now)
    if not problems and (barred := origin.admission.check(envelope, now)) is not None:
        problems.append(barred)
    if problems:  # a detail may quote a bad code
        return [
            Refusal(mapped.line, problem.code, problem.field, offending_value=problem.detail)
            for problem in problems
        ]
    try:
        encoded = kind.write(payload)
        if _is_too_large(envelope, kind.fingerprint, encoded):
            detail = f"{len(encoded)} > {MAX_EVENT_BYTES} bytes"
            return [Refusal(mapped.line, "EVENT_TOO_LARGE", detail=detail)]
        beyond, marks = kind.check_bounds(payload, len(encoded)), kind.count_marks(payload)
        if marks.over:
            detail = f"{marks.observations} > {MAX_OBSERVATIONS_PER_EVENT}"
            beyond.append(Problem("TOO_MANY_OBSERVATIONS", marks.over, detail))
        if beyond:
            return [
                Refusal(mapped.line, problem.code, problem.field, detail=problem.detail)
                for problem in beyond
            ]
    except QuipuFormatError as error:
        return [Refusal(mapped.line, "BROKEN_FORMAT", detail=error.code)]
    return Draft(
        mapped.line,
        envelope["id"],
        envelope["version"],
        envelope,
        kind.fingerprint,
        encoded,
        marks.observations,
        mapped.change,
        None if mapped.reference else _likeness(kind.name, source, origin.id_secret),
        seal_reference(mapped.reference, envelope["id"], origin.id_secret)
        if mapped.reference
        else None,
        sealed_marks=_sealed_marks(origin, kind.name, payload, envelope["id"]),
        record=payload,
    )


def _sealed_marks(
    origin: EventOrigin, type_: str, payload: Mapping[str, Any], id_: EventId
) -> bytes | None:
    """Seal what the content says about its retention, if it says anything."""
    marks = origin.retention.marks(type_, payload)
    return seal_marks(marks, id_, origin.id_secret) if marks else None


def numbered_likeness(likeness: bytes, number: int) -> bytes:
    """Give the likeness of the n-th of several items of a file that are alike."""
    return likeness + number.to_bytes(4, "big") if number > 1 else likeness


def _likeness(type_: str, source: bytes, secret: bytes) -> bytes | None:
    """Give what an item without a reference has in common with one of other capitals or spaces."""
    if type_ in CONTROL_TYPES:
        return None
    content = json.dumps(json.loads(source.partition(b"\0")[2]), ensure_ascii=False)
    plain = "".join(content.casefold().split())
    return event_version(
        secret, b"likeness\0" + type_.encode() + plain.encode("utf-8", "surrogatepass")
    )


def resolve_version(
    draft: Draft, sealed_versions: Sequence[Version], reason: str | None, secret: bytes
) -> Draft | Refusal:
    """Decide whether a draft may be sealed, given the versions of it that this node sealed before.

    `sealed_versions` are oldest first. `reason` is the code of a correction's reason: then the
    draft supersedes the newest version. `secret` is the node's secret of ids. Content that was
    corrected since may come again: it is a version of its own.
    """
    if reason is None:
        if not sealed_versions:
            return draft
        code = "ALREADY_TAKEN" if draft.version in sealed_versions else "CONFLICT"
        return Refusal(draft.line, code, "source_reference")
    if not sealed_versions:
        return Refusal(draft.line, "UNKNOWN_TARGET", "source_reference")
    newest, before = sealed_versions[-1], sealed_versions[-2:-1]
    if draft.version == newest or any(
        _reverted_version(draft.version, former, secret) == newest for former in before
    ):
        return Refusal(draft.line, "ALREADY_TAKEN")
    version = draft.version
    if version in sealed_versions:
        version = _reverted_version(version, newest, secret)
    changes = {"version": version, "supersedes": newest, "correction_reason": reason}
    return replace(draft, version=version, envelope={**draft.envelope, **changes})


def _reverted_version(version: Version, superseded: Version, secret: bytes) -> Version:
    """Compute the version of content that goes back to that of a former version."""
    return event_version(secret, version + superseded)


def canonical_content(type_: str, payload: Mapping[str, Any], envelope: Mapping[str, Any]) -> bytes:
    """Encode the content of an item in canonical bytes.

    Empty values are left out, so that further fields of a newer schema change no version.
    """
    content = {
        name: value
        for name, value in envelope.items()
        if (value or value == 0) and name not in _NOT_CONTENT
    }
    return _canonical([type_, _pruned(payload), content])


def frame_size(envelope: Mapping[str, Any], schema: bytes, payload: bytes) -> int:
    """Measure the framed event in bytes: AES-GCM adds a tag of 16."""
    sealed = bytes(len(payload) + 16)
    return len(
        log_format("event").write(
            {"envelope": envelope, "schema": schema, "sealed": sealed, "key_hash": bytes(32)}
        )
    )


def _is_too_large(envelope: Mapping[str, Any], schema: bytes, payload: bytes) -> bool:
    if len(payload) <= MAX_EVENT_BYTES - _FRAMING_BYTES:
        return False
    return frame_size(envelope, schema, payload) > MAX_EVENT_BYTES


def reference_source(reference: str) -> bytes:
    """Give what goes into the event id of an item with a source reference."""
    return b"reference\0" + reference.encode("utf-8", "surrogatepass")


def _with_reference(mapped: MappedRow, kind: EventType) -> dict[str, Any]:
    return (
        {**mapped.payload, "source_reference": mapped.reference}
        if mapped.reference and "source_reference" in kind.field_names
        else mapped.payload
    )


def _source(
    mapped: MappedRow, payload: Mapping[str, Any], envelope: Mapping[str, Any], occurrence: int
) -> bytes:
    """Give what identifies the item: its reference, else its content (without markings).

    Of equal rows without a reference, `occurrence` distinguishes them.
    """
    if mapped.reference:
        return reference_source(mapped.reference)
    names = (
        "occurred_from",
        "occurred_until",
        "occurred_precision",
        "place_country",
        "subdivision",
    )
    content = [_pruned(payload), *(envelope[name] for name in names)]
    return b"content\0" + _canonical(content if occurrence == 1 else [*content, occurrence])


def _canonical(value: Any) -> bytes:
    return _encode(value).encode()


def _compiled_encoder() -> Callable[[Any], str]:
    """Make the encoder once: `JSONEncoder.encode` makes one for each value."""
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:  # an interpreter without the compiled one
        return _ENCODER.encode
    text = json.encoder.encode_basestring_ascii
    encode = make(None, _ENCODER.default, text, None, ":", ",", True, False, True)
    return lambda value: "".join(encode(value, 0))


_encode = _compiled_encoder()


def _pruned(value: Any) -> Any:
    """Leave out what is null or empty, all the way down.

    It compares exact classes, because this is the hot path of a large import.
    """
    if value.__class__ is dict:
        return {
            name: _pruned(item) if item.__class__ in _NESTING else item
            for name, item in value.items()
            if item or item is False or item == 0
        }
    return (
        [_pruned(item) if item.__class__ in _NESTING else item for item in value]
        if value.__class__ is list
        else value
    )


def _envelope(mapped: MappedRow, origin: EventOrigin, type_: str, now: int) -> dict[str, Any]:
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
