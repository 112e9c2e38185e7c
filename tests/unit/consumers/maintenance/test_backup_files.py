"""The files of a backup: what was sealed comes back, and nothing else is taken for it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from kafka import TopicPartition

from consumers.maintenance.backup.erasures import (
    KeyListPlace,
    is_erased_work,
    load_erasures,
    with_erasures,
    write_erasures,
)
from consumers.maintenance.backup.errors import BackupError
from consumers.maintenance.backup.home_files import home_files, read_file
from consumers.maintenance.backup.log_files import (
    LogMessage,
    read_messages,
    without_gaps,
    write_messages,
)
from consumers.maintenance.backup.manifest import DATA, NAME, Manifest, manifest_bytes
from consumers.maintenance.backup.restore import BackupReader, restore_home
from consumers.maintenance.backup.sealed_files import PIECE, FileAlteredError, open_file, seal_file
from infra.settings import Settings
from schemas.avro.codec import log_format
from schemas.crypto.sealing import sign
from schemas.crypto.work_keys import erased_work_key, wrap_work_key
from schemas.topics import WORK_KEYS

KEY = X25519PrivateKey.generate()
BYTES = st.one_of(st.none(), st.binary(max_size=20))
MESSAGES = st.lists(st.tuples(st.integers(1, 3), st.integers(0, 2**48), BYTES, BYTES), max_size=12)


def backup(folder: Path, **contents: bytes) -> Manifest:
    """A backup that holds these files of a data folder."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for name, content in contents.items():
        place = f"home/{name}"
        files[place] = seal_file(folder / DATA / place, place, [content], KEY.public_key())
    recipient = KEY.public_key().public_bytes_raw().hex()
    manifest = Manifest(1, 1, True, recipient, {}, files)
    (folder / NAME).write_bytes(manifest_bytes(manifest))
    return manifest


@given(parts=st.lists(st.binary(max_size=60), max_size=6))
def test_what_was_sealed_comes_back_and_only_under_its_own_name(
    tmp_path_factory: pytest.TempPathFactory, parts: list[bytes]
) -> None:
    path = tmp_path_factory.mktemp("sealed") / "file"
    seal_file(path, "a", parts, KEY.public_key())
    assert b"".join(open_file(path, "a", KEY)) == b"".join(parts)
    with pytest.raises(FileAlteredError):
        list(open_file(path, "b", KEY))
    with pytest.raises(FileAlteredError):
        list(open_file(path, "a", X25519PrivateKey.generate()))


def test_a_large_file_cannot_be_cut_and_no_piece_of_it_moved(tmp_path: Path) -> None:
    path, content = tmp_path / "file", bytes(2 * PIECE + 5)
    seal_file(path, "a", [content[: PIECE + 3], content[PIECE + 3 :]], KEY.public_key())
    assert b"".join(open_file(path, "a", KEY)) == content
    sealed = path.read_bytes()
    head = len(sealed) - (2 * PIECE + 5 + 3 * 16)
    piece = PIECE + 16
    swapped = sealed[:head] + sealed[head + piece : head + 2 * piece] + sealed[head : head + piece]
    for damage in (sealed[: head + piece], sealed[:-1], swapped + sealed[head + 2 * piece :], b"x"):
        path.write_bytes(damage)
        with pytest.raises(FileAlteredError):
            list(open_file(path, "a", KEY))


@given(steps=MESSAGES, cut=st.integers(1, 1000))
def test_messages_keep_offsets_times_and_content_and_a_cut_file_is_seen(
    steps: list[tuple[int, int, bytes | None, bytes | None]], cut: int
) -> None:
    messages, offset = [], -1
    for step, at, key, value in steps:
        offset += step
        messages.append(LogMessage(offset, at, key, value))
    content = b"".join(write_messages(messages))
    pieces = [content[start : start + 7] for start in range(0, len(content), 7)]
    assert list(read_messages(pieces)) == messages
    filled = list(without_gaps(messages, offset + 1))
    assert [message.offset for message in filled] == list(range(offset + 1))
    assert {message._replace(offset=0) for message in filled} == {
        message._replace(offset=0) for message in messages
    }
    if messages:
        shorter = content[: -min(cut, len(content))]
        with pytest.raises(ValueError, match="end"):
            list(without_gaps(read_messages([shorter]), offset + 1))


def test_a_cut_or_altered_backup_is_refused_with_the_file_and_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    backup(folder, **{"quipu.toml": b"lang = 'en'\n"})
    file = folder / DATA / "home/quipu.toml"
    sealed = file.read_bytes()
    file.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    for code in ("BACKUP_ALTERED", "BACKUP_CUT"):
        with pytest.raises(BackupError) as refusal:
            BackupReader(folder, KEY)
        assert refusal.value.code == code
        assert str(file) in str(refusal.value.message)
        assert str(refusal.value.remedy)
        file.unlink(missing_ok=True)
    (folder / "manifest.json").unlink()
    with pytest.raises(BackupError, match="cut short"):
        BackupReader(folder, KEY)
    backup(tmp_path / "other")
    with pytest.raises(BackupError, match="another key"):
        BackupReader(tmp_path / "other", X25519PrivateKey.generate())


def test_a_data_folder_in_use_is_refused_and_no_file_leaves_the_folder(tmp_path: Path) -> None:
    backup(tmp_path / "good", **{"quipu.toml": b"x"})
    reader = BackupReader(tmp_path / "good", KEY)
    settings = Settings(home=tmp_path / "home")
    assert restore_home(settings, reader) == 1
    assert (settings.home / "quipu.toml").read_bytes() == b"x"
    with pytest.raises(BackupError, match="in use"):
        restore_home(settings, reader)


def test_a_database_is_copied_while_it_is_written_and_secrets_only_where_wanted(
    tmp_path: Path,
) -> None:
    settings = Settings(home=tmp_path)
    node = settings.node_dir("co-x")
    (node / "keys").mkdir(parents=True)
    (node / "keys" / "signing.pem").write_text("secret")
    writer = sqlite3.connect(node / "outbox.db")
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("CREATE TABLE t (x)")
    writer.execute("INSERT INTO t VALUES (1)")
    writer.commit()
    writer.execute("INSERT INTO t VALUES (2)")
    names = home_files(settings, with_keys=True)
    assert names == ["nodes/co-x/keys/signing.pem", "nodes/co-x/outbox.db"]
    assert home_files(settings, with_keys=False) == ["nodes/co-x/outbox.db"]
    copy = tmp_path / "copy.db"
    copy.write_bytes(b"".join(read_file(node / "outbox.db")))
    assert sqlite3.connect(copy).execute("SELECT x FROM t").fetchall() == [(1,)]
    writer.close()


def test_an_older_list_of_keys_is_replaced_by_the_newest_one(tmp_path: Path) -> None:
    at = TopicPartition("quipu.keys.co", 0)
    erasures = {KeyListPlace("quipu.keys.co", 0, b"bundle 1"): b"newest"}
    path = tmp_path / "erasures"
    write_erasures(path, erasures)
    assert load_erasures(path) == erasures
    messages = [LogMessage(0, 1, b"bundle 1", b"older"), LogMessage(1, 1, b"bundle 2", b"other")]
    values = [message.value for message in with_erasures(at, messages, erasures)]
    assert values == [b"newest", b"other"]
    elsewhere = TopicPartition("quipu.keys.pe", 0)
    assert list(with_erasures(elsewhere, messages, erasures)) == messages
    path.write_text("{}")
    with pytest.raises(BackupError, match="list of erasures"):
        load_erasures(path)


def test_an_erased_key_of_work_is_known_from_its_signed_message() -> None:
    signing = Ed25519PrivateKey.generate()
    keys = {
        True: erased_work_key(bytes(16)),
        False: wrap_work_key(
            bytes(16), bytes(32), {"mechanism": X25519PrivateKey.generate().public_key()}
        ),
    }
    for erased, record in keys.items():
        body = log_format("work_key").write(record)
        assert is_erased_work(sign(WORK_KEYS, body, "ledger", signing)) == erased
    assert not is_erased_work(b"no message")
