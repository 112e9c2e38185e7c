"""XML: the elements at one path, each a row; streamed, so that memory does not grow with the file.

An element is its text, or, with attributes or children, a dictionary: `@name` attributes, children
by their name (a list where one comes more than once), "." its own text. Prefixes of namespaces are
dropped.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

from producers.model import Refusal, SourceRow
from producers.sources.outer_facts import OUTER, OuterFacts, Surroundings, names_of
from producers.sources.rows import MAX_LINE, FileRefusedError, RowOrRefusal
from producers.sources.xml_parser import MAX_DEPTH, SafeParser, chunks, local_name
from schemas.i18n import _

_COST = 64  # of an element or attribute, in characters, when a row's size is counted


def xml_rows(
    file: BinaryIO, rows: str | None, encoding: str, surroundings: Surroundings | None = None
) -> Iterator[RowOrRefusal]:
    """Read the rows of an XML file; `rows` names the elements from the root to a row.

    An `encoding` other than utf-8 replaces what the file declares. `surroundings` gives each row
    what is around it.
    """
    reader = _Reader(names_of(rows, "/"), _override(encoding), surroundings, None)
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


def xml_surroundings(
    file: BinaryIO, rows: str, encoding: str, columns: frozenset[str]
) -> Surroundings:
    """Read what is around the rows, as far as `columns` name it (`//report/@id`).

    Raises FileRefusedError for a file that is broken, even behind its rows.
    """
    facts = OuterFacts(names_of(rows, "/"), columns, "/")
    reader = _Reader(facts.path, _override(encoding), None, facts)
    for data in chunks(file):
        reader.parser.feed(data)
        reader.done.clear()
    reader.parser.feed(b"", last=True)
    return facts.finish()


def _override(encoding: str) -> str | None:
    return None if encoding.lower() in ("utf-8", "utf8") else encoding


class _Reader:
    """expat's events put together to rows, and to what is around them if `facts` are wanted."""

    def __init__(
        self,
        path: tuple[str, ...],
        encoding: str | None,
        surroundings: Surroundings | None,
        facts: OuterFacts | None,
    ) -> None:
        self.parser = SafeParser(self._start, self._end, self._text, encoding)
        self.done: list[RowOrRefusal] = []
        self.matched, self.root = False, ""
        self._path, self._names = path, list[str]()
        self._surroundings, self._facts, self._group = surroundings, facts, -1
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
            return
        names = tuple(self._names)
        if names == self._path:
            self.matched = True
            self._line, self._size = self.parser.line, 0
            self._push(attributes)
        elif names == self._path[: len(names)]:
            self._enter(attributes)
        elif self._is_fact(name):
            self._size = 0
            self._push(attributes)

    def _enter(self, attributes: dict[str, str]) -> None:
        """Begin an element around the rows."""
        depth = len(self._names)
        if self._facts is not None:
            if depth == 1:
                self._facts.enter(0)  # what has the root as its member
            self._facts.enter(depth)
            for key, value in attributes.items():
                name = f"@{local_name(key)}"
                if self._facts.is_needed(depth, name):
                    self._facts.add(depth, name, value, len(value))
        if depth == len(self._path) - 1:
            self._group += 1
            if self._facts is not None:
                self._facts.begin_group()

    def _is_fact(self, name: str) -> bool:
        """Say whether this is a needed child of an element around the rows."""
        depth = len(self._names) - 1
        return (
            self._facts is not None
            and tuple(self._names[:-1]) == self._path[:depth]
            and self._facts.is_needed(depth, name)
        )

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
            self._finish(name, element, text)
        elif self._size <= MAX_LINE:
            _add(self._open[-1], name, _value(element, text))

    def _finish(self, name: str, element: dict[str, Any], text: str) -> None:
        """End a row, or a fact around the rows."""
        depth = len(self._names)
        if self._facts is None or (*self._names, name) == self._path:
            self.done.append(self._row(element))
        else:
            self._facts.add(depth, name, _value(element, text), self._size)

    def _row(self, element: dict[str, Any]) -> RowOrRefusal:
        if self._size > MAX_LINE:
            return Refusal(
                self._line,
                "BROKEN_LINE",
                detail=_("an element of more than {max_line} bytes", max_line=MAX_LINE),
            )
        if self._surroundings is not None and self._group >= 0:
            element[OUTER] = self._surroundings[self._group]
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
