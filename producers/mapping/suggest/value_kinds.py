"""Detect what a column's values are: dates, numbers, codes of a list, places of a system."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from producers.mapping.dates import layout_parser, precision_of
from producers.mapping.number_text import number_parser, number_readings
from producers.mapping.place_codes import SYSTEMS, find_system, is_same_place
from producers.mapping.suggest.similarity import stems, synonyms
from schemas.codes import code_lists

_DATES = (
    "%d/%m/%Y",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%m/%d/%Y",
    "%m-%d-%Y",
    "%d/%m/%y",
    "%d-%m-%y",
)
_TIMES = (
    "",
    " %H:%M",
    " %H:%M:%S",
    "T%H:%M:%S",
    "T%H:%M:%S.%f",
    "T%H:%M",
    "T%H:%M:%S%z",
    "T%H:%M:%S.%f%z",
    " %I:%M %p",
)
LAYOUTS = tuple(f"{day}{time}" for day, time in product(_DATES, _TIMES))
CLOCKS = ("%H:%M", "%H:%M:%S", "%H%M")
_DATELIKE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?")
_ENOUGH = 0.9
_DEPARTMENTS = 60  # ways of writing them, at most
_LETTERS = {
    "LP": "BO-L",
    "CB": "BO-C",
    "SC": "BO-S",
    "OR": "BO-O",
    "PT": "BO-P",
    "CH": "BO-H",
    "TJ": "BO-T",
    "BE": "BO-B",
    "PD": "BO-N",
}


@dataclass(frozen=True, slots=True)
class Dates:
    """How a column writes dates.

    `layouts` are the fewest that read nearly all values. `unsure` says that no value distinguishes
    days from months. `left` are values that no layout reads.
    """

    layouts: tuple[str, ...]
    unsure: bool
    left: int

    @property
    def timed(self) -> bool:
        """Tell whether a layout names the hour."""
        return precision_of(self.layouts[0]) in ("minute", "second")


def detect_dates(values: Sequence[str]) -> Dates | None:
    """None where most values are no dates."""
    counts = Counter(values)
    if (
        sum(count for value, count in counts.items() if _DATELIKE.fullmatch(value))
        < _ENOUGH * len(values)
        or not values
    ):
        return None
    left, layouts = dict(counts), list[str]()
    while left and len(layouts) < 3:
        read = {layout: _read_by(layout, left) for layout in LAYOUTS}
        best = max(LAYOUTS, key=lambda layout: sum(left[value] for value in read[layout]))
        if not read[best]:
            break
        layouts.append(best)
        left = {value: count for value, count in left.items() if value not in read[best]}
    if not layouts or sum(left.values()) > (1 - _ENOUGH) * len(values):
        return None
    return Dates(tuple(layouts), _unsure(layouts[0], counts), sum(left.values()))


def are_serial_dates(values: Sequence[str]) -> bool:
    """Whether they may be days since 1900: numbers of 1954 to 2064."""
    return bool(values) and all(re.fullmatch(r"[2-5]\d{4}(\.\d+)?", value) for value in values)


def detect_clocks(values: Sequence[str]) -> str | None:
    """The format of a column of times."""
    return next(
        (
            layout
            for layout in CLOCKS
            if values and len(_read_by(layout, values)) >= _ENOUGH * len(values)
        ),
        None,
    )


def _read_by(layout: str, values: Mapping[str, int] | Sequence[str]) -> list[str]:
    read, good = layout_parser(layout), list[str]()
    for value in values:
        try:
            read(value)
        except ValueError:
            continue
        good.append(value)
    return good


def _unsure(layout: str, counts: Mapping[str, int]) -> bool:
    if layout.startswith("%d") and "%m" in layout:
        swapped = layout.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")
        return len(_read_by(swapped, counts)) == len(counts)
    return False


def detect_decimal_separator(values: Sequence[str]) -> str | None:
    """`,` or `.`; None where they are no numbers. Whole numbers alone: `.`."""
    patterns = {
        mark: re.compile(rf"[+-]?(\d+|\d{{1,3}}([{group} ']\d{{3}})+)({re.escape(mark)}\d+)?")
        for mark, group in ((".", ","), (",", "."))
    }
    share = {
        mark: sum(bool(pattern.fullmatch(value)) for value in values)
        for mark, pattern in patterns.items()
    }
    best = max((".", ","), key=lambda mark: share[mark])
    return best if values and share[best] >= _ENOUGH * len(values) else None


def find_doubtful_number(values: Sequence[str], mark: str) -> str | None:
    """Give a value that is two numbers, where no other value says which mark is the decimal one."""
    deciding, doubtful = set[str](), None
    for value in dict.fromkeys(values):
        marks = [other for other in ".," if _is_number(other, value)]
        if len(marks) == 1:
            deciding.add(marks[0])
        elif doubtful is None and len(number_readings(value)) > 1:
            doubtful = value
    return None if deciding == {mark} else doubtful


def _is_number(mark: str, value: str) -> bool:
    try:
        number_parser(mark)(value)
    except ValueError:
        return False
    return True


@cache
def _words_of(code_list: str) -> list[tuple[str, frozenset[str]]]:
    code_set = code_lists()[code_list]
    more: Mapping[str, list[str]] = synonyms()["codes"].get(code_list, {})
    texts = [
        (code, text)
        for code, words in code_set.codes.items()
        for text in (code, *_texts(words), *more.get(code, ()))
    ]
    return [(code, stems(text)) for code, text in texts]


def _texts(words: object) -> list[str]:
    texts = (
        [words]
        if isinstance(words, str)
        else list(words.values())
        if isinstance(words, Mapping)
        else []
    )
    return [part for text in texts for part in re.split(r"\bo\b|\bor\b|,|\(", text) if part.strip()]


def find_code(code_list: str, value: str) -> str | None:
    """The code that a source's word most likely means; None where none is near."""
    value_words = stems(value)
    if not value_words:
        return None
    scored = [
        (2 * len(value_words & words) / (len(value_words) + len(words)), code)
        for code, words in _words_of(code_list)
        if words
    ]
    best = max(scored, key=lambda scored_code: scored_code[0], default=(0.0, ""))
    return best[1] if best[0] > 0.6 else None


def match_codes(code_list: str, distinct: Sequence[str]) -> dict[str, str | None]:
    """Each of the values -> its code, None where it is not known."""
    return {
        value: value if value in code_lists()[code_list].codes else find_code(code_list, value)
        for value in distinct
    }


def detect_place_system(values: Sequence[str]) -> list[str]:
    """The systems whose codes these may be."""
    distinct = set(values)
    fitting = [
        name
        for name in SYSTEMS
        if distinct
        and sum(find_system(name).whole(value) is not None for value in distinct)
        >= _ENOUGH * len(distinct)
    ]
    return fitting if all(value.isdigit() for value in distinct) else []


def match_departments(distinct: Sequence[str]) -> dict[str, str] | None:
    """Give values -> ISO 3166-2 if nearly all name departments of one country.

    Bolivia's letters count too.
    """
    best: dict[str, str] = {}
    for name in SYSTEMS if len(distinct) <= _DEPARTMENTS else ():
        departments = {value: iso for value in distinct if (iso := _department(name, value))}
        best = max(best, departments, key=len)
    return best if distinct and len(best) >= max(1, 0.8 * len(distinct)) else None


def _department(name: str, value: str) -> str | None:
    if name == "ine" and value.upper() in _LETTERS:
        return _LETTERS[value.upper()]
    rows = find_system(name).rows
    return next(
        (
            iso
            for code, (iso, official) in rows.items()
            if len(code) == 2 and is_same_place(official, value)
        ),
        None,
    )
