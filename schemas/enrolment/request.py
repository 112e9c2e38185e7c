"""Write and read the request of a country node: for admission, another key, or another epoch.

It has public keys only. The key that it names signs it, which proves that the country has the
private half; a request for another key is signed by the former key, too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from schemas.crypto.signed_text import add_signature, sign_text, verify_text
from schemas.enrolment.signed_fields import as_bytes, as_number, read_fields, write_fields
from schemas.errors import BrokenFormatError, QuipuFormatError

TITLE = "Quipu: request of a country node"
_NAMES = (
    "for",
    "node",
    "country",
    "authority",
    "succeeds",
    "lane",
    "epoch",
    "signing key",
    "answer key",
    "mechanism",
    "release",
    "written",
    "number",
)
_KEY_BYTES = 32
_NUMBER_BYTES = 16


class RequestKind(StrEnum):
    """What a request asks for; the value stands in the file."""

    ADMISSION = "admission"
    ROTATION = "rotation"
    EPOCH = "epoch"


@dataclass(frozen=True, slots=True)
class NodeRequest:
    """Hold what a country asks for one of its nodes.

    `public_key`: Ed25519, the key to admit; for an epoch the node's present key. `answer_key`:
    X25519, seals what is secret in the answer. `mechanism`: id of the anchor, empty where the
    country has none yet. `written_at`: ms since 1970 UTC. `number`: 16 random bytes.
    """

    kind: RequestKind
    node: str
    country: str
    authority: str
    public_key: bytes
    answer_key: bytes
    release: str
    written_at: int
    number: bytes
    succeeds: tuple[str, ...] = ()
    lane: str = ""
    epoch: int = 0
    mechanism: str = ""

    @property
    def key(self) -> Ed25519PublicKey:
        """Return the public half of the key that the request names."""
        return Ed25519PublicKey.from_public_bytes(self.public_key)

    def text(self) -> str:
        """Return what is signed. Raises BrokenFormatError."""
        values = (
            self.kind,
            self.node,
            self.country,
            self.authority,
            " ".join(self.succeeds),
            self.lane,
            str(self.epoch),
            self.public_key.hex(),
            self.answer_key.hex(),
            self.mechanism,
            self.release,
            str(self.written_at),
            self.number.hex(),
        )
        return write_fields(TITLE, dict(zip(_NAMES, values, strict=True)))


def write_request(
    request: NodeRequest, key: Ed25519PrivateKey, former: Ed25519PrivateKey | None = None
) -> str:
    """Return the file of a request. `former`: the key that the named one is to replace."""
    note = sign_text(request.text(), request.node, key)
    return note if former is None else add_signature(note, request.node, former)


def read_request(note: str) -> NodeRequest:
    """Return a request that the key which it names signed.

    Raises BrokenFormatError, and BadSignatureError where a line was altered.
    """
    values = read_fields(text_of(note), TITLE, _NAMES)
    if values["for"] not in set(RequestKind):
        raise BrokenFormatError(f"it asks for {values['for']!r}, which this release does not know")
    request = NodeRequest(
        kind=RequestKind(values["for"]),
        node=values["node"],
        country=values["country"],
        authority=values["authority"],
        public_key=as_bytes("signing key", values["signing key"], _KEY_BYTES),
        answer_key=as_bytes("answer key", values["answer key"], _KEY_BYTES),
        release=values["release"],
        written_at=as_number("written", values["written"]),
        number=as_bytes("number", values["number"], _NUMBER_BYTES),
        succeeds=tuple(values["succeeds"].split()),
        lane=values["lane"],
        epoch=as_number("epoch", values["epoch"]),
        mechanism=values["mechanism"],
    )
    verify_text(note, request.node, request.key)
    return request


def is_signed_by(note: str, node: str, keys: Iterable[Ed25519PublicKey]) -> bool:
    """Say whether one of these keys of a node signed the note, too."""
    return any(_has_signature(note, node, key) for key in keys)


def _has_signature(note: str, node: str, key: Ed25519PublicKey) -> bool:
    try:
        verify_text(note, node, key)
    except QuipuFormatError:
        return False
    return True


def digest_of(note: str) -> str:
    """Return the SHA-256 of a request's text, 64 hexadecimal digits: its answer names it so."""
    return hashlib.sha256(text_of(note).encode()).hexdigest()


def text_of(note: str) -> str:
    """Return what is signed of a file: all before its signatures."""
    return note.partition("\n\n")[0] + "\n"


def fingerprint_of(content: str | bytes) -> str:
    """Return what two people compare by telephone: 32 hexadecimal digits in groups of four.

    `content`: the file of a request, of which the text counts, or the 32 bytes of a public key.
    """
    raw = text_of(content).encode() if isinstance(content, str) else content
    digits = hashlib.sha256(raw).hexdigest()[:32]
    return " ".join(digits[start : start + 4] for start in range(0, 32, 4))
