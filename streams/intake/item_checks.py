"""Check an item: what can be seen without its key, and what its key opens."""

from schemas.avro.codec import Record
from schemas.avro.log_records import EnvelopeRecord, ErasedRecord, EventRecord
from schemas.bounds import MAX_EVENT_BYTES, MAX_FIELD_LENGTH
from schemas.crypto.sealing import EventBinding, open_event
from schemas.errors import CannotOpenError, QuipuFormatError
from schemas.event.envelope import EnvelopeValidator
from schemas.event.event_type import EventType
from schemas.ids import NODE_TAG_BYTES
from streams.intake.bundle import Bundle, EventKeyOrCode

NOT_COMPARED = "TOO_MANY_READINGS"
"""Code of an accepted item whose marks with unread positions are not compared."""


def envelope_problem(
    bundle: Bundle, envelope: EnvelopeRecord, size: int, validator: EnvelopeValidator
) -> tuple[str, str] | None:
    """Find the code and field of what is wrong with what can be seen without the key."""
    if size > MAX_EVENT_BYTES:
        return "EVENT_TOO_LARGE", ""
    problems = validator.validate(envelope, bundle.appended_at)
    if problems:
        return problems[0].code, problems[0].field[:MAX_FIELD_LENGTH]
    node = bundle.node
    if envelope["node"] != node.name:
        return "WRONG_ORIGIN", "node"
    if envelope["country"] != node.country:
        return "WRONG_ORIGIN", "country"
    if envelope["authority"] != node.authority:
        return "WRONG_ORIGIN", "authority"
    if envelope["id"][:NODE_TAG_BYTES] not in node.tags:
        return "NOT_OWNER", "id"
    if envelope["supersedes"] is not None and not envelope["correction_reason"]:
        return "MISSING_FIELD", "correction_reason"
    return None


def decrypt(
    key: EventKeyOrCode, event: EventRecord, event_type: EventType, appended_at: int
) -> tuple[Record | None, str, str]:
    """Open the payload: content, code, field.

    The content is None where it was erased, or where a code says what is wrong. `appended_at`: ms
    since 1970 UTC.
    """
    if isinstance(key, str):
        return None, key, ""
    if isinstance(key, dict):
        return _erased_content(key)
    try:
        envelope = event["envelope"]
        binding = EventBinding(
            envelope["id"], envelope["version"], event["schema"], event["key_hash"]
        )
        payload = open_event(event["sealed"], key, binding)
        content = event_type.read(payload)
    except CannotOpenError:
        return None, "CANNOT_OPEN", ""
    except QuipuFormatError:
        return None, "BROKEN_FORMAT", ""
    problems = event_type.find_problems(content, len(payload), appended_at)
    if problems:
        return None, problems[0].code, problems[0].field[:MAX_FIELD_LENGTH]
    return content, "", ""


def _erased_content(entry: ErasedRecord) -> tuple[None, str, str]:
    """Repeat the verdict that an erased entry of a key list keeps."""
    if entry["verdict"] == "rejected":
        code = entry["code"][:MAX_FIELD_LENGTH]
        return None, code or "BROKEN_FORMAT", entry["field"][:MAX_FIELD_LENGTH]
    return None, "", ""


def erased_notice(key: EventKeyOrCode) -> tuple[str, str]:
    """Repeat the notice (code and field) with which an event was accepted that is erased now."""
    if isinstance(key, dict) and key["verdict"] == "accepted" and key["code"] == NOT_COMPARED:
        return NOT_COMPARED, key["field"][:MAX_FIELD_LENGTH]
    return "", ""
