"""Detect what a column's values are: dates, numbers, codes of a list, places of a system."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product
from typing import NamedTuple

from producers.mapping.dates import layout_parser, precision_of
from producers.mapping.number_text import number_parser, number_readings
from producers.mapping.place_codes import SYSTEMS, find_system, is_same_place
from producers.mapping.suggest.similarity import stems, synonyms
from schemas.codes import code_lists
from schemas.normalise.nothing import find_nothing

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
    "%d-%b-%Y",
    "%d/%b/%Y",
    "%d-%b-%y",
    "%d/%b/%y",
    "%d %b %Y",
    "%d de %B de %Y",
    "%B %d de %Y",
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
    " %H:%M %p",
    " %H:%M:%S %p",
)
LAYOUTS = tuple(f"{day}{time}" for day, time in product(_DATES, _TIMES))
CLOCKS = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%H%M")
_BARE_CLOCK = "%H%M"
_MOST_CLOCKS = 3
"""Ways in which one column writes times: 14:20, 1420 and a sheet's 14:20:00."""
_DATELIKE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?"
    r"|\d{1,2}([-/ ]| de )[^\W\d_]{3,10}\.?([-/ ]| del? )\d{2}(\d\d)?([ T].*)?"
    r"|[^\W\d_]{3,10} \d{1,2}( del? |, ?| )\d{4}([ T].*)?"
)
_ROW_NUMBER = re.compile(r"0*(\d{1,7})(?:\.0*)?\)?")
_WITH_CURRENCY = re.compile(r"\$|€|£|\bS/|[^\W\d_]")
_ALTERNATIVES = re.compile(r"\bo\b|\bor\b|,|\(")
_ENOUGH, _HALF = 0.9, 0.5
_SHARE_OF_WORDS = 0.6
"""How many of the words of a text and of a code's name are the same, for a match in doubt."""
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


def detect_dates(values: Sequence[str], is_named: bool = False) -> Dates | None:
    """Detect how values write dates; None where most are no dates.

    `is_named`: the column's name says that it has dates, so that half of them are enough.
    """
    enough = _HALF if is_named else _ENOUGH
    counts = Counter(values)
    if (
        sum(count for value, count in counts.items() if _DATELIKE.fullmatch(value))
        < enough * len(values)
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
    if not layouts or sum(left.values()) > (1 - enough) * len(values):
        return None
    return Dates(tuple(layouts), _unsure(layouts[0], counts), sum(left.values()))


def are_serial_dates(values: Sequence[str]) -> bool:
    """Whether they may be days since 1900: numbers of 1954 to 2064."""
    return bool(values) and all(re.fullmatch(r"[2-5]\d{4}(\.\d+)?", value) for value in values)


def detect_clocks(values: Sequence[str], names_hour: bool) -> tuple[str, ...]:
    """Give the formats of a column of times of day, the commonest first; empty for another column.

    Digits alone are a time only where the column's name says so: 2013 is rather a year.
    """
    clocks = [layout for layout in CLOCKS if names_hour or layout != _BARE_CLOCK]
    left, layouts = list(values), list[str]()
    while left and len(layouts) < (_MOST_CLOCKS if names_hour else 1):
        best = max(clocks, key=lambda layout: len(_times(layout, left)))
        read = _times(best, left)
        if not read:
            break
        layouts.append(best)
        left = [value for value in left if value not in read]
    return tuple(layouts) if len(left) <= (1 - _ENOUGH) * len(values) else ()


def _times(layout: str, values: Sequence[str]) -> list[str]:
    """List the values that a format of times reads, with the zeros that a sheet dropped."""
    padded = {value: value.rjust(4, "0") if layout == _BARE_CLOCK else value for value in values}
    good = frozenset(_read_by(layout, list(padded.values())))
    return [value for value in values if padded[value] in good]


def are_years(values: Sequence[str]) -> bool:
    """Tell whether all are years of 1900 to 2099."""
    return bool(values) and all(re.fullmatch(r"(19|20)\d\d", value) for value in values)


def count_rows(values: Sequence[str]) -> bool:
    """Tell whether values only number rows: 1, 2, 3 …, from 0 or 1, up or down.

    A number may be missing now and then, and each sheet may begin again.
    """
    numbers = [int(match[1]) for value in values if (match := _ROW_NUMBER.fullmatch(value))]
    if not numbers or len(numbers) < len(values):
        return False
    ascending = numbers if numbers[0] <= numbers[-1] else numbers[::-1]
    steps = sum(after - before == 1 or after in (0, 1) for before, after in pairwise(ascending))
    return ascending[0] in (0, 1) and steps >= _ENOUGH * (len(numbers) - 1)


def are_numbers(values: Sequence[str]) -> bool:
    """Tell whether nearly all are digits and signs, such as file numbers: no names of places."""
    without = sum(not any(letter.isalpha() for letter in value) for value in values)
    return bool(values) and without >= _ENOUGH * len(values)


def detect_months(values: Sequence[str]) -> str | None:
    """Give `%B` for names of months, `%m` for their numbers; None where they are neither."""
    if values and all(re.fullmatch(r"0?[1-9]|1[0-2]", value) for value in values):
        return "%m"
    dated = [f"{value} 2000" for value in values]
    return "%B" if dated and len(_read_by("%B %Y", dated)) == len(dated) else None


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
    """`,` or `.`; None where they are no numbers. Whole numbers alone: `.`.

    Numbers may have a currency next to them.
    """
    share = {mark: sum(_is_number(mark, value) for value in values) for mark in ".,"}
    best = max((".", ","), key=lambda mark: share[mark])
    return best if values and share[best] >= _ENOUGH * len(values) else None


def are_amounts(values: Sequence[str]) -> bool:
    """Tell whether most values are numbers with the sign or the name of a currency."""
    named = sum(_WITH_CURRENCY.search(value) is not None for value in values)
    return named > len(values) / 2 and detect_decimal_separator(values) is not None


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
    """Give each code with the words of each of its names; a code itself is no word."""
    code_set = code_lists()[code_list]
    more: Mapping[str, list[str]] = synonyms()["codes"].get(code_list, {})
    texts = [
        (code, text)
        for code, words in code_set.codes.items()
        for text in (*_texts(words, code_list), *more.get(code, ()))
    ]
    return [(code, words) for code, text in texts if (words := stems(text))]


@cache
def _other_words(code_list: str) -> frozenset[str]:
    """Give the words by which a text is something that a list does not have."""
    texts = synonyms()["no_code"].get(code_list, ())
    return frozenset(word for text in texts for word in stems(text))


def _texts(words: Mapping[str, str], code_list: str) -> list[str]:
    """Give the names of a code; of a country without what follows a comma (Comoras, Islas)."""
    texts = [text.partition(",")[0] if code_list == "country" else text for text in words.values()]
    return [part for text in texts for part in _ALTERNATIVES.split(text) if part.strip()]


class CodeMatch(NamedTuple):
    """A code that a source's text may mean; `is_sure` where the text is a name of it as a whole."""

    code: str
    is_sure: bool


def find_code(code_list: str, value: str) -> CodeMatch | None:
    """Find the one code that a source's text means; None where there is none, or are several.

    A text is a code's name, or part of the names of one code alone (then it is not sure). Words
    such as NO REGISTRA mean no code, and NR or NO is no country in doubt.
    """
    if value in code_lists()[code_list].codes:
        if code_list == "country" and value in synonyms()["roles"]["no_country"]:
            return None
        return CodeMatch(value, True)
    value_words = stems(value)
    equal = {code for code, words in _words_of(code_list) if words == value_words}
    if len(equal) == 1:
        return CodeMatch(equal.pop(), True)
    if equal or not value_words or find_nothing(value) or value_words & _other_words(code_list):
        return None
    partial = {
        code
        for code, words in _words_of(code_list)
        if len(value_words & words) >= _SHARE_OF_WORDS * len(value_words | words)
        or value_words < words
        or (words < value_words and len(value_words) <= 2 * len(words))
    }
    return CodeMatch(partial.pop(), False) if len(partial) == 1 else None


def match_codes(code_list: str, distinct: Sequence[str]) -> dict[str, CodeMatch | None]:
    """Each of the values -> the code that it means, None where it is not known."""
    return {value: find_code(code_list, value) for value in distinct}


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
