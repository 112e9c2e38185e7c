"""Bound how many different labels a node uses: each costs every question about what it is on.

A label is known by the signed event alone, so a rebuild counts as the running generation did,
whatever was erased since. Labels of retractions and erasures have a quota of their own, so that a
node that used up its labels can still take its events back.
"""

from __future__ import annotations

import hashlib

from streams.folding.overlay import Overlay

LABEL = b"L"
"""State key: LABEL + kind (1 byte) + 16 bytes of the hash of node and label; value: empty."""
COUNT = b"n"
"""State key: COUNT + kind + node; value: how many labels (4 bytes)."""
OF_EVENTS, OF_CONTROLS = b"e", b"c"


def has_room(overlay: Overlay, node: str, kind: bytes, label: bytes, most: int) -> bool:
    """Say whether a node may use this label, and count it where it is new.

    `kind`: OF_EVENTS or OF_CONTROLS; `label`: its framed bytes.
    """
    name = node.encode()
    key = LABEL + kind + hashlib.sha256(name + b"\0" + label).digest()[:16]
    if overlay.get(key) is not None:
        return True
    count_key = COUNT + kind + name
    count = int.from_bytes(overlay.get(count_key) or b"", "big")
    if count >= most:
        return False
    overlay.put(key, b"")
    overlay.put(count_key, (count + 1).to_bytes(4, "big"))
    return True
