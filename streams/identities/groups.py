"""Keep mentions in groups, and groups apart. Pure but for its own state."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from streams.identities.mention import Pair, PersonMention


class Groups:
    """A partition of mentions, and pairs of groups that must not be joined.

    Joining is by union with the smaller mention as root, so the outcome depends on no order.
    """

    def __init__(self, mentions: Iterable[PersonMention]) -> None:
        """Begin with each mention alone."""
        self._parents = {mention: mention for mention in mentions}
        self._apart: dict[PersonMention, set[PersonMention]] = {}
        """By root, the roots of the groups that it must not join."""

    @property
    def mentions(self) -> AbstractSet[PersonMention]:
        """Every mention of the partition."""
        return self._parents.keys()

    def root(self, mention: PersonMention) -> PersonMention:
        """Return the mention that stands for the group of this one."""
        parents = self._parents
        while parents[mention] != mention:
            parents[mention] = parents[parents[mention]]
            mention = parents[mention]
        return mention

    def roots(self, pair: Pair) -> set[PersonMention]:
        """Return the roots of both ends."""
        return {self.root(pair[0]), self.root(pair[1])}

    def are_joined(self, first: PersonMention, second: PersonMention) -> bool:
        """Return whether two mentions are in one group."""
        return self.root(first) == self.root(second)

    def part(self, pair: Pair) -> None:
        """Keep the groups of two mentions apart from now on; one group is not taken apart."""
        first, second = self.root(pair[0]), self.root(pair[1])
        if first != second:
            self._apart.setdefault(first, set()).add(second)
            self._apart.setdefault(second, set()).add(first)

    def join(self, pairs: Iterable[Pair]) -> None:
        """Join the groups of each pair, which are not kept apart."""
        for pair in pairs:
            if not self.are_joined(*pair):
                self._unite(*sorted(self.roots(pair)))

    def _unite(self, root: PersonMention, other: PersonMention) -> None:
        """Join the group of `other` to that of `root`, with all that it is kept apart from."""
        self._parents[other] = root
        for distant in self._apart.pop(other, ()):
            self._apart[distant].discard(other)
            self._apart[distant].add(root)
            self._apart.setdefault(root, set()).add(distant)

    def chains(self, pairs: Iterable[Pair]) -> list[list[Pair]]:
        """Return the pairs of different groups, those together that would join one group."""
        parents: dict[PersonMention, PersonMention] = {}

        def top(root: PersonMention) -> PersonMention:
            while parents.setdefault(root, root) != root:
                root = parents[root]
            return root

        between = [pair for pair in pairs if not self.are_joined(*pair)]
        for pair in between:
            first, second = (top(root) for root in sorted(self.roots(pair)))
            parents[max(first, second)] = min(first, second)
        chains: dict[PersonMention, list[Pair]] = {}
        for pair in between:
            chains.setdefault(top(self.root(pair[0])), []).append(pair)
        return list(chains.values())

    def charged(self, chain: Sequence[Pair]) -> set[PersonMention]:
        """Return the roots of a chain that must not be joined with another one of it."""
        roots = {root for pair in chain for root in self.roots(pair)}
        return {root for root in roots if not roots.isdisjoint(self._apart.get(root, ()))}
