"""Observe telephones: the key is the number in E.164, as phonenumbers reads it.

phonenumbers is Google's libphonenumber. It takes 15 to 60 us a number, so what cannot be one is
sorted out before, and numbers read once are remembered.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from schemas.normalise.nothing import is_meaningless
from schemas.observation import Observation

KIND = "phone"
COUNTRIES = ("BO", "CO", "EC", "PE")  # where a national number without a country may be of
CACHED = 65_536
LONGEST = 40  # characters as written
_EXTENSION = re.compile("(?:EXT|INT|ANEXO|X)[A-Z.: ]*[0-9]+$")
_NOT_DIALLED = re.compile("[^0-9]")
_FEWEST, _MOST = 7, 15  # digits: fewer are short numbers (110, 911), E.164 has no more


def observe(phone: Mapping[str, Any]) -> list[Observation]:
    """Observe the thing that a Phone record's number is.

    certain: valid in the country given, or written with its country code (+57, 0057). possible: a
    national number without a country, on each of the four where it is valid. Nothing for what is
    valid nowhere, emergency and short numbers, placeholders.
    """
    written = phone.get("number")
    if not written or len(written) > LONGEST:
        return []
    dialled = _dialled(written)
    if not dialled:
        return []
    country = phone.get("country")
    if country or dialled[0] == "+":
        read = _e164(dialled, country)
        return [] if read is None else [Observation(KIND, "", read, "certain", {})]
    read_as = {
        read: None for candidate in COUNTRIES if (read := _e164(dialled, candidate)) is not None
    }
    return [Observation(KIND, "", read, "possible", {}) for read in read_as]


def count(phone: Mapping[str, Any]) -> int:
    """Count the things that a Phone record is at most, without reading its number."""
    return 1 if phone.get("country") else len(COUNTRIES)


def _dialled(written: str) -> str:
    """Return the digits, with + before an international number.

    The text is empty where there cannot be a number.
    """
    text = _EXTENSION.sub("", written.upper())
    digits = _NOT_DIALLED.sub("", text)
    if text.lstrip(" (").startswith("+"):
        digits = "+" + digits
    elif digits.startswith("00"):
        digits = "+" + digits[2:].lstrip("0")
    count = len(digits.removeprefix("+"))
    return (
        "" if not _FEWEST <= count <= _MOST or is_meaningless(digits.removeprefix("+")) else digits
    )


@lru_cache(maxsize=CACHED)
def _e164(dialled: str, country: str | None) -> str | None:
    try:
        number = phonenumbers.parse(dialled, country)
    except NumberParseException:
        return None
    return (
        phonenumbers.format_number(number, PhoneNumberFormat.E164)
        if phonenumbers.is_valid_number(number)
        else None
    )
