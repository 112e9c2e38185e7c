"""Name the kinds of items that have an id, and the error for digits that several have. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

IdKind = Literal["indicator", "event", "thing"]
ID_KINDS: tuple[IdKind, ...] = ("indicator", "event", "thing")


class AmbiguousIdError(ValueError):
    """Digits of an id that several items have, or none. `matches`: kind and id of two at most."""

    def __init__(self, digits: str, matches: Sequence[tuple[IdKind, str]]) -> None:
        """`digits`: as the reader gave them; `matches`: kind and id of two items at most."""
        super().__init__(f"{digits}: {len(matches)}")
        self.digits = digits
        self.matches = matches


def digits_of(text: str) -> str:
    """Return the digits of an id as people write it, without hyphens and in small letters."""
    return text.replace("-", "").lower()
