"""The life of a process that follows a generation's topics, the sink's and that of hits: ready,
founded, serving, away, stopped.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from types import FrameType

import structlog
from kafka.errors import KafkaError

from consumers.runtime.liveness import ConsumerLiveness
from infra.data_folder import write_atomically
from infra.exchange_log.partition_reader import LogStalledError
from infra.keys.keyring import KeyringError, MechanismKeys, load_mechanism_keys
from infra.settings import Settings

log = structlog.get_logger(__name__)

RETRY_S = 1.0
UNAVAILABLE: tuple[type[Exception], ...] = (KafkaError, LogStalledError)
"""What is raised while Kafka does not answer, or gave our partitions to another."""


class StopSignal:
    """Asked for by a signal."""

    def __init__(self) -> None:
        self.requested = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.requested = True


Serve = Callable[[MechanismKeys, StopSignal], None]


def run(
    settings: Settings,
    ready: str,
    pulse: ConsumerLiveness,
    serve: Serve,
    away: tuple[type[Exception], ...] = UNAVAILABLE,
) -> int:
    """Until a signal comes, or `serve` ends by itself. The exit code.

    While what `away` names is raised it waits, and then serves from what is committed, as a process
    started anew would.
    """
    stop = StopSignal()
    pulse.start()
    write_atomically(settings.ready_file(ready), f"{os.getpid()}\n")
    try:
        keys = _founded(settings, stop, pulse)
        while keys is not None and not stop.requested:
            try:
                serve(keys, stop)
                break
            except away as error:
                pulse.mark_waiting("kafka-away")
                log.warning(
                    "kafka_away",
                    error=repr(error),
                    consequence="what is not committed is taken again",
                    again_in_s=RETRY_S,
                )
                time.sleep(RETRY_S)
    finally:
        pulse.close()
        settings.ready_file(ready).unlink(missing_ok=True)
    return 0


def _founded(settings: Settings, stop: StopSignal, pulse: ConsumerLiveness) -> MechanismKeys | None:
    """The mechanism's keys, waited for: an exchange that is not founded yet has nothing to follow.
    None when asked to stop meanwhile.
    """
    told = False
    while not stop.requested:
        try:
            return load_mechanism_keys(settings)
        except KeyringError as error:
            if error.code != "NOT_FOUNDED":
                raise
        if not told:
            log.info("waits_for_founding")
            told = True
        pulse.mark_waiting("founding")
        time.sleep(RETRY_S)
    return None
