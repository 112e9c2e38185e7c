"""Observe identity documents: the key is (issuing country, type, number).

Numbers overlap between countries and types. Forms and check digits of the four countries (the
vocabulary's Matching, and general knowledge): PE DNI 8 digits, leading zeros often lost, check
character often added; CE 9 digits; RUC 11. EC cédula 10 digits, RUC 13. CO cédula and CE without
check digit; NIT with or without its. BO CI digits + optional complement (1A) + department, which
does not count. VE cédula V or E and up to 9 digits.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from schemas.normalise.check_digits import co_nit, ec_cedula, ec_ruc, pe_dni, pe_ruc
from schemas.normalise.makes_and_calibres import alphanumeric
from schemas.normalise.nothing import is_meaningless
from schemas.observation import Observation

KIND = "document"
LONGEST = 40  # characters as written: beyond, it is a text
_GUESSED = (
    "national_id",
    "foreigner_id",
    "passport",
    "tax_id",
)  # what a number without a type may be
_NOT_UNIQUE = frozenset(
    {"birth_certificate", "other"}
)  # numbers of a register, or of nobody knows what

_LABEL = re.compile("^(?:CEDULA|DNI|NUIP|CC|CI|CE|RUC|NIT|NRO|NO|N)(?=[0-9])")
_PASSPORT_LABEL = re.compile("^(?:PASAPORTE|PASSPORT)(?:NRO|NO|N)?")
_BOLIVIAN = re.compile(
    "(?:LPZ?|CBB?A?|SCZ?|ORU?|PTS?|PO|CHU?|CQ|TJA?|BEN?|BN|PD|PA|PN)?0*([1-9][0-9]{3,8}?)([0-9][A-Z])?"
    "(?:LPZ?|CBB?A?|SCZ?|ORU?|PTS?|PO|CHU?|CQ|TJA?|BEN?|BN|PD|PA|PN)?"
)
_PASSPORT = re.compile("(?=(?:[A-Z]*[0-9]){4})[A-Z0-9]{6,9}")  # ICAO Doc 9303: at most 9
_VENEZUELAN = re.compile(
    "V?0*([1-9][0-9]{4,8})|(E)0*([1-9][0-9]{4,8})"
)  # V: nationals, often left out; E: foreigners, numbered apart
_PLAIN = re.compile("(?=(?:[A-Z]*[0-9]){4})[A-Z0-9]{5,20}")
_CHECKED_DNI = re.compile("[0-9]{8}[0-9A-Z]")
_WITH_CHECK = re.compile(r"\D*([0-9][0-9. ]*[0-9])\s*-\s*([0-9])\s*")


class Number(NamedTuple):
    """Hold a number in its normal form. `valid`: form and check digit are right."""

    value: str
    valid: bool


Form = Callable[
    [str, str], Number | None
]  # compact, as written -> the number; None where the form does not fit


def _digits(low: int, high: int, width: int = 0) -> Form:
    """Make the form of so many digits, whose leading zeros fill up to `width`."""

    def read(mark: str, written: str) -> Number | None:
        number = _LABEL.sub("", mark).lstrip("0")
        return (
            Number(number.rjust(width, "0"), True)
            if number.isdigit() and low <= len(number) <= high
            else None
        )

    return read


def _passport(mark: str, written: str) -> Number | None:
    number = _PASSPORT_LABEL.sub("", mark)
    return Number(number, True) if _PASSPORT.fullmatch(number) else None


def _plain(mark: str, written: str) -> Number | None:
    return Number(mark, True) if _PLAIN.fullmatch(mark) else None


def _venezuelan(mark: str, written: str) -> Number | None:
    match = _VENEZUELAN.fullmatch(_LABEL.sub("", mark))
    return Number(match[1] or match[2] + match[3], True) if match else None


def _dni(mark: str, written: str) -> Number | None:
    number = _LABEL.sub("", mark)
    if _CHECKED_DNI.fullmatch(number):
        return Number(number[:8], pe_dni(number[:8], number[8]))
    return (
        Number(number.rjust(8, "0"), True) if number.isdigit() and 5 <= len(number) <= 8 else None
    )


def _checked(length: int, holds: Callable[[str], bool], lost: bool) -> Form:
    """Make the form of digits of this length with a check digit.

    `lost`: a leading zero may be missing.
    """

    def read(mark: str, written: str) -> Number | None:
        number = _LABEL.sub("", mark)
        if not number.isdigit() or not length - lost <= len(number) <= length:
            return None
        number = number.rjust(length, "0")
        return Number(number, holds(number))

    return read


def _nit(mark: str, written: str) -> Number | None:
    """Read a NIT without its check digit.

    The check digit stands after a dash, or is the tenth digit of a company's number (those begin
    with 8 or 9).
    """
    parted = _WITH_CHECK.fullmatch(written)
    number = _LABEL.sub("", mark).lstrip("0")
    if not number.isdigit() or not 6 <= len(number) <= 11:
        return None
    if parted is None and not (len(number) == 10 and number[0] in "89") and len(number) != 11:
        return Number(number, True)
    return Number(number[:-1], co_nit(number[:-1], number[-1]))


def _bolivian(mark: str, written: str) -> Number | None:
    match = _BOLIVIAN.fullmatch(_LABEL.sub("", mark))
    return Number(match[1] + (match[2] or ""), True) if match else None


def _bolivian_foreigner(mark: str, written: str) -> Number | None:
    return _bolivian(mark.removeprefix("E"), written)


_ec_cedula = _checked(10, ec_cedula, True)

FORMS: Mapping[str, Mapping[str, Form]] = {
    "BO": {
        "national_id": _bolivian,
        "foreigner_id": _bolivian_foreigner,
        "passport": _passport,
        "tax_id": _digits(6, 12),
    },
    "CO": {
        "national_id": _digits(5, 11),
        "foreigner_id": _digits(5, 7),
        "passport": _passport,
        "tax_id": _nit,
    },
    "EC": {
        "national_id": _ec_cedula,
        "foreigner_id": _ec_cedula,
        "passport": _passport,
        "tax_id": _checked(13, ec_ruc, True),
    },
    "PE": {
        "national_id": _dni,
        "foreigner_id": _digits(5, 9, 9),
        "passport": _passport,
        "tax_id": _checked(11, pe_ruc, False),
    },
}
_ABROAD: Mapping[str, Mapping[str, Form]] = {
    "VE": {"national_id": _venezuelan, "passport": _passport}
}
_ANYWHERE: Mapping[str, Form] = {"national_id": _plain, "passport": _passport}


def observe(document: Mapping[str, Any]) -> list[Observation]:
    """Observe the thing that a Document record is.

    certain: country and type known, and the number is one of theirs. possible: not of their form or
    check digit; country or type unknown, then on every (country of the four, type) that it may be.
    Nothing for placeholders.
    """
    written = document["number"]
    mark = alphanumeric(written)
    if len(mark) > LONGEST or is_meaningless(mark):
        return []
    country, type_ = document.get("country"), document.get("type")
    if country and type_:
        return [_known(country, type_, mark, written)]
    if type_ in _NOT_UNIQUE:
        return []
    return _guessed(
        (country,) if country else tuple(FORMS), (type_,) if type_ else _GUESSED, mark, written
    )


def count(document: Mapping[str, Any]) -> int:
    """Count the things that a Document record is at most, without reading its number."""
    if document.get("country"):
        return 1 if document.get("type") else len(_GUESSED)
    return len(FORMS) if document.get("type") else len(FORMS) * len(_GUESSED)


def _forms(country: str) -> Mapping[str, Form]:
    return FORMS.get(country) or _ABROAD.get(country, _ANYWHERE)


def _known(country: str, type_: str, mark: str, written: str) -> Observation:
    forms = _forms(country)
    number = forms.get(type_, _plain)(mark, written)
    if number is None:
        return Observation(KIND, country, f"{type_}|{mark}", "possible", {})
    certain = number.valid and type_ not in _NOT_UNIQUE
    return Observation(
        KIND, country, f"{type_}|{number.value}", "certain" if certain else "possible", {}
    )


def _guessed(
    countries: tuple[str, ...], types: tuple[str, ...], mark: str, written: str
) -> list[Observation]:
    guesses = []
    for country in countries:
        forms = _forms(country)
        for type_ in types:
            form = forms.get(type_)
            number = form(mark, written) if form else None
            if number is not None and number.valid:
                guesses.append(
                    Observation(KIND, country, f"{type_}|{number.value}", "possible", {})
                )
    return guesses
