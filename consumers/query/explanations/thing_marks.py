"""Find where records write a thing, and title the thing as they write it. Pure.

Only released records are looked at, so no title shows how a hidden record writes the thing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from consumers.query.views import EventView, ObservedThing
from schemas.errors import ConfigRefusedError
from schemas.event.event_type import event_type
from schemas.event.mark_walker import Mark
from schemas.ids import thing_key, to_uuid_text
from schemas.normalise import OBSERVERS

_MARKED_AS = {"ammunition_lot": "weapon"}
"""The marks of a kind of things, where they have another name."""
_ThingName = tuple[str, str]
"""The issuer and the value of a thing of a known kind."""


class ThingMark(NamedTuple):
    """A thing as a record writes it.

    `value`: the record or text that is the mark; `holder`: the record around it, such as the
    person of a document; `is_certain`: the mark says which thing it is.
    """

    value: Any
    holder: Mapping[str, Any]
    is_certain: bool


class ThingId(NamedTuple):
    """A thing by its kind and its id, as text."""

    kind: str
    id: str


class _ReadMark(NamedTuple):
    """A mark with the things of a kind that it may be, each with its certainty."""

    mark: Mark
    things: Mapping[_ThingName, str]


def marks_of_thing(
    thing: ThingId, events: Sequence[EventView], secret: bytes | None
) -> dict[str, ThingMark]:
    """Return how each event writes the thing, by the event's id.

    `secret`: the mechanism's, which decides for sure. Without it the thing is what all events have
    in common; where that is several marks of one event, there is no answer.
    """
    marks = {event.id: _read_marks(thing.kind, event) for event in events}
    is_thing = _of_key(thing, secret) if secret else _of_all(list(marks.values()))
    by_event = {}
    for event in events:
        fitting = [mark for mark in marks[event.id] if any(map(is_thing, mark.things))]
        if not fitting or (secret is None and len(fitting) > 1):
            continue
        best = min(fitting, key=lambda mark: not _is_certain(mark, is_thing))
        by_event[event.id] = _thing_mark(event, best, _is_certain(best, is_thing))
    return by_event


def marks_by_thing(
    event: EventView, things: Sequence[ObservedThing], secret: bytes | None
) -> dict[str, ThingMark]:
    """Return how an event writes its things, by the thing's id, as `marks_of_thing` does."""
    marks: dict[str, ThingMark] = {}
    for kind in dict.fromkeys(thing.kind for thing in things):
        ids = {thing.id for thing in things if thing.kind == kind}
        read = _read_marks(kind, event)
        for mark in read:
            for name, certainty in mark.things.items():
                id_ = _id_of(kind, name, secret) if secret else min(ids)
                if id_ in ids and (secret or len(ids) == len(read) == 1):
                    known = marks.get(id_)
                    if known is None or (certainty == "certain" and not known.is_certain):
                        marks[id_] = _thing_mark(event, mark, certainty == "certain")
    return marks


def _id_of(kind: str, name: _ThingName, secret: bytes) -> str:
    return to_uuid_text(thing_key(secret, kind, *name))


def _thing_mark(event: EventView, mark: _ReadMark, is_certain: bool) -> ThingMark:
    return ThingMark(mark.mark.value, _holder(event.payload or {}, mark.mark), is_certain)


def _is_certain(mark: _ReadMark, is_thing: Callable[[_ThingName], bool]) -> bool:
    return any(certainty == "certain" for name, certainty in mark.things.items() if is_thing(name))


def _of_key(thing: ThingId, secret: bytes) -> Callable[[_ThingName], bool]:
    key = UUID(thing.id).bytes
    return lambda name: thing_key(secret, thing.kind, *name) == key


def _of_all(marks: Sequence[Sequence[_ReadMark]]) -> Callable[[_ThingName], bool]:
    """Return what finds the things that all events have in common."""
    named = [{name for mark in of_event for name in mark.things} for of_event in marks]
    common = set.intersection(*named) if named else set()
    return common.__contains__


def _read_marks(kind: str, event: EventView) -> list[_ReadMark]:
    """List the marks of an event that may be things of a kind; none of a type that config adds."""
    try:
        walk = event_type(event.type).walk_marks
    except ConfigRefusedError:
        return []
    marks = []
    for mark in walk(event.payload or {}):
        if mark.kind != _MARKED_AS.get(kind, kind):
            continue
        things = {
            (observation.issuer, observation.value): observation.certainty
            for observation in OBSERVERS[mark.kind](mark.value)
            if observation.kind == kind
        }
        if things:
            marks.append(_ReadMark(mark, things))
    return marks


def _holder(payload: Mapping[str, Any], mark: Mark) -> Mapping[str, Any]:
    """Return the record around a mark: the innermost one of its path that holds it."""
    holder = payload
    for record in _records_on_path(payload, mark.path.replace("[*]", "").split(".")[:-1]):
        if _holds(record, mark.value):
            holder = record
    return holder


def _records_on_path(record: Any, names: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Yield the records on a path, an outer one before those within it."""
    if isinstance(record, list):
        for item in record:
            yield from _records_on_path(item, names)
    elif isinstance(record, Mapping):
        yield record
        if names:
            yield from _records_on_path(record.get(names[0]), names[1:])


def _holds(value: Any, mark: Any) -> bool:
    """Say whether a value is, or holds at any depth, this very object."""
    if value is mark:
        return True
    items = value.values() if isinstance(value, Mapping) else value
    return isinstance(value, Mapping | list) and any(_holds(item, mark) for item in items)


def most_frequent(texts: Sequence[str]) -> str:
    """Return the text that most records write, the shortest of several; empty for none."""
    counts = Counter(filter(None, texts))
    return min(counts, key=lambda text: (-counts[text], len(text), text), default="")
