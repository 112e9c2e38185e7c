"""Read the persons of released events: what is compared, and what is shown of each. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from consumers.query.persons.person_views import MentionView
from consumers.query.views import EventView
from streams.identities.mention import PersonMention
from streams.matching import PersonRecord, person_records

_NAMES = ("given_names", "first_surname", "second_surname", "married_surname")


class ReleasedPerson(NamedTuple):
    """A person of an event that is released to the reader."""

    mention: PersonMention
    record: PersonRecord
    path: str
    role: str
    event: EventView


def released_persons(events: Iterable[EventView]) -> Iterator[ReleasedPerson]:
    """Yield the persons of released current versions, in the order of each event."""
    for event in events:
        for place, named in enumerate(person_records(event.type, event.payload or {})):
            mention = PersonMention(event.id, place)
            yield ReleasedPerson(mention, named.record, named.path, named.role, event)


def mention_view(person: ReleasedPerson) -> MentionView:
    """Return what is shown of a person in a list."""
    event, written = person.event, _at_path(person.event.payload or {}, person.path)
    return MentionView(
        id=person.mention.id,
        event=event.id,
        role=person.role,
        type=event.type,
        country=event.country,
        authority=event.authority,
        occurred=event.occurred_from,
        recorded_at=event.recorded_at,
        tlp=event.tlp,
        markings=event.markings,
        name=_name(written),
        born=written.get("birth_date"),
        documents=[
            " ".join(filter(None, (document.get("country"), document.get("number"))))
            for document in written.get("documents") or [written.get("document") or {}]
            if document
        ],
    )


def _at_path(payload: Mapping[str, Any], path: str) -> Mapping[str, Any]:
    """Return the record at a path such as `transactions[1].from.person`."""
    value: Any = payload
    for part in path.split("."):
        name, _bracket, index = part.partition("[")
        value = value[name]
        if index:
            value = value[int(index.rstrip("]"))]
    return value  # type: ignore[no-any-return]  # the payload is JSON that intake judged


def _name(written: Mapping[str, Any]) -> str:
    parts = [written[name] for name in _NAMES if written.get(name)]
    return " ".join(parts) or written.get("name") or ""
