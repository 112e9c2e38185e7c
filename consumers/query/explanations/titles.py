"""Title things and the things of events, as released records write them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from consumers.query.explanations.subjects import title_of
from consumers.query.explanations.thing_marks import (
    ThingId,
    marks_by_thing,
    marks_of_thing,
)
from consumers.query.things import Thing
from consumers.query.views import EventHistory, EventView

MOST_READ = 6
"""Records of a thing whose content is read for its title."""


def records_to_read(thing: Thing) -> list[str]:
    """Return the ids of the events that title a thing: the last recorded ones."""
    newest = sorted(thing.members, key=lambda member: (member.recorded_at, member.event))
    return [member.event for member in newest[-MOST_READ:]]


def title_thing(thing: Thing, events: Mapping[str, EventView], secret: bytes | None) -> Thing:
    """Return the thing with its title; without one where no released record writes it."""
    markings = {member.event: (member.tlp, member.handling) for member in thing.members}
    read = [
        events[id_]
        for id_ in records_to_read(thing)
        if id_ in events and markings[id_] == (events[id_].tlp, events[id_].handling)
    ]
    marks = marks_of_thing(ThingId(thing.kind, thing.id), read, secret)
    return replace(thing, title=title_of(thing.kind, list(marks.values())))


def title_things_of(histories: Sequence[EventHistory], secret: bytes | None) -> list[EventHistory]:
    """Return the histories with a title for each thing, as the current version writes it."""
    titled = []
    for history in histories:
        marks = marks_by_thing(history.current, history.things, secret)
        things = [
            replace(thing, title=title_of(thing.kind, [marks[thing.id]]))
            if thing.id in marks
            else thing
            for thing in history.things
        ]
        titled.append(replace(history, things=things))
    return titled
