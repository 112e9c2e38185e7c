"""Keep open alerts, those that wait for a receiver, and the week's figures in small files.

A file that somebody damaged counts as empty: at worst an alert is sent again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import structlog

from consumers.health.alerts import Alert, AlertKind, OpenAlert
from consumers.health.state_files import DAMAGE, read_health_file, write_health_file
from consumers.health.thresholds import Degree
from consumers.health.week import FigureBucket, Week
from infra.settings import Settings
from schemas.i18n import as_record, from_record

log = structlog.get_logger(__name__)

_ALERTS, _WEEK = "alerts.json", "figures.json"
MOST_WAITING = 200
"""So many alerts wait for a receiver at most; the oldest are dropped."""
WAITS_MS = 86_400_000
"""How long an alert is tried: after a day it tells nobody anything."""


class WaitingAlert(NamedTuple):
    """An alert that a receiver has not taken yet."""

    sender: str
    alert: Alert


@dataclass(frozen=True, slots=True)
class AlertState:
    """Which alerts are open, by the key of their finding, and which wait for a receiver."""

    open: Mapping[str, OpenAlert] = field(default_factory=dict)
    waiting: Sequence[WaitingAlert] = ()

    def with_due(
        self, still_open: Mapping[str, OpenAlert], alerts: Sequence[Alert], senders: Sequence[str]
    ) -> AlertState:
        """Return the state with what is due for each receiver."""
        due = [WaitingAlert(sender, alert) for alert in alerts for sender in senders]
        return AlertState(still_open, [*self.waiting, *due])

    def without_old(self, now: int) -> AlertState:
        """Return the state without alerts that waited for a day. `now`: ms since 1970 UTC."""
        recent = [waiting for waiting in self.waiting if now - waiting.alert.at <= WAITS_MS]
        return AlertState(self.open, recent[-MOST_WAITING:])


def read_alerts(settings: Settings) -> AlertState:
    """Return what a former monitor left."""
    content = read_health_file(settings, _ALERTS)
    try:
        entries = [_open_alert(entry) for entry in content.get("open", ())]
        waiting = [
            WaitingAlert(entry["sender"], _alert(entry["alert"]))
            for entry in content.get("waiting", ())
        ]
    except DAMAGE as error:
        log.warning("alerts_unreadable", error=repr(error))
        return AlertState()
    return AlertState({alert.key: alert for alert in entries}, waiting)


def write_alerts(settings: Settings, state: AlertState) -> None:
    """Write which alerts are open, and which wait."""
    content = {
        "open": [
            {
                "key": alert.key,
                "cause": alert.cause,
                "degree": int(alert.degree),
                "message": as_record(alert.message),
                "since_at": alert.since_at,
                "sent_at": alert.sent_at,
            }
            for alert in state.open.values()
        ],
        "waiting": [
            {"sender": waiting.sender, "alert": _record(waiting.alert)} for waiting in state.waiting
        ],
    }
    write_health_file(settings, _ALERTS, content)


def read_week(settings: Settings) -> Week:
    """Return the figures of the last seven days."""
    content = read_health_file(settings, _WEEK)
    try:
        return Week(
            [
                FigureBucket(int(at), {str(name): float(value) for name, value in values.items()})
                for at, values in content.get("buckets", ())
            ]
        )
    except DAMAGE as error:
        log.warning("week_of_figures_unreadable", error=repr(error))
        return Week()


def write_week(settings: Settings, week: Week) -> None:
    """Write the figures of the last seven days: about 150 kB at most."""
    buckets = [
        (at, {name: round(value, 3) for name, value in values.items()})
        for at, values in week.buckets
    ]
    write_health_file(settings, _WEEK, {"buckets": buckets})


def _record(alert: Alert) -> dict[str, object]:
    return {
        "kind": alert.kind,
        "key": alert.key,
        "degree": int(alert.degree),
        "message": as_record(alert.message),
        "remedy": as_record(alert.remedy),
        "since_at": alert.since_at,
        "at": alert.at,
    }


def _alert(entry: Mapping[str, Any]) -> Alert:
    return Alert(
        AlertKind(entry["kind"]),
        entry["key"],
        Degree(entry["degree"]),
        from_record(entry["message"]),
        from_record(entry["remedy"]),
        entry["since_at"],
        entry["at"],
    )


def _open_alert(entry: Mapping[str, Any]) -> OpenAlert:
    return OpenAlert(
        entry["key"],
        entry["cause"],
        Degree(entry["degree"]),
        from_record(entry["message"]),
        entry["since_at"],
        entry["sent_at"],
    )
