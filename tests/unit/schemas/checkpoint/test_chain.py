"""Chains of checkpoints: what continues the one before, and what contradicts it."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from schemas.checkpoint.chain import (
    CheckpointChain,
    CheckpointStep,
    Judgement,
    Origin,
    make_step,
    read_origin,
    read_step,
)
from schemas.checkpoint.committed_tree import CommittedTree
from schemas.checkpoint.merkle import leaf_hash, root_of
from schemas.checkpoint.signed_note import Checkpoint, cosign, sign_checkpoint
from schemas.checkpoint.statement import read_statement
from schemas.errors import BadSignatureError, BrokenFormatError, RevokedKeyError
from schemas.exchange_config import ConfigView, NodeKey

KEY, OTHER = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2))
PUBLIC = [KEY.public_key()]
TREE = "quipu.bundles.co/0"
LEAVES = st.lists(st.binary(max_size=3).map(leaf_hash), min_size=1, max_size=30)


class Log:
    """A log that signs its checkpoints as the process does."""

    def __init__(self, key: Ed25519PrivateKey = KEY) -> None:
        self.tree, self.key = CommittedTree(), key

    def grow(self, leaves: list[bytes]) -> CheckpointStep:
        for leaf in leaves:
            self.tree.add(leaf)
        checkpoint, proof = self.tree.next_checkpoint(TREE)
        step = make_step(self.tree.head, proof, sign_checkpoint(checkpoint, self.key))
        self.tree.settle(checkpoint)
        return step

    def restore(self, leaves: list[bytes], head: Checkpoint | None) -> None:
        """Begin again with the whole log and the newest checkpoint, as a restarted process does."""
        self.tree = CommittedTree()
        self.tree.settle(head)
        for leaf in leaves:
            self.tree.add(leaf)


def followed(chain: CheckpointChain, step: CheckpointStep) -> Judgement | None:
    answer = chain.follow(str(step).encode(), PUBLIC)
    return answer[0] if answer else None


@given(st.lists(LEAVES, min_size=1, max_size=6), st.data())
def test_a_log_that_only_grows_is_followed_whenever_the_process_restarts(
    parts: list[list[bytes]], data: st.DataObject
) -> None:
    log, chain, leaves = Log(), CheckpointChain(), list[bytes]()
    for part in parts:
        if data.draw(st.booleans()):
            log.restore(leaves, chain.head(TREE))
            assert log.tree.is_intact
        step = log.grow(part)
        leaves += part
        assert followed(chain, step) is Judgement.NEXT
        assert followed(chain, step) is Judgement.KNOWN
        assert chain.head(TREE) == Checkpoint(TREE, len(leaves), root_of(leaves))
    assert not chain.contradictions


@given(LEAVES, LEAVES, LEAVES)
def test_another_history_is_never_followed(
    first: list[bytes], shown: list[bytes], hidden: list[bytes]
) -> None:
    log, chain = Log(), CheckpointChain()
    common = log.grow(first)
    followed(chain, common)
    followed(chain, log.grow(shown))
    other = Log()
    other.grow(first)
    step, size = other.grow(hidden), len(first) + len(hidden)
    is_same = size <= len(first) + len(shown) and hidden == shown[: len(hidden)]
    before = chain.head(TREE)
    judgement = followed(chain, step)
    assert judgement in (Judgement.KNOWN, Judgement.UNCONNECTED, Judgement.CONTRADICTS)
    assert judgement is not Judgement.KNOWN or is_same
    assert chain.head(TREE) == before


@given(LEAVES, LEAVES)
def test_a_forked_log_contradicts_whoever_saw_the_other_branch(
    first: list[bytes], more: list[bytes]
) -> None:
    chain, other = CheckpointChain(), Log()
    followed(chain, Log().grow(first))
    other.grow([leaf_hash(b"other"), *first[1:]])
    if other.tree.head == chain.head(TREE):
        return
    assert followed(chain, other.grow(more)) is Judgement.CONTRADICTS
    assert chain.contradictions[TREE].checkpoint.size == len(first) + len(more)


@given(LEAVES, LEAVES)
def test_a_log_that_was_cut_or_changed_is_not_intact(
    leaves: list[bytes], others: list[bytes]
) -> None:
    log = Log()
    head = log.grow(leaves).note.checkpoint
    log.restore(leaves[:-1], head)
    assert not log.tree.is_intact
    log.restore(others, head)
    assert log.tree.is_intact == (others[: len(leaves)] == leaves)


def test_what_another_key_signed_is_not_counted() -> None:
    chain = CheckpointChain()
    assert followed(chain, Log(OTHER).grow([leaf_hash(b"a")])) is None
    assert not chain.heads


@given(st.binary(max_size=300))
def test_no_message_ends_the_reader(content: bytes) -> None:
    assert CheckpointChain().follow(content, PUBLIC) is None
    with pytest.raises((BrokenFormatError, BadSignatureError)):
        read_statement(content, PUBLIC, "co-ponal", ConfigView())


@given(LEAVES, LEAVES)
def test_a_message_is_read_as_it_was_written(first: list[bytes], more: list[bytes]) -> None:
    log = Log()
    for step in (log.grow(first), log.grow(more)):
        assert read_step(str(step).encode()) == step


@pytest.mark.parametrize("origin", [Origin("quipu.bundles.co", 1), Origin("quipu.config", 0, 3)])
def test_an_origin_is_read_as_it_was_written(origin: Origin) -> None:
    assert read_origin(str(origin)) == origin
    with pytest.raises(BrokenFormatError):
        read_origin(f"{origin}\u202e")


def test_a_statement_counts_if_log_and_node_signed_it() -> None:
    note = Log().grow([leaf_hash(b"a")]).note
    signed = note.with_signature(cosign(note.checkpoint, "co-ponal", OTHER, 7))
    key = NodeKey("co-ponal", "co-ponal-1", OTHER.public_key(), revoked=False)
    view = ConfigView(keys={key.key_id: key})
    statement = read_statement(str(signed).encode(), PUBLIC, "co-ponal", view)
    assert (statement.node, statement.seen_at_s) == ("co-ponal", 7)
    foreign = NodeKey("pe-pnp", "pe-pnp-1", OTHER.public_key(), revoked=False)
    for content, name, keys in (
        (str(note), "co-ponal", view),
        (str(signed), "pe-pnp", ConfigView(keys={foreign.key_id: foreign})),
        (str(Log(OTHER).grow([leaf_hash(b"a")]).note), "co-ponal", view),
    ):
        with pytest.raises(BadSignatureError):
            read_statement(content.encode(), PUBLIC, name, keys)
    revoked = NodeKey("co-ponal", "co-ponal-1", OTHER.public_key(), revoked=True)
    with pytest.raises(RevokedKeyError):
        read_statement(
            str(signed).encode(), PUBLIC, "co-ponal", ConfigView(keys={key.key_id: revoked})
        )
