"""Read quipu.config to its end, verified against the anchor and folded; and write to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from threading import Lock
from typing import Any, NamedTuple, Protocol

import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from infra.exchange_log.log_owner import foreign_log, signer_of
from infra.exchange_log.partition_reader import PartitionReader
from infra.kafka.clients import open_producer
from infra.kafka_access import ProcessName
from infra.keys import keyring
from infra.settings import Settings
from schemas import topics
from schemas.config_entry import read_entry, write_entry
from schemas.crypto.sealing import read_signed, sign
from schemas.crypto.trusted_keys import TrustedKeys, signing_trust
from schemas.errors import ConfigRefusedError, QuipuFormatError
from schemas.exchange_config import ConfigHistory
from schemas.model import Message

log = structlog.get_logger(__name__)

ACK_TIMEOUT_S = 30.0


class RefusedEntry(NamedTuple):
    """Describe a message that is in effect for nobody: where, its stable code, what is wrong."""

    offset: int
    code: str
    detail: str


class Signer(Protocol):
    """Have the key that signs for the mechanism, as infra.keys.keyring.MechanismKeys does."""

    @property
    def signing(self) -> Ed25519PrivateKey:
        """Return the private signing key."""
        ...

    @property
    def key_id(self) -> str:
        """Return the key's id, which messages carry."""
        ...


class ConfigLog:
    """Hold the config of one process. Threads may share it."""

    def __init__(self, settings: Settings) -> None:
        """Begin with nothing read; the first refresh connects."""
        self.refused: list[RefusedEntry] = []
        """What was read and refused, in the order of the log."""
        self.refused_messages: list[Message] = []
        """The same messages, whole, for those who report them."""
        self._settings = settings
        self._config = ConfigHistory()
        self._anchor: tuple[str, Ed25519PublicKey] | None = None
        self._reader: PartitionReader | None = None
        self._lock = Lock()
        self._calls = count(1)
        self._newest_call = self._answered_call = 0
        self._owner: str | None = None

    def refresh(self) -> ConfigHistory:
        """Return all entries up to the topic's end at the time of this call.

        It takes about a millisecond when there is nothing new. Threads that call while another
        reads share the next reading, which asks for the end after their calls. The object is the
        same each time, grown. Raises LogStalledError, NotFoundedError where there is no anchor, and
        ForeignLogError where the log begins with another mechanism's entry.
        """
        self._newest_call = call = next(self._calls)
        with self._lock:
            if self._answered_call < call:
                newest = self._newest_call
                self._read_to_end()
                self._answered_call = newest
            self._check_owner()
            return self._config

    def trusted_keys(self) -> TrustedKeys:
        """Return the keys that sign config, receipts and hits, as of the last refresh.

        Raises NotFoundedError where there is no anchor.
        """
        return signing_trust(self._anchor or keyring.trust_anchor(self._settings), self._config)

    def close(self) -> None:
        """Close the connection; the next refresh continues from there."""
        with self._lock:
            if self._reader is not None:
                self._reader.close()

    def _read_to_end(self) -> None:
        if self._reader is None:
            self._anchor = keyring.trust_anchor(self._settings)
            self._reader = PartitionReader(self._settings.kafka, topics.CONFIG, 0)
        for message in self._reader.read_to_end():
            self._take(message)

    def _check_owner(self) -> None:
        """Raise ForeignLogError at every refresh of a log that another mechanism founded."""
        own = (self._anchor or keyring.trust_anchor(self._settings))[0]
        if self._owner not in (None, own):
            raise foreign_log(self._settings.keys_dir, str(self._owner), own)

    def _take(self, message: Message) -> None:
        anchor = self._anchor or keyring.trust_anchor(self._settings)
        self._owner = self._owner or signer_of(message.value)
        self._check_owner()
        try:
            admit(self._config, message, anchor)
        except QuipuFormatError as error:
            self.refused.append(RefusedEntry(message.offset, error.code, error.detail))
            self.refused_messages.append(message)
            log.warning(
                "config_entry_refused", offset=message.offset, code=error.code, detail=error.detail
            )


def admit(config: ConfigHistory, message: Message, anchor: tuple[str, Ed25519PublicKey]) -> None:
    """Add one message of quipu.config. Raises QuipuFormatError: then it is in effect for nobody.

    It is signed by the anchor or by a key that follows from it; only the newest announces another.
    """
    trust = signing_trust(anchor, config)
    body = trust.open(topics.CONFIG, message.value, message.appended_at)
    name, entry, effective_from = read_entry(body)
    if name == "SigningKey" and read_signed(message.value)["key_id"] != trust.newest:
        raise ConfigRefusedError(f"only {trust.newest} announces the next signing key")
    if name == "SigningKey" and entry["key_id"] in trust.keys:
        raise ConfigRefusedError(f"the key {entry['key_id']} was announced before")
    try:
        config.add(name, entry, effective_from, message.appended_at)
    except QuipuFormatError:
        raise
    except ValueError as error:  # a public key that is none
        raise ConfigRefusedError(f"{name}: {error}") from error


def append(
    settings: Settings,
    name: str,
    entry: Mapping[str, Any],
    effective_from: int,
    mechanism_keys: Signer | None = None,
) -> int:
    """Sign an entry with the mechanism's key, write it and wait for Kafka; return its offset.

    `effective_from`: ms since 1970 UTC, or 0 while founding. Whoever reads the entry decides
    whether it is in effect: `ConfigLog.refused` lists those that are not.
    """
    return append_all(settings, [(name, entry, effective_from)], mechanism_keys)[0]


def append_all(
    settings: Settings,
    entries: Sequence[tuple[str, Mapping[str, Any], int]],
    mechanism_keys: Signer | None = None,
) -> list[int]:
    """Append several entries (name, entry, effective_from) in this order, over one connection.

    It does for each what `append` does, and returns their offsets.
    """
    keys = mechanism_keys or keyring.load_mechanism_keys(settings)
    values = [
        sign(topics.CONFIG, write_entry(*entry), keys.key_id, keys.signing) for entry in entries
    ]
    access = settings.acting_as(ProcessName.CONFIG_WRITER).kafka
    producer = open_producer(access, acks="all", enable_idempotence=True)
    try:
        sent = [producer.send(topics.CONFIG, value=value, partition=0) for value in values]
        offsets = [int(future.get(timeout=ACK_TIMEOUT_S).offset) for future in sent]
    finally:
        producer.close()
    log.info(
        "config_appended",
        entries=[name for name, _, _ in entries],
        first=offsets[0] if offsets else None,
    )
    return offsets
