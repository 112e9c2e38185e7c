"""Write and read what the mechanism answers to the request of a node.

The mechanism signs it. A country that has the anchor, or compared its fingerprint, follows the
keys from there. The password is sealed to the answer key of the request: who carries the file
learns nothing from it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from schemas.config_entry import read_entry
from schemas.crypto.sealing import HPKE_SUITE, read_signed, verify
from schemas.crypto.signed_text import sign_text, verify_text
from schemas.enrolment.request import RequestKind, text_of
from schemas.enrolment.signed_fields import as_bytes, as_number, read_fields, write_fields
from schemas.errors import BadSignatureError, BrokenFormatError, CannotOpenError
from schemas.topics import CONFIG

TITLE = "Quipu: answer of the mechanism to a country node"
SIGNER = "mechanism"
_NAMES = (
    "for",
    "request",
    "node",
    "country",
    "authority",
    "key",
    "partition",
    "lane",
    "epoch",
    "holds from",
    "former keys until",
    "kafka",
    "protocol",
    "user",
    "password",
    "certificates",
    "anchor",
    "announced keys",
    "release",
    "written",
)


@dataclass(frozen=True, slots=True)
class KafkaLogin:
    """Say how a node reaches Kafka.

    `password`: sealed, empty where the answer brings none. `certificates`: of the authority that
    signed the brokers', PEM; empty where there is no TLS.
    """

    servers: str
    protocol: str
    user: str = ""
    password: bytes = b""
    certificates: bytes = b""


@dataclass(frozen=True, slots=True)
class NodeAnswer:
    """Hold what the mechanism decided. Times are ms since 1970 UTC; 0: from the beginning.

    `request`: SHA-256 of the file that is answered. `anchor`: public half of the key that founded
    the exchange; `announced`: the signed entries of config that name the keys after it.
    """

    kind: RequestKind
    request: str
    node: str
    country: str
    authority: str
    key_id: str
    partition: int
    holds_from: int
    login: KafkaLogin
    anchor: bytes
    announced: tuple[bytes, ...]
    release: str
    written_at: int
    lane: str = ""
    epoch: int = 0
    former_until: int = 0

    @property
    def anchor_key(self) -> Ed25519PublicKey:
        """Return the public half of the key that founded the exchange."""
        return Ed25519PublicKey.from_public_bytes(self.anchor)

    def text(self) -> str:
        """Return what is signed. Raises BrokenFormatError."""
        values = (
            self.kind,
            self.request,
            self.node,
            self.country,
            self.authority,
            self.key_id,
            str(self.partition),
            self.lane,
            str(self.epoch),
            str(self.holds_from),
            str(self.former_until),
            self.login.servers,
            self.login.protocol,
            self.login.user,
            _to_base64(self.login.password),
            _to_base64(self.login.certificates),
            self.anchor.hex(),
            " ".join(map(_to_base64, self.announced)),
            self.release,
            str(self.written_at),
        )
        return write_fields(TITLE, dict(zip(_NAMES, values, strict=True)))


def write_answer(answer: NodeAnswer, key: Ed25519PrivateKey) -> str:
    """Return the file of an answer, signed with the mechanism's newest key."""
    return sign_text(answer.text(), SIGNER, key)


def read_answer(note: str) -> NodeAnswer:
    """Return an answer, signed by a key that follows from the anchor which it names.

    Whether that anchor is the right one is for the reader to know. Raises BrokenFormatError,
    BadSignatureError.
    """
    values = read_fields(text_of(note), TITLE, _NAMES)
    anchor = as_bytes("anchor", values["anchor"], 32)
    announced = tuple(_from_base64(part) for part in values["announced keys"].split())
    verify_text(note, SIGNER, newest_key(anchor, announced))
    if values["for"] not in set(RequestKind):
        raise BrokenFormatError(f"it answers {values['for']!r}, which this release does not know")
    login = KafkaLogin(
        values["kafka"],
        values["protocol"],
        values["user"],
        _from_base64(values["password"]),
        _from_base64(values["certificates"]),
    )
    return NodeAnswer(
        kind=RequestKind(values["for"]),
        request=values["request"],
        node=values["node"],
        country=values["country"],
        authority=values["authority"],
        key_id=values["key"],
        partition=as_number("partition", values["partition"]),
        holds_from=as_number("holds from", values["holds from"]),
        login=login,
        anchor=anchor,
        announced=announced,
        release=values["release"],
        written_at=as_number("written", values["written"]),
        lane=values["lane"],
        epoch=as_number("epoch", values["epoch"]),
        former_until=as_number("former keys until", values["former keys until"]),
    )


def newest_key(anchor: bytes, announced: Sequence[bytes]) -> Ed25519PublicKey:
    """Return the last key of a chain, each of whose entries the key before it signed.

    Raises BrokenFormatError, UnknownFormatError, BadSignatureError.
    """
    key = Ed25519PublicKey.from_public_bytes(anchor)
    for value in announced:
        name, entry, _effective_from = read_entry(_open(value, key))
        if name != "SigningKey":
            raise BadSignatureError(f"the entry {name} names no key of the mechanism")
        key = Ed25519PublicKey.from_public_bytes(entry["public_key"])
    return key


def seal_password(password: str, answer_key: bytes, request: str) -> bytes:
    """Seal a password to the answer key of a request; `request`: SHA-256 of its file."""
    public = X25519PublicKey.from_public_bytes(answer_key)
    return HPKE_SUITE.encrypt(password.encode(), public, info=_info(request))


def open_password(sealed: bytes, key: X25519PrivateKey, request: str) -> str:
    """Return the password that `seal_password` sealed. Raises CannotOpenError."""
    try:
        return HPKE_SUITE.decrypt(sealed, key, info=_info(request)).decode()
    except (InvalidTag, ValueError) as error:
        raise CannotOpenError("the password does not open with the key of the request") from error


def _info(request: str) -> bytes:
    return f"quipu password of a node {request}".encode()


def _open(value: bytes, key: Ed25519PublicKey) -> bytes:
    return verify(CONFIG, read_signed(value), key)


def _to_base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise BrokenFormatError("a line is not base64") from error
