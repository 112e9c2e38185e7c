"""The disclosure ledger: what was shown to whom is written to the topic quipu.disclosures, and
acknowledged, before the answer goes out.

It is no derived table: it outlives every database. Each process writes one chain: an entry carries
the SHA-256 of its writer's former message, the first one that of the topic's last message at that
time, and all are signed with the mechanism's key. So a message that is missing, changed or put in
between shows (`breaks`).

Nothing is shown where it cannot be written: LedgerUnavailableError.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Lock
from typing import Any, NamedTuple

import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from kafka import KafkaProducer
from kafka.errors import KafkaError

from consumers.query.disclosed import Disclosed, acceptance_record, ledger_records
from infra.errors import QuipuError, Words
from infra.exchange_log.config_log import Signer
from infra.exchange_log.partition_reader import LogStalledError, PartitionReader
from infra.settings import Settings
from schemas.avro.codec import Record, log_format
from schemas.avro.log_records import DisclosureRecord
from schemas.crypto.sealing import read_signed, sign, verify
from schemas.errors import BadSignatureError, QuipuFormatError
from schemas.model import Message, Reader, ReaderCondition
from schemas.topics import DISCLOSURES

log = structlog.get_logger(__name__)

ACK_TIMEOUT_S = 5.0
GENESIS_HASH = bytes(32)
_PRODUCER = {
    "acks": "all",
    "enable_idempotence": True,
    "linger_ms": 0,
    "max_request_size": 1_400_000,
    "max_block_ms": 4_000,
    "request_timeout_ms": 4_000,
    "delivery_timeout_ms": 4_500,
    "bootstrap_timeout_ms": 3_000,
    "allow_auto_create_topics": False,
}
_UNAVAILABLE = (KafkaError, LogStalledError, OSError, TimeoutError)


class LedgerUnavailableError(QuipuError):
    """What would be shown cannot be recorded, so it is not shown."""

    code = "LEDGER_AWAY"


class ChainBreak(NamedTuple):
    """Where the ledger does not hold. `offset`: of the message at which it shows."""

    offset: int
    writer: str
    why: Words


class DisclosureLedger:
    """One writer. Threads may share it: they queue only while an entry is made, and wait for their
    own acknowledgement side by side.
    """

    def __init__(self, settings: Settings, keys: Callable[[], Signer]) -> None:
        self._settings = settings
        self._keys = keys
        self._lock = Lock()
        self._producer: Any = None
        self._chain: _Chain | None = None

    def disclose(self, shown: Iterable[Disclosed], through: str) -> None:
        """Record an answer; nothing where it showed nothing. Raises LedgerUnavailableError: then it must not be
        shown.
        """
        self._write(
            [entry for one in shown if one for entry in ledger_records(one, through, _now())]
        )

    def accept(
        self, reader: Reader, condition: ReaderCondition, event: str | None, through: str
    ) -> None:
        """Record that a reader accepts an owner's condition. Raises LedgerUnavailableError."""
        self._write([acceptance_record(reader, condition, event, through, _now())])

    def close(self) -> None:
        """Close the connection; the next entry begins another chain."""
        with self._lock:
            self._drop()

    def _write(self, records: list[Record]) -> None:
        try:
            futures = [self._send(record) for record in records]
            for future in futures:
                future.get(timeout=ACK_TIMEOUT_S)
        except _UNAVAILABLE as error:
            log.warning(
                "disclosure_not_recorded", error=repr(error), consequence="the answer is not shown"
            )
            # whether the entry arrived is not known: another chain begins, and names the topic's
            # last message
            self.close()
            raise _unavailable(error) from error

    def _send(self, record: Record) -> Any:
        with self._lock:
            chain = self._open()
            keys = self._keys()
            body = log_format("disclosure").write({**chain.next(), **record})
            value = sign(DISCLOSURES, body, keys.key_id, keys.signing)
            future = self._producer.send(DISCLOSURES, value=value, partition=0)
            chain.append(value)
            return future

    def _open(self) -> _Chain:
        if self._chain is None or self._producer is None:
            self._producer = KafkaProducer(bootstrap_servers=self._settings.kafka, **_PRODUCER)
            self._chain = _Chain(*_last(self._settings))
        return self._chain

    def _drop(self) -> None:
        producer, self._producer, self._chain = self._producer, None, None
        if producer is not None:
            with suppress(
                KafkaError, OSError, ValueError
            ):  # it may be thrown away because it is broken
                producer.close(timeout=0)


class _Chain:
    """Where a writer stands."""

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


def _last(settings: Settings) -> tuple[int | None, bytes]:
    """Offset and SHA-256 of the topic's last message."""
    reader = PartitionReader(settings.kafka, DISCLOSURES, 0)
    try:
        end = reader.end()
        reader.seek(max(0, end - 1))
        for message in reader.read(end):
            return message.offset, hashlib.sha256(message.value).digest()
        return None, GENESIS_HASH
    finally:
        reader.close()


def read_entry(value: bytes, key_id: str, public: Ed25519PublicKey) -> bytes:
    """The framed Disclosure in a message of the topic. Raises BadSignatureError, BrokenFormatError,
    UnknownFormatError.
    """
    signed = read_signed(value)
    if signed["key_id"] != key_id:
        raise BadSignatureError(
            f"signed by {signed['key_id']!r}, not by the mechanism's key {key_id!r}", "UNKNOWN_KEY"
        )
    return verify(DISCLOSURES, signed, public)


def verify_chain(
    messages: Iterable[Message], key_id: str, public: Ed25519PublicKey
) -> list[ChainBreak]:
    """What is missing, changed or foreign in the ledger, by the messages of the whole topic in
    their order. Pure.
    """
    found: list[ChainBreak] = []
    hashes: dict[int, bytes] = {}
    ends: dict[bytes, tuple[int, bytes]] = {}
    expected = 0
    for message in messages:
        if message.offset != expected:
            found.append(
                ChainBreak(
                    message.offset,
                    "",
                    Words(
                        f"faltan {message.offset - expected}",
                        f"{message.offset - expected} missing",
                    ),
                )
            )
        expected = message.offset + 1
        hashes[message.offset] = hashlib.sha256(message.value).digest()
        try:
            entry = log_format("disclosure").read(read_entry(message.value, key_id, public))
        except QuipuFormatError as error:
            found.append(
                ChainBreak(
                    message.offset,
                    "",
                    Words(
                        f"no es del mecanismo: {error.detail}",
                        f"not the mechanism's: {error.detail}",
                    ),
                )
            )
            continue
        found += _chain_breaks(message.offset, entry, ends, hashes)
        ends[entry["writer"]] = entry["sequence"], hashes[message.offset]
    return found


def _chain_breaks(
    offset: int,
    entry: DisclosureRecord,
    ends: dict[bytes, tuple[int, bytes]],
    hashes: dict[int, bytes],
) -> list[ChainBreak]:
    writer, sequence, previous = entry["writer"], entry["sequence"], entry["previous"]
    if writer in ends:
        holds = (sequence - 1, previous) == ends[writer]
    elif sequence != 0:
        holds = False
    elif entry["follows"] is None:
        holds = previous == GENESIS_HASH
    else:
        holds = hashes.get(entry["follows"]) == previous
    if holds:
        return []
    return [
        ChainBreak(
            offset,
            writer.hex(),
            Words("falta o cambió lo anterior", "what it follows is missing or changed"),
        )
    ]


def _now() -> int:
    return int(time.time() * 1000)


def _unavailable(error: Exception) -> LedgerUnavailableError:
    return LedgerUnavailableError(
        Words(
            f"No se puede anotar a quién se muestra qué ({type(error).__name__}); por eso no se muestra.",
            f"What is shown to whom cannot be recorded ({type(error).__name__}), so it is not shown.",
        ),
        Words(
            "Mire Kafka con «quipu status» y repita la pregunta.",
            "Look at Kafka with `quipu status`, then ask again.",
        ),
    )
