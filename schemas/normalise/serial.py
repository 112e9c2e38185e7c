"""Serial numbers of weapons: THE one normal form (the vocabulary's rules, which follow NCIC's).

1. Labels, calibre, make and notes are removed, spreadsheet damage is undone (marks.py): upper
   case, accents folded, letters, digits and `?` for an unread position are left.
2. Placeholders (nothing.py), rows of digits and marks without any digit as written never match.
3. Prefix and suffix letters count, letters between digits do not (369J257 = 369257 = 369M257).
4. O→0, I→1, S→5, B→8, Z→2, G→6, everywhere; between digits such a letter is a digit that was
   misread, and stays as one.
5. Fewer than 4 characters left, zeros only, more than 40 as written, 14 digits or more: never.
6. Patterns such as 112233, numbers of 10 digits or more and mobile numbers are possible. So is the
   number without the zeros before it.

A prefix may itself be misread: 8GX123 is BGX123 to somebody who took the B for an 8, and BGX123 is
not BGM123. So the prefix goes as far as its last letter while it holds at most one digit, and that
a confusable one; the suffix likewise, from behind. Where that digit may as well be the number's
first (1J5678), the other reading (15678) is kept as `possible`.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from math import prod
from typing import NamedTuple

from schemas.normalise.marks import MOST_UNREAD, WrittenMark, find_marks, plain_mark
from schemas.normalise.nothing import is_doubtful, is_filler, is_row
from schemas.normalise.written_value import LONGEST as LONGEST_CELL

SHORTEST = 4
LONGEST = 40  # letters and digits as written: beyond, it is a text, not a serial
LONGEST_NUMBER = 9  # digits of a serial without letters: beyond, it may be of another kind
_YEAR = re.compile("(?:19[5-9]|20[0-3])[0-9]")
_MOBILE = re.compile("9[0-9]{8}")  # as the mobile numbers of Ecuador and Peru
READ_AGAIN = 1024
"""Cells whose reading is remembered: each is counted first, and observed soon after."""
OTHER_KINDS = 14  # digits from which a number without letters is a handset, an account, a bar code

_CONFUSED = str.maketrans("OISBZG", "015826")
_DIGIT = re.compile("[0-9]")
_PLAIN = re.compile(
    "[A-Z]*[0-9]+"
)  # most marks; nothing stands between or behind the digits, so there is but one reading
_ONE_READING = re.compile("[A-Z]{1,4}[1-9][0-9]{3,9}")  # as most serials are written
_LETTERS = re.compile("[A-Z]+")
_MIXED = re.compile(
    "[A-MO-RT-WYZ][A-Z0-9]*[0-9]{3}"
)  # which no filler is: those begin with N, S or X
_PREFIX = re.compile(
    "(?:[A-Z]*[012568])?[A-Z]+"
)  # letters, at most one of them read as a digit, the last one a letter
_SUFFIX = re.compile("[A-Z]+(?:[012568][A-Z]*)?$")
# what an unread position before the first or after the last digit can be, folded
_OUTER = "0123456789ACDEFHJKLMNPQRTUVWXY"
_INNER = (*"0123456789", "")  # between digits: a digit, or a letter, which is dropped


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
    """Return the normal form of a serial as read: of the mark of a cell, where it holds one.

    One or two unread positions give every serial it could be: at most 31 a position, 961 in all.
    Of a cell with several marks it gives all as candidates; `serials` gives each.
    """
    readings = serials(text)
    if len(readings) < 2:
        return readings[0] if readings else NEVER
    return _in_doubt(readings)


def serials(text: str | None, *, legible: bool = False) -> tuple[Serial, ...]:
    """List the serials of a cell in their order, none of them `never`.

    `legible`: leave out the readings that have an unread position.
    """
    if not text:
        return ()
    if (plain := read_plain(text)) is not None:
        return plain
    readings = (read_mark(mark, legible) for mark in find_marks(text))
    return tuple(reading for reading in readings if reading.certainty != "never")


def read_plain(text: str) -> tuple[Serial, ...] | None:
    """Read a cell that holds a serial and nothing else, the quick way; None where it may hold more.

    An empty result is a mark that is `never` a serial.
    """
    return _read_plain(text) if len(text) <= LONGEST_CELL else _read_plain.__wrapped__(text)


@lru_cache(maxsize=READ_AGAIN)
def _read_plain(text: str) -> tuple[Serial, ...] | None:
    mark = plain_mark(text)
    if mark is None:
        return None
    reading = _read(mark)
    return () if reading.certainty == "never" else (reading,)


def read_mark(mark: WrittenMark, legible: bool = False) -> Serial:
    """Read one mark of a cell; `legible`: without the readings that have an unread position."""
    texts = [text for text in (mark.text, *mark.others) if not (legible and "?" in text)]
    if mark.others or not mark.sure:
        return _in_doubt([_read(text) for text in texts])
    return _read(mark.text) if texts else NEVER


def _in_doubt(readings: Iterable[Serial]) -> Serial:
    """Hold several readings as one that may be any of them."""
    candidates: dict[str, None] = {}
    for reading in readings:
        candidates.update(dict.fromkeys([reading.normal] if reading.normal else []))
        candidates.update(dict.fromkeys(reading.candidates))
    return Serial(None, "possible", tuple(candidates)) if candidates else NEVER


def _read(mark: str) -> Serial:
    """Read a mark of capitals, digits and `?`."""
    if len(mark) > LONGEST:
        return NEVER
    if _PLAIN.fullmatch(mark):
        normal = mark.translate(_CONFUSED)
        others = _without_zeros(normal) if normal[0] == "0" else ()
    elif _DIGIT.search(mark) is None:
        return NEVER
    elif "?" in mark:
        return _possible(mark)
    else:
        normal, strict = _reading(mark), _strictly(mark)
        others = (strict,) if strict != normal and _tells(strict) else ()
        others += _without_zeros(normal)
    if not _tells(normal) or (len(normal) >= OTHER_KINDS and normal.isdigit()):
        return NEVER
    certain = Serial(normal, "certain", others)
    doubtful = is_doubtful(normal) or may_be_another_kind(normal)
    return _in_doubt([certain]) if doubtful else certain


def may_be_another_kind(mark: str) -> bool:
    """Say whether digits alone may be a document, a telephone or a year as well."""
    if _YEAR.fullmatch(mark):
        return True
    if not mark.isdigit() or len(mark) < LONGEST_NUMBER:
        return False
    return len(mark) > LONGEST_NUMBER or _MOBILE.fullmatch(mark) is not None


def _without_zeros(mark: str) -> tuple[str, ...]:
    """Give a number without the zeros before it, which spreadsheets drop."""
    bare = mark.lstrip("0")
    return (bare,) if bare != mark and mark.isdigit() and _tells(bare) else ()


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


def _tells(normal: str) -> bool:
    if _MIXED.match(normal):
        return True
    return len(normal) >= SHORTEST and not is_filler(normal) and not is_row(normal)


def count_legible(text: str | None) -> int:
    """Count the serials that the marks of a cell may be at most, without unread positions."""
    if not text:
        return 0
    if _ONE_READING.fullmatch(text):
        return 1
    readings = (reading for mark in find_marks(text) for reading in (mark.text, *mark.others))
    return sum(_count_one(reading) for reading in readings if "?" not in reading)


def _count_one(mark: str) -> int:
    return 1 if _PLAIN.fullmatch(mark) and mark[0] not in "0O" else 2


def count_unread(text: str | None) -> int:
    """Count the readings of marks with unread positions without making them; some may be equal.

    0 for marks that were read, and for those with too many unread positions.
    """
    if not text or read_plain(text) is not None:
        return 0
    readings = (reading for mark in find_marks(text) for reading in (mark.text, *mark.others))
    return sum(_count_fills(reading) for reading in readings if "?" in reading)


def _count_fills(mark: str) -> int:
    parts = mark.split("?")
    if len(parts) > MOST_UNREAD + 1 or len(mark) > LONGEST:
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
    candidates = tuple(
        sorted(text for text in readings if len(text) >= SHORTEST and text.strip("0"))
    )
    return Serial(None, "possible", candidates) if candidates else NEVER


def _fills(before: str, after: str) -> tuple[str, ...] | str:
    return _INNER if _DIGIT.search(before) and _DIGIT.search(after) else _OUTER


def _filled(parts: list[str], fill: tuple[str, ...]) -> str:
    return parts[0] + "".join(chosen + part for chosen, part in zip(fill, parts[1:], strict=True))
