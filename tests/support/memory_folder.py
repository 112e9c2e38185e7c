"""Keep the folders of tests in memory, where there is enough: a write that must last waits for no
disk there. Outbox, accounts and config wait for the disk at every step.
"""

from __future__ import annotations

import os
from pathlib import Path

import psutil

MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a private folder there
ROOT = "PYTEST_DEBUG_TEMPROOT"
"""The variable by which pytest is told where its folders are."""
LEAST_FREE = 8 << 30
"""Bytes that must be free, in all and in that folder: a run of four processes fills a part of it."""


def use_memory() -> None:
    """Let pytest make the folders of tests in memory, unless it was told where; Linux only."""
    if ROOT not in os.environ and _is_roomy(MEMORY):
        os.environ[ROOT] = str(MEMORY)


def _is_roomy(folder: Path) -> bool:
    """Say whether a folder is there, may hold programs, and has room, as the machine has."""
    if not os.access(folder, os.W_OK):
        return False
    about = os.statvfs(folder)
    free = min(about.f_bavail * about.f_frsize, psutil.virtual_memory().available)
    return free >= LEAST_FREE and not about.f_flag & getattr(os, "ST_NOEXEC", 0)
