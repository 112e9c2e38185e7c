"""One item of a bundle: is it what it says, may its sender say it, and what does it change?"""

from collections.abc import Sequence

from schemas.avro.codec import Record, log_format
from schemas.avro.log_records import EnvelopeRecord, EventRecord
from schemas.crypto.sealing import open_sealed
from schemas.errors import CannotOpenError, QuipuFormatError
from schemas.event.envelope import EnvelopeValidator
from schemas.event.event_type import EventType
from schemas.exchange_config import Node
from schemas.ids import NODE_TAG_BYTES, thing_key
from schemas.model import MAX_EVENT_BYTES
from schemas.release import label_codec
from streams.folding.overlay import Overlay
from streams.intake import event_versions, pending_items
from streams.intake.bundle import Bundle, EventKeyOrCode, SealedItem
from streams.intake.event_versions import CONTROL, EventVersions
from streams.intake.type_registry import TypeRegistry

NIL_ID = bytes(16)
EVENT = b"e"  # state key: EVENT + event id


class ItemProcessor:
    """Judges items. What they say about things is appended to `rows`, what they change goes into
    the overlay.
    """

    def __init__(self, thing_secret: bytes, types: TypeRegistry) -> None:
        self._secret = thing_secret
        self._types = types

    def process(
        self, bundle: Bundle, sealed: SealedItem, overlay: Overlay, rows: list[Record]
    ) -> Record:
        """The item's entry for `accepted` and the receipt. A bad item is told, never raised."""
        try:
            event = log_format("event").read(sealed.data)
        except QuipuFormatError:
            return _verdict_record(sealed.number, NIL_ID, NIL_ID, "rejected", "BROKEN_FORMAT", "")
        envelope = event["envelope"]
        wrong = _envelope_problem(
            bundle, envelope, len(sealed.data), self._types.validator(bundle.view)
        )
        if wrong:
            return _rejection(sealed, envelope, *wrong)
        kind = self._types.find(event["schema"], bundle.view)
        if kind is None:
            pending_items.store_pending(overlay, bundle, sealed, envelope["id"], event["schema"])
            return _verdict_record(
                sealed.number,
                envelope["id"],
                envelope["version"],
                "pending",
                "UNKNOWN_SCHEMA",
                "schema",
                sealed.data,
            )
        return self.process_known(bundle, sealed, event, kind, overlay, rows)

    def process_known(
        self,
        bundle: Bundle,
        sealed: SealedItem,
        event: EventRecord,
        kind: EventType,
        overlay: Overlay,
        rows: list[Record],
    ) -> Record:
        """As `take`, for an item whose outside was found good and whose schema is known."""
        envelope = event["envelope"]
        if kind.name != envelope["type"]:
            return _rejection(sealed, envelope, "UNKNOWN_CODE", "type")
        content, code, field = _decrypt(sealed.key, event, kind)
        if code:
            return _rejection(sealed, envelope, code, field)
        target = content["target"] if content is not None and kind.name in CONTROL else None
        if target is not None:
            code = self._control_problem(bundle.node, kind.name, target, overlay)
            if code:
                return _rejection(sealed, envelope, code, "target")
        return self._add_version(bundle, sealed, envelope, kind, content, target, overlay, rows)

    def _add_version(
        self,
        bundle: Bundle,
        sealed: SealedItem,
        envelope: EnvelopeRecord,
        kind: EventType,
        content: Record | None,
        target: bytes | None,
        overlay: Overlay,
        rows: list[Record],
    ) -> Record:
        id_, version, supersedes = envelope["id"], envelope["version"], envelope["supersedes"]
        before = overlay.get(EVENT + id_)
        observed = self._observe(envelope, content, kind) if content is not None else []
        if before is None and target is None and version != supersedes:
            _emit(rows, observed, sealed.number, id_, bundle.node.country)
            overlay.put(
                EVENT + id_, event_versions.pack_single(kind.name, version, supersedes, observed)
            )
            return _verdict_record(sealed.number, id_, version, "accepted", "", "", sealed.data)
        known = event_versions.unpack_versions(before)
        verdict = known.verdict(version, supersedes)
        if verdict == "DUPLICATE":
            return _verdict_record(sealed.number, id_, version, "duplicate", "", "")
        if verdict or known.type not in {"", kind.name}:
            return _rejection(sealed, envelope, "CONFLICT", "version" if verdict else "type")
        known.type = kind.name
        _emit(
            rows, known.add(version, supersedes, observed), sealed.number, id_, bundle.node.country
        )
        overlay.put(EVENT + id_, event_versions.pack_versions(known))
        if target is not None and not known.erased:
            _apply_control(bundle, kind.name, target, sealed.number, overlay, rows)
        return _verdict_record(sealed.number, id_, version, "accepted", "", "", sealed.data, target)

    def _control_problem(self, node: Node, type_: str, target: bytes, overlay: Overlay) -> str:
        """Empty, or why the control event is refused. An erased control event could not be obeyed
        in a rebuild: so it is not erased.
        """
        if target[:NODE_TAG_BYTES] not in node.tags:
            return "NOT_OWNER"
        if (
            type_ == "erasure"
            and event_versions.unpack_versions(overlay.get(EVENT + target)).type in CONTROL
        ):
            return "CONFLICT"
        return ""

    def _observe(self, envelope: EnvelopeRecord, content: Record, kind: EventType) -> list[Record]:
        """What the content says about things, one observation each."""
        observed = kind.observe(content)
        if not observed:
            return []
        label = label_codec.write(envelope)
        return [
            {
                "op": "add",
                "index": 0,
                "kind": seen.kind,
                "key": thing_key(self._secret, seen.kind, seen.issuer, seen.value),
                "event_id": envelope["id"],
                "certainty": seen.certainty,
                "type": kind.name,
                "country": envelope["country"],
                "label": label,
                "occurred": envelope["occurred_from"],
                "subdivision": envelope["subdivision"],
                "traits": seen.traits,
            }
            for seen in observed
        ]


def _envelope_problem(
    bundle: Bundle, envelope: EnvelopeRecord, size: int, judge: EnvelopeValidator
) -> tuple[str, str] | None:
    """Code and field of what is wrong with what can be seen without the key."""
    if size > MAX_EVENT_BYTES:
        return "EVENT_TOO_LARGE", ""
    found = judge.validate(envelope, bundle.appended_at)
    if found:
        return found[0].code, found[0].field
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


def _decrypt(
    key: EventKeyOrCode, event: EventRecord, kind: EventType
) -> tuple[Record | None, str, str]:
    """Content, code, field. The content is None where it was erased, or where a code says what is
    wrong.
    """
    if isinstance(key, str):
        return None, key, ""
    if isinstance(key, dict):
        return (
            (None, key["code"] or "BROKEN_FORMAT", key["field"])
            if key["verdict"] == "rejected"
            else (None, "", "")
        )
    try:
        content = kind.read(open_sealed(event["sealed"], key, event["envelope"]["id"]))
    except CannotOpenError:
        return None, "CANNOT_OPEN", ""
    except QuipuFormatError:
        return None, "BROKEN_FORMAT", ""
    found = kind.validate_decoded(content)
    return (None, found[0].code, found[0].field) if found else (content, "", "")


def _apply_control(
    bundle: Bundle, type_: str, target: bytes, index: int, overlay: Overlay, rows: list[Record]
) -> None:
    """A retraction or erasure, perhaps before its target came. Control events themselves are past
    recall.
    """
    known: EventVersions = event_versions.unpack_versions(overlay.get(EVENT + target))
    if known.type in CONTROL:
        return
    said = known.erase() if type_ == "erasure" else known.retract()
    overlay.put(EVENT + target, event_versions.pack_versions(known))
    if type_ == "erasure":
        pending_items.erase_pending(overlay, target)
    _emit(rows, said, index, target, bundle.node.country)


def _emit(
    rows: list[Record], said: Sequence[Record], index: int, event_id: bytes, country: str
) -> None:
    for row in said:
        row["index"], row["event_id"], row["country"] = index, event_id, country
        rows.append(row)


def _rejection(sealed: SealedItem, envelope: EnvelopeRecord, code: str, field: str) -> Record:
    return _verdict_record(
        sealed.number, envelope["id"], envelope["version"], "rejected", code, field
    )


def _verdict_record(
    index: int,
    id_: bytes,
    version: bytes,
    verdict: str,
    code: str,
    field: str,
    event: bytes | None = None,
    target: bytes | None = None,
) -> Record:
    return {
        "index": index,
        "id": id_,
        "version": version,
        "verdict": verdict,
        "code": code,
        "field": field,
        "event": event,
        "target": target,
    }
