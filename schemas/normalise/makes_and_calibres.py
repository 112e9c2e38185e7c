"""Write a text with its letters and digits alone, as spellings are compared."""

import re
import unicodedata

CACHED = 8192  # distinct spellings kept; a few hundred are usual
LONGEST_CACHED = 80  # characters: so that nobody can fill the memory with long ones

_NOT_KEPT = re.compile(r"[^A-Z0-9]")


def alphanumeric(text: str) -> str:
    """Return the upper case ASCII letters and digits of a text.

    Accents, punctuation and spaces are dropped.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("×", "x"))
    return _NOT_KEPT.sub("", text.upper())
