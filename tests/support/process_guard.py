"""End what a test process started, once that process has ended: also when it was killed.

The time limit of a test ends the whole process, by `os._exit`; then no fixture stops its engine, its
broker or its browser. So each test process has a guard, a process of its own that looks whether the
test process lives. All that a test starts inherits a variable of the environment, by which the guard
knows it. On other systems than Linux there is no `/proc`, and nothing is ended.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

MARK = "STARTED_BY_TEST_PROCESS"
"""The variable; its name does not begin as those that the product's processes do not inherit."""
LOOK_EVERY_S = 0.5
PROCESSES = Path("/proc")


def start_guard() -> subprocess.Popen[bytes]:
    """Mark what this process starts from now on, and start the guard over it."""
    unmarked = {name: text for name, text in os.environ.items() if name != MARK}
    os.environ[MARK] = f"{os.getpid()}-{secrets.token_hex(8)}"
    command = [sys.executable, "-I", "-S", __file__, str(os.getpid()), os.environ[MARK]]
    return subprocess.Popen(command, env=unmarked, start_new_session=True)


def marked_processes(mark: str) -> Iterator[int]:
    """Yield the ids of the living processes whose environment has the mark."""
    entry = f"{MARK}={mark}".encode()
    for folder in PROCESSES.iterdir() if PROCESSES.is_dir() else ():
        if folder.name.isdecimal():
            try:
                environment = (folder / "environ").read_bytes()
            except OSError:
                continue  # it has ended, or is another user's
            if entry in environment.split(b"\0"):
                yield int(folder.name)


def end_marked(mark: str) -> None:
    """Kill the marked processes, and those that they start meanwhile, until none is left."""
    while processes := list(marked_processes(mark)):
        for process in processes:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
        time.sleep(LOOK_EVERY_S / 10)


def main() -> None:
    """Wait for the end of a test process, then end what it has started."""
    parent, mark = int(sys.argv[1]), sys.argv[2]
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY_S)
    end_marked(mark)


if __name__ == "__main__":
    main()
