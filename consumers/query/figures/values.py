"""Read the values by which figures are narrowed, and refuse those that nothing has. Pure.

A value is known where a code list has it, or a record that is released to the reader. So a refusal
says no more than the figures grouped by the same name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from consumers.query.figures.question import FactFilter
from consumers.query.known_names import LONGEST_SHOWN, UnknownNameError
from schemas.codes import code_lists
from schemas.i18n import UserMessage, _
from schemas.measures.dimensions import reader_of
from schemas.measures.marked_dimensions import DimensionMark, released_marks_by_name
from schemas.measures.spelling import plain_words
from schemas.words.written_codes import find_code

Row = Mapping[str, Any]
AskValues = Callable[[str], Sequence[Row]]
"""Returns the rows of the totals by a name, of all records that the reader may see."""
Show = Callable[[Sequence[Row]], None]
"""Takes the rows whose values a refusal names: they were shown."""
MOST_NAMED = 12
"""Values that a refusal names, where none is like the one that was written."""


class UnknownValueError(UnknownNameError):
    """No list and no record of the reader's has a value. `field`: the parameter that says it."""

    def __init__(self, field: str, message: UserMessage, remedy: UserMessage) -> None:
        """Keep the field, for the form that shows the error there."""
        super().__init__(message, remedy)
        self.field = field


def read_value(name: str, text: str) -> str:
    """Return a value as the store has it: marihuana becomes cannabis, Taurus becomes taurus.

    What a list does not have, and no reading knows, stays as it is written.
    """
    for mark in _marks_of(name):
        for code_list in _lists_of(mark):
            if text in code_lists()[code_list].codes:
                return text
            if code := find_code(code_list, text):
                return code
        if mark.reading and (value := reader_of(mark.reading)(text, {})):
            return value
    return text


def check_values(
    filter_: FactFilter, authorities: Collection[str], ask: AskValues, show: Show
) -> None:
    """Accept the values of a filter by which no record was counted, if they are known.

    `authorities`: of the nodes. Raises UnknownValueError.
    """
    for field, name, text in _values_of(filter_):
        listed = authorities if name == "authority" else _codes_of(name)
        if _is_known(name, text, listed):
            continue
        rows = ask(name)
        values = [row["keys"][0] for row in rows if row["keys"][0]]
        if _is_known(name, text, values) or not (listed or values):
            continue
        near = nearest_values(name, text, [*listed, *values])
        show([row for row in rows if row["keys"][0] in near])
        raise UnknownValueError(field, _message(name, text), _remedy(near))


def nearest_values(name: str, text: str, values: Iterable[str]) -> list[str]:
    """Return the values that are written nearly so, in code or words; else the first ones."""
    by_word = {word: value for value in values for word in _words_for(name, value)}
    folded = _folded(text)[:LONGEST_SHOWN]
    near = get_close_matches(folded, by_word, n=6)
    near += [word for word in by_word if folded and f" {folded}" in f" {word}"]
    chosen = [by_word[word] for word in near] or sorted(by_word.values())
    return list(dict.fromkeys(chosen))[:MOST_NAMED]


def _values_of(filter_: FactFilter) -> Iterator[tuple[str, str, str]]:
    """Yield the field, the name and the value of each part of a filter that may be any text."""
    if filter_.authority:
        yield "authority", "authority", filter_.authority
    if filter_.crime:
        yield "crime", "crime", filter_.crime
    for name, value in filter_.where:
        yield "where", name, value


def _is_known(name: str, text: str, values: Iterable[str]) -> bool:
    """Say whether a value is one of these; of a crime its first digits are enough."""
    if name == "crime":
        return any(value.startswith(text) for value in values)
    return text in values


def _codes_of(name: str) -> Collection[str]:
    if name == "crime":
        return code_lists()["crime"].codes
    marks = _marks_of(name)
    return {
        code for mark in marks for known in _lists_of(mark) for code in code_lists()[known].codes
    }


def _marks_of(name: str) -> Iterable[DimensionMark]:
    return released_marks_by_name().get(name, ())


def _lists_of(mark: DimensionMark) -> list[str]:
    """Return the list that has the codes of a mark; of an open one, too."""
    names = (mark.code_list, mark.reading)
    return [name for name in dict.fromkeys(names) if name and name in code_lists()]


def _words_for(name: str, value: str) -> Iterator[str]:
    yield _folded(value)
    lists = ["crime"] if name == "crime" else []
    lists += [known for mark in _marks_of(name) for known in _lists_of(mark)]
    for known in lists:
        yield from map(_folded, code_lists()[known].codes.get(value, {}).values())


def _folded(text: str) -> str:
    return " ".join(plain_words(text))


def _message(name: str, text: str) -> UserMessage:
    shown = text[:LONGEST_SHOWN]
    if name == "authority":
        return _("No record that you may see is of an authority `{value}`.", value=shown)
    if name == "crime":
        return _("There is no crime whose code begins with `{value}`.", value=shown)
    return _("No record that you may see has {name}=`{value}`.", name=name, value=shown)


def _remedy(near: Sequence[str]) -> UserMessage:
    return _("There is: {values}.", values=", ".join(near))
