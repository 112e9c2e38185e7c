"""Say what is particular about a cell as a whole, whatever kind stands in it."""

import re

from schemas.normalise.nothing import find_nothing
from schemas.normalise.reading import Why
from schemas.normalise.spreadsheet import undo_spreadsheet
from schemas.normalise.written_value import LONGEST, tidy

_DIGIT = re.compile("[0-9]")
_WORD = re.compile("[A-Z]{2,}")


def why_of_cell(written: str, values: list[str]) -> tuple[Why, ...]:
    """Say what was done to a cell to find the values in it; `values`: without signs."""
    why: list[Why] = []
    text = tidy(written)
    if len(values) > 1:
        why.append(Why.ONE_OF_SEVERAL)
    if undo_spreadsheet(text).undone:
        why.append(Why.SPREADSHEET_UNDONE)
    elif _has_words_beside(text, values):
        why.append(Why.LABEL_REMOVED)
    return tuple(why)


def why_nothing(written: str) -> Why | None:
    """Say why a cell can hold no mark of any kind; None where it can."""
    if len(written) > LONGEST:
        return Why.TOO_LONG
    if not written.strip() or find_nothing(written):
        return Why.NOTHING_WRITTEN
    if undo_spreadsheet(tidy(written)).lost:
        return Why.DIGITS_LOST
    return None if _DIGIT.search(written) else Why.NO_NUMBER


def _has_words_beside(text: str, values: list[str]) -> bool:
    """Say whether a cell has words that are part of none of its values."""
    joined = " ".join(values)
    return any(word not in joined for word in _WORD.findall(text))
