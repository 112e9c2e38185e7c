"""Give makes and calibres their canonical names: aliases, neighbours.

The tables are makes.json and calibres.json; their sources are named in them.
"""

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CACHED = 8192  # distinct spellings kept; a few hundred are usual
LONGEST_CACHED = 80  # characters: so that nobody can fill the memory with long ones

_NOT_KEPT = re.compile(r"[^A-Z0-9]")
_NAMED = re.compile(r"^(CALIBRE|CALIBER|CAL)(?=[0-9])")


def alphanumeric(text: str) -> str:
    """Return the upper case ASCII letters and digits of a text.

    Accents, punctuation and spaces are dropped.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("×", "x"))
    return _NOT_KEPT.sub("", text.upper())


def _calibre_key(text: str) -> str:
    """Spell a calibre in one way: .380, 0.380 and Cal. 380; 7.62x39, 7,62 X 39 and 7.62*39."""
    return _NAMED.sub("", alphanumeric(text.replace("*", "x"))).lstrip("0")


def _table(name: str) -> Any:
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


def _aliases(names: dict[str, list[str]], key: Any) -> dict[str, str]:
    """Map each compact spelling to its canonical name.

    Raises ValueError where a spelling is of two.
    """
    name_of: dict[str, str] = {}
    for name, aliases in names.items():
        for spelling in (name, *aliases):
            if name_of.setdefault(key(spelling), name) != name:
                raise ValueError(
                    f"{spelling!r} is an alias of {name_of[key(spelling)]} and of {name}: keep one"
                )
    return name_of


_MAKES = _table("makes")
_CALIBRES = _table("calibres")
_MAKE_OF = _aliases(_MAKES["makes"], alphanumeric)
_CALIBRE_OF = _aliases(_CALIBRES["calibres"], _calibre_key)
_NO_MAKE = frozenset(alphanumeric(text) for text in _MAKES["unknown"]) | {""}
_NO_CALIBRE = frozenset(_calibre_key(text) for text in _CALIBRES["unknown"]) | {""}
_EDGES = frozenset(pair for a, b in _CALIBRES["edges"] for pair in ((a, b), (b, a)))


def make(text: str) -> str | None:
    """Return the canonical make.

    A make not in the table is its own compact spelling. None for `unknown` and its like.
    """
    return _make(text) if len(text) <= LONGEST_CACHED else _make.__wrapped__(text)


def calibre(text: str) -> str | None:
    """Return the canonical calibre.

    One not in the table is its own compact spelling. None for `unknown` and its like.
    """
    return _calibre(text) if len(text) <= LONGEST_CACHED else _calibre.__wrapped__(text)


@lru_cache(maxsize=CACHED)
def _make(text: str) -> str | None:
    key = alphanumeric(text)
    return None if key in _NO_MAKE else _MAKE_OF.get(key, key)


@lru_cache(maxsize=CACHED)
def _calibre(text: str) -> str | None:
    key = _calibre_key(text)
    return None if key in _NO_CALIBRE else _CALIBRE_OF.get(key, key)


def calibres_fit(a: str, b: str) -> bool:
    """Say whether two canonical calibres fit one weapon: equal, or neighbours in the graph.

    Neighbours of neighbours do not fit.
    """
    return a == b or (a, b) in _EDGES
