"""Say why a stream worker cannot go on."""

from __future__ import annotations

from infra.errors import QuipuError
from schemas.i18n import _


class WorkerError(QuipuError):
    """The worker ends; the supervisor starts it again."""

    code = "WORKER"


def same_member(member: str) -> WorkerError:
    """Refuse a second worker of one name: the two would evict each other without end."""
    return WorkerError(
        _("A worker `{member}` already runs in this data folder.", member=member),
        _("Give this one another name with --member."),
        "WORKER_TWICE",
    )


def missing_topics(names: str) -> WorkerError:
    """Name the topics that are missing: `quipu up` makes them, never a worker."""
    return WorkerError(
        _("Topics are missing: {names}.", names=names),
        _("Create them with `quipu up` or `quipu rebuild`."),
        "WORKER_TOPICS",
    )


def stalled(waiting: int, seconds: float) -> WorkerError:
    """Say that messages wait and none is processed."""
    return WorkerError(
        _(
            "{waiting} messages wait, and none was processed for {seconds:.0f} s.",
            waiting=waiting,
            seconds=seconds,
        ),
        _("The worker ends and is started again."),
        "WORKER_STALLED",
    )


def interrupted() -> WorkerError:
    """Say that catching up was broken off while the partitions are still ours.

    Nothing else would ever start them.
    """
    return WorkerError(
        _("Catching up was interrupted although the partitions are still assigned here."),
        _("The worker ends and is started again."),
        "WORKER_INTERRUPTED",
    )
