"""Run the processes that fill a generation while it is being rebuilt."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from infra.errors import QuipuError
from infra.settings import Settings
from infra.supervisor.bound_command import bound_command
from schemas.i18n import _
from schemas.model import thing_partitions_of

MEMBER = "rebuild"
STOP_S = 30.0


class RebuildError(QuipuError):
    """The rebuild could not come to its end; the generation that serves is untouched."""

    code = "REBUILD"


@contextmanager
def rebuild_workers(settings: Settings, number: int) -> Iterator[Callable[[], None]]:
    """Run a stream worker and a sink of a generation, for the time of the block.

    They end with this process too, even where it is killed. Yields a check that raises
    RebuildError when one of them has ended.
    """
    partitions = str(thing_partitions_of(number))
    of_generation = ("--generation", str(number), "--partitions", partitions)
    commands = {
        f"{MEMBER}-worker": ("streams.worker", "--member", MEMBER, *of_generation),
        f"{MEMBER}-sink": (
            "consumers.sink",
            "--generation",
            str(number),
            "--ready",
            f"{MEMBER}-sink",
        ),
    }
    started: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands.items():
            with (settings.logs_dir / f"{name}.log").open("ab") as out:
                environ = os.environ | settings.environ()
                started[name] = subprocess.Popen(
                    bound_command([sys.executable, "-m", *command]),
                    env=environ,
                    stdout=out,
                    stderr=out,
                )
        yield lambda: _all_live(settings, started)
    finally:
        _stop(started.values())
        if (settings.state_dir / MEMBER).exists():
            shutil.rmtree(
                settings.state_dir / MEMBER
            )  # nobody continues it, so no erasure would reach it


def _all_live(settings: Settings, started: Mapping[str, subprocess.Popen[bytes]]) -> None:
    for name, process in started.items():
        if process.poll() is not None:
            raise _ended(settings, name, process.returncode)


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
