"""What was signed of a tree is held in little memory, and what does not fit is not forgotten."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from infra.exchange_log.checkpoint_claims import TreeClaims
from schemas.checkpoint.claims import MECHANISM, CheckpointClaim
from schemas.checkpoint.signed_note import Checkpoint, sign_checkpoint, verify_checkpoint
from schemas.errors import BadSignatureError

KEY, FORGER = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2))
PUBLISHED = st.lists(st.tuples(st.integers(0, 9), st.sampled_from("ab")), max_size=10)
STATEMENTS = st.lists(
    st.tuples(
        st.integers(0, 9), st.sampled_from("ab"), st.sampled_from(["co-ponal", "x"]), st.booleans()
    ),
    max_size=20,
)


def claim(size: int, root: str, witness: str, key: Ed25519PrivateKey = KEY) -> CheckpointClaim:
    checkpoint = Checkpoint("quipu.bundles.co/0", size, root.encode() * 32)
    return CheckpointClaim(sign_checkpoint(checkpoint, key), witness, 0)


def is_good(claim: CheckpointClaim) -> bool:
    try:
        verify_checkpoint(claim.note, [KEY.public_key()])
    except BadSignatureError:
        return False
    return True


@given(PUBLISHED, STATEMENTS)
def test_no_good_claim_against_the_log_is_lost_and_no_forged_one_is_held(
    published: list[tuple[int, str]], statements: list[tuple[int, str, str, bool]]
) -> None:
    tree = TreeClaims()
    claims = [claim(size, root, MECHANISM) for size, root in published]
    claims += [
        claim(size, root, witness, KEY if genuine else FORGER)
        for size, root, witness, genuine in statements
    ]
    for item in claims:
        tree.add(item, is_good)
    log = dict.fromkeys(range(8), b"a" * 32)
    wrong = {
        item
        for item in claims
        if is_good(item) and log.get(item.checkpoint.size) != (item.checkpoint.root)
    }
    shown = {item.checkpoint for item in tree.others} | {
        Checkpoint("quipu.bundles.co/0", size, tree.roots[size]) for size in tree.disagreeing(log)
    }
    assert {item.checkpoint for item in wrong} <= shown
    assert all(map(is_good, tree.others))
    assert all(len(newest) <= 3 for newest in tree.newest.values())
