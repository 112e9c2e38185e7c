"""Wait for the processes of all machines around a rebuild: who works, answers, has left."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import structlog
from kafka.errors import KafkaError

from consumers.maintenance.rebuild_workers import RebuildError
from consumers.runtime.consumer_lag import groups
from infra.clock import now_ms
from infra.errors import LogStalledError, QuipuError
from infra.exchange_log.members import read_members
from infra.kafka.clients import open_admin
from infra.settings import Settings
from schemas.i18n import _
from schemas.members import answering_from_another
from schemas.model import NEWEST_FORM, LegacyGeneration

log = structlog.get_logger(__name__)

LOOK_EVERY_S = 1.0
LEAVE_S = 60.0
WORK_S = 120.0
"""How long the processes of all machines may take to change to the new generation."""


def await_unused(settings: Settings, number: int) -> None:
    """Wait until Kafka has forgotten the processes of a rebuild that was killed.

    Raises RebuildError where somebody works on the generation, as another rebuild does.
    """
    if not _wait_until(lambda: not working_groups(settings, number), WORK_S):
        raise _occupied(number, working_groups(settings, number))


def await_work(settings: Settings, number: int, stages: int) -> None:
    """Wait until so many groups of a generation have members. Raises RebuildError."""
    if not _wait_until(lambda: len(working_groups(settings, number)) >= stages, WORK_S):
        raise _unworked(number, working_groups(settings, number))


def await_answers(settings: Settings, number: int) -> None:
    """Wait until no API that is at work answers from another generation. Raises RebuildError."""
    if not _wait_until(lambda: not _outdated(settings, number), WORK_S):
        raise _unanswered(number, _outdated(settings, number))


def await_left(settings: Settings, number: int) -> None:
    """Wait until worker and sink of a generation have left it; raise RebuildError if one stays."""
    if not _wait_until(lambda: not working_groups(settings, number), LEAVE_S):
        raise _stays(number, working_groups(settings, number))


def working_groups(settings: Settings, number: int) -> list[str]:
    """Return the groups of a generation in which somebody works."""
    admin = open_admin(settings.kafka)
    try:
        names = {group for generation in in_all_forms(number) for group in groups(generation)}
        existing = {group_info["group_id"] for group_info in admin.list_groups()} & names
        descriptions = admin.describe_groups(sorted(existing)) if existing else {}
    finally:
        admin.close()
    return sorted(group for group, group_info in descriptions.items() if group_info["members"])


def in_all_forms(number: int) -> list[int]:
    """Return a generation's number in every form that names its topics and groups."""
    former = [LegacyGeneration(number, form) for form in range(NEWEST_FORM)]
    return [int(number), *former]


def _outdated(settings: Settings, number: int) -> list[str]:
    """Return who answers from another generation; nobody where that may not be read."""
    try:
        members = read_members(settings)
    except (KafkaError, LogStalledError, QuipuError) as error:
        consequence = "the rebuild does not wait for the APIs"
        log.warning("members_not_read", error=repr(error), consequence=consequence)
        return []
    return answering_from_another(members, number, now_ms())


def _wait_until(holds: Callable[[], bool], seconds: float) -> bool:
    """Wait until it holds, so many seconds at most; return whether it does."""
    until = time.monotonic() + seconds
    while not (is_so := holds()) and time.monotonic() < until:
        time.sleep(LOOK_EVERY_S)
    return is_so


def _occupied(number: int, present: Sequence[str]) -> RebuildError:
    return RebuildError(
        _(
            "Somebody works on generation {number} already ({groups}).",
            number=number,
            groups=", ".join(present),
        ),
        _("Another `quipu rebuild` runs, perhaps on another machine: wait for its end."),
    )


def _stays(number: int, groups_: Sequence[str]) -> RebuildError:
    return RebuildError(
        _(
            "The new generation serves, but a process still uses {number} "
            "({groups}): it was not dropped.",
            number=number,
            groups=", ".join(groups_),
        ),
        _(
            "Stop that process; the next `quipu rebuild` drops the generation. Until "
            "then no erasure reaches it."
        ),
    )


def _unworked(number: int, present: Sequence[str]) -> RebuildError:
    return RebuildError(
        _(
            "Generation {number} serves, but not all of it is worked on (at work: {groups}).",
            number=number,
            groups=", ".join(present) or "-",
        ),
        _(
            "The former generation was not dropped. See `quipu doctor`: start or restart the "
            "workers and the sink, on every machine. Then the next `quipu rebuild` drops it."
        ),
        "NOT_WORKED_ON",
    )


def _unanswered(number: int, outdated: Sequence[str]) -> RebuildError:
    return RebuildError(
        _(
            "Generation {number} serves, but {names} answers from another one.",
            number=number,
            names=", ".join(outdated),
        ),
        _(
            "The former generation was not dropped. Restart that process on its machine. Then the "
            "next `quipu rebuild` drops it."
        ),
        "NOT_WORKED_ON",
    )
