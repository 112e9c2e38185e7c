"""Claims on a tree: what signed checkpoints show of a log that is cut, changed or told twice."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from schemas.checkpoint.claims import CheckpointClaim, Disagreement, compare_claims
from schemas.checkpoint.merkle import leaf_hash, root_of
from schemas.checkpoint.signed_note import Checkpoint, sign_checkpoint, verify_checkpoint
from schemas.errors import BadSignatureError

KEY, FORGER = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2))
LEAVES = st.lists(st.binary(max_size=3).map(leaf_hash), min_size=1, max_size=20)
WHO = st.sampled_from(["", "co-ponal", "pe-pnp"])


def claim(
    leaves: Sequence[bytes], size: int, witness: str = "", key: Ed25519PrivateKey = KEY
) -> CheckpointClaim:
    checkpoint = Checkpoint("quipu.bundles.co/0", size, root_of(leaves[:size]))
    return CheckpointClaim(sign_checkpoint(checkpoint, key), witness, 0)


def roots(leaves: Sequence[bytes]) -> dict[int, bytes]:
    return {size: root_of(leaves[:size]) for size in range(len(leaves) + 1)}


def is_good(claim: CheckpointClaim) -> bool:
    try:
        verify_checkpoint(claim.note, [KEY.public_key()])
    except BadSignatureError:
        return False
    return True


@given(LEAVES, st.lists(st.tuples(st.integers(0, 20), WHO), max_size=8))
def test_a_log_that_only_grew_contradicts_nobody(
    leaves: list[bytes], seen: list[tuple[int, str]]
) -> None:
    claims = [claim(leaves, min(size, len(leaves)), who) for size, who in seen]
    report = compare_claims(claims, roots(leaves), is_good)
    assert not report.wrong and not report.forged
    published = [item.checkpoint.size for item in claims if not item.witness]
    assert (report.newest.checkpoint.size if report.newest else None) == max(
        published, default=None
    )


@given(LEAVES, LEAVES, WHO)
def test_a_good_claim_that_does_not_fit_is_always_shown(
    leaves: list[bytes], others: list[bytes], who: str
) -> None:
    size = len(others)
    wrong = claim(others, size, who)
    if others == leaves[:size]:
        return
    for published, kind in (([], Disagreement.OTHER), ([len(leaves)], Disagreement.BOTH)):
        claims = [*(claim(leaves, own) for own in published), wrong]
        report = compare_claims(claims, roots(leaves), is_good)
        expected = Disagreement.LONGER if size > len(leaves) else kind
        assert report.wrong == {expected: (wrong, (who,) if who else ())}


@given(LEAVES, LEAVES, WHO)
def test_a_forged_claim_is_counted_and_proves_nothing(
    leaves: list[bytes], others: list[bytes], who: str
) -> None:
    forged = claim(others, len(others), who, FORGER)
    report = compare_claims([forged], roots(leaves), is_good)
    assert not report.wrong and report.newest is None
    assert report.forged == (others != leaves[: len(others)])


@given(LEAVES)
def test_only_who_countersigned_the_newest_has_seen_it(leaves: list[bytes]) -> None:
    size = len(leaves)
    claims = [claim(leaves, size), claim(leaves, size, "co-ponal"), claim(leaves, 0, "pe-pnp")]
    claims.append(claim(leaves, size, "ec-policia", FORGER))
    assert compare_claims(claims, roots(leaves), is_good).seen_by == ("co-ponal",)
