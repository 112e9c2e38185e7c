"""Keep a child's output in one bounded file.

The child writes to it directly, so that nothing is lost when the supervisor is killed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BIGGEST = 10 * 1024 * 1024
"""Bytes; beyond it the content moves to ``<name>.1`` (the former ``.1`` is dropped)."""


@contextmanager
def appending(path: Path) -> Iterator[int]:
    """Open the file for the child's output, for the time of the block; yield its descriptor.

    Append mode makes truncation under a writing child safe.
    """
    rotate(path)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def rotate(path: Path, biggest: int = BIGGEST) -> None:
    """Copy and truncate the file when it is too big.

    Lines written in between, a few at most, are lost.
    """
    if path.exists() and path.stat().st_size > biggest:
        shutil.copyfile(path, path.with_name(f"{path.name}.1"))
        os.truncate(path, 0)


def tail(path: Path, lines: int = 12) -> str:
    """Return the last lines, for an error message."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 8192))
        return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])
