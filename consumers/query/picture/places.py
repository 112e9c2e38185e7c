"""List the places of the risk picture: subdivisions of the members, and border crossings. Pure."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from consumers.query.known_names import LONGEST_SHOWN, UnknownNameError
from schemas.codes import code_lists
from schemas.i18n import _
from schemas.model import COUNTRIES

PlaceKind = Literal["subdivision", "crossing"]
_BETWEEN = re.compile(r"\(([A-Z]{2})(?:–([A-Z]{2}))?\)")
"""The countries of a crossing, as its words name them: (CO–EC)."""


class RiskPlace(NamedTuple):
    """A place by its code: ISO 3166-2, or of the list `crossing`; with its countries."""

    code: str
    kind: PlaceKind
    countries: tuple[str, ...]


@cache
def places() -> tuple[RiskPlace, ...]:
    """Return every place: subdivisions by code, then crossings in the order of their list."""
    subdivisions = [
        RiskPlace(code, "subdivision", (code[:2],))
        for code in sorted(code_lists()["subdivision"].codes)
        if code[:2] in COUNTRIES
    ]
    crossings = [
        RiskPlace(code, "crossing", _countries(texts["en"]))
        for code, texts in code_lists()["crossing"].codes.items()
    ]
    return (*subdivisions, *crossings)


def chosen_places(country: str, place: str) -> list[RiskPlace]:
    """Return the places of a country, or one by its code; empty is any.

    Raises UnknownNameError for what is no place of the picture.
    """
    if country and country not in COUNTRIES:
        raise UnknownNameError(
            _("The picture has no country `{name}`.", name=country[:LONGEST_SHOWN]),
            _("Write BO, CO, EC or PE."),
        )
    known = [
        known
        for known in places()
        if country in ("", *known.countries) and place.casefold() in ("", known.code.casefold())
    ]
    if not known:
        raise UnknownNameError(
            _("The picture has no place `{name}`.", name=place[:LONGEST_SHOWN]),
            _("Write a department or a border crossing by its code: CO-NAR, rumichaca."),
        )
    return known


def _countries(words: str) -> tuple[str, ...]:
    match = _BETWEEN.search(words)
    return tuple(code for code in match.groups() if code) if match else ()
