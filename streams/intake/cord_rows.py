"""Read and write what the state keeps of cords: how far each is known, and its bundles' hashes."""

from schemas.model import Cord
from streams.folding.overlay import Overlay
from streams.intake.bundle_chain import CORD_STATE, BundleHashes, CordState, unpack_cord

CORD = b"c"
"""State key: CORD + cord; value: a CordState."""
HASHES = b"l"
"""State key: HASHES + cord + 0 + sequence (8 bytes); value: the two hashes of a BundleHashes."""
HASH_BYTES = 32


def cord_state(overlay: Overlay, cord: Cord) -> CordState:
    """Read how far a cord is known."""
    return unpack_cord(overlay.get(CORD + str(cord).encode()))


def bundle_hashes(overlay: Overlay, cord: Cord, sequence: int) -> BundleHashes | None:
    """Read the hashes of an accepted bundle; None for a sequence that was not accepted."""
    value = overlay.get(_hashes_key(cord, sequence))
    return None if value is None else BundleHashes(value[:HASH_BYTES], value[HASH_BYTES:])


def put_bundle(
    overlay: Overlay, cord: Cord, sequence: int, hashes: BundleHashes, state: CordState
) -> None:
    """Write an accepted bundle's hashes, and its cord's state with it."""
    overlay.put(CORD + str(cord).encode(), CORD_STATE.pack(state))
    overlay.put(_hashes_key(cord, sequence), hashes.hash + hashes.previous)


def _hashes_key(cord: Cord, sequence: int) -> bytes:
    return HASHES + str(cord).encode() + b"\0" + sequence.to_bytes(8, "big")
