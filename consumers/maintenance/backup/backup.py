"""Back up the exchange while it runs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from kafka import TopicPartition

from consumers.maintenance.backup.errors import BackupError
from consumers.maintenance.backup.home_files import home_files, read_file
from consumers.maintenance.backup.log_copy import read_ends, read_partition, specs_to_copy
from consumers.maintenance.backup.log_files import write_messages
from consumers.maintenance.backup.manifest import DATA, NAME, Manifest, manifest_bytes
from consumers.maintenance.backup.sealed_files import SealedFile, seal_file
from consumers.maintenance.backup.signature import load_signer, write_signature
from consumers.store.sql import sql
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.clock import now_ms
from infra.exchange_log import generation as generations
from infra.keys.keyring import trust_anchor
from infra.settings import Settings
from schemas.i18n import _

HITS = "hits.jsonl"


def back_up(settings: Settings, folder: Path, to: X25519PublicKey, with_keys: bool) -> Manifest:
    """Write a backup into a new folder, sealed for `to`, and say what it holds.

    What owners received is read first, then the folder of data, then the log, which so holds what
    both refer to. The mechanism's key that is in use when it begins signs it. Raises BackupError,
    NotFoundedError, KeyringError, KafkaError, LogStalledError, OSError.
    """
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(
            _("{folder} is not empty.", folder=folder),
            _("Name a new folder for each backup."),
            "BACKUP_EXISTS",
        )
    signer, began = load_signer(settings), now_ms()
    data = folder / DATA
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    number = generations.current_generation(settings)
    files = {HITS: seal_file(data / HITS, HITS, _hits(settings, number), to)}
    files |= _home(settings, data, to, with_keys)
    ends = read_ends(settings, specs_to_copy(settings, number))
    for at, end in ends.items():
        name = log_file(at)
        content = write_messages(read_partition(settings, at, end))
        files[name] = seal_file(data / name, name, content, to)
    manifest = Manifest(
        began,
        int(number),
        with_keys,
        to.public_bytes_raw().hex(),
        {f"{at.topic}/{at.partition}": end for at, end in ends.items()},
        files,
    )
    written = manifest_bytes(manifest)
    write_signature(folder, written, signer, trust_anchor(settings)[1])
    (folder / NAME).write_bytes(written)
    return manifest


def log_file(at: TopicPartition) -> str:
    """Name the file of a partition in a backup."""
    return f"log/{at.topic}/{at.partition}"


def _home(
    settings: Settings, data: Path, to: X25519PublicKey, with_keys: bool
) -> dict[str, SealedFile]:
    files: dict[str, SealedFile] = {}
    for name in home_files(settings, with_keys):
        place = f"home/{name}"
        try:
            files[place] = seal_file(data / place, place, read_file(settings.home / name), to)
        except FileNotFoundError:
            continue  # it went meanwhile
        except sqlite3.Error as error:
            raise BackupError(
                _("{path} cannot be copied: {error}.", path=settings.home / name, error=error),
                _("Check the disk and the file, then make the backup again in a new folder."),
                "BACKUP_SOURCE",
            ) from error
    return files


def _hits(settings: Settings, number: int) -> Iterator[bytes]:
    client = connect(settings, StoreUser.READER, database_of(number))
    try:
        rows = client.execute(sql("hits_backup"))
    finally:
        client.disconnect()
    for indicator, country, authority, exercise, content, written in rows:
        row = [indicator.hex(), country, authority, exercise, content.hex(), written]
        yield json.dumps(row).encode() + b"\n"
