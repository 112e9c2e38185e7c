"""Know the release of this program, and whether another is newer."""

from __future__ import annotations

import re
from importlib.metadata import version


def this_release() -> str:
    """Return the release of this program, such as 0.1.0."""
    return version("quipu")


def is_newer(release: str, other: str) -> bool:
    """Say whether a release is newer than another: by its leading numbers, as in 0.10.2."""
    return _numbers(release) > _numbers(other)


def _numbers(release: str) -> tuple[int, ...]:
    leading = re.match(r"\d{1,6}(\.\d{1,6})*", release)
    numbers = [int(part) for part in leading[0].split(".")] if leading else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
