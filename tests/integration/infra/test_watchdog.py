"""A real worker that lives and gets nowhere is started again and loses nothing; idle, replaying for
long or without Kafka it is left alone.

The worker is the product's, with the tests' small job; the supervisor and both watchdogs are the
product's, with shorter patience.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from infra.orchestration.stack import RunningStack
from infra.orchestration.units import liveness_of
from infra.supervisor import Child, Supervisor, UnitEvent, Watchdog
from tests.integration.streams.test_worker import PROGRAM, DigestWorker
from tests.support.digest_job import HELD_UP, STUCK
from tests.support.engines import eventually

pytestmark = pytest.mark.integration
STALL_S = 3.0
SILENT_S = 4.0


@pytest.fixture
def digest_worker(stack: RunningStack, tmp_path: Path) -> Iterator[DigestWorker]:
    digest_worker = DigestWorker(stack, tmp_path / "home")
    yield digest_worker
    digest_worker.close()


@contextmanager
def supervised(
    digest_worker: DigestWorker, *options: str, ready_timeout: float = 90.0
) -> Iterator[tuple[Supervisor, list[UnitEvent]]]:
    """The worker under a supervisor; all that happened to it."""
    events: list[UnitEvent] = []
    ready = digest_worker.settings.ready_file("worker-1")
    argv = (
        sys.executable,
        str(PROGRAM),
        "--member",
        "1",
        "--inputs",
        digest_worker.inputs,
        "--outputs",
        digest_worker.outputs,
        "--stall",
        str(STALL_S),
        *options,
    )
    child = Child(
        "worker-1",
        argv,
        lambda pid: ready.exists() and ready.read_text().split()[:1] == [str(pid)],
        ready_timeout=ready_timeout,
        watchdog=Watchdog(
            liveness_of(digest_worker.settings, "worker-1"), silent=SILENT_S, stalled=60.0
        ),
    )
    environ = {
        **os.environ,
        **digest_worker.settings.environ(),
        "PYTHONPATH": str(PROGRAM.parents[2]),
    }
    supervisor = Supervisor(
        [child],
        digest_worker.settings.home,
        environ,
        events.append,
        lambda _name: ready.unlink(missing_ok=True),
    )
    try:
        supervisor.start()
        yield supervisor, events
    finally:
        supervisor.stop()


def ends(events: list[UnitEvent]) -> list[str]:
    return [event.kind for event in events if event.kind in ("died", "killed")]


@pytest.mark.parametrize(
    ("word", "ended"),
    [(STUCK, ["died"]), (HELD_UP, ["killed", "died"])],
    ids=[
        "a partition's task stands still: the worker ends itself",
        "the event loop is held up: the supervisor ends it",
    ],
)
def test_a_worker_frozen_in_its_processing_is_started_again_and_catches_up(
    digest_worker: DigestWorker, word: bytes, ended: list[str]
) -> None:
    with supervised(digest_worker) as (supervisor, events):
        digest_worker.produce(40)
        digest_worker.say(word, 0)
        digest_worker.produce(40)
        eventually(
            lambda: any(event.kind == "restarted" for event in events), "it was started again", 60
        )
        digest_worker.check()
        assert ends(events) == ended
        assert supervisor.children()["worker-1"]["restarts"] == 1


def test_a_stopped_worker_is_started_again_and_catches_up(digest_worker: DigestWorker) -> None:
    with supervised(digest_worker) as (supervisor, events):
        digest_worker.produce(40)
        digest_worker.wait_for_all()
        pid = supervisor.children()["worker-1"]["pid"]
        assert pid
        os.kill(pid, signal.SIGSTOP)
        digest_worker.produce(40)
        eventually(
            lambda: any(event.kind == "restarted" for event in events), "it was started again", 60
        )
        digest_worker.check()
        assert "no sign of life" in next(event.detail for event in events if event.kind == "killed")


def test_neither_idleness_nor_kafkas_absence_nor_a_long_replay_is_a_reason(
    digest_worker: DigestWorker, stack: RunningStack
) -> None:
    digest_worker.produce(200)
    with supervised(digest_worker) as (_, events):
        digest_worker.wait_for_all()
        _for(SILENT_S + 2.0, lambda: ends(events) == [])
        broker = stack.pid("kafka")
        assert broker
        os.kill(broker, signal.SIGSTOP)
        try:
            _for(SILENT_S + 2.0, lambda: ends(events) == [])
        finally:
            os.kill(broker, signal.SIGCONT)
        digest_worker.produce(20)
        digest_worker.check()
        assert ends(events) == []
    shutil.rmtree(digest_worker.settings.state_dir)
    began = time.monotonic()
    with supervised(digest_worker, "--slow", "4", "--stall", "60", ready_timeout=6.0) as (
        _,
        events,
    ):
        assert time.monotonic() - began > 8.0, "the replay outlasted the time to become ready"
        digest_worker.check()
        assert ends(events) == []


def _for(seconds: float, holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert holds()
        time.sleep(0.2)
