"""Look at this machine and this data folder: processes with their status, outboxes of nodes."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import psutil

from consumers.health.facts import OutboxStatus, ProcessEnd, ProcessState, Unavailable
from infra import data_folder
from infra.clock import now_ms
from infra.file_lock import is_locked
from infra.outbox_reader import OutboxUnreadableError, open_outbox, outbox_paths
from infra.settings import Settings
from infra.telemetry import status_file
from infra.telemetry.status_file import ProcessStatus
from schemas.i18n import _
from schemas.retention import ReviewStatus, day_of, review_status

OUTBOX_TIMEOUT_S = 1.0


def processes(settings: Settings) -> list[ProcessState] | Unavailable:
    """Return the children of the `quipu up` of this folder, and others that write a status here."""
    statuses = {status.name: status for status in status_file.read_all(settings)}
    children = _children(settings)
    states = [
        replace(
            _process_state(name, child["pid"], child["restarts"], statuses.get(name)),
            ends=[_process_end(end) for end in child.get("ends", ())],
        )
        for name, child in children.items()
    ]
    others = [
        _process_state(status.name, status.pid, 0, status)
        for status in statuses.values()
        if status.name not in children and _is_alive(status.pid)
    ]
    return [*states, *others] or Unavailable(
        _("nothing of Quipu runs here for this data folder"),
    )


def _children(settings: Settings) -> Mapping[str, Mapping[str, Any]]:
    if not is_locked(settings.run_dir / "lock"):
        return {}
    children = data_folder.read_run_state(settings).get("children")
    return children if isinstance(children, Mapping) else {}


def _process_end(end: Mapping[str, Any]) -> ProcessEnd:
    return ProcessEnd(int(end["at"] * 1000), end["cause"], end["code"], end["recovered_s"])


def _process_state(
    name: str, pid: int | None, restarts: int, status: ProcessStatus | None
) -> ProcessState:
    own = status if status is not None and status.pid == pid else None
    alive = _is_alive(pid)
    up_s, rss = _usage(pid) if alive and pid is not None else (None, None)
    return ProcessState(
        name=name,
        pid=pid,
        alive=alive,
        restarts=restarts,
        up_s=up_s,
        rss=rss,
        silent_s=own.silent_s if own else None,
        still_s=own.stalled_s if own else 0.0,
        figures=own.values if own else {},
    )


def _is_alive(pid: int | None) -> bool:
    if pid is None or not psutil.pid_exists(pid):
        return False
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _usage(pid: int) -> tuple[float | None, int | None]:
    """Return seconds since its start, and bytes of memory; None where it has just ended."""
    try:
        process = psutil.Process(pid)
        return time.time() - process.create_time(), process.memory_info().rss
    except psutil.NoSuchProcess:
        return None, None


def outboxes(settings: Settings) -> dict[str, OutboxStatus | Unavailable]:
    """Return how the outboxes of this data folder are, by node."""
    return {node: _outbox_status(path) for node, path in outbox_paths(settings).items()}


def _outbox_status(path: Path) -> OutboxStatus | Unavailable:
    try:
        with open_outbox(path, OUTBOX_TIMEOUT_S) as outbox:
            states, erasing = outbox.bundle_states(), outbox.unfinished_erasures()
            remembered, due = outbox.remembered_checkpoints(), outbox.review_days()
    except OutboxUnreadableError as error:
        return Unavailable(f"{path.name}: {error.__cause__}")
    unsent, unsent_since = states.get("sealed", (0, None))
    unanswered, unanswered_since = states.get("sent", (0, None))
    refused, _since = states.get("refused", (0, None))
    reviews = _reviews(due, day_of(now_ms()))
    return OutboxStatus(
        unsent=unsent,
        unsent_since_at=unsent_since,
        unanswered=unanswered,
        unanswered_since_at=unanswered_since,
        refused=refused,
        erasing=erasing,
        contradictions=[tree.origin for tree in remembered if tree.contradiction],
        overdue=reviews[ReviewStatus.OVERDUE],
        soon=reviews[ReviewStatus.SOON],
    )


def _reviews(due: Mapping[date, int], today: date) -> Counter[ReviewStatus]:
    """Count what a node noted by where it stands today."""
    counts: Counter[ReviewStatus] = Counter()
    for day, count in due.items():
        counts[review_status(day, today)] += count
    return counts
