"""Undo what a spreadsheet does to a number that somebody took for an identifier.

It writes 10111222 as 10111222.0, as 10111222.000000002, as '10111222 or as 1.0111222E+7. What it
shortened is lost: 3005550100 as 3.0055E+9 is no number any more.
"""

import re
from typing import NamedTuple

_QUOTED = re.compile(r"""^=?\s*["'`´]+\s*(.*?)\s*["'`´]*$|^(.*?)\s*["'`´]+$""", re.DOTALL)
_SCIENTIFIC = re.compile(r"([0-9])(?:[.,]([0-9]+))?\s*E\s*\+?([0-9]{1,2})(?:[.,]0*)?")
_ZERO_DECIMALS = re.compile(r"([0-9]+)[.,](?:0|00|0{4,})|([0-9]{4,})[.,]000")
_GROUPED_DECIMALS = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{3})+)[.,]0{1,2}")
_NOISE = re.compile(r"([0-9]{4,})[.,]([0-9]{5,})")
_NEAR_ZERO, _NEAR_ONE = re.compile("0{4,}[0-9]*"), re.compile("9{4,}[0-9]*")


class Undone(NamedTuple):
    """Hold a text without damage. `undone`: there was some. `lost`: digits cannot come back."""

    text: str
    undone: bool = False
    lost: bool = False


def strip_quotes(text: str) -> str:
    """Drop the apostrophe, the quotation marks or the ="…" by which a sheet keeps a text."""
    match = _QUOTED.match(text)
    if match is None:
        return text
    return match[1] if match[1] is not None else match[2]


def undo_spreadsheet(text: str) -> Undone:
    """Give back the digits that stood in the cell. `text`: one value, upper case ASCII.

    A number in scientific notation comes back only if its mantissa has every digit.
    """
    if text.isdigit() or text.isalpha():
        return Undone(text)
    if (match := _SCIENTIFIC.fullmatch(text)) is not None:
        return _expand(match[1], match[2] or "", int(match[3]))
    if (match := _ZERO_DECIMALS.fullmatch(text)) is not None:
        return Undone(match[1] or match[2], True)
    if (match := _GROUPED_DECIMALS.fullmatch(text)) is not None:
        return Undone(re.sub("[.,]", "", match[1]), True)
    if (match := _NOISE.fullmatch(text)) is not None:
        return _round(text, match[1], match[2])
    return Undone(text)


def _expand(first: str, decimals: str, exponent: int) -> Undone:
    if exponent < 3:
        return Undone(f"{first}{decimals}", True, True)
    if len(decimals) == exponent:
        return Undone(first + decimals, True)
    if len(decimals) > exponent and not decimals[exponent:].strip("0"):
        return Undone(first + decimals[:exponent], True)
    return Undone(f"{first}{decimals}", True, True)


def _round(text: str, number: str, decimals: str) -> Undone:
    """Drop the noise of binary fractions: decimals that are nearly none, or nearly one."""
    if _NEAR_ZERO.fullmatch(decimals):
        return Undone(number, True)
    if _NEAR_ONE.fullmatch(decimals):
        return Undone(str(int(number) + 1).rjust(len(number), "0"), True)
    return Undone(text)
