"""Apply the settings that a client sends with a query, and undo them for the next query.

They hold for that query alone, but the engine's connection keeps what is set. So they are set
before the query, and put back when a later query does not bring them. A client that sends the same
settings with every query (the usual case) costs nothing.
"""

from collections.abc import Mapping

import structlog

from infra.clickhouse.embedded.engine import EngineConnection, quoted
from infra.clickhouse.embedded.errors import UNKNOWN_SETTING, EngineError
from infra.clickhouse.embedded.protocol import Setting

log = structlog.get_logger()


class QuerySettings:
    """What is set on a connection on behalf of the query at hand."""

    def __init__(self, connection: EngineConnection) -> None:
        """Begin with no setting set on the connection."""
        self._connection = connection
        self._applied: dict[str, str] = {}
        self._before: dict[str, str | None] = {}
        self._ignored: set[str] = set()

    def apply(self, settings: Mapping[str, Setting]) -> None:
        """Make the connection's settings those of this query.

        Raises EngineError: 115 for an unknown setting marked important (others are ignored, as a
        server does), and what the engine says of a value it cannot take.
        """
        target = {
            name: setting.value
            for name, setting in settings.items()
            if name not in self._ignored or setting.important
        }
        if target == self._applied:
            return
        self._restore(self._applied.keys() - target.keys())
        changed = {
            name: value for name, value in target.items() if self._applied.get(name) != value
        }
        self._remember(changed.keys() - self._applied.keys())
        for name in changed.keys() - self._before.keys():
            if settings[name].important:
                raise EngineError(UNKNOWN_SETTING, f"Unknown setting '{name}'")
            log.warning(
                "clickhouse.setting_ignored", setting=name, reason="the engine does not know it"
            )
            self._ignored.add(name)
            del changed[name]
        if changed:
            self._applied |= changed
            self._connection.set(changed)

    def _remember(self, names: set[str]) -> None:
        """Note the values before; names that stay without one are unknown to the engine."""
        if not names:
            return
        listed = ", ".join(map(quoted, names))
        for name in names:
            self._before.pop(name, None)
        query = f"SELECT name, changed, value FROM system.settings WHERE name IN ({listed})"
        for line in self._connection.query(query, output="TSVRaw").decode().splitlines():
            name, was_set, value = line.split("\t", 2)
            self._before[name] = value if was_set == "1" else None

    def _restore(self, names: set[str]) -> None:
        try:
            for name in names:
                before = self._before[name]
                self._connection.query(
                    f"SET {name} = {'DEFAULT' if before is None else quoted(before)}"
                )
                del self._applied[name], self._before[name]
        except EngineError as error:
            log.info(
                "clickhouse.session_reopened",
                reason="a setting could not be put back",
                code=error.code,
            )
            self._connection.reopen()
            self._applied.clear()
            self._before.clear()
