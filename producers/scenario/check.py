"""How what was found stands to what is true. Pure; the demo and the tests use it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from producers.scenario.truth import Expected, Reference

Found = tuple[str, str, frozenset[Reference]]
Pair = tuple[str, Reference, Reference]


@dataclass(frozen=True, slots=True)
class Score:
    """Of one grade: indicators by exact evidence, and pairs of records by rule. `invented` and `missed` are sorted."""

    owed: int
    found: int
    right: int
    pairs_owed: int
    pairs_found: int
    pairs_right: int
    invented: tuple[Found, ...]
    missed: tuple[Found, ...]

    @property
    def precision(self) -> float:
        """Of the pairs found, the share that is true; 1.0 when none was found."""
        return self.pairs_right / self.pairs_found if self.pairs_found else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs owed, the share that was found; 1.0 when none is owed."""
        return self.pairs_right / self.pairs_owed if self.pairs_owed else 1.0

    @property
    def exact(self) -> bool:
        """Exactly the indicators owed, none invented."""
        return not self.invented and not self.missed


@dataclass(frozen=True, slots=True)
class Comparison:
    """`hidden_pairs`: true pairs that typing errors hide from every rule; `recall_of_all` counts them as missed."""

    certain: Score
    possible: Score
    hidden_pairs: int

    @property
    def recall_of_all(self) -> float:
        """Recall of certain pairs, those hidden by typing errors counted as missed."""
        owed = self.certain.pairs_owed + self.hidden_pairs
        return self.certain.pairs_right / owed if owed else 1.0


def compare(truth: Iterable[Expected], found: Iterable[Found], hidden: Iterable[Expected] = ()) -> Comparison:
    """Compares by grade. `found`: (rule, grade, evidence as (node, reference)) of every indicator that came out."""
    owed = {(e.rule, e.grade, e.references) for e in truth}
    came = set(found)
    visible = _pairs(owed)
    lost = _pairs((e.rule, e.grade, e.references) for e in hidden) - visible
    return Comparison(_score("certain", owed, came), _score("possible", owed, came), len(lost))


def _score(grade: str, owed: set[Found], came: set[Found]) -> Score:
    owed, came = ({one for one in each if one[1] == grade} for each in (owed, came))
    owed_pairs, came_pairs = _pairs(owed), _pairs(came)
    return Score(
        len(owed),
        len(came),
        len(owed & came),
        len(owed_pairs),
        len(came_pairs),
        len(owed_pairs & came_pairs),
        _sorted(came - owed),
        _sorted(owed - came),
    )


def _pairs(found: Iterable[Found]) -> set[Pair]:
    return {(rule, a, b) for rule, _grade, references in found for a, b in combinations(sorted(references), 2)}


def _sorted(found: Iterable[Found]) -> tuple[Found, ...]:
    return tuple(sorted(found, key=lambda one: (one[0], one[1], sorted(one[2]))))
