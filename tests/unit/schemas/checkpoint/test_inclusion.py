"""Proofs that a message is in a log: what holds, and what must not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from schemas.checkpoint.inclusion import (
    InclusionProof,
    VerifierKey,
    check_proof,
    read_keys,
    read_proof,
)
from schemas.checkpoint.merkle import inclusion_proof, leaf_hash, root_of
from schemas.checkpoint.signed_note import (
    COSIGNATURE,
    SIGNATURE,
    Checkpoint,
    SignedCheckpoint,
    cosign,
    sign_checkpoint,
)
from schemas.errors import BadSignatureError, BrokenFormatError

KEY, WITNESS, FORGER = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2, 3))
TREE = "quipu.bundles.co/0"
KEYS = [
    VerifierKey(TREE, SIGNATURE, KEY.public_key()),
    VerifierKey("co-ponal", COSIGNATURE, WITNESS.public_key()),
]
CONTENTS = st.lists(st.binary(max_size=6), min_size=1, max_size=30)


def prove(contents: Sequence[bytes], index: int, key: Ed25519PrivateKey = KEY) -> InclusionProof:
    leaves = [leaf_hash(content) for content in contents]
    checkpoint = Checkpoint(TREE, len(leaves), root_of(leaves))
    note = sign_checkpoint(checkpoint, key)
    note = note.with_signature(cosign(checkpoint, "co-ponal", WITNESS, 7))
    return InclusionProof(contents[index], index, tuple(inclusion_proof(leaves, index)), note)


@given(CONTENTS, st.data())
def test_a_proof_holds_as_it_was_written_and_no_other_way(
    contents: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(contents) - 1))
    proof = prove(contents, index)
    read = read_proof(str(proof))
    assert read == proof
    checked = check_proof(read, read_keys("\n".join(map(str, KEYS))))
    assert (str(checked.origin), checked.checkpoint.size) == (TREE, len(contents))
    assert checked.seen_by == {"co-ponal": 7}
    other = data.draw(st.binary(max_size=6))
    if other != contents[index]:
        with pytest.raises(BadSignatureError):
            check_proof(replace(proof, content=other), KEYS)


def test_who_has_no_key_of_the_log_proves_nothing() -> None:
    contents = [b"a", b"b", b"c"]
    with pytest.raises(BadSignatureError):
        check_proof(prove(contents, 1, FORGER), KEYS)
    with pytest.raises(BadSignatureError):
        check_proof(prove(contents, 1), KEYS[1:])
    of_other_tree = VerifierKey("quipu.bundles.pe/0", SIGNATURE, KEY.public_key())
    with pytest.raises(BadSignatureError):
        check_proof(prove(contents, 1), [of_other_tree, KEYS[1]])


def test_only_countersignatures_of_known_witnesses_count() -> None:
    proof = prove([b"a", b"b"], 0)
    forged = cosign(proof.note.checkpoint, "ec-policia", FORGER, 7)
    own_key = VerifierKey("ec-policia", COSIGNATURE, WITNESS.public_key())
    noted = replace(proof, note=proof.note.with_signature(forged))
    assert check_proof(noted, [*KEYS, own_key]).seen_by == {"co-ponal": 7}
    alone = SignedCheckpoint(proof.note.checkpoint, proof.note.signatures[:1])
    assert check_proof(replace(proof, note=alone), KEYS).seen_by == {}


def test_an_impossible_time_is_no_countersignature() -> None:
    proof = prove([b"a"], 0)
    checkpoint = proof.note.checkpoint
    late = sign_checkpoint(checkpoint, KEY).with_signature(
        cosign(checkpoint, "co-ponal", WITNESS, 2**63)
    )
    assert check_proof(replace(proof, note=late), KEYS).seen_by == {}


def test_keys_are_read_as_they_were_written_and_a_wrong_id_is_refused() -> None:
    text = "# from the liaison office\n\n" + "\n".join(map(str, KEYS))
    assert [str(key) for key in read_keys(text)] == [str(key) for key in KEYS]
    name, key_id, content = str(KEYS[0]).split("+", 2)
    for line in (f"other+{key_id}+{content}", f"{name}+{key_id}", f"{name}+{key_id}+AAAA"):
        with pytest.raises(BrokenFormatError):
            read_keys(line)


def test_the_key_of_the_go_reference_is_read() -> None:
    """The verifier key of the documentation of golang.org/x/mod/sumdb/note."""
    line = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    assert [str(key) for key in read_keys(line)] == [line]


@given(st.text())
def test_no_text_ends_the_readers(text: str) -> None:
    for read in (read_proof, read_keys):
        try:
            read(text)
        except BrokenFormatError:
            continue
