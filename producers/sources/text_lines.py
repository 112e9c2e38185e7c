"""Decode a file into numbered lines, or pieces, of text.

It honours byte-order marks and the declared encoding, and guesses the encoding if that is wrong.
A line ends at a line feed, in every encoding. Memory stays below a few times MAX_LINE.
"""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from producers.model import Refusal
from producers.sources.rows import MAX_LINE, FileRefusedError, LineOrRefusal
from schemas.i18n import UserMessage, _

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PIECE = 1 << 16  # bytes
_WIDE = ("utf-16", "utf-32", "utf_16", "utf_32", "utf16", "utf32")
_EIGHT_BITS = ("windows-1252", "cp850", "mac-roman")
_SPANISH = frozenset("áéíóúüñÁÉÍÓÚÜÑ¿¡ºª°«»–“”")


def text_lines(file: BinaryIO, declared: str) -> Iterator[LineOrRefusal]:
    """Yield the lines of an open file, decoded by its byte-order mark, else as declared.

    Raises FileRefusedError if nothing of it can be read.
    """
    encoding = detect_encoding(file, declared)
    return (
        _wide_lines(file, encoding)
        if encoding.lower().startswith(_WIDE)
        else _lines(file, encoding)
    )


def text_pieces(file: BinaryIO, declared: str) -> Iterator[str]:
    """Yield the text of an open file in pieces of at most 64 KiB, whatever its lines are.

    Raises FileRefusedError with the line from which on it is in another encoding.
    """
    encoding = detect_encoding(file, declared)
    decoder = _decoder(encoding)
    number = 1
    while raw := file.readline(_PIECE):
        if _is_single_byte(encoding) and not raw.isascii() and _is_utf8(raw):
            raise FileRefusedError(
                Refusal(number, "BAD_ENCODING", detail=_looks(encoding, "utf-8"))
            )
        try:
            text = decoder.decode(raw)
        except UnicodeError as error:
            looks = _looks(encoding, guess_encoding(raw))
            raise FileRefusedError(Refusal(number, "BAD_ENCODING", detail=looks)) from error
        number += text.count("\n")
        yield text


def detect_encoding(file: BinaryIO, declared: str) -> str:
    """Give the encoding of the byte-order mark, else the declared one.

    The file then stands after the mark (before it if the codec reads it). Raises FileRefusedError
    if a file with two bytes a character is declared to have one.
    """
    head = file.read(4)
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            file.seek(len(mark) if encoding == "utf-8" else 0)
            return encoding
    file.seek(0)
    wide = _wide(head)
    if wide and not declared.lower().startswith(_WIDE):
        raise FileRefusedError(Refusal(1, "BAD_ENCODING", detail=_looks(declared, wide)))
    return declared


def guess_encoding(raw: bytes) -> str:
    """Guess the encoding in which these bytes are Spanish."""
    if wide := _wide(raw[:4]):
        return wide
    try:
        raw.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError as error:
        if error.end == len(raw) and error.reason.startswith("unexpected end"):
            return "utf-8"
    high = bytes(byte for byte in raw if byte >= 0x80)
    return max(
        _EIGHT_BITS,
        key=lambda name: sum(letter in _SPANISH for letter in high.decode(name, "replace")),
    )


def _wide(head: bytes) -> str | None:
    if len(head) < 4 or head.count(0) < 2:
        return None
    return {(False, True): "utf-16-le", (True, False): "utf-16-be"}.get(
        (head[0] == 0, head[1] == 0)
    )


def _looks(declared: str, likely: str) -> UserMessage:
    return _(
        "it is not {declared}; it looks like {actual}: write encoding = `{actual}`",
        declared=declared,
        actual=likely,
    )


def _lines(file: BinaryIO, encoding: str) -> Iterator[LineOrRefusal]:
    """Yield lines decoded one by one, so that one line in another encoding is one refusal."""
    is_single_byte = _is_single_byte(encoding)
    decode = codecs.getdecoder(encoding)
    number = 0
    while raw := file.readline(MAX_LINE):
        number += 1
        if len(raw) == MAX_LINE and not raw.endswith(b"\n"):
            _skip_line(file)
            yield _too_long(number)
            continue
        try:
            if is_single_byte and not raw.isascii() and _is_utf8(raw):
                yield Refusal(number, "BAD_ENCODING", detail=_looks(encoding, "utf-8"))
                continue
            yield number, decode(raw)[0]
        except UnicodeDecodeError:
            yield Refusal(number, "BAD_ENCODING", detail=_looks(encoding, guess_encoding(raw)))


def _wide_lines(file: BinaryIO, encoding: str) -> Iterator[LineOrRefusal]:
    """Yield the lines of a file with two or four bytes a character.

    A line feed cannot be searched for in its bytes, so it is decoded by pieces.
    """
    decoder = _decoder(encoding)
    number, parts, size = 1, list[str](), 0
    while True:
        raw = file.read(_PIECE)
        try:
            *whole_lines, rest = decoder.decode(raw, final=not raw).split("\n")
        except UnicodeError as error:
            detail = _("not {encoding} from here on", encoding=encoding)
            raise FileRefusedError(Refusal(number, "BAD_ENCODING", detail=detail)) from error
        for text in whole_lines:
            size += len(text)
            yield _numbered(number, [*parts, text, "\n"], size)
            number, parts, size = number + 1, [], 0
        size += len(rest)
        if rest and size < MAX_LINE:
            parts.append(rest)
        if not raw:
            break
    if size:
        yield _numbered(number, parts, size)


def _numbered(number: int, parts: list[str], size: int) -> LineOrRefusal:
    """Join a line's parts, or refuse it where it has `size` characters, too many to hold."""
    return (number, "".join(parts)) if size < MAX_LINE else _too_long(number)


def _too_long(number: int) -> Refusal:
    detail = _("longer than {max_line} bytes", max_line=MAX_LINE)
    return Refusal(number, "BROKEN_LINE", detail=detail)


def _decoder(encoding: str) -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder(encoding)()


def _is_single_byte(encoding: str) -> bool:
    """Say whether this encoding has one byte a character: any bytes then decode to something."""
    return "é".encode(encoding, "replace") != "é".encode() and not encoding.lower().startswith(
        "utf"
    )


def _skip_line(file: BinaryIO) -> None:
    while (rest := file.readline(MAX_LINE)) and not rest.endswith(b"\n"):
        pass


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
