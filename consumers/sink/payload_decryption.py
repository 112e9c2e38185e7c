"""Decrypt the payloads of accepted events, with the key lists of the log."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import structlog

from consumers.sink.table_rows import (
    ID,
    KEY_HASH,
    SCHEMA,
    SEALED,
    TYPE,
    VERSION,
    DecryptPayload,
    Payload,
    cord_of,
    payload_json,
)
from consumers.sink.tables import Row
from consumers.store.person_keys import person_keys
from consumers.store.record_words import words_of_content
from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.key_lists import KeyLists
from infra.exchange_log.work_keys import WorkKeyBook
from infra.keys.keyring import MechanismKeys, trust_anchor
from infra.settings import Settings
from schemas.avro.codec import Format, Record, raw_log_format
from schemas.avro.log_records import ErasedRecord
from schemas.crypto.disclosures import LedgerTrust, ledger_trust
from schemas.crypto.node_messages import open_event_keys
from schemas.crypto.sealing import EventBinding, open_event
from schemas.crypto.work_keys import open_work
from schemas.errors import BadSignatureError, CannotOpenError, QuipuFormatError, UnknownFormatError
from schemas.event.event_type import released_types
from schemas.exchange_config import ConfigHistory
from schemas.measures.payload_facts import GetFacts, facts_of
from schemas.model import Cord, Message
from schemas.topics import country_of
from streams.matching import person_records

log = structlog.get_logger(__name__)

CountryPartition = tuple[str, int]
EventKeys = list[bytes | ErasedRecord]
"""By index of the item: its key, or the verdict of an erased one."""


class AcceptedBundle(NamedTuple):
    """A bundle that `Accepted` names. `appended_at`: ms since 1970 UTC."""

    country: str
    partition: int
    cord: Cord
    sequence: int
    appended_at: int


class PayloadReader(NamedTuple):
    """How the payloads of one schema are read, and what can be counted of them."""

    format: Format[Record]
    get_facts: GetFacts


KeysOfBundles = Mapping[AcceptedBundle, EventKeys | QuipuFormatError]
"""The keys of each bundle's events, or why there are none."""


def bundle_of(record: Record) -> AcceptedBundle:
    """Name the bundle of an `Accepted` record, whose text is bytes."""
    country = country_of(record["topic"].decode())
    return AcceptedBundle(
        country, record["partition"], cord_of(record), record["sequence"], record["appended_at"]
    )


class PayloadDecryptor:
    """Finds key lists and decrypts payloads. Not for two threads at once."""

    def __init__(self, settings: Settings, config_log: ConfigLog, keys: MechanismKeys) -> None:
        """Connect to a keys topic, and compile how a schema is read, when it is first needed."""
        self._settings = settings
        self._config_log = config_log
        self._keys = keys
        self._readers: dict[bytes, PayloadReader] = {}
        self._key_lists: dict[CountryPartition, KeyLists] = {}
        self._start_offsets: dict[CountryPartition, int] = {}
        self._trust: tuple[float, LedgerTrust] | None = None
        self._work_keys = WorkKeyBook(settings, config_log, keys)

    def start_at(self, country: str, partition: int, offset: int) -> None:
        """Set from where to read a partition's key lists, before the first of them is read."""
        self._start_offsets.setdefault((country, partition), offset)

    def restart_offset(self, country: str, partition: int) -> int:
        """Say from where a restart should read a partition's key lists."""
        key_lists = self._key_lists.get((country, partition))
        if key_lists is not None:
            return key_lists.offset
        return self._start_offsets.get((country, partition), 0)

    def find_keys(self, bundles: Iterable[AcceptedBundle]) -> KeysOfBundles:
        """Find the event keys of each bundle, or why there are none. Raises LogStalledError."""
        by_partition: dict[CountryPartition, list[AcceptedBundle]] = {}
        for bundle in set(bundles):
            by_partition.setdefault((bundle.country, bundle.partition), []).append(bundle)
        messages: dict[AcceptedBundle, Message | None] = {}
        for partition, members in by_partition.items():
            messages |= self._find_key_lists(partition, members)
        config = self._config_log.refresh()
        return {
            bundle: self._open_key_list(message, bundle, config)
            for bundle, message in messages.items()
        }

    def decryptor_of(self, record: Record, keys: KeysOfBundles) -> DecryptPayload:
        """Give the function that decrypts the payloads of an `Accepted` record's items.

        Its code for an undecryptable payload is the one that intake would give.
        """
        bundle = bundle_of(record)
        event_keys = keys.get(bundle)

        def decrypt(index: int, event: Row) -> Payload | str:
            try:
                return self._decrypt(event_keys, index, event)
            except QuipuFormatError as error:
                item = {"cord": str(bundle.cord), "sequence": bundle.sequence, "item": index}
                log.warning("payload_stays_closed", **item, code=error.code, detail=error.detail)
                return error.code

        return decrypt

    def read_disclosure(self, message: Message) -> Record:
        """Verify and read an entry of the disclosure ledger; its text stays bytes.

        Raises BadSignatureError, BrokenFormatError, UnknownFormatError.
        """
        try:
            entry = self._ledger_trust().read(message.value, message.appended_at)
        except BadSignatureError:
            self._trust = None  # config may have announced its key a moment ago
            entry = self._ledger_trust().read(message.value, message.appended_at)
        return raw_log_format("disclosure").read(entry)

    def read_work(self, entry: Record) -> bytes | None:
        """Decrypt what an entry of the ledger says of work; None where its key was erased.

        Raises CannotOpenError, LogStalledError.
        """
        work = entry["work"]
        if work is None or work["sealed"] is None:
            return None
        key = self._work_keys.key_of(work["object"])
        return None if key is None else open_work(work["sealed"], key, work["object"])

    def _ledger_trust(self) -> LedgerTrust:
        """Return the keys of the ledger; config is read again after half of the shortest notice."""
        now = time.monotonic()
        if self._trust is None or now >= self._trust[0]:
            config = self._config_log.refresh()
            anchor = trust_anchor(self._settings)
            self._trust = now + config.notice_ms / 2000, ledger_trust(anchor, config)
        return self._trust[1]

    def close(self) -> None:
        """Close the connections to the keys topics."""
        for key_lists in self._key_lists.values():
            key_lists.close()
        self._work_keys.close()

    def _decrypt(
        self, event_keys: EventKeys | QuipuFormatError | None, index: int, event: Row
    ) -> Payload:
        if isinstance(event_keys, QuipuFormatError):
            raise event_keys
        if event_keys is None or index >= len(event_keys):
            raise CannotOpenError(f"no key for item {index}", "KEY_MISSING")
        key = event_keys[index]
        if not isinstance(key, bytes):
            return Payload(b"", erased=True)
        binding = EventBinding(event[ID], event[VERSION], event[SCHEMA], event[KEY_HASH])
        payload = open_event(event[SEALED], key, binding)
        reader = self._payload_reader(event[SCHEMA])
        record = reader.format.read(payload)
        mentions = person_records(event[TYPE].decode(), record)
        content = payload_json(record)
        return Payload(
            content,
            facts=reader.get_facts(record),
            person_keys=person_keys(
                (mention.record for mention in mentions), self._keys.thing_secret
            ),
            words=words_of_content(content),
        )

    def _payload_reader(self, fingerprint: bytes) -> PayloadReader:
        """Find how a payload is read. Whether its codes are valid was for intake to judge."""
        reader = self._readers.get(fingerprint)
        if reader is None:
            format_ = self._format_of(fingerprint)
            reader = self._readers[fingerprint] = PayloadReader(format_, facts_of(format_))
        return reader

    def _format_of(self, fingerprint: bytes) -> Format[Record]:
        kind = released_types().get(fingerprint)
        if kind is not None:
            return kind.format
        entry = self._config_log.refresh().newest().schemas.get(fingerprint)
        if entry is None:
            raise UnknownFormatError(
                f"neither released nor in config: the schema {fingerprint.hex()}"
            )
        return Format[Record](entry[1])

    def _find_key_lists(
        self, partition: CountryPartition, bundles: list[AcceptedBundle]
    ) -> dict[AcceptedBundle, Message | None]:
        if partition not in self._key_lists:
            start = self._start_offsets.get(partition, 0)
            self._key_lists[partition] = KeyLists(self._settings, *partition, start)
        messages = self._key_lists[partition].lookup(
            [(bundle.cord, bundle.sequence) for bundle in bundles],
            max(bundle.appended_at for bundle in bundles),
        )
        return {bundle: messages.get((bundle.cord, bundle.sequence)) for bundle in bundles}

    def _open_key_list(
        self, message: Message | None, bundle: AcceptedBundle, config: ConfigHistory
    ) -> EventKeys | QuipuFormatError:
        if message is None:
            name = f"{bundle.cord}/{bundle.sequence}"
            return CannotOpenError(f"no key list of {name} in the log", "KEY_MISSING")
        try:
            return open_event_keys(message, config, self._keys.recipient, self._keys.private_keys)
        except CannotOpenError as error:
            return error
        except QuipuFormatError as error:  # intake too takes another node's list as missing
            return CannotOpenError(error.detail, "KEY_MISSING")
