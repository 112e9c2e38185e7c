"""Watch the health as long as the exchange runs: `python -m consumers.health.monitor`.

Each look is judged as `quipu health` judges it. The monitor remembers since when findings last,
keeps the figures of seven days, and sends alerts. It asks Kafka and ClickHouse what health asks,
and writes nothing but its own small files.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import closing

import structlog

from consumers.health.alert_files import (
    AlertState,
    read_alerts,
    read_week,
    write_alerts,
    write_week,
)
from consumers.health.alert_senders import AlertSender, make_senders
from consumers.health.alerts import AlertPolicy, due_alerts, known_parts
from consumers.health.collector import CLI_TIMEOUT_S, FactsCollector
from consumers.health.evaluate import Diagnosis, evaluate
from consumers.health.facts import Facts
from consumers.health.state_files import (
    read_acknowledgements,
    read_former_memory,
    write_memory,
)
from consumers.health.thresholds import Degree
from consumers.health.week import measured_figures
from consumers.senders.message_senders import MessageNotSentError
from infra.clock import now_ms
from infra.data_folder import write_atomically
from infra.logging_setup import configure
from infra.private_files import keep_private
from infra.settings import Settings, load
from infra.telemetry import status_file
from infra.telemetry.liveness import StatusReporter

log = structlog.get_logger(__name__)

NAME = "monitor"
EVERY_S = 10.0
"""So a fault is seen, and its alert sent, well within 30 s."""


class Monitor:
    """Looks at the health again and again; not for two threads at once."""

    def __init__(self, settings: Settings, senders: Sequence[AlertSender]) -> None:
        """Begin with what a former monitor remembered. `senders`: of alerts, one a receiver."""
        self._settings, self._senders = settings, senders
        self._policy = AlertPolicy(
            Degree[settings.alert_access.degree.upper()],
            settings.alert_access.repeat_minutes * 60_000,
        )
        self._memory = read_former_memory(settings, now_ms())
        self._week = read_week(settings)
        self._alerts = read_alerts(settings)

    def look(self, facts: Facts) -> Diagnosis:
        """Judge these facts, remember them, and send the alerts that are due."""
        health = evaluate(facts, self._memory, read_acknowledgements(self._settings))
        findings = [item for root in health.findings for item in (root, *root.consequences)]
        is_known = known_parts(facts)
        self._memory = self._memory.after(findings, facts.at, is_known)
        write_memory(self._settings, self._memory, facts.at)
        self._week = self._week.with_figures(measured_figures(facts, health.degree), facts.at)
        write_week(self._settings, self._week)
        alerts, still_open = due_alerts(
            self._alerts.open, health.findings, facts.at, self._policy, is_known
        )
        self._alerts = self._alerts.with_due(
            still_open, alerts, [sender.name for sender in self._senders]
        )
        self._deliver(facts.at)
        write_alerts(self._settings, self._alerts)
        return health

    def figures(self) -> dict[str, object]:
        """Return what the status file holds: alerts that no receiver took, and for how long (s)."""
        oldest = min((item.alert.at for item in self._alerts.waiting), default=now_ms())
        return {
            "kind": NAME,
            "undelivered": len(self._alerts.waiting),
            "undelivered_s": max(0.0, (now_ms() - oldest) / 1000),
        }

    def _deliver(self, at: int) -> None:
        """Try each alert that waits; what a receiver does not take waits for the next look."""
        by_name = {sender.name: sender for sender in self._senders}
        left = []
        failing: set[str] = set()
        for waiting in self._alerts.waiting:
            sender = by_name.get(waiting.sender)
            if sender is None:
                continue  # the receiver is not configured any more
            try:
                if waiting.sender in failing:
                    raise MessageNotSentError("the one before was not taken")
                sender.send(waiting.alert)
                log.info("alert_sent", receiver=waiting.sender, finding=waiting.alert.key)
            except MessageNotSentError as error:
                if not error.is_refused:
                    failing.add(waiting.sender)
                left.append(waiting)
                log.warning("alert_not_sent", receiver=waiting.sender, reason=str(error))
        self._alerts = AlertState(self._alerts.open, left).without_old(at)


def run(settings: Settings, stop: threading.Event) -> None:
    """Watch until `stop` is set."""
    monitor = Monitor(settings, make_senders(settings.alert_access, settings.lang))
    reporter = StatusReporter(
        settings, NAME, lambda now: status_file.write(settings, NAME, now, monitor.figures())
    )
    reporter.start()
    write_atomically(settings.ready_file(NAME), f"{os.getpid()}\n")
    with closing(FactsCollector(settings)) as collector, closing(reporter):
        while not stop.is_set():
            began = time.monotonic()
            monitor.look(collector.facts(CLI_TIMEOUT_S))
            stop.wait(max(1.0, EVERY_S - (time.monotonic() - began)))


def main() -> int:
    """Run the process that watches the health; return its exit code."""
    argparse.ArgumentParser(
        prog="python -m consumers.health.monitor", description="Watches the health; sends alerts."
    ).parse_args()
    settings = load(os.environ)
    keep_private()
    configure(settings.log_json, level=settings.log_level)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    run(settings, stop)
    return 0


if __name__ == "__main__":
    sys.exit(main())
