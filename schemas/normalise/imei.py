"""Observe handsets by their IMEI (3GPP TS 23.003).

14 digits identify the handset; a Luhn check digit must hold and is no part of the key.
"""

import re

from schemas.normalise.check_digits import luhn
from schemas.normalise.makes_and_calibres import alphanumeric
from schemas.observation import Observation

KIND = "imei"
_FORM = re.compile("[0-9]{15}")
_NOBODYS = re.compile(
    r"(.)\1{13}.|1234567890.{5}|0123456789.{5}|00499901.{7}"
)  # fillers; the last is the TAC of phones with a wiped IMEI


def observe(written: str) -> list[Observation]:
    """Observe one certain thing, or none for a wrong length, a wrong check digit, a filler."""
    mark = alphanumeric(written).removeprefix("IMEI")
    if _FORM.fullmatch(mark) is None or _NOBODYS.fullmatch(mark) or not luhn(mark):
        return []
    return [Observation(KIND, "", mark[:14], "certain", {})]
