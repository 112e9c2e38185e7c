"""Mark the findings whose evidence a batch changes, before it is written.

The pairs of a finding (`consumers.sink.finding_pairs`) are computed again from what is marked. A
question folds the evidence of what is marked and not computed yet, so it never misses a change,
whenever this process ends.
"""

from __future__ import annotations

import secrets

from consumers.sink.table_rows import Batch
from infra.clickhouse.client import Client


class FindingMarks:
    """Marks findings for one writer of the tables. `written`: the last batch that is whole."""

    def __init__(self, client: Client) -> None:
        """`client`: of the writer, which takes ids as bytes."""
        self._client = client
        self.writer = secrets.randbits(63)
        self.written = 0
        self._batch = 0

    def begin(self, batch: Batch) -> None:
        """Mark what a batch is going to change."""
        changed = {row[0] for row in batch.evidence}
        changed |= {indicator for indicator, _event in batch.erased_evidence}
        if not changed:
            return
        self._batch += 1
        count = len(changed)
        columns = [sorted(changed), [self.writer] * count, [self._batch] * count]
        self._client.insert("changed_findings", ("indicator", "writer", "batch"), columns)

    def end(self) -> None:
        """Say that what was begun is written."""
        self.written = self._batch
