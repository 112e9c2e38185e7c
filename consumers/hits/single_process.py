"""Let one process of the exchange work at a time: the others wait, on whatever machine they are."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

import structlog

from infra.file_lock import file_lock
from infra.kafka import clients
from infra.machine_name import machine_name
from infra.settings import Settings
from schemas.topics import DISCLOSURES, hits_group

log = structlog.get_logger(__name__)

POLL_MS = 200
SESSION_MS = 10_000


class SingleProcessLease:
    """Hold the one partition of a topic within a consumer group of Kafka.

    Kafka gives the partition to one member of the group, and to another when that one is gone. No
    message is read. Call `is_held` at least every five minutes.
    """

    def __init__(self, settings: Settings, generation: int) -> None:
        """Prepare to join the group of the hits processes of a generation."""
        self._settings, self._generation = settings, generation
        self._open = ExitStack()
        self._consumer: Any = None
        self._is_waiting = False

    def is_held(self) -> bool:
        """Say whether this process is the one that works now. Raises KafkaError."""
        is_held = self._joined() and self._has_partition()
        if not is_held and not self._is_waiting:
            log.warning("another_process_sends_hits", consequence="this one waits")
        self._is_waiting = not is_held
        return is_held

    def close(self) -> None:
        """Let another process take over: at once on this machine, elsewhere after SESSION_MS."""
        self._consumer = None
        self._open.close()

    def _joined(self) -> bool:
        """Join the group, unless another process of this data folder is in it.

        The group knows this folder by one name, so that a restart takes over at once.
        """
        if self._consumer is not None:
            return True
        settings = self._settings
        try:
            self._open.enter_context(file_lock(settings.run_dir / "hits.lock", patience=0))
        except BlockingIOError:
            return False
        self._consumer = clients.open_group_member(
            settings.kafka,
            DISCLOSURES,
            group_id=f"{hits_group(self._generation)}-process",
            group_instance_id=machine_name(settings),
            enable_auto_commit=False,
            auto_offset_reset="latest",
            session_timeout_ms=SESSION_MS,
        )
        self._open.callback(self._consumer.close, autocommit=False)
        return True

    def _has_partition(self) -> bool:
        self._consumer.poll(timeout_ms=POLL_MS, max_records=1)
        partitions = self._consumer.assignment()
        if partitions:
            self._consumer.pause(*partitions)
        return bool(partitions)
