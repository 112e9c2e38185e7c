"""Write and read checkpoints as signed notes, with the signatures of witnesses.

The formats are those of C2SP: signed-note, tlog-checkpoint and tlog-cosignature, so that the tools
of other transparency logs read them as well.

    quipu.bundles.co/0                    the log: a topic and its partition
    1042                                  how many messages it has
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2...   the root of their Merkle tree, base64

    - quipu.bundles.co/0 q5iDwHZl...      signed by the mechanism; the key has the log's name
    - co-ponal mV1cR4kx...                seen by a witness, with the time
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from schemas.errors import BadSignatureError, BrokenFormatError

SIGNATURE, COSIGNATURE = 0x01, 0x04
"""Types of signature: Ed25519 of signed-note, and of tlog-cosignature."""
_LINE = re.compile(r"— (\S+) (\S+)")
_MOST_SIGNATURES = 64
_LATEST_S = 253_402_300_799
"""The end of the year 9999: a witness that says it saw something later says nothing."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Commit to a log: its name, how many messages it has, the root of their Merkle tree."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return the three lines that are signed, each with its end."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """A line of a note: the key's name, its id (4 bytes), and the signature's bytes."""

    name: str
    key_id: bytes
    value: bytes

    def __str__(self) -> str:
        """Write the line as the note has it, without its end."""
        return f"— {self.name} {base64.b64encode(self.key_id + self.value).decode()}"


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint with its signatures."""

    checkpoint: Checkpoint
    signatures: tuple[NoteSignature, ...]

    def of_log(self) -> SignedCheckpoint:
        """Return the note with the signatures of its log alone."""
        own = (mark for mark in self.signatures if mark.name == self.checkpoint.origin)
        return SignedCheckpoint(self.checkpoint, tuple(own))

    def with_signature(self, signature: NoteSignature) -> SignedCheckpoint:
        """Return the note with one signature more."""
        return SignedCheckpoint(self.checkpoint, (*self.signatures, signature))

    def __str__(self) -> str:
        """Write the note as a file has it: text, empty line, one line for each signature."""
        lines = "".join(f"{signature}\n" for signature in self.signatures)
        return f"{self.checkpoint.text()}\n{lines}"


def sign_checkpoint(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> SignedCheckpoint:
    """Sign a checkpoint as its log: the key has the log's name, as tlog-checkpoint advises."""
    name = checkpoint.origin
    key_id = key_id_of(name, key.public_key(), SIGNATURE)
    value = key.sign(checkpoint.text().encode())
    return SignedCheckpoint(checkpoint, (NoteSignature(name, key_id, value),))


def cosign(
    checkpoint: Checkpoint, name: str, key: Ed25519PrivateKey, seen_at_s: int
) -> NoteSignature:
    """Sign a checkpoint as a witness that saw it at `seen_at_s` (s since 1970 UTC)."""
    key_id = key_id_of(name, key.public_key(), COSIGNATURE)
    signature = key.sign(_cosigned(checkpoint, seen_at_s))
    return NoteSignature(name, key_id, seen_at_s.to_bytes(8, "big") + signature)


def verify_checkpoint(note: SignedCheckpoint, keys: Iterable[Ed25519PublicKey]) -> Checkpoint:
    """Return the checkpoint of a note that one of these keys signed as its log.

    Raises BadSignatureError.
    """
    name = note.checkpoint.origin
    for key in keys:
        key_id = key_id_of(name, key, SIGNATURE)
        for signature in note.signatures:
            if (signature.name, signature.key_id) == (name, key_id):
                _verify(key, signature.value, note.checkpoint.text().encode())
                return note.checkpoint
    raise BadSignatureError(f"{name}: no known key of the log signed it")


def verify_cosignature(
    checkpoint: Checkpoint, signature: NoteSignature, key: Ed25519PublicKey
) -> int:
    """Return when a witness saw a checkpoint (s since 1970 UTC). Raises BadSignatureError."""
    if signature.key_id != key_id_of(signature.name, key, COSIGNATURE):
        raise BadSignatureError(f"{checkpoint.origin}: {signature.name} has another key")
    if len(signature.value) != 8 + 64:
        raise BadSignatureError(f"{checkpoint.origin}: a cosignature has 72 bytes")
    seen_at_s = int.from_bytes(signature.value[:8], "big")
    if seen_at_s > _LATEST_S:
        raise BadSignatureError(f"{checkpoint.origin}: {signature.name} has an impossible time")
    _verify(key, signature.value[8:], _cosigned(checkpoint, seen_at_s))
    return seen_at_s


def read_note(text: str) -> SignedCheckpoint:
    """Read a note; nothing is verified yet. Raises BrokenFormatError."""
    body, blank, rest = text.partition("\n\n")
    lines = rest.splitlines()
    if not blank or not rest.endswith("\n") or not 0 < len(lines) <= _MOST_SIGNATURES:
        raise BrokenFormatError("a note is a text, an empty line and its signatures")
    return SignedCheckpoint(_read_body(body), tuple(map(_read_signature, lines)))


def read_hash(line: str) -> bytes:
    """Read a line that holds a hash of a Merkle tree. Raises BrokenFormatError."""
    content = read_base64(line)
    if len(content) != 32:
        raise BrokenFormatError("a hash of a Merkle tree has 32 bytes")
    return content


def key_id_of(name: str, key: Ed25519PublicKey, kind: int) -> bytes:
    """Return the id of a key (4 bytes) as signed-note defines it; `kind`: type of signature."""
    content = name.encode() + b"\n" + bytes([kind]) + key.public_bytes_raw()
    return hashlib.sha256(content).digest()[:4]


def witnesses_of(note: SignedCheckpoint, keys: Mapping[str, Ed25519PublicKey]) -> dict[str, int]:
    """Return which of these witnesses signed the note, and when (s since 1970 UTC).

    Signatures of others, and such as are wrong, do not count.
    """
    seen: dict[str, int] = {}
    for signature in note.signatures:
        key = keys.get(signature.name)
        if key is None:
            continue
        try:
            seen[signature.name] = verify_cosignature(note.checkpoint, signature, key)
        except BadSignatureError:
            continue
    return seen


def _cosigned(checkpoint: Checkpoint, seen_at_s: int) -> bytes:
    return f"cosignature/v1\ntime {seen_at_s}\n{checkpoint.text()}".encode()


def _verify(key: Ed25519PublicKey, signature: bytes, content: bytes) -> None:
    try:
        key.verify(signature, content)
    except InvalidSignature as error:
        raise BadSignatureError("the signature of a checkpoint is wrong") from error


def _read_body(body: str) -> Checkpoint:
    lines = body.split("\n")
    if len(lines) != 3 or not lines[0] or not re.fullmatch("0|[1-9][0-9]{0,18}", lines[1]):
        raise BrokenFormatError("a checkpoint has three lines: log, size, root")
    return Checkpoint(lines[0], int(lines[1]), read_hash(lines[2]))


def _read_signature(line: str) -> NoteSignature:
    parts = _LINE.fullmatch(line)
    if parts is None:
        raise BrokenFormatError("a signature is written: — name base64")
    content = read_base64(parts[2])
    if len(content) < 5:
        raise BrokenFormatError("a signature begins with the key's id, 4 bytes")
    return NoteSignature(parts[1], content[:4], content[4:])


def read_base64(text: str) -> bytes:
    """Read standard base64. Raises BrokenFormatError."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:  # binascii.Error is one
        raise BrokenFormatError("not base64") from error
