"""Ask the sink to read partitions again: a small file in the run folder, taken by the sink."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from infra.data_folder import write_atomically
from infra.settings import Settings

REQUEST_FILE = "sink.reread.json"


def request_reread(
    settings: Settings, positions: Iterable[tuple[str, int, int]]
) -> dict[str, dict[str, int]]:
    """Ask the sink of this data folder to read each partition again from its lowest position.

    `positions`: topic, partition, offset. Returns the offset to begin at, by topic and partition.
    """
    request: dict[str, dict[str, int]] = {}
    for topic, partition, offset in positions:
        starts = request.setdefault(topic, {})
        starts[str(partition)] = min(offset, starts.get(str(partition), offset))
    write_atomically(settings.run_dir / REQUEST_FILE, json.dumps(request) + "\n")
    return request


def read_request(settings: Settings) -> dict[tuple[str, int], int]:
    """Return the requested offset by (topic, partition); empty where nothing is requested.

    The request stays until `clear_request`.
    """
    path = settings.run_dir / REQUEST_FILE
    if not path.exists():
        return {}
    request: Any = json.loads(path.read_text(encoding="utf-8"))
    return {
        (topic, int(partition)): offset
        for topic, starts in request.items()
        for partition, offset in starts.items()
    }


def clear_request(settings: Settings) -> None:
    """Remove the request, once the group's committed offsets are the requested ones.

    From then on the partitions are read again however the sink ends.
    """
    (settings.run_dir / REQUEST_FILE).unlink(missing_ok=True)
