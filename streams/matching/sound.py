"""Fold a name to what it sounds like in Spanish, Quechua and Aymara.

Two spellings of one name should give one code: Quispe, Kispe, Qispi; Huamán, Waman, Guamán;
Vásquez, Bázquez. The rules are the vocabulary's (Matching, Names): b/v, s/z/c/x, ll/y, g/j, silent
h, qu/k/q/cc, hua/wa/gua, vil/huil/wil, e/i, o/u.
"""

import re
from functools import lru_cache

CACHED = 65_536
_RULES: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (letters, re.compile(pattern), code)
    for letters, pattern, code in (
        ("P", "PH", "F"),
        ("H", "J?H(?=ON)|JH", "J"),  # Jhon, John, Jon
        ("H", "CC?H", "9"),  # the sound ch, out of the way of c and h
        ("H", "SCH|SH", "S"),
        ("QK", "[CK]?Q+U?(?=[EI])|[CK]?Q+|CK|KH?|KK+", "K"),
        ("C", "SC(?=[EI])|C(?=[EIY])(?<!CC)", "S"),
        ("C", "C+", "K"),
        ("ZX", "Z|X$|X(?=[^AEIOUY])", "S"),
        ("X", "X", "J"),
        ("GHW", "(?:GH?|H|W)U(?=A)|GU(?=[OU])", "W"),
        ("H", "HU(?=[EI])", "W"),
        ("G", "G(?=[EIY])", "J"),
        ("G", "GU(?=[EI])", "G"),
        ("H", "H", ""),
        ("L", "LL(?=[^AEIOUY]|$)", "L"),
        ("L", "LL", "Y"),
        ("BV", "^[BV](?=IL[^L])", "W"),
        ("V", "V", "B"),
        ("N", "N(?=[BPM])", "M"),
        ("W", "W(?=[^AEIOUY]|$)", "U"),
        ("Y", "Y(?=[^AEIOUY]|$)", "I"),
        ("U", "(?<=[AEOU])U(?=[AEI])", "W"),
        ("Y", "^Y(?=[AEIOU])", "J"),  # Yenny, Jenny
        ("E", "E", "I"),
        ("O", "O", "U"),
        ("Y", "II*Y", "Y"),
    )
)
"""Letters of which a word has one where the rule may apply, what is replaced, and by what."""
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=CACHED)
def sound_of(word: str) -> str:
    """Return the code of a word in capitals without accents; never empty for a word of letters."""
    code = word
    for letters, pattern, replacement in _RULES:
        for letter in letters:
            if letter in code:
                code = pattern.sub(replacement, code)
                break
    return _TWICE.sub(r"\1", code).replace("NT", "ND") or word
