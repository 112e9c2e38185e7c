"""Observe plates: the key is (country, plate).

The four countries' patterns overlap (CO and PE both have ABC123). Their forms (the vocabulary's
Matching, and general knowledge of their traffic offices' patterns): BO 1234ABC, older 123ABC; CO
ABC123, motorcycles ABC12 and ABC12D, trailers R12345; EC ABC1234, ABC123 being the same as ABC0123,
motorcycles AB123C; PE ABC123 with digits also at the second and third place, motorcycles 1234AB and
AB1234.
"""

import re
from collections.abc import Mapping
from typing import Any

from schemas.normalise.makes_and_calibres import alphanumeric
from schemas.normalise.nothing import is_placeholder
from schemas.observation import Observation

KIND = "plate"
LONGEST = 17  # a chassis number's length: beyond, it is a text

FORMS: Mapping[str, re.Pattern[str]] = {
    "BO": re.compile("[0-9]{3,4}[A-Z]{3}"),
    "CO": re.compile("[A-Z]{3}[0-9]{3}|[A-Z]{3}[0-9]{2}[A-Z]?|[RST][0-9]{5}"),
    "EC": re.compile("[A-Z]{3}[0-9]{3,4}|[A-Z]{2}[0-9]{3}[A-Z]"),
    "PE": re.compile("[A-Z][A-Z0-9]{2}[0-9]{3}|[0-9]{4}[A-Z0-9][A-Z]|[A-Z]{2}[0-9]{4}"),
}
_TWO = re.compile("[0-9][^0-9]*[0-9]")
_OLD_EC = re.compile("[A-Z]{3}[0-9]{3}")


def observe(vehicle: Mapping[str, Any]) -> list[Observation]:
    """Observe the thing that a Vehicle record's plate is.

    certain: country known, and the plate has its form, or none of the four's. possible: it has
    another's form (on both), or no country is known (on each whose form it has). Nothing for
    placeholders.
    """
    written = vehicle.get("plate")
    if not written:
        return []
    plate = alphanumeric(written)
    if not 5 <= len(plate) <= LONGEST or _TWO.search(plate) is None or is_placeholder(plate):
        return []
    country = vehicle.get("country")
    if country is not None and (country not in FORMS or FORMS[country].fullmatch(plate)):
        return [_thing(country, plate, "certain")]
    fitting = [text for text, form in FORMS.items() if form.fullmatch(plate)]
    if country is None:
        return [_thing(candidate, plate, "possible") for candidate in fitting]
    return [
        _thing(candidate, plate, "possible" if fitting else "certain")
        for candidate in (country, *fitting)
    ]


def count(vehicle: Mapping[str, Any]) -> int:
    """Count the things that a Vehicle record's plate is at most, without reading it."""
    return 1 + len(FORMS) if vehicle.get("plate") else 0


def _thing(country: str, plate: str, certainty: str) -> Observation:
    same = f"{plate[:3]}0{plate[3:]}" if country == "EC" and _OLD_EC.fullmatch(plate) else plate
    return Observation(KIND, country, same, certainty, {})
