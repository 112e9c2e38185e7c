"""JSON lines and JSON arrays, an element at a time, each with its line."""

import json
from collections.abc import Iterator
from typing import Any

from producers.model import Refusal, SourceRow
from producers.sources.rows import MAX_LINE, FileRefusedError, LineOrRefusal, RowOrRefusal
from schemas.i18n import UserMessage, _

_CHUNK = 1 << 16


def json_lines(lines: Iterator[LineOrRefusal]) -> Iterator[RowOrRefusal]:
    """Read a JSON object a line."""
    for line in lines:
        if isinstance(line, Refusal):
            yield line
        elif line[1].strip():
            yield _json_row(*line)


def _json_row(number: int, line: str) -> RowOrRefusal:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Refusal(
            number,
            "BROKEN_LINE",
            detail=_("no JSON ({name})", name=type(error).__name__),
        )
    return (
        SourceRow(number, value)
        if isinstance(value, dict)
        else Refusal(number, "BROKEN_LINE", detail=_("no JSON object"))
    )


def json_array(lines: Iterator[LineOrRefusal], rows: str | None = None) -> Iterator[RowOrRefusal]:
    """Read an array's elements, one at a time.

    `rows` are the names that lead to the array (`result.items`); None means that the file is the
    array. After a syntax error nothing can be trusted to be an element, so the rest is refused.
    """
    text = _Array(lines)
    if not text.skip(""):
        return
    for name in rows.split(".") if rows else ():
        text.enter(name)
    if not text.take("["):
        raise text.refused(_("no JSON array (rows)"))
    if text.skip("") and text.take("]"):
        return
    while True:
        line, value = text.element()
        yield (
            SourceRow(line, value)
            if isinstance(value, dict)
            else Refusal(line, "BROKEN_LINE", detail=_("no JSON object"))
        )
        text.skip("")
        if text.take("]"):
            return
        if not text.take(","):
            raise text.refused(_("`,` or `]` is missing; the rest was not read"))


class _Array:
    """Text of a JSON file as far as it is read, and where we are."""

    def __init__(self, lines: Iterator[LineOrRefusal]) -> None:
        self._lines, self._text, self._at, self._whole = lines, "", 0, False
        self._decoder = json.JSONDecoder()
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
            _number, key = self.element()
            self.skip(":")
            if key == name:
                return
            self.element()
        raise FileRefusedError(
            Refusal(self.line, "UNREADABLE_FILE", detail=_("there is no {name}", name=name))
        )

    def element(self) -> tuple[int, Any]:
        """Line and value of the next element. Raises FileRefused."""
        self.skip("")
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                if (
                    isinstance(error, ValueError)
                    and len(self._text) - self._at < MAX_LINE
                    and self._more()
                ):
                    continue
                raise FileRefusedError(
                    Refusal(
                        self.line,
                        "UNREADABLE_FILE",
                        detail=_("syntax error; not read from here on"),
                    )
                ) from error
            line = self.line
            self.line += self._text.count("\n", self._at, end)
            self._at = end
            return line, value

    def _more(self) -> bool:
        """Read one more chunk of lines, and drop what is behind.

        Raises FileRefusedError for a line in another encoding.
        """
        if self._whole:
            return False
        parts, size = [self._text[self._at :]], 0
        while size < _CHUNK:
            line = next(self._lines, None)
            if line is None:
                self._whole = True
                break
            if isinstance(line, Refusal):
                raise FileRefusedError(line)
            parts.append(line[1])
            size += len(line[1])
        self._text, self._at = "".join(parts), 0
        return size > 0
