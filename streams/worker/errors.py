"""Why a stream worker cannot go on."""

from __future__ import annotations

from infra.errors import QuipuError
from schemas.i18n import _


class WorkerError(QuipuError):
    """The worker ends; the supervisor starts it again."""

    code = "WORKER"


def same_member(member: str) -> WorkerError:
    """Two workers of one name would throw each other out of the group, for ever."""
    return WorkerError(
        _("A worker `{member}` already runs in this data folder.", member=member),
        _("Give this one another name with --member."),
        "WORKER_TWICE",
    )


def missing_topics(names: str) -> WorkerError:
    """The topics are made by `quipu up` (infra.kafka.topic_admin), never by a worker."""
    return WorkerError(
        _("Topics are missing: {names}.", names=names),
        _("Create them with `quipu up` or `quipu rebuild`."),
        "WORKER_TOPICS",
    )


def stalled(waiting: int, seconds: float) -> WorkerError:
    """Messages wait and none is taken."""
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
    """Catching up was broken off though the partitions are still ours: nothing would ever start
    them.
    """
    return WorkerError(
        _("Catching up was interrupted although the partitions are still assigned here."),
        _("The worker ends and is started again."),
        "WORKER_INTERRUPTED",
    )
