"""Observe telephones: the key is the number in E.164, as phonenumbers reads it.

phonenumbers is Google's libphonenumber. It takes 15 to 60 us a number, so what cannot be one is
sorted out before, and numbers read once are remembered. Numbers of former plans are written as they
are dialled today (`phone_plans`). What the library does not know yet is possible.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from schemas.normalise.check_digits import ec_cedula
from schemas.normalise.labels import COMMON_WORDS, labels_of
from schemas.normalise.looks import has_shape_of_another, looks_like_date, looks_like_decimal
from schemas.normalise.nothing import find_nothing_folded, is_doubtful, is_meaningless, is_row
from schemas.normalise.phone_plans import todays_numbers
from schemas.normalise.reading import (
    Reading,
    Readings,
    Why,
    count_observations,
    gather,
    nothing,
    observations_of,
)
from schemas.normalise.written_value import LONGEST, WrittenValue, is_plain, split_cell
from schemas.observation import Observation

KIND = "phone"
COUNTRIES = ("BO", "CO", "EC", "PE")  # where a national number without a country may be of
CACHED = 65_536
_NOT_DIALLED = re.compile("[^0-9]")
_FEWEST, _MOST = 7, 15  # digits: fewer are short numbers (110, 911), E.164 has no more
_SIGNS = re.compile(r"\+?[0-9\s().,/+-]*")
_LOOK_ALIKE = re.compile(
    r"\+?(?=[0-9OIL -]{7,16}$)(?=(?:[^OIL]*[OIL]){1,3}[^OIL]*$)[0-9].*[0-9OIL]"
)
_DIGIT_OF = str.maketrans("OIL", "011")
_LETTER, _WORD = re.compile("[A-Z]"), re.compile("[A-Z]+")
_AMONG_WORDS = re.compile(r"(?<![A-Z0-9])\+?[0-9(](?:[ .()-]?[0-9]){6,13}(?![A-Z0-9])")
"""A number among words: CEL 0991234567 ESPOSA 0987654123."""
_SHORT_SECOND = re.compile(r"([0-9+() -]{7,20}?)(?:\s*/\s*[0-9]{1,4})+")
"""A number and the last digits of further ones, as in 3005550100/01."""
_UNREAD = re.compile(r"[?*_#]|\.\.|X{2,}")
_WITH_CODE = re.compile(r"(?=[0-9]{11,13}$)(?:1[2-9]|34|5[1-8]|50[3-7]|59[1358])[0-9]+")
"""A number with a code of the Americas or Spain, as foreigners' numbers are written."""
_CODES = {"BO": "591", "CO": "57", "EC": "593", "PE": "51"}
_LENGTHS = {591: (8,), 57: (10,), 593: (8, 9), 51: (8, 9)}
"""Digits of national numbers by country code, without trunk prefix."""
_DNI = re.compile("[0-9]{2}[. -][0-9]{3}[. -][0-9]{3}")
"""Eight digits in the groups of Peru's document, which are no groups of its telephones."""
_PRIVATE_NETWORK = re.compile(r"\*\s*9[0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{3}")
"""A number as Peru's private networks dialled it: *948273615."""
_CEDULA = re.compile("[0-9]{9}-[0-9]")
_FILLER_TAIL = re.compile(r"[0-9]*([0-9])\1{5}")
"""One digit six times at the end, behind an operator's code or an area's: 300 111 1111."""
_ANY_NUMBER = COMMON_WORDS | {"DE", "EL"}
"""Words that do not say that a number is a telephone."""
_LOCAL = 7
"""Digits of a fixed number without its area code."""


def observe(phone: Mapping[str, Any]) -> list[Observation]:
    """Observe the things that a Phone record's number is.

    certain: valid in the country given, or written with its country code (+57, 0057). possible: a
    national number without a country, on each of the four where it is valid; of a former plan;
    newer than the library. Nothing for what is valid nowhere, emergency and short numbers,
    placeholders.
    """
    written = phone.get("number")
    return observations_of(KIND, read(written, phone.get("country") or "")) if written else []


def count(phone: Mapping[str, Any]) -> int:
    """Count the things that a Phone record is at most; plain digits are not read for it."""
    number = phone.get("number")
    if number and is_plain(number):
        return 1 if phone.get("country") else len(COUNTRIES) + 1
    return count_observations(read(number, phone.get("country") or "")) if number else 0


@lru_cache(maxsize=CACHED)
def read(written: str, country: str = "") -> Readings:
    """Read a cell with telephones. `country`: where they are written; empty where unknown."""
    if len(written) > LONGEST:
        return nothing(Why.TOO_LONG)
    if is_plain(written):
        return _read_value(WrittenValue(written), country)
    return gather(_read_value(value, country) for value in _values(written))


def _values(written: str) -> Iterator[WrittenValue]:
    """Give the values of a cell; of 3005550100 o 3105550100, both are answered by the person."""
    for value in split_cell(written, labels_of(KIND), _is_value):
        yield value._replace(why=tuple(why for why in value.why if why is not Why.ONE_MEANT))


def _is_value(text: str) -> bool:
    """Say whether a text is one number, so that a cell is parted at it."""
    digits = _NOT_DIALLED.sub("", text)
    most = 14 if text.lstrip(" (").startswith(("+", "00")) else 12
    return _FEWEST <= len(digits) <= most and _SIGNS.fullmatch(text) is not None


def _read_value(value: WrittenValue, country: str) -> Readings:
    if value.nothing_because:
        return nothing(value.nothing_because)
    text = value.text
    if country == "PE" and _PRIVATE_NETWORK.fullmatch(text):
        return _in_doubt(value, text[1:].lstrip(), country, Why.OTHER_FORM)
    if _UNREAD.search(text):
        return nothing(Why.UNREAD_POSITIONS)
    if _LOOK_ALIKE.fullmatch(text):
        return _in_doubt(value, text.translate(_DIGIT_OF), country, Why.LOOK_ALIKE)
    if (short := _SHORT_SECOND.fullmatch(text)) is not None:
        return _in_doubt(value, short[1], country, Why.WORDS_BESIDE)
    if _LETTER.search(text) and len(numbers := _AMONG_WORDS.findall(text)) > 1:
        return gather(_in_doubt(value, number, country, Why.WORDS_BESIDE) for number in numbers)
    dialled = _dialled(text)
    digits = dialled.removeprefix("+")
    if is_meaningless(digits) or find_nothing_folded(text):
        return nothing(Why.NOTHING_WRITTEN)
    if len(digits) < _FEWEST:
        return nothing(Why.TOO_SHORT)
    if len(digits) > _MOST:
        return nothing(Why.TOO_LONG)
    if not country and dialled[0] != "+":
        return _of_any(value, dialled)
    readings = _of_country(value, dialled, country)
    if not _is_called(value) and has_shape_of_another(text):
        return Readings(tuple(map(_as_other_kind, readings.things)), readings.nothing_because)
    return readings


def _is_called(value: WrittenValue) -> bool:
    """Say whether a word next to a number says that it is a telephone."""
    words = set(_WORD.findall(value.labels))
    return bool(words - _ANY_NUMBER)


def _as_other_kind(reading: Reading) -> Reading:
    return reading._replace(certainty="possible", why=(Why.OTHER_KIND, *reading.why))


def _in_doubt(value: WrittenValue, text: str, country: str, doubt: Why) -> Readings:
    """Read another text for a value, and leave all that it may be in doubt."""
    read_anew = _read_value(value._replace(text=text), country)
    why = (doubt, *value.why)
    return Readings(
        tuple(thing._replace(certainty="possible", why=why) for thing in read_anew.things),
        read_anew.nothing_because,
        read_anew.together,
    )


def _dialled(text: str) -> str:
    """Return the digits, with + before an international number."""
    digits = _NOT_DIALLED.sub("", text)
    if text.lstrip(" (").startswith("+"):
        return "+" + digits
    return "+" + digits[2:].lstrip("0") if digits.startswith("00") else digits


def _of_country(value: WrittenValue, dialled: str, country: str) -> Readings:
    number = _e164(dialled, country)
    if number is not None:
        why = _doubt(value, dialled, number, country)
        certain = why is Why.AS_WRITTEN
        reading = Reading(number, "certain" if certain else "possible", (why, *value.why))
        return Readings((reading,))
    former = _of_former_plan(value, dialled, country)
    return former or _abroad(value, dialled) or _newer(value, dialled, country)


def _abroad(value: WrittenValue, dialled: str) -> Readings | None:
    """Read a number with the code of another country and no plus; None where it has none.

    58 412 1234567 in a Colombian file is a telephone of Venezuela, possibly.
    """
    if not _WITH_CODE.fullmatch(dialled) or _LETTER.search(value.text):
        return None
    number = _e164("+" + dialled, "")
    if number is None:
        return None
    return Readings((Reading(number, "possible", (Why.OTHER_FORM, *value.why)),))


def _doubt(value: WrittenValue, dialled: str, number: str, country: str) -> Why:
    """Say what else a valid number may be; AS_WRITTEN where it is a telephone and nothing else."""
    text = value.text
    if _LETTER.search(text):
        return Why.WORDS_BESIDE
    if looks_like_decimal(text):
        return Why.OTHER_FORM
    national = _nationally(number, country)[1]
    if is_doubtful(national) or is_row(dialled.lstrip("+0")) or _FILLER_TAIL.fullmatch(national):
        return Why.FILLER_LIKE
    is_other = not _is_called(value) and _looks_like_document(country, dialled, text)
    return Why.OTHER_KIND if is_other else Why.AS_WRITTEN


def _looks_like_document(country: str, dialled: str, text: str) -> bool:
    """Say whether digits without a word may be a document or a day, by their groups or alone."""
    plain = dialled == text
    if country == "PE" and len(dialled) == 8 and (plain or _DNI.fullmatch(text)):
        return True
    if country == "EC" and len(dialled) == 10 and (plain or _CEDULA.fullmatch(text)):
        return ec_cedula(dialled)
    return plain and looks_like_date(dialled)


def _of_former_plan(value: WrittenValue, dialled: str, country: str) -> Readings | None:
    """Read a number of a former numbering plan; None where it has no such form."""
    region, national = _nationally(dialled, country)
    readings = [
        Reading(
            number,
            "certain" if today.plain or dialled[0] == "+" else "possible",
            (Why.OLD_PLAN, *value.why),
        )
        for today in todays_numbers(region, national, value.text)
        if (number := _e164(today.national, region)) is not None and not is_doubtful(today.national)
    ]
    if readings:
        return Readings(tuple(readings[:1]))
    return _with_country_code(value, dialled, country)


def _with_country_code(value: WrittenValue, dialled: str, country: str) -> Readings | None:
    """Read a number of a former plan behind its country's code without a plus: (57) (1) 5550143."""
    code = _CODES.get(country, "")
    if not code or not dialled.startswith(code):
        return None
    former = _of_former_plan(value, "+" + dialled, country)
    return former and former._replace(
        things=tuple(thing._replace(certainty="possible") for thing in former.things)
    )


def _nationally(dialled: str, country: str) -> tuple[str, str]:
    """Part a number into region and national digits."""
    for region, code in _CODES.items():
        if dialled.startswith("+" + code):
            return region, dialled[len(code) + 1 :]
    return country, dialled


def _newer(value: WrittenValue, dialled: str, country: str) -> Readings:
    """Read what the library does not know as valid: possible where its length is one in use."""
    try:
        number = phonenumbers.parse(dialled, country or None)
    except NumberParseException:
        return nothing(Why.NO_NUMBER)
    if len(dialled) == _LOCAL:
        return nothing(Why.AREA_MISSING)
    lengths = _LENGTHS.get(number.country_code or 0)
    in_use = (
        len(str(number.national_number)) in lengths
        if lengths
        else phonenumbers.is_possible_number(number)
    )
    if not in_use or _LETTER.search(value.text):
        return nothing(Why.NO_NUMBER)
    text = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return Readings((Reading(text, "possible", (Why.NEW_NUMBER, *value.why)),))


def _of_any(value: WrittenValue, dialled: str) -> Readings:
    """Read a national number without a country: wherever it is valid."""
    numbers = {
        number: None for country in COUNTRIES if (number := _e164(dialled, country)) is not None
    }
    if not numbers:
        former = [_of_former_plan(value, dialled, country) for country in COUNTRIES]
        numbers = {thing.value: None for plan in former if plan for thing in plan.things}
    if not numbers:
        return nothing(Why.AREA_MISSING if len(dialled) == _LOCAL else Why.NO_NUMBER)
    why = (Why.COUNTRY_UNKNOWN, *value.why)
    things = tuple(Reading(number, "possible", why, whole=len(numbers) == 1) for number in numbers)
    together = (("", f"|?{dialled}"),) if len(numbers) > 1 else ()
    return Readings(things, together=together)


@lru_cache(maxsize=CACHED)
def _e164(dialled: str, country: str) -> str | None:
    try:
        number = phonenumbers.parse(dialled, country or None)
    except NumberParseException:
        return None
    return (
        phonenumbers.format_number(number, PhoneNumberFormat.E164)
        if phonenumbers.is_valid_number(number)
        else None
    )
