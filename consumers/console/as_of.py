"""Read and write the date of a page in its address: in UTC, to the millisecond."""

from __future__ import annotations

from consumers.presentation.as_of import DAY_LENGTH, parse_as_of, parse_since
from consumers.query.views import to_datetime


def as_of_ms(text: str) -> int | None:
    """Return the moment in ms since 1970 UTC; None is now, and a whole day means its end.

    Raises QuipuError AS_OF for what is no date.
    """
    return parse_as_of(text.strip() or None)


def written(ms: int) -> str:
    """Write a moment as an address and the command line take it: 2018-07-01T14:30:00.123."""
    return f"{to_datetime(ms):%Y-%m-%dT%H:%M:%S}.{ms % 1000:03d}"


def field(ms: int | None) -> str:
    """Write a moment as the form's field takes it, to the second; empty where it is None."""
    return "" if ms is None else f"{to_datetime(ms):%Y-%m-%dT%H:%M:%S}"


def day(text: str, end: bool = False) -> int | None:
    """Return the first moment of a day in UTC, in ms since 1970, or of the next day for its end.

    None for no text. Raises QuipuError AS_OF for what is no date.
    """
    if not text.strip():
        return None
    at = parse_as_of(f"{text.strip()[:DAY_LENGTH]}T00:00")
    return at if at is None or not end else at + 86_400_000


def since(text: str) -> int | None:
    """Return a moment in ms since 1970 UTC; a whole day means its first one, None no text.

    Raises QuipuError AS_OF for what is no date.
    """
    return parse_since(text.strip()) if text.strip() else None
