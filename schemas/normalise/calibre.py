"""Read calibres: one name for all its spellings, and which two may be of one weapon.

The names and their neighbours are in calibres.json. A calibre that is not there is unknown: it is
no name, and it contradicts none.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from schemas.normalise.nothing import find_nothing_folded, fold

CACHED = 8192  # distinct spellings kept; a few hundred are usual
LONGEST = 80  # characters: beyond, it is a text

_TABLE = json.loads((Path(__file__).parent / "calibres.json").read_text(encoding="utf-8"))
_TOKEN = re.compile(r"[0-9]*[.,]?[0-9]+|[A-Z]+")
_TIMES = re.compile(r"(?<=[0-9])\s*\*\s*(?=[0-9])")
_POINTED = re.compile(r"\b([A-Z])\.\s?([A-Z])\b\.?")
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]?")
_SEVERAL = re.compile(r"\s*[/;,|+&\n]\s*(?![0-9]{1,2}(?![0-9.,]))|\s+(?:Y|E|O|U)\s+|\s*[/;|]\s*")
_INNER_UNIT = re.compile("(?<=[0-9])MM(?=X[0-9])")
_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
_NOISE = 4  # decimals beyond: a binary fraction
_WORD_OF = {word: name for name, words in _TABLE["words"].items() for word in words}
_LABELS = frozenset(_TABLE["labels"])
_VOCABULARY = frozenset(_TABLE["vocabulary"])


class CalibreReading(NamedTuple):
    """Hold what a calibre as written is.

    `name`: of the table; None where it is unknown. `spelling`: its signs in one form, empty where
    nothing is written. `certain`: nothing else can be meant.
    """

    name: str | None
    spelling: str
    certain: bool


NO_CALIBRE = CalibreReading(None, "", False)


def calibre(text: str) -> str | None:
    """Return the canonical calibre; None where it is not in the table or in doubt."""
    read = read_calibre(text)
    return read.name if read.certain else None


def read_calibre(text: str) -> CalibreReading:
    """Read a calibre with its label, decimals and brackets: "Cal. 38.0", ".380 acp (9x17 mm)"."""
    return _read(text) if len(text) <= LONGEST else NO_CALIBRE


def calibres_fit(a: str, b: str) -> bool:
    """Say whether two calibres may be of one weapon.

    They are equal or neighbours in the graph, or one of them is not in the table. Neighbours of
    neighbours do not fit.
    """
    return a == b or (a, b) in _EDGES or not (is_known(a) and is_known(b))


def is_known(name: str) -> bool:
    """Say whether this is a canonical calibre."""
    return name in CALIBRES


def is_calibre(text: str) -> bool:
    """Say whether a text is written as a calibre of the table is."""
    return _spell(text) in _NAME_OF


def _spell(text: str) -> str:
    """Spell a calibre in one way: .380, 0.380 and Cal. 380; 7.62x39, 7,62 X 39 and 7.62*39."""
    text = _POINTED.sub(r"\1\2", _TIMES.sub("X", fold(text.replace("×", "x"))))
    tokens = [_number(token) if token[-1].isdigit() else token for token in _TOKEN.findall(text)]
    while len(tokens) > 1 and tokens[0] in _LABELS:
        del tokens[0]
    while len(tokens) > 1 and tokens[-1] in _LABELS:
        del tokens[-1]
    spelling = ""
    for token in tokens:
        between = "-" if spelling[-1:].isdigit() and token[0].isdigit() else ""
        spelling += between + _WORD_OF.get(token, token)
    return _INNER_UNIT.sub("", spelling)


def _number(token: str) -> str:
    """Write a number of a calibre: inches without 0 and point, millimetres without idle zeros."""
    whole, point, decimals = token.replace(",", ".").partition(".")
    if not point:
        return whole.lstrip("0") or "0"
    if len(decimals) > _NOISE:
        whole, _, decimals = f"{float(f'{whole or 0}.{decimals}'):.2f}".partition(".")
    if not whole.strip("0"):
        return decimals.ljust(2, "0")
    decimals = decimals.rstrip("0")
    return f"{whole.lstrip('0')}.{decimals}" if decimals else whole.lstrip("0")


def _names_by_spelling() -> dict[str, str]:
    """Map each spelling to its name. Raises ValueError where a spelling is of two."""
    name_of: dict[str, str] = {}
    for name, aliases in _TABLE["calibres"].items():
        for text in (name, *aliases):
            if name_of.setdefault(_spell(text), name) != name:
                raise ValueError(
                    f"{text!r} is an alias of {name_of[_spell(text)]} and of {name}: keep one"
                )
    for spelling, name in list(name_of.items()):
        bare = spelling.replace(".", "")
        if _DECIMAL.match(spelling) and bare.removesuffix("MM") not in name_of:
            name_of.setdefault(bare, name)  # 45 MM is a 45, not 4.5 mm
    return name_of


_NAME_OF = _names_by_spelling()
CALIBRES = frozenset(_TABLE["calibres"])
"""The canonical calibres."""
_EDGES = frozenset(pair for a, b in _TABLE["edges"] for pair in ((a, b), (b, a)))
_LONGEST_WORDS = 8


@lru_cache(maxsize=CACHED)
def _read(text: str) -> CalibreReading:
    folded = fold(text.replace("×", "x"))
    spelling = _spell(folded)
    if not spelling or find_nothing_folded(folded):
        return NO_CALIBRE
    if (name := _NAME_OF.get(spelling) or _name_of(folded)) is not None:
        return CalibreReading(name, spelling, True)
    for part in _bracketed(folded):
        if (name := _name_of(part)) is not None:
            return CalibreReading(name, spelling, True)
    parts = [part for part in _SEVERAL.split(folded) if part]
    if len(parts) > 1:
        return CalibreReading(_common([_name_of(part) for part in parts]), spelling, True)
    return CalibreReading(_begun(folded), spelling, False)


def _bracketed(text: str) -> Iterator[str]:
    """List the calibre before the brackets, which is the maker's, and those inside."""
    if _BRACKETS.search(text):
        yield _BRACKETS.sub(" ", text)
        yield from _BRACKETS.findall(text)


def _name_of(text: str) -> str | None:
    """Name a calibre, also with words of its vocabulary behind: 9X19 MM NATO."""
    tokens = _tokens(text)
    for count in range(len(tokens), 0, -1):
        if any(_WORD_OF.get(token, token) not in _VOCABULARY for token in tokens[count:]):
            return None
        if (name := _NAME_OF.get(_spell(" ".join(tokens[:count])))) is not None:
            return name
    return None


def _common(names: list[str | None]) -> str | None:
    """Name the calibre of which all parts are: the first where each fits it; None in doubt."""
    first = names[0]
    if first is None:
        return None
    return first if all(name and calibres_fit(first, name) for name in names) else None


def _begun(text: str) -> str | None:
    """Name the calibre that a text begins with, whatever follows: a reading in doubt."""
    tokens = _tokens(text)[:_LONGEST_WORDS]
    for count in range(len(tokens), 0, -1):
        if (name := _NAME_OF.get(_spell(" ".join(tokens[:count])))) is not None:
            return name
    return None


def _tokens(text: str) -> list[str]:
    return re.findall(r"[^\s]+", _POINTED.sub(r"\1\2", _TIMES.sub("X", text)))
