"""All rules that hold together, and the question the stream asks of them: could these members ever have fired one?"""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from streams.rules.parse import parse
from streams.rules.rule import Rule

HERE = Path(__file__).parent


class Grading(NamedTuple):
    """A rule in one of its grades: what an indicator of a thing is of."""

    rule: Rule
    grade: str


class MemberClass(NamedTuple):
    """What the rules see of a member: all members alike in this are one to them."""

    type: str
    country: str
    certainty: str
    joins: tuple[str, ...]  # the joining traits that it has
    traits: tuple[tuple[str, str], ...]  # the traits that roles ask for

    def text(self) -> str:
        """For the state."""
        return "\t".join(
            [self.type, self.country, self.certainty, " ".join(self.joins), *(f"{name}={value}" for name, value in self.traits)]
        )


class RuleBook:
    """The rules by id. `fingerprint` (32 bytes) changes with any of them: state folded under another book is of no use."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, texts[name]) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256("\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()).digest()
        self._of_kind: dict[str, tuple[Rule, ...]] = {}
        for rule in self.by_id.values():
            self._of_kind[rule.kind] = (*self._of_kind.get(rule.kind, ()), rule)
        self._joins = {kind: tuple(sorted({rule.joined_by for rule in of if rule.joined_by})) for kind, of in self._of_kind.items()}
        self._traits = {kind: _traits(of) for kind, of in self._of_kind.items()}
        self.fired = lru_cache(maxsize=20_000)(self._fired)

    def class_of(self, kind: str, type_: str, country: str, certainty: str, traits: Mapping[str, str]) -> str:
        """The class of a member, as text; empty where no rule looks at things of this kind."""
        if kind not in self._of_kind:
            return ""
        joins = tuple(name for name in self._joins[kind] if name in traits)
        asked = tuple((name, traits[name]) for name in self._traits[kind] if name in traits)
        return MemberClass(type_, country, certainty, joins, asked).text()

    def _fired(self, kind: str, classes: frozenset[str]) -> tuple[Grading, ...]:
        """What two members of these classes could fire. It never shrinks as classes are added."""
        members = [_member(text) for text in sorted(classes)]
        return tuple(
            Grading(rule, grade)
            for rule in self._of_kind.get(kind, ())
            for grade in ("certain", "possible")
            if any(_pairs(rule, grade, first, second) for first in members for second in members)
        )


def _pairs(rule: Rule, grade: str, first: MemberClass, second: MemberClass) -> bool:
    if first.country == second.country:
        return False
    roles = rule.roles_of(first.type, dict(first.traits)), rule.roles_of(second.type, dict(second.traits))
    if rule.pair[0] not in roles[0] or rule.pair[1] not in roles[1]:
        return False
    return rule.grade_of((first.certainty, rule.joined_by in first.joins), (second.certainty, rule.joined_by in second.joins)) == grade


def _member(text: str) -> MemberClass:
    type_, country, certainty, joins, *traits = text.split("\t")
    return MemberClass(
        type_, country, certainty, tuple(joins.split()), tuple((trait.partition("=")[0], trait.partition("=")[2]) for trait in traits)
    )


def _traits(rules_: tuple[Rule, ...]) -> tuple[str, ...]:
    return tuple(sorted({name for rule in rules_ for fillings in rule.roles.values() for filling in fillings for name in filling.traits}))


def rules(texts: Mapping[str, str] | None = None) -> RuleBook:
    """The rules of this folder; `texts` (by rule id, such as config's) add to them or take their place. Raises RuleRefused."""
    own = {path.stem: path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.toml"))}
    return RuleBook({**own, **(texts or {})})
