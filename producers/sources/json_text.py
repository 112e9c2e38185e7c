"""Read a JSON text value by value, from pieces, holding no more than one element."""

import json
import re
from collections.abc import Iterator
from typing import Any

from producers.model import Refusal
from producers.sources.rows import MAX_LINE, FileRefusedError
from schemas.i18n import UserMessage, _

_CHUNK = 1 << 16
_LEVELS_PASSED = 3  # arrays and objects in which each element is passed over by itself
_BROKEN_BYTES = re.compile("[\udc80-\udcff]")  # as text_lines.text_pieces leaves them


class StrictDecoder(json.JSONDecoder):
    """Decode JSON, and remember what the last value had that RFC 8259 does not define."""

    def __init__(self) -> None:
        """Decode from now on, with no fault found yet."""
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


class JsonText:
    """Text of a JSON file as far as it is read, and where we are."""

    def __init__(self, pieces: Iterator[str]) -> None:
        """Begin at the start of a text in pieces."""
        self._pieces, self._text, self._at, self._whole = pieces, "", 0, False
        self._decoder = StrictDecoder()
        self._dropped = 0
        self._has_broken_bytes = False
        self.line = 1

    @property
    def position(self) -> int:
        """Give how many characters are behind us."""
        return self._dropped + self._at

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

    def next_is(self, mark: str) -> bool:
        """Say whether this character follows."""
        return self._text[self._at : self._at + 1] == mark

    def take(self, mark: str) -> bool:
        """Go over this character if it follows."""
        is_there = self.next_is(mark)
        self._at += is_there
        return is_there

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
            line, fault = self.line, self._decoder.take_fault()
            if self._has_broken_bytes and _BROKEN_BYTES.search(self._text, self._at, end):
                fault = _("bytes that are not utf-8, as the rest of the file is")
            self.line += self._text.count("\n", self._at, end)
            self._at = end
            return line, value, fault

    def pass_over(self, levels: int = _LEVELS_PASSED) -> None:
        """Go over a value of any size. Raises FileRefusedError."""
        self.skip("")
        for start, end in ("[]", "{}") if levels else ():
            if self.take(start):
                while self.skip(",:") and not self.take(end):
                    self.pass_over(levels - 1)
                return
        self.element()

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
                self._has_broken_bytes |= not piece.isascii() and bool(_BROKEN_BYTES.search(piece))
                parts.append(piece)
                size += len(piece)
        self._dropped += self._at
        self._text, self._at = "".join(parts), 0
        return size > 0
