"""Name the time zone of each member, that of its capital (tz database)."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

ZONES: Mapping[str, str] = {
    "BO": "America/La_Paz",
    "CO": "America/Bogota",
    "EC": "America/Guayaquil",
    "PE": "America/Lima",
}


def zone_of(country: str) -> ZoneInfo | None:
    """Return a member's time zone; None for partners and the mechanism."""
    name = ZONES.get(country)
    return ZoneInfo(name) if name else None
