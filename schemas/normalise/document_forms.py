"""Know the forms of documents: which number is certain, which only possible.

A form reads one number without label and damage. It is certain only where the form is that of the
document and of nothing else that is written in such a column: a telephone of nine digits is no DNI
with a check digit. Forms and check digits are general knowledge and the vocabulary's Matching:
PE DNI 8 digits, leading zeros often lost, check character often added; CE 9 digits; RUC 11, of a
person 10 and the DNI. EC cédula 10 digits; RUC 13, of a person the cédula and 001. CO cédula at
most 8 digits, since 2003 10 digits from 1; NIT 9 digits from 8 or 9, of a person the cédula. VE
cédula V or E and up to 9 digits. Bolivia's are in `bolivian_documents`.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from schemas.normalise import bolivian_documents
from schemas.normalise.check_digits import (
    co_nit,
    ec_cedula,
    ec_ruc,
    has_ec_province,
    pe_dni,
    pe_ruc,
)
from schemas.normalise.document_number import NO_FIT, Number
from schemas.normalise.reading import Why

Form = Callable[[str, str], Sequence[Number]]
"""Reads the compact spelling (letters and digits) and the text with its signs; empty: no fit."""

_PARTED = re.compile(r"([0-9](?:[0-9]|[., ](?=[0-9]{3}))*)\s*[- ]\s*([0-9A-Z])")
"""Digits, perhaps in threes, and one character behind a dash or a space."""
_VENEZUELAN = re.compile("V?0*([1-9][0-9]{4,8})|(E)0*([1-9][0-9]{4,8})")
_PASSPORT = re.compile("(?=(?:[A-Z]*[0-9]){4})[A-Z0-9]{6,9}")  # ICAO Doc 9303: at most 9
_PLAIN = re.compile("(?=(?:[A-Z]*[0-9]){4})[A-Z0-9]{5,20}")
_MANY_DIGITS = re.compile("(?:[A-Z]*[0-9]){6}")


def _parted(text: str) -> tuple[str, str] | None:
    """Part a number from one check character behind a dash or a space."""
    match = _PARTED.fullmatch(text)
    return None if match is None else (re.sub("[., ]", "", match[1]), match[2])


def _dni(compact: str, text: str) -> Sequence[Number]:
    parts = _parted(text)
    if parts is not None and 6 <= len(parts[0]) <= 8 and (numbers := _checked_dni(*parts)):
        return numbers
    if not compact.isdigit():
        glued = re.fullmatch("([0-9]{7,8})([A-Z])", compact)
        return _checked_dni(glued[1], glued[2]) if glued else NO_FIT
    match len(compact):
        case 8:
            return [Number(compact, True)]
        case 5 | 6 | 7:
            return [Number(compact.rjust(8, "0"), len(compact) == 7, Why.ZEROS_RESTORED)]
        case 9:
            return _glued_check(compact, text)
        case 11 if compact[:2] == "10" and pe_ruc(compact):
            return [Number(compact[2:10], False, Why.PART_OF_ANOTHER)]
        case length if length > 9 and compact.startswith("00") and not compact[:-8].strip("0"):
            return [Number(compact[-8:], False, Why.ZEROS_IN_FRONT)]
    return NO_FIT


def _checked_dni(digits: str, check: str) -> Sequence[Number]:
    """Read a DNI with its check character; without it too, where the character is wrong."""
    number = digits.rjust(8, "0")
    if pe_dni(number, check):
        return [Number(number, True, Why.CHECK_HOLDS)]
    if len(digits) == 8 or check.isalpha():
        return [Number(number, False, Why.CHECK_FAILS)]
    longer = (digits + check).rjust(8, "0")
    return [
        Number(longer, False, Why.TWO_READINGS, whole=False),
        Number(number, False, Why.TWO_READINGS, whole=False),
    ]


def _glued_check(digits: str, text: str) -> Sequence[Number]:
    """Read nine digits as a DNI and its check digit.

    Those from 9, and those that are parted in another place, may be a telephone.
    """
    if not pe_dni(digits[:8], digits[8]):
        return [Number(digits[:8], False, Why.CHECK_FAILS)]
    if digits[0] == "9" or text != digits:
        return [Number(digits[:8], False, Why.OTHER_KIND)]
    return [Number(digits[:8], True, Why.CHECK_HOLDS)]


def _pe_foreigner(compact: str, text: str) -> Sequence[Number]:
    if not compact.isdigit() or not 5 <= len(compact) <= 9:
        return NO_FIT
    number = compact.rjust(9, "0")
    in_form = number.startswith("00") and len(number.lstrip("0")) >= 6
    return [Number(number, in_form, Why.AS_WRITTEN if in_form else Why.OTHER_FORM)]


def _pe_ruc(compact: str, text: str) -> Sequence[Number]:
    if not compact.isdigit() or len(compact) != 11:
        return NO_FIT
    if not pe_ruc(compact):
        return [Number(compact, False, Why.CHECK_FAILS)]
    own = Number(compact, True, Why.CHECK_HOLDS)
    return [own, _person(compact[2:10])] if compact.startswith("10") else [own]


def _person(number: str) -> Number:
    """Read the number of a person's national document that a tax number holds."""
    return Number(number, False, Why.PART_OF_ANOTHER, "national_id", whole=False)


def _ec_cedula(compact: str, text: str) -> Sequence[Number]:
    if not compact.isdigit():
        return NO_FIT
    if len(compact) == 13 and compact[-3:] != "000" and ec_cedula(compact[:10]):
        return [Number(compact[:10], False, Why.PART_OF_ANOTHER)]
    if not 9 <= len(compact) <= 10:
        return NO_FIT
    number = compact.rjust(10, "0")
    if not ec_cedula(number):
        return [Number(number, False, Why.CHECK_FAILS)]
    return [Number(number, True, Why.CHECK_HOLDS if len(compact) == 10 else Why.ZEROS_RESTORED)]


def _ec_ruc(compact: str, text: str) -> Sequence[Number]:
    """Read a RUC; a company's (third digit 9) need not hold its check digit (SRI)."""
    if not compact.isdigit() or not 12 <= len(compact) <= 13:
        return NO_FIT
    number = compact.rjust(13, "0")
    if ec_ruc(number):
        own = Number(number, True, Why.CHECK_HOLDS)
        return [own, _person(number[:10])] if ec_cedula(number[:10]) else [own]
    if number[2] == "6" and number[-3:] != "000" and ec_cedula(number[:10]):
        return [Number(number, True, Why.CHECK_HOLDS), _person(number[:10])]
    company = number[2] == "9" and has_ec_province(number) and number[-3:] != "000"
    if company and len(compact) == 13:
        return [Number(number, True, Why.NO_CHECK)]
    return [Number(number, False, Why.CHECK_FAILS)]


def _is_co_person(number: str) -> bool:
    """Say whether digits are a cédula: of 7 or 8 digits, or of 10 from 1."""
    return len(number) in (7, 8) or (len(number) == 10 and number[0] == "1")


def _co_cedula(compact: str, text: str) -> Sequence[Number]:
    parts = _parted(text)
    if parts is not None and _is_co_person(parts[0]) and parts[1].isdigit():
        if co_nit(*parts):
            return [Number(parts[0], len(parts[0]) != 7, Why.CHECK_HOLDS)]
        if not _is_co_person(compact):
            return [Number(parts[0], False, Why.CHECK_FAILS)]
        return [
            Number(compact, False, Why.TWO_READINGS, whole=False),
            Number(parts[0], False, Why.TWO_READINGS, whole=False),
        ]
    number = compact.lstrip("0")
    if not compact.isdigit() or not 5 <= len(number) <= 11:
        return NO_FIT
    if _is_co_person(number):
        return [Number(number, True)]
    return [Number(number, False, Why.OTHER_FORM)]


def _co_foreigner(compact: str, text: str) -> Sequence[Number]:
    number = compact.lstrip("0")
    if not compact.isdigit() or not 5 <= len(number) <= 7:
        return NO_FIT
    return [Number(number, len(number) > 5, Why.AS_WRITTEN if len(number) > 5 else Why.OTHER_FORM)]


def _nit(compact: str, text: str) -> Sequence[Number]:
    """Read a NIT without its check digit, which stands after a dash or as the last digit.

    A company's number has nine digits from 8 or 9; a person's is the cédula.
    """
    number = compact.lstrip("0")
    if not compact.isdigit() or not 6 <= len(number) <= 11:
        return NO_FIT
    parts = _parted(text)
    if parts is not None and parts[1].isdigit() and 6 <= len(parts[0]) <= 10:
        return _checked_nit(parts[0].lstrip("0"), parts[1])
    if _is_company(number):
        return [Number(number, True, Why.NO_CHECK)]
    if len(number) == 10 and _is_company(number[:9]):
        return _checked_nit(number[:9], number[9])
    if _is_co_person(number):
        return [Number(number, True, Why.NO_CHECK), _person(number)]
    if _is_co_person(number[:-1]):
        numbers = _checked_nit(number[:-1], number[-1])
        doubtful = len(number) != 11
        return [read._replace(certain=False) for read in numbers] if doubtful else numbers
    return [Number(number, False, Why.OTHER_FORM)]


def _is_company(number: str) -> bool:
    return len(number) == 9 and number[0] in "89"


def _checked_nit(number: str, check: str) -> Sequence[Number]:
    if not co_nit(number, check):
        return [Number(number, False, Why.CHECK_FAILS)]
    if _is_company(number):
        return [Number(number, True, Why.CHECK_HOLDS)]
    person = _is_co_person(number)
    own = Number(number, person, Why.CHECK_HOLDS if person else Why.OTHER_FORM)
    return [own, _person(number)] if person else [own]


def _passport(in_form: str) -> Form:
    """Make the form of a country's passports; what else a passport may be is possible."""
    pattern = re.compile(in_form)

    def read(compact: str, text: str) -> Sequence[Number]:
        if pattern.fullmatch(compact):
            return [Number(compact, True)]
        fits = _PASSPORT.fullmatch(compact) is not None
        return [Number(compact, False, Why.OTHER_FORM)] if fits else NO_FIT

    return read


def _plain(compact: str, text: str) -> Sequence[Number]:
    if not _PLAIN.fullmatch(compact):
        return NO_FIT
    many = _MANY_DIGITS.match(compact) is not None
    return [Number(compact, many, Why.AS_WRITTEN if many else Why.OTHER_FORM)]


def _venezuelan(compact: str, text: str) -> Sequence[Number]:
    match = _VENEZUELAN.fullmatch(compact)
    if match is None:
        return NO_FIT
    number = match[1] or match[2] + match[3]
    certain = 6 <= len(number.lstrip("E")) <= 8
    return [Number(number, certain, Why.AS_WRITTEN if certain else Why.OTHER_FORM)]


_PASSPORT_ABROAD = _passport("[A-Z]{1,3}[0-9]{5,8}[A-Z]?|[0-8][0-9]{8}")
FORMS: Mapping[str, Mapping[str, Form]] = {
    "BO": {
        "national_id": bolivian_documents.read_identity_card,
        "foreigner_id": bolivian_documents.read_foreigner_card,
        "passport": _passport("[A-Z]{1,2}[0-9]{5,7}"),
        "tax_id": bolivian_documents.read_tax_number,
    },
    "CO": {
        "national_id": _co_cedula,
        "foreigner_id": _co_foreigner,
        "passport": _passport("[A-Z]{2}[0-9]{6}"),
        "tax_id": _nit,
    },
    "EC": {
        "national_id": _ec_cedula,
        "foreigner_id": _ec_cedula,
        "passport": _passport("[A-Z][0-9]{7}"),
        "tax_id": _ec_ruc,
    },
    "PE": {
        "national_id": _dni,
        "foreigner_id": _pe_foreigner,
        "passport": _passport("[12][0-9]{8}"),
        "tax_id": _pe_ruc,
    },
}
_ABROAD: Mapping[str, Mapping[str, Form]] = {
    "VE": {"national_id": _venezuelan, "passport": _PASSPORT_ABROAD}
}
_ANYWHERE: Mapping[str, Form] = {"national_id": _plain, "passport": _PASSPORT_ABROAD}


def forms_of(country: str) -> Mapping[str, Form]:
    """Return the forms of a country's documents, by type."""
    return FORMS.get(country) or _ABROAD.get(country, _ANYWHERE)


def form_of(country: str, type_: str) -> Form:
    """Return the form of a country's documents of a type; of any number where none is known."""
    return forms_of(country).get(type_, _plain)
