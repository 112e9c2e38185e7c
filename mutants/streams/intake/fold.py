"""Intake: bundles of one partition → accepted, observations, receipts, rejects, and changes of
state.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from schemas.avro.codec import Record, log_format
from schemas.crypto.node_messages import open_event_keys, verify_node_message
from schemas.crypto.sealing import read_signed
from schemas.errors import CannotOpenError, QuipuFormatError, RevokedKeyError
from schemas.event.event_type import EventType
from schemas.exchange_config import ConfigHistory, ConfigView
from schemas.model import LANES, MAX_BUNDLE_BYTES, Cord, Message, Output
from streams.folding.overlay import Get, Overlay, Scan, Step
from streams.intake import bundle_chain, pending_items
from streams.intake.bundle import (
    Bundle,
    EventKeyOrCode,
    SealedItem,
    bundle_outputs,
    receipt,
    reject,
)
from streams.intake.bundle_chain import BundleHashes, CordState
from streams.intake.item import ItemProcessor
from streams.intake.type_registry import TypeRegistry

KeyListId = tuple[Cord, int]
"""Cord and sequence of the bundle that the list is of."""

CORD = b"c"  # state key: CORD + cord
LINK = b"l"  # state key: LINK + cord + 0 + sequence (8 bytes); value: the two hashes of a Link


@dataclass(frozen=True, slots=True)
class DecryptionKeys:
    """What opens sealed content, and the secret under which things get their keys
    (infra.keys.keyring's mechanism keys).
    """

    recipient: str
    private: X25519PrivateKey
    thing_secret: bytes


def required_key_lists(messages: Iterable[Message]) -> dict[KeyListId, int]:
    """Cord and sequence of each readable bundle: the key lists to fetch before `fold`; and how many
    events it holds. Verifies nothing.
    """
    found: dict[KeyListId, int] = {}
    for message in messages:
        try:
            bundle = log_format("bundle").read(read_signed(message.value)["body"])
        except QuipuFormatError:
            continue  # fold tells it as a reject
        found[Cord(**bundle["cord"]), bundle["sequence"]] = len(bundle["events"])
    return found


class IntakeFold:
    """Pure: decides by its arguments alone. One object serves all partitions."""

    def __init__(
        self, generation: int, opening: DecryptionKeys, event_types: Mapping[bytes, EventType]
    ) -> None:
        """`event_types`: the released ones by fingerprint (schemas.event.event_type.released());
        others are compiled from config's text.
        """
        self.generation = generation
        self._opening = opening
        self._types = TypeRegistry(event_types)
        self._items = ItemProcessor(opening.thing_secret, self._types)

    def fold(
        self,
        messages: Sequence[Message],
        get: Get,
        scan: Scan,
        config: ConfigHistory,
        key_lists: Mapping[KeyListId, Message],
    ) -> Step:
        """The step of a batch of one partition's messages, in the order of their offsets.

        `config` must have been read to its end after the last of `messages` was; `key_lists`: what
        was found of `wanted(messages)`.
        """
        overlay = Overlay(get, scan)
        outputs: list[Output] = []
        for message in messages:
            view = config.at(message.appended_at)
            outputs += self._release_due(overlay, config, message.appended_at)
            outputs += self._process_message(message, overlay, view, config, key_lists)
        return Step(overlay.changes, outputs)

    def release_pending(
        self, get: Get, scan: Scan, config: ConfigHistory, heard_until: int
    ) -> Step:
        """Takes in the held items whose schema config knows at `heard_until` (ms since 1970 UTC).

        Call it when the partition is quiet: everything appended before `heard_until` must have been
        folded, so that a rebuild releases them between the same two bundles (`fold` does the same
        by itself before each message).
        """
        overlay = Overlay(get, scan)
        outputs = self._release_due(overlay, config, heard_until)
        return Step(overlay.changes, outputs)

    def _release_due(
        self, overlay: Overlay, config: ConfigHistory, heard_until: int
    ) -> list[Output]:
        """Held items take effect when their schema does, in that order: so they do in a rebuild,
        whenever it comes by.
        """
        since = {
            fingerprint: self._types.known_since(fingerprint, config, heard_until)
            for fingerprint in pending_items.awaited_schemas(overlay)
        }
        known = {fingerprint: moment for fingerprint, moment in since.items() if moment is not None}
        if not known:
            return []
        records = sorted(
            pending_items.pop_ready(overlay, known), key=lambda record: known[record["schema"]]
        )
        outputs: list[Output] = []
        for (effective, _offset), together in groupby(
            records, key=lambda record: (known[record["schema"]], record["bundle"]["offset"])
        ):
            outputs += self._process_pending(list(together), effective, overlay, config)
        return outputs

    def _process_pending(
        self, records: Sequence[Record], effective: int, overlay: Overlay, config: ConfigHistory
    ) -> list[Output]:
        bundle, rows, items = pending_items.bundle_of(records[0], config), list[Record](), []
        for record in records:
            kind = self._types.find(record["schema"], config.at(effective))
            assert kind is not None, "only items whose schema is known are released"  # noqa: S101
            event = log_format("event").read(record["event"])
            sealed = SealedItem(
                record["index"],
                record["event"],
                record["key"] or record["erased"] or record["code"],
            )
            items.append(self._items.process_known(bundle, sealed, event, kind, overlay, rows))
        return bundle_outputs(
            self.generation,
            bundle,
            items,
            rows,
            _cord_state(overlay, bundle.cord).missing_sequences(),
            effective,
        )

    def _process_message(
        self,
        message: Message,
        overlay: Overlay,
        view: ConfigView,
        config: ConfigHistory,
        key_lists: Mapping[KeyListId, Message],
    ) -> list[Output]:
        try:
            body, node = verify_node_message(message.topic, message.partition, message.value, view)
        except RevokedKeyError as error:
            told = self._receipt_for_revoked_key(message, error, view)
            return [*told, reject(self.generation, message, error.code, error.detail, error.node)]
        except QuipuFormatError as error:
            return [reject(self.generation, message, error.code, error.detail)]
        try:
            record = log_format("bundle").read(body)
        except QuipuFormatError as error:
            return [reject(self.generation, message, "BROKEN_FORMAT", error.detail, node.name)]
        cord, sequence = Cord(**record["cord"]), record["sequence"]
        bundle = Bundle(
            message.appended_at,
            message.topic,
            message.partition,
            message.offset,
            cord,
            sequence,
            node,
            view,
        )
        code, detail = _bundle_problem(bundle, len(message.value))
        state = _cord_state(overlay, cord)
        if not code:
            link = BundleHashes(hashlib.sha256(body).digest(), record["previous"])
            code, after = bundle_chain.accept_next(
                state, sequence, link, lambda at: _bundle_hashes(overlay, cord, at)
            )
            detail = f"{cord} {sequence}, heard until {state.last}"
        if code:
            return self._refuse(bundle, message, code, detail, state)
        overlay.put(CORD + str(cord).encode(), bundle_chain.pack_cord(after))
        overlay.put(_hashes_key(cord, sequence), link.hash + link.previous)
        return self._accept(
            bundle, record["events"], after, overlay, config, key_lists.get((cord, sequence))
        )

    def _receipt_for_revoked_key(
        self, message: Message, error: RevokedKeyError, view: ConfigView
    ) -> list[Output]:
        """The receipt by which a node learns that its key was revoked before this bundle came;
        nothing for what is no bundle of its own.
        """
        try:
            record = log_format("bundle").read(error.body)
        except QuipuFormatError:
            return []
        cord, node = Cord(**record["cord"]), view.nodes[error.node]
        at = (message.appended_at, message.topic, message.partition, message.offset)
        bundle = Bundle(*at, cord, record["sequence"], node, view)
        return (
            [receipt(self.generation, bundle, error.code, [], [])] if cord.node == node.name else []
        )

    def _refuse(
        self, bundle: Bundle, message: Message, code: str, detail: str, state: CordState
    ) -> list[Output]:
        """Told to the node (if the cord is its own), and alarmed; a repeat is only told."""
        told = (
            [receipt(self.generation, bundle, code, [], state.missing_sequences())]
            if bundle.cord.node == bundle.node.name
            else []
        )
        alarmed = (
            [reject(self.generation, message, code, detail, bundle.node.name)]
            if code != "REPEAT"
            else []
        )
        return [*told, *alarmed]

    def _accept(
        self,
        bundle: Bundle,
        events: Sequence[bytes],
        state: CordState,
        overlay: Overlay,
        config: ConfigHistory,
        key_list: Message | None,
    ) -> list[Output]:
        keys = self._event_keys(bundle, len(events), key_list, config)
        rows: list[Record] = []
        take = self._items.process
        items = [
            take(bundle, SealedItem(index, data, keys[index]), overlay, rows)
            for index, data in enumerate(events)
        ]
        return bundle_outputs(self.generation, bundle, items, rows, state.missing_sequences())

    def _event_keys(
        self, bundle: Bundle, count: int, key_list: Message | None, config: ConfigHistory
    ) -> Sequence[EventKeyOrCode]:
        """A key for each event; a code where there is none. A list that is not its node's counts as
        missing.
        """
        if key_list is None:
            return ["KEY_MISSING"] * count
        view = config.at(key_list.appended_at)
        try:
            found = open_event_keys(
                key_list.topic,
                key_list.partition,
                key_list.value,
                view,
                self._opening.recipient,
                self._opening.private,
            )
        except CannotOpenError:
            return ["CANNOT_OPEN"] * count
        except QuipuFormatError:
            return ["KEY_MISSING"] * count
        return [*found[:count], *["KEY_MISSING"] * (count - len(found))]


def _bundle_problem(bundle: Bundle, size: int) -> tuple[str, str]:
    """Code and detail of why the bundle may not be written by its node; empty when it may."""
    cord, node = bundle.cord, bundle.node
    if cord.node != node.name:
        return "NOT_OWNER", f"{node.name} wrote on the cord {cord}"
    if cord.lane not in LANES or bundle.sequence < 0:
        return "BROKEN_FORMAT", f"{cord} {bundle.sequence}: no such lane or sequence"
    if not bundle.view.approves(*cord):
        return (
            "EPOCH_NOT_APPROVED",
            f"config does not approve epoch {cord.epoch} of {cord.node}/{cord.lane}",
        )
    if size > MAX_BUNDLE_BYTES:
        return "BUNDLE_TOO_LARGE", f"{size} bytes, at most {MAX_BUNDLE_BYTES}"
    return "", ""


def _cord_state(overlay: Overlay, cord: Cord) -> CordState:
    return bundle_chain.unpack_cord(overlay.get(CORD + str(cord).encode()))


def _hashes_key(cord: Cord, sequence: int) -> bytes:
    return LINK + str(cord).encode() + b"\0" + sequence.to_bytes(8, "big")


def _bundle_hashes(overlay: Overlay, cord: Cord, sequence: int) -> BundleHashes | None:
    value = overlay.get(_hashes_key(cord, sequence))
    return None if value is None else BundleHashes(value[:32], value[32:])
