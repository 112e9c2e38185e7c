"""Read the dimensions of an element of a payload, and remember what the same words gave.

Few combinations of words occur in what can be grouped, so most records are one look-up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from schemas.measures.dimensions import LONGEST_CACHED, ReadDimension

KNOWN = 2_048
"""Combinations that are remembered, for each element of a schema."""

Dimensions = Mapping[str, str]
NOTHING_ABOVE: Dimensions = {}
"""The dimensions around the record itself."""


class DimensionField(NamedTuple):
    """A field that is a dimension, or one of several dimensions by what `selector` says.

    `path`: from the element's record to the record that holds the field. `readers`: by the code
    of the selector (empty where there is none) the dimension's name, how it is read, and whether
    it is closed, so that words without a code lack one. `beside`: what else decides the value.
    """

    path: tuple[str, ...]
    name: str
    selector: str
    readers: Mapping[str, tuple[str, ReadDimension, bool]]
    beside: tuple[str, ...]

    def add(self, record: Mapping[str, Any], dimensions: dict[str, str]) -> bool:
        """Add the field's dimension; return whether a code is missing."""
        reader = self.readers.get(record.get(self.selector) or "" if self.selector else "")
        if reader is None:
            return False
        dimension, read, is_closed_list = reader
        text = record.get(self.name)
        value = "" if text is None else read(str(text), record)
        if value:
            dimensions[dimension] = value
            return False
        dimensions.pop(dimension, None)  # what holds of the record around it does not hold here
        return is_closed_list


class _Group(NamedTuple):
    """Fields of one record. `written`: gives what stands in the fields that decide."""

    path: tuple[str, ...]
    fields: Sequence[DimensionField]
    written: Callable[[Mapping[str, Any]], tuple[object, ...]]


class DimensionReader:
    """Reads the dimensions of one element. Not for two threads at once."""

    def __init__(self, fields: Iterable[DimensionField]) -> None:
        """Take the element's fields in the order of the schema."""
        self._groups = [
            _group(path, list(members)) for path, members in groupby(fields, lambda part: part.path)
        ]
        self._ways = [(group.path, group.written) for group in self._groups]
        self._known: dict[tuple[object, ...], tuple[Dimensions, bool, Dimensions]] = {}
        """The last is what stood around the record: kept, for the key has no more than its id."""

    def read(self, record: Mapping[str, Any], above: Dimensions) -> tuple[Dimensions, bool]:
        """Return the dimensions of a record inside `above`, and whether one of them lacks its code.

        Records may share the dimensions: nobody may change them.
        """
        key: list[object] = [id(above)]
        try:
            for path, written in self._ways:
                part = value_at(record, path) if path else record
                key.append(None if part is None else written(part))
            known = self._known.get(tuple(key))
        except (KeyError, TypeError):  # a record without all its fields, or a list in one of them
            return self._read(record, above)
        if known is not None:
            return known[0], known[1]
        dimensions, lacks_code = self._read(record, above)
        if _is_short(key):
            if len(self._known) >= KNOWN:
                self._known.clear()
            self._known[tuple(key)] = dimensions, lacks_code, above
        return dimensions, lacks_code

    def _read(self, record: Mapping[str, Any], above: Dimensions) -> tuple[Dimensions, bool]:
        dimensions, lacks_code = dict(above), False
        for group in self._groups:
            part = value_at(record, group.path)
            if part is not None:
                for field in group.fields:
                    lacks_code = field.add(part, dimensions) or lacks_code
        return dimensions, lacks_code


def value_at(record: Mapping[str, Any], path: Sequence[str]) -> Any:
    """Return what stands at a path; None where something on the way is missing."""
    value: Any = record
    for name in path:
        value = value.get(name)
        if not value:
            return None
    return value


def _group(path: tuple[str, ...], fields: Sequence[DimensionField]) -> _Group:
    names = [
        name for field in fields for name in (field.name, field.selector, *field.beside) if name
    ]
    # two names at least, for itemgetter gives a tuple then
    return _Group(path, fields, itemgetter(*names, names[0]))


def _is_short(key: Sequence[object]) -> bool:
    texts = (value for part in key if isinstance(part, tuple) for value in part)
    return all(not isinstance(text, str) or len(text) <= LONGEST_CACHED for text in texts)
