"""Check whether a node may write a bundle, and whether the bundle fits its cord."""

from typing import NamedTuple

from schemas.avro.log_records import BundleRecord
from schemas.bounds import MAX_BUNDLE_BYTES, MAX_ENVELOPE_TEXT, MAX_EVENTS_PER_BUNDLE
from schemas.exchange_config import ConfigView, Node
from schemas.model import LANES, Cord, Message
from streams.folding.overlay import Overlay
from streams.intake.bundle import Bundle
from streams.intake.bundle_chain import BundleHashes, CordState, accept_next
from streams.intake.cord_rows import bundle_hashes


class BundleSizes(NamedTuple):
    """The size of a bundle's message in bytes, and how many events it holds."""

    size: int
    events: int


def bundle_of_record(
    message: Message, record: BundleRecord, node: Node, view: ConfigView
) -> Bundle:
    """Describe the bundle of a message whose signature is good."""
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


def accept_on_cord(
    bundle: Bundle, sizes: BundleSizes, hashes: BundleHashes, state: CordState, overlay: Overlay
) -> tuple[str, str, CordState]:
    """Say why a bundle is refused (code, detail; no code where it is not), and its cord then."""
    code, detail = _bundle_problem(bundle, sizes)
    if code:
        return code, detail, state
    code, after = accept_next(
        state,
        bundle.sequence,
        hashes,
        lambda sequence: bundle_hashes(overlay, bundle.cord, sequence),
    )
    return code, f"{bundle.cord} {bundle.sequence}, heard until {state.last}", after


def _bundle_problem(bundle: Bundle, sizes: BundleSizes) -> tuple[str, str]:
    """Say why its node may not write the bundle: code and detail, empty where it may."""
    cord, node = bundle.cord, bundle.node
    if cord.node != node.name:
        return "NOT_OWNER", f"{node.name} wrote on the cord {cord}"
    if cord.lane not in LANES or bundle.sequence < 0:
        return "BROKEN_FORMAT", f"{cord} {bundle.sequence}: no such lane or sequence"
    if not bundle.view.approves(*cord):
        epoch = f"epoch {cord.epoch} of {cord.node}/{cord.lane}"
        return "EPOCH_NOT_APPROVED", f"config does not approve {epoch}"
    if sizes.size > MAX_BUNDLE_BYTES:
        return "BUNDLE_TOO_LARGE", f"{sizes.size} bytes, at most {MAX_BUNDLE_BYTES}"
    if sizes.events > MAX_EVENTS_PER_BUNDLE:
        return "TOO_MANY_EVENTS", f"{sizes.events} events, at most {MAX_EVENTS_PER_BUNDLE}"
    return "", ""


def has_own_cord(bundle: Bundle) -> bool:
    """Say whether the bundle names a cord of its node: only then the node gets a receipt."""
    return bundle.cord.node == bundle.node.name and len(bundle.cord.lane) <= MAX_ENVELOPE_TEXT
