"""Make a node's keys at the country, and the request that asks the mechanism for what they need.

    nodes/<node>/request/request.txt    the newest request, which is handed to the mechanism
    nodes/<node>/request/answer.pem     X25519: opens what is secret in the answer
    nodes/<node>/request/signing.pem    Ed25519: the key that a rotation asks for

The folder is there while an answer is awaited. No private key leaves it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from infra.data_folder import write_atomically
from infra.errors import EnrolmentError, NotFoundedError
from infra.keys import keyring
from infra.keys.key_files import (
    PrivateKey,
    private_pem,
    read_private,
    read_signing,
    unreadable,
    write_private,
)
from infra.program_version import this_release
from infra.settings import Settings
from schemas.enrolment.request import NodeRequest, RequestKind, write_request
from schemas.errors import BrokenFormatError
from schemas.i18n import _

REQUEST, ANSWER_KEY, NEXT_KEY = "request.txt", "answer.pem", "signing.pem"


@dataclass(frozen=True, slots=True)
class RequestPurpose:
    """Say what a country asks for. `lane` and `epoch`: of a new epoch alone."""

    kind: RequestKind
    node: str
    country: str
    authority: str
    succeeds: tuple[str, ...] = ()
    lane: str = ""
    epoch: int = 0


def make_request(settings: Settings, purpose: RequestPurpose, now: int) -> str:
    """Return the file of a request, and remember it. `now`: ms since 1970 UTC.

    An admission makes the node's keys where there are none, a rotation the next key. A request
    replaces the one before it. Raises KeyringError, EnrolmentError, OSError.
    """
    key, former = _signers(settings, purpose)
    folder = request_folder(settings, purpose.node)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    request = NodeRequest(
        kind=purpose.kind,
        node=purpose.node,
        country=purpose.country,
        authority=purpose.authority,
        public_key=key.public_key().public_bytes_raw(),
        answer_key=load_answer_key(folder).public_key().public_bytes_raw(),
        release=this_release(),
        written_at=now,
        number=os.urandom(16),
        succeeds=purpose.succeeds,
        lane=purpose.lane,
        epoch=purpose.epoch,
        mechanism=_anchor_id(settings),
    )
    try:
        note = write_request(request, key, former)
    except BrokenFormatError as error:
        raise _unwritable(error) from error
    write_atomically(folder / REQUEST, note)
    return note


def request_folder(settings: Settings, node: str) -> Path:
    """Return the folder of the request of a node that waits for its answer."""
    return settings.node_dir(node) / "request"


def load_answer_key(folder: Path) -> X25519PrivateKey:
    """Read the key that opens the answer, made where there is none. Raises KeyringError."""
    key = _load_or_make(folder / ANSWER_KEY, X25519PrivateKey.generate)
    if not isinstance(key, X25519PrivateKey):
        raise unreadable(folder / ANSWER_KEY, "X25519")
    return key


def load_next_key(folder: Path) -> Ed25519PrivateKey:
    """Read the signing key that a rotation asks for. Raises KeyringError."""
    return read_signing(folder / NEXT_KEY)


def _signers(
    settings: Settings, purpose: RequestPurpose
) -> tuple[Ed25519PrivateKey, Ed25519PrivateKey | None]:
    """Return the key that the request names, and the former one where it replaces one."""
    node = purpose.node
    if purpose.kind is RequestKind.ADMISSION:
        has_keys = keyring.node_folder(settings, node).exists()
        make_keys = keyring.load_node_keys if has_keys else keyring.create_node_keys
        return make_keys(settings, node).signing, None
    present = keyring.load_node_keys(settings, node).signing
    if purpose.kind is RequestKind.EPOCH:
        return present, None
    folder = request_folder(settings, node)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _load_or_make(folder / NEXT_KEY, Ed25519PrivateKey.generate)
    return load_next_key(folder), present


def _load_or_make(path: Path, generate: Callable[[], PrivateKey]) -> object:
    if not path.exists():
        part = path.with_name(f".{path.name}.part")
        part.unlink(missing_ok=True)
        write_private(part, private_pem(generate()))
        part.replace(path)
    return read_private(path)


def _anchor_id(settings: Settings) -> str:
    try:
        return keyring.trust_anchor(settings)[0]
    except NotFoundedError:
        return ""


def _unwritable(error: BrokenFormatError) -> EnrolmentError:
    return EnrolmentError(
        _("The request cannot be written: {why}.", why=error.detail),
        _("Name authority and former nodes in plain letters, in one line."),
        "REQUEST_BROKEN",
    )
