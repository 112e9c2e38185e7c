"""Give the processes of a test run about the same work: what takes longest begins first.

A unit of work is a file of tests; the files that share the pipeline are one unit, so that it runs
once. `tests/seconds.json` records how long a file takes; `make test-seconds` records it again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from xdist.scheduler import LoadFileScheduling

ROOT = Path(__file__).parents[2]
RECORD = ROOT / "tests" / "seconds.json"
PIPELINE = "the pipeline"
RECORDED_FROM_S = 2.0
"""A file that takes less is not recorded: it fills what the others leave."""


class BalancedScheduling(LoadFileScheduling):  # type: ignore[misc]
    """Hand out units of work in the order in which the items are, longest first."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid.split("::", 1)[0])


@cache
def unit_of(file: str) -> str:
    """Name the unit of work of a file, a path from the project's folder."""
    path = ROOT / file
    is_shared = path.exists() and "import Pipeline" in path.read_text(encoding="utf-8")
    return PIPELINE if is_shared else file


@cache
def recorded_seconds() -> Mapping[str, float]:
    """Read how long each recorded file takes."""
    record: dict[str, float] = json.loads(RECORD.read_text(encoding="utf-8"))
    return record


def order_of(files: Mapping[str, str]) -> dict[str, tuple[float, str, str]]:
    """Return what to sort each file by: its unit, longest first, then the file itself.

    `files`: the unit of each file.
    """
    seconds: dict[str, float] = {}
    for file, unit in files.items():
        seconds[unit] = seconds.get(unit, 0.0) + recorded_seconds().get(file, 0.0)
    return {file: (-seconds[unit], unit, file) for file, unit in files.items()}


def write_record(durations: Mapping[str, float]) -> None:
    """Record how long each file took, in seconds."""
    record: dict[str, Any] = {
        file: round(seconds)
        for file, seconds in sorted(durations.items(), key=lambda item: (-item[1], item[0]))
        if seconds >= RECORDED_FROM_S
    }
    RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
