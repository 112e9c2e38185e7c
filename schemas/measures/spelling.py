"""Write a text so that spellings of the same words are equal: case, accents, plurals, b and v."""

import re
import unicodedata

LONGEST = 400
"""Characters of a text that are looked at."""

_WORD = re.compile(r"[a-z0-9]+")
_SOUNDS = (
    (re.compile("(?<![cs])h"), ""),
    (re.compile("qu(?=[ei])"), "k"),
    (re.compile("c(?=[ei])|z"), "s"),
    (re.compile("c(?!h)|q"), "k"),
    (re.compile("g(?=[ei])"), "j"),
    (re.compile("v|w"), "b"),
    (re.compile("ph"), "f"),
    (re.compile("ll"), "y"),
    (re.compile(r"([a-z])\1+"), r"\1"),
)
"""How officers of the Andes write the same sound: silent h, b and v, s and z and c, ll and y."""
_SHORTEST_PLURAL = 4


def plain_words(text: str) -> list[str]:
    """List the words of a text in small letters, without accents and signs."""
    decomposed = unicodedata.normalize("NFKD", text[:LONGEST].casefold())
    return _WORD.findall("".join(sign for sign in decomposed if not unicodedata.combining(sign)))


def sound_words(text: str) -> list[str]:
    """List the words of a text in one spelling for all that sound alike, and in the singular."""
    return [_sound(_singular(word)) for word in plain_words(text)]


def _singular(word: str) -> str:
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s"):
        return word
    if word.endswith("ces"):
        return f"{word[:-3]}z"
    return word[:-2] if word.endswith("es") and word[-3] in "lrndj" else word[:-1]


def _sound(word: str) -> str:
    if word.isdigit():
        return word
    for sound, spelling in _SOUNDS:
        word = sound.sub(spelling, word)
    return word
