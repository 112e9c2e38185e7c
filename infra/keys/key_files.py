"""Read and write single key files: PEM for keys, 32 bytes for secrets."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from infra.errors import KeyringError
from schemas.i18n import _

PrivateKey = Ed25519PrivateKey | X25519PrivateKey


def key_id_of(owner: str, public: Ed25519PublicKey) -> str:
    """Name a key: its owner and 8 hexadecimal digits of the SHA-256 of its public half."""
    return f"{owner}-{hashlib.sha256(public.public_bytes_raw()).hexdigest()[:8]}"


def private_pem(key: PrivateKey) -> bytes:
    """Write a private key as PKCS#8 in PEM, without a password."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_pem(key: Ed25519PublicKey) -> bytes:
    """Write a public key as SubjectPublicKeyInfo in PEM."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def write_private(path: Path, content: bytes) -> None:
    """Write a new file with mode 0600, and wait until the disk has it. Raises OSError."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def read_private(path: Path) -> object:
    """Read a private key of any kind. Raises KeyringError KEY_UNREADABLE."""
    try:
        return load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise unreadable(path, str(error)) from error


def read_public(path: Path) -> Ed25519PublicKey:
    """Read the public half of a signing key. Raises KeyringError KEY_UNREADABLE."""
    try:
        public = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise unreadable(path, str(error)) from error
    if not isinstance(public, Ed25519PublicKey):
        raise unreadable(path, "Ed25519")
    return public


def read_signing(path: Path) -> Ed25519PrivateKey:
    """Read a signing key. Raises KeyringError KEY_UNREADABLE."""
    key = read_private(path)
    if not isinstance(key, Ed25519PrivateKey):
        raise unreadable(path, "Ed25519")
    return key


def read_secret(path: Path) -> bytes:
    """Read a secret of 32 bytes. Raises KeyringError KEY_UNREADABLE."""
    try:
        secret = path.read_bytes()
    except OSError as error:
        raise unreadable(path, str(error)) from error
    if len(secret) != 32:
        raise unreadable(path, f"{len(secret)} ≠ 32 bytes")
    return secret


def unreadable(path: Path, why: str) -> KeyringError:
    """Make the error for a key file that cannot be used."""
    return KeyringError(
        _("The key {path} cannot be used: {why}.", path=path, why=why),
        _("Restore it from the backup; there is no other way."),
        "KEY_UNREADABLE",
    )


class UnwrapKeyFiles(dict[bytes, X25519PrivateKey]):
    """Hold unwrap.pem and its predecessors; a key that is not held is looked for once more.

    So a process that runs while a key is rotated finds it. Raises KeyringError for a broken file.
    """

    def __init__(self, folder: Path) -> None:
        """Read the keys of the folder keys/mechanism."""
        super().__init__()
        self._folder = folder
        self._read()

    def __missing__(self, public: bytes) -> X25519PrivateKey:
        """Read the files again. Raises KeyError where none is the key."""
        self._read()
        if public not in self:
            raise KeyError(public)
        return self[public]

    def _read(self) -> None:
        files = [self._folder / "unwrap.pem", *self._folder.glob("next/unwrap.pem")]
        for path in [*files, *sorted(self._folder.glob("former/unwrap-*.pem"))]:
            key = read_private(path)
            if not isinstance(key, X25519PrivateKey):
                raise unreadable(path, "X25519")
            self[key.public_key().public_bytes_raw()] = key
