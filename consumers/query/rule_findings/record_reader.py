"""Read what rules see of released records; what is known of them already is not read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from consumers.query.paging import BATCH_SIZE
from consumers.query.rule_findings.known_records import KnownRecords, SeenRecord, Versions
from consumers.query.rule_findings.record_occurrences import occurrences_of
from consumers.query.store_reader import StoreReader
from consumers.query.views import EventView, to_epoch_ms
from schemas.measures.rates import RateTable
from schemas.model import Label, Reader
from schemas.release.rules import release


class RecordReader:
    """Reads for one reader as of one moment; each record is read once."""

    def __init__(
        self,
        store: StoreReader,
        asked_by: tuple[Reader, int | None],
        rates: RateTable,
        known: KnownRecords,
    ) -> None:
        """`asked_by`: the entitled reader, and the moment (ms since 1970 UTC, None is now)."""
        self._store, self._asked_by = store, asked_by
        self._rates, self._known = rates, known
        self._records: dict[str, SeenRecord | None] = {}
        self._released: dict[Label, bool] = {}

    def records(
        self, ids: Iterable[str], versions: Mapping[str, Versions]
    ) -> dict[str, SeenRecord]:
        """Return the released current records among these, by id.

        `versions`: of those of which nothing is hidden, and that nothing has ended.
        """
        distinct = list(dict.fromkeys(ids))
        unknown = [id_ for id_ in distinct if id_ not in self._records]
        usable = {id_: versions[id_] for id_ in unknown if id_ in versions}
        taken = self._known.take(usable, self._rates)
        self._records.update(
            {id_: record for id_, record in taken.items() if self._is_released(record.label)}
        )
        unread = [id_ for id_ in unknown if id_ not in self._records]
        self._records.update(dict.fromkeys(unread))
        read = {view.id: self._seen(view) for view in self.views(unread)}
        self._records.update(read)
        lasting = {id_: record for id_, record in read.items() if id_ in usable}
        self._known.keep(usable, lasting, self._rates)
        every = ((id_, self._records[id_]) for id_ in distinct)
        return {id_: record for id_, record in every if record is not None}

    def views(self, ids: Sequence[str]) -> Iterator[EventView]:
        """Yield the released current records among these, as they are shown."""
        for start in range(0, len(ids), BATCH_SIZE):
            yield from self._store.current_events(ids[start : start + BATCH_SIZE], *self._asked_by)

    @cached_property
    def rates_mark(self) -> str:
        """A text that is the same for the same rates."""
        return repr(tuple(self._rates))

    def _is_released(self, label: Label) -> bool:
        if label not in self._released:
            self._released[label] = release(label, self._asked_by[0]).released
        return self._released[label]

    def _seen(self, view: EventView) -> SeenRecord:
        mark = f"{view.id} {view.version} {to_epoch_ms(view.recorded_at)}"
        occurrences = tuple(occurrences_of([view], self._rates))
        return SeenRecord(mark, view.type, _label_of(view), occurrences)


def _label_of(view: EventView) -> Label:
    return Label(
        view.country,
        view.authority,
        tuple(view.recipients),
        view.tlp,
        tuple(view.handling),
        view.condition,
        view.purpose,
        view.exercise,
    )
