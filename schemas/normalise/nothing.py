"""Recognise what is written where there is no number: S/N, RASPADO CAL 38, NO PORTA, 1900-01-01.

The words are one list for all kinds (nothing.json). A word counts in every gender and number, with
and without accents, wherever it stands, also with a calibre, a count or a file number next to it.
An abbreviation such as S/N counts alone or next to a short number: before a long one it may mean
the number itself (S/N TKX12345).
"""

import json
import re
import unicodedata
from pathlib import Path

_TABLE: dict[str, list[str]] = json.loads(
    (Path(__file__).parent / "nothing.json").read_text(encoding="utf-8")
)
_TOKEN = re.compile("[A-Z]+|[0-9]+")
_ABBREVIATIONS = frozenset(_TABLE["abbreviations"])
_NUMBER_NAMES = frozenset({"S N", "N S", "N P", "N I", "N E", "N C"})
"""Abbreviations that before a long number name it: S/N is also a serial number's label."""
_BESIDE = frozenset(_TABLE["beside"])
"""Words of a calibre or of a count."""
_CELL_ERROR = re.compile(
    r"#\W{0,2}(?:N/A|N/D|VALUE|VALOR|REF|NOMBRE|NAME|NUM|DIV/0|NULO|NULL)[!?]*"
)
_MONTHS = "ENE|JAN|FEB|MAR|ABR|APR|MAY|JUN|JUL|AGO|AUG|SEP|SET|OCT|NOV|DIC|DEC"
_DATE = re.compile(
    r"(?:(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|1[0-2])\2(?:19|20)\d\d"
    rf"|(?:0?[1-9]|[12]\d|3[01])[- /.](?:{_MONTHS})[A-Z]*[- /.](?:19|20)?\d\d)"
    r"(?:[T ]+\d\d?:\d\d.*)?"
)
_BRACKETS = "()[]{} "
_LETTER_FOR_DIGIT = str.maketrans("01", "OI")
_DIGIT_IN_WORD = re.compile("[A-Z][01]|[01][A-Z]")
_FILLER = re.compile(r"(.)\1*|(?:SN|NA|ND|NN|NT|NR|NONE|NULL|NO|NIL|X+)[0OX]*|[0O]+|0+[1-9]")
_REPEATED = re.compile(
    r"(..)\1{2,}|(...)\2{2,}|(...)\3{3,}.{0,2}|(123|1234|321)\4+|.{0,2}(.)\5{5,}.{0,1}"
    r"|(?:([0-9])\6{3}){3,}"
)
_TWO_SIGNS = re.compile(r"([A-Z])\1{2,}([0-9])\2{2,}")
_MOST_REPEATED = 4  # different digits of a number that repeats some
_LONG_ROW = re.compile("0?12345678(?:9(?:0|10)?)?")
_DIGITS = "0123456789"
_UP, _DOWN = _DIGITS * 3, "9876543210" * 3
_SHORTEST_ROW = 4
_SHORTEST_DOUBT = 6
_LONGEST_DOUBLED = 8
"""Digits of a doubled row such as 112233; of other doubled digits, a number has some by chance."""
_THREE = re.compile("[0-9][^0-9]*[0-9][^0-9]*[0-9]")


def _openings() -> dict[str, list[tuple[str, ...]]]:
    """Map the first word of each phrase to what follows it."""
    behind: dict[str, list[tuple[str, ...]]] = {}
    for phrase in _TABLE["phrases"]:
        first, *rest = phrase.split()
        behind.setdefault(first, []).append(tuple(rest))
    return behind


_GLUED_PHRASES = [text for phrase in _TABLE["phrases"] if len(text := phrase.replace(" ", "")) >= 6]
"""Phrases that officers write without the space: NOTIENE, SINSERIE."""
_IN_A_RUN = re.compile("|".join([*_TABLE["stems"], *_GLUED_PHRASES]))
_WORDS = frozenset(_TABLE["words"])
_PHRASES = _openings()
_CROSSES = re.compile("X{3,}")
_OPENED = re.compile("N|[A-Z]{2,}")
_OPENINGS = frozenset(_TABLE["openings"])
SHORT_WORDS = [word for word in (*_TABLE["words"], *_TABLE["abbreviations"]) if word.isalpha()]
"""Words that say nothing, each a whole run of letters."""
_PLAIN = re.compile(f"(?!(?:{'|'.join(SHORT_WORDS)})[0-9])(?!X{{3,}})[A-Z]{{0,4}}[0-9]+[A-Z]?")


def fold(text: str) -> str:
    """Return a text in capitals of ASCII, without accents; its signs and spaces stay."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return text.upper().strip()


def find_nothing(written: str) -> str:
    """Return the words by which a text says that there is no number; empty where it does not."""
    return find_nothing_folded(fold(written))


def find_nothing_folded(text: str) -> str:
    """Do as `find_nothing` for a text that `fold` returned."""
    if _PLAIN.fullmatch(text):
        return ""
    tokens = _TOKEN.findall(text)
    if not tokens or _CELL_ERROR.fullmatch(text) or is_date(text):
        return text or "-"
    word = _find_word(tokens) or _abbreviation(tokens, "/" in text)
    if word or not _DIGIT_IN_WORD.search(text):
        return word
    return _find_word(_TOKEN.findall(text.translate(_LETTER_FOR_DIGIT)))


def is_date(text: str) -> bool:
    """Say whether a folded text is a date and nothing else, in brackets or not."""
    return _DATE.fullmatch(text.strip(_BRACKETS)) is not None


def _find_word(tokens: list[str]) -> str:
    for place, token in enumerate(tokens):
        if token in _WORDS or _CROSSES.fullmatch(token):
            return token
        if len(token) > 4 and token.isalpha() and (match := _IN_A_RUN.search(token)):
            return match[0]
        behind = tokens[place + 1 : place + 4]
        if not behind:
            return ""
        if token in _OPENINGS and _OPENED.fullmatch(behind[0]):
            return f"{token} {behind[0]}"
        for phrase in _PHRASES.get(token, ()):
            if tuple(behind[: len(phrase)]) == phrase:
                return " ".join((token, *phrase))
    return ""


def _abbreviation(tokens: list[str], slashed: bool) -> str:
    """Return the abbreviation that a text begins with, if nothing but a short number follows.

    A number of any length may follow one with a slash (N/R 12345) that is no label.
    """
    for count in (2, 1):
        name = " ".join(tokens[:count])
        rest = tokens[count:]
        if name not in _ABBREVIATIONS or (rest and len(name) == 1):
            continue
        any_number = slashed and count > 1 and name not in _NUMBER_NAMES
        if any_number or _is_calibre_or_count(rest):
            known = all(word.isdigit() or word == "X" or word in _BESIDE for word in rest)
            return name if known else ""
    return ""


def _is_calibre_or_count(tokens: list[str]) -> bool:
    """Say whether words and numbers are a calibre, zeros, or no more than three digits."""
    digits = "".join(token for token in tokens if token.isdigit())
    by = tokens.index("X") if "X" in tokens else 0
    sized = 0 < by < len(tokens) - 1 and tokens[by - 1].isdigit() and tokens[by + 1].isdigit()
    if "X" in tokens and not sized:
        return False
    return len(digits) <= (6 if sized else 3) or not digits.strip("0")


def is_filler(compact: str) -> bool:
    """Say whether a mark of any kind fills a form: one sign repeated, 12345678, zeros and a digit.

    `compact`: upper case ASCII letters and digits.
    """
    return _FILLER.fullmatch(compact) is not None or _LONG_ROW.fullmatch(compact) is not None


def is_row(compact: str) -> bool:
    """Say whether a mark is a row of digits in order, which no maker and no bank gives out.

    It goes up from 0 or 1, or down from 9 or to 1 (1234567, 54321). A national document may be one.
    """
    if not compact.isdigit() or len(compact) < _SHORTEST_ROW:
        return False
    start = compact[0]
    if start in "01" and compact in _UP + "10":
        return True
    return (
        len(compact) > _SHORTEST_ROW and compact in _DOWN and (start in "09" or compact[-1] < "2")
    )


def is_doubtful(compact: str) -> bool:
    """Say whether a mark may be a filler or a number: 121212, 112233, 5000000, AAAA1111."""
    if _TWO_SIGNS.fullmatch(compact):
        return True
    digits = compact[len(compact.rstrip(_DIGITS)) :]
    if len(digits) < _SHORTEST_DOUBT:
        return False
    once = digits
    if len(digits) <= _LONGEST_DOUBLED and digits[::2] == digits[1::2]:
        once = digits[::2]
    if once in _UP or once in _DOWN:
        return True
    return len(set(digits)) <= _MOST_REPEATED and _REPEATED.fullmatch(digits) is not None


def is_meaningless(compact: str) -> bool:
    """Say whether a compact spelling is no number: a placeholder, or fewer than 3 digits."""
    return _THREE.search(compact) is None or is_placeholder(compact)


def is_placeholder(compact: str) -> bool:
    """Say whether a compact spelling means, in words or by a filler, that there is nothing."""
    return is_filler(compact) or find_nothing_folded(compact) != ""
