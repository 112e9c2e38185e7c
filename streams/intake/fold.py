"""Fold the bundles of one partition into verdicts, observations, receipts, rejects and state."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from schemas.avro.codec import log_format
from schemas.avro.log_records import BundleRecord
from schemas.crypto.node_messages import open_event_keys, verify_signed
from schemas.errors import CannotOpenError, QuipuFormatError, RevokedKeyError
from schemas.event.event_type import EventType
from schemas.exchange_config import ConfigHistory, ConfigView, Node
from schemas.model import LANES, MAX_BUNDLE_BYTES, Cord, Message, Output
from streams.folding.outputs import reject
from streams.folding.overlay import Get, Overlay, Scan, Step
from streams.intake.bundle import (
    Bundle,
    BundleResult,
    EventKeyOrCode,
    SealedItem,
    bundle_outputs,
    receipt,
)
from streams.intake.bundle_chain import BundleHashes, CordState, accept_next
from streams.intake.cord_rows import bundle_hashes, cord_state, put_bundle
from streams.intake.item import ItemEffects, ItemProcessor
from streams.intake.parsed_bundle import KeyListId, ParsedBundle
from streams.intake.pending_items import PendingItem, awaited_schemas, bundle_of, pop_ready
from streams.intake.type_registry import TypeRegistry


@dataclass(frozen=True, slots=True)
class DecryptionKeys:
    """What opens sealed content, and the secret from which things get their keys.

    These are keys of the mechanism (`infra.keys.keyring`).
    """

    recipient: str
    private: X25519PrivateKey
    thing_secret: bytes


class IntakeFold:
    """Decides by its arguments alone. One object serves all partitions."""

    def __init__(
        self, generation: int, keys: DecryptionKeys, event_types: Mapping[bytes, EventType]
    ) -> None:
        """Prepare for one generation of derived topics.

        `event_types`: the types of this release by fingerprint
        (`schemas.event.event_type.released_types`); others are compiled from config's text.
        """
        self.generation = generation
        self._keys = keys
        self._types = TypeRegistry(event_types)
        self._items = ItemProcessor(keys.thing_secret, self._types)

    def fold(
        self,
        bundles: Sequence[ParsedBundle],
        get: Get,
        scan: Scan,
        config: ConfigHistory,
        key_lists: Mapping[KeyListId, Message],
    ) -> Step:
        """Compute the step of a batch of one partition's bundles, in the order of their offsets.

        `config` must have been read to its end after the last of them was; `key_lists`: what was
        found of their `key_list_id`.
        """
        overlay = Overlay(get, scan)
        outputs: list[Output] = []
        for parsed in bundles:
            outputs += self._release_due(overlay, config, parsed.message.appended_at)
            outputs += self._process_message(parsed, overlay, config, key_lists)
        return Step(overlay.changes, outputs)

    def release_pending(
        self, get: Get, scan: Scan, config: ConfigHistory, heard_until: int
    ) -> Step:
        """Process the pending items whose schema config knows at `heard_until` (ms since 1970 UTC).

        Call it while the partition is idle: everything appended before `heard_until` must have been
        folded, so that a rebuild releases them between the same two bundles (`fold` does the same
        by itself before each message).
        """
        overlay = Overlay(get, scan)
        outputs = self._release_due(overlay, config, heard_until)
        return Step(overlay.changes, outputs)

    def _release_due(
        self, overlay: Overlay, config: ConfigHistory, heard_until: int
    ) -> list[Output]:
        """Process pending items in the order in which their schemas took effect.

        So a rebuild releases them in the same order, whenever it comes by.
        """
        since: dict[bytes, int] = {}
        for schema in awaited_schemas(overlay):
            moment = self._types.known_since(schema, config, heard_until)
            if moment is not None:
                since[schema] = moment
        if not since:
            return []
        ready = sorted(pop_ready(overlay, since), key=lambda pending: since[pending.schema])
        outputs: list[Output] = []
        for (effective, _offset), group in groupby(
            ready, key=lambda pending: (since[pending.schema], pending.offset)
        ):
            outputs += self._process_pending(list(group), effective, overlay, config)
        return outputs

    def _process_pending(
        self,
        items: Sequence[PendingItem],
        effective: int,
        overlay: Overlay,
        config: ConfigHistory,
    ) -> list[Output]:
        """Process items of one bundle whose schema is known since `effective` (ms, 1970 UTC)."""
        bundle, view = bundle_of(items[0], config), config.at(effective)
        effects, verdicts = ItemEffects(bundle, overlay, []), []
        for pending in items:
            event_type = self._types.find(pending.schema, view)
            assert event_type is not None, "only items whose schema is known are popped"  # noqa: S101
            event = log_format("event").read(pending.event)
            item = pending.sealed_item()
            verdicts.append(self._items.process_known(item, event, event_type, effects))
        missing = cord_state(overlay, bundle.cord).missing_sequences()
        result = BundleResult(verdicts, effects.observations, missing, effective)
        return bundle_outputs(self.generation, bundle, result)

    def _process_message(
        self,
        parsed: ParsedBundle,
        overlay: Overlay,
        config: ConfigHistory,
        key_lists: Mapping[KeyListId, Message],
    ) -> list[Output]:
        """Verify a message and accept its bundle; else say why not, to its node too."""
        message = parsed.message
        view = config.at(message.appended_at)
        if parsed.signed is None:
            return [self._reject_undecodable(parsed)]
        try:
            body, node = verify_signed(message.topic, message.partition, parsed.signed, view)
        except RevokedKeyError as error:
            receipts = self._receipt_for_revoked_key(parsed, error, view)
            rejection = reject(self.generation, message, error.code, error.detail, error.node)
            return [*receipts, rejection]
        except QuipuFormatError as error:
            return [reject(self.generation, message, error.code, error.detail)]
        if parsed.record is None:
            return [self._reject_undecodable(parsed, node.name)]
        bundle = _bundle(message, parsed.record, node, view)
        state = cord_state(overlay, bundle.cord)
        hashes = BundleHashes(hashlib.sha256(body).digest(), parsed.record["previous"])
        code, detail, after = _accept_on_cord(bundle, len(message.value), hashes, state, overlay)
        if code:
            return self._refuse(bundle, message, code, detail, state)
        put_bundle(overlay, bundle.cord, bundle.sequence, hashes, after)
        key_list = key_lists.get((bundle.cord, bundle.sequence))
        keys = self._event_keys(parsed.events, key_list, config)
        return self._accept(bundle, parsed.record["events"], keys, after, overlay)

    def _reject_undecodable(self, parsed: ParsedBundle, node: str | None = None) -> Output:
        """Reject a message or, where `node` has signed it, the body of one."""
        problem = parsed.problem
        assert problem is not None, "what was not decoded has a problem"  # noqa: S101
        code = problem.code if node is None else "BROKEN_FORMAT"
        return reject(self.generation, parsed.message, code, problem.detail, node)

    def _receipt_for_revoked_key(
        self, parsed: ParsedBundle, error: RevokedKeyError, view: ConfigView
    ) -> list[Output]:
        """Tell a node that its key was revoked before this bundle of its own came."""
        if parsed.record is None:
            return []
        bundle = _bundle(parsed.message, parsed.record, view.nodes[error.node], view)
        if bundle.cord.node != bundle.node.name:
            return []
        return [receipt(self.generation, bundle, error.code, [], [])]

    def _refuse(
        self, bundle: Bundle, message: Message, code: str, detail: str, state: CordState
    ) -> list[Output]:
        """Tell the node, if the cord is its own, and report a reject, except for a repeat."""
        outputs: list[Output] = []
        if bundle.cord.node == bundle.node.name:
            outputs.append(receipt(self.generation, bundle, code, [], state.missing_sequences()))
        if code != "REPEAT":
            outputs.append(reject(self.generation, message, code, detail, bundle.node.name))
        return outputs

    def _accept(
        self,
        bundle: Bundle,
        events: Sequence[bytes],
        keys: Sequence[EventKeyOrCode],
        state: CordState,
        overlay: Overlay,
    ) -> list[Output]:
        """Process the items of a bundle that fits its cord."""
        effects = ItemEffects(bundle, overlay, [])
        process = self._items.process
        verdicts = [
            process(SealedItem(index, data, key), effects)
            for index, (data, key) in enumerate(zip(events, keys, strict=True))
        ]
        missing = state.missing_sequences()
        result = BundleResult(verdicts, effects.observations, missing)
        return bundle_outputs(self.generation, bundle, result)

    def _event_keys(
        self, count: int, key_list: Message | None, config: ConfigHistory
    ) -> Sequence[EventKeyOrCode]:
        """Open a key for each event; a code where there is none.

        A list that another node signed counts as missing.
        """
        if key_list is None:
            return ["KEY_MISSING"] * count
        view = config.at(key_list.appended_at)
        try:
            keys = open_event_keys(
                key_list.topic,
                key_list.partition,
                key_list.value,
                view,
                self._keys.recipient,
                self._keys.private,
            )
        except CannotOpenError:
            return ["CANNOT_OPEN"] * count
        except QuipuFormatError:
            return ["KEY_MISSING"] * count
        return [*keys[:count], *["KEY_MISSING"] * (count - len(keys))]


def _bundle(message: Message, record: BundleRecord, node: Node, view: ConfigView) -> Bundle:
    return Bundle(
        appended_at=message.appended_at,
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        cord=Cord(**record["cord"]),
        sequence=record["sequence"],
        node=node,
        view=view,
    )


def _accept_on_cord(
    bundle: Bundle, size: int, hashes: BundleHashes, state: CordState, overlay: Overlay
) -> tuple[str, str, CordState]:
    """Say why a bundle is refused (code and detail, the code empty where it is not), and its cord.

    `size`: of the message, in bytes.
    """
    code, detail = _bundle_problem(bundle, size)
    if code:
        return code, detail, state
    code, after = accept_next(
        state,
        bundle.sequence,
        hashes,
        lambda sequence: bundle_hashes(overlay, bundle.cord, sequence),
    )
    return code, f"{bundle.cord} {bundle.sequence}, heard until {state.last}", after


def _bundle_problem(bundle: Bundle, size: int) -> tuple[str, str]:
    """Say why its node may not write the bundle: code and detail, empty where it may."""
    cord, node = bundle.cord, bundle.node
    if cord.node != node.name:
        return "NOT_OWNER", f"{node.name} wrote on the cord {cord}"
    if cord.lane not in LANES or bundle.sequence < 0:
        return "BROKEN_FORMAT", f"{cord} {bundle.sequence}: no such lane or sequence"
    if not bundle.view.approves(*cord):
        epoch = f"epoch {cord.epoch} of {cord.node}/{cord.lane}"
        return "EPOCH_NOT_APPROVED", f"config does not approve {epoch}"
    if size > MAX_BUNDLE_BYTES:
        return "BUNDLE_TOO_LARGE", f"{size} bytes, at most {MAX_BUNDLE_BYTES}"
    return "", ""
