"""Keep the key lists from which an erasure took a key, so that no older backup brings it back.

A backup that was made before an erasure holds the erased key. A restore replaces each list of keys
by the newest one that is known here, which its owner signed (ADR 0102).
"""

from __future__ import annotations

import base64
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from kafka import TopicPartition

from consumers.maintenance.backup.errors import BackupError
from consumers.maintenance.backup.log_copy import read_ends, read_partition
from consumers.maintenance.backup.log_files import LogMessage
from infra.data_folder import create_private
from infra.settings import Settings
from schemas import topics
from schemas.avro.codec import log_format
from schemas.crypto.sealing import read_signed
from schemas.errors import QuipuFormatError
from schemas.i18n import _
from schemas.model import Cord

REPLACE_KEY_LIST = "UPDATE contents SET key_list = ? WHERE cord = ? AND sequence = ?"


class KeyListPlace(NamedTuple):
    """Where a list of keys stands: its topic, its partition, the key of its message."""

    topic: str
    partition: int
    key: bytes


Erasures = Mapping[KeyListPlace, bytes]
"""The newest signed list of keys of each bundle from which a key was erased.

And what says that the key of an object of work was erased.
"""


def read_erasures(settings: Settings) -> Erasures:
    """Return them from the log as it is now. Raises KafkaError, LogStalledError."""
    specs = [
        spec
        for spec in topics.log_topics()
        if topics.kind_of(spec.name) == "keys" or spec.name == topics.WORK_KEYS
    ]
    newest: dict[KeyListPlace, bytes] = {}
    for at, end in read_ends(settings, specs).items():
        newest |= _erasing_lists(at, read_partition(settings, at, end))
    return newest


def _erasing_lists(
    at: TopicPartition, messages: Iterable[LogMessage]
) -> Iterator[tuple[KeyListPlace, bytes]]:
    for message in messages:
        if message.key and message.value and _is_erasing(at.topic, message.value):
            yield KeyListPlace(at.topic, at.partition, message.key), message.value


def _is_erasing(topic: str, value: bytes) -> bool:
    return is_erased_work(value) if topic == topics.WORK_KEYS else has_erased_key(value)


def is_erased_work(value: bytes) -> bool:
    """Say whether the key of an object of work was erased; False for what cannot be read."""
    try:
        return log_format("work_key").read(read_signed(value)["body"])["erased"]
    except QuipuFormatError:
        return False


def has_erased_key(value: bytes) -> bool:
    """Say whether a list of keys lacks an erased one; False for what cannot be read."""
    try:
        keys = log_format("key_list").read(read_signed(value)["body"])["keys"]
    except QuipuFormatError:
        return False
    return any(not isinstance(key, bytes) for key in keys)


def with_erasures(
    at: TopicPartition, messages: Iterable[LogMessage], erasures: Erasures
) -> Iterator[LogMessage]:
    """Yield the messages of a partition, each list of keys replaced by its newest one."""
    for message in messages:
        place = KeyListPlace(at.topic, at.partition, message.key or b"")
        newest = erasures.get(place)
        yield message if newest is None else message._replace(value=newest)


def erase_in_outboxes(settings: Settings, erasures: Erasures) -> None:
    """Replace older lists of keys in restored outboxes: a node keeps what it sent.

    Raises sqlite3.Error.
    """
    for path in settings.home.glob("nodes/*/outbox.db"):
        with closing(sqlite3.connect(path)) as outbox:
            outbox.execute("PRAGMA secure_delete = ON")
            for list_place, value in erasures.items():
                if list_place.topic == topics.WORK_KEYS:
                    continue  # no node has it
                record = log_format("key_list").read(read_signed(value)["body"])
                place = (str(Cord(**record["cord"])), record["sequence"])
                outbox.execute(REPLACE_KEY_LIST, (value, *place))
            outbox.commit()
            outbox.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def write_erasures(path: Path, erasures: Erasures) -> None:
    """Write them to a file of their own. Raises OSError."""
    with create_private(path) as file:
        for place, value in sorted(erasures.items()):
            entry = {
                "topic": place.topic,
                "partition": place.partition,
                "key": base64.b64encode(place.key).decode(),
                "value": base64.b64encode(value).decode(),
            }
            file.write(json.dumps(entry).encode() + b"\n")


def load_erasures(path: Path) -> Erasures:
    """Read such a file. Raises BackupError."""
    try:
        entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return {
            KeyListPlace(
                entry["topic"], entry["partition"], base64.b64decode(entry["key"])
            ): base64.b64decode(entry["value"])
            for entry in entries
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(
            _("{path} is no list of erasures.", path=path),
            _("Name the newest file that `quipu erasures` wrote."),
            "ERASURES_UNREADABLE",
        ) from error
