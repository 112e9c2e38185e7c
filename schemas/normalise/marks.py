"""Find the marks in a cell for serials or lots: without labels, calibre, make, notes and damage.

"SERIE N° TKX12345 CAL 38" is the mark TKX12345. What can be read in two ways keeps both. A sign for
a position that nobody could read (* _ # … and ?) stays as `?`.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from schemas.normalise.calibre import CACHED, is_calibre
from schemas.normalise.maker import is_beside_make, is_short_make, is_table_make
from schemas.normalise.nothing import SHORT_WORDS, find_nothing_folded
from schemas.normalise.remarks import find_remark
from schemas.normalise.spreadsheet import undo_spreadsheet
from schemas.normalise.written_value import LONGEST, MOST_VALUES, tidy

_SHORTEST_MODEL = 3
MOST_UNREAD = 2  # `?` in a mark: beyond, it says too little

_TABLE: dict[str, list[str]] = json.loads(
    (Path(__file__).parent / "marks.json").read_text(encoding="utf-8")
)
_LABELS = frozenset(_TABLE["labels"])
_DOUBTFUL_LABELS = frozenset(_TABLE["doubtful_labels"])
_MIDDLE_LABELS = frozenset({"SERIE", "SERIAL", "NUMERO", "NRO", "NO", "NUM", "LOTE", "N"})
_CERTAIN_LABELS = frozenset({"NO", "NRO", "NUM"})
_NUMBER_LABELS = frozenset({"N", "NR", "SN", "NS", "SER", "REF", "COD", "REG"})
_SHORTEST_FULL = 5  # characters from which a mark with one letter is whole
_SHORT = 3  # letters up to which a word before a number may be its prefix
_NO_FIRST_WORDS = frozenset({"SIN", "SEM"})
_DETAILS = frozenset(_TABLE["details"])
_NUMBERED = frozenset(_TABLE["numbered"])
_ENDS_DETAILS = _LABELS - {"DE", "DEL", "LA", "EL", "CON", "TIPO", "CAJA", "BOX"}
_ENDS_NUMBERED = frozenset({"SERIE", "SERIES", "SERIAL", "SERIALES", "LOTE", "LOTES"})
_GROUPS = frozenset(_TABLE["groups"])
_LACKED = re.compile(
    r"\b(?:SIN|S/|CARECE DE|NO (?:PORTA|TIENE|PRESENTA|POSEE|LLEVA|REGISTRA|CUENTA CON))\s*"
    rf"(?:(?:EL|LA|SU|DE)\s+)*(?:{'|'.join(_TABLE['lacked'])})\b(?: VISIBLES?| ALGUN[OA]?)?"
)
"""What a weapon is without, apart from its serial."""
_INITIALS = re.compile(r"\b[A-Z]\s?&\s?[A-Z]\b")
"""A maker's initials, as of S&W."""
_SOME_WEAPON = "ARMA"
"""Stands for a maker's initials: a word next to a mark that is no part of it."""
_LISTED = re.compile(r"(?:^|(?<=\s))[0-9]{1,2}[.)]\s+(?=[A-Z]{1,4}-?[0-9]{3})")
"""The numbers of a list of marks: 1) … 2) …"""
_SMALL_L = re.compile("(?<=[0-9])l(?=[0-9])")
"""A small l between digits, which looks like a 1."""
_MONTH = re.compile(r"(?:0?[1-9]|1[0-2])[-/](?:19|20)[0-9]{2}")
"""A month and its year, in the place of a serial."""
_GENERATION = re.compile("GEN[1-6]")
_MADE_BEHIND = re.compile(
    r"([A-Z]{0,4}[0-9]{4,})(?:USA|BRASIL|BRAZIL|ITALY|ITALIA|AUSTRIA|ARG|CHINA)"
)
"""A mark with the country of its maker glued to it."""
_MODELS = frozenset(
    f"{model}{behind}"
    for model in _TABLE["models"]
    for behind in ("", *_TABLE["model_endings"])
    if len(model) > _SHORTEST_MODEL or len(behind) != 1
)
_ORIGIN = re.compile(
    rf"\b(?:{'|'.join(_TABLE['made_in'])})[ .:]+(?:LA )?"
    rf"(?:{'|'.join(_TABLE['origins'])})(?![A-Z0-9])\.?"
)
"""Where a weapon was made, as it is engraved: MADE IN BRAZIL."""

_COUNT = 4  # digits from which a number before CARTUCHOS is no count of them
_NO_PREFIXES = frozenset(
    [*SHORT_WORDS, *_LABELS, *_DOUBTFUL_LABELS, *_DETAILS, *_GROUPS, "NO", "XXXX"]
)
_PLAIN = re.compile(
    r"([A-Z]{0,4})[0-9]{3,10}[A-Z]?|([A-Z]{1,4})(?: - |[- ])[0-9]{4,10}"
    r"|([A-Z]{1,4})[0-9]{2,7}-[0-9]{3,6}"
    r"|(?=.{5,14}$)(?!.*XX)([A-Z]{1,4})[0-9]+(?:[A-Z]{1,3}[0-9]+){1,3}[A-Z]{0,2}"
)
"""Marks that nothing stands next to, with the letters before the number."""
_ONE_WORD = re.compile("[A-Z0-9]+-?[A-Z0-9]+")
_TWO = re.compile("(?:[A-Z]{1,4}[0-9]{3,}[A-Z]?-?){2}")
_LETTERS = re.compile("[A-Z]+")
_DENIED = re.compile(r"\bNO (?:ES|ERA|COINCIDE CON)\b")
"""What says that a mark is not that of the weapon."""
_NO_MARK = re.compile(r"[@$%€]|(?<![0-9]E)\+\s*[0-9]{2}|HTTP|[0-9]:[0-9]")
_CLEARLY = re.compile(
    r"\s*[;|\n\r\t&]\s*|\s+/\s+|,\s+|,(?=[A-Z])|(?:(?<=[0-9]{3})|(?<=[0-9]{3}[A-Z])|(?<=[0-9]{3}[A-Z]{2}))\s+Y\s+(?=\S*[0-9]{3})"
)
"""What parts two marks, and no mark in two."""
_PERHAPS = re.compile(
    r"\s+-\s+|/|(?:(?<=[0-9])|(?<=[0-9]{3}[A-Z]))\s+(?:[EOUA]|AL|HASTA)\s+(?=\S*[0-9])"
    r"|(?:(?<=[0-9]{3})|(?<=[0-9]{3}[A-Z]))-(?=[A-Z]{1,4}[0-9]{3,}[A-Z]?(?![A-Z0-9]))"
    r"|(?<=[0-9])\s+(?:Y|[YE]/[OU])\s+(?=(?:[A-Z]+\s+)?[A-Z]{0,4}[- ]?[0-9])"
)
"""What may part two marks, or stand in one: also a range, from one to another."""
_BETWEEN = re.compile(r"(?<=[0-9A-Z])\s+(?:[EOUA]|AL|HASTA)\s+(?=[0-9])")
"""A word between two numbers, which is no letter of one."""
_JOINED = re.compile(
    r"(?<=[0-9])\s+(?:[YE]/[OU]|[YEOUA]|AL|HASTA)\s+(?=(?:[A-Z]+\s+)?[A-Z]{0,4}[- ]?[0-9])"
)
"""The same between short marks, which begin with letters or not: A12 Y B13."""
_EITHER = re.compile(r"\s[OU]\s")
"""What says that only one of two marks is meant."""
_ADDED = re.compile(
    r"(?<=[A-Z0-9])\s+(?:\([0-9]{1,2}\)\s*$|\+\s.*)|(?<=[0-9]{4}) +X *[0-9]{1,3} *$"
)
"""What is counted with a weapon, or added to it: (1), X 50, + 1 PROVEEDOR."""
_NUMERO = re.compile(r"\bN\.?\s*[º°]\.?\s*", re.IGNORECASE)
_FLOAT = re.compile(r"(?<=[0-9]{2})[.,]0+$")
_GLUED = re.compile(
    rf"^(?:{'|'.join(sorted(_TABLE['glued_labels'], key=len, reverse=True))})"
    r"[-.#_:]*(?=\S*[0-9])"
)
_GLUED_LETTERS = re.compile("^(?:SERIE|SERIAL|LOTE)[-.:#]*(?=[A-Z]{1,4}$)(?!S$|NO$|NRO$|ES$)")
_POINTED = re.compile(
    r"\b(NRO|NUM|SER|SERIE|CAL|MOD|REF|LOTE|LOT|COD|REG|NO|N)\.(?!\.)[-:#]*(?=\S)"
)
_POINTED_N = re.compile(r"N\.[A-Z]")
_CAPTIONS = frozenset({"S", "SR", "SER", "N", "NR", "NS"})
"""What before a colon says that a number follows, and is no letter of it."""
_CAPTION = re.compile(r"\s*([A-Z]{1,12})\s*[:=]\s*(?=.*[0-9])")
_ABBREVIATED = re.compile(r"\bS[./]N[.:]?(?=\s|[A-Z0-9])|\bN[./]S[.:]?(?=\s|[A-Z0-9])")
_GAP = re.compile(r"[\s:=()\[\]{},;<>\"]+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}|[0-9]{1,3}(?:,[0-9]{3})+")
_SIGN = re.compile(r"[?*_#¿]")
_DOT = re.compile(r"(?<=[A-Z0-9?])\.|\.(?=[A-Z0-9?])")
_KEPT = re.compile(r"[^A-Z0-9?]")
_FULL = re.compile(r"(?=.*[0-9].*[0-9].*[0-9])[A-Z0-9?]{5,}")
_COMPLETE = re.compile("(?=.{5})[A-Z]{0,4}[0-9?]{4,10}[A-Z]?")
_WHOLE = re.compile("[A-Z]{1,4}[0-9]{5,10}")
_OWN_LETTERS = re.compile("[A-Z]{1,4}[0-9]{4,10}[A-Z]?|[A-Z]{2,4}[0-9]{3}")
_LONG = re.compile("[A-Z]{0,4}[0-9?]{4,}")
_SLASHED = re.compile("S/(?=[A-Z]{1,4}[0-9]{3})")
"""S/ before a mark may stand for serie."""
_WORD = re.compile("[A-Z]{4,}[ACDEFHJ-NP-RT-Y][OISBZG]*")  # ABCOI may be the mark ABC01
_PREFIX_WORD = re.compile("[ACDEFHJKLMNPQRTUVWXY]{5,}")  # without what is taken for digits
_DIGIT, _LETTER = re.compile("[0-9]"), re.compile("[A-Z]")
_ONE_LETTER = re.compile("[A-Z][0-9?]+[A-Z]?")
_GLUED_DOUBT = re.compile("(?:NO|NRO|NUM|SER|LOT|SN)(?=[0-9]{4})")
_DASHED_PREFIX = re.compile(r"([A-Z]{1,3})\s+-\s+(?=[A-Z0-9]+$)")
_CROSSES = re.compile("(?<=[0-9])X{2,}(?=[0-9]|$)")
_MODEL_NUMBER = re.compile("(?=.*[0-9])[A-Z]{0,3}[0-9]{1,3}[A-Z]{0,3}")
"""What behind a make is more often a model than the beginning of a mark: GLOCK 17."""


class WrittenMark(NamedTuple):
    """Hold one mark: capitals, digits and `?`.

    `others`: how it may be read as well. `sure`: nothing but the others makes it doubtful.
    `partial`: a remark says that its officer read only a part.
    """

    text: str
    others: tuple[str, ...] = ()
    sure: bool = True
    partial: bool = False


def find_marks(written: str) -> tuple[WrittenMark, ...]:
    """List the marks of a cell in their order; none where it says that there is no number."""
    if (mark := plain_mark(written)) is not None:
        return (WrittenMark(mark),)
    return _find(written) if len(written) <= LONGEST else ()


def plain_mark(written: str) -> str | None:
    """Return the mark of a cell that holds nothing else, the quick way; None where it may."""
    text = written.upper()
    if "l" in written and _SMALL_L.search(written):
        return None
    match = _PLAIN.fullmatch(text)
    if match is None:
        return text.replace("-", "") if _is_one_word(text) else None
    prefix = match[match.lastindex or 1] or ""
    if prefix in _NO_PREFIXES or text in _MODELS:
        return None
    if text.isalnum():
        return text
    mark = text.replace("-", "").replace(" ", "")
    is_word = " " in text and (is_short_make(prefix) or _is_beside(prefix))
    return None if is_word or mark in _MODELS else mark


def _is_one_word(text: str) -> bool:
    """Say whether a text is a mark by its digits: five, or seven without letters."""
    if (
        not _ONE_WORD.fullmatch(text)
        or _TWO.fullmatch(text)
        or "XX" in text
        or _MADE_BEHIND.fullmatch(text)
        or text.replace("-", "") in _MODELS
    ):
        return False
    words = _LETTERS.findall(text)
    digits = len(text) - text.count("-") - sum(map(len, words))
    if digits < (5 if words else 7) or any(word in _NO_PREFIXES or len(word) > 4 for word in words):
        return False
    return "X" not in words


@lru_cache(maxsize=CACHED)
def _find(written: str) -> tuple[WrittenMark, ...]:
    if _SMALL_L.search(written):
        both = (*_find(_SMALL_L.sub("1", written)), *_find(_SMALL_L.sub("L", written)))
        return tuple(mark._replace(sure=False) for mark in dict.fromkeys(both))
    text = _ORIGIN.sub(" ", tidy(_NUMERO.sub("NRO ", written).replace("¿", "?")))
    text = _LISTED.sub("; ", _INITIALS.sub(f" {_SOME_WEAPON} ", _LACKED.sub(" ", text)))
    remark = find_remark(text)
    if remark is None:
        return _find_in(text)
    before, behind = remark.ends
    return tuple(
        mark._replace(
            text=f"{before}{mark.text}{behind}",
            others=tuple(f"{before}{other}{behind}" for other in mark.others),
            sure=False,
            partial=True,
        )
        for mark in _find_in(remark.rest)
    )


def _find_in(text: str) -> tuple[WrittenMark, ...]:
    """List the marks of a tidy cell without a remark."""
    text = _ADDED.sub("", text)
    if find_nothing_folded(_SIGN.sub("7", text)) or _NO_MARK.search(text) or _DENIED.search(text):
        return ()
    parts = [part for part in _CLEARLY.split(text) if _DIGIT.search(part)][:MOST_VALUES]
    groups = [_part(part) for part in parts]
    marks = [mark for group in groups for mark in group]
    if len([group for group in groups if group]) < 2 or all(map(_is_full, marks)):
        return tuple(marks)
    return tuple(mark._replace(sure=False) for mark in (*marks, *_clean(text)))


def _part(text: str) -> list[WrittenMark]:
    """List the marks of a text that / - or E may part; in doubt also as one mark."""
    whole = list(_clean(text))
    parts = _PERHAPS.split(text)
    if len(parts) < 2:
        return whole
    marks = [mark for part in parts if _DIGIT.search(part) for mark in _clean(part)]
    if _BETWEEN.search(text) or _are_neighbours(marks):
        return [mark._replace(sure=False) for mark in (*marks, *whole)]
    if len(marks) < 2 or not all(_COMPLETE.fullmatch(mark.text) for mark in marks):
        long = [mark.text for mark in marks if _LONG.fullmatch(mark.text)]
        is_one = len(long) < 2 or all(map(str.isdigit, long))
        is_sure = is_one and not _JOINED.search(text)
        return whole if is_sure else [mark._replace(sure=False) for mark in whole]
    if _are_alike(marks):
        return [mark._replace(sure=False) for mark in marks] if _EITHER.search(text) else marks
    return [mark._replace(sure=False) for mark in (*marks, *whole)]


def _is_full(mark: WrittenMark) -> bool:
    return _FULL.fullmatch(mark.text) is not None


def _are_neighbours(marks: list[WrittenMark]) -> bool:
    """Say whether two marks are numbers that follow each other: 4472 - 4473."""
    numbers = [mark.text for mark in marks]
    if len(numbers) != 2 or not all(map(str.isdigit, numbers)):
        return False
    return len(numbers[0]) == len(numbers[1]) and int(numbers[1]) - int(numbers[0]) == 1


def _are_alike(marks: list[WrittenMark]) -> bool:
    """Say whether marks look as if of one series: the same letters at the same places."""
    shapes = {re.sub("[0-9]", "0", mark.text) for mark in marks}
    return len(shapes) == 1 and not marks[0].text.isdigit()


def _clean(part: str) -> Iterator[WrittenMark]:
    """Give the mark of one value, if there is one."""
    called, part = _without_caption(part)
    doubtful = "" if called in _CAPTIONS else called
    undone = undo_spreadsheet(part.strip())
    if undone.lost or is_model(part) or _is_signed_calibre(part.strip()):
        return
    if undone.undone:
        yield WrittenMark(_KEPT.sub("", undone.text), (), "E" not in part)
        return
    words = _words(_join_prefix(_FLOAT.sub("", part.strip())))
    front = list(words)
    weak = _strip_front(words) or doubtful
    before_model = _may_bring_a_model(front[: len(front) - len(words)])
    labelled = _cut_at_label(words)
    if not words or words[0] in _NO_FIRST_WORDS:
        return
    others = _strip_behind(words)
    known = [word for word in words if not _WORD.fullmatch(word) or _SIGN.search(word)]
    if not known or is_model("".join(known)):
        return
    joined = "".join(known)
    readings = [*_readings(joined), *(text for other in others for text in _readings(other))]
    sure = not labelled and len(known) == len(words) and not _PREFIX_WORD.match(joined)
    if alone := _alone(known, before_model, sure):
        readings = [*(text for mark in alone for text in _readings(mark)), *readings]
        sure = False
    if _MONTH.fullmatch(part.strip()):
        sure = False
    if _SLASHED.match(part.strip()) and len(known) == 1:
        readings = [*_readings(known[0].partition("/")[2]), *readings]
    if (match := _MADE_BEHIND.fullmatch(joined)) is not None:
        readings = [match[1], *readings]
    pointed = _POINTED_N.match(part.strip()) or not _LETTER.search(joined)
    if weak and (pointed or _may_begin(weak, joined)):
        sure = False
        point = "." if pointed and not is_short_make(weak) else ""
        readings += _readings(f"{weak}{point}{joined}") if weak.isalpha() else []
    if (match := _GLUED_DOUBT.match(joined)) is not None:
        readings += _readings(joined[match.end() :])
    yield WrittenMark(readings[0], tuple(dict.fromkeys(readings[1:])), sure)


def _without_caption(part: str) -> tuple[str, str]:
    """Take a word with a colon from the front, "S: TKX12345"; return it and the rest.

    What begins a calibre or other details is left, because these are taken with what they say.
    """
    match = _CAPTION.match(part)
    if match is None or match[1] in _DETAILS or match[1] in _LABELS:
        return "", part
    return match[1], part[match.end() :]


def _may_begin(label: str, mark: str) -> bool:
    """Say whether a doubtful label may be the first letters of a mark with one letter: NV E594."""
    return _ONE_LETTER.fullmatch(mark) is not None and (
        len(mark) < _SHORTEST_FULL or label not in _NUMBER_LABELS
    )


def _may_bring_a_model(words: list[str]) -> bool:
    """Say whether words end in a make or a kind of weapon: a model or calibre may follow them."""
    return bool(words) and (_is_beside(words[-1]) or is_short_make(words[-1]))


def _join_prefix(part: str) -> str:
    """Write the letters before a mark without the gaps around their dash: MW - A72462."""
    match = _DASHED_PREFIX.match(part)
    if match is None or match[1] in _NO_PREFIXES or is_short_make(match[1]):
        return part
    return f"{match[1]}-{part[match.end() :]}"


def _is_short_calibre(word: str) -> bool:
    """Say whether a word in front of a mark is a calibre rather than its first digits: 38."""
    return len(word) == 2 and word.isdigit() and is_calibre(word)


def _alone(words: list[str], before_model: bool, sure: bool) -> list[str]:
    """List what may be the mark alone among words that perhaps are no part of it.

    These are marks with their own letters, TKX12345 SIC, unless all words surely are one (`sure`);
    a number behind two words; and what follows the number of a model or a calibre, where
    `before_model`: GLOCK 17 447213, REVOLVER 38 447213.
    """
    if len(words) < 2:
        return []
    alone = [word for word in words if _OWN_LETTERS.fullmatch(_KEPT.sub("", word))]
    if sure and sum(_WHOLE.fullmatch(word) is not None for word in words) < 2:
        alone = alone if _is_short_calibre(words[0]) else []
    if words[0].isalpha() and words[1].isalpha() and len(words) > 2:
        alone.append("".join(words[2:]))
    if _COMPLETE.fullmatch(words[0]) and any(len(w) > 1 and w.isalpha() for w in words[1:]):
        alone.append(words[0])
    if before_model and _MODEL_NUMBER.fullmatch(words[0]):
        alone += ["".join(words[1:]), words[-1]]
    return alone


def is_model(text: str) -> bool:
    """Say whether a text is a well-known model of a weapon, which is no serial."""
    return _KEPT.sub("", text) in _MODELS


def _words(part: str) -> list[str]:
    """Part a value into words; labels with a point or glued to the mark become words."""
    text = _ABBREVIATED.sub(lambda match: f" {match[0][0]}/{match[0][2]} ", part)
    text = _POINTED.sub(r"\1 ", text)
    words = []
    for word in _GAP.split(text):
        stripped = _GLUED.sub("", _GLUED_LETTERS.sub("", word))
        if stripped.strip("-/.:'"):
            words.append(stripped)
    return words


def _strip_front(words: list[str]) -> str:
    """Take labels, makes, kinds and calibres from the front; return the last doubtful label."""
    doubtful = ""
    while len(words) > 1:
        first = words[0].strip(".-#:")
        first = _KEPT.sub("", first) if is_model(first) else first
        if first in _DOUBTFUL_LABELS or not first:
            doubtful = first or "#"
        elif first in _DETAILS:
            doubtful = _drop_details(words)
            continue
        elif first in _MODELS or _GENERATION.fullmatch(first):
            doubtful = "" if _WHOLE.fullmatch(words[-1]) else first
        elif len(words) > 2 and is_model("".join(words[:2])):
            doubtful = "" if _WHOLE.fullmatch(words[-1]) else "".join(words[:2])
            del words[0]
        elif is_short_make(first):
            doubtful = "" if _WHOLE.fullmatch(words[1]) else first
        elif first.isdigit() and len(first) <= 2 and is_beside_make(words[1]):
            pass
        elif first[0].isdigit() and len(words) > 2 and _is_signed_calibre(" ".join(words[:2])):
            doubtful = _last_letters(" ".join(words[:2]))
            del words[0]
        elif not (first in _LABELS or _is_beside(first) or _is_signed_calibre(first)):
            break
        else:
            doubtful = first if len(first) <= _SHORT and first not in _CERTAIN_LABELS else ""
        del words[0]
    return doubtful


def _drop_details(words: list[str]) -> str:
    """Take CAL and the calibre behind it from the front; MODELO and its like up to a label.

    Return CAL where no calibre follows: it may be the first letters of a mark.
    """
    first = words.pop(0)
    for count in (3, 2, 1):
        text = " ".join(words[:count])
        if len(words) > count and words[count - 1] not in _DETAILS and is_calibre(text):
            del words[:count]
            return _last_letters(text)
    if first.startswith("CAL") or (len(first) <= _SHORT and words[0].isdigit()):
        return first.strip(".-#:") if len(words[0]) >= _COUNT else ""
    ends = _ENDS_NUMBERED if first.strip(".-#:") in _NUMBERED else _ENDS_DETAILS
    place = next((n for n, word in enumerate(words) if word.strip(".-") in ends), len(words))
    del words[:place]
    return ""


def _last_letters(text: str) -> str:
    """Return a word of one or two letters at the end of a calibre, as of 38 L: maybe a prefix."""
    *rest, last = text.split()
    return last if rest and len(last) <= 2 and last.isalpha() and last != "MM" else ""


def _cut_at_label(words: list[str]) -> bool:
    """Keep what follows a label in the middle; say whether there was one."""
    for place in range(len(words) - 1, 0, -1):
        word = words[place].strip(".-")
        if place + 1 < len(words) and (word in _MIDDLE_LABELS):
            del words[: place + 1]
            return True
    return False


def _strip_behind(words: list[str]) -> list[str]:
    """Take what follows a mark; return how else the mark may go on: TKX12345 38."""
    for place, word in enumerate(words[1:], 1):
        if word.strip(".-") in _DETAILS:
            del words[place:]
            break
    others: list[str] = []
    while len(words) > 1:
        count = next(
            (n for n in (3, 2, 1) if len(words) > n and _is_signed_calibre(" ".join(words[-n:]))), 0
        )
        if count:
            del words[-count:]
        elif words[-1].strip(".-") in _GROUPS:
            del words[-2 if words[-2].isdigit() and len(words[-2]) < _COUNT else -1 :]
        elif _is_beside(words[-1].strip(".-")):
            del words[-1]
        elif is_short_make(words[-1]) or _ends_in_bare_calibre(words):
            others.append("".join(words))
            del words[-1]
        elif words[0].isdigit() and len(words[0]) == 1 and words[1][0].isalpha():
            others.append("".join(words))
            del words[0]
        else:
            break
    return others


def _ends_in_bare_calibre(words: list[str]) -> bool:
    """Say whether a calibre without a sign follows a mark: TKX12345 38."""
    last = words[-1]
    return last.isdigit() and is_calibre(last) and _FULL.fullmatch("".join(words[:-1])) is not None


def _is_beside(word: str) -> bool:
    return is_beside_make(word) or is_table_make(word)


def _is_signed_calibre(word: str) -> bool:
    """Say whether a word is a calibre by more than its digits: 9MM, .38, 9X19."""
    return not word.isdigit() and _SIGN.search(word) is None and is_calibre(word)


def _readings(text: str) -> list[str]:
    """List how a mark may be read: a point or a row of X may stand for what nobody could read."""
    if text.isalnum() and not _CROSSES.search(text):
        return [text]
    if _GROUPED.fullmatch(text):
        return [_KEPT.sub("", text)]
    text = text.replace("...", "???").replace("..", "??")
    signed = [_SIGN.sub("?", text)]
    if text[0] in "#_*" or text[-1] in "#_*":
        signed.append(_SIGN.sub("?", text.strip("#_*")))
    readings = []
    for way in signed:
        dropped, unread = _KEPT.sub("", way), _KEPT.sub("", _DOT.sub("?", way))
        crossed = _CROSSES.sub(lambda match: "?" * len(match[0]), dropped)
        readings += [dropped, unread, crossed]
    return list(dict.fromkeys(readings))
