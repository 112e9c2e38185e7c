"""Keep units running, with one thread per unit.

A unit starts when those before it are ready, and stops when those after it have stopped. A child
that ends by itself is started again after a growing pause, and that is printed.

Libraries tried before writing this (2026-11): circus 0.19 restarts children, but its readiness
hooks block its one loop, there is no back-off (a watcher is given up after `max_retry`), its
control sockets are open to every local user, and its children outlive a killed arbiter (tried: kill
-9 of the arbiter left the child running). supervisor 4.3 is a daemon with a file of its own, starts
by priority without waiting for readiness, and leaves children too. honcho restarts nothing; mode
supervises coroutines, not processes.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import structlog

from infra.errors import QuipuError
from infra.private_files import UMASK
from infra.supervisor import rotating_output
from infra.supervisor.bound_command import bound_command
from infra.supervisor.child_ends import (
    KEPT_ENDS,
    ChildEnd,
    ChildState,
    child_end,
    count_memory_kills,
    describe_end,
)
from infra.supervisor.start_errors import not_ready, step_failed
from infra.supervisor.watchdog import Watchdog

log = structlog.get_logger(__name__)

_POLL_S = 0.05
_FIRST_PAUSE_S, _LONGEST_PAUSE_S, _HEALTHY_S = 0.5, 30.0, 60.0
_ROTATE_EVERY_S = 20.0
_CHECK_EVERY_S = 1.0


@dataclass(frozen=True)
class Child:
    """Describe a process to keep running.

    `ready(pid)` is called until it returns True; it must answer within a second or so. `watchdog`
    knows when the child is alive but stuck; it is then killed and started again. `ready_timeout`
    (s) does not run out on a child that progresses: catching up with a long log takes as long as it
    takes.
    """

    name: str
    argv: tuple[str, ...]
    ready: Callable[[int], bool]
    after: tuple[str, ...] = ()
    ready_timeout: float = 90.0
    stop_timeout: float = 20.0
    watchdog: Watchdog | None = None


@dataclass(frozen=True)
class Task:
    """Describe a step that is done once, in its place in the order (topics, migrations)."""

    name: str
    run: Callable[[], object]
    after: tuple[str, ...] = ()


Unit = Child | Task
UnitEventKind = Literal["starting", "ready", "died", "restarted", "stopping", "stopped", "killed"]


@dataclass(frozen=True)
class UnitEvent:
    """Say what happened to a unit. `seconds`: how long it took (ready, restarted, stopped)."""

    kind: UnitEventKind
    name: str
    seconds: float = 0.0
    pid: int | None = None
    detail: str = ""


@dataclass
class _UnitState:
    """Hold one unit and where it is in its life."""

    unit: Unit
    ready: threading.Event = field(default_factory=threading.Event)
    stopped: threading.Event = field(default_factory=threading.Event)
    process: subprocess.Popen[bytes] | None = None
    restarts: int = 0
    ends: deque[ChildEnd] = field(default_factory=lambda: deque(maxlen=KEPT_ENDS))
    is_stuck: bool = False


class Supervisor:
    """Keep units running; `start` and `stop` are for one owning thread.

    `start` returns when all are ready, `stop` when none is left.
    """

    def __init__(
        self,
        units: Sequence[Unit],
        logs: Path,
        environ: Mapping[str, str],
        on_event: Callable[[UnitEvent], None] = lambda event: None,
        before_spawn: Callable[[str], None] = lambda name: None,
    ) -> None:
        """Prepare the units; `start` starts them. `logs`: the folder of the children's output."""
        self._states = {unit.name: _UnitState(unit) for unit in units}
        self._logs, self._environ = logs, dict(environ)
        self._on_event, self._before_spawn = on_event, before_spawn
        self._stopping, self._kill_now = threading.Event(), threading.Event()
        self._changed = threading.Condition()
        self._failure: QuipuError | None = None

    def start(self, interrupted: Callable[[], bool] = lambda: False) -> None:
        """Start all units.

        `interrupted` is called meanwhile; when it returns True, this returns early and the caller
        stops. Raises StartError (or what a task raised) after stopping whatever had started.
        """
        for state in self._states.values():
            threading.Thread(
                target=self._run_unit, args=(state,), name=f"keep-{state.unit.name}", daemon=True
            ).start()
        while not all(state.ready.is_set() for state in self._states.values()):
            if self._failure is not None:
                self.stop()
                raise self._failure
            if interrupted():
                return
            with self._changed:
                self._changed.wait(_POLL_S)

    def stop(self) -> None:
        """Stop all units in reverse order, and wait for their end."""
        self._stopping.set()
        for state in self._states.values():
            state.stopped.wait()

    def kill_now(self) -> None:
        """Kill what still runs while stopping, without waiting for it."""
        self._kill_now.set()

    def children(self) -> dict[str, ChildState]:
        """Return what each child does now, by name."""
        return {
            name: {
                "pid": _pid(state.process),
                "restarts": state.restarts,
                "ends": list(state.ends),
            }
            for name, state in self._states.items()
            if isinstance(state.unit, Child)
        }

    # -- one thread a unit

    def _run_unit(self, state: _UnitState) -> None:
        try:
            if self._wait_for(state.unit.after):
                if isinstance(state.unit, Task):
                    self._run_task(state, state.unit)
                else:
                    self._keep_running(state, state.unit)
        except QuipuError as error:
            self._fail(error)
        except Exception as error:  # a thread's error must reach the owner, whatever it is
            log.exception("unit_failed", unit=state.unit.name)
            self._fail(step_failed(state.unit.name, repr(error)))
        finally:
            self._end_unit(state)

    def _wait_for(self, names: Sequence[str]) -> bool:
        """Wait until all that come before are ready; False when stopping came first."""
        for name in names:
            while name in self._states and not self._states[name].ready.wait(_POLL_S):
                if self._stopping.is_set():
                    return False
        return not self._stopping.is_set()

    def _run_task(self, state: _UnitState, task: Task) -> None:
        began = time.monotonic()
        self._emit(UnitEvent("starting", task.name))
        task.run()
        self._mark_ready(state, UnitEvent("ready", task.name, time.monotonic() - began))
        self._stopping.wait()

    def _keep_running(self, state: _UnitState, child: Child) -> None:
        pause = _FIRST_PAUSE_S
        while not self._stopping.is_set():
            began, out_of_memory = time.monotonic(), count_memory_kills()
            self._spawn(state, child)
            self._await_ready(state, child, began)
            code = self._watch(state, child)
            if code is None:
                return
            state.restarts += 1
            lacked_memory = count_memory_kills() > out_of_memory
            end = child_end(code, state.is_stuck, lacked_memory, time.time())
            state.ends.append(end)
            state.is_stuck = False
            self._emit(UnitEvent("died", child.name, detail=describe_end(end)))
            pause = (
                _FIRST_PAUSE_S
                if time.monotonic() - began > _HEALTHY_S
                else min(pause * 2, _LONGEST_PAUSE_S)
            )
            self._stopping.wait(pause)

    def _spawn(self, state: _UnitState, child: Child) -> None:
        self._before_spawn(child.name)
        with rotating_output.appending(self._logs / f"{child.name}.log") as output:
            state.process = subprocess.Popen(
                bound_command(child.argv),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self._environ,
                start_new_session=True,
                umask=UMASK,
            )
        if not state.restarts:
            self._emit(UnitEvent("starting", child.name, pid=state.process.pid))

    def _await_ready(self, state: _UnitState, child: Child, began: float) -> None:
        """Wait until the child is ready.

        At the first start an end or a time-out is a failure; later it is one more restart.
        """
        process, timed_out = _running(state), False
        while not self._stopping.is_set() and process.poll() is None and not timed_out:
            if child.ready(process.pid):
                kind: UnitEventKind = "restarted" if state.restarts else "ready"
                if state.ends:
                    state.ends[-1]["recovered_s"] = time.time() - state.ends[-1]["at"]
                self._mark_ready(
                    state, UnitEvent(kind, child.name, time.monotonic() - began, process.pid)
                )
                return
            timed_out = time.monotonic() - began > child.ready_timeout and not (
                child.watchdog and child.watchdog.is_progressing(process.pid)
            )
            self._stopping.wait(_POLL_S)
        if timed_out:
            state.is_stuck = True
            self._kill(process, child.name)
        if not state.ready.is_set() and not self._stopping.is_set():
            raise not_ready(
                child.name,
                process.wait(),
                child.ready_timeout if timed_out else None,
                self._logs / f"{child.name}.log",
            )

    def _watch(self, state: _UnitState, child: Child) -> int | None:
        """Wait until it ends by itself (its exit code) or must be stopped (None)."""
        process, rotated, felt = _running(state), time.monotonic(), time.monotonic()
        while not self._stopping.is_set():
            try:
                return process.wait(_POLL_S * 2)
            except subprocess.TimeoutExpired:
                if time.monotonic() - rotated > _ROTATE_EVERY_S:
                    rotating_output.rotate(self._logs / f"{child.name}.log")
                    rotated = time.monotonic()
                if time.monotonic() - felt > _CHECK_EVERY_S:
                    felt = time.monotonic()
                    self._end_if_stuck(state, child)
        return None

    def _end_if_stuck(self, state: _UnitState, child: Child) -> None:
        """Kill a child that lives but does not progress; its end is then seen as any other."""
        process = _running(state)
        complaint = child.watchdog.stuck_reason(process.pid) if child.watchdog else ""
        if complaint:
            state.is_stuck = True
            self._kill(process, child.name, complaint)

    def _end_unit(self, state: _UnitState) -> None:
        """Stop this unit once all that come after it have stopped."""
        self._stopping.wait()
        for other in self._states.values():
            if state.unit.name in other.unit.after:
                other.stopped.wait()
        try:
            if (
                isinstance(state.unit, Child)
                and state.process is not None
                and state.process.poll() is None
            ):
                self._terminate(state.process, state.unit)
        finally:
            state.stopped.set()

    def _terminate(self, process: subprocess.Popen[bytes], child: Child) -> None:
        began = time.monotonic()
        self._emit(UnitEvent("stopping", child.name, pid=process.pid))
        process.terminate()
        while process.poll() is None:
            if self._kill_now.is_set() or time.monotonic() - began > child.stop_timeout:
                self._kill(process, child.name)
            time.sleep(_POLL_S / 2)
        self._emit(UnitEvent("stopped", child.name, time.monotonic() - began, process.pid))

    def _kill(self, process: subprocess.Popen[bytes], name: str, why: str = "") -> None:
        """Kill the child and what it started: it leads a session of its own."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self._emit(UnitEvent("killed", name, pid=process.pid, detail=why))

    def _mark_ready(self, state: _UnitState, event: UnitEvent) -> None:
        """Report first, so that no later unit is reported before this one."""
        self._emit(event)
        state.ready.set()
        self._wake()

    def _fail(self, error: QuipuError) -> None:
        self._failure = self._failure or error
        self._wake()

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def _emit(self, event: UnitEvent) -> None:
        say = log.error if event.kind in ("died", "killed") else log.info
        say(
            f"unit_{event.kind}",
            unit=event.name,
            seconds=round(event.seconds, 2),
            pid=event.pid,
            detail=event.detail,
        )
        self._on_event(event)


def _running(state: _UnitState) -> subprocess.Popen[bytes]:
    if state.process is None:
        raise AssertionError(f"{state.unit.name} was not started")
    return state.process


def _pid(process: subprocess.Popen[bytes] | None) -> int | None:
    return process.pid if process is not None and process.poll() is None else None
