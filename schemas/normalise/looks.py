"""Say what else a text may be: a date, a telephone, a card. A column has them by mistake."""

import re
from collections.abc import Callable, Mapping

from schemas.normalise.check_digits import co_nit, ec_cedula, has_ec_province, luhn, pe_ruc

_MOBILES: Mapping[str, re.Pattern[str]] = {
    "BO": re.compile("(?:591)?[67][0-9]{7}"),
    "CO": re.compile("(?:57)?3[0-9]{9}"),
    "EC": re.compile("0?9[0-9]{8}|5939[0-9]{8}"),
    "PE": re.compile("(?:51)?9[0-9]{8}"),
}


def _co_document(digits: str) -> bool:
    if len(digits) != 10:
        return len(digits) < 9
    return digits[0] == "1" or (digits[0] in "89" and co_nit(digits[:9], digits[9]))


def _ec_document(digits: str) -> bool:
    if len(digits) == 13:
        return has_ec_province(digits) and digits[10:12] == "00" and digits[12] != "0"
    return len(digits) == 10 and ec_cedula(digits)


_DOCUMENTS: Mapping[str, Callable[[str], bool]] = {
    "BO": lambda digits: len(digits) <= 8,
    "CO": _co_document,
    "EC": _ec_document,
    "PE": lambda digits: len(digits) <= 8 or (len(digits) == 11 and pe_ruc(digits)),
}
_ABROAD = re.compile(r"\+?(?:573[0-9]{9}|519[0-9]{8}|5939[0-9]{8}|591[67][0-9]{7})")
_ABROAD_GROUPED = re.compile(r"\+[0-9 ().-]+|(?:57|51|593|591)(?:[ -][0-9]{2,4}){3}")
_FIXED_CO = re.compile("60[1-8][0-9]{7}")
_SIM = re.compile("(?:732|716|740|736)[0-9]{12}|89(?:57|51|593|591)[0-9]{15,16}")
"""The card of a telephone: IMSI (ITU-T E.212) and ICCID (E.118) of the four countries."""
_EC_CASE = re.compile("(?:0[1-9]|1[0-9]|2[0-4])[0-9]{4}8[12][0-9](?:0[1-9]|1[0-2])[0-9]{4}")
"""A case of Ecuador's prosecutor: place, 8, year and month, number."""
_BARCODE = re.compile("(?:750|770|771|775|777|786)[0-9]{10}")
"""A barcode (GTIN-13) of goods of the four countries or of Mexico."""
_DAY = "(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH = "(?:0?[0-9]|1[0-2])"
_YEAR = "(?:18|19|20)[0-9]{2}"
# The cédula 1.199.114.136 is no address: those that begin with one digit are not looked for.
_OCTET = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})"
_OTHER_SHAPE = re.compile(
    rf"{_DAY}[\s./-]+{_MONTH}[\s./-]+{_YEAR}|{_YEAR}[\s./-]+{_MONTH}[\s./-]+{_DAY}"
    r"|-?[0-9]{1,3}[.,][0-9]{4,}"  # degrees
    rf"|(?=[0-9]{{2}}){_OCTET}(?:\.{_OCTET}){{3}}"  # an address of the internet
    rf"|[0-9]{{1,12}}[-/]{_YEAR}(?:-[0-9A-Z]+)*"  # a file and its year
    r"|[^$%]*[0-9]:[0-9]{2}.*|.*[$%].*"
)

_NO_GROUP = re.compile(r"(?<=[0-9])[.,](?=[0-9])(?![0-9]{3}(?![0-9]))")
_DECIMALS = re.compile(r"[0-9]{4,}[.,][0-9]+")


def has_uneven_groups(text: str) -> bool:
    """Say whether a point or comma parts digits that are no group of three, as in 10111222.5."""
    return _NO_GROUP.search(text) is not None


def looks_like_decimal(text: str) -> bool:
    """Say whether a text is a number with decimals, as a spreadsheet writes an amount."""
    return _DECIMALS.fullmatch(text) is not None


def has_shape_of_another(text: str) -> bool:
    """Say whether the signs of a text are those of something else than an identifier.

    Those are a day, a time, degrees, an address of the internet, money, or a file and its year.
    """
    return not text.isalnum() and _OTHER_SHAPE.fullmatch(text) is not None


def looks_like_moment(digits: str) -> bool:
    """Say whether 12 or 14 digits are a day and a time: 202103151405, 15032021140500."""
    if len(digits) not in (12, 14) or not digits.isdigit() or not looks_like_date(digits[:8]):
        return False
    return digits[8:10] < "24" and digits[10:12] < "60" and digits[12:] < "60"


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


def looks_like_number_abroad(text: str) -> bool:
    """Say whether a text is a mobile telephone with the code of one of the four countries.

    Its sign or its groups tell it: +57 300 555 0100, 51 955 550 100.
    """
    digits = re.sub("[^0-9+]", "", text)
    return _ABROAD_GROUPED.fullmatch(text) is not None and _ABROAD.fullmatch(digits) is not None


def looks_like_other_number(country: str, digits: str) -> bool:
    """Say whether digits are of a kind that only an institution's known lengths would exclude.

    Those are telephones of other countries, fixed telephones, and cards of telephones.
    """
    if _ABROAD.fullmatch(digits) or _SIM.fullmatch(digits):
        return True
    return country == "CO" and _FIXED_CO.fullmatch(digits) is not None


def looks_like_barcode(digits: str) -> bool:
    """Say whether digits are the barcode of goods, whose check digit holds."""
    if not _BARCODE.fullmatch(digits):
        return False
    values = [int(digit) for digit in digits]
    return (sum(values[0::2]) + 3 * sum(values[1::2])) % 10 == 0


def looks_like_document(country: str, digits: str) -> bool:
    """Say whether digits are a document or a case of the country, by length or check digit."""
    is_document = _DOCUMENTS.get(country)
    if country == "EC" and _EC_CASE.fullmatch(digits):
        return True
    return looks_like_date(digits) or (is_document is not None and is_document(digits))


def looks_like_handset_or_card(digits: str) -> bool:
    """Say whether digits are an IMEI or a payment card (ISO/IEC 7812), whose check digit holds."""
    if len(digits) == 15:
        return digits[:2] in {"35", "86", "01", "49", "34", "37"} and luhn(digits)
    return len(digits) == 16 and digits[0] in "245" and luhn(digits)
