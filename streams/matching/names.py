"""Read names as they are written: words, particles, married names, whole names, nicknames."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from streams.matching.sound import CACHED, sound_of

LONGEST_NAME = 200
"""Characters of a name; what follows is not read."""
MOST_WORDS = 6
_APOSTROPHES = re.compile("['’`´ʼ]")
_WORD = re.compile("[A-Z]+")
_PARTICLES = frozenset(("DE", "DEL", "LA", "LAS", "LOS", "EL", "Y", "E", "DA", "DO", "DOS", "DI"))
_WIDOW = frozenset(("VDA", "VIUDA", "VD"))
_MARRIED = re.compile(r"\b(?:(?:VIUDA|VDA|VD)\b\.?(?:\s+DE)?|DE)\s+")
_TITLES = frozenset(
    ("SR", "SRA", "SRTA", "DON", "DNA", "DR", "DRA", "ING", "LIC", "ABG", "CIUDADANO")
)
_NOBODY = re.compile(
    r"\W*(?:N\W?N|X+(?:\s+X+)*|S/?[NDI]|NO\s.*|N/A|SIN\s.*|POR\s.*|DESCONOCID[OA]S?|PENDIENTE|"
    r"NINGUN[OA]|NULL|NONE|UNKNOWN|INDOCUMENTAD[OA]|RESERVAD[OA]|PERSONA\s.*|SUJETO.*|ALIAS)\W*"
)
"""What stands where there is no name; a word such as Pulido is a surname and no remark here."""
_GLUED = re.compile("DE(?:LA|LOS|LAS)(?=[A-Z]{4})")
_JOINED = frozenset(("SAN", "SANTA", "SANTO", "MC", "MAC", "SANT"))
_TABLE: Mapping[str, Sequence[str]] = json.loads(
    (Path(__file__).parent / "given_names.json").read_text(encoding="utf-8")
)["short_forms"]
_SHARES: Mapping[str, Mapping[str, object]] = json.loads(
    (Path(__file__).parent / "name_shares.json").read_text(encoding="utf-8")
)


class Names(NamedTuple):
    """Hold the words of a name, parted."""

    given: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    married: tuple[str, ...] = ()


def _meanings() -> dict[str, frozenset[str]]:
    """Map the sound of each short form to the sounds of the names it may stand for."""
    meanings: dict[str, set[str]] = {}
    for name, short_forms in _TABLE.items():
        for form in short_forms:
            meanings.setdefault(sound_of(fold(form)), set()).add(sound_of(name))
    return {form: frozenset(names) for form, names in meanings.items()}


@lru_cache(maxsize=CACHED)
def fold(text: str) -> str:
    """Return a text in capitals of ASCII, without accents and apostrophes."""
    text = text[:LONGEST_NAME]
    if not text.isalpha():
        text = _APOSTROPHES.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return text.upper()


@lru_cache(maxsize=CACHED)
def words_of(text: str) -> tuple[str, ...]:
    """List the words of one name without particles and titles; empty where it names nobody."""
    folded = fold(text)
    if _NOBODY.fullmatch(folded):
        return ()
    words: list[str] = []
    glue = ""
    for word in _WORD.findall(folded):
        if word in _PARTICLES or word in _TITLES or word in _WIDOW:
            continue
        if word in _JOINED:
            glue += word
            continue
        words.append(glue + _GLUED.sub("", word))
        glue = ""
    if glue:
        words.append(glue)
    return tuple(words[:MOST_WORDS])


def part_surnames(first: str, second: str, married: str, sex: str) -> Names:
    """Part own surnames from a husband's: "Quispe de Mamani", "viuda de Rojas"."""
    surnames = words_of(first)
    husband = words_of(married)
    own_second = fold(second).strip()
    opening = _MARRIED.match(own_second)
    if opening is not None and sex != "M" and not own_second.startswith(("DE LA", "DE LOS")):
        husband += words_of(second)
    else:
        surnames += words_of(second)
    if not second and len(surnames) > 1 and sex != "M":
        surnames, husband = _part_husband(fold(first), surnames, husband)
    return Names((), surnames, husband)


def _part_husband(
    folded: str, surnames: tuple[str, ...], husband: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    inside = re.search(
        r"\S\s+(?:(?:VIUDA|VDA|VD)\b\.?(?:\s+DE)?|DE)\s+(?!LA\b|LOS\b|LAS\b)", folded
    )
    if inside is None:
        return surnames, husband
    return words_of(folded[: inside.start() + 1]), husband + words_of(folded[inside.end() :])


@lru_cache(maxsize=CACHED)
def part_whole_name(text: str, known: frozenset[str] = frozenset()) -> Names:
    """Part a whole name: "Quispe Mamani, Juan", "JUAN QUISPE MAMANI", "QUISPE MAMANI JUAN".

    `known`: sounds of given names. Without a comma it is a guess.
    """
    before, comma, after = text.partition(",")
    if comma and words_of(after):
        return part_surnames(before, "", "", "")._replace(given=words_of(after))
    husband: tuple[str, ...] = ()
    folded = fold(text)
    inside = re.search(
        r"\S\s+(?:(?:VIUDA|VDA|VD)\b\.?(?:\s+DE)?|DE)\s+(?!LA\b|LOS\b|LAS\b)", folded
    )
    words = words_of(text)
    if inside is not None and len(words_of(folded[: inside.start() + 1])) >= 2:
        words, husband = (
            words_of(folded[: inside.start() + 1]),
            words_of(folded[inside.end() :]),
        )
    given, surnames = _guess(words, [sound_of(word) in known for word in words])
    return Names(given, surnames, husband)


def _guess(
    words: tuple[str, ...], is_given: Sequence[bool]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Guess how many words are given names, and at which end."""
    count = len(words)
    if count < 2:
        return (words, ()) if is_given and is_given[0] else ((), words)
    at_end = is_given[-1] and not is_given[0]
    if count == 2:
        share = 1
    elif count == 3:
        middle = is_given[1]
        share = 2 if middle and (is_given[0] or is_given[2]) else 1
    else:
        share = count - 2
    if at_end:
        return words[-share:], words[:-share]
    return words[:share], words[share:]


_MEANINGS = _meanings()
GIVEN_SOUNDS = frozenset(sound_of(name) for name in _TABLE)
KNOWN_GIVEN = frozenset(sound_of(name) for sex in ("female", "male") for name in _SHARES[sex])
KNOWN_SURNAMES = frozenset(sound_of(name) for name in _SHARES["surnames"])
"""Sounds of common names. Two of them one letter apart are two names and no slip of the pen."""


@lru_cache(maxsize=CACHED)
def meanings_of(sound: str) -> frozenset[str]:
    """List the sounds of the names that a given name may stand for, itself among them."""
    return _MEANINGS.get(sound, frozenset()) | {sound}
