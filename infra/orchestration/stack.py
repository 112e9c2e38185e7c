"""Run the whole system: the same code under `quipu up`, the demo, the tests and the bench.

with running(settings, only=("kafka", "clickhouse")) as stack:
    connect(stack.settings) ...
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from infra import data_folder
from infra.kafka import jars
from infra.orchestration import units as plan
from infra.orchestration.copy_check import check_before_start
from infra.registry import founding
from infra.settings import LOOPBACK, Endpoint, Endpoints, Settings
from infra.supervisor import ChildState, Supervisor, UnitEvent


@dataclass(frozen=True)
class RunningStack:
    """Hold what runs; `settings` have its addresses."""

    settings: Settings
    supervisor: Supervisor

    def children(self) -> dict[str, ChildState]:
        """Return what each child does now, by name."""
        return self.supervisor.children()

    def pid(self, name: str) -> int | None:
        """Return the process id of a child now; None while it is being restarted.

        Raises KeyError when there is no such child.
        """
        return self.children()[name]["pid"]


@contextmanager
def running(
    settings: Settings,
    only: Iterable[str] | None = None,
    workers: int = 1,
    on_event: Callable[[UnitEvent], None] = lambda event: None,
    on_download: jars.DownloadProgress | None = None,
    interrupted: Callable[[], bool] = lambda: False,
    founder: plan.Founder = founding.found_mechanism,
) -> Iterator[RunningStack]:
    """Start the chosen units (all by default) and yield when they are ready.

    They stop at the end of the block. `founder(settings)` is called, once the topics are there,
    where the mechanism is not founded yet. Raises HomeError (data folder), StartError (something
    did not come up; what had started is stopped again), TopicError, MigrationError. No process is
    left, however the block or this process ends.
    """
    with data_folder.exclusive_use(settings):
        ports = data_folder.choose_ports(settings)
        settings_of_run = settings.with_discovered(_addresses(ports))
        units = plan.select(plan.units(settings_of_run, ports, workers, founder), only)
        check_before_start(settings_of_run, [unit.name for unit in units])
        if any(unit.name == "kafka" for unit in units):
            jars.class_path(on_download)
        supervisor = Supervisor(
            units,
            settings_of_run.logs_dir,
            _environ(settings_of_run),
            lambda event: _note(settings_of_run, supervisor, event, on_event),
            lambda name: settings_of_run.ready_file(name).unlink(missing_ok=True),
        )
        _write_up(settings_of_run, supervisor)
        try:
            supervisor.start(interrupted)
            yield RunningStack(settings_of_run, supervisor)
        finally:
            supervisor.stop()
            (settings_of_run.run_dir / "up.json").unlink(missing_ok=True)


def _environ(settings: Settings) -> dict[str, str]:
    """Return what the children inherit: our environment, but exactly these settings."""
    foreign = {name: value for name, value in os.environ.items() if not name.startswith("QUIPU_")}
    return foreign | settings.environ() | {"PYTHONUNBUFFERED": "1"}


def _addresses(ports: data_folder.Ports) -> Endpoints:
    return Endpoints(
        f"{LOOPBACK}:{ports.kafka}",
        Endpoint(LOOPBACK, ports.clickhouse),
        Endpoint(LOOPBACK, ports.api),
    )


def _note(
    settings: Settings,
    supervisor: Supervisor,
    event: UnitEvent,
    on_event: Callable[[UnitEvent], None],
) -> None:
    _write_up(settings, supervisor)
    on_event(event)


def _write_up(settings: Settings, supervisor: Supervisor) -> None:
    content = {
        "pid": os.getpid(),
        "at": datetime.now(UTC).isoformat(),
        "children": supervisor.children(),
    }
    data_folder.write_atomically(settings.run_dir / "up.json", json.dumps(content) + "\n")
