"""Find the code that a person means: written as the code, or by its name in either language.

The names are those of the code lists and of `option_words.json`, which has the words that people
use besides. Capitals, accents and hyphens do not matter.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from schemas.codes import code_lists
from schemas.words import load_table
from schemas.words.stable_codes import VERDICTS

_FIRST_PART = re.compile("[:,(]")
_NOT_KEPT = re.compile(r"[^a-z0-9+]+")


def find_code(list_name: str, written: str, codes: Collection[str] = ()) -> str | None:
    """Return the code of a list that a text means; None where it means none, or several.

    `list_name`: of the code lists, or one of `option_words.json`, or `place`: a country or one of
    its subdivisions. `codes`: only these count.
    """
    code = _codes_by_word(list_name).get(_fold(written))
    if codes and code not in codes:
        folded = _fold(written)
        return next((known for known in codes if _fold(known) == folded), None)
    return code or None


@cache
def codes_with_spanish(list_name: str) -> tuple[str, ...]:
    """List the codes of a code list in order, each with its Spanish name: `analyst (analista)`."""
    codes = code_lists()[list_name].codes
    return tuple(
        f"{code} ({_FIRST_PART.split(codes[code]['es'])[0].lower()})" for code in sorted(codes)
    )


@cache
def _codes_by_word(list_name: str) -> Mapping[str, str]:
    """Map each folded word to its code; a word of several codes means none."""
    by_word: dict[str, str] = {}
    for code, word in _named_codes(list_name):
        folded = _fold(word)
        if by_word.setdefault(folded, code) != code:
            by_word[folded] = ""
    own_words = load_table("option_words").get(list_name, {})
    own = {_fold(word): code for word, code in own_words.items()}
    codes = {_fold(code): code for code, _word in _named_codes(list_name)}
    return {**by_word, **own, **codes}


def _named_codes(list_name: str) -> Iterator[tuple[str, str]]:
    """Yield each code of a list with each of its names, and with a name's first part."""
    for code, names in _names(list_name):
        for name in names:
            yield code, name
            yield code, _FIRST_PART.split(name)[0]


def _names(list_name: str) -> Iterator[tuple[str, Collection[str]]]:
    known = code_lists().get(list_name)
    if list_name == "place":
        yield from (*_names("country"), *_names("subdivision"))
    elif known is not None:
        yield from ((code, tuple(words.values())) for code, words in known.codes.items())
    elif list_name == "event_type":
        for code, words in load_table("event_types").items():
            yield code, tuple(words.values())
    elif list_name == "thing_kind":
        for code, words in load_table("kinds").items():
            yield code, tuple(word["name"] for word in words.values())
    elif list_name == "verdict":
        for code, text in VERDICTS.items():
            yield code, (text.in_language("es"), text.in_language("en"))


def _fold(text: str) -> str:
    """Write a word in small letters without accents; signs between are one space."""
    plain = unicodedata.normalize("NFD", text.casefold()).encode("ascii", "ignore").decode()
    return _NOT_KEPT.sub(" ", plain).strip()
