"""Serial numbers of weapons: THE one normal form (the vocabulary's rules, which follow NCIC's).

1. Upper case, accents folded, everything but letters, digits and `?` dropped.
2. Placeholders (UNKNOWN, S/N, LIMADO ...) and marks without any digit as written never match.
3. Prefix and suffix letters count, letters between digits do not (369J257 = 369257 = 369M257).
4. O→0, I→1, S→5, B→8, Z→2, G→6, everywhere; between digits such a letter is a digit that was
   misread, and stays as one.
5. Fewer than 4 characters left, zeros only, or more than 40 as written: never.

A prefix may itself be misread: 8GX123 is BGX123 to somebody who took the B for an 8, and BGX123 is
not BGM123. So the prefix goes as far as its last letter while it holds at most one digit, and that
a confusable one; the suffix likewise, from behind. Where that digit may as well be the number's
first (1J5678), the other reading (15678) is kept as `possible`.
"""

import re
import unicodedata
from itertools import product
from math import prod
from typing import NamedTuple

MOST_UNREAD = 2  # `?` in a mark: beyond, it says too little
SHORTEST = 4
LONGEST = 40  # letters and digits as written: beyond, it is a text, not a serial

_KEPT = {ord(c): c for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ?"} | {
    ord(c.lower()): c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
}
_COMPACT = {code: _KEPT.get(code) for code in range(128)}
_CONFUSED = str.maketrans("OISBZG", "015826")
_DIGIT = re.compile("[0-9]")
_PLAIN = re.compile(
    "[A-Z]*[0-9]+"
)  # most marks; nothing stands between or behind the digits, so there is but one reading
_LETTERS = re.compile("[A-Z]+")
_PREFIX = re.compile(
    "(?:[A-Z]*[012568])?[A-Z]+"
)  # letters, at most one of them read as a digit, the last one a letter
_SUFFIX = re.compile("[A-Z]+(?:[012568][A-Z]*)?$")
# what an unread position before the first or after the last digit can be, folded
_OUTER = "0123456789ACDEFHJKLMNPQRTUVWXY"
_INNER = (*"0123456789", "")  # between digits: a digit, or a letter, which is dropped

# Words that say there is no serial, wherever they stand in the mark (a digit next to them, as in
# "LIMADO 2 GUARDAMANOS", does not make one).
_WORDS = re.compile(
    "ILEGIBLE|BORRAD|LIMAD|OBLITERAD|OBLITERATED|DESCONOCID|UNKNOWN|SINNUMERO|SINSERI|SINNRO|NOVISIBLE|NOTIENE|NOPRESENTA|NOREGISTRA"
    "|NOAPLICA|NOLEGIBLE|NOSERIAL|REMOVED|ERASED|DEFACED|ILLEGIBLE|^(NONE|SN|NA|NULL)[0OX]*$|^X+[0O]*$"
)


class Serial(NamedTuple):
    """Hold what a serial may be.

    `certainty`: certain, possible or never. `normal`: only if certain. `candidates`: what else it
    could be; if possible, all that it could be.
    """

    normal: str | None
    certainty: str
    candidates: tuple[str, ...] = ()


NEVER = Serial(None, "never")


def serial(text: str | None) -> Serial:
    """Return the normal form of a serial as read.

    One or two `?` give every serial it could be: at most 31 a position, 961 in all.
    """
    if not text:
        return NEVER
    mark = _compacted(text)
    if len(mark) > LONGEST or _DIGIT.search(mark) is None or _WORDS.search(mark) is not None:
        return NEVER
    if "?" in mark:
        return _possible(mark)
    if _PLAIN.fullmatch(mark):
        plain = mark.translate(_CONFUSED)
        return Serial(plain, "certain") if _tells(plain) else NEVER
    normal, otherwise = _reading(mark), _strictly(mark)
    if not _tells(normal):
        return NEVER
    return Serial(
        normal, "certain", (otherwise,) if otherwise != normal and _tells(otherwise) else ()
    )


def _reading(mark: str) -> str:
    """Keep prefix and suffix letters, drop those between, read look-alikes as digits."""
    if mark.isdigit():
        return mark
    head = _PREFIX.match(mark)
    start = head.end() if head else 0
    tail = _SUFFIX.search(mark, start)
    end = tail.start() if tail else len(mark)
    middle = _LETTERS.sub("", mark[start:end].translate(_CONFUSED))
    return mark[:start].translate(_CONFUSED) + middle + mark[end:].translate(_CONFUSED)


def _strictly(mark: str) -> str:
    """Read every digit as written as one of the number."""
    first, last = (
        match.start() for match in (_DIGIT.search(mark), _DIGIT.search(mark[::-1])) if match
    )
    end = len(mark) - last
    inner = _LETTERS.sub("", mark[first:end].translate(_CONFUSED))
    return mark[:first].translate(_CONFUSED) + inner + mark[end:].translate(_CONFUSED)


def _compacted(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return text.translate(_COMPACT)


def _tells(normal: str) -> bool:
    return len(normal) >= SHORTEST and normal.strip("0") != ""


def count_unread(text: str | None) -> int:
    """Count the readings of a mark with unread positions without making them; some may be equal.

    0 for a mark that was read, and for one with too many unread positions.
    """
    if not text or (text.isascii() and "?" not in text):
        return 0
    mark = _compacted(text)
    parts = mark.split("?")
    if not 1 < len(parts) <= MOST_UNREAD + 1 or len(mark) > LONGEST:
        return 0
    return prod(map(len, _fills_of(parts)))


def _fills_of(parts: list[str]) -> list[tuple[str, ...] | str]:
    """Give what each unread position between the parts of a mark can be."""
    return [_fills("".join(parts[: n + 1]), "".join(parts[n + 1 :])) for n in range(len(parts) - 1)]


def _possible(mark: str) -> Serial:
    parts = mark.split("?")
    if len(parts) > MOST_UNREAD + 1:
        return NEVER
    fills = _fills_of(parts)
    readings = {_reading(_filled(parts, fill)) for fill in product(*fills)}
    candidates = tuple(sorted(reading for reading in readings if _tells(reading)))
    return Serial(None, "possible", candidates) if candidates else NEVER


def _fills(before: str, after: str) -> tuple[str, ...] | str:
    return _INNER if _DIGIT.search(before) and _DIGIT.search(after) else _OUTER


def _filled(parts: list[str], fill: tuple[str, ...]) -> str:
    return parts[0] + "".join(chosen + part for chosen, part in zip(fill, parts[1:], strict=True))
