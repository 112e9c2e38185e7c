"""Ask the engine for the ids of labels, each once.

Tables compute `label_id` from the columns of a label. A row that has no other use for these columns
gets the id itself, so nobody sends and reads them for each row.
"""

from __future__ import annotations

from collections.abc import Sequence

from consumers.sink.table_rows import LabelColumns
from consumers.store.sql import sql
from infra.clickhouse.client import Client

MOST_KNOWN = 50_000
"""Labels that are remembered: many times what all nodes may use."""
_PARAMETERS = (
    *("countries", "authorities", "recipients", "tlps", "handling"),
    *("conditions", "purposes", "exercises"),
)
"""In the order of LABEL (`consumers.sink.tables`)."""


class LabelIdFinder:
    """The ids of labels. For one thread."""

    def __init__(self, client: Client) -> None:
        """Ask through `client`, that of the writer."""
        self._client = client
        self._known: dict[LabelColumns, int] = {}

    def find(self, labels: Sequence[LabelColumns]) -> list[int]:
        """Return the ids of these labels, in their order."""
        unknown = [label for label in labels if label not in self._known]
        if unknown:
            if len(self._known) > MOST_KNOWN:
                self._known.clear()
                unknown = list(labels)
            self._known.update(zip(unknown, self._ask(unknown), strict=True))
        return [self._known[label] for label in labels]

    def _ask(self, labels: Sequence[LabelColumns]) -> list[int]:
        columns = zip(*(map(_as_text, label) for label in labels), strict=True)
        parameters = dict(zip(_PARAMETERS, map(list, columns), strict=True))
        return [int(row[0]) for row in self._client.execute(sql("label_ids"), parameters)]


def _as_text(value: bytes | tuple[bytes, ...] | None) -> str | list[str] | None:
    """Decode a column of a label; ClickHouse takes parameters as text."""
    if isinstance(value, tuple):
        return [item.decode() for item in value]
    return None if value is None else value.decode()
