"""Collect the facts, each probe in a thread of its own with a time-out.

So what does not answer hides nothing else. Connections are kept between calls, so that the API's
`/health` and `/metrics` cost a few tens of milliseconds each. A probe whose last call still hangs
is not asked again until that ends: however long Kafka or the store is stuck, one thread each waits
for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime
from typing import Any, Generic, TypeVar

import structlog
from kafka.errors import KafkaError

from consumers.health.cluster_facts import MemberStatus
from consumers.health.facts import (
    Facts,
    KafkaStatus,
    OutboxStatus,
    StoreStatus,
    Unavailable,
)
from consumers.health.kafka_probe import TCP_TIMEOUT_S, KafkaProbe
from consumers.health.local_probe import outboxes, processes
from consumers.health.member_probe import MemberProbe
from consumers.health.mended_bundles import BundleIdentityReader
from consumers.health.node_statuses import node_statuses
from consumers.health.store_probe import StoreProbe, TableCounts
from infra.clock import now_ms
from infra.errors import NotFoundedError, QuipuError
from infra.exchange_log import generation as generations
from infra.exchange_log.config_log import ConfigLog
from infra.kafka.tcp_probe import require_tcp
from infra.kafka_access import ProcessName
from infra.keys import keyring
from infra.settings import Settings
from schemas.exchange_config import ConfigView
from schemas.i18n import _

log = structlog.get_logger(__name__)

T = TypeVar("T")
CLI_TIMEOUT_S = 5.0
API_TIMEOUT_S = 1.5
"""`quipu up` gives the API two seconds to say that it is ready."""


class Probe(Generic[T]):
    """A question that is asked in a thread, since it may hang."""

    def __init__(self, name: str) -> None:
        """`name` is used in the thread's name and in the log."""
        self._name = name
        self._running: Future[T] | None = None

    def begin(self, ask: Callable[[], T]) -> None:
        """Ask, unless the last question has no answer yet."""
        if self._running is None or self._running.done():
            self._running = Future()
            threading.Thread(
                target=self._answer,
                args=(self._running, ask),
                name=f"health-{self._name}",
                daemon=True,
            ).start()

    @property
    def hangs(self) -> bool:
        """Whether the last question has no answer yet."""
        return self._running is not None and not self._running.done()

    def result(self, until: float) -> T | Unavailable:
        """Return what came until then (`time.monotonic()`), or why nothing came."""
        if self._running is None:
            raise RuntimeError(f"{self._name} was not asked")
        try:
            return self._running.result(max(0.0, until - time.monotonic()))
        except NotInTime:
            return Unavailable(_("no answer in time"), is_late=True)
        except QuipuError as error:
            return Unavailable(error.message)
        except Exception as error:  # noqa: BLE001 - a client may raise anything; it is shown
            log.debug("health_piece_failed", piece=self._name, error=repr(error))
            reason = str(error).splitlines()[0][:80] if str(error) else "no reason given"
            return Unavailable(f"{type(error).__name__}: {reason}")

    @staticmethod
    def _answer(running: Future[T], ask: Callable[[], T]) -> None:
        try:
            running.set_result(ask())
        except BaseException as error:  # noqa: BLE001 - handed to whoever asks for the result
            running.set_exception(error)


class FactsCollector:
    """Collects the facts for one process; one call of `facts` at a time."""

    def __init__(self, settings: Settings) -> None:
        """Connect to nothing yet; connections are made by the first call."""
        settings = settings.acting_as(ProcessName.HEALTH)
        self._settings = settings
        self._config_log: ConfigLog | None = None
        self._kafka_side, self._store_side, self._count_side = (
            KafkaProbe(settings),
            StoreProbe(settings),
            StoreProbe(settings),
        )
        self._bundle_identities = BundleIdentityReader(settings)
        self._config: Probe[ConfigView] = Probe("config")
        self._kafka: Probe[KafkaStatus] = Probe("kafka")
        self._store: Probe[StoreStatus] = Probe("store")
        self._counts: Probe[TableCounts] = Probe("counts")
        self._members_side = MemberProbe(settings)
        self._members: Probe[list[MemberStatus]] = Probe("members")
        self._outboxes: Probe[dict[str, OutboxStatus | Unavailable]] = Probe("outboxes")

    def facts(self, within: float = CLI_TIMEOUT_S) -> Facts:
        """Return everything that is known within so many seconds."""
        began, now = time.monotonic(), now_ms()
        until = began + within
        self._outboxes.begin(lambda: outboxes(self._settings))
        self._config.begin(self._view)
        view = self._config.result(began + within / 2)
        number = view.generation if isinstance(view, ConfigView) else None
        self._kafka.begin(lambda: self._kafka_side.measure(number or generations.FIRST_GENERATION))
        self._store.begin(lambda: self._store_side.measure(number))
        self._counts.begin(
            lambda: self._count_side.count(number, now, self._bundle_identities.read)
        )
        self._members.begin(lambda: self._members_side.read(number))
        kafka = self._kafka.result(until)
        store, counts = self._store.result(until), self._counts.result(until)
        boxes = self._outboxes.result(until)
        return Facts(
            now,
            time.monotonic() - began,
            view if isinstance(view, Unavailable) else view.generation,
            kafka,
            store,
            processes(self._settings),
            node_statuses(
                view,
                counts,
                {} if isinstance(boxes, Unavailable) else boxes,
                self._settings.canary,
            ),
            counts.canaries if isinstance(counts, TableCounts) else counts,
            counts.refused if isinstance(counts, TableCounts) else counts,
            counts.floods if isinstance(counts, TableCounts) else counts,
            self._members.result(until),
        )

    def close(self) -> None:
        """Close the connections, but those on which a question still hangs.

        The threads of these end with the process.
        """
        probes: list[tuple[Probe[Any], Callable[[], None]]] = [
            (self._kafka, self._kafka_side.close),
            (self._store, self._store_side.close),
            (self._counts, self._count_side.close),
            (self._members, self._members_side.close),
        ]
        if self._config_log is not None:
            probes.append((self._config, self._config_log.close))
        for probe, close in probes:
            if not probe.hangs:
                close()

    def _view(self) -> ConfigView:
        """Return what config says now; an empty view where the mechanism is not founded yet."""
        require_tcp(self._settings.kafka, TCP_TIMEOUT_S)
        try:
            keyring.trust_anchor(self._settings)
        except NotFoundedError:
            return ConfigView()
        if self._config_log is None:
            self._config_log = ConfigLog(self._settings)
        try:
            return self._config_log.refresh().at(now_ms())
        except (KafkaError, QuipuError):
            self._config_log = None  # another connection next time
            raise
