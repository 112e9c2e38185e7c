"""Write the disclosure ledger: the topic quipu.disclosures holds what was shown to whom.

An entry is written and acknowledged before its answer goes out.

It is no derived table: it outlives every database. Each process writes one chain: an entry carries
the SHA-256 of its writer's former message, the first one that of the topic's last message at that
time, and all are signed with the key that config announces for the ledger. So a message that is
missing, changed or put in between shows (`consumers.ledger.verification`).

Nothing is shown where it cannot be written: LedgerUnavailableError.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from time import monotonic
from typing import Any

import structlog
from kafka.errors import KafkaError

from consumers.ledger.background_work import BackgroundWork, seconds_until
from consumers.ledger.entries import (
    GENESIS_HASH,
    acceptance_record,
    empty_lookup_record,
    ledger_records,
    purpose_record,
    verdict_record,
    work_record,
)
from consumers.ledger.recent_lookups import RecentLookups
from consumers.query.disclosed import Disclosed
from consumers.query.empty_lookups import HashedLookup
from consumers.query.work.acts import WorkDraft
from infra.clock import now_ms
from infra.errors import FoundingError, KeyringError, LogStalledError, QuipuError
from infra.exchange_log.ledger_key import LedgerSigner, load_ledger_signer
from infra.exchange_log.partition_reader import PartitionReader
from infra.kafka.clients import open_producer
from infra.settings import Settings
from schemas.avro.codec import Record, log_format
from schemas.crypto.sealing import sign
from schemas.i18n import _
from schemas.model import Reader, ReaderCondition
from schemas.topics import DISCLOSURES, WORK_KEYS
from streams.identities.mention import PairVerdict

log = structlog.get_logger(__name__)

RECORD_WITHIN_S = 3.5
"""How long all waits for one answer's entries may take: it is refused within 5 s."""
_PRODUCER = {
    "acks": "all",
    "enable_idempotence": True,
    "linger_ms": 0,
    "max_request_size": 1_400_000,
    "max_block_ms": 2_500,
    "request_timeout_ms": 2_500,
    "delivery_timeout_ms": 2_800,
    "bootstrap_timeout_ms": 1_500,
    "allow_auto_create_topics": False,
}
_UNAVAILABLE = (KafkaError, LogStalledError, OSError, TimeoutError)


SIGNER_S = 20.0
"""How long a key signs before config is asked again; shorter than any notice."""


class LedgerUnavailableError(QuipuError):
    """What would be shown cannot be recorded, so it is not shown."""

    code = "LEDGER_AWAY"


class DisclosureLedger:
    """A writer of the ledger, with a chain of its own.

    Threads may share it: they queue only while an entry is made, and wait for their own
    acknowledgement side by side.
    """

    def __init__(self, settings: Settings) -> None:
        """Nothing is connected before the first entry."""
        self._settings = settings
        self._lock = Lock()
        self._lookups_lock = Lock()
        """Another one: a thread may hold the first for as long as Kafka is silent."""
        self._recent_lookups = RecentLookups()
        self._producer: Any = None
        self._chain: _Chain | None = None
        self._signer: LedgerSigner | None = None
        self._signer_until = 0.0
        self._is_broken = False
        self._loading = BackgroundWork("ledger-signer", lambda: _load_signer(settings))
        self._connecting = BackgroundWork("ledger-connect", lambda: _connect(settings))

    def disclose(
        self,
        answer: Iterable[Disclosed],
        channel: str,
        empty_lookups: Iterable[HashedLookup] = (),
    ) -> None:
        """Record an answer: what it showed, and which of its questions showed nothing.

        Equal questions of one reader that show nothing are one entry a minute. `channel`: api, cli,
        page or hit. Raises LedgerUnavailableError: then the answer must not be shown.
        """
        now = now_ms()
        with self._lookups_lock:
            lookups = self._recent_lookups.new_of(empty_lookups, now)
        records = [
            record
            for disclosed in answer
            if disclosed
            for record in ledger_records(disclosed, channel, now)
        ]
        self._write(records + [empty_lookup_record(lookup, channel, now) for lookup in lookups])
        with self._lookups_lock:
            self._recent_lookups.add(lookups, now)

    def accept(
        self, reader: Reader, condition: ReaderCondition, event: str | None, channel: str
    ) -> None:
        """Record that a reader accepts an owner's condition. Raises LedgerUnavailableError.

        `event`: id of the event where the reader met it.
        """
        self._write([acceptance_record(reader, condition, event, channel, now_ms())])

    def state_purpose(self, reader: Reader, justification: str, channel: str) -> None:
        """Record why a reader asks for another purpose. Raises LedgerUnavailableError."""
        self._write([purpose_record(reader, justification, channel, now_ms())])

    def decide(self, reader: Reader, verdict: PairVerdict, channel: str) -> None:
        """Record an analyst's verdict on a pair of persons. Raises LedgerUnavailableError."""
        self._write([verdict_record(reader, verdict, channel, now_ms())])

    def work(self, reader: Reader, draft: WorkDraft, sealed: bytes | None, channel: str) -> int:
        """Record an act on an object of work, and return the entry's offset.

        `sealed`: its content under the object's key. Raises LedgerUnavailableError.
        """
        (offset,) = self._write([work_record(reader, draft, sealed, channel, now_ms())])
        return offset

    def keep_key(self, record: Record) -> None:
        """Write the key of an object of work, or that it is erased: a WorkKey record.

        Raises LedgerUnavailableError.
        """
        value = log_format("work_key").write(record)
        with self._recording() as until:
            if not self._lock.acquire(timeout=seconds_until(until)):
                raise TimeoutError("other entries wait for Kafka, too")
            try:
                _chain, signer = self._open(until)
                signed = sign(WORK_KEYS, value, signer.key_id, signer.signing)
                key = record["object"]
                future = self._producer.send(WORK_KEYS, key=key, value=signed, partition=0)
            finally:
                self._lock.release()
            future.get(timeout=seconds_until(until))

    def note(self, records: list[Record]) -> None:
        """Record entries that are made already. Raises LedgerUnavailableError."""
        self._write(records)

    def close(self) -> None:
        """Close the connection; the next entry begins a new chain."""
        with self._lock:
            self._drop()

    def _write(self, records: list[Record]) -> list[int]:
        """Write entries, and return their offsets."""
        with self._recording() as until:
            futures = [self._send(record, until) for record in records]
            return [future.get(timeout=seconds_until(until)).offset for future in futures]

    @contextmanager
    def _recording(self) -> Iterator[float]:
        """Yield until when (monotonic, seconds) the block must have been acknowledged."""
        try:
            yield monotonic() + RECORD_WITHIN_S
        except _UNAVAILABLE as error:
            log.warning(
                "disclosure_not_recorded", error=repr(error), consequence="the answer is not shown"
            )
            # whether the entry arrived is not known: another chain begins, and names the topic's
            # last message
            self._is_broken = True
            raise _unavailable(error) from error

    def _send(self, record: Record, until: float) -> Any:
        if not self._lock.acquire(timeout=seconds_until(until)):
            raise TimeoutError("other entries wait for Kafka, too")
        try:
            chain, signer = self._open(until)
            body = log_format("disclosure").write({**chain.next(), **record})
            value = sign(DISCLOSURES, body, signer.key_id, signer.signing)
            future = self._producer.send(DISCLOSURES, value=value, partition=0)
            chain.append(value)
            return future
        finally:
            self._lock.release()

    def _open(self, until: float) -> tuple[_Chain, LedgerSigner]:
        """Return the chain and who signs. Raises TimeoutError where they have not come in time."""
        if self._is_broken:
            self._drop()
        if self._signer is None or monotonic() >= self._signer_until:
            signer = self._loading.result(until)  # config may have announced another
            if self._signer is not None and signer.key_id != self._signer.key_id:
                self._drop()
            self._signer, self._signer_until = signer, monotonic() + SIGNER_S
        if self._chain is None or self._producer is None:
            self._producer, self._chain = self._connecting.result(until)
        return self._chain, self._signer

    def _drop(self) -> None:
        producer, self._producer, self._chain = self._producer, None, None
        self._signer, self._is_broken = None, False
        if producer is not None:
            # it may be dropped because it is broken
            with suppress(KafkaError, OSError, ValueError):
                producer.close(timeout=0)


class _Chain:
    """The chain of one writer: what its next entry names as the message before it."""

    def __init__(self, follows: int | None, previous: bytes) -> None:
        self._writer = os.urandom(16)
        self._sequence = 0
        self._follows = follows
        self._previous = previous

    def next(self) -> Record:
        follows = self._follows if self._sequence == 0 else None
        return {
            "writer": self._writer,
            "sequence": self._sequence,
            "previous": self._previous,
            "follows": follows,
        }

    def append(self, value: bytes) -> None:
        self._sequence += 1
        self._previous = hashlib.sha256(value).digest()


def _connect(settings: Settings) -> tuple[Any, _Chain]:
    """Open a producer, and begin a chain after the topic's last message."""
    producer = open_producer(settings.kafka, **_PRODUCER)
    try:
        return producer, _Chain(*_last(settings))
    except BaseException:
        producer.close(timeout=0)
        raise


def _last(settings: Settings) -> tuple[int | None, bytes]:
    """Return offset and SHA-256 of the topic's last message."""
    reader = PartitionReader(settings.kafka, DISCLOSURES, 0)
    try:
        end = reader.end()
        reader.seek(max(0, end - 1))
        for message in reader.read(end):
            return message.offset, hashlib.sha256(message.value).digest()
        return None, GENESIS_HASH
    finally:
        reader.close()


def _load_signer(settings: Settings) -> LedgerSigner:
    try:
        return load_ledger_signer(settings)
    except (KeyringError, FoundingError) as error:
        raise LedgerUnavailableError(error.message, error.remedy) from error


def _unavailable(error: Exception) -> LedgerUnavailableError:
    return LedgerUnavailableError(
        _(
            "Nothing is shown, because the disclosure cannot be recorded ({name}).",
            name=type(error).__name__,
        ),
        _("Check Kafka with `quipu status`, then repeat the query."),
    )
