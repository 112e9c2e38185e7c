"""Process one item of a bundle: is it what it says, may its sender say it, what does it change?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from schemas.avro.codec import Record, log_format
from schemas.avro.log_records import (
    AcceptedItemRecord,
    EnvelopeRecord,
    EventRecord,
    ObservationRecord,
)
from schemas.avro.shared_reader import compile_shared_reader
from schemas.bounds import MAX_OBSERVATIONS_PER_EVENT
from schemas.errors import QuipuFormatError
from schemas.event.event_type import EventType
from schemas.event.mark_counter import NO_MARKS, MarkCount
from schemas.exchange_config import Node
from schemas.ids import NODE_TAG_BYTES, thing_key
from schemas.model import NEWEST_FORM, Verdict
from schemas.release import label_codec
from streams.folding.overlay import Overlay
from streams.intake import pending_items
from streams.intake.bundle import Bundle, EventKeyOrCode, SealedItem
from streams.intake.event_versions import (
    CONTROL,
    EVENT_VERSIONS,
    OF_OWN_RECORDS,
    EventVersions,
    count_things,
    first_version,
    unpack_versions,
)
from streams.intake.item_checks import NOT_COMPARED, decrypt, envelope_problem, erased_notice
from streams.intake.label_quota import OF_CONTROLS, OF_EVENTS, has_room
from streams.intake.type_registry import TypeRegistry
from streams.linking import SealedItemRef, comparers_of, comparison_rows, packed_records

NIL_ID = bytes(16)
EVENT = b"e"
"""State key: EVENT + event id; value: the versions of the event (`event_versions`)."""

ALIKE = {"type": "crime", "exercise": "evaluation", "place_country": "review_date"}
"""Stretches of an envelope that hardly differ between events of a node."""
ITEM_UNITS = 5
"""Work on an item, in units of one observation."""
BYTES_PER_UNIT = 1_000
"""Bytes of an event that are as much work as one observation."""


@dataclass(slots=True)
class ItemEffects:
    """What the items of one bundle change: rows of state, and what is observed about things.

    `share`: how many observations each item may have.
    """

    bundle: Bundle
    overlay: Overlay
    observations: list[ObservationRecord]
    share: int = MAX_OBSERVATIONS_PER_EVENT
    _labels: dict[tuple[bytes, bytes], bool] = field(default_factory=dict)

    def may_label(self, envelope: EnvelopeRecord, most: int) -> bool:
        """Say whether the node may use the envelope's label; `most`: how many it may use."""
        kind = OF_CONTROLS if envelope["type"] in CONTROL else OF_EVENTS
        label = label_codec.write(envelope)
        may = self._labels.get((kind, label))
        if may is None:
            may = has_room(self.overlay, self.bundle.node.name, kind, label, most)
            self._labels[kind, label] = may
        return may

    def take_observations(self) -> list[ObservationRecord]:
        """Take out what was observed so far."""
        taken, self.observations = self.observations, []
        return taken


def work_units(size: int, observations: int) -> int:
    """Count the work on an item of so many bytes, which gave so many observations."""
    return ITEM_UNITS + size // BYTES_PER_UNIT + observations


class ItemProcessor:
    """Decides on items. Pure, and one object for all partitions."""

    def __init__(self, thing_secret: bytes, types: TypeRegistry, form: int = NEWEST_FORM) -> None:
        """Prepare with the mechanism's secret of thing keys and the types that may be read.

        `form`: of the generation, which says what is compared.
        """
        self._secret = thing_secret
        self._form = form
        self._comparers = comparers_of(form)
        self._types = types
        self._read_event = compile_shared_reader(log_format("event"), ALIKE)

    def process(self, item: SealedItem, effects: ItemEffects) -> AcceptedItemRecord:
        """Compute the item's verdict record, for `accepted` and the receipt.

        A bad item is reported by its verdict, never raised.
        """
        try:
            event = self._read_event(item.data)
        except QuipuFormatError:
            return _verdict_record(item.number, (NIL_ID, NIL_ID), "rejected", "BROKEN_FORMAT")
        envelope, view = event["envelope"], effects.bundle.view
        problem = envelope_problem(
            effects.bundle, envelope, len(item.data), self._types.validator(view)
        )
        if problem:
            return _rejection(item, envelope, *problem)
        if view.most_labels is not None and not effects.may_label(envelope, view.most_labels):
            return _rejection(item, envelope, "TOO_MANY_LABELS", "recipients")
        if view.requires_key_hashes and event["key_hash"] is None:
            return _rejection(item, envelope, "MISSING_FIELD", "key_hash")
        barred = view.admission.check(envelope, effects.bundle.appended_at)
        if barred is not None:
            return _rejection(item, envelope, barred.code, barred.field)
        event_type = self._types.find(event["schema"], view)
        if event_type is None:
            return _store_pending(item, event, effects)
        return self.process_known(item, event, event_type, effects)

    def process_known(
        self, item: SealedItem, event: EventRecord, event_type: EventType, effects: ItemEffects
    ) -> AcceptedItemRecord:
        """Process an item whose envelope was found good and whose schema is known."""
        envelope = event["envelope"]
        if event_type.name != envelope["type"]:
            return _rejection(item, envelope, "UNKNOWN_CODE", "type")
        content, code, field = decrypt(item.key, event, event_type, effects.bundle.appended_at)
        if code:
            return _rejection(item, envelope, code, field)
        marks = NO_MARKS if content is None else event_type.count_marks(content, effects.share)
        if marks.over:
            return _rejection(item, envelope, "TOO_MANY_OBSERVATIONS", marks.over)
        verdict = self._add(item, envelope, (content, marks), event_type, effects)
        if marks.not_compared or content is None:
            return _with_notice(verdict, marks, item.key)
        return verdict

    def _add(
        self,
        item: SealedItem,
        envelope: EnvelopeRecord,
        counted: tuple[Record | None, MarkCount],
        event_type: EventType,
        effects: ItemEffects,
    ) -> AcceptedItemRecord:
        """Add an item whose content (None: erased) is good and names no more than it may."""
        content, marks = counted
        observations: list[ObservationRecord] = []
        if content is not None:
            observations = self._observe(envelope, content, event_type, bool(marks.not_compared))
            if self._comparers:
                observations += self._compare(item, envelope, content, effects.bundle)
        name = event_type.name
        target = content["target"] if content is not None and name in OF_OWN_RECORDS else None
        if target is None:
            return _add_version(item, envelope, observations, effects)
        code = _control_problem(effects.bundle.node, name, target, effects.overlay)
        if code:
            return _rejection(item, envelope, code, "target")
        if name not in CONTROL:
            return _add_version(item, envelope, observations, effects)
        return _add_control_event(item, envelope, observations, target, effects)

    def _observe(
        self,
        envelope: EnvelopeRecord,
        content: Record,
        event_type: EventType,
        legible_only: bool,
    ) -> list[ObservationRecord]:
        """Make one observation for each thing that the content speaks of."""
        # kind, issuer, value, certainty, traits: a tuple is read faster than its named fields
        observations: Sequence[Any] = event_type.observe(content, legible_only)
        if not observations:
            return []
        label = label_codec.write(envelope)
        return [
            {
                "op": "add",
                "index": 0,
                "kind": kind,
                "key": thing_key(self._secret, kind, issuer, value),
                "event_id": envelope["id"],
                "certainty": certainty,
                "type": event_type.name,
                "country": envelope["country"],
                "label": label,
                "label_index": None,
                "occurred": envelope["occurred_from"],
                "subdivision": envelope["subdivision"],
                "traits": traits,
                "sealed": None,
            }
            for kind, issuer, value, certainty, traits in observations
        ]

    def _compare(
        self, item: SealedItem, envelope: EnvelopeRecord, content: Record, bundle: Bundle
    ) -> list[ObservationRecord]:
        """Make the rows by which the content is compared with that of others."""
        records = packed_records(self._comparers, envelope["type"], content)
        if not records:
            return []
        assert isinstance(item.key, bytes), "content was opened with a key"  # noqa: S101
        ref = SealedItemRef(bundle.cord, bundle.sequence, item.number, item.key)
        return comparison_rows(envelope, records, self._secret, ref, self._form)


def _with_notice(
    verdict: AcceptedItemRecord, marks: MarkCount, key: EventKeyOrCode
) -> AcceptedItemRecord:
    """Say with an acceptance that unread marks are not compared; an erased item repeats it."""
    if verdict["verdict"] == "accepted":
        if marks.not_compared:
            verdict["code"], verdict["field"] = NOT_COMPARED, marks.not_compared
        elif isinstance(key, dict):
            verdict["code"], verdict["field"] = erased_notice(key)
    return verdict


def _store_pending(
    item: SealedItem, event: EventRecord, effects: ItemEffects
) -> AcceptedItemRecord:
    envelope, schema = event["envelope"], event["schema"]
    ids = pending_items.PendingIds(envelope["id"], schema)
    if not pending_items.has_room(
        effects.overlay, effects.bundle.node.name, len(item.data), schema
    ):
        return _rejection(item, envelope, "TOO_MANY_PENDING", "schema")
    pending_items.store_pending(effects.overlay, effects.bundle, item, ids, effects.share)
    verdict = _verdict_record(
        item.number, (envelope["id"], envelope["version"]), "pending", "UNKNOWN_SCHEMA", "schema"
    )
    verdict["event"] = item.data
    return verdict


def _add_version(
    item: SealedItem,
    envelope: EnvelopeRecord,
    observations: list[ObservationRecord],
    effects: ItemEffects,
) -> AcceptedItemRecord:
    """Add the version that an item is. Nearly every event has one: that case is written out."""
    id_, version, supersedes = envelope["id"], envelope["version"], envelope["supersedes"]
    key = EVENT + id_
    before = effects.overlay.get(key)
    if before is not None or version == supersedes:
        return _add_to_versions(item, envelope, observations, effects)
    _emit(observations, item.number, id_, effects)
    versions = first_version(envelope["type"], version, supersedes, observations)
    effects.overlay.put(key, EVENT_VERSIONS.pack(versions))
    return _acceptance(item, id_, version)


def _add_control_event(
    item: SealedItem,
    envelope: EnvelopeRecord,
    observations: list[ObservationRecord],
    target: bytes,
    effects: ItemEffects,
) -> AcceptedItemRecord:
    """Add a retraction or an erasure, and apply it to its target."""
    verdict = _add_to_versions(item, envelope, observations, effects)
    if verdict["verdict"] == "accepted":
        verdict["target"] = target
        own = unpack_versions(effects.overlay.get(EVENT + envelope["id"]))
        if not own.erased:
            _apply_control(envelope["type"], target, item.number, effects)
    return verdict


def _add_to_versions(
    item: SealedItem,
    envelope: EnvelopeRecord,
    observations: list[ObservationRecord],
    effects: ItemEffects,
) -> AcceptedItemRecord:
    """Add a version to those that are known of its event."""
    id_, version, supersedes = envelope["id"], envelope["version"], envelope["supersedes"]
    versions = unpack_versions(effects.overlay.get(EVENT + id_))
    conflict = versions.conflict(version, supersedes)
    if conflict == "DUPLICATE":
        return _verdict_record(item.number, (id_, version), "duplicate")
    if conflict or versions.type not in {"", envelope["type"]}:
        return _rejection(item, envelope, "CONFLICT", "version" if conflict else "type")
    if versions.is_full(count_things(observations)):
        return _rejection(item, envelope, "TOO_MANY_VERSIONS", "supersedes")
    versions.type = envelope["type"]
    _emit(versions.add(version, supersedes, observations), item.number, id_, effects)
    effects.overlay.put(EVENT + id_, EVENT_VERSIONS.pack(versions))
    return _acceptance(item, id_, version)


def _control_problem(node: Node, type_: str, target: bytes, overlay: Overlay) -> str:
    """Give the code of why a control event is refused; empty where it is not.

    A control event is not erased: a rebuild could not obey it then.
    """
    if target[:NODE_TAG_BYTES] not in node.tags:
        return "NOT_OWNER"
    if type_ == "erasure" and _type_of(target, overlay) in CONTROL:
        return "CONFLICT"
    return ""


def _type_of(event_id: bytes, overlay: Overlay) -> str:
    return unpack_versions(overlay.get(EVENT + event_id)).type


def _apply_control(type_: str, target: bytes, index: int, effects: ItemEffects) -> None:
    """Apply a retraction or erasure, perhaps before its target came.

    Control events themselves cannot be taken back.
    """
    overlay = effects.overlay
    versions: EventVersions = unpack_versions(overlay.get(EVENT + target))
    if versions.type in CONTROL:
        return
    observations = versions.erase() if type_ == "erasure" else versions.retract()
    overlay.put(EVENT + target, EVENT_VERSIONS.pack(versions))
    if type_ == "erasure":
        pending_items.erase_pending(overlay, target)
    _emit(observations, index, target, effects)


def _emit(
    observations: Sequence[ObservationRecord], index: int, event_id: bytes, effects: ItemEffects
) -> None:
    """Hand observations on, caused by item `index` of the bundle."""
    country = effects.bundle.node.country
    for row in observations:
        row["index"], row["event_id"], row["country"] = index, event_id, country
    effects.observations += observations


def _acceptance(item: SealedItem, id_: bytes, version: bytes) -> AcceptedItemRecord:
    verdict = _verdict_record(item.number, (id_, version), "accepted")
    verdict["event"] = item.data
    return verdict


def _rejection(
    item: SealedItem, envelope: EnvelopeRecord, code: str, field: str
) -> AcceptedItemRecord:
    return _verdict_record(
        item.number, (envelope["id"], envelope["version"]), "rejected", code, field
    )


def _verdict_record(
    index: int,
    ids: tuple[bytes, bytes],
    verdict: Verdict,
    code: str = "",
    field: str = "",
) -> AcceptedItemRecord:
    """Make a verdict record without event and target. `ids`: of the event and of its version."""
    return {
        "index": index,
        "id": ids[0],
        "version": ids[1],
        "verdict": verdict,
        "code": code,
        "field": field,
        "event": None,
        "target": None,
    }
