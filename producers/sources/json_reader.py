"""JSON lines and JSON arrays, an element at a time, each with its line.

RFC 8259 leaves open what two members of one name mean, and knows neither NaN nor Infinity: an
element with such a thing is refused, nothing of it is guessed.
"""

import json
from collections.abc import Iterator
from typing import Any

from producers.model import Refusal, SourceRow
from producers.sources.rows import MAX_LINE, FileRefusedError, LineOrRefusal, RowOrRefusal
from schemas.i18n import UserMessage, _

_CHUNK = 1 << 16


def json_lines(lines: Iterator[LineOrRefusal]) -> Iterator[RowOrRefusal]:
    """Read a JSON object a line."""
    decoder = _StrictDecoder()
    for line in lines:
        if isinstance(line, Refusal):
            yield line
        elif line[1].strip():
            yield _json_row(*line, decoder)


class _StrictDecoder(json.JSONDecoder):
    """Decode JSON, and remember what the last value had that RFC 8259 does not define."""

    def __init__(self) -> None:
        super().__init__(object_pairs_hook=self._members, parse_constant=self._constant)
        self._fault: UserMessage | None = None

    def take_fault(self) -> UserMessage | None:
        """Return the fault of what was decoded since the last call; None where there is none."""
        fault, self._fault = self._fault, None
        return fault

    def _members(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) < len(pairs):
            names = [name for name, _value in pairs]
            double = next(name for name in members if names.count(name) > 1)
            self._fault = _("the member {name} stands twice", name=double[:80])
        return members

    def _constant(self, name: str) -> None:
        self._fault = _("{name} is no JSON number", name=name)


def _row(line: int, value: object, fault: UserMessage | None) -> RowOrRefusal:
    if fault is not None or not isinstance(value, dict):
        return Refusal(line, "BROKEN_LINE", detail=fault or _("no JSON object"))
    return SourceRow(line, value)


def _json_row(number: int, line: str, decoder: _StrictDecoder) -> RowOrRefusal:
    try:
        value = decoder.decode(line)
    except (ValueError, RecursionError) as error:
        decoder.take_fault()
        detail = _("no JSON ({name})", name=type(error).__name__)
        return Refusal(number, "BROKEN_LINE", detail=detail)
    return _row(number, value, decoder.take_fault())


def json_array(pieces: Iterator[str], rows: str | None = None) -> Iterator[RowOrRefusal]:
    """Read an array's elements, one at a time, from a text in pieces; lines do not matter.

    An element has at most MAX_LINE characters. `rows` are the names that lead to the array
    (`result.items`); None means that the file is the array. After a syntax error nothing can be
    trusted to be an element, so the rest is refused.
    """
    text = _Array(pieces)
    if not text.skip(""):
        return
    for name in rows.split(".") if rows else ():
        text.enter(name)
    if not text.take("["):
        raise text.refused(_("no JSON array (rows)"))
    if text.skip("") and text.take("]"):
        return
    while True:
        yield _row(*text.element())
        text.skip("")
        if text.take("]"):
            return
        if not text.take(","):
            raise text.refused(_("`,` or `]` is missing; the rest was not read"))


class _Array:
    """Text of a JSON file as far as it is read, and where we are."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces, self._text, self._at, self._whole = pieces, "", 0, False
        self._decoder = _StrictDecoder()
        self.line = 1

    def refused(self, detail: UserMessage) -> FileRefusedError:
        """Make the error that refuses the file from here on."""
        return FileRefusedError(Refusal(self.line, "UNREADABLE_FILE", detail=detail))

    def skip(self, also: str) -> bool:
        """Go over white space; False at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in " \t\r\n" + also:
                self.line += self._text[self._at] == "\n"
                self._at += 1
            if self._at < len(self._text):
                return True
            if not self._more():
                return False

    def take(self, mark: str) -> bool:
        is_there = self._text[self._at : self._at + 1] == mark
        self._at += is_there
        return is_there

    def enter(self, name: str) -> None:
        """Into an object, up to the value called `name`. Raises FileRefused."""
        if not self.take("{"):
            raise FileRefusedError(
                Refusal(
                    self.line,
                    "UNREADABLE_FILE",
                    detail=_("no object with {name}", name=name),
                )
            )
        while self.skip(",") and not self.take("}"):
            _line, key, _fault = self.element()
            self.skip(":")
            if key == name:
                return
            self.element()
        raise FileRefusedError(
            Refusal(self.line, "UNREADABLE_FILE", detail=_("there is no {name}", name=name))
        )

    def element(self) -> tuple[int, Any, UserMessage | None]:
        """Read the next element: its line, its value, and what is undefined in it.

        Raises FileRefusedError.
        """
        self.skip("")
        while True:
            self._decoder.take_fault()
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
                if end == len(self._text) and isinstance(value, int | float) and self._more():
                    continue  # a number may go on in the next piece
            except (ValueError, RecursionError) as error:
                if isinstance(error, ValueError) and self._may_grow() and self._more():
                    continue
                raise self._broken() from error
            line = self.line
            self.line += self._text.count("\n", self._at, end)
            self._at = end
            return line, value, self._decoder.take_fault()

    def _may_grow(self) -> bool:
        return len(self._text) - self._at < MAX_LINE

    def _broken(self) -> FileRefusedError:
        return self.refused(
            _("syntax error; not read from here on")
            if self._may_grow()
            else _(
                "an element of more than {max_line} bytes; not read from here on", max_line=MAX_LINE
            )
        )

    def _more(self) -> bool:
        """Read more pieces, and drop what is behind: False at the end.

        It doubles what is held, so that a long element is not tried again for each piece. Raises
        FileRefusedError for a text in another encoding.
        """
        parts, size = [self._text[self._at :]], 0
        while size < max(_CHUNK, len(parts[0])) and not self._whole:
            piece = next(self._pieces, None)
            if piece is None:
                self._whole = True
            else:
                parts.append(piece)
                size += len(piece)
        self._text, self._at = "".join(parts), 0
        return size > 0
