"""JSON lines and JSON arrays, an element at a time, each with its line.

RFC 8259 leaves open what two members of one name mean, and knows neither NaN nor Infinity: an
element with such a thing is refused, nothing of it is guessed.
"""

from collections.abc import Callable, Iterator

from producers.model import Refusal, SourceRow
from producers.sources.json_text import JsonText, StrictDecoder
from producers.sources.outer_facts import OUTER, OuterFacts, Surroundings, names_of
from producers.sources.rows import LineOrRefusal, RowOrRefusal
from schemas.i18n import UserMessage, _


def json_lines(lines: Iterator[LineOrRefusal]) -> Iterator[RowOrRefusal]:
    """Read a JSON object a line."""
    decoder = StrictDecoder()
    for line in lines:
        if isinstance(line, Refusal):
            yield line
        elif line[1].strip():
            yield _json_row(*line, decoder)


def _json_row(number: int, line: str, decoder: StrictDecoder) -> RowOrRefusal:
    try:
        value = decoder.decode(line)
    except (ValueError, RecursionError) as error:
        decoder.take_fault()
        detail = _("no JSON ({name})", name=type(error).__name__)
        return Refusal(number, "BROKEN_LINE", detail=detail)
    return _row(number, value, decoder.take_fault())


def _row(line: int, value: object, fault: UserMessage | None) -> RowOrRefusal:
    if fault is not None or not isinstance(value, dict):
        return Refusal(line, "BROKEN_LINE", detail=fault or _("no JSON object"))
    return SourceRow(line, value)


def json_array(
    pieces: Iterator[str], rows: str | None = None, surroundings: Surroundings | None = None
) -> Iterator[RowOrRefusal]:
    """Read an array's elements, one at a time, from a text in pieces; lines do not matter.

    An element has at most MAX_LINE characters. `rows` are the names that lead to the array
    (`result.items`); None means that the file is the array. An array on the way stands for each of
    its elements, and an object at the end for an array with it alone. `surroundings` gives each row
    what is around it. After a syntax error nothing can be trusted to be an element, so the rest is
    refused.
    """
    walk = _Walk(JsonText(pieces), names_of(rows, "."), surroundings, None)
    if walk.text.skip(""):
        yield from walk.rows()


def json_surroundings(pieces: Iterator[str], rows: str, columns: frozenset[str]) -> Surroundings:
    """Read what is around the rows, as far as `columns` name it (`//a.b`).

    Raises FileRefusedError for a file that is broken, even behind its rows.
    """
    facts = OuterFacts(names_of(rows, "."), columns, ".")
    walk = _Walk(JsonText(pieces), facts.path, None, facts)
    if walk.text.skip(""):
        for _row_or_refusal in walk.rows():
            pass
    return facts.finish()


class _Walk:
    """The way through a JSON text to its rows."""

    def __init__(
        self,
        text: JsonText,
        names: tuple[str, ...],
        surroundings: Surroundings | None,
        facts: OuterFacts | None,
    ) -> None:
        self.text = text
        self._names, self._surroundings, self._facts = names, surroundings, facts
        self._group = -1

    def rows(self) -> Iterator[RowOrRefusal]:
        """Yield the rows. Raises FileRefusedError where nothing leads to any."""
        yield from self._value(0)
        if self._group < 0:
            raise self.text.refused(_("there is no {name}", name=".".join(self._names)))
        if self.text.skip(""):
            detail = _(
                "a second JSON value: only the first is read; save each in a file of its own"
            )
            raise self.text.refused(detail)

    def _value(self, depth: int) -> Iterator[RowOrRefusal]:
        """Go through the value that begins here."""
        if depth == len(self._names):
            self._group += 1
            if self._facts is not None:
                self._facts.begin_group()
            yield from self._elements(depth)
        elif self.text.take("["):
            yield from self._each(lambda: self._value(depth))
        elif self.text.take("{"):
            yield from self._members(depth)
        elif depth == 0:
            raise self.text.refused(_("no object with {name}", name=self._names[0]))
        else:
            self.text.pass_over()

    def _members(self, depth: int) -> Iterator[RowOrRefusal]:
        if self._facts is not None:
            self._facts.enter(depth)
        while self.text.skip(",") and not self.text.take("}"):
            key = self.text.element()[1]
            self.text.skip(":")
            if key == self._names[depth]:
                yield from self._value(depth + 1)
            elif self._facts is not None and self._facts.is_needed(depth, str(key)):
                before = self.text.position
                value = self.text.element()[1]
                self._facts.add(depth, str(key), value, self.text.position - before)
            else:
                self.text.pass_over()

    def _elements(self, depth: int) -> Iterator[RowOrRefusal]:
        """Yield the rows of the array, or of the object, that begins here."""
        if self.text.take("["):
            yield from self._each(self._element)
            return
        if not self._names or not self.text.next_is("{"):
            if self._names and self.text.element()[1] is None:
                return
            raise self.text.refused(_("no JSON array (rows)"))
        yield from self._element()

    def _element(self) -> Iterator[RowOrRefusal]:
        row = _row(*self.text.element())
        if self._surroundings is not None and isinstance(row, SourceRow):
            row = SourceRow(row.number, {**row.row, OUTER: self._surroundings[self._group]})
        yield row

    def _each(self, read: Callable[[], Iterator[RowOrRefusal]]) -> Iterator[RowOrRefusal]:
        """Read what the elements of the array have in which we are."""
        if self.text.skip("") and self.text.take("]"):
            return
        while True:
            self.text.skip("")
            yield from read()
            self.text.skip("")
            if self.text.take("]"):
                return
            if not self.text.take(","):
                raise self.text.refused(_("`,` or `]` is missing; the rest was not read"))
