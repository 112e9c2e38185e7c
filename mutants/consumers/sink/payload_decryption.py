"""Opening the payloads of accepted events, with the key lists of the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import structlog

from consumers.ledger.writer import read_entry
from consumers.sink.table_rows import Open, Opened, cord_of, payload_json
from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.key_lists import KeyLists
from infra.keys.keyring import MechanismKeys
from infra.settings import Settings
from schemas.avro.codec import Format, Record, raw_log_format
from schemas.avro.log_records import ErasedRecord
from schemas.crypto.node_messages import open_event_keys
from schemas.crypto.sealing import open_sealed
from schemas.errors import CannotOpenError, QuipuFormatError, UnknownFormatError
from schemas.event.event_type import released_types
from schemas.exchange_config import ConfigHistory
from schemas.model import Cord, Message
from schemas.topics import country_of

log = structlog.get_logger(__name__)


class Bundle(NamedTuple):
    """Whose key list is wanted."""

    country: str
    partition: int
    cord: Cord
    sequence: int
    appended_at: int


def bundle_of(record: Record) -> Bundle:
    """Of an `Accepted` record, its text as bytes."""
    return Bundle(
        country_of(record["topic"].decode()),
        record["partition"],
        cord_of(record),
        record["sequence"],
        record["appended_at"],
    )


class Opener:
    """Finds key lists and opens payloads. Not for two threads at once."""

    def __init__(self, settings: Settings, config_log: ConfigLog, keys: MechanismKeys) -> None:
        self._settings = settings
        self._config_log = config_log
        self._keys = keys
        self._types: dict[bytes, Format[Record]] = {
            fingerprint: kind.format for fingerprint, kind in released_types().items()
        }
        self._lists: dict[tuple[str, int], KeyLists] = {}
        self._starts: dict[tuple[str, int], int] = {}

    def starts_at(self, country: str, partition: int, offset: int) -> None:
        """From where to read this partition's key lists, remembered beside what was committed."""
        self._starts.setdefault((country, partition), offset)

    def offset(self, country: str, partition: int) -> int:
        """From where a restart should read this partition's key lists."""
        lists = self._lists.get((country, partition))
        return lists.offset if lists else self._starts.get((country, partition), 0)

    def keys_of(
        self, bundles: Iterable[Bundle]
    ) -> dict[Bundle, list[bytes | ErasedRecord] | QuipuFormatError]:
        """The event keys of each bundle, or why there are none."""
        wanted: dict[tuple[str, int], list[Bundle]] = {}
        for bundle in set(bundles):
            wanted.setdefault((bundle.country, bundle.partition), []).append(bundle)
        found = {
            place: self._of(*place).lookup(
                [each[2:4] for each in listed], max(each.appended_at for each in listed)
            )
            for place, listed in wanted.items()
        }
        config = self._config_log.refresh()
        return {
            bundle: self._open_list(
                found[place].get((bundle.cord, bundle.sequence)), bundle, config
            )
            for place, listed in wanted.items()
            for bundle in listed
        }

    def opener(
        self, record: Record, keys: Mapping[Bundle, list[bytes | ErasedRecord] | QuipuFormatError]
    ) -> Open:
        """For `Batch.accepted`: (item, event) → payload, or the code of why it stays closed: the
        one that intake would give.
        """
        bundle = bundle_of(record)
        listed = keys.get(bundle)

        def open_(item: Record, event: Record) -> Opened | str:
            try:
                return self._payload(listed, item["index"], event)
            except QuipuFormatError as error:
                where = {
                    "cord": str(bundle.cord),
                    "sequence": bundle.sequence,
                    "item": item["index"],
                }
                log.warning("payload_stays_closed", **where, code=error.code, detail=error.detail)
                return error.code

        return open_

    def disclosure(self, value: bytes) -> Record:
        """An entry of the disclosure ledger, its text as bytes. Raises BadSignatureError,
        BrokenFormatError, UnknownFormatError.
        """
        return raw_log_format("disclosure").read(
            read_entry(value, self._keys.key_id, self._keys.signing.public_key())
        )

    def close(self) -> None:
        """Close the connections to the keys topics."""
        for lists in self._lists.values():
            lists.close()

    def _payload(
        self,
        listed: list[bytes | ErasedRecord] | QuipuFormatError | None,
        index: int,
        event: Record,
    ) -> Opened:
        if isinstance(listed, QuipuFormatError):
            raise listed
        if listed is None or index >= len(listed):
            raise CannotOpenError(f"no key for item {index}", "KEY_MISSING")
        key = listed[index]
        if not isinstance(key, bytes):
            return b"", True
        payload = open_sealed(event["sealed"], key, event["envelope"]["id"])
        return payload_json(self._type(event["schema"]).read(payload)), False

    def _type(self, fingerprint: bytes) -> Format[Record]:
        """How a payload is read; whether its codes are known was intake's to judge."""
        known = self._types.get(fingerprint)
        if known is None:
            entry = self._config_log.refresh().newest().schemas.get(fingerprint)
            if entry is None:
                raise UnknownFormatError(
                    f"neither released nor in config: the schema {fingerprint.hex()}"
                )
            known = self._types[fingerprint] = Format[Record](entry[1])
        return known

    def _of(self, country: str, partition: int) -> KeyLists:
        place = (country, partition)
        if place not in self._lists:
            self._lists[place] = KeyLists(
                self._settings, country, partition, self._starts.get(place, 0)
            )
        return self._lists[place]

    def _open_list(
        self, message: Message | None, bundle: Bundle, config: ConfigHistory
    ) -> list[bytes | ErasedRecord] | QuipuFormatError:
        if message is None:
            return CannotOpenError(
                f"no key list of {bundle.cord}/{bundle.sequence} in the log", "KEY_MISSING"
            )
        view = config.at(message.appended_at)
        try:
            return open_event_keys(
                message.topic,
                message.partition,
                message.value,
                view,
                self._keys.recipient,
                self._keys.unwrap,
            )
        except CannotOpenError as error:
            return error
        except (
            QuipuFormatError
        ) as error:  # a list that is not its node's counts as missing, as intake has it
            return CannotOpenError(error.detail, "KEY_MISSING")
