"""Write a moment in a file: ISO 8601, UTC, to the millisecond. Pure."""

from __future__ import annotations

from datetime import UTC, datetime


def written(at: datetime) -> str:
    """Write an aware moment as 2018-06-30T12:00:00.123Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
