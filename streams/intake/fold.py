"""Fold the bundles of one partition into verdicts, observations, receipts, rejects and state."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from schemas.avro.codec import log_format
from schemas.avro.log_records import AcceptedItemRecord
from schemas.bounds import observation_share
from schemas.crypto.node_messages import PrivateKeys, open_event_keys, verify_signed
from schemas.errors import CannotOpenError, QuipuFormatError, RevokedKeyError
from schemas.event.event_type import EventType
from schemas.exchange_config import ConfigHistory, ConfigView
from schemas.model import Message, Output, form_of
from streams.folding.outputs import reject
from streams.folding.overlay import Get, Overlay, Scan, Step
from streams.folding.slices import Slice, SlicedWork, merge_slices
from streams.intake.bundle import (
    Bundle,
    BundleResult,
    EventKeyOrCode,
    SealedItem,
    bundle_outputs,
    observation_outputs,
    receipt,
)
from streams.intake.bundle_chain import BundleHashes, CordState
from streams.intake.bundle_checks import (
    BundleSizes,
    accept_on_cord,
    bundle_of_record,
    has_own_cord,
)
from streams.intake.cord_rows import cord_state, put_bundle
from streams.intake.item import ItemEffects, ItemProcessor, work_units
from streams.intake.parsed_bundle import KeyListId, ParsedBundle
from streams.intake.pending_items import (
    OFFSET_BYTES,
    PendingItem,
    awaited_schemas,
    bundle_of,
    forget_awaited,
    pending_places,
    pop_pending,
)
from streams.intake.type_registry import TypeRegistry

ROWS_AHEAD = 2_000
"""Observations of a bundle that go ahead of its verdicts: to write more at once takes long."""


@dataclass(frozen=True, slots=True)
class DecryptionKeys:
    """What opens sealed content, and the secret from which things get their keys.

    These are keys of the mechanism (`infra.keys.keyring`).
    """

    recipient: str
    private_keys: PrivateKeys
    thing_secret: bytes


@dataclass(frozen=True, slots=True)
class IntakeInputs:
    """What bundles are folded with: config, and the key lists that were found for them."""

    config: ConfigHistory
    key_lists: Mapping[KeyListId, Message]


class _Batch(NamedTuple):
    """The fold of one batch: the state as it will be, the work so far, and the inputs."""

    overlay: Overlay
    work: SlicedWork
    inputs: IntakeInputs


class _AdmittedBundle(NamedTuple):
    """A bundle that was put on its cord, its events, and the state of its cord then."""

    bundle: Bundle
    events: Sequence[bytes]
    state: CordState


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
        self._items = ItemProcessor(keys.thing_secret, self._types, form_of(generation))

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
        return merge_slices(self.fold_slices(bundles, IntakeInputs(config, key_lists), get, scan))

    def fold_slices(
        self, bundles: Sequence[ParsedBundle], inputs: IntakeInputs, get: Get, scan: Scan
    ) -> Iterator[Slice]:
        """Compute what `fold` computes, in slices."""
        overlay = Overlay(get, scan)
        batch = _Batch(overlay, SlicedWork(overlay), inputs)
        for number, parsed in enumerate(bundles):
            yield from self._release_due(batch, parsed.message.appended_at, number)
            yield from self._process_message(parsed, batch)
            yield from batch.work.complete(number + 1)
        yield batch.work.hand_over()

    def release_pending(
        self, get: Get, scan: Scan, config: ConfigHistory, heard_until: int
    ) -> Step:
        """Process the pending items whose schema config knows at `heard_until` (ms since 1970 UTC).

        Call it while the partition is idle: everything appended before `heard_until` must have been
        folded, so that a rebuild releases them between the same two bundles (`fold` does the same
        by itself before each message).
        """
        return merge_slices(self.release_slices(get, scan, config, heard_until))

    def release_slices(
        self, get: Get, scan: Scan, config: ConfigHistory, heard_until: int
    ) -> Iterator[Slice]:
        """Compute what `release_pending` computes, in slices."""
        overlay = Overlay(get, scan)
        batch = _Batch(overlay, SlicedWork(overlay), IntakeInputs(config, {}))
        yield from self._release_due(batch, heard_until, 0)
        yield batch.work.hand_over()

    def _release_due(self, batch: _Batch, heard_until: int, messages: int) -> Iterator[Slice]:
        """Process pending items in the order in which their schemas took effect.

        So a rebuild releases them in the same order, whenever it comes by. The items of one bundle
        are taken out and processed together. `messages`: how many of the batch are complete.
        """
        since: dict[bytes, int] = {}
        for schema in awaited_schemas(batch.overlay):
            moment = self._types.known_since(schema, batch.inputs.config, heard_until)
            if moment is not None:
                since[schema] = moment
        if not since:
            return
        places = sorted(
            (since[schema], place) for place, schema in pending_places(batch.overlay, since)
        )
        for (effective, _offset), group in groupby(
            places, key=lambda timed: (timed[0], timed[1][:OFFSET_BYTES])
        ):
            items = pop_pending(batch.overlay, [place for _, place in group])
            yield from self._process_pending(items, effective, batch)
            yield from batch.work.complete(messages)
        forget_awaited(batch.overlay, since)

    def _process_pending(
        self, items: Sequence[PendingItem], effective: int, batch: _Batch
    ) -> Iterator[Slice]:
        """Process items of one bundle whose schema is known since `effective` (ms, 1970 UTC)."""
        config = batch.inputs.config
        bundle, view = bundle_of(items[0], config), config.at(effective)
        effects = ItemEffects(bundle, batch.overlay, [], items[0].share)
        verdicts: list[AcceptedItemRecord] = []
        for pending in items:
            event_type = self._types.find(pending.schema, view)
            assert event_type is not None, "only items whose schema is known are popped"  # noqa: S101
            event = log_format("event").read(pending.event)
            item, before = pending.sealed_item(), len(effects.observations)
            verdicts.append(self._items.process_known(item, event, event_type, effects))
            new = len(effects.observations) - before
            if batch.work.count(work_units(len(item.data), new)):
                yield self._turn(effects, batch, effective)
        missing = cord_state(batch.overlay, bundle.cord).missing_sequences()
        result = BundleResult(verdicts, effects.observations, missing, effective)
        batch.work.add(bundle_outputs(self.generation, bundle, result))

    def _process_message(self, parsed: ParsedBundle, batch: _Batch) -> Iterator[Slice]:
        """Verify a message and accept its bundle; else say why not, to its node too."""
        admitted = self._admit(parsed, batch)
        if isinstance(admitted, list):
            batch.work.add(admitted)
        else:
            yield from self._accept(admitted, batch)

    def _admit(self, parsed: ParsedBundle, batch: _Batch) -> _AdmittedBundle | list[Output]:
        """Verify a message and put its bundle on its cord; else give the outputs that say why not.

        A bundle of a revoked key or on no cord of its node changes nothing.
        """
        message, view = parsed.message, batch.inputs.config.at(parsed.message.appended_at)
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
        bundle = bundle_of_record(message, parsed.record, node, view)
        state = cord_state(batch.overlay, bundle.cord)
        hashes = BundleHashes(hashlib.sha256(body).digest(), parsed.record["previous"])
        sizes = BundleSizes(len(message.value), parsed.events)
        code, detail, after = accept_on_cord(bundle, sizes, hashes, state, batch.overlay)
        if code:
            return self._refuse(bundle, message, code, detail, state)
        put_bundle(batch.overlay, bundle.cord, bundle.sequence, hashes, after)
        return _AdmittedBundle(bundle, parsed.record["events"], after)

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
        bundle = bundle_of_record(parsed.message, parsed.record, view.nodes[error.node], view)
        if not has_own_cord(bundle):
            return []
        return [receipt(self.generation, bundle, error.code, [], [])]

    def _refuse(
        self, bundle: Bundle, message: Message, code: str, detail: str, state: CordState
    ) -> list[Output]:
        """Tell the node, if the cord is its own, and report a reject, except for a repeat."""
        outputs: list[Output] = []
        if has_own_cord(bundle):
            outputs.append(receipt(self.generation, bundle, code, [], state.missing_sequences()))
        if code != "REPEAT":
            outputs.append(reject(self.generation, message, code, detail, bundle.node.name))
        return outputs

    def _accept(self, admitted: _AdmittedBundle, batch: _Batch) -> Iterator[Slice]:
        """Process the items of a bundle that fits its cord."""
        bundle, events, state = admitted
        key_list = batch.inputs.key_lists.get((bundle.cord, bundle.sequence))
        keys = self._event_keys(len(events), key_list, batch.inputs.config)
        effects = ItemEffects(bundle, batch.overlay, [], observation_share(len(events)))
        process, count, verdicts = self._items.process, batch.work.count, []
        for index, (data, key) in enumerate(zip(events, keys, strict=True)):
            before = len(effects.observations)
            verdicts.append(process(SealedItem(index, data, key), effects))
            if count(work_units(len(data), len(effects.observations) - before)):
                yield self._turn(effects, batch)
        missing = state.missing_sequences()
        result = BundleResult(verdicts, effects.observations, missing)
        batch.work.add(bundle_outputs(self.generation, bundle, result))

    def _turn(self, effects: ItemEffects, batch: _Batch, effective: int | None = None) -> Slice:
        """Let others have their turn; observations that are many go ahead of the verdicts."""
        if len(effects.observations) >= ROWS_AHEAD:
            position = effects.bundle.position(effective)
            rows = effects.take_observations()
            batch.work.add(observation_outputs(self.generation, position, rows))
        return batch.work.turn()

    def _event_keys(
        self, count: int, key_list: Message | None, config: ConfigHistory
    ) -> Sequence[EventKeyOrCode]:
        """Open a key for each event; a code where there is none.

        A list that another node signed counts as missing.
        """
        if key_list is None:
            return ["KEY_MISSING"] * count
        try:
            keys = open_event_keys(key_list, config, self._keys.recipient, self._keys.private_keys)
        except CannotOpenError:
            return ["CANNOT_OPEN"] * count
        except QuipuFormatError:
            return ["KEY_MISSING"] * count
        return [*keys[:count], *["KEY_MISSING"] * (count - len(keys))]
