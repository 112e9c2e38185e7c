"""kill -9, a lost state folder and a second worker, one at a time at seeded moments while records
flow: nothing is lost, nothing doubled.

FAULTS_RECORDS (default 2,500; `make faults`: 50,000) and FAULTS_SEED choose the run. Between two
faults every node publishes its next share of files; a fault comes at a random moment within a
share, so what is left of it flows while the victim is down.
"""

from __future__ import annotations

import json
import math
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from infra import settings as settings_module
from infra.data_folder import write_atomically
from infra.orchestration.stack import RunningStack, running
from infra.settings import Settings
from infra.supervisor import UnitEvent
from producers.scenario.generate import generate
from tests.support import exchange
from tests.support.engines import eventually
from tests.support.national_files import chunks, sheets
from tests.support.patience import patience

pytestmark = [pytest.mark.integration, pytest.mark.faults, pytest.mark.timeout(1800)]

RECORDS = int(os.environ.get("FAULTS_RECORDS", "2500"))
SEED = os.environ.get("FAULTS_SEED", "1")
PUBLISHER = Path(__file__).with_name("publisher.py")
ROWS_A_FILE = 15 if RECORDS <= 10_000 else 100
KILLED = ("worker-1", "sink", "clickhouse", "kafka")
BACK_S = 90.0


class Publishing:
    """The publishing process of one node: started again when it was killed, as a scheduler would."""

    def __init__(self, settings: Settings, node: str, files: Path) -> None:
        self.node, self._settings, self._files = node, settings, files
        self.count = len(json.loads((files / "plan.json").read_text()))
        self.permit(0)
        self.process = self._start()

    @property
    def done(self) -> int:
        """Files taken in by the process that runs now."""
        path = self._files / "done"
        return int(path.read_text()) if path.exists() else 0

    def permit(self, count: int) -> None:
        write_atomically(self._files / "permit", str(count))

    def kill_and_repeat(self) -> None:
        self.process.kill()
        self.process.wait(patience(10))
        self.process = self._start()

    def end(self) -> int:
        return self.process.wait(patience(200))

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(patience(10))

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(PUBLISHER), "--node", self.node, "--files", str(self._files)]
        environ = {**exchange.own_environ(self._settings), "PYTHONPATH": str(PUBLISHER.parents[2])}
        with (self._settings.logs_dir / f"publisher-{self.node}.log").open("ab") as log:
            return subprocess.Popen(
                command, env=environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )


@dataclass
class Run:
    """A line under which faults are laid."""

    stack: RunningStack
    scenario: Path
    events: list[UnitEvent]
    rng: random.Random
    nodes: list[Publishing]
    laid: list[str] = field(default_factory=list)
    second: ExitStack = field(default_factory=ExitStack)

    def lay_all(self) -> None:
        """Every fault once, in a seeded order (the second worker joins before it leaves), then the
        rest of the records.
        """
        faults = self.order()
        for number, name in enumerate(faults):
            self.permit((number + 1) / (len(faults) + 1))
            self.await_done((number + self.rng.uniform(0.1, 0.6)) / (len(faults) + 1))
            time.sleep(self.rng.uniform(0, 0.3))
            self.laid.append(name)
            self.tell("laid", name)
            self.faults()[name]()
            self.tell("over", name)
        self.permit(1.0)

    def tell(self, what: str, name: str) -> None:
        """Shown by pytest when the test fails, between the supervisor's own lines."""
        print(
            f"{datetime.now(UTC):%F %T} [fault    ] {what:<6} {name}, files taken in: "
            f"{[node.done for node in self.nodes]}"
        )

    def order(self) -> list[str]:
        names = [*KILLED, "node", "state"]
        self.rng.shuffle(names)
        joins, leaves = sorted(self.rng.sample(range(len(names) + 1), 2))
        return [*names[:joins], "join", *names[joins:leaves], "leave", *names[leaves:]]

    def faults(self) -> dict[str, Callable[[], None]]:
        return {
            **{name: lambda name=name: self.kill(name) for name in KILLED},  # type: ignore[misc]
            "node": lambda: self.rng.choice(self.nodes).kill_and_repeat(),
            "state": lambda: self.kill(
                "worker-1", lambda: shutil.rmtree(self.stack.settings.state_dir / "1")
            ),
            "join": self.join,
            "leave": self.second.close,
        }

    def kill(self, name: str, then: Callable[[], None] = lambda: None) -> None:
        """kill -9; until the supervisor has it back."""
        pid, seen = self.stack.pid(name), len(self.events)
        assert pid is not None, f"{name} was down already"
        os.kill(pid, signal.SIGKILL)
        then()
        eventually(
            lambda: any(e.kind == "restarted" and e.name == name for e in self.events[seen:]),
            f"{name} is back",
            BACK_S,
        )
        eventually(self.all_up, "all that fell with it is back", BACK_S)

    def all_up(self) -> bool:
        last = {event.name: event.kind for event in self.events}
        return all(last[name] in ("ready", "restarted") for name in self.stack.children())

    def join(self) -> None:
        settings = self.stack.settings
        worker = exchange.child(settings, "worker-2", "streams.worker", "--member", "2")
        self.second.enter_context(exchange.supervised(settings, [worker]))

    def permit(self, share: float) -> None:
        for node in self.nodes:
            node.permit(math.ceil(node.count * share))

    def await_done(self, share: float) -> None:
        """Until the nodes have taken in this share of their files."""
        expected = share * sum(node.count for node in self.nodes)
        eventually(
            lambda: sum(node.done for node in self.nodes) >= expected,
            f"{share:.0%} of the files are taken in",
            300,
        )


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The whole of it, done once: all faults laid, every node's publishing ended, everything at
    rest.
    """
    folder = tmp_path_factory.mktemp("faults")
    generate(RECORDS, SEED, folder / "scenario")
    events: list[UnitEvent] = []
    with ExitStack() as stack:
        stack_ = stack.enter_context(_line(folder, events))
        nodes = _nodes(stack_.settings, folder)
        for node in nodes:
            stack.callback(node.close)
        item = Run(stack_, folder / "scenario", events, random.Random(SEED), nodes)
        stack.callback(item.second.close)
        item.lay_all()
        ends = {node.node: node.end() for node in nodes}
        assert set(ends.values()) == {0}, (
            f"exit codes of publishing: {ends}; see {stack_.settings.logs_dir}"
        )
        exchange.wait_at_rest(stack_.settings)
        yield item


def _line(folder: Path, events: list[UnitEvent]) -> AbstractContextManager[RunningStack]:
    settings = settings_module.load({"QUIPU_HOME": str(folder / "home"), "QUIPU_LOG_JSON": "1"})
    return running(
        settings,
        only=exchange.LINE,
        on_event=events.append,
        founder=exchange.founder(exchange.scenario_nodes(folder / "scenario")),
    )


def _nodes(settings: Settings, folder: Path) -> list[Publishing]:
    """A process a node, and a folder with its files, cut small."""
    of: dict[str, list[dict[str, object]]] = {}
    for sheet in sheets(folder / "scenario"):
        own = folder / "files" / sheet.node
        own.mkdir(parents=True, exist_ok=True)
        for chunk in chunks(sheet, ROWS_A_FILE):
            chunk.write(own)
            of.setdefault(sheet.node, []).append(
                {"file": chunk.name, "mapping": chunk.mapping, "corrections": chunk.corrections}
            )
    for node, files in of.items():
        (folder / "files" / node / "plan.json").write_text(json.dumps(files))
    return [Publishing(settings, node, folder / "files" / node) for node in of]


def test_every_fault_was_laid_while_records_flowed_and_what_was_killed_came_back(run: Run) -> None:
    assert sorted(run.laid) == sorted([*KILLED, "node", "state", "join", "leave"])
    killed = [
        event.name
        for event in run.events
        if event.kind == "died" and event.detail == "signal SIGKILL"
    ]
    assert sorted(killed) == sorted([*KILLED, "worker-1"])
    assert run.all_up()


def test_a_sink_waits_for_broker_and_engine_instead_of_dying_with_them(run: Run) -> None:
    assert [
        event.detail for event in run.events if event.kind == "died" and event.name == "sink"
    ] == ["signal SIGKILL"]


def test_reconcile_holds_for_every_cord(run: Run) -> None:
    cord_reconciliations = exchange.proofs(run.stack.settings)
    assert exchange.differences(cord_reconciliations) == []
    assert sum(proof.mechanism.accepted for proof in cord_reconciliations) >= RECORDS
    assert [proof.cord for proof in cord_reconciliations if proof.node is None] == []


def test_the_indicators_are_those_of_the_truth(run: Run) -> None:
    compared = exchange.against_truth(run.stack.settings, run.scenario)
    assert (compared.certain.missed, compared.certain.invented) == ((), ())


def test_every_table_equals_that_of_an_undisturbed_run_of_the_same_log(run: Run) -> None:
    outcome = exchange.rebuilt(run.stack.settings)
    assert exchange.unequal(outcome) == []
    rows = {table.table: table.old_rows for table in outcome.tables}
    assert rows["events"] >= RECORDS
    assert rows["evidence"] > RECORDS // 20
