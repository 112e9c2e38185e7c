"""Seal files of a backup for a recipient: HPKE wraps a key, AES-256-GCM seals pieces of 1 MiB.

The number of a piece and whether it is the last are in its nonce, so no piece can be left out,
moved or taken from another file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from schemas.crypto.sealing import HPKE_SUITE, new_key

MAGIC = b"QUIPUBK1"
PIECE = 1024 * 1024
_TAG = 16
_LENGTH = 2
"""Bytes of the length of the wrapped key, big-endian."""


class SealedFile(NamedTuple):
    """What the manifest says of a file: its sealed bytes, and their SHA-256 in hexadecimal."""

    size: int
    sha256: str


class FileAlteredError(Exception):
    """A file of a backup is not what was sealed."""


def seal_file(path: Path, name: str, content: Iterable[bytes], to: X25519PublicKey) -> SealedFile:
    """Write a sealed file. `name`: its place in the backup, which it is bound to. Raises OSError.

    `content`: in parts of any size.
    """
    key = new_key()
    wrapped = HPKE_SUITE.encrypt(key, to, info=_info(name))
    digest, size = hashlib.sha256(), 0
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("xb") as file:
        for part in _sealed_parts(AESGCM(key), wrapped, content):
            file.write(part)
            digest.update(part)
            size += len(part)
    return SealedFile(size, digest.hexdigest())


def open_file(path: Path, name: str, key: X25519PrivateKey) -> Iterator[bytes]:
    """Yield the content of a sealed file, piece by piece. Raises FileAlteredError, OSError."""
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise FileAlteredError(name)
        length = int.from_bytes(file.read(_LENGTH), "big")
        try:
            cipher = AESGCM(HPKE_SUITE.decrypt(file.read(length), key, info=_info(name)))
            yield from _opened_pieces(file, cipher)
        except (InvalidTag, ValueError) as error:
            raise FileAlteredError(name) from error


def sha256_of(path: Path) -> SealedFile:
    """Return size and SHA-256 of a file. Raises OSError."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return SealedFile(path.stat().st_size, digest.hexdigest())


def _sealed_parts(cipher: AESGCM, wrapped: bytes, content: Iterable[bytes]) -> Iterator[bytes]:
    yield MAGIC + len(wrapped).to_bytes(_LENGTH, "big") + wrapped
    number, waiting = 0, b""
    for part in content:
        waiting += part
        while len(waiting) > PIECE:
            yield cipher.encrypt(_nonce(number, is_last=False), waiting[:PIECE], None)
            number, waiting = number + 1, waiting[PIECE:]
    yield cipher.encrypt(_nonce(number, is_last=True), waiting, None)


def _opened_pieces(file: BinaryIO, cipher: AESGCM) -> Iterator[bytes]:
    number, piece = 0, file.read(PIECE + _TAG)
    while True:
        following = file.read(PIECE + _TAG)
        yield cipher.decrypt(_nonce(number, is_last=not following), piece, None)
        if not following:
            return
        number, piece = number + 1, following


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _info(name: str) -> bytes:
    return f"quipu backup {name}".encode()
