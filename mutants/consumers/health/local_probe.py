"""What this machine and this data folder know of the line: processes and their figures, outboxes of
nodes.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import psutil

from consumers.health.facts import OutboxStatus, ProcessState, Unavailable
from infra import data_folder
from infra.file_lock import is_locked
from infra.settings import Settings
from infra.telemetry import status_file
from infra.telemetry.status_file import ProcessStatus

BUNDLES = "SELECT state, count(*), min(sealed_at) FROM bundles WHERE state IN ('sealed', 'sent', 'refused') GROUP BY state"
ERASING = "SELECT count(*) FROM erasures WHERE stage <> 'done'"
GIVE_UP_AFTER_S = 1.0


def processes(settings: Settings) -> list[ProcessState] | Unavailable:
    """The children of the `quipu up` of this folder, and beside them whoever tells figures here."""
    told = {one.name: one for one in status_file.read_all(settings)}
    up = (
        data_folder.read_run_state(settings).get("children")
        if is_locked(settings.run_dir / "lock")
        else None
    )
    children = up if isinstance(up, Mapping) else {}
    found = [
        _process(name, child["pid"], child["restarts"], told.get(name))
        for name, child in children.items()
    ]
    beside = [
        _process(one.name, one.pid, 0, one)
        for one in told.values()
        if one.name not in children and _alive(one.pid)
    ]
    return [*found, *beside] or Unavailable(
        "nothing of Quipu runs here for this data folder",
        "nada de Quipu corre aquí para esta carpeta de datos",
    )


def _process(name: str, pid: int | None, restarts: int, told: ProcessStatus | None) -> ProcessState:
    own = told if told is not None and told.pid == pid else None
    alive = _alive(pid)
    up_s, rss = _of_system(pid) if alive and pid is not None else (None, None)
    silent, still = (own.silent_s, own.stalled_s) if own else (None, 0.0)
    return ProcessState(
        name, pid, alive, restarts, up_s, rss, silent, still, own.values if own else {}
    )


def _alive(pid: int | None) -> bool:
    if pid is None or not psutil.pid_exists(pid):
        return False
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _of_system(pid: int) -> tuple[float | None, int | None]:
    """Seconds since its start, and bytes of memory; None where it has just ended."""
    try:
        process = psutil.Process(pid)
        return time.time() - process.create_time(), process.memory_info().rss
    except psutil.NoSuchProcess:
        return None, None


def outboxes(settings: Settings) -> dict[str, OutboxStatus | Unavailable]:
    """By node, those of this data folder; only read."""
    return {
        path.parent.name: _outbox(path)
        for path in sorted((settings.home / "nodes").glob("*/outbox.db"))
    }


def _outbox(path: Path) -> OutboxStatus | Unavailable:
    try:
        with closing(
            sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=GIVE_UP_AFTER_S)
        ) as database:
            states = {state: (count, since) for state, count, since in database.execute(BUNDLES)}
            erasing = int(database.execute(ERASING).fetchone()[0])
    except sqlite3.Error as error:
        return Unavailable(f"{path.name}: {error}")
    unsent, unanswered = states.get("sealed", (0, None)), states.get("sent", (0, None))
    return OutboxStatus(*unsent, *unanswered, states.get("refused", (0, None))[0], erasing)
