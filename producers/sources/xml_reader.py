"""XML: the elements at one path, each a row; streamed, so that memory does not grow with the file.

An element is its text, or, with attributes or children, a dictionary: `@name` attributes, children
by their name (a list where one comes more than once), "." its own text. Prefixes of namespaces are
dropped.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

from producers.model import Refusal, SourceRow
from producers.sources.rows import MAX_LINE, FileRefusedError, RowOrRefusal
from producers.sources.xml_parser import MAX_DEPTH, SafeParser, chunks, local_name
from schemas.i18n import _

_COST = 64  # of an element or attribute, in characters, when a row's size is counted


def xml_rows(file: BinaryIO, rows: str | None, encoding: str) -> Iterator[RowOrRefusal]:
    """Read the rows of an XML file; `rows` names the elements from the root to a row.

    An `encoding` other than utf-8 replaces what the file declares.
    """
    reader = _Reader(
        tuple((rows or "").strip("/").split("/")),
        None if encoding.lower() in ("utf-8", "utf8") else encoding,
    )
    try:
        for data in chunks(file):
            reader.parser.feed(data)
            yield from reader.done
            reader.done.clear()
        reader.parser.feed(b"", last=True)
    except FileRefusedError:
        yield from reader.done  # what was whole before
        raise
    yield from reader.done
    if not reader.matched:
        raise FileRefusedError(
            Refusal(
                1,
                "UNREADABLE_FILE",
                detail=_("there is no {rows}; the root is {root}", rows=rows, root=reader.root),
            )
        )


class _Reader:
    """expat's events put together to rows."""

    def __init__(self, path: tuple[str, ...], encoding: str | None) -> None:
        self.parser = SafeParser(self._start, self._end, self._text, encoding)
        self.done: list[RowOrRefusal] = []
        self.matched, self.root = False, ""
        self._path, self._names = path, list[str]()
        self._open: list[dict[str, Any]] = []
        self._texts: list[list[str]] = []
        self._line = self._size = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = local_name(name)
        self._names.append(name)
        self.root = self.root or name
        if len(self._names) > MAX_DEPTH:
            raise self.parser.too_deep()
        if self._open:
            self._push(attributes)
        elif tuple(self._names) == self._path:
            self.matched = True
            self._line, self._size = self.parser.line, 0
            self._push(attributes)

    def _push(self, attributes: dict[str, str]) -> None:
        self._size += _COST * (1 + len(attributes)) + sum(map(len, attributes.values()))
        element = {
            f"@{local_name(name)}": value
            for name, value in attributes.items()
            if not name.startswith("xmlns")
        }
        self._open.append(element if self._size <= MAX_LINE else {})
        self._texts.append([])

    def _text(self, text: str) -> None:
        if self._open:
            self._size += len(text)
            if self._size <= MAX_LINE:
                self._texts[-1].append(text)

    def _end(self, _name: str) -> None:
        name = self._names.pop()
        if not self._open:
            return
        element, text = self._open.pop(), "".join(self._texts.pop()).strip()
        if text:
            element["."] = text
        if not self._open:
            self.done.append(self._row(element))
        elif self._size <= MAX_LINE:
            _add(self._open[-1], name, _value(element, text))

    def _row(self, element: dict[str, Any]) -> RowOrRefusal:
        if self._size > MAX_LINE:
            return Refusal(
                self._line,
                "BROKEN_LINE",
                detail=_("an element of more than {max_line} bytes", max_line=MAX_LINE),
            )
        return SourceRow(self._line, element)


def _value(element: dict[str, Any], text: str) -> Any:
    if element.get("@nil") in ("true", "1"):
        return None
    return element if any(key != "." for key in element) else text


def _add(parent: dict[str, Any], name: str, value: Any) -> None:
    if name not in parent:
        parent[name] = value
    elif isinstance(parent[name], list):
        parent[name].append(value)
    else:
        parent[name] = [parent[name], value]
