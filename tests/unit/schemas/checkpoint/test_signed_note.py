"""Checkpoints as C2SP's signed notes: an example of the specification, and what is refused."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from schemas.checkpoint.signed_note import (
    SIGNATURE,
    Checkpoint,
    SignedCheckpoint,
    cosign,
    key_id_of,
    read_note,
    sign_checkpoint,
    verify_checkpoint,
    verify_cosignature,
    witnesses_of,
)
from schemas.errors import BadSignatureError, BrokenFormatError

KEY, WITNESS = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2))
CHECKPOINT = Checkpoint("quipu.bundles.co/0", 1042, bytes(range(32)))


def test_the_key_id_is_that_of_the_go_reference() -> None:
    """The verifier key of the documentation of golang.org/x/mod/sumdb/note."""
    name, key_id, encoded = [
        "PeterNeumann",
        "c74f20a3",
        "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ]
    content = base64.b64decode(encoded)
    assert content[0] == SIGNATURE
    public = Ed25519PublicKey.from_public_bytes(content[1:])
    assert key_id_of(name, public, SIGNATURE).hex() == key_id


def test_a_note_is_read_as_it_was_written_and_verified() -> None:
    note = sign_checkpoint(CHECKPOINT, KEY)
    seen = SignedCheckpoint(
        CHECKPOINT, (*note.signatures, cosign(CHECKPOINT, "co-ponal", WITNESS, 1_800_000_000))
    )
    read = read_note(str(seen))
    assert read == seen
    assert verify_checkpoint(read, [WITNESS.public_key(), KEY.public_key()]) == CHECKPOINT
    keys = {"co-ponal": WITNESS.public_key(), "pe-pnp": KEY.public_key()}
    assert witnesses_of(read, keys) == {"co-ponal": 1_800_000_000}


def test_another_key_name_content_or_time_is_refused() -> None:
    note = sign_checkpoint(CHECKPOINT, KEY)
    of_other_log = Checkpoint("quipu.bundles.pe/0", CHECKPOINT.size, CHECKPOINT.root)
    for wrong, key in ((note, WITNESS), (SignedCheckpoint(of_other_log, note.signatures), KEY)):
        with pytest.raises(BadSignatureError):
            verify_checkpoint(wrong, [key.public_key()])
    forged = SignedCheckpoint(Checkpoint(CHECKPOINT.origin, 1041, CHECKPOINT.root), note.signatures)
    with pytest.raises(BadSignatureError):
        verify_checkpoint(forged, [KEY.public_key()])
    signature = cosign(CHECKPOINT, "co-ponal", WITNESS, 7)
    other_time = signature.__class__("co-ponal", signature.key_id, bytes(8) + signature.value[8:])
    for signature in (other_time, note.signatures[0]):
        with pytest.raises(BadSignatureError):
            verify_cosignature(CHECKPOINT, signature, WITNESS.public_key())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n1\nAAAA\n\n— m AAAAAAAA\n",
        f"a\n01\n{base64.b64encode(bytes(32)).decode()}\n\n— m AAAAAAAA\n",
        f"a\n1\n{base64.b64encode(bytes(32)).decode()}\n\n",
        f"a\n1\n{base64.b64encode(bytes(32)).decode()}\n\n- m AAAAAAAA\n",
        f"a\n1\n{base64.b64encode(bytes(32)).decode()}\n\n— m AAAA\n",
        f"a\n1\n{base64.b64encode(bytes(32)).decode()}\nmore\n\n— m AAAAAAAA\n",
    ],
)
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(BrokenFormatError):
        read_note(text)


@given(st.text())
def test_no_text_ends_the_reader(text: str) -> None:
    try:
        read_note(text)
    except BrokenFormatError:
        return
