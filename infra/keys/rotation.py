"""Replace the mechanism's keys on disk, one kind at a time, in steps that a crash may interrupt.

    keys/mechanism/next/<kind>.pem      the new key, from before config announces it until it is
                                        in use
    keys/mechanism/former/unwrap-*.pem  what opens key lists of before
    keys/mechanism/founding.pem         public half of the first signing key, for keys/anchor.pem

`prepare` makes the new key, config announces it, `install` puts it into use. Repeated after a
crash, each continues. The private half of a former signing or ledger key is deleted: nothing
needs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from infra.keys.key_files import (
    PrivateKey,
    key_id_of,
    private_pem,
    public_pem,
    read_private,
    read_signing,
    unreadable,
    write_private,
)
from infra.settings import Settings


class KeyKind(StrEnum):
    """Which key of the mechanism; the value is what people call it."""

    SIGNING = "signing"
    LEDGER = "ledger"
    ENCRYPTION = "encryption"

    @property
    def file_name(self) -> str:
        """Return the name of its file in keys/mechanism."""
        return {
            KeyKind.SIGNING: "signing.pem",
            KeyKind.LEDGER: "ledger.pem",
            KeyKind.ENCRYPTION: "unwrap.pem",
        }[self]


@dataclass(frozen=True, slots=True)
class NewKey:
    """Describe a key that is not in use yet. `key_id`: as messages name it."""

    kind: KeyKind
    key_id: str
    public: bytes


def prepare(settings: Settings, kind: KeyKind) -> NewKey:
    """Make the next key of a kind, or return the one that an interrupted rotation made.

    Raises KeyringError, OSError.
    """
    path = _folder(settings) / "next" / kind.file_name
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.unlink(missing_ok=True)
        write_private(part, private_pem(_generate(kind)))
        part.replace(path)
    return describe(path, kind)


def is_prepared(settings: Settings, kind: KeyKind) -> bool:
    """Say whether a rotation of this kind was begun here and not ended."""
    return (_folder(settings) / "next" / kind.file_name).exists()


def install(settings: Settings, kind: KeyKind) -> None:
    """Put the prepared key of a kind into use, once config announces it. Raises OSError."""
    folder = _folder(settings)
    current = folder / kind.file_name
    if kind is KeyKind.SIGNING and not (folder / "founding.pem").exists():
        _write_whole(folder / "founding.pem", public_pem(read_signing(current).public_key()))
    if kind is KeyKind.ENCRYPTION:
        former = folder / "former" / f"unwrap-{describe(current, kind).public.hex()[:16]}.pem"
        former.parent.mkdir(mode=0o700, exist_ok=True)
        if not former.exists():
            _write_whole(former, current.read_bytes())
    (folder / "next" / kind.file_name).replace(current)


def describe(path: Path, kind: KeyKind) -> NewKey:
    """Name the key in a file. Raises KeyringError where the file has none of this kind."""
    key = read_private(path)
    if kind is KeyKind.ENCRYPTION and isinstance(key, X25519PrivateKey):
        public = key.public_key().public_bytes_raw()
        return NewKey(kind, f"content-{public.hex()[:8]}", public)
    if kind is not KeyKind.ENCRYPTION and isinstance(key, Ed25519PrivateKey):
        owner = "config" if kind is KeyKind.SIGNING else "ledger"
        own = key.public_key()
        return NewKey(kind, key_id_of(owner, own), own.public_bytes_raw())
    raise unreadable(path, kind.value)


def current_key(settings: Settings, kind: KeyKind) -> NewKey | None:
    """Name the key of a kind that is in use here; None where there is none."""
    path = _folder(settings) / kind.file_name
    return describe(path, kind) if path.exists() else None


def _generate(kind: KeyKind) -> PrivateKey:
    if kind is KeyKind.ENCRYPTION:
        return X25519PrivateKey.generate()
    return Ed25519PrivateKey.generate()


def _write_whole(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    write_private(part, content)
    part.replace(path)


def _folder(settings: Settings) -> Path:
    return settings.keys_dir / "mechanism"
