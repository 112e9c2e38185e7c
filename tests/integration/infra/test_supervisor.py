"""infra.supervisor, with small processes of our own: order, restarts, ends, and nothing left
behind.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import psutil
import pytest

from infra.errors import StartError
from infra.supervisor import Child, Supervisor, Task, Unit, UnitEvent
from infra.supervisor.rotating_output import rotate, tail
from tests.support.engines import eventually

SERVE = "import signal, time; print('serving', flush=True); signal.pause()"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SERVE}"
Make = Callable[[Sequence[Unit]], tuple[Supervisor, list[UnitEvent]]]


def child(
    name: str,
    program: str = SERVE,
    after: tuple[str, ...] = (),
    logs: Path | None = None,
    stop_timeout: float = 10,
) -> Child:
    """A Python child; ready once it has printed something (or at once)."""

    def ready(_pid: int) -> bool:
        return logs is None or bool(tail(logs / f"{name}.log"))

    return Child(
        name,
        (sys.executable, "-I", "-S", "-c", program),
        ready,
        after,
        ready_timeout=10,
        stop_timeout=stop_timeout,
    )


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    supervisors: list[Supervisor] = []

    def supervisor(units: Sequence[Unit]) -> tuple[Supervisor, list[UnitEvent]]:
        events: list[UnitEvent] = []
        supervisors.append(Supervisor(units, tmp_path, os.environ, events.append))
        return supervisors[-1], events

    yield supervisor
    for item in supervisors:
        item.stop()


def kinds(events: Sequence[UnitEvent], *expected_events: str) -> list[tuple[str, str]]:
    return [(event.kind, event.name) for event in events if event.kind in expected_events]


def test_units_start_in_order_and_stop_in_reverse(make: Make) -> None:
    done: list[str] = []
    units: list[Unit] = [
        child("api", after=("tables",)),
        Task("tables", lambda: done.append("tables"), ("engine",)),
        child("engine"),
    ]
    supervisor, events = make(units)
    supervisor.start()
    assert kinds(events, "ready") == [("ready", "engine"), ("ready", "tables"), ("ready", "api")]
    assert done == ["tables"]
    pids = [entry["pid"] for entry in supervisor.children().values()]
    supervisor.stop()
    assert kinds(events, "stopped") == [("stopped", "api"), ("stopped", "engine")]
    assert not any(psutil.pid_exists(pid) for pid in pids if pid)


def test_a_killed_child_is_started_again_and_that_is_said_with_its_signal(
    make: Make, tmp_path: Path
) -> None:
    supervisor, events = make([child("engine", logs=tmp_path)])
    supervisor.start()
    first = supervisor.children()["engine"]["pid"]
    assert first
    os.kill(first, signal.SIGKILL)
    eventually(lambda: bool(kinds(events, "restarted")), "the child was restarted", 10)
    assert [event.detail for event in events if event.kind == "died"] == ["signal SIGKILL"]
    engine = supervisor.children()["engine"]
    assert (engine["pid"], engine["restarts"]) == (events[-1].pid, 1)
    (end,) = engine["ends"]
    assert (end["cause"], end["code"]) == ("signal", -signal.SIGKILL)
    assert end["recovered_s"] is not None
    assert events[-1].pid != first


def test_a_child_that_does_not_listen_is_killed_after_its_time(make: Make, tmp_path: Path) -> None:
    supervisor, events = make([child("deaf", DEAF, logs=tmp_path, stop_timeout=0.3)])
    supervisor.start()
    began = time.monotonic()
    supervisor.stop()
    assert time.monotonic() - began < 5
    assert kinds(events, "killed", "stopped") == [("killed", "deaf"), ("stopped", "deaf")]


def test_hurry_waits_for_nobody(make: Make, tmp_path: Path) -> None:
    supervisor, _ = make([child("deaf", DEAF, logs=tmp_path, stop_timeout=600)])
    supervisor.start()
    threading.Timer(0.3, supervisor.kill_now).start()
    began = time.monotonic()
    supervisor.stop()
    assert time.monotonic() - began < 5


def test_a_child_that_ends_while_starting_is_an_error_with_its_last_words_and_nothing_stays(
    make: Make,
) -> None:
    broken = Child(
        "broken",
        (sys.executable, "-c", "raise SystemExit('no port left')"),
        lambda _pid: False,
        ("engine",),
    )
    supervisor, events = make([child("engine"), broken])
    with pytest.raises(
        StartError, match=r"broken ended while it started \(exit 1\)\.\nno port left"
    ):
        supervisor.start()
    assert ("stopped", "engine") in kinds(events, "stopped")


def test_a_child_that_is_never_ready_is_an_error_that_names_the_time(make: Make) -> None:
    supervisor, _ = make(
        [Child("slow", (sys.executable, "-c", SERVE), lambda _pid: False, ready_timeout=0.5)]
    )
    with pytest.raises(StartError, match=r"slow did not answer within 0.5 s"):
        supervisor.start()


def test_a_task_that_fails_is_an_error_and_what_had_started_is_stopped(make: Make) -> None:
    supervisor, events = make([child("engine"), Task("tables", lambda: 1 // 0, ("engine",))])
    with pytest.raises(StartError, match="ZeroDivisionError"):
        supervisor.start()
    assert ("stopped", "engine") in kinds(events, "stopped")


def test_an_interrupted_start_stops_what_there_is(make: Make) -> None:
    supervisor, events = make(
        [child("engine"), Child("slow", (sys.executable, "-c", SERVE), lambda _pid: False)]
    )
    supervisor.start(interrupted=lambda: bool(kinds(events, "ready")))
    supervisor.stop()
    assert {name for _, name in kinds(events, "stopped")} == {"engine", "slow"}


def test_children_die_with_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    program = (
        "import os, sys, time; from pathlib import Path\n"
        "from infra.supervisor import Child, Supervisor\n"
        "argv = (sys.executable, '-c', 'import signal; signal.pause()')\n"
        "child = Child('c', argv, lambda pid: True)\n"
        "s = Supervisor([child], Path(sys.argv[1]), os.environ)\n"
        "s.start(); print(s.children()['c']['pid'], flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as supervisor:
        assert supervisor.stdout
        orphan = int(next(line for line in supervisor.stdout if line.strip().isdecimal()))
        assert psutil.pid_exists(orphan)
        supervisor.kill()
    eventually(lambda: not psutil.pid_exists(orphan), "the child ended with its supervisor", 5)


def test_a_log_is_bounded_and_a_writing_child_is_not_disturbed(tmp_path: Path) -> None:
    path = tmp_path / "c.log"
    with path.open("ab", buffering=0) as writer:
        writer.write(b"a" * 100)
        rotate(path, biggest=50)
        writer.write(b"after\n")
    assert path.read_bytes() == b"after\n"
    assert (tmp_path / "c.log.1").read_bytes() == b"a" * 100
