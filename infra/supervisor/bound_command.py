"""Make a command die with the process that starts it, even where that process is killed."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

_DIE_WITH_PARENT = Path(__file__).with_name("die_with_parent.py")


def bound_command(argv: Sequence[str]) -> list[str]:
    """Return the command that runs `argv` for no longer than the calling thread lives."""
    return [sys.executable, "-I", "-S", str(_DIE_WITH_PARENT), str(os.getpid()), *argv]
