"""The date that a page is asked for: in the address, in UTC, to the millisecond."""

from __future__ import annotations

from consumers.cli.reader_options import WHOLE_DAY, parse_as_of
from consumers.query.views import to_datetime


def as_of_ms(text: str) -> int | None:
    """ms since 1970 UTC; None is now. A whole day means its end. Raises QuipuError AS_OF."""
    return parse_as_of(text.strip() or None)


def written(ms: int) -> str:
    """As it stands in an address, and as the command line takes it: 2018-07-01T14:30:00.123."""
    return f"{to_datetime(ms):%Y-%m-%dT%H:%M:%S}.{ms % 1000:03d}"


def field(ms: int | None) -> str:
    """As the form's field takes it (to the second)."""
    return "" if ms is None else f"{to_datetime(ms):%Y-%m-%dT%H:%M:%S}"


def day(text: str, end: bool = False) -> int | None:
    """ms of a day's first moment in UTC, or of the next day's; None for no text. Raises QuipuError
    AS_OF.
    """
    if not text.strip():
        return None
    at = parse_as_of(f"{text.strip()[:WHOLE_DAY]}T00:00")
    return at if at is None or not end else at + 86_400_000
