"""Fold a name to what it sounds like in Spanish, Quechua and Aymara.

Two spellings of one name should give one code: Quispe, Kispe, Qispi; Huamán, Waman, Guamán;
Vásquez, Bázquez. The rules are the vocabulary's (Matching, Names): b/v, s/z/c/x, ll/y, g/j, silent
h, qu/k/q/cc, hua/wa/gua, vil/huil/wil, e/i, o/u.
"""

import re
from functools import lru_cache

CACHED = 65_536
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        ("PH", "F"),
        ("J?H(?=ON)|JH", "J"),  # Jhon, John, Jon
        ("CC?H", "9"),  # the sound ch, out of the way of c and h
        ("SCH|SH", "S"),
        ("[CK]?Q+U?(?=[EI])|[CK]?Q+|CK|KH?|KK+", "K"),
        ("SC(?=[EI])|C(?=[EIY])(?<!CC)", "S"),
        ("C+", "K"),
        ("Z|X$|X(?=[^AEIOUY])", "S"),
        ("X", "J"),
        ("(?:GH?|H|W)U(?=A)|GU(?=[OU])", "W"),
        ("HU(?=[EI])", "W"),
        ("G(?=[EIY])", "J"),
        ("GU(?=[EI])", "G"),
        ("H", ""),
        ("LL(?=[^AEIOUY]|$)", "L"),
        ("LL", "Y"),
        ("^[BV](?=IL[^L])", "W"),
        ("V", "B"),
        ("N(?=[BPM])", "M"),
        ("W(?=[^AEIOUY]|$)", "U"),
        ("Y(?=[^AEIOUY]|$)", "I"),
        ("(?<=[AEOU])U(?=[AEI])", "W"),
        ("^Y(?=[AEIOU])", "J"),  # Yenny, Jenny
        ("E", "I"),
        ("O", "U"),
        ("II*Y", "Y"),
        (r"(.)\1+", r"\1"),
        ("NT", "ND"),
    )
)


@lru_cache(maxsize=CACHED)
def sound_of(word: str) -> str:
    """Return the code of a word in capitals without accents; never empty for a word of letters."""
    code = word
    for pattern, replacement in _RULES:
        code = pattern.sub(replacement, code)
    return code or word
