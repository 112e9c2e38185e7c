"""Write times for people: UTC, with the reader's local time next to it."""

from __future__ import annotations

from datetime import datetime

from schemas.time_zones import zone_of


def utc(at: datetime | None) -> str:
    """Write 2018-07-01 14:30; a dash where the time is unknown."""
    return f"{at:%Y-%m-%d %H:%M}" if at else "—"


def local(at: datetime | None, country: str) -> str:
    """Write 09:30, with the day where it is another one; empty without a zone."""
    zone = zone_of(country)
    if at is None or zone is None:
        return ""
    local_time = at.astimezone(zone)
    return (
        f"{local_time:%H:%M}" if local_time.date() == at.date() else f"{local_time:%Y-%m-%d %H:%M}"
    )


def local_first(at: datetime | None, country: str, of: str = "") -> tuple[str, str]:
    """Return a moment for a reader of a country, and what stands next to it.

    The reader's own time comes first and UTC next to it. A reader without a zone has UTC first, and
    next to it the time of the country `of`. What is unknown is a dash.
    """
    if at is None:
        return "—", ""
    zone = zone_of(country)
    if zone is None:
        beside = local(at, of)
        return f"{utc(at)} UTC", f"{beside} {of}" if beside else ""
    own = at.astimezone(zone)
    moment = f"{at:%H:%M}" if own.date() == at.date() else f"{at:%Y-%m-%d %H:%M}"
    return f"{own:%Y-%m-%d %H:%M} {country}", f"{moment} UTC"


def exact_moment(at: datetime, country: str) -> str:
    """Write a moment to the second, the reader's own time first: a page as of then differs by it.

    2018-07-01 09:30:05 CO (14:30:05 UTC), with the day of UTC where it is another one.
    """
    zone = zone_of(country)
    if zone is None:
        return f"{at:%Y-%m-%d %H:%M:%S} UTC"
    own = at.astimezone(zone)
    beside = f"{at:%H:%M:%S}" if own.date() == at.date() else f"{at:%Y-%m-%d %H:%M:%S}"
    return f"{own:%Y-%m-%d %H:%M:%S} {country} ({beside} UTC)"


def with_local(at: datetime | None, country: str) -> str:
    """Write a moment with the local time: 2018-07-01 14:30 UTC (09:30 CO)."""
    beside = local(at, country)
    return f"{utc(at)} UTC ({beside} {country})" if beside else f"{utc(at)} UTC"


def occurred(at: datetime | None, precision: str = "day") -> str:
    """Write a time as exactly as it is known, and no more."""
    if at is None:
        return "—"
    return at.strftime(
        {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d", "hour": "%Y-%m-%d %H h"}.get(
            precision, "%Y-%m-%d %H:%M"
        )
    )
