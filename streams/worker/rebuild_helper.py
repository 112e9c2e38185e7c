"""Help a rebuild: run a further worker for the next generation while `quipu rebuild` fills it.

`quipu rebuild` writes of itself into the topic of members. Each worker of the cluster sees it and
starts a process for that generation next to its own work, so that the log is read in parallel. The
process ends with the rebuild, and with the worker.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from contextlib import closing

import structlog
from kafka.errors import KafkaError

from infra.clock import now_ms
from infra.errors import LogStalledError
from infra.exchange_log.members import MemberLog
from infra.supervisor.bound_command import bound_command
from schemas.members import is_rebuilding
from streams.worker.worker_config import WorkerConfig

log = structlog.get_logger(__name__)

LOOK_EVERY_S = 3.0
STOP_S = 20.0


class RebuildHelper:
    """Look for a rebuild, in a thread that never keeps the process alive."""

    def __init__(self, config: WorkerConfig) -> None:
        """`config`: of the worker that helps."""
        self._config = config
        self._member = f"{config.member}-rebuild"
        self._closed = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._generation = 0
        self._thread = threading.Thread(target=self._run, name="rebuild-helper", daemon=True)

    def start(self) -> None:
        """Begin to look for a rebuild."""
        self._thread.start()

    def close(self) -> None:
        """End the further worker, and stop looking."""
        self._closed.set()
        if self._thread.is_alive():
            self._thread.join(STOP_S)

    def _run(self) -> None:
        with closing(MemberLog(self._config.settings)) as members:
            while not self._closed.wait(LOOK_EVERY_S):
                try:
                    generation = is_rebuilding(members.refresh(), self._config.generation, now_ms())
                except (KafkaError, LogStalledError) as error:
                    log.debug("members_not_read", error=repr(error))
                    continue
                self._serve(generation)
        self._end()

    def _serve(self, generation: int | None) -> None:
        """Start, keep or end the further worker; one that ended by itself is started again."""
        if generation != self._generation or generation is None:
            self._end()
        if generation is not None and (self._process is None or self._process.poll() is not None):
            self._begin(generation)

    def _begin(self, generation: int) -> None:
        settings = self._config.settings
        arguments = ("--member", self._member, "--generation", str(generation))
        command = [sys.executable, "-m", "streams.worker", *arguments]
        with (settings.logs_dir / f"worker-{self._member}.log").open("ab") as out:
            self._process = subprocess.Popen(
                bound_command(command), env=os.environ | settings.environ(), stdout=out, stderr=out
            )
        self._generation = generation
        log.info("helps_rebuild", generation=generation)

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process, self._generation = None, 0
        folder = self._config.settings.state_dir / self._member
        shutil.rmtree(folder, ignore_errors=True)  # nobody continues it: no erasure would reach it
        log.info("rebuild_helped")
