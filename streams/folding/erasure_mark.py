"""Remember that rows were erased, until the segment of the log that has them can be compacted."""

from streams.folding.overlay import Overlay

MARK = b"r"
"""State key; value: when the last rows were erased, ms since 1970 UTC (8 bytes)."""
ROLL_MS = 61_000
"""The `segment.ms` of the topics of rows that can be erased, and a second."""
ROLL_KEY = b"roll"
"""Key of a message without value that only makes Kafka begin another segment."""


def mark_erasure(overlay: Overlay, moment: int) -> None:
    """Note that rows were erased at a moment of the log (ms since 1970 UTC)."""
    overlay.put(MARK, moment.to_bytes(8, "big"))


def take_due_mark(overlay: Overlay, now: int) -> bool:
    """Say whether rows were erased so long ago that their segment may end, and forget it."""
    value = overlay.get(MARK)
    if value is None or now < int.from_bytes(value, "big") + ROLL_MS:
        return False
    overlay.put(MARK, None)
    return True
