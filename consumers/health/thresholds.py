"""When a figure asks for attention, when it is bad, and why there: the one table."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.i18n import UserMessage, _

GOOD, ATTENTION, BAD = 0, 1, 2
"""Levels; the exit codes of `quipu health`."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A figure above `attention` or `bad` has that level; `below`: a figure below."""

    attention: float
    bad: float
    reason: UserMessage
    below: bool = False

    def level(self, figure: float) -> int:
        """Of a figure."""
        if self.below:
            return BAD if figure < self.bad else ATTENTION if figure < self.attention else GOOD
        return BAD if figure > self.bad else ATTENTION if figure > self.attention else GOOD


MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
TABLE = {
    "lag_s": Threshold(
        30,
        5 * MINUTE,
        _(
            "An alert is to be acknowledged in 15 minutes: 5 of lag are a third of "
            "it. 30 s is more than a restart takes."
        ),
    ),
    "canary_s": Threshold(
        5,
        60,
        _("On a quiet line it is under 2 s; 60 s is as long as the canary waits."),
    ),
    "heard_s": Threshold(
        2 * DAY,
        7 * DAY,
        _(
            "An institution publishes at least each working day; a weekend asks for "
            "attention, a week has no good reason."
        ),
    ),
    "beats_missed": Threshold(
        3,
        20,
        _(
            "A heartbeat is left out while another command works with the node; "
            "three in a row are not."
        ),
    ),
    "gap_s": Threshold(
        0,
        15 * MINUTE,
        _(
            "The node sends again by itself with what it sends next; not there in 15 "
            "minutes, somebody must look."
        ),
    ),
    "rejected": Threshold(
        0,
        1000,
        _(
            "Each reject is told to its sender; a thousand in a day are a wrong "
            "mapping, not single cases."
        ),
    ),
    "pending": Threshold(
        0,
        1_000_000,
        _(
            "Pending is not lost: it waits for a schema that config has not brought. "
            "It is never bad by itself."
        ),
    ),
    "unsent_s": Threshold(
        MINUTE,
        HOUR,
        _(
            "The outbox sends within seconds where it reaches Kafka; an hour is a "
            "line that is down."
        ),
    ),
    "unanswered_s": Threshold(
        15 * MINUTE,
        2 * DAY,
        _("Answers are read by the node's next command, not by themselves."),
    ),
    "silent_s": Threshold(
        5,
        30,
        _("Processes give a sign each second; after 60 s the supervisor starts them again."),
    ),
    "still_s": Threshold(
        30,
        60,
        _("While work waits something moves each second."),
    ),
    "young_s": Threshold(
        10 * MINUTE,
        0,
        _("A restart of the last 10 minutes is told; an old one is over."),
        below=True,
    ),
    "rss": Threshold(
        1.5e9,
        3e9,
        _("Measured: 150–450 MB. The worker's caches are bounded (112 MiB)."),
    ),
    "disk_free": Threshold(
        0.15,
        0.05,
        _("The log is never deleted: below 15 % the disk must grow; a full one stops everything."),
        below=True,
    ),
    "kafka_s": Threshold(
        1,
        5,
        _("An administrative question takes 10–30 ms."),
    ),
    "store_s": Threshold(
        0.5,
        5,
        _("SELECT 1 takes 1–15 ms; 5 s is what no analyst waits for."),
    ),
    "parts": Threshold(
        300,
        1000,
        _("ClickHouse delays inserts from 1000 parts a partition on and refuses them from 3000."),
    ),
}

ALARMING = frozenset(
    {
        "BAD_SIGNATURE",
        "FORK",
        "BROKEN_CHAIN",
        "WRONG_TOPIC",
        "KEY_REVOKED",
        "UNKNOWN_KEY",
        "NOT_OWNER",
        "EPOCH_NOT_APPROVED",
        "CONFIG_REFUSED",
    }
)
"""Codes of which a single one is bad: somebody writes what is not theirs to write, or a copy runs
beside the node.
"""
