"""Define what each figure asks of the operator, and why there: the one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from math import inf

from schemas.i18n import UserMessage, _


class Degree(IntEnum):
    """Say what a finding asks of the operator, from nothing to acting at once."""

    GOOD = 0
    INFORMED = 1
    WATCH = 2
    ACT_NOW = 3

    @property
    def exit_code(self) -> int:
        """Return the exit code of `quipu health`: what is only reported is no fault."""
        return max(0, self - 1)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A figure above `watch` or `act_now` has that degree; with `below`, a figure below.

    `informed`: from where on the operator is informed, where that comes before `watch`.
    """

    watch: float
    act_now: float
    reason: UserMessage
    below: bool = False
    informed: float | None = None

    def degree(self, figure: float) -> Degree:
        """Return the degree of a figure."""
        sign = -1 if self.below else 1
        for limit, degree in ((self.act_now, Degree.ACT_NOW), (self.watch, Degree.WATCH)):
            if sign * figure > sign * limit:
                return degree
        is_told = self.informed is not None and sign * figure > sign * self.informed
        return Degree.INFORMED if is_told else Degree.GOOD


MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
TABLE = {
    "lag_s": Threshold(
        30,
        5 * MINUTE,
        _(
            "An alert must be acknowledged in 15 minutes. A lag of 5 uses a third of "
            "that. A restart takes less than 30 s."
        ),
    ),
    "canary_s": Threshold(
        5,
        60,
        _("In a quiet system it is under 2 s. The canary waits at most 60 s."),
    ),
    "heard_s": Threshold(
        2 * DAY,
        7 * DAY,
        _(
            "An institution publishes at least every working day. A weekend needs "
            "attention; a week has no good reason."
        ),
    ),
    "beats_missed": Threshold(
        3,
        20,
        _(
            "The canary skips a heartbeat while another command uses the node. It "
            "does not skip three in a row."
        ),
    ),
    "gap_s": Threshold(
        0,
        15 * MINUTE,
        _(
            "The node sends what is missing with its next bundles. If it is not "
            "there in 15 minutes, somebody must look."
        ),
    ),
    "rejected": Threshold(
        1000,
        inf,
        _(
            "The sender receives each reject. A thousand in a day mean a wrong "
            "mapping, not single cases."
        ),
        informed=0,
    ),
    "pending": Threshold(
        1_000_000,
        inf,
        _(
            "A pending item is not lost: it waits for a schema in config. It is "
            "never bad by itself."
        ),
        informed=0,
    ),
    "unsent_s": Threshold(
        MINUTE,
        HOUR,
        _(
            "The outbox sends within seconds if it reaches Kafka. An hour means that "
            "the connection is down."
        ),
    ),
    "unanswered_s": Threshold(
        15 * MINUTE,
        2 * DAY,
        _("Only the node's next command reads the answers."),
    ),
    "silent_s": Threshold(
        5,
        30,
        _("Processes give a sign of life each second. After 60 s the supervisor restarts them."),
    ),
    "still_s": Threshold(
        30,
        60,
        _("While messages wait, some progress happens each second."),
    ),
    "young_s": Threshold(
        0,
        0,
        _("A restart of the last 10 minutes is shown; an older one is over."),
        below=True,
        informed=10 * MINUTE,
    ),
    "ends": Threshold(
        2,
        5,
        _("A restart that heals asks for nothing. Three in 10 minutes are no accident."),
    ),
    "lag_unknown_s": Threshold(
        60,
        inf,
        _("A busy broker may not give the oldest message in time. After a minute, look."),
        informed=-1,
    ),
    "away_s": Threshold(
        -1,
        15,
        _("A busy engine answers late for some seconds. After 15 it is unavailable."),
    ),
    "down_s": Threshold(
        -1,
        60,
        _("The supervisor starts it again at once; a worker reads its state for up to 60 s."),
    ),
    "undelivered_s": Threshold(
        MINUTE,
        inf,
        _("A receiver that is busy takes an alert within a minute."),
    ),
    "rss": Threshold(
        1.5e9,
        3e9,
        _("Measured: 150–450 MB. The worker's caches have a limit (112 MiB)."),
    ),
    "disk_free": Threshold(
        0.15,
        0.05,
        _("The log is never deleted. Below 15 % the disk must grow; a full disk stops everything."),
        below=True,
    ),
    "behind_s": Threshold(
        -1,
        10 * MINUTE,
        _(
            "A broker that restarts is back in a minute. After ten, another that fails stops "
            "all writes."
        ),
    ),
    "clock_s": Threshold(
        2,
        60,
        _("NTP keeps clocks within 0.1 s. Sessions and deadlines go by them."),
    ),
    "kafka_s": Threshold(
        1,
        5,
        _("An administrative question takes 10–30 ms."),
    ),
    "store_s": Threshold(
        0.5,
        5,
        _("SELECT 1 takes 1–15 ms. No analyst waits 5 s."),
    ),
    "parts": Threshold(
        300,
        1000,
        _("ClickHouse delays inserts from 1000 parts in a partition and refuses them from 3000."),
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
