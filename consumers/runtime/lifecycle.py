"""Run a process that follows a generation's topics: ready, founded, serving, waiting, stopped."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import closing
from types import FrameType
from typing import NamedTuple

import structlog
from kafka.errors import KafkaError

from consumers.runtime.liveness import ConsumerLiveness
from infra.clickhouse.client import LOST_CONNECTION
from infra.clock import now_ms
from infra.data_folder import write_atomically
from infra.errors import ForeignLogError, KeyringError, LogStalledError, NotFoundedError
from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.log_owner import check_keys
from infra.keys.keyring import MechanismKeys, load_mechanism_keys
from infra.settings import Settings
from infra.telemetry.member_writer import MemberWriter, occupation_of

log = structlog.get_logger(__name__)

RETRY_S = 1.0
UNAVAILABLE: tuple[type[Exception], ...] = (KafkaError, LogStalledError, *LOST_CONNECTION)
"""What is raised while Kafka or the store does not answer, or Kafka gave our partitions to another.
"""


class StopSignal:
    """Whether a signal has asked the process to stop."""

    def __init__(self) -> None:
        """Listen to SIGTERM and SIGINT from now on."""
        self.requested = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.requested = True


class ProcessContext(NamedTuple):
    """What a process serves with. `config_log`: read to its end; the lifecycle closes it."""

    keys: MechanismKeys
    config_log: ConfigLog
    stop: StopSignal


Serve = Callable[[ProcessContext], None]


def run(
    settings: Settings,
    ready: str,
    liveness: ConsumerLiveness,
    serve: Serve,
    unavailable: tuple[type[Exception], ...] = UNAVAILABLE,
) -> int:
    """Serve until a signal comes, or `serve` ends by itself; return the exit code.

    It is 2 where the log belongs to another mechanism, or a key is missing here.

    While what `unavailable` names is raised it waits, and then serves from what is committed, as a
    process that has just started would.
    """
    stop = StopSignal()
    liveness.start()
    member = MemberWriter(settings, settings.process, ready, lambda: occupation_of(settings, ready))
    member.start()
    write_atomically(settings.ready_file(ready), f"{os.getpid()}\n")

    def serve_own_log() -> None:
        keys = load_mechanism_keys(settings)  # they may have been rotated meanwhile
        with closing(ConfigLog(settings)) as config_log:
            check_keys(keys, config_log.refresh(), now_ms())
            serve(ProcessContext(keys, config_log, stop))

    try:
        if _founded(settings, stop, liveness) is not None:
            serve_patiently(serve_own_log, stop, liveness, unavailable)
    except (ForeignLogError, KeyringError) as error:
        reason, remedy = (text.in_language(settings.lang) for text in (error.message, error.remedy))
        log.error("not_started", code=error.code, reason=reason, remedy=remedy)  # noqa: TRY400 - the words say it
        return 2
    finally:
        member.close()
        liveness.close()
        settings.ready_file(ready).unlink(missing_ok=True)
    return 0


def serve_patiently(
    serve: Callable[[], None],
    stop: StopSignal,
    liveness: ConsumerLiveness,
    unavailable: tuple[type[Exception], ...] = UNAVAILABLE,
) -> None:
    """Serve again as often as it raises what `unavailable` names, until it ends or is stopped."""
    while not stop.requested:
        try:
            serve()
        except unavailable as error:
            _wait(error, liveness)
        else:
            return


def _wait(error: Exception, liveness: ConsumerLiveness) -> None:
    store = isinstance(error, LOST_CONNECTION)
    liveness.mark_waiting("store-away" if store else "kafka-away")
    log.warning(
        "store_away" if store else "kafka_away",
        error=repr(error),
        consequence="what is not committed is taken again",
        again_in_s=RETRY_S,
    )
    time.sleep(RETRY_S)


def _founded(
    settings: Settings, stop: StopSignal, liveness: ConsumerLiveness
) -> MechanismKeys | None:
    """Return the mechanism's keys, once it is founded; None where a stop is requested before."""
    logged = False
    while not stop.requested:
        try:
            return load_mechanism_keys(settings)
        except NotFoundedError:
            if not logged:
                log.info("waits_for_founding")
                logged = True
        liveness.mark_waiting("founding")
        time.sleep(RETRY_S)
    return None
