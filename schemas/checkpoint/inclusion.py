"""Write, read and check the proof that one message is in a log, as tlog-proof of C2SP has it. Pure.

    c2sp.org/tlog-proof@v1
    extra T2JqAQ...                       the message itself
    index 17                              its place, from 0
    gSKyXoYZUgZ6jduWYrkDOARinOMGJveX...   the inclusion proof, a hash a line
    ...

    quipu.bundles.co/0                    a checkpoint with the signatures of log and witnesses
    ...

Who checks it needs the public keys, from somebody to be trusted, and nothing else. A key is a line
`name+id+base64`, as signed-note has it. A line `# NODE publishes for COUNTRY/AUTHORITY` says whose
records the keys of a node sign; other tools take it for a comment.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from schemas.checkpoint.chain import MOST_HASHES, Origin, read_origin
from schemas.checkpoint.merkle import includes, leaf_hash
from schemas.checkpoint.signed_note import (
    COSIGNATURE,
    SIGNATURE,
    Checkpoint,
    SignedCheckpoint,
    key_id_of,
    read_base64,
    read_hash,
    read_note,
    verify_checkpoint,
    witnesses_of,
)
from schemas.errors import BadSignatureError, BrokenFormatError

HEADER = "c2sp.org/tlog-proof@v1"
_KEY = re.compile(r"([^\s+]+)\+([0-9a-f]{8})\+(\S+)")
_INDEX = re.compile("index (0|[1-9][0-9]{0,18})")
_EXTRA = "extra "
_AUTHOR = re.compile("# ([^ ]+) publishes for ([^ ]+)")


class VerifierKey(NamedTuple):
    """A public key with its name: SIGNATURE of a log, or COSIGNATURE of a witness."""

    name: str
    kind: int
    public: Ed25519PublicKey

    def __str__(self) -> str:
        """Write it as a line, without its end."""
        key_id = key_id_of(self.name, self.public, self.kind).hex()
        content = bytes([self.kind]) + self.public.public_bytes_raw()
        return f"{self.name}+{key_id}+{base64.b64encode(content).decode()}"


class PublicKeys(NamedTuple):
    """Hold what proofs are checked with. `authors`: by node, for whom it publishes, as EC/FGE."""

    keys: Sequence[VerifierKey]
    authors: Mapping[str, str]

    def __str__(self) -> str:
        """Write them as `read_public_keys` reads them."""
        authors = (f"# {node} publishes for {author}\n" for node, author in self.authors.items())
        return "".join([*authors, *(f"{key}\n" for key in self.keys)])


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """Prove that `content` is message number `index` (from 0) of a log."""

    content: bytes
    index: int
    hashes: tuple[bytes, ...]
    note: SignedCheckpoint

    def __str__(self) -> str:
        """Write it as a file has it."""
        hashes = "".join(f"{base64.b64encode(step).decode()}\n" for step in self.hashes)
        extra = base64.b64encode(self.content).decode()
        return f"{HEADER}\n{_EXTRA}{extra}\nindex {self.index}\n{hashes}\n{self.note}"


class CheckedProof(NamedTuple):
    """Say what a proof shows: the checkpoint, and which witnesses saw it when (s since 1970)."""

    origin: Origin
    checkpoint: Checkpoint
    seen_by: Mapping[str, int]


def read_proof(text: str) -> InclusionProof:
    """Read a proof; nothing is verified yet. Raises BrokenFormatError."""
    head, blank, note = text.partition("\n\n")
    lines = head.split("\n")
    if not blank or len(lines) < 3 or lines[0] != HEADER or not lines[1].startswith(_EXTRA):
        raise BrokenFormatError("a proof begins with its format and the message")
    index = _INDEX.fullmatch(lines[2])
    if index is None or len(lines) > 3 + MOST_HASHES:
        raise BrokenFormatError("a proof has the message's place and at most 63 hashes")
    return InclusionProof(
        read_base64(lines[1].removeprefix(_EXTRA)),
        int(index[1]),
        tuple(map(read_hash, lines[3:])),
        read_note(note),
    )


def check_proof(proof: InclusionProof, keys: Iterable[VerifierKey]) -> CheckedProof:
    """Return what a proof shows to somebody who trusts these keys.

    Raises BrokenFormatError, and BadSignatureError where the message is not at its place, no key of
    the log is known, or none of them signed.
    """
    known = tuple(keys)
    checkpoint = proof.note.checkpoint
    origin = read_origin(checkpoint.origin)
    leaf = leaf_hash(proof.content)
    if not includes(leaf, proof.index, checkpoint.size, proof.hashes, checkpoint.root):
        raise BadSignatureError("the message is not in the tree of the checkpoint")
    names = (checkpoint.origin, SIGNATURE)
    verify_checkpoint(proof.note, [key.public for key in known if (key.name, key.kind) == names])
    seen_by: dict[str, int] = {}
    for key in known:
        if key.kind == COSIGNATURE:
            seen_by |= witnesses_of(proof.note, {key.name: key.public})
    return CheckedProof(origin, checkpoint, seen_by)


def read_keys(text: str) -> list[VerifierKey]:
    """Read keys, one a line; empty lines and those that begin with # are left out.

    Raises BrokenFormatError.
    """
    lines = (line.strip() for line in text.splitlines())
    return [_read_key(line) for line in lines if line and not line.startswith("#")]


def read_public_keys(text: str) -> PublicKeys:
    """Read keys, and for whom nodes publish. Raises BrokenFormatError."""
    lines = (_AUTHOR.fullmatch(line.strip()) for line in text.splitlines())
    return PublicKeys(read_keys(text), {line[1]: line[2] for line in lines if line})


def _read_key(line: str) -> VerifierKey:
    match = _KEY.fullmatch(line)
    content = read_base64(match[3]) if match else b""
    if match is None or len(content) != 33 or content[0] not in (SIGNATURE, COSIGNATURE):
        raise BrokenFormatError("a key is written: name+id+base64, of Ed25519")
    key = VerifierKey(match[1], content[0], Ed25519PublicKey.from_public_bytes(content[1:]))
    if key_id_of(key.name, key.public, key.kind).hex() != match[2]:
        raise BrokenFormatError(f"the id of the key {key.name} is not that of its content")
    return key
