"""Measure how right links are: precision, recall, F1, and which errors remain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

AUTOMATIC = 0.95
POSSIBLE = 0.5


@dataclass(slots=True)
class Accuracy:
    """Count right and wrong links at one threshold; `errors`: how many of each kind."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        """The share of links that are right; 1 without links."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of true pairs that are linked."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def line(self) -> str:
        """Say the three in one line, and the errors by kind, the most frequent first."""
        kinds = ", ".join(f"{count} {kind}" for kind, count in self.errors.most_common(12))
        return (
            f"F1 {self.f1:.4f}, precision {self.precision:.4f}, recall {self.recall:.4f}"
            f" ({self.right} right, {self.wrong} wrong, {self.missed} missed;"
            f" {kinds or 'no errors'})"
        )


Pair = tuple[int, int]


def measure(
    scores: Mapping[Pair, float], truth: Iterable[Pair], threshold: float,
    kind_of: Callable[[Pair, bool], str],
) -> Accuracy:  # fmt: skip
    """Compare the pairs of at least this probability with the truth.

    `kind_of` names the kind of an error: its pair, and whether it was missed.
    """
    true = set(truth)
    linked = {pair for pair, probability in scores.items() if probability >= threshold}
    accuracy = Accuracy(len(linked & true), len(linked - true), len(true - linked))
    for pair in linked - true:
        accuracy.errors[f"wrong: {kind_of(pair, False)}"] += 1
    for pair in true - linked:
        accuracy.errors[f"missed: {kind_of(pair, True)}"] += 1
    return accuracy


def pairs_of_groups(groups: Sequence[object]) -> set[Pair]:
    """Return the pairs of positions whose group is the same."""
    members: dict[object, list[int]] = {}
    for position, group in enumerate(groups):
        members.setdefault(group, []).append(position)
    return {
        (low, high)
        for positions in members.values()
        for at, low in enumerate(positions)
        for high in positions[at + 1 :]
    }
