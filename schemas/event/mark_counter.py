"""Compile the attribute `observed` of a schema into a count of the things that a payload may name.

It counts without reading a mark: what a mark may be at most is known from how it is written. So a
payload that would give millions of observations costs no more than one walk through it.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from schemas.avro.codec import Record
from schemas.avro.schema_walk import NamedTypes, SchemaField, array_item, fields_of
from schemas.bounds import MAX_FIELD_LENGTH, MAX_UNREAD_READINGS
from schemas.normalise import BOUNDS, COUNT_UNREAD, COUNTERS, Counter

Path = tuple[Any, ...]
"""The path of the record around, and a name or index: () for the payload."""
CountMarks = Callable[[Any, Path, "MarkTally"], None]


class MarkCount(NamedTuple):
    """The most things that a payload names.

    `over`: the field at which they are more than the limit, or empty. `not_compared`: the field of
    the first mark with unread positions, where these have so many readings that none is compared.
    """

    observations: int
    over: str = ""
    not_compared: str = ""


NO_MARKS = MarkCount(0)
_FEW_MARKS = tuple(map(MarkCount, range(64)))


class MarkTally:
    """Counts the marks of one payload, in the order of the payload."""

    __slots__ = ("_first_unread", "_legible", "_limit", "_over", "_unread")

    def __init__(self, limit: int) -> None:
        """Begin with nothing; `limit`: observations that the event may have."""
        self._limit = limit
        self._legible = self._unread = 0
        self._over: Path = ()
        self._first_unread: Path = ()

    def add(self, legible: int, unread: int, path: Path) -> None:
        """Count a mark: things that it is at most, by what was read and by what was not."""
        if unread:
            self._unread += unread
            self._first_unread = self._first_unread or path
        self._legible += legible
        unread = self._unread if self._unread <= MAX_UNREAD_READINGS else 0
        if not self._over and self._legible + unread > self._limit:
            self._over = path

    def result(self) -> MarkCount:
        """Sum up: too many unread readings count as none."""
        if self._unread > MAX_UNREAD_READINGS:
            over = self._over if self._legible > self._limit else ()
            return MarkCount(self._legible, _text(over), _text(self._first_unread))
        total = self._legible + self._unread
        return MarkCount(total, _text(self._over) if total > self._limit else "")


class MarkCounter:
    """Counts the marks of the payloads of one schema."""

    def __init__(self, definition: Record) -> None:
        """Compile the counter of a whole payload."""
        self._count = _record(definition, {}, definition.get("observed"))
        self._bound = _bound_of_record(definition, {}, definition.get("observed"))

    def count(self, record: Record, limit: int) -> MarkCount:
        """Count the marks of a payload that may name `limit` things.

        Where a bound of their number keeps all limits, nobody needs to know it better.
        """
        if self._count is None or self._bound is None:
            return NO_MARKS
        at_most = self._bound(record)
        if at_most <= limit and at_most <= MAX_UNREAD_READINGS:
            return _FEW_MARKS[at_most] if at_most < len(_FEW_MARKS) else MarkCount(at_most)
        tally = MarkTally(limit)
        self._count(record, (), tally)
        return tally.result()


def _bound_of_record(definition: Record, names: NamedTypes, observed: str | None) -> Counter | None:
    own = BOUNDS[observed] if observed else None
    nested = tuple(
        (schema_field.name, count)
        for schema_field in fields_of(definition, names)
        if (count := _bound_of_value(schema_field, names)) is not None
    )
    if not nested:
        return own

    def bound_marks(record: Any) -> int:
        total = 0 if own is None else own(record)
        for name, count in nested:
            value = record.get(name)
            if value:
                total += count(value)
        return total

    return bound_marks


def _bound_of_value(schema_field: SchemaField, names: NamedTypes) -> Counter | None:
    kind = schema_field.type["type"]
    observed = schema_field.attributes.get("observed")
    if kind == "record":
        return _bound_of_record(schema_field.type, names, observed)
    if kind == "array":
        count = _bound_of_value(array_item(schema_field, names), names)
        return None if count is None else lambda values: sum(map(count, values))
    return BOUNDS[observed] if observed else None


def _record(definition: Record, names: NamedTypes, observed: str | None) -> CountMarks | None:
    own = _mark(observed) if observed else None
    nested = tuple(
        (schema_field.name, count)
        for schema_field in fields_of(definition, names)
        if (count := _value(schema_field, names)) is not None
    )
    if not nested:
        return own

    def count_marks(record: Any, path: Path, tally: MarkTally) -> None:
        if own is not None:
            own(record, path, tally)
        for name, count in nested:
            value = record.get(name)
            if value:
                count(value, (path, name), tally)

    return count_marks


def _value(schema_field: SchemaField, names: NamedTypes) -> CountMarks | None:
    kind = schema_field.type["type"]
    observed = schema_field.attributes.get("observed")
    if kind == "record":
        return _record(schema_field.type, names, observed)
    if kind == "array":
        count = _value(array_item(schema_field, names), names)
        return None if count is None else _items(count)
    return _mark(observed) if observed else None


def _items(count: CountMarks) -> CountMarks:
    def count_items(values: Any, path: Path, tally: MarkTally) -> None:
        for index, value in enumerate(values):
            count(value, (path, index), tally)

    return count_items


def _mark(kind: str) -> CountMarks:
    count, count_unread = COUNTERS.get(kind), COUNT_UNREAD.get(kind)

    def count_mark(value: Any, path: Path, tally: MarkTally) -> None:
        legible = 1 if count is None else count(value)
        tally.add(legible, 0 if count_unread is None else count_unread(value), path)

    return count_mark


def _text(path: Path) -> str:
    """Write a path as a verdict names it, such as items[3].weapon."""
    parts: list[str] = []
    while path:
        path, step = path
        parts.append(f"[{step}]" if isinstance(step, int) else f".{step}")
    return "".join(reversed(parts)).lstrip(".")[:MAX_FIELD_LENGTH]
