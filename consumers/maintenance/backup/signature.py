"""Sign the manifest of a backup, and know whose backup it is before anything is restored.

`manifest.sig` holds the public half of the key that founded the exchange, and a message signed by
the key that was in use. A restore follows the keys from the first to the second through the copied
config, once somebody has stated the fingerprint of the first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from consumers.maintenance.backup.errors import BackupError
from consumers.maintenance.backup.log_files import LogMessage
from consumers.maintenance.backup.manifest import NAME, Manifest, altered
from infra.clock import now_ms
from infra.exchange_log.config_log import Signer, admit
from infra.exchange_log.generation import config_history
from infra.exchange_log.log_owner import check_signing_key
from infra.keys.key_files import key_id_of
from infra.keys.keyring import MechanismKeys, load_mechanism_keys
from infra.settings import Settings
from schemas.crypto.sealing import sign
from schemas.crypto.trusted_keys import signing_trust
from schemas.enrolment.request import fingerprint_of
from schemas.errors import QuipuFormatError
from schemas.exchange_config import ConfigHistory
from schemas.i18n import _
from schemas.model import EpochMs, Message, Offset, PartitionNumber
from schemas.topics import CONFIG

SIGNATURE = "manifest.sig"
_TYPE = "quipu.backup"
"""What is signed under this name counts for no topic, and nothing of a topic counts for it."""


def load_signer(settings: Settings) -> MechanismKeys:
    """Return the keys that sign a backup. Raises NotFoundedError, KeyringError, KafkaError."""
    keys = load_mechanism_keys(settings)
    check_signing_key(keys, config_history(settings), now_ms())
    return keys


def write_signature(
    folder: Path, manifest: bytes, signer: Signer, anchor: Ed25519PublicKey
) -> None:
    """Write the signature of a manifest. `anchor`: the key that founded the exchange."""
    signed = sign(_TYPE, hashlib.sha256(manifest).digest(), signer.key_id, signer.signing)
    content = {"anchor": anchor.public_bytes_raw().hex(), "signed": signed.hex()}
    (folder / SIGNATURE).write_text(json.dumps(content) + "\n", encoding="utf-8")


def check_signature(
    folder: Path, manifest: Manifest, config: Iterable[LogMessage], fingerprint: str | None
) -> None:
    """Check that the mechanism of this fingerprint made the backup. Raises BackupError.

    `config`: the messages of quipu.config in the backup.
    """
    anchor, signed = _read(folder)
    expected = fingerprint_of(anchor.public_bytes_raw())
    if fingerprint is None:
        raise BackupError(
            _("Whose backup is this? Its mechanism has the fingerprint {own}.", own=expected),
            _(
                "Compare it with what `quipu backup` showed. Then repeat with --mechanism "
                "FINGERPRINT. Nothing was written."
            ),
            "BACKUP_UNCONFIRMED",
        )
    if "".join(fingerprint.split()).lower() != expected.replace(" ", ""):
        raise _foreign(folder)
    author = (key_id_of("config", anchor), anchor)
    trust = signing_trust(author, _folded(config, author))
    try:
        digest = trust.open(_TYPE, signed, manifest.created_at)
    except QuipuFormatError as error:
        raise _foreign(folder) from error
    if digest != hashlib.sha256((folder / NAME).read_bytes()).digest():
        raise altered(folder / NAME)


def _folded(messages: Iterable[LogMessage], anchor: tuple[str, Ed25519PublicKey]) -> ConfigHistory:
    """Return what config says; an entry that the exchange refused is refused here too."""
    config = ConfigHistory()
    for message in messages:
        copied = Message(
            CONFIG,
            PartitionNumber(0),
            Offset(message.offset),
            EpochMs(message.appended_at),
            None,
            message.value or b"",
        )
        try:
            admit(config, copied, anchor)
        except QuipuFormatError:
            continue
    return config


def _read(folder: Path) -> tuple[Ed25519PublicKey, bytes]:
    path = folder / SIGNATURE
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        anchor = Ed25519PublicKey.from_public_bytes(bytes.fromhex(content["anchor"]))
        return anchor, bytes.fromhex(content["signed"])
    except FileNotFoundError as error:
        raise BackupError(
            _("{path} is missing: nobody signed this backup.", path=path),
            _(
                "An older release made it, or somebody else. If you know where it comes from, "
                "restore it without --verify. Nothing was written."
            ),
            "BACKUP_UNSIGNED",
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise altered(path) from error


def _foreign(folder: Path) -> BackupError:
    return BackupError(
        _("The backup {folder} is not of this mechanism: its key did not sign it.", folder=folder),
        _("Nothing was written. Use another backup, and find out who made this one."),
        "BACKUP_FOREIGN",
    )
