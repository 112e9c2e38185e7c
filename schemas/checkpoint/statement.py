"""Read what a witness states: a checkpoint that its log signed, countersigned by a node. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from schemas.checkpoint.chain import read_origin
from schemas.checkpoint.signed_note import (
    SignedCheckpoint,
    read_note,
    verify_checkpoint,
    verify_cosignature,
)
from schemas.errors import BadSignatureError, BrokenFormatError, RevokedKeyError
from schemas.exchange_config import ConfigView


@dataclass(frozen=True, slots=True)
class WitnessStatement:
    """Hold a note that its log signed, and which node saw it when (s since 1970 UTC)."""

    note: SignedCheckpoint
    node: str
    seen_at_s: int


def read_statement(
    content: bytes, log_keys: Sequence[Ed25519PublicKey], node: str, view: ConfigView
) -> WitnessStatement:
    """Read and verify a message of a topic of witnesses.

    `view`: what was in effect when it was appended. Raises BrokenFormatError, and BadSignatureError
    where the log or the node did not sign it, RevokedKeyError where its key was revoked.
    """
    note = read_statement_note(content)
    verify_checkpoint(note, log_keys)
    return WitnessStatement(note, node, verify_statement(note, node, view))


def verify_statement(note: SignedCheckpoint, node: str, view: ConfigView) -> int:
    """Return when a node saw a checkpoint that it countersigned (s since 1970 UTC).

    Raises BadSignatureError, RevokedKeyError.
    """
    is_revoked = False
    for key in view.keys.values():
        if key.node != node:
            continue
        for signature in note.signatures:
            try:
                seen_at_s = verify_cosignature(note.checkpoint, signature, key.public)
            except BadSignatureError:
                continue
            if signature.name == node and not key.revoked:
                return seen_at_s
            is_revoked = is_revoked or key.revoked
    if is_revoked:
        raise RevokedKeyError(f"{note.checkpoint.origin}: the key of {node} is revoked", node)
    raise BadSignatureError(f"{note.checkpoint.origin}: no countersignature of {node}")


def read_statement_note(content: bytes) -> SignedCheckpoint:
    """Read the note of a message; nothing is verified yet. Raises BrokenFormatError."""
    try:
        note = read_note(content.decode())
    except UnicodeDecodeError as error:
        raise BrokenFormatError("a checkpoint is UTF-8") from error
    read_origin(note.checkpoint.origin)
    return note
