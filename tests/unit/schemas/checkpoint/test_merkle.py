"""Merkle trees as RFC 6962 has them: the roots of its reference tests, and laws of the proofs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from schemas.checkpoint.merkle import (
    EMPTY_ROOT,
    TreeHead,
    consistency_proof,
    growth_proof,
    includes,
    inclusion_proof,
    is_consistent,
    leaf_hash,
    node_hash,
    root_of,
)

REFERENCE = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
"""The inputs of the reference tests of Certificate Transparency, and the roots of the first n."""
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

LEAVES = st.lists(st.binary(max_size=4).map(leaf_hash), min_size=1, max_size=40)


def test_the_roots_are_those_of_the_reference() -> None:
    leaves = [leaf_hash(bytes.fromhex(text)) for text in REFERENCE]
    assert [root_of(leaves[: size + 1]).hex() for size in range(len(leaves))] == ROOTS
    assert root_of([]) == EMPTY_ROOT


@given(LEAVES)
def test_a_tree_that_grows_has_the_root_of_all_its_leaves(leaves: list[bytes]) -> None:
    head = TreeHead()
    for size, leaf in enumerate(leaves, start=1):
        head.add(leaf)
        assert head.root() == _recursive(leaves[:size])
    assert head.size == len(leaves)


@given(LEAVES, st.data())
def test_a_leaf_is_proved_at_its_place_and_nowhere_else(
    leaves: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof, root = inclusion_proof(leaves, index), root_of(leaves)
    assert includes(leaves[index], index, len(leaves), proof, root)
    other = data.draw(st.integers(-1, len(leaves) + 1))
    if not 0 <= other < len(leaves) or leaves[other] != leaves[index]:
        assert not includes(leaves[index], other, len(leaves), proof, root)
    assert not includes(leaf_hash(b"forged"), index, len(leaves), proof, root)
    assert not includes(leaves[index], index, len(leaves), [*proof, root], root)
    assert not includes(leaves[index], index, len(leaves), proof[:-1], root) or not proof


@given(LEAVES, st.data())
def test_an_older_tree_is_proved_to_be_the_beginning(
    leaves: list[bytes], data: st.DataObject
) -> None:
    old_size = data.draw(st.integers(0, len(leaves)))
    old, new = (old_size, root_of(leaves[:old_size])), (len(leaves), root_of(leaves))
    proof = consistency_proof(leaves, old_size)
    assert is_consistent(old, new, proof)
    if old_size:
        changed = [leaf_hash(b"forged"), *leaves[1:old_size]]
        assert not is_consistent((old_size, root_of(changed)), new, proof)
    assert not is_consistent((old_size, bytes(32)), new, proof)
    assert not is_consistent(new, old, proof) or old == new


def _recursive(leaves: list[bytes]) -> bytes:
    """The definition, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    return node_hash(_recursive(leaves[:middle]), _recursive(leaves[middle:]))


@given(LEAVES, st.data())
def test_a_tree_without_its_leaves_proves_its_growth(
    leaves: list[bytes], data: st.DataObject
) -> None:
    old = TreeHead()
    for leaf in leaves[: data.draw(st.integers(0, len(leaves)))]:
        old.add(leaf)
    assert growth_proof(old, leaves[old.size :]) == consistency_proof(leaves, old.size)
