"""Find out in which encoding a text is, from the whole of it. Pure."""

import codecs
from collections.abc import Iterator
from typing import NamedTuple

PIECE = 1 << 16  # bytes
_EIGHT_BITS = ("windows-1252", "cp850", "mac-roman")
_LETTERS = frozenset("áéíóúüñÁÉÍÓÚÜÑ")
_SIGNS = frozenset("¿¡ºª°«»–“”")
_ASCII = bytes(range(0x80))
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


class EncodingCounts(NamedTuple):
    """How much of a text is UTF-8: characters of several bytes, and what is none.

    `high` has every byte from 0x80 on, at most PIECE of them.
    """

    valid: int
    broken: int
    high: bytes

    def is_utf8(self) -> bool:
        """Say whether it is UTF-8, perhaps with some broken bytes."""
        return self.valid >= self.broken

    def likely_eight_bits(self) -> str:
        """Name the encoding in which the high bytes are Spanish; letters count more than signs."""
        return max(_EIGHT_BITS, key=self._score)

    def _score(self, encoding: str) -> int:
        text = self.high.decode(encoding, "replace")
        return sum(2 * (letter in _LETTERS) + (letter in _SIGNS) for letter in text)


def guess_encoding(raw: bytes) -> str:
    """Guess the encoding in which these bytes, the first of a file, are Spanish."""
    if wide := wide_encoding(raw[:4]):
        return wide
    counts = count_encoding(iter([raw]), is_whole=False)
    return "utf-8" if counts.is_utf8() else counts.likely_eight_bits()


def count_encoding(chunks: Iterator[bytes], is_whole: bool = True) -> EncodingCounts:
    """Count what of a text is UTF-8. If it is not whole, its last character may be cut."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    valid = broken = 0
    high = b""
    for raw in chunks:
        if raw.isascii() and not decoder.getstate()[0]:
            continue
        text = decoder.decode(raw)
        marks = text.count(_REPLACEMENT)
        broken += marks
        valid += len(text) - len(text.encode("ascii", "ignore")) - marks
        if len(high) < PIECE:
            high += raw.translate(None, _ASCII)
    if is_whole and decoder.getstate()[0]:
        broken += 1
    return EncodingCounts(valid, broken, high)


def wide_encoding(head: bytes) -> str | None:
    """Name the encoding of two bytes a character that the first four bytes show, if any."""
    if len(head) < 4 or head.count(0) < 2:
        return None
    return {(False, True): "utf-16-le", (True, False): "utf-16-be"}.get(
        (head[0] == 0, head[1] == 0)
    )
