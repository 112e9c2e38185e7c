"""Serial numbers of weapons: THE one normal form (the vocabulary's rules, which follow NCIC's).

1. Upper case, accents folded, everything but letters, digits and `?` dropped.
2. Placeholders (UNKNOWN, S/N, LIMADO ...) and marks without any digit as written never match.
3. O→0, then I→1 S→5 B→8 Z→2 G→6, everywhere.
4. Letters between digits are dropped (369J257 = 369257 = 369M257); those before the first and after the last digit count.
5. Fewer than 4 characters left, zeros only, or more than 40 as written: never.

Why 3 comes before 4: NCIC would drop the I of 369I257 as a letter, an officer may have read a 1. A weapon must hang on one key, so one
reading has to win; folding first makes 369I257 and 3691257 one weapon and tells it from 369257, dropping first would do the opposite.
The price: a prefix is read as digits where its letters are confusable, so letters between them are dropped too: BGX123, BGM123 and 86123
are one key (make and type must agree too).
"""

import re
import unicodedata
from itertools import product
from typing import NamedTuple

MOST_UNREAD = 2  # `?` in a mark: beyond, it says too little
SHORTEST = 4
LONGEST = 40  # letters and digits as written: beyond, it is a text, not a serial

_KEPT = {ord(c): c for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ?"} | {ord(c.lower()): c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_COMPACT = {code: _KEPT.get(code) for code in range(128)}
_CONFUSED = str.maketrans("OISBZG", "015826")
_DIGIT = re.compile("[0-9]")
_BETWEEN = re.compile("(?<=[0-9])[A-Z]+(?=[0-9])")
_OUTER = "0123456789ACDEFHJKLMNPQRTUVWXY"  # what an unread position before the first or after the last digit can be, folded
_INNER = (*"0123456789", "")  # between digits: a digit, or a letter, which is dropped

# Words that say there is no serial, wherever they stand in the mark (a digit beside them, as in "LIMADO 2 GUARDAMANOS", does not make one).
_WORDS = re.compile(
    "ILEGIBLE|BORRAD|LIMAD|OBLITERAD|OBLITERATED|DESCONOCID|UNKNOWN|SINNUMERO|SINSERI|SINNRO|NOVISIBLE|NOTIENE|NOPRESENTA|NOREGISTRA"
    "|NOAPLICA|NOLEGIBLE|NOSERIAL|REMOVED|ERASED|DEFACED|ILLEGIBLE|^(NONE|SN|NA|NULL)[0OX]*$|^X+[0O]*$"
)


class Serial(NamedTuple):
    """certainty: certain | possible | never. `normal`: only if certain; `candidates`: only if possible, all that it could be."""

    normal: str | None
    certainty: str
    candidates: tuple[str, ...] = ()


NEVER = Serial(None, "never")


def serial(text: str | None) -> Serial:
    """The normal form of a mark as read. One or two `?` give every serial it could be: at most 31 a position, 961 in all."""
    if not text:
        return NEVER
    mark = _compacted(text)
    if len(mark) > LONGEST or _DIGIT.search(mark) is None or _WORDS.search(mark) is not None:
        return NEVER
    mark = mark.translate(_CONFUSED)
    if "?" in mark:
        return _possible(mark)
    normal = _BETWEEN.sub("", mark)
    return Serial(normal, "certain") if _tells(normal) else NEVER


def _compacted(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return text.translate(_COMPACT)


def _tells(normal: str) -> bool:
    return len(normal) >= SHORTEST and normal.strip("0") != ""


def _possible(mark: str) -> Serial:
    parts = mark.split("?")
    if len(parts) > MOST_UNREAD + 1:
        return NEVER
    fills = [_fills("".join(parts[: n + 1]), "".join(parts[n + 1 :])) for n in range(len(parts) - 1)]
    readings = {_BETWEEN.sub("", _filled(parts, fill)) for fill in product(*fills)}
    candidates = tuple(sorted(reading for reading in readings if _tells(reading)))
    return Serial(None, "possible", candidates) if candidates else NEVER


def _fills(before: str, after: str) -> tuple[str, ...] | str:
    return _INNER if _DIGIT.search(before) and _DIGIT.search(after) else _OUTER


def _filled(parts: list[str], fill: tuple[str, ...]) -> str:
    return parts[0] + "".join(chosen + part for chosen, part in zip(fill, parts[1:], strict=True))
