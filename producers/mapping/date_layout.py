"""Compile a format of dates into what reads a text. Pure.

Formats use Python's letters, but nothing of the machine: the words of months and days are those of
date_words.toml. Numbers that touch take exactly their digits. A text is read as what it says, or
not at all.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache

from producers.mapping.date_words import look_up_word
from schemas.i18n import UserMessage, _

_LONGEST = 100
"""Characters of a date. A longer text is none, and not worth the search."""
_WIDTHS = {"d": 2, "m": 2, "Y": 4, "y": 2, "H": 2, "I": 2, "M": 2, "S": 2, "j": 3}
_FIXED = frozenset("YyjMS")
"""What is never written with fewer digits: 14.5 is no 14:05, but may be half past two."""
_WORDS = frozenset("bBaAp")
_LETTERS = frozenset("dmYyHIMSjfbBaApz")
_ZONE = r"(Z|[+-][0-9]{2}:?[0-9]{2}(?::?[0-9]{2})?)"
_HALF = r"([ap]\s*\.?\s*m?\s*\.?|m\s*\.?)"
_WORD = r"((?:[^\W\d_]|[\u0300-\u036f])+\.?)"
_DAY = r"([0-9]{1,2}|primero)(?:\s?[º°]|\.[º°]|er|ro)?"
_OF = r"de(?:l(?:\s+año)?)?"
_UNITS = (("f", "second"), ("S", "second"), ("M", "minute"), ("HI", "hour"))
_DAY_UNITS = (("dj", "day"), ("mbB", "month"), ("Yy", "year"))
_NEEDED = (("I", {"p"}, "%p (a. m., p. m.)"), ("p", {"H", "I"}, "%I"), ("f", {"S"}, "%S"))
_SHOWN = " ".join(f"%{letter}" for letter in "dmYyHIMSfbBaApzj")


class LayoutError(ValueError):
    """A format that cannot be meant. `problem` says why, for users."""

    def __init__(self, problem: UserMessage) -> None:
        """Take what is wrong with the format."""
        super().__init__(problem.in_language("en"))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class DateLayout:
    """A compiled format.

    `precision` is the finest part that it names. `block` gives for the texts that lost leading
    zeros: where their group is, and its letters; None where no zero can be lost.
    """

    text: str
    precision: str
    letters: tuple[str, ...]
    pattern: re.Pattern[str]
    short_pattern: re.Pattern[str] | None = None
    block: tuple[int, tuple[str, ...]] | None = None

    @property
    def has_zone(self) -> bool:
        """Tell whether the source writes the zone."""
        return "z" in self.letters

    @property
    def has_short_year(self) -> bool:
        """Tell whether the century is not written."""
        return "y" in self.letters

    def read(self, written: str, latest: date) -> datetime:
        """Read a text. Raises ValueError for what does not fit or does not exist.

        `latest` is the last day that a year of two digits may lead to.
        """
        match = self.pattern.fullmatch(written) if len(written) <= _LONGEST else None
        if match is None:
            raise ValueError(self.text)
        return _moment(list(zip(self.letters, match.groups(), strict=True)), latest)

    def read_short(self, written: str, latest: date) -> datetime:
        """Read a text whose number lost its leading zeros, as in a spreadsheet: 130 is 01:30.

        A day or a month can lose one zero only, hours and minutes all. Raises ValueError.
        """
        pattern = self.short_pattern if len(written) <= _LONGEST else None
        match = pattern.fullmatch(written) if pattern else None
        if match is None or self.block is None:
            raise ValueError(self.text)
        at, block = self.block
        groups, width = list(match.groups()), sum(_WIDTHS[letter] for letter in block)
        digits = groups[at]
        if block[0] not in "HIM" and len(digits) != width - 1:
            raise ValueError(self.text)
        digits, parts = digits.zfill(width), list[str]()
        for letter in block:
            parts.append(digits[: _WIDTHS[letter]])
            digits = digits[_WIDTHS[letter] :]
        groups[at : at + 1] = parts
        return _moment(list(zip(self.letters, groups, strict=True)), latest)


def precision_of(layout: str) -> str:
    """Name the finest part that a format names; `unknown` if it names none."""
    letters = set(re.findall(r"%([A-Za-z])", layout))
    units = (*_UNITS, *_DAY_UNITS)
    return next((unit for marks, unit in units if letters & set(marks)), "unknown")


@cache
def compile_layout(layout: str) -> DateLayout:
    """Compile a format. Raises LayoutError for one that cannot be meant."""
    pieces = re.split(r"(%.)", layout.replace("%%", "\0"))
    tokens = [piece[1:] if at % 2 else piece.replace("\0", "%") for at, piece in enumerate(pieces)]
    letters = tuple(tokens[1::2])
    _check_letters(layout, letters)
    fixed = [_is_fixed(tokens, at) for at in range(1, len(tokens), 2)]
    if any(letter == "f" and _touches(tokens, 2 * at + 1, 1) for at, letter in enumerate(letters)):
        raise LayoutError(_("in the format {layout} no number may follow %f", layout=layout))
    patterns = [_pattern(*pair) for pair in zip(letters, fixed, strict=True)]
    block = _block(tokens, letters)
    short = None
    if block is not None:
        at, members = block
        width = sum(_WIDTHS[letter] for letter in members)
        rest = [""] * (len(members) - 1)
        short_patterns = [
            *patterns[:at],
            f"([0-9]{{1,{width - 1}}})",
            *rest,
            *patterns[at + len(members) :],
        ]
        short = _join(tokens, short_patterns)
    return DateLayout(layout, precision_of(layout), letters, _join(tokens, patterns), short, block)


def check_whole_date(layout: DateLayout) -> None:
    """Check that a format names a year and leaves out no part between others.

    Raises LayoutError.
    """
    letters = set(layout.letters)
    if not letters & {"Y", "y"}:
        raise LayoutError(_("the format {layout} has no year (%Y or %y)", layout=layout.text))
    units = (("fS", "S"), ("M", "M"), ("HI", "H"), ("dj", "d"), ("mbBj", "m"))
    named = [bool(letters & set(marks)) for marks, _letter in units]
    finest = named.index(True) if True in named else len(units)
    if not all(named[finest:]):
        missing = units[finest + named[finest:].index(False)][1]
        raise LayoutError(
            _("the format {layout} lacks %{letter}", layout=layout.text, letter=missing)
        )


def _check_letters(layout: str, letters: tuple[str, ...]) -> None:
    unknown = next((letter for letter in letters if letter not in _LETTERS), None)
    if unknown is not None or layout.replace("%%", "").endswith("%"):
        problem = _(
            "%{letter} in the format {layout} is not known; these are: {known}",
            letter=unknown or "",
            layout=layout,
            known=_SHOWN,
        )
        raise LayoutError(problem)
    for same in ("Yy", "mbBj", "dj", "HI", "M", "S", "f", "p", "aA", "z"):
        if sum(letter in same for letter in letters) > 1:
            raise LayoutError(_("the format {layout} names a part twice", layout=layout))
    for letter, needed, shown in _NEEDED:
        if letter in letters and not needed & set(letters):
            problem = _(
                "in the format {layout} %{letter} needs {needed}",
                layout=layout,
                letter=letter,
                needed=shown,
            )
            raise LayoutError(problem)


def _touches(tokens: list[str], at: int, step: int) -> bool:
    """Tell whether a digit stands next to the letter at an index, before it (-1) or behind it."""
    between, beyond = tokens[at + step], at + 2 * step
    if between:
        return between[0 if step > 0 else -1].isdigit()
    return 0 < beyond < len(tokens) and tokens[beyond] in "dmYyHIMSjf"


def _is_fixed(tokens: list[str], at: int) -> bool:
    letter = tokens[at]
    return letter in _FIXED or _touches(tokens, at, -1) or _touches(tokens, at, 1)


def _pattern(letter: str, is_fixed: bool) -> str:
    if letter == "f":
        return "([0-9]{1,9})"
    if letter == "z":
        return _ZONE
    if letter in _WORDS:
        return _HALF if letter == "p" else _WORD
    if letter == "d" and not is_fixed:
        return _DAY
    width = _WIDTHS[letter]
    return f"([0-9]{{{width}}})" if is_fixed else f"([0-9]{{1,{width}}})"


def _join(tokens: list[str], patterns: list[str]) -> re.Pattern[str]:
    """Join the patterns of letters with what stands between them."""
    parts = [_literal(tokens[0])]
    for at, pattern in enumerate(patterns):
        if tokens[2 * at + 1] == "p":
            parts[-1] = re.sub(r"(\\s\+)?$", r"\\s*", parts[-1])
        parts += [pattern, _literal(tokens[2 * at + 2])]
    return re.compile("".join(parts), re.IGNORECASE)


def _literal(piece: str) -> str:
    """Give the pattern of what stands between letters.

    Spaces may be many; `de` may be `del` or `del año`.
    """
    return "".join(
        r"\s+" if part.isspace() else _OF if part == "de" else re.escape(part)
        for part in re.split(r"(\s+)", piece)
        if part
    )


def _block(tokens: list[str], letters: tuple[str, ...]) -> tuple[int, tuple[str, ...]] | None:
    """Find the numbers that touch and begin with one that may have lost a zero."""
    start = 0
    while start < len(letters):
        end = start + 1
        while end < len(letters) and letters[end - 1] in _WIDTHS and not tokens[2 * end]:
            end += 1
        members = letters[start:end]
        if len(members) > 1 and members[0] in "dmHIMy" and all(map(_WIDTHS.__contains__, members)):
            ends = tokens[2 * start][-1:] + tokens[2 * end][:1]
            return None if any(map(str.isdigit, ends)) else (start, members)
        start = end
    return None


def _moment(parts: list[tuple[str, str]], latest: date) -> datetime:
    """Make the moment of the parts of a text. Raises ValueError."""
    values = dict(parts)
    month, day = _month(values), _day(values)
    year = (
        _year_near(int(values["y"]), month, day, latest)
        if "y" in values
        else int(values.get("Y", 1900))
    )
    hour, minute, second = _hour(values), int(values.get("M", 0)), int(values.get("S", 0))
    next_day = hour == 24 and not minute and not second
    micros = int(values.get("f", "").ljust(6, "0")[:6])
    moment = datetime(year, month, day, 0 if next_day else hour, minute, second, micros)
    if "j" in values:
        moment += timedelta(days=int(values["j"]) - 1)
        if moment.year != year:
            raise ValueError("no such day of the year")
    name = values.get("a") or values.get("A")
    if name and look_up_word("weekdays", name) != str(moment.isoweekday()):
        raise ValueError("another day of the week")
    moment += timedelta(days=next_day)
    return moment.replace(tzinfo=_zone(values["z"])) if "z" in values else moment


def _day(values: Mapping[str, str]) -> int:
    """Give the day of the month; the first may be a word."""
    written = values.get("d", "1")
    return int(written) if written.isdigit() else 1


def _month(values: Mapping[str, str]) -> int:
    name = values.get("b") or values.get("B")
    return int(look_up_word("months", name)) if name else int(values.get("m", 1))


def _hour(values: Mapping[str, str]) -> int:
    """Give the hour from 0 to 24. With a half of the day, 13 to 23 may only be of the second."""
    hour = int(values.get("H", values.get("I", 0)))
    if "p" not in values:
        return hour
    half = look_up_word("halves", values["p"])
    if half == "noon":
        if hour != 12:
            raise ValueError("noon is 12")
        return 12
    if 1 <= hour <= 12:
        return hour % 12 + (12 if half == "pm" else 0)
    if "I" in values or (half == "am") != (hour == 0):
        raise ValueError("no hour of a half day")
    return hour


def _year_near(short: int, month: int, day: int, latest: date) -> int:
    """Give the last year with these two digits whose day is not after `latest`."""
    year = latest.year - (latest.year - short) % 100
    return year - 100 if (year, month, day) > (latest.year, latest.month, latest.day) else year


def _zone(text: str) -> tzinfo:
    if text in "Zz":
        return UTC
    digits = text[1:].replace(":", "").ljust(6, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]), seconds=int(digits[4:]))
    if offset > timedelta(hours=14) or int(digits[2:4]) > 59:
        raise ValueError("no offset of a zone")
    return timezone(-offset if text[0] == "-" else offset)
