"""A child's output: one file, bounded. The child writes to it directly, so that nothing is lost
when we are killed.
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
    """A descriptor for the child's output. Append mode makes truncation under a writing child safe."""
    rotate(path)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def rotate(path: Path, biggest: int = BIGGEST) -> None:
    """Copy and truncate when too big: lines written in between, a few at most, are lost."""
    if path.exists() and path.stat().st_size > biggest:
        shutil.copyfile(path, path.with_name(f"{path.name}.1"))
        os.truncate(path, 0)


def tail(path: Path, lines: int = 12) -> str:
    """The last lines, for an error message."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 8192))
        return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])
