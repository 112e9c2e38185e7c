"""Compute Merkle trees and their proofs as RFC 6962, section 2.1, defines them (SHA-256).

A leaf is the hash of one message of a log. The root of a tree commits to all of them and to their
order. An inclusion proof shows that one leaf stands at its place. A consistency proof shows that
an older tree is the beginning of a newer one: nothing in it was changed or taken out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of a leaf with this content."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node with these two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(slots=True)
class TreeHead:
    """A tree of which only the roots of its complete subtrees are kept, the largest first.

    Adding a leaf costs one hash on average; 64 hashes are enough for any log.
    """

    size: int = 0
    subtrees: list[bytes] = field(default_factory=list)

    def add(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        self.subtrees.append(leaf)
        self.size += 1
        merges = (self.size & -self.size).bit_length() - 1
        for _merge in range(merges):
            right, left = self.subtrees.pop(), self.subtrees.pop()
            self.subtrees.append(node_hash(left, right))

    def copy(self) -> TreeHead:
        """Return the same tree, which grows by itself."""
        return TreeHead(self.size, [*self.subtrees])

    def root(self) -> bytes:
        """Return the root of all leaves so far."""
        if not self.subtrees:
            return EMPTY_ROOT
        root = self.subtrees[-1]
        for left in reversed(self.subtrees[:-1]):
            root = node_hash(left, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root of the tree over these leaf hashes."""
    head = TreeHead()
    for leaf in leaves:
        head.add(leaf)
    return head.root()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return the hashes that lead from a leaf to the root, the lowest first.

    Raises IndexError for a leaf that the tree does not have.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"leaf {index} of {len(leaves)}")
    if len(leaves) == 1:
        return []
    middle = _left_size(len(leaves))
    if index < middle:
        return [*inclusion_proof(leaves[:middle], index), root_of(leaves[middle:])]
    return [*inclusion_proof(leaves[middle:], index - middle), root_of(leaves[:middle])]


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether a proof shows that this leaf stands at `index` of the tree of `size` and `root`.

    The algorithm is that of RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < size:
        return False
    place, last, reached = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            reached = node_hash(step, reached)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            reached = node_hash(reached, step)
        place, last = place >> 1, last >> 1
    return last == 0 and reached == root


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> list[bytes]:
    """Return the proof that the first `old_size` leaves are the beginning of this tree.

    Raises IndexError where the old tree is larger.
    """
    if not 0 <= old_size <= len(leaves):
        raise IndexError(f"{old_size} of {len(leaves)} leaves")
    return list(_consistency(leaves, old_size, True)) if 0 < old_size < len(leaves) else []


def growth_proof(old: TreeHead, leaves: Sequence[bytes]) -> list[bytes]:
    """Return the consistency proof from a tree to the same tree with these leaves added.

    It is that of `consistency_proof`, which needs all leaves; this needs no leaf of the old tree.
    """
    if not old.size or not leaves:
        return []
    return list(_growth(old.subtrees, old.size, leaves, True))


def is_consistent(old: tuple[int, bytes], new: tuple[int, bytes], proof: Sequence[bytes]) -> bool:
    """Say whether a proof shows that the tree `old` is the beginning of `new`; both (size, root).

    The algorithm is that of RFC 9162, section 2.1.4.2.
    """
    (old_size, old_root), (new_size, new_root) = old, new
    if old_size == new_size:
        return old_root == new_root and not proof
    if not 0 <= old_size < new_size:
        return False
    if old_size == 0:
        return old_root == EMPTY_ROOT and not proof
    return _roots_follow(old, new, [old_root, *proof] if _is_power_of_two(old_size) else proof)


def _roots_follow(old: tuple[int, bytes], new: tuple[int, bytes], steps: Sequence[bytes]) -> bool:
    """Compute both roots from the steps of a consistency proof, and compare them."""
    if not steps:
        return False
    place, last = old[0] - 1, new[0] - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old_root = new_root = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old_root, new_root = node_hash(step, old_root), node_hash(step, new_root)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new_root = node_hash(new_root, step)
        place, last = place >> 1, last >> 1
    return last == 0 and (old_root, new_root) == (old[1], new[1])


def _consistency(leaves: Sequence[bytes], old_size: int, is_whole: bool) -> Iterator[bytes]:
    """Yield SUBPROOF of RFC 6962; `is_whole`: the old tree is a subtree that the verifier knows."""
    if old_size == len(leaves):
        if not is_whole:
            yield root_of(leaves)
        return
    middle = _left_size(len(leaves))
    if old_size <= middle:
        yield from _consistency(leaves[:middle], old_size, is_whole)
        yield root_of(leaves[middle:])
    else:
        yield from _consistency(leaves[middle:], old_size - middle, False)
        yield root_of(leaves[:middle])


def _growth(
    subtrees: Sequence[bytes], old_size: int, leaves: Sequence[bytes], is_whole: bool
) -> Iterator[bytes]:
    """Yield what `_consistency` yields: each root of old leaves there is one of `subtrees`."""
    if not leaves:
        if not is_whole:
            yield subtrees[0]
        return
    size = old_size + len(leaves)
    middle = _left_size(size)
    if old_size <= middle:
        yield from _growth(subtrees, old_size, leaves[: middle - old_size], is_whole)
        yield root_of(leaves[middle - old_size :])
    else:
        yield from _growth(subtrees[1:], old_size - middle, leaves, False)
        yield subtrees[0]


def _left_size(size: int) -> int:
    """Return the largest power of two below `size` (of at least two)."""
    return 1 << ((size - 1).bit_length() - 1)


def _is_power_of_two(size: int) -> bool:
    return size & (size - 1) == 0
