"""Restore a backup into an empty data folder and an empty Kafka."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from kafka import TopicPartition

from consumers.maintenance.backup.backup import HITS, log_file
from consumers.maintenance.backup.erasures import Erasures, with_erasures
from consumers.maintenance.backup.errors import BackupError
from consumers.maintenance.backup.log_copy import LogWriter
from consumers.maintenance.backup.log_files import LogMessage, read_messages, without_gaps
from consumers.maintenance.backup.manifest import (
    DATA,
    Manifest,
    altered,
    check_files,
    read_manifest,
)
from consumers.maintenance.backup.sealed_files import FileAlteredError, open_file
from consumers.maintenance.backup.signature import check_signature
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.data_folder import create_private
from infra.exchange_log import history_check
from infra.settings import Settings
from schemas import topics
from schemas.i18n import _
from schemas.topics import TopicSpec

_COLUMNS = ("indicator", "country", "authority", "exercise", "content", "written")


class BackupReader:
    """Reads a backup whose files were all compared with its manifest."""

    def __init__(self, folder: Path, key: X25519PrivateKey) -> None:
        """Compare the files. `key`: of the recipient. Raises BackupError."""
        self.manifest: Manifest = read_manifest(folder)
        if self.manifest.recipient != key.public_key().public_bytes_raw().hex():
            raise BackupError(
                _("The backup {folder} is sealed for another key.", folder=folder),
                _("Name the private key of the recipient with --key."),
                "BACKUP_RECIPIENT",
            )
        check_files(folder, self.manifest)
        self._folder, self._data, self._key = folder, folder / DATA, key

    def content(self, name: str) -> Iterator[bytes]:
        """Yield the content of a file. Raises BackupError."""
        try:
            yield from open_file(self._data / name, name, self._key)
        except (FileAlteredError, OSError) as error:
            raise altered(self._data / name) from error

    def messages(self, at: TopicPartition, end: int) -> Iterator[LogMessage]:
        """Yield the messages of a partition, one for each offset before `end`."""
        try:
            yield from without_gaps(read_messages(self.content(log_file(at))), end)
        except ValueError as error:
            raise altered(self._data / log_file(at)) from error

    def check_mechanism(self, fingerprint: str | None) -> None:
        """Check that the mechanism of this fingerprint made the backup. Raises BackupError."""
        at = TopicPartition(topics.CONFIG, 0)
        end = self.manifest.ends.get(f"{at.topic}/{at.partition}", 0)
        config = self.messages(at, end) if end else ()
        check_signature(self._folder, self.manifest, config, fingerprint)

    def home_files(self) -> list[str]:
        """Return the files of the data folder."""
        return [name for name in self.manifest.files if name.startswith("home/")]


def restore_home(settings: Settings, reader: BackupReader) -> int:
    """Write the files of the data folder; return how many. Raises BackupError where it is used."""
    home = settings.home
    if home.exists() and any(home.iterdir()):
        raise BackupError(
            _("The data folder {home} is in use: it is not empty.", home=home),
            _("Restore into a new folder: quipu --home NEW restore …"),
            "RESTORE_IN_USE",
        )
    names = reader.home_files()
    for name in names:
        path = (home / name.removeprefix("home/")).resolve()
        if not path.is_relative_to(home.resolve()):
            raise altered(Path(name))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with create_private(path) as file:
            for part in reader.content(name):
                file.write(part)
    return len(names)


def restore_log(
    settings: Settings, reader: BackupReader, erasures: Erasures, replication: int
) -> int:
    """Write the log into an empty Kafka; return how many messages. Raises BackupError, KafkaError.

    `replication`: copies of each topic.
    """
    specs = _specs(reader.manifest)
    writer = LogWriter(settings)
    used = writer.used_topics(specs)
    if used:
        raise BackupError(
            _("Kafka has topics of an exchange already: {names}.", names=", ".join(used[:3])),
            _("Restore into an empty Kafka. Nothing was written."),
            "RESTORE_IN_USE",
        )
    writer.make_topics(specs, replication)
    count = 0
    for name, end in reader.manifest.ends.items():
        topic, _slash, number = name.rpartition("/")
        at = TopicPartition(topic, int(number))
        count += writer.write(at, with_erasures(at, reader.messages(at, end), erasures))
    writer.finish(specs, replication)
    history_check.remember_restored(settings)
    return count


def restore_sent_hits(settings: Settings, reader: BackupReader) -> int:
    """Note which hits owners received, so that none is sent again; return how many."""
    content = b"".join(reader.content(HITS))
    rows = [json.loads(line) for line in content.splitlines()]
    if rows:
        columns = list(zip(*rows, strict=True))
        columns[0] = tuple(bytes.fromhex(text) for text in columns[0])
        columns[4] = tuple(bytes.fromhex(text) for text in columns[4])
        client = connect(settings, StoreUser.WRITER, database_of(reader.manifest.generation))
        try:
            client.insert("hits", _COLUMNS, columns)
        finally:
            client.disconnect()
    return len(rows)


def _specs(manifest: Manifest) -> Sequence[TopicSpec]:
    names = dict.fromkeys(name.rpartition("/")[0] for name in manifest.ends)
    log = {spec.name: spec for spec in topics.log_topics()}
    specs = [log.get(name) or topics.owner_spec(name) for name in names]
    return [spec for spec in specs if spec is not None]
