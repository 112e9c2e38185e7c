"""Announce by when requests and alerts are to be answered, in quipu.config."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from infra.errors import FoundingError
from infra.registry.config_writer import ConfigChange, announce, read_config_history
from infra.registry.rules import LONGEST_REASON
from infra.settings import Settings
from schemas.deadlines import MOST_MINUTES, DeadlineTable, Minutes, deadline_table
from schemas.exchange_config import ConfigHistory
from schemas.i18n import UserMessage, _
from streams.lifecycles.library import ALERT, LIFECYCLES


class DeadlineChange(NamedTuple):
    """A decision about deadlines: from when on it holds (ms since 1970 UTC), and what holds."""

    since: int
    table: DeadlineTable


def founded_deadlines() -> Mapping[str, Minutes]:
    """Return what holds where config states nothing, by `lifecycle.deadline`.

    What a later step of a course promises has no time of its own.
    """
    return {
        f"{name}.{rule.name}": Minutes(rule.urgent, rule.normal)
        for name, lifecycle in LIFECYCLES.items()
        for rule in lifecycle.deadlines
        if not rule.promised
    }


def deadlines_in_effect(table: DeadlineTable) -> Mapping[str, Minutes]:
    """Return all deadlines with their times under a table; what it names beyond them is unknown."""
    founded = founded_deadlines()
    return {name: table.changes.get(name, minutes) for name, minutes in founded.items()}


def set_deadline(
    settings: Settings, name: str, minutes: Minutes, author: str, reason: str
) -> ConfigChange:
    """Announce the times of a deadline. Raises FoundingError for one that cannot be, or no reason.

    It holds for openings that the log takes after the notice period.
    """
    _check(name, minutes)
    if not reason.strip() or not reason.isprintable() or len(reason) > LONGEST_REASON:
        raise _refused(
            _("A decision about deadlines has a reason, in one line."),
            _("Write --reason with at most {most} letters.", most=LONGEST_REASON),
        )
    config = read_config_history(settings)
    deadlines = config.newest().deadlines.with_change(name, minutes)
    entry = {"deadlines": deadlines, "author": author, "reason": reason.strip()}
    return announce(settings, config, [("DeadlineTimes", entry)])


def deadline_changes(config: ConfigHistory) -> Iterator[DeadlineChange]:
    """Yield every decision about deadlines, the oldest first."""
    for since, entry in config.entries_of("DeadlineTimes"):
        yield DeadlineChange(since, deadline_table(entry))


def _check(name: str, minutes: Minutes) -> None:
    known = founded_deadlines()
    if name not in known:
        raise _refused(
            _("There is no deadline `{name}`.", name=name[:80]),
            _("Choose one of: {names}.", names=", ".join(sorted(known))),
        )
    if any(length is not None and not 1 <= length <= MOST_MINUTES for length in minutes):
        raise _refused(
            _("A deadline is between a minute and ten years."),
            _("Write it as 15m, 8h or 90d."),
        )
    if name.startswith(f"{ALERT.name}.") and None in minutes:
        raise _refused(
            _("An alert always has a deadline: without it nobody else is called."),
            _("Write it as 15m, 8h or 90d."),
        )


def _refused(message: UserMessage, remedy: UserMessage) -> FoundingError:
    return FoundingError(message, remedy, "DEADLINE_REFUSED")
