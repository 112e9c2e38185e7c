"""Write and read the status of a long-running process: one small file, written each second.

The file is in the run folder. It is not a port of its own: a process that is stopped or stuck could
not answer there, while its last file stays and shows its age. So the same file is the process's
sign of life (the supervisor watches it), and what `quipu health` and `/metrics` read, in a
millisecond.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psutil

from infra.data_folder import write_atomically
from infra.settings import Settings

EVERY_S = 1.0
ENDING = ".figures.json"


@dataclass(frozen=True)
class ProcessStatus:
    """Hold what a process wrote last.

    `at`: when it was written, s since 1970 UTC. `written_at`, `progressed_at`: on the machine's
    monotonic clock (no step of the clock changes them), when it was written and when the process
    last progressed, or had nothing to do. `values`: the process's own, JSON.
    """

    name: str
    pid: int
    at: float
    written_at: float
    progressed_at: float
    rss: int
    values: Mapping[str, Any]

    @property
    def silent_s(self) -> float:
        """Return the seconds since it was written."""
        return time.monotonic() - self.written_at

    @property
    def stalled_s(self) -> float:
        """Return the seconds, as of its writing, for which work waited and nothing moved."""
        return self.written_at - self.progressed_at


def write(settings: Settings, name: str, progressed_at: float, values: Mapping[str, Any]) -> None:
    """Write the status of this process. `progressed_at`: of `time.monotonic()`."""
    content = {
        "pid": os.getpid(),
        "at": time.time(),
        "beat": time.monotonic(),
        "moved": progressed_at,
    }
    rss = psutil.Process().memory_info().rss
    write_atomically(
        settings.run_dir / f"{name}{ENDING}",
        json.dumps({**content, "rss": rss, "values": values}) + "\n",
    )


def read(settings: Settings, name: str) -> ProcessStatus | None:
    """Return the last status of the process; None if there never was one."""
    try:
        content = json.loads((settings.run_dir / f"{name}{ENDING}").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return ProcessStatus(
        name,
        content["pid"],
        content["at"],
        content["beat"],
        content["moved"],
        content["rss"],
        content["values"],
    )


def read_all(settings: Settings) -> list[ProcessStatus]:
    """Return the status of all processes that ever ran for this folder, by name."""
    names = sorted(path.name.removesuffix(ENDING) for path in settings.run_dir.glob(f"*{ENDING}"))
    return [
        process_status for name in names if (process_status := read(settings, name)) is not None
    ]


def remove(settings: Settings, name: str) -> None:
    """Remove the file of a former process."""
    (settings.run_dir / f"{name}{ENDING}").unlink(missing_ok=True)
