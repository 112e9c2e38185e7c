"""All rules that hold together, and the question the stream asks of them: could these members ever
have fired one?
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from streams.rules.parser import parse
from streams.rules.rule import GRADES, Rule

HERE = Path(__file__).parent / "library"
OCCURRED = "occurred"
CACHE_SIZE = 20_000


class Grading(NamedTuple):
    """A rule in one of its grades: what an indicator of a thing is of."""

    rule: Rule
    grade: str


class MemberClass(NamedTuple):
    """What the rules see of a member before they compare it with another: all members alike in this
    are one to them.

    It is a `Seen`: of what is only compared, it says that it is known.
    """

    type: str
    country: str
    certainty: str
    known: tuple[str, ...]  # of what conditions between two members ask for, what it has
    traits_read: tuple[tuple[str, str], ...]  # the traits that roles ask for

    @property
    def traits(self) -> Mapping[str, str]:
        return {**dict.fromkeys(self.known, "known"), **dict(self.traits_read)}

    @property
    def occurred(self) -> int | None:
        return 0 if OCCURRED in self.known else None

    def text(self) -> str:
        """For the state."""
        return "\t".join(
            [
                self.type,
                self.country,
                self.certainty,
                " ".join(self.known),
                *(f"{name}={value}" for name, value in self.traits_read),
            ]
        )

    @staticmethod
    def read(text: str) -> "MemberClass":
        """From the state."""
        type_, country, certainty, known, *traits_read = text.split("\t")
        traits = tuple((trait.partition("=")[0], trait.partition("=")[2]) for trait in traits_read)
        return MemberClass(type_, country, certainty, tuple(known.split()), traits)


class KindFields(NamedTuple):
    """What the rules of one kind of thing look at."""

    rules: tuple[Rule, ...]
    traits: tuple[str, ...]  # that roles ask for
    compared: tuple[str, ...]  # traits that conditions between two members ask for
    timed: bool  # whether such conditions ask when it occurred


class RuleBook:
    """The rules by id. `fingerprint` (32 bytes) changes with any of them."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """`texts`: TOML by rule id. Raises RuleRefused."""
        self.by_id = {name: parse(name, texts[name]) for name in sorted(texts)}
        self.fingerprint = hashlib.sha256(
            "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()
        ).digest()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)

    def of_kind(self, kind: str) -> tuple[Rule, ...]:
        """The rules that look at things of this kind, by id."""
        return self._kind_fields[kind].rules if kind in self._kind_fields else ()

    def class_of(
        self,
        kind: str,
        type_: str,
        country: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> str:
        """The class of a member, as text; empty where it fills no role of a rule. `occurred`: ms
        since 1970 UTC.
        """
        looked = self._kind_fields.get(kind)
        if looked is None:
            return ""
        known = tuple(name for name in looked.compared if traits.get(name))
        asked = tuple((name, traits[name]) for name in looked.traits if name in traits)
        return self._text_of(
            kind,
            MemberClass(
                type_,
                country,
                certainty,
                (*known, OCCURRED) if looked.timed and occurred is not None else known,
                asked,
            ),
        )

    def _find_text(self, kind: str, member: MemberClass) -> str:
        return (
            member.text()
            if any(rule.roles_of(member.type, member.traits) for rule in self.of_kind(kind))
            else ""
        )

    def _possible_gradings(self, kind: str, classes: frozenset[str]) -> tuple[Grading, ...]:
        """What two members of these classes could fire, were they to meet all conditions. It never
        shrinks as classes are added.
        """
        members = [MemberClass.read(text) for text in sorted(classes)]
        grades = [(rule, _grades(rule, members)) for rule in self.of_kind(kind)]
        return tuple(
            Grading(rule, grade) for rule, there in grades for grade in GRADES if grade in there
        )


def _grades(rule: Rule, members: Sequence[MemberClass]) -> set[str | None]:
    """The grades of the pairs of different countries that fill the rule's roles."""
    first, second = (
        [one for one in members if role in rule.roles_of(one.type, one.traits)]
        for role in rule.pair
    )
    return {rule.grade_of(a, b) for a in first for b in second if a.country != b.country}


def _kind_fields(rules_: Sequence[Rule]) -> KindFields:
    traits = {
        name
        for rule in rules_
        for fillings in rule.roles.values()
        for filling in fillings
        for name in filling.traits
    }
    compared = {
        name for rule in rules_ for name in (rule.joined_by, rule.until) if name is not None
    }
    return KindFields(
        tuple(rules_),
        tuple(sorted(traits)),
        tuple(sorted(compared)),
        any(rule.days or rule.until for rule in rules_),
    )


def rules(texts: Mapping[str, str] | None = None) -> RuleBook:
    """The rules of this folder; `texts` (by rule id, such as config's) add to them or take their
    place. Raises RuleRefused.
    """
    own = {path.stem: path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.toml"))}
    return RuleBook({**own, **(texts or {})})
