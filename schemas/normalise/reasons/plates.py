"""Say why plates are read as they are."""

import re

from schemas.normalise import plate
from schemas.normalise.nothing import is_filler
from schemas.normalise.plate_forms import COUNTRIES, has_form, look_alikes, may_be_misread
from schemas.normalise.plate_text import WrittenPlate, find_plates
from schemas.normalise.reading import Reading, Readings, Why, nothing
from schemas.normalise.reasons.cell import why_nothing, why_of_cell
from schemas.observation import Observation

_SHORTEST, _LONGEST = 5, 17
_DIGITS_ALONE = 7
_ZERO = re.compile("(?<=^[A-Z]{3})0(?=[0-9]{3}$)")
"""The zero that makes a plate of Ecuador's old form one of the new."""


def explain_plate(written: str, country: str) -> Readings:
    """Read the plates of a cell as the observer does, with the reasons of each.

    `country`: of the vehicle; empty where it is not known.
    """
    observations = plate.observe({"plate": written, "country": country or None})
    plates = find_plates(written, country or None)
    if not observations:
        return nothing(why_nothing(written) or _why_no_plate(plates))
    around = why_of_cell(written, [item.readings[0] for item in plates])
    return Readings(
        tuple(_of_plate(observation, plates, country, around) for observation in observations)
    )


def _of_plate(
    observation: Observation,
    plates: tuple[WrittenPlate, ...],
    country: str,
    around: tuple[Why, ...],
) -> Reading:
    certainty = observation.certainty
    if observation.issuer == plate.IMO:
        holds = Why.CHECK_HOLDS if certainty == "certain" else Why.CHECK_FAILS
        return Reading(observation.value, certainty, (holds, *around), plate.IMO)
    if certainty == "certain":
        why = around or (Why.AS_WRITTEN,)
    else:
        item = _item_of(observation.value, plates)
        why = (*(_doubts(observation, item, country) or (Why.FILLER_LIKE,)), *around)
    return Reading(observation.value, certainty, why, observation.issuer)


def _item_of(value: str, plates: tuple[WrittenPlate, ...]) -> WrittenPlate:
    """Find the plate of the cell that a value is read from: itself, or what looks like it."""
    short = _ZERO.sub("", value)
    for item in plates:
        if value in item.readings or short in item.readings:
            return item
    for item in plates:
        if any(value in look_alikes(text, place) for text in item.readings for place in COUNTRIES):
            return item
    return next((item for item in plates if any("?" in text for text in item.readings)), plates[0])


def _doubts(observation: Observation, item: WrittenPlate, country: str) -> tuple[Why, ...]:
    """List what leaves a plate in doubt, the most important first."""
    value = observation.value
    is_written = value in item.readings or _ZERO.sub("", value) in item.readings
    unread = any("?" in text for text in item.readings)
    fits = observation.issuer not in COUNTRIES or has_form(value, observation.issuer)
    return tuple(
        reason
        for reason, holds in (
            (Why.UNREAD_POSITIONS, unread),
            (Why.COUNTRY_UNKNOWN, not country and not item.countries),
            (Why.OTHER_COUNTRY, bool(set(item.countries) - {country})),
            (Why.LOOK_ALIKE, not unread and (not is_written or _is_misread(value, country))),
            (Why.OTHER_FORM, bool(country) and (observation.issuer != country or not fits)),
            (Why.WORDS_BESIDE, not item.sure),
        )
        if holds
    )


def _is_misread(value: str, country: str) -> bool:
    return country in COUNTRIES and bool(may_be_misread(value, country))


def _why_no_plate(plates: tuple[WrittenPlate, ...]) -> Why:
    """Say why a cell with digits holds no plate."""
    if not plates:
        return Why.NO_NUMBER
    text = plates[0].readings[0]
    if "?" in text:
        return Why.UNREAD_POSITIONS
    if is_filler(text):
        return Why.FILLER_LIKE
    if len(text) < _SHORTEST:
        return Why.TOO_SHORT
    if len(text) > (_DIGITS_ALONE if text.isdigit() else _LONGEST):
        return Why.TOO_LONG
    return Why.OTHER_FORM
