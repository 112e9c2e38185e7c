"""Read degrees, minutes and seconds, and doubt points that are far from their country. Pure."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from schemas.i18n import UserMessage, _

_AT_SEA = 4.0
"""Degrees around a country in which its records may lie: 200 nautical miles and a little more."""
_DECIMAL = r"\d{1,2}(?:[.,]\d+)?"
_DEGREES = re.compile(
    rf"""(?P<before>[NSEWO])?\s*(?P<degrees>\d{{1,3}}(?:[.,]\d+)?)\s*[°º]\s*
    (?:(?P<minutes>{_DECIMAL})\s*['′’]\s*(?:(?P<seconds>{_DECIMAL})\s*(?:["″”]|''|’’)\s*)?)?
    (?P<behind>[NSEWO]|NORTE|SUR|ESTE|OESTE)?""",
    re.VERBOSE | re.IGNORECASE,
)
_NEGATIVE = frozenset("SWO")
_PARTS = 60


class Bounds(NamedTuple):
    """The least and the greatest latitude and longitude of a country."""

    latitude: tuple[float, float]
    longitude: tuple[float, float]

    def may_hold(self, latitude: float, longitude: float) -> bool:
        """Tell whether a point is in the country, or in the sea next to it."""
        return _is_near(latitude, self.latitude) and _is_near(longitude, self.longitude)


def read_degrees(text: str) -> float | None:
    """Read `4° 36' 35" N` as 4.6097; None for another form. South and west are negative.

    O is west, as in Spanish. A minute or a second above 59 is no reading.
    """
    match = _DEGREES.fullmatch(text.strip())
    if match is None or (match["before"] and match["behind"]):
        return None
    degrees, minutes, seconds = (
        float((match[part] or "0").replace(",", ".")) for part in ("degrees", "minutes", "seconds")
    )
    if minutes >= _PARTS or seconds >= _PARTS:
        return None
    side = (match["before"] or match["behind"] or "").upper()
    value = degrees + (minutes + seconds / _PARTS) / _PARTS
    return -value if side[:1] in _NEGATIVE else value


def doubt_point(latitude: float, longitude: float, country: str) -> UserMessage | None:
    """Say why a point cannot be in a country, or in any of the four if `country` is empty.

    None for one that may be, and for a country whose bounds are not known.
    """
    known = country_bounds()
    if country and country not in known:
        return None
    bounds = [known[country]] if country else list(known.values())
    if any(place.may_hold(latitude, longitude) for place in bounds):
        return None
    where = country or ", ".join(known)
    if any(place.may_hold(longitude, latitude) for place in bounds):
        return _("the point is not in {country}: are both columns exchanged?", country=where)
    if any(
        place.may_hold(latitude * north, longitude * east)
        for place in bounds
        for north, east in ((1, -1), (-1, 1), (-1, -1))
    ) and (latitude, longitude) != (0, 0):
        return _("the point is not in {country}: is a minus sign missing?", country=where)
    return _("the point is not in {country}", country=where)


@cache
def country_bounds() -> Mapping[str, Bounds]:
    """Read the bounds of the countries."""
    text = Path(__file__).with_name("country_bounds.toml").read_text(encoding="utf-8")
    return {
        country: Bounds(tuple(sides["latitude"]), tuple(sides["longitude"]))
        for country, sides in tomllib.loads(text).items()
    }


def _is_near(value: float, sides: tuple[float, float]) -> bool:
    return sides[0] - _AT_SEA <= value <= sides[1] + _AT_SEA
