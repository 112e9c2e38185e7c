"""Write of a process, every few seconds, what it is and what it works on.

Other machines cannot read its status file. A process that ends by itself removes its entry; one
that was killed becomes late.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

import structlog
from kafka.errors import KafkaError

from infra.clock import now_ms
from infra.errors import QuipuError
from infra.kafka.clients import open_producer
from infra.machine_name import machine_name
from infra.program_version import this_release
from infra.settings import Settings
from infra.telemetry import status_file
from schemas.avro.codec import log_format
from schemas.avro.log_records import MemberRecord
from schemas.members import EVERY_MS
from schemas.topics import MEMBERS

log = structlog.get_logger(__name__)

_SEND_S = 10.0
_CLOSE_S = 2.0
_PRODUCER = {
    "acks": "all",
    "allow_auto_create_topics": False,
    "max_block_ms": 5_000,
    "request_timeout_ms": 5_000,
    "delivery_timeout_ms": 8_000,
}


class Occupation(NamedTuple):
    """Say what a process works on. `partitions`: -1 for another process than a worker."""

    generation: int
    partitions: int = -1


class MemberWriter:
    """Write of one process until it is closed; Kafka's absence delays nobody."""

    def __init__(
        self, settings: Settings, kind: str, name: str, occupation: Callable[[], Occupation]
    ) -> None:
        """`name`: of the process on its machine. `occupation` is asked before each entry."""
        self._settings, self._kind = settings, kind
        self._name = f"{name}@{machine_name(settings)}"
        self._occupation, self._started_at = occupation, now_ms()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="member", daemon=True)

    def start(self) -> None:
        """Begin to write, in a thread that never keeps the process alive."""
        self._thread.start()

    def close(self) -> None:
        """Remove the entry, if that is quick."""
        self._closed.set()
        if self._thread.is_alive():
            self._thread.join(_CLOSE_S)

    def _run(self) -> None:
        producer: Any = None
        report = log.warning  # once for each time that it begins to fail, as without a permission
        while not self._closed.is_set():
            try:
                producer = producer or open_producer(self._settings.kafka, **_PRODUCER)
                self._send(producer, log_format("member").write(self._entry()))
                report = log.warning
            except (KafkaError, QuipuError, OSError) as error:
                report("member_not_written", error=repr(error))
                report = log.debug
            self._closed.wait(EVERY_MS / 1000)
        if producer is not None:
            with suppress(KafkaError, OSError):
                self._send(producer, None)
            producer.close(timeout=0)

    def _entry(self) -> MemberRecord:
        generation, partitions = self._occupation()
        return {
            "name": self._name,
            "kind": self._kind,
            "release": this_release(),
            "generation": int(generation),
            "partitions": partitions,
            "started_at": self._started_at,
            "written_at": now_ms(),
        }

    def _send(self, producer: Any, value: bytes | None) -> None:
        sent = producer.send(MEMBERS, key=self._name.encode(), value=value, partition=0)
        sent.get(timeout=_SEND_S)


def occupation_of(settings: Settings, name: str) -> Occupation:
    """Return what the status file of a process says that it works on."""
    process_status = status_file.read(settings, name)
    if process_status is None:
        return Occupation(0, 0 if name.startswith("worker-") else -1)
    values = process_status.values
    stages = values.get("stages")
    partitions = sum(stage["partitions"] for stage in stages.values()) if stages is not None else -1
    return Occupation(values.get("generation") or 0, partitions)
