"""Run the processes that fill a generation while it is being rebuilt."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from infra.errors import QuipuError
from infra.settings import Settings
from infra.supervisor.bound_command import bound_command
from schemas.i18n import _

MEMBER = "rebuild"
STOP_S = 30.0
MOST_RESTARTS = 5
"""A worker ends where others join or leave at a bad moment; started again, it continues."""


class RebuildError(QuipuError):
    """The rebuild could not come to its end; the generation that serves is untouched."""

    code = "REBUILD"


@contextmanager
def rebuild_workers(settings: Settings, number: int) -> Iterator[Callable[[], None]]:
    """Run a stream worker and a sink of a generation, for the time of the block.

    They end with this process too, even where it is killed. Yields a check that starts one again
    which has ended, and raises RebuildError when it ends again and again.
    """
    commands = {
        f"{MEMBER}-worker": ("streams.worker", "--member", MEMBER, "--generation", str(number)),
        f"{MEMBER}-sink": (
            "consumers.sink",
            "--generation",
            str(number),
            "--ready",
            f"{MEMBER}-sink",
        ),
    }
    started: dict[str, subprocess.Popen[bytes]] = {}
    starts: Counter[str] = Counter()

    def check_alive() -> None:
        for name, command in commands.items():
            code = started[name].poll() if name in started else None
            if code is not None and starts[name] > MOST_RESTARTS:
                raise _ended(settings, name, code)
            if name not in started or code is not None:
                started[name] = _start(settings, name, command)
                starts[name] += 1

    try:
        check_alive()
        yield check_alive
    finally:
        _stop(started.values())
        if (settings.state_dir / MEMBER).exists():
            shutil.rmtree(
                settings.state_dir / MEMBER
            )  # nobody continues it, so no erasure would reach it


def _start(settings: Settings, name: str, command: Sequence[str]) -> subprocess.Popen[bytes]:
    with (settings.logs_dir / f"{name}.log").open("ab") as out:
        return subprocess.Popen(
            bound_command([sys.executable, "-m", *command]),
            env=os.environ | settings.environ(),
            stdout=out,
            stderr=out,
        )


def _stop(processes: Iterable[subprocess.Popen[bytes]]) -> None:
    every = list(processes)
    for process in every:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    for process in every:
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _ended(settings: Settings, name: str, code: int) -> RebuildError:
    log_file = settings.logs_dir / f"{name}.log"
    return RebuildError(
        _("{name} stopped unexpectedly (code {code}).", name=name, code=code),
        _("Look at {log_file} and try again.", log_file=log_file),
    )
