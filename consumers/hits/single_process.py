"""Let one process of the exchange work at a time: the others wait, on whatever machine they are."""

from __future__ import annotations

import structlog

from infra.kafka import clients
from infra.settings import Settings
from schemas.topics import DISCLOSURES, hits_group

log = structlog.get_logger(__name__)

POLL_MS = 200


class SingleProcessLease:
    """Hold the one partition of a topic within a consumer group of Kafka.

    Kafka gives the partition to one member of the group, and to another when that one is gone. No
    message is read. Call `is_held` at least every five minutes.
    """

    def __init__(self, settings: Settings, generation: int) -> None:
        """Join the group of the hits processes of a generation."""
        self._consumer = clients.open_consumer(
            settings.kafka,
            DISCLOSURES,
            group_id=f"{hits_group(generation)}-process",
            enable_auto_commit=False,
            auto_offset_reset="latest",
            session_timeout_ms=10_000,
        )
        self._is_waiting = False

    def is_held(self) -> bool:
        """Say whether this process is the one that works now. Raises KafkaError."""
        self._consumer.poll(timeout_ms=POLL_MS, max_records=1)
        partitions = self._consumer.assignment()
        if partitions:
            self._consumer.pause(*partitions)
        elif not self._is_waiting:
            log.warning("another_process_sends_hits", consequence="this one waits")
        self._is_waiting = not partitions
        return bool(partitions)

    def close(self) -> None:
        """Leave the group, so that another process takes over at once."""
        self._consumer.close(autocommit=False)
