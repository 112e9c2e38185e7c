"""See what work is about, as one reader sees it: what is not released is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from consumers.query.disclosed import Disclosed
from consumers.query.indicators import IndicatorView
from consumers.query.paging import BATCH_SIZE
from consumers.query.store_reader import StoreReader
from consumers.query.things import Thing
from consumers.query.views import EventView
from consumers.query.work.acts import Reference, ReferenceKind
from consumers.query.work.computed_findings import FindingOnReading, LookAround
from consumers.query.work.work_views import ShownReference
from schemas.model import Reader
from schemas.release.rules import TLP

Shown = Mapping[Reference, ShownReference]


class ReferenceReader:
    """Looks at references for one reader, as of a moment. `reader`: with accepted conditions."""

    def __init__(
        self,
        store: StoreReader,
        asked_by: tuple[Reader, int | None],
        shown: Disclosed,
        find_computed: LookAround,
    ) -> None:
        """`shown`: takes what is shown, for the ledger."""
        self._store, self._asked_by, self._shown = store, asked_by, shown
        self._find_computed = find_computed
        self.events: dict[str, EventView] = {}
        """Records that were shown, by id."""

    def look(self, references: Iterable[Reference]) -> dict[Reference, ShownReference]:
        """Return those of the references that this reader sees."""
        ordered = sorted(set(references))
        of_kind = {
            kind: [reference for reference in ordered if reference.kind is kind]
            for kind in ReferenceKind
        }
        return {
            **self._records([*of_kind[ReferenceKind.RECORD], *of_kind[ReferenceKind.PERSON]]),
            **self._findings(of_kind[ReferenceKind.FINDING]),
            **self._things(of_kind[ReferenceKind.THING]),
        }

    def read_events(self, ids: Collection[str]) -> None:
        """Read records of findings, too, for a timeline."""
        missing = sorted(set(ids) - self.events.keys())
        for start in range(0, len(missing), BATCH_SIZE):
            batch = missing[start : start + BATCH_SIZE]
            events = self._store.current_events(batch, *self._asked_by)
            self._shown.add_events(events)
            self.events |= {event.id: event for event in events}

    def _records(self, references: Collection[Reference]) -> dict[Reference, ShownReference]:
        by_event = {reference: reference.id.partition(".")[0] for reference in references}
        self.read_events(by_event.values())
        return {
            reference: _record(reference, self.events[id_])
            for reference, id_ in by_event.items()
            if id_ in self.events
        }

    def _findings(self, references: Collection[Reference]) -> dict[Reference, ShownReference]:
        computed = {reference for reference in references if "~" in reference.id}
        by_id = {reference.id: reference for reference in references if reference not in computed}
        views: list[IndicatorView] = []
        ids = sorted(by_id)
        for start in range(0, len(ids), BATCH_SIZE):
            views += self._store.indicators(ids[start : start + BATCH_SIZE], *self._asked_by)
        self._shown.add_indicators(views)
        shown = {by_id[view.id]: _finding(by_id[view.id], view) for view in views}
        bursts = {reference for reference in by_id.values() if reference not in shown}
        return shown | self._computed(computed | bursts)

    def _computed(self, references: Collection[Reference]) -> dict[Reference, ShownReference]:
        """Look at findings that are computed when somebody reads; the ledger learns of each."""
        shown: dict[Reference, ShownReference] = {}
        for reference in sorted(references):
            id_, _tilde, event = reference.id.partition("~")
            view = self._find_computed(*self._asked_by, id_, event)
            if view is not None:
                shown[reference] = _finding(reference, view)
        return shown

    def _things(self, references: Collection[Reference]) -> dict[Reference, ShownReference]:
        by_id = {reference.id: reference for reference in references}
        things: list[Thing] = self._store.things(sorted(by_id), *self._asked_by) if by_id else []
        self._shown.add_things(things)
        return {by_id[thing.id]: _thing(by_id[thing.id], thing) for thing in things}


def _record(reference: Reference, event: EventView) -> ShownReference:
    return ShownReference(
        kind=reference.kind,
        id=reference.id,
        title=None,
        type=event.type,
        country=event.country,
        recorded_at=event.recorded_at,
        tlp=event.tlp,
        events=[event.id],
    )


def _finding(reference: Reference, view: FindingOnReading) -> ShownReference:
    return ShownReference(
        kind=reference.kind,
        id=reference.id,
        title=view.title,
        type=view.rule,
        country=None,
        recorded_at=view.last_recorded,
        tlp=view.tlp,
        events=[piece.event for piece in view.evidence],
    )


def _thing(reference: Reference, thing: Thing) -> ShownReference:
    return ShownReference(
        kind=reference.kind,
        id=reference.id,
        title=thing.title,
        type=thing.kind,
        country=None,
        recorded_at=max(member.recorded_at for member in thing.members),
        tlp=max((member.tlp for member in thing.members), key=TLP.index),
        events=[member.event for member in thing.members],
    )
