"""Remember the columns of results, so that an empty answer does not cost a second analysis.

The engine gives no columns with an empty result, and leaves out the time zone of DateTime columns;
`DESCRIBE` shows both, and costs as much as the analysis of the statement itself. Its answer holds
until a table changes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping

from infra.clickhouse.embedded.protocol import Setting

Columns = list[tuple[str, str]]
"""Names and types."""
MOST_REMEMBERED = 2_000
LONGEST_STATEMENT = 1 << 16
_WITHOUT_INFLUENCE = frozenset({"log_comment", "max_execution_time"})
"""Settings that differ from one statement to the next, and change no column."""


class DescribedStatements:
    """The columns of statements of all sessions. Its methods may be called by any thread."""

    def __init__(self) -> None:
        """Begin with no statement, as after a change of a table."""
        self._lock = threading.Lock()
        self._columns: OrderedDict[Hashable, Columns] = OrderedDict()
        self._changes = 0

    def forget(self) -> None:
        """Forget everything, since a table may have changed."""
        with self._lock:
            self._changes += 1
            self._columns.clear()

    def columns(self, key: Hashable, describe: Callable[[], Columns]) -> Columns:
        """Return the columns that `describe` gives, or gave before for the same key."""
        with self._lock:
            changes, known = self._changes, self._columns.get(key)
        if known is not None:
            return known
        columns = describe()
        with self._lock:
            if changes == self._changes:
                self._columns[key] = columns
                if len(self._columns) > MOST_REMEMBERED:
                    self._columns.popitem(last=False)
        return columns


def statement_key(
    session: Hashable, settings: Mapping[str, Setting], sql: str, parameters: Mapping[str, str]
) -> Hashable | None:
    """Return what decides the columns of a statement; None where it is too long to be kept.

    `session`: differs for another user or database. A parameter may be the name of a time zone. A
    list decides no type, so statements that differ only in lists of ids are one.
    """
    if len(sql) > LONGEST_STATEMENT:
        return None
    single = frozenset(item for item in parameters.items() if not item[1].startswith("["))
    effective = frozenset(
        (name, setting.value)
        for name, setting in settings.items()
        if name not in _WITHOUT_INFLUENCE
    )
    return session, effective, sql, single
