"""Search for cycles of objects rarely, in processes that make very many objects without any."""

from __future__ import annotations

import gc

BATCH_OBJECTS = 50_000
"""How many new objects may live before the interpreter searches for cycles.

A batch of records holds thousands of objects that form no cycle. Python's own 700 cost an import 13
% of its processor time, and a worker 15 %.
"""


def collect_rarely(young_objects: int = BATCH_OBJECTS) -> None:
    """Search after `young_objects` new objects; leave out those that were made before this call.

    For a process of its own, once it has loaded what it needs.
    """
    gc.freeze()
    gc.set_threshold(young_objects, 20, 50)
