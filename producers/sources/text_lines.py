"""Decode a file into numbered lines, or pieces, of text.

It honours byte-order marks and the declared encoding. If that is wrong, it names the likely one
once, for the whole file. A line ends at a line feed, in every encoding; in a file without any it
ends at a carriage return, as on old Macs. Memory stays below a few times MAX_LINE.
"""

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from producers.model import Refusal
from producers.sources.encoding import (
    PIECE,
    EncodingCounts,
    count_encoding,
    guess_encoding,
    marked_encoding,
    wide_encoding,
)
from producers.sources.rows import MAX_LINE, FileRefusedError, LineOrRefusal
from schemas.i18n import UserMessage, _

_WIDE = ("utf-16", "utf-32", "utf_16", "utf_32", "utf16", "utf32")


def text_lines(file: BinaryIO, declared: str) -> Iterator[LineOrRefusal]:
    """Yield the lines of an open file, decoded by its byte-order mark, else as declared.

    Raises FileRefusedError if nothing of it can be read.
    """
    encoding = detect_encoding(file, declared)
    if encoding.lower().startswith(_WIDE):
        return _wide_lines(file, encoding)
    counts = _check_whole(file, encoding)
    return _lines(with_line_feeds(file), encoding, counts)


def text_pieces(file: BinaryIO, declared: str) -> Iterator[str]:
    """Yield the text of an open file in pieces of at most 64 KiB, whatever its lines are.

    Single bytes that are not UTF-8 come as halves of pairs (U+DC80 to U+DCFF). Raises
    FileRefusedError with the line from which on it is in another encoding.
    """
    encoding = detect_encoding(file, declared)
    if not encoding.lower().startswith(_WIDE):
        _check_whole(file, encoding)
        file = with_line_feeds(file)
    decoder = _decoder(encoding, "surrogateescape" if _is_utf8_name(encoding) else "strict")
    number = 1
    while raw := file.readline(PIECE):
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
    if marked := marked_encoding(head):
        file.seek(len(codecs.BOM_UTF8) if marked == "utf-8" else 0)
        return marked
    file.seek(0)
    wide = wide_encoding(head)
    if wide and not declared.lower().startswith(_WIDE):
        raise FileRefusedError(Refusal(1, "BAD_ENCODING", detail=_looks(declared, wide)))
    return declared


def with_line_feeds(file: BinaryIO) -> BinaryIO:
    """Return a file from where it stands, with line feeds for the line ends of old Macs.

    They are those of a file whose beginning has as many carriage returns alone as line feeds, or
    more: it comes from an old Mac, or is put together from several systems.
    """
    start = file.tell()
    head = file.read(PIECE)
    file.seek(start)
    alone = head.count(b"\r") - head.count(b"\r\n")
    return io.BufferedReader(_OldMacFile(file)) if alone >= max(head.count(b"\n"), 1) else file


class _OldMacFile(io.RawIOBase):
    """A file with a line feed for each carriage return."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview", /) -> int:  # type: ignore[override]
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data.replace(b"\r", b"\n")
        return len(data)


def _check_whole(file: BinaryIO, encoding: str) -> EncodingCounts:
    """Check a file, from where it stands, against its declared encoding of one byte or UTF-8.

    One broken line says nothing: it alone is refused. Raises FileRefusedError that names
    the one likely encoding of the whole file.
    """
    start = file.tell()
    counts = count_encoding(iter(lambda: file.read(PIECE), b""))
    file.seek(start)
    if _is_utf8_name(encoding):
        is_wrong = not start and counts.broken_lines > 1 and not counts.is_utf8()
        likely = counts.likely_eight_bits()
    else:
        is_wrong = _is_single_byte(encoding) and counts.valid > 1 and not counts.broken
        likely = "utf-8"
    if is_wrong:
        raise FileRefusedError(Refusal(0, "BAD_ENCODING", detail=_looks(encoding, likely)))
    return counts


def _looks(declared: str, likely: str) -> UserMessage:
    if likely == "windows-1252":
        return _(
            "it is not {declared}; it looks like windows-1252 (latin-1): "
            "write encoding = `windows-1252`",
            declared=declared,
        )
    return _(
        "it is not {declared}; it looks like {actual}: write encoding = `{actual}`",
        declared=declared,
        actual=likely,
    )


def _lines(file: BinaryIO, encoding: str, counts: EncodingCounts) -> Iterator[LineOrRefusal]:
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
        except UnicodeDecodeError as error:
            yield Refusal(number, "BAD_ENCODING", detail=_broken_byte(raw, error, encoding, counts))


def _broken_byte(
    raw: bytes, error: UnicodeDecodeError, encoding: str, counts: EncodingCounts
) -> UserMessage:
    """Say what is wrong with a line: the file has its encoding, unless nothing else shows it."""
    if not counts.valid and counts.broken and not counts.is_utf8():
        return _looks(encoding, counts.likely_eight_bits())
    byte = f"0x{raw[error.start]:02X}"
    return _(
        "the byte {byte} at character {place} is not {encoding}, as the rest of the file is",
        byte=byte,
        place=len(raw[: error.start].decode(encoding, "replace")) + 1,
        encoding=encoding,
    )


def _wide_lines(file: BinaryIO, encoding: str) -> Iterator[LineOrRefusal]:
    """Yield the lines of a file with two or four bytes a character.

    A line feed cannot be searched for in its bytes, so it is decoded by pieces.
    """
    decoder = _decoder(encoding)
    number, parts, size = 1, list[str](), 0
    line_end = ""
    while True:
        raw = file.read(PIECE)
        try:
            text = decoder.decode(raw, final=not raw)
            line_end = line_end or ("\r" if "\r" in text and "\n" not in text else "\n")
            *whole_lines, rest = text.split(line_end)
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


def _decoder(encoding: str, errors: str = "strict") -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder(encoding)(errors)


def _is_utf8_name(encoding: str) -> bool:
    return encoding.lower() in ("utf-8", "utf8")


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
