"""Give the processes of a test run about the same work: what takes longest begins first.

A unit of work is a file of tests. The files that share a pipeline are few units, so that it is
seldom founded, and none of them takes longer than the rest of a run. `tests/seconds.json` records
how long a file takes; `make test-seconds` records it again.
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
PIPELINES = 3
"""Units of the files that share a pipeline."""
BROWSER = "tests/browser/"
"""The folder whose files share an exchange and a browser: one unit."""
SHARES = ("tests.support.pipeline_harness import", "pipeline: Pipeline")
"""What the files that use the fixture contain."""
RECORDED_FROM_S = 2.0
"""A file that takes less is not recorded: it fills what the others leave."""


class BalancedScheduling(LoadFileScheduling):  # type: ignore[misc]
    """Hand out units of work in the order in which the items are, longest first."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid.split("::", 1)[0])


@cache
def unit_of(file: str) -> str:
    """Name the unit of work of a file, a path from the project's folder."""
    return BROWSER if file.startswith(BROWSER) else _pipeline_units().get(file, file)


@cache
def _pipeline_units() -> Mapping[str, str]:
    """Give each file that uses a pipeline to the unit that has the least to do, longest first."""
    files = {
        str(path.relative_to(ROOT)): recorded_seconds().get(str(path.relative_to(ROOT)), 0.0)
        for path in (ROOT / "tests").rglob("test_*.py")
        if all(words in path.read_text(encoding="utf-8") for words in SHARES)
    }
    loads = {f"pipeline {number}": 0.0 for number in range(1, PIPELINES + 1)}
    units: dict[str, str] = {}
    for file, seconds in sorted(files.items(), key=lambda item: (-item[1], item[0])):
        units[file] = min(loads, key=lambda name: (loads[name], name))
        loads[units[file]] += seconds
    return units


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
