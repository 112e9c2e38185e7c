"""End a worker when config names another generation; its supervisor starts it for that one."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import closing

import structlog
from kafka.errors import KafkaError

from infra.clock import now_ms
from infra.errors import LogStalledError
from infra.exchange_log.config_log import ConfigLog
from streams.worker.worker_config import WorkerConfig

log = structlog.get_logger(__name__)

CHECK_EVERY_S = 2.0


class GenerationWatch:
    """Read config every CHECK_EVERY_S seconds, in a thread that never keeps the process alive."""

    def __init__(self, config: WorkerConfig, stop: Callable[[], None]) -> None:
        """`stop` is called once, in the loop, when another generation serves."""
        self._config, self._stop = config, stop

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to watch, in a thread of its own."""
        threading.Thread(
            target=self._watch, args=(loop,), name="generation-watch", daemon=True
        ).start()

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        with closing(ConfigLog(self._config.settings)) as config_log:
            while self._serves(config_log):
                time.sleep(CHECK_EVERY_S)
        log.info("another_generation_serves", generation=self._config.generation)
        loop.call_soon_threadsafe(self._stop)

    def _serves(self, config_log: ConfigLog) -> bool:
        """Say whether this worker's generation serves; without an answer nothing changes."""
        try:
            return config_log.refresh().at(now_ms()).generation == self._config.generation
        except (KafkaError, LogStalledError) as error:
            log.info("config_not_read", error=repr(error))
            return True
