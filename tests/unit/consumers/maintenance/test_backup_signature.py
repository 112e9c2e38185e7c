"""A backup is proved to be this mechanism's, over every rotation of its key, or it is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from kafka import TopicPartition

from consumers.maintenance.backup.backup import log_file
from consumers.maintenance.backup.errors import BackupError
from consumers.maintenance.backup.log_files import LogMessage, write_messages
from consumers.maintenance.backup.manifest import DATA, NAME, Manifest, manifest_bytes
from consumers.maintenance.backup.restore import BackupReader
from consumers.maintenance.backup.sealed_files import seal_file
from consumers.maintenance.backup.signature import SIGNATURE, write_signature
from infra.keys.key_files import key_id_of
from infra.keys.keyring import MechanismKeys
from schemas.config_entry import write_entry
from schemas.crypto.sealing import sign
from schemas.enrolment.request import fingerprint_of
from schemas.topics import CONFIG

Change = Callable[[bytes, bytes], tuple[bytes, bytes]]
"""What somebody does to manifest and signature."""
RECIPIENT = X25519PrivateKey.generate()
KEYS = [Ed25519PrivateKey.generate() for _ in range(4)]
STRANGER = Ed25519PrivateKey.generate()
EVERY_MS = 1_000_000
"""A key replaces the former one so long after it; the first one signs from 0 on."""
NOTICE_MS = 100_000


def key_id(key: Ed25519PrivateKey) -> str:
    return key_id_of("config", key.public_key())


def fingerprint(key: Ed25519PrivateKey) -> str:
    return fingerprint_of(key.public_key().public_bytes_raw())


def founding() -> LogMessage:
    """The first message of config."""
    entry = {"notice_ms": NOTICE_MS}
    return LogMessage(
        0, 1, None, sign(CONFIG, write_entry("Founding", entry, 0), key_id(KEYS[0]), KEYS[0])
    )


def announcement(number: int) -> LogMessage:
    """The config message by which the key before announces this one."""
    moment, key = number * EVERY_MS, KEYS[number]
    entry = {"key_id": key_id(key), "public_key": key.public_key().public_bytes_raw()}
    former = KEYS[number - 1]
    value = sign(CONFIG, write_entry("SigningKey", entry, moment), key_id(former), former)
    return LogMessage(number, moment - NOTICE_MS, None, value)


def make(
    folder: Path,
    signer: Ed25519PrivateKey = KEYS[0],
    rotations: int = 0,
    at: int = 1,
    anchor: Ed25519PrivateKey = KEYS[0],
) -> Path:
    """A backup of that moment after these rotations, signed by `signer`."""
    place = log_file(TopicPartition(CONFIG, 0))
    config = [founding(), *(announcement(number) for number in range(1, rotations + 1))]
    folder.mkdir()
    sealed = seal_file(folder / DATA / place, place, write_messages(config), RECIPIENT.public_key())
    recipient = RECIPIENT.public_key().public_bytes_raw().hex()
    manifest = Manifest(at, 1, False, recipient, {f"{CONFIG}/0": len(config)}, {place: sealed})
    content = manifest_bytes(manifest)
    keys = MechanismKeys(signer, key_id(signer), "mechanism", RECIPIENT, b"")
    write_signature(folder, content, keys, anchor.public_key())
    (folder / NAME).write_bytes(content)
    return folder


def refusal(folder: Path, stated: str | None = fingerprint(KEYS[0])) -> str | None:
    """The code with which the backup is refused; None for one that is the mechanism's."""
    try:
        BackupReader(folder, RECIPIENT).check_mechanism(stated)
    except BackupError as error:
        assert error.remedy.in_language("en")
        return str(error.code)
    return None


@given(signer=st.integers(0, 3), rotations=st.integers(0, 3), at=st.integers(1, 3_999_999))
def test_a_key_signs_backups_from_its_announcement_until_the_next_one_is_in_effect(
    tmp_path_factory: pytest.TempPathFactory, signer: int, rotations: int, at: int
) -> None:
    folder = make(tmp_path_factory.mktemp("b") / "backup", KEYS[signer], rotations, at)
    is_announced = signer <= rotations
    is_replaced = signer < rotations and at >= (signer + 1) * EVERY_MS
    assert refusal(folder) == (None if is_announced and not is_replaced else "BACKUP_FOREIGN")


def test_a_backup_of_another_mechanism_or_of_nobody_is_refused(tmp_path: Path) -> None:
    assert refusal(make(tmp_path / "good")) is None
    for name, folder, stated, code in (
        ("another's, whole", make(tmp_path / "a", STRANGER, anchor=STRANGER), None, "FOREIGN"),
        ("another's signature", make(tmp_path / "b", STRANGER), None, "FOREIGN"),
        ("another's key put in", make(tmp_path / "c", anchor=STRANGER), None, "FOREIGN"),
        ("stated otherwise", tmp_path / "good", fingerprint(STRANGER), "FOREIGN"),
    ):
        expected = stated or fingerprint(KEYS[0])
        assert refusal(folder, expected) == f"BACKUP_{code}", name
    assert refusal(tmp_path / "good", None) == "BACKUP_UNCONFIRMED"
    assert refusal(tmp_path / "good", fingerprint(KEYS[0]).upper().replace(" ", "")) is None


def test_whoever_asks_without_a_fingerprint_is_shown_the_backups_own(tmp_path: Path) -> None:
    reader = BackupReader(make(tmp_path / "good"), RECIPIENT)
    with pytest.raises(BackupError, match=fingerprint(KEYS[0])):
        reader.check_mechanism(None)


def test_a_changed_manifest_and_a_changed_or_missing_signature_are_refused(tmp_path: Path) -> None:
    changes: tuple[tuple[Change, str], ...] = (
        (lambda m, s: (m.replace(b'"generation": 1', b'"generation": 2'), s), "ALTERED"),
        (lambda m, s: (m, b"no signature"), "ALTERED"),
        (lambda m, s: (m, json.dumps(json.loads(s) | {"anchor": "00"}).encode()), "ALTERED"),
        (lambda m, s: (m, json.dumps(json.loads(s) | {"signed": "00"}).encode()), "FOREIGN"),
        (lambda m, s: (m, s.replace(s[-8:-4], b"0000")), "FOREIGN"),
    )
    for number, (change, code) in enumerate(changes):
        folder = make(tmp_path / str(number))
        content = (folder / NAME).read_bytes(), (folder / SIGNATURE).read_bytes()
        manifest, signature = change(*content)
        assert (manifest, signature) != content
        (folder / NAME).write_bytes(manifest)
        (folder / SIGNATURE).write_bytes(signature)
        assert refusal(folder) == f"BACKUP_{code}", number
    unsigned = make(tmp_path / "unsigned")
    (unsigned / SIGNATURE).unlink()
    assert refusal(unsigned) == "BACKUP_UNSIGNED"
    assert BackupReader(unsigned, RECIPIENT).manifest.generation == 1, (
        "what is older stays readable"
    )
