"""Find out in which encoding a text is, from the whole of it. Pure."""

import codecs
from collections.abc import Iterator
from typing import NamedTuple

PIECE = 1 << 16  # bytes
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EIGHT_BITS = ("windows-1252", "cp850", "mac-roman")
_LETTERS = frozenset("áéíóúüñÁÉÍÓÚÜÑ")
_SIGNS = frozenset("¿¡ºª°«»–“”")
_ASCII = bytes(range(0x80))
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


class EncodingCounts(NamedTuple):
    """How much of a text is UTF-8: characters of several bytes, and what is none.

    `broken_lines` counts the lines with something broken; each is one if the text has no line ends.
    `high` has every byte from 0x80 on, at most PIECE of them.
    """

    valid: int
    broken: int
    broken_lines: int
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
    if wide := marked_encoding(raw[:4]) or wide_encoding(raw[:4]):
        return wide
    counts = count_encoding(iter([raw]), is_whole=False)
    return "utf-8" if counts.is_utf8() else counts.likely_eight_bits()


def count_encoding(chunks: Iterator[bytes], is_whole: bool = True) -> EncodingCounts:
    """Count what of a text is UTF-8. If it is not whole, its last character may be cut."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    lines = _BrokenLines()
    valid = broken = 0
    high = b""
    for raw in chunks:
        if raw.isascii() and not decoder.getstate()[0]:
            lines.pass_over(raw)
            continue
        text = decoder.decode(raw)
        marks = text.count(_REPLACEMENT)
        lines.add(text, marks)
        broken += marks
        valid += len(text) - len(text.encode("ascii", "ignore")) - marks
        if len(high) < PIECE:
            high += raw.translate(None, _ASCII)
    if is_whole and decoder.getstate()[0]:
        broken += 1
        lines.add(_REPLACEMENT, 1)
    return EncodingCounts(valid, broken, lines.count if lines.has_ends else broken, high)


class _BrokenLines:
    """Count the lines with replacement characters, in a text that comes by pieces."""

    def __init__(self) -> None:
        self.count = 0
        self.has_ends = False
        self._is_counted = False

    def pass_over(self, raw: bytes) -> None:
        """Go over a piece without any."""
        if b"\n" in raw or b"\r" in raw:
            self.has_ends, self._is_counted = True, False

    def add(self, text: str, marks: int) -> None:
        """Count a piece with `marks` replacement characters."""
        if not marks:
            self.pass_over(text.encode("utf-8", "replace"))
            return
        first, *others = text.replace("\r", "\n").split("\n")
        if _REPLACEMENT in first and not self._is_counted:
            self.count += 1
            self._is_counted = True
        if others:
            self.has_ends = True
            self.count += sum(_REPLACEMENT in line for line in others)
            self._is_counted = _REPLACEMENT in others[-1]


def marked_encoding(head: bytes) -> str | None:
    """Name the encoding whose byte-order mark the first four bytes begin with, if any."""
    return next((encoding for mark, encoding in _BOMS if head.startswith(mark)), None)


def wide_encoding(head: bytes) -> str | None:
    """Name the encoding of two bytes a character that the first four bytes show, if any."""
    if len(head) < 4 or head.count(0) < 2:
        return None
    return {(False, True): "utf-16-le", (True, False): "utf-16-be"}.get(
        (head[0] == 0, head[1] == 0)
    )
