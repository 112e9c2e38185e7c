"""How what was found stands to what is true, by rule and grade.

Pure; the demo and the tests use it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from producers.scenario.truth.truth import Expected, Reference

Finding = tuple[str, str, frozenset[Reference]]
Pair = tuple[str, Reference, Reference]


@dataclass(frozen=True, slots=True)
class Score:
    """Of one grade: indicators by exact evidence, and pairs of records by rule.

    `invented` and `missed` are sorted.
    """

    owed: int
    found_count: int
    right: int
    pairs_owed: int
    pairs_found: int
    pairs_right: int
    invented: tuple[Finding, ...]
    missed: tuple[Finding, ...]

    @property
    def precision(self) -> float:
        """Of the pairs found, the share that is true; 1.0 when none was found."""
        return self.pairs_right / self.pairs_found if self.pairs_found else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs owed, the share that was found; 1.0 when none is owed."""
        return self.pairs_right / self.pairs_owed if self.pairs_owed else 1.0

    @property
    def exactness(self) -> float:
        """Give the share of all indicators that were expected and found with the same evidence.

        1.0 when there is none.
        """
        every = self.owed + len(self.invented)
        return self.right / every if every else 1.0

    @property
    def exact(self) -> bool:
        """Exactly the indicators owed, none invented."""
        return not self.invented and not self.missed


@dataclass(frozen=True, slots=True)
class KindRecall:
    """Of one kind of thing: true pairs of records, owed and found with the grade that is owed.

    `hidden`: pairs that are true and that no rule can find, because a number was mistyped or lost.
    """

    kind: str
    certain_owed: int
    certain_found: int
    possible_owed: int
    possible_found: int
    hidden: int

    @property
    def certain(self) -> float:
        """Recall of certain pairs; 1.0 when none is owed."""
        return self.certain_found / self.certain_owed if self.certain_owed else 1.0

    @property
    def possible(self) -> float:
        """Recall of possible pairs; 1.0 when none is owed."""
        return self.possible_found / self.possible_owed if self.possible_owed else 1.0

    @property
    def of_all(self) -> float:
        """Share of all true pairs that are found, as certain or as possible."""
        every = self.certain_owed + self.possible_owed + self.hidden
        return (self.certain_found + self.possible_found) / every if every else 1.0


@dataclass(frozen=True)
class Comparison:
    """`hidden`: true pairs of each rule that typing errors and lost numbers hide.

    `recall_of_all` counts them as missed. `sprung`: traps that fired. `kinds`: by kind of thing.
    """

    owed: frozenset[Finding]
    came: frozenset[Finding]
    hidden: Mapping[str, int]
    sprung: tuple[tuple[str, Finding], ...]
    kinds: tuple[KindRecall, ...] = ()

    @cached_property
    def certain(self) -> Score:
        """Add up this count for all rules."""
        return _score("certain", self.owed, self.came)

    @cached_property
    def possible(self) -> Score:
        """Add up this count for all rules."""
        return _score("possible", self.owed, self.came)

    @property
    def rules(self) -> list[str]:
        """All that owe or say something."""
        return sorted({finding[0] for finding in self.owed | self.came})

    def of(self, rule: str, grade: str) -> Score:
        """One rule's, in one grade."""
        return _score(
            grade,
            *(
                {finding for finding in findings if finding[0] == rule}
                for findings in (self.owed, self.came)
            ),
        )

    @property
    def hidden_pairs(self) -> int:
        """Add up this count for all rules."""
        return sum(self.hidden.values())

    @property
    def recall_of_all(self) -> float:
        """Recall of certain pairs, those hidden by typing errors counted as missed."""
        owed = self.certain.pairs_owed + self.hidden_pairs
        return self.certain.pairs_right / owed if owed else 1.0


def compare(
    truth: Iterable[Expected],
    findings: Iterable[Finding],
    hidden: Iterable[Expected] = (),
    traps: Mapping[Reference, str] | None = None,
) -> Comparison:
    """Compares by rule and grade.

    `found`: (rule, grade, evidence as (node, reference)) of every indicator that came out; `traps`:
    which records lie in which.
    """
    expected, unfindable = list(truth), list(hidden)
    owed, came = _findings(expected), frozenset(findings)
    lost = _pairs(_findings(unfindable)) - _pairs(owed)
    by_rule: dict[str, int] = {}
    for rule, _, _ in sorted(lost):
        by_rule[rule] = by_rule.get(rule, 0) + 1
    known = traps or {}
    sprung = (
        (name, finding)
        for finding in came - owed
        for name in sorted({known[r] for r in finding[2] if r in known})
    )
    return Comparison(
        owed,
        came,
        by_rule,
        tuple(sorted(sprung, key=lambda pair: (pair[0], *_order(pair[1])))),
        tuple(_kinds(expected, unfindable, came)),
    )


def _findings(expected: Iterable[Expected]) -> frozenset[Finding]:
    return frozenset((item.rule, item.grade, item.references) for item in expected)


def _kinds(
    truth: Sequence[Expected], hidden: Sequence[Expected], came: frozenset[Finding]
) -> Iterator[KindRecall]:
    """Recall by kind of thing, in the order of their names."""
    pairs = {grade: _pairs(f for f in came if f[1] == grade) for grade in ("certain", "possible")}
    for kind in sorted({item.kind for item in (*truth, *hidden)}):
        owed = {
            grade: _pairs(
                _findings(item for item in truth if item.kind == kind and item.grade == grade)
            )
            for grade in pairs
        }
        owed["possible"] -= owed["certain"]
        lost = _pairs(_findings(item for item in hidden if item.kind == kind))
        yield KindRecall(
            kind,
            len(owed["certain"]),
            len(owed["certain"] & pairs["certain"]),
            len(owed["possible"]),
            len(owed["possible"] & pairs["possible"]),
            len(lost - owed["certain"] - owed["possible"]),
        )


def _score(grade: str, owed: Iterable[Finding], came: Iterable[Finding]) -> Score:
    owed, came = (
        {finding for finding in findings if finding[1] == grade} for findings in (owed, came)
    )
    owed_pairs, came_pairs = _pairs(owed), _pairs(came)
    return Score(
        len(owed),
        len(came),
        len(owed & came),
        len(owed_pairs),
        len(came_pairs),
        len(owed_pairs & came_pairs),
        tuple(sorted(came - owed, key=_order)),
        tuple(sorted(owed - came, key=_order)),
    )


def _pairs(findings: Iterable[Finding]) -> set[Pair]:
    return {
        (rule, a, b)
        for rule, _grade, references in findings
        for a, b in combinations(sorted(references), 2)
    }


def _order(finding: Finding) -> tuple[str, str, list[Reference]]:
    return finding[0], finding[1], sorted(finding[2])
