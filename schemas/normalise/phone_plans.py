"""Write a number of a former numbering plan of the four countries as it is dialled today.

CO: until 2021 area code (1 digit) and 7 digits, with 03 from mobiles, 05, 07 or 09 by carrier; now
60 before the area code. PE: until 2008 Lima's mobiles had 8 digits, the provinces' 9 and 6 behind
the area code; Lima's 01 is also written before mobiles. EC: until 2012 mobiles had 08 or 09 and 7
digits; fixed numbers had 6 digits. BO: a carrier's code or 0 before the number. From the plans of
the regulators (CRC, MTC, ARCOTEL, ATT), as general knowledge.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class _Change(NamedTuple):
    """A former form and how it is dialled now. `plain`: the old form cannot be anything else."""

    former: re.Pattern[str]
    today: str
    plain: bool


def _change(former: str, today: str, plain: bool = False) -> _Change:
    return _Change(re.compile(former), today, plain)


_AREA_CO = "[124-8]"
_CHANGES: Mapping[str, Sequence[_Change]] = {
    "CO": (
        _change(rf"0[34579]({_AREA_CO})([0-9]{{7}})", r"60\1\2", True),
        _change(rf"({_AREA_CO})([0-9]{{7}})", r"60\1\2"),
        _change(r"03?(3[0-9]{9})", r"\1", True),
    ),
    "PE": (
        _change(r"0?1(9[0-9]{8})", r"\1", True),
        _change(r"0[4-8][0-9](9[0-9]{8})", r"\1", True),
        _change(r"0?1(9[0-9]{7})", r"9\1"),
        _change(r"(9[0-9]{7})", r"9\1"),
        _change(r"0?([4-8][0-9])9([0-9]{6})", r"9\1\2"),
    ),
    "EC": (
        _change(r"0?([89])([0-9]{7})", r"9\1\2"),
        _change(r"0([2-7])([0-9]{6})", r"\g<1>2\2"),
    ),
    "BO": (
        _change(r"01?([67][0-9]{7})", r"\1"),
        _change(r"01[0-9]([2-4][0-9]{7})", r"\1"),
    ),
}
_GROUPED_AREA = re.compile(r"(?:\(?[1-8]\)[\s-]*|[1-8][\s-]+)[0-9]{3}[\s-]?[0-9]{2}[\s-]?[0-9]{2}")


class TodaysNumber(NamedTuple):
    """A national number as it is dialled today. `plain`: its old form has no other meaning."""

    national: str
    plain: bool


def todays_numbers(country: str, national: str, text: str) -> list[TodaysNumber]:
    """List what a number of a former plan is today; empty where it has no former form.

    `national`: its digits without country code. `text`: as written: an area code that stands apart
    is one.
    """
    grouped = country == "CO" and _GROUPED_AREA.fullmatch(text) is not None
    return [
        TodaysNumber(match.expand(change.today), change.plain or grouped)
        for change in _CHANGES.get(country, ())
        if (match := change.former.fullmatch(national)) is not None
    ]
