"""Find released records that name a mark of a watch-list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import structlog

from consumers.query.identifiers import thing_ids
from consumers.query.persons.person_views import PersonAnswer
from consumers.query.things import Thing
from consumers.query.views import to_epoch_ms
from consumers.query.work.acts import Content
from consumers.query.work.drafts import NAME, identifiers_of
from consumers.query.work.work_object import WorkObject
from consumers.query.work.work_views import WatchHit
from infra.errors import QuipuError

log = structlog.get_logger(__name__)

SURE_NAME = 0.95
"""From this probability on a person is who the mark names; below it, it is possible."""


def things_of_marks(state: WorkObject, secret: bytes) -> dict[str, list[str]]:
    """Return the ids of the things that each mark may mean, by the mark's id. Names have none."""
    marks: dict[str, list[str]] = {}
    for mark, content in _marks(state):
        if content.get("kind") != NAME:
            try:
                marks[mark] = thing_ids(identifiers_of(content), secret)
            except QuipuError as error:  # it was readable when it was written
                log.warning("watch_mark_unreadable", code=error.code, consequence="no hits on it")
                marks[mark] = []
    return marks


def names_of_marks(state: WorkObject) -> dict[str, Content]:
    """Return the marks that are names, by their ids."""
    return {mark: content for mark, content in _marks(state) if content.get("kind") == NAME}


def hits_on_things(
    things: Iterable[Thing], marks: Mapping[str, list[str]], since: int
) -> Iterator[WatchHit]:
    """Yield the records of things that a mark means, recorded after `since` (ms since 1970 UTC)."""
    by_thing: dict[str, list[str]] = {}
    for mark, ids in marks.items():
        for id_ in ids:
            by_thing.setdefault(id_, []).append(mark)
    for thing in things:
        for member in thing.members:
            if to_epoch_ms(member.recorded_at) > since:
                for mark in by_thing.get(thing.id, ()):
                    yield WatchHit(
                        mark=mark,
                        event=member.event,
                        thing=thing.id,
                        type=member.type,
                        country=member.country,
                        authority=member.authority,
                        occurred=member.occurred,
                        recorded_at=member.recorded_at,
                        tlp=member.tlp,
                        certainty=member.certainty,
                    )


def hits_on_name(mark: str, answer: PersonAnswer, since: int) -> Iterator[WatchHit]:
    """Yield the records of persons who may be who a mark names."""
    for person in answer.persons:
        for fitting in person.mentions:
            mention = fitting.mention
            if to_epoch_ms(mention.recorded_at) > since:
                yield WatchHit(
                    mark=mark,
                    event=mention.event,
                    thing=None,
                    type=mention.type,
                    country=mention.country,
                    authority=mention.authority,
                    occurred=mention.occurred,
                    recorded_at=mention.recorded_at,
                    tlp=mention.tlp,
                    certainty="certain" if person.probability >= SURE_NAME else "possible",
                )


def in_order(hits: Iterable[WatchHit]) -> list[WatchHit]:
    """Return each hit once, in the order of the log."""
    once = {(hit.recorded_at, hit.event, hit.mark): hit for hit in hits}
    return [hit for _place, hit in sorted(once.items(), key=lambda pair: pair[0])]


def _marks(state: WorkObject) -> Iterator[tuple[str, Content]]:
    for item in state.items:
        yield item.key, item.content
