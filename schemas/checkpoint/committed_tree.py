"""Grow the tree of a partition from the checkpoint that was signed last. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.checkpoint.merkle import EMPTY_ROOT, TreeHead, growth_proof
from schemas.checkpoint.signed_note import Checkpoint


@dataclass
class CommittedTree:
    """Hold a tree as it was signed last (`signed`), and the hashes of its leaves since (`leaves`).

    `head`: the newest checkpoint of the tree; None where none was signed. As long as leaves of it
    are still to be added, `signed` is smaller.
    """

    head: Checkpoint | None = None
    signed: TreeHead = field(default_factory=TreeHead)
    leaves: list[bytes] = field(default_factory=list)

    @property
    def is_intact(self) -> bool:
        """Whether the leaves up to the newest checkpoint are those that were signed."""
        size, root = (self.head.size, self.head.root) if self.head else (0, EMPTY_ROOT)
        return self.signed.size == size and self.signed.root() == root

    def add(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        if self.head is not None and self.signed.size < self.head.size:
            self.signed.add(leaf)
        else:
            self.leaves.append(leaf)

    def settle(self, head: Checkpoint | None) -> None:
        """Move to a newer checkpoint of the tree, whoever signed it."""
        if head is None or head == self.head:
            return
        self.head = head
        count = max(0, head.size - self.signed.size)
        for leaf in self.leaves[:count]:
            self.signed.add(leaf)
        del self.leaves[:count]

    def next_checkpoint(self, origin: str) -> tuple[Checkpoint, Sequence[bytes]]:
        """Return the checkpoint of all leaves, and the proof that it continues the newest."""
        tree = self.signed.copy()
        for leaf in self.leaves:
            tree.add(leaf)
        proof = growth_proof(self.signed, self.leaves)
        return Checkpoint(origin, tree.size, tree.root()), proof
