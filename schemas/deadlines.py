"""Hold the time limits of requests and alerts as config has had them. Pure.

A time limit that config does not name is that of the lifecycle (`streams.lifecycles.library`). A
course has those that were in effect when the log took its opening, so a later change moves none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from schemas.avro.codec import Record
from schemas.errors import ConfigRefusedError

MOST_MINUTES = 3_660 * 1_440
"""Ten years."""
_NAME = re.compile(r"[a-z_]{1,40}\.[a-z_]{1,40}")


class Minutes(NamedTuple):
    """The minutes of a deadline, for urgent and other courses; None for no such deadline."""

    urgent: int | None
    normal: int | None


NO_CHANGES: Mapping[str, Minutes] = MappingProxyType({})


class DeadlineTable(NamedTuple):
    """Hold the deadlines that config changes, by `lifecycle.deadline`.

    `author`, `reason`: who decided so, and why; empty where nobody has.
    """

    changes: Mapping[str, Minutes] = NO_CHANGES
    author: str = ""
    reason: str = ""

    def with_change(self, name: str, minutes: Minutes) -> list[dict[str, object]]:
        """Return what an entry of config says of all changed deadlines, with one more."""
        changes = {**self.changes, name: minutes}
        return [{"name": key, **changes[key]._asdict()} for key in sorted(changes)]


class DeadlineHistory:
    """Hold the tables as config has had them."""

    def __init__(self, tables: Iterable[tuple[int, DeadlineTable]] = ()) -> None:
        """Take each table with the moment from which it holds (ms since 1970 UTC), in order."""
        self._tables = list(tables)

    def at(self, moment: int) -> DeadlineTable:
        """Return the table in effect at a moment (ms since 1970 UTC)."""
        newest_first = reversed(self._tables)
        return next((table for since, table in newest_first if since <= moment), DeadlineTable())


def deadline_table(entry: Record) -> DeadlineTable:
    """Read an entry of config. Raises ConfigRefusedError for a deadline that cannot be."""
    changes: dict[str, Minutes] = {}
    for change in entry["deadlines"]:
        name, minutes = change["name"], Minutes(change["urgent"], change["normal"])
        if not _NAME.fullmatch(name) or name in changes:
            raise ConfigRefusedError(f"a deadline with the name {name[:80]!r}")
        if not all(length is None or 1 <= length <= MOST_MINUTES for length in minutes):
            raise ConfigRefusedError(f"{name} has {minutes}, which cannot be")
        changes[name] = minutes
    return DeadlineTable(changes, entry["author"], entry["reason"])
