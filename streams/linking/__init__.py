"""Turn what persons are compared by into links between events (pure).

`comparison_rows` seals what an event says of its persons, one row for each partition of blocking
keys. `LinkFold` compares the persons that meet in a block and writes their links.
"""

from streams.linking.comparison_rows import PERSONS, SealedItemRef, comparison_rows
from streams.linking.link_fold import EventKeys, LinkFold, SealedRef, sealed_refs

__all__ = [
    "PERSONS",
    "EventKeys",
    "LinkFold",
    "SealedItemRef",
    "SealedRef",
    "comparison_rows",
    "sealed_refs",
]
