"""Run a node once: ingest a file batch by batch, then wait until the mechanism has answered."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from producers.ingest.doubt_tally import DoubtTally
from producers.ingest.ingest_counts import IngestCounts, IngestRun
from producers.ingest.ingester import Ingester
from producers.ingest.mapping_history import note_mapping
from producers.ingest.report import BundleRange
from producers.mapping.file_mapping import FileMapping, RowSharing
from producers.model import Reason, SourceRow
from producers.outbox.store import Outbox
from producers.sources.reader import read
from producers.sources.rows import RowOrRefusal
from schemas.model import Cord

ROWS_PER_TRANSACTION = 2_000
CHARACTERS_PER_TRANSACTION = 16 << 20
"""A row has at most 4 MiB, so a batch of large rows holds some 20 million characters."""
FIRST_ATTEMPT_S = 60.0
"""How long a run without waiting time waits for the one attempt to send."""
_POLL_EVERY_S = 0.05
_POLL_UNAVAILABLE_EVERY_S = 0.5


class Delivery(Protocol):
    """What a run needs of the thread that sends and receives."""

    def request_round(self) -> int:
        """Wake the thread. Returns the first round that sees all that is in the outbox now."""

    def wait_for_round(self, number: int, seconds: float) -> bool:
        """Wait until a round has ended. Returns whether it has."""

    def unavailable(self) -> Reason:
        """Tell why Kafka does not answer now; empty if it does."""


class NodeRun:
    """One run of a node and what it came to so far.

    `report_progress` is called after each step; it raises what keeps the node from sending.
    """

    def __init__(
        self, outbox: Outbox, delivery: Delivery, report_progress: Callable[[IngestCounts], None]
    ) -> None:
        """Begin a run that has ingested nothing yet."""
        self.counts = IngestCounts()
        self.bundles = BundleRange({})
        self.interrupted = False
        self._outbox = outbox
        self._delivery = delivery
        self._report_progress = report_progress

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """Note Ctrl-C instead of raising KeyboardInterrupt: what is sealed stays in the outbox."""
        try:
            yield
        except KeyboardInterrupt:
            self.interrupted = True

    def begin(self, *cords: Cord) -> None:
        """Remember where these cords end now; what follows there is this run's."""
        self.bundles = BundleRange.begin(self._outbox, *cords)

    def sealed_bundles(self) -> BundleRange:
        """Give the bundles that this run has sealed by now."""
        return self.bundles.end(self._outbox)

    def ingest_file(
        self, path: Path, mapping: FileMapping, run: IngestRun, ingester: Ingester
    ) -> None:
        """Ingest every row of a file, a batch a transaction. Raises OutboxError, MappingError."""
        for row_mapping in mapping.mappings:  # what is wrong for every row raises before the first
            ingester.check_mapping(row_mapping)
            if run.retracting is None:
                self.counts.notices.extend(note_mapping(self._outbox, row_mapping))
        self.begin(ingester.cord(run.lane))
        equal_rows = Counter[bytes]()
        sharing, notices = RowSharing(mapping), self.counts.notices
        self.counts.doubts = DoubtTally()
        for batch in _batches(read(path, mapping.source, mapping.columns, notices.append)):
            for row_mapping, rows in sharing.share(batch):
                ingester.ingest_rows(rows, row_mapping, run, self.counts, equal_rows)
            self._delivery.request_round()
            self._report_progress(self.counts)
        notices.extend([*sharing.notices(), *self.counts.doubts.notices()])

    def wait_for_answers(self, wait: float) -> None:
        """Wait until every bundle of the run is answered, at most `wait` seconds.

        One attempt to send is waited for in any case. Raises what keeps the node from sending.
        """
        bundles = self.sealed_bundles()
        deadline = time.monotonic() + wait
        while True:
            number = self._delivery.request_round()
            self._delivery.wait_for_round(number, max(wait, FIRST_ATTEMPT_S))
            self._report_progress(self.counts)
            remaining = deadline - time.monotonic()
            is_done = not self._outbox.count_unsent() and not bundles.is_open(self._outbox)
            if remaining <= 0 or is_done:
                return
            pause = _POLL_UNAVAILABLE_EVERY_S if self._delivery.unavailable() else _POLL_EVERY_S
            time.sleep(min(pause, remaining))


def _batches(rows: Iterator[RowOrRefusal]) -> Iterator[list[RowOrRefusal]]:
    """Yield batches of at most ROWS_PER_TRANSACTION rows and about CHARACTERS_PER_TRANSACTION."""
    batch: list[RowOrRefusal] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += _characters(row.row) if isinstance(row, SourceRow) else 0
        if len(batch) == ROWS_PER_TRANSACTION or size > CHARACTERS_PER_TRANSACTION:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _characters(value: object) -> int:
    """Count the characters of a row's texts, lists and objects inside it too."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        texts = [item for item in value.values() if item.__class__ is str]
        size = sum(map(len, texts))
        return size if len(texts) == len(value) else size + _characters_of_others(value)
    return sum(map(_characters, value)) if isinstance(value, list) else 0


def _characters_of_others(row: Mapping[str, object]) -> int:
    return sum(_characters(item) for item in row.values() if item.__class__ is not str)
