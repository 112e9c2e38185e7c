"""End a worker when config names another generation or signing key.

Its supervisor starts it for that generation, or it says which key is missing.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import closing

import structlog
from kafka.errors import KafkaError

from infra.clock import now_ms
from infra.errors import KeyringError, LogStalledError
from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.log_owner import check_signing_key
from infra.keys import keyring
from streams.worker.worker_config import WorkerConfig

log = structlog.get_logger(__name__)

CHECK_EVERY_S = 2.0


class GenerationWatch:
    """Read config every CHECK_EVERY_S seconds, in a thread that never keeps the process alive."""

    def __init__(self, config: WorkerConfig, stop: Callable[[], None]) -> None:
        """`stop` is called once, in the loop, when the worker must not go on."""
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
        log.info("config_changed", generation=self._config.generation)
        loop.call_soon_threadsafe(self._stop)

    def _serves(self, config_log: ConfigLog) -> bool:
        """Say whether this worker's generation and key serve; without an answer nothing changes."""
        settings = self._config.settings
        try:
            config, now = config_log.refresh(), now_ms()
            check_signing_key(keyring.load_mechanism_keys(settings), config, now)
        except KeyringError as error:
            log.error("signing_key_replaced", reason=error.message.in_language(settings.lang))  # noqa: TRY400 - the words say it
            return False
        except (KafkaError, LogStalledError) as error:
            log.info("config_not_read", error=repr(error))
            return True
        return config.at(now).generation == self._config.generation
