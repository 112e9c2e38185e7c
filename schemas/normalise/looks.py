"""Say what else digits may be: a date, a telephone, a card. A column has them by mistake."""

import re
from collections.abc import Callable, Mapping

from schemas.normalise.check_digits import ec_cedula, ec_ruc, luhn, pe_ruc

_MOBILES: Mapping[str, re.Pattern[str]] = {
    "BO": re.compile("(?:591)?[67][0-9]{7}"),
    "CO": re.compile("(?:57)?3[0-9]{9}"),
    "EC": re.compile("0?9[0-9]{8}|5939[0-9]{8}"),
    "PE": re.compile("(?:51)?9[0-9]{8}"),
}
_DOCUMENTS: Mapping[str, Callable[[str], bool]] = {
    "BO": lambda digits: len(digits) <= 8,
    "CO": lambda digits: len(digits) <= 8 or re.fullmatch("1[0-9]{9}", digits) is not None,
    "EC": lambda digits: (
        (len(digits) == 10 and ec_cedula(digits)) or (len(digits) == 13 and ec_ruc(digits))
    ),
    "PE": lambda digits: len(digits) <= 8 or (len(digits) == 11 and pe_ruc(digits)),
}

_NO_GROUP = re.compile(r"(?<=[0-9])[.,](?=[0-9])(?![0-9]{3}(?![0-9]))")
_DECIMALS = re.compile(r"[0-9]{4,}[.,][0-9]+")


def has_uneven_groups(text: str) -> bool:
    """Say whether a point or comma parts digits that are no group of three, as in 10111222.5."""
    return _NO_GROUP.search(text) is not None


def looks_like_decimal(text: str) -> bool:
    """Say whether a text is a number with decimals, as a spreadsheet writes an amount."""
    return _DECIMALS.fullmatch(text) is not None


def looks_like_date(digits: str) -> bool:
    """Say whether eight digits are a day: 20210315 or 15032021, of 1900 to 2039."""
    if len(digits) != 8 or not digits.isdigit():
        return False
    return _is_day(digits[:4], digits[4:6], digits[6:]) or _is_day(
        digits[4:], digits[2:4], digits[:2]
    )


def _is_day(year: str, month: str, day: str) -> bool:
    return "1900" <= year < "2040" and "01" <= month <= "12" and "01" <= day <= "31"


def looks_like_telephone(country: str, digits: str) -> bool:
    """Say whether digits are a mobile telephone of the country, with or without its code."""
    pattern = _MOBILES.get(country)
    return pattern is not None and pattern.fullmatch(digits) is not None


def looks_like_document(country: str, digits: str) -> bool:
    """Say whether digits are a document of the country, by length or check digit."""
    is_document = _DOCUMENTS.get(country)
    return looks_like_date(digits) or (is_document is not None and is_document(digits))


def looks_like_handset_or_card(digits: str) -> bool:
    """Say whether digits are an IMEI or a payment card (ISO/IEC 7812), whose check digit holds."""
    if len(digits) == 15:
        return digits[:2] in {"35", "86", "01", "49", "34", "37"} and luhn(digits)
    return len(digits) == 16 and digits[0] in "245" and luhn(digits)
