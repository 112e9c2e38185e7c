"""Find the keys under which the work of analysts is sealed, in the topic quipu.work-keys."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock

import structlog
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.partition_reader import PartitionReader
from infra.keys.keyring import MechanismKeys, trust_anchor
from infra.settings import Settings
from schemas.avro.codec import log_format
from schemas.crypto.disclosures import ledger_trust
from schemas.crypto.node_messages import held_keys
from schemas.crypto.work_keys import open_work_key
from schemas.errors import CannotOpenError, QuipuFormatError
from schemas.exchange_config import ConfigHistory
from schemas.model import Message
from schemas.topics import WORK_KEYS

log = structlog.get_logger(__name__)


class WorkKeyBook:
    """Answers which key an object has. Threads may share it.

    It keeps the newest message of each object as it is in the topic, about 300 bytes, and opens it
    when somebody asks: no key stays in memory.
    """

    def __init__(self, settings: Settings, config_log: ConfigLog, keys: MechanismKeys) -> None:
        """Know nothing yet; the first question connects."""
        self._settings = settings
        self._config_log = config_log
        self._keys = keys
        self._reader = PartitionReader(settings.kafka, WORK_KEYS, 0)
        self._newest: dict[bytes, Message] = {}
        self._lock = Lock()

    def key_of(self, object_id: bytes, *, newest: bool = False) -> bytes | None:
        """Return the key of an object; None where it was erased.

        `newest`: whether the topic is read to its end though the object is known: it may have been
        erased since. Raises LogStalledError, and CannotOpenError, with code KEY_MISSING where no
        key of it was ever written.
        """
        with self._lock:
            if newest or object_id not in self._newest:
                for message in self._reader.read_to_end():
                    if message.key:
                        self._newest[message.key] = message
            message_of_object = self._newest.get(object_id)
        if message_of_object is None:
            raise CannotOpenError(f"no key of the object {object_id.hex()}", "KEY_MISSING")
        return self._open(message_of_object, object_id)

    def close(self) -> None:
        """Close the connection; the next question opens it again."""
        with self._lock:
            self._reader.close()

    def _open(self, message: Message, object_id: bytes) -> bytes | None:
        config = self._config_log.refresh()
        try:
            trust = ledger_trust(trust_anchor(self._settings), config)
            body = trust.read_work_key(message.value, message.appended_at)
            record = log_format("work_key").read(body)
        except CannotOpenError:
            raise
        except QuipuFormatError as error:
            log.warning("work_key_refused", offset=message.offset, code=error.code)
            raise CannotOpenError(error.detail, "KEY_MISSING") from error
        if record["object"] != object_id:
            raise CannotOpenError("the key is of another object", "KEY_MISSING")
        return open_work_key(record, self._keys.recipient, self._held(message, config))

    def _held(self, message: Message, config: ConfigHistory) -> Iterator[X25519PrivateKey]:
        public = config.recipient_keys(self._keys.recipient, message.appended_at)
        return held_keys(public, self._keys.private_keys)
