"""Hold all rules together, and ask of members of a thing: could they ever match one?"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

from schemas.model import Grade
from schemas.observation import WHOLE
from schemas.rule_changes import RuleChange
from streams.rules.burst_rule import BurstRule, is_burst_rule, parse_burst_rule
from streams.rules.detectors.detector_rule import DetectorRule
from streams.rules.detectors.parser import is_detector_rule, parse_detector_rule
from streams.rules.identity_rule import IdentityRule, is_identity_rule, parse_identity_rule
from streams.rules.parser import parse
from streams.rules.rule import GRADES, KNOWN, MemberView, Rule, knows

LIBRARY = Path(__file__).parent / "library"
OCCURRED = "occurred"
AnyRule = Rule | BurstRule | DetectorRule | IdentityRule
CACHE_SIZE = 20_000


class Grading(NamedTuple):
    """A rule in one of its grades: what an indicator of a thing is of."""

    rule: Rule
    grade: Grade


class ClassifiedMember(MemberView, Protocol):
    """A member of a thing whose class is needed: also its event type and its country."""

    @property
    def type(self) -> str:
        """Name the type of its event."""
        ...

    @property
    def country(self) -> str:
        """Name the country that owns it."""
        ...


class MemberClass(NamedTuple):
    """What the rules see of a member before they compare it with another.

    All members alike in this are one to them. It is a `MemberView`: of what is only compared, it
    says that the value is known. `compared`: of what conditions between two members ask for, what
    it has. `traits_read`: the traits that roles ask for.
    """

    type: str
    country: str
    certainty: str
    compared: tuple[str, ...]
    traits_read: tuple[tuple[str, str], ...]

    @property
    def traits(self) -> Mapping[str, str]:
        """Give the traits; a trait that is only compared has the value "known"."""
        return {**dict.fromkeys(self.compared, KNOWN), **dict(self.traits_read)}

    @property
    def occurred(self) -> int | None:
        """Give 0 where the time is known."""
        return 0 if OCCURRED in self.compared else None

    def text(self) -> str:
        """Write the class as one line, for the state."""
        traits = (f"{name}={value}" for name, value in self.traits_read)
        parts = [self.type, self.country, self.certainty, " ".join(self.compared), *traits]
        return "\t".join(parts)

    @staticmethod
    def read(text: str) -> "MemberClass":
        """Read a class that `text` wrote."""
        type_, country, certainty, compared, *read = text.split("\t")
        traits = tuple((trait.partition("=")[0], trait.partition("=")[2]) for trait in read)
        return MemberClass(type_, country, certainty, tuple(compared.split()), traits)


class KindFields(NamedTuple):
    """What the rules of one kind of thing look at.

    `traits`: that roles ask for. `compared`: traits that conditions between two members ask for.
    `timed`: whether such conditions ask when a member occurred.
    """

    rules: tuple[Rule, ...]
    traits: tuple[str, ...]
    compared: tuple[str, ...]
    timed: bool


class RuleBook:
    """The rules that hold together, by id.

    `bursts`: those that find bursts; `detectors`: those over many records; `identities`: those over
    persons. No worker reads these.
    """

    def __init__(
        self,
        rules: Mapping[str, Rule],
        bursts: Sequence[BurstRule] = (),
        detectors: Sequence[DetectorRule] = (),
        identities: Sequence[IdentityRule] = (),
    ) -> None:
        """Sort rules by the kinds of things that they look at."""
        self.by_id = {name: rules[name] for name in sorted(rules)}
        self.bursts, self.detectors = tuple(bursts), tuple(detectors)
        self.identities = tuple(identities)
        self._former: tuple[RuleBook, int] | None = None
        self._decisions: tuple[RuleChange, ...] = ()
        kinds = sorted({kind for rule in self.by_id.values() for kind in rule.kinds})
        self._kind_fields = {
            kind: _kind_fields([rule for rule in self.by_id.values() if kind in rule.kinds])
            for kind in kinds
        }
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)
        self._text_of = lru_cache(CACHE_SIZE)(self._find_text)
        self._class_of = lru_cache(CACHE_SIZE)(self._find_class)

    @property
    def ids(self) -> frozenset[str]:
        """Return the ids of all rules, whatever they look for."""
        others = {
            *(rule.id for rule in self.bursts),
            *(rule.id for rule in self.detectors),
            *(rule.id for rule in self.identities),
        }
        return frozenset(self.by_id).union(others)

    @property
    def every_by_id(self) -> Mapping[str, Rule]:
        """Return all rules of pairs that were ever in effect, each in its newest version."""
        return self.by_id if self._former is None else {**self._former[0].every_by_id, **self.by_id}

    def at(self, as_of: int | None) -> "RuleBook":
        """Return the rules that were in effect at a moment (ms since 1970 UTC; None is now)."""
        if as_of is None or self._former is None or as_of >= self._former[1]:
            return self
        return self._former[0].at(as_of)

    def after(self, former: "RuleBook", since: int) -> "RuleBook":
        """Make this book follow another one from a moment on (ms since 1970 UTC); return it."""
        self._former = former, since
        return self

    def decided(self, decisions: Iterable[RuleChange]) -> "RuleBook":
        """Remember who switched rules on and off, the oldest decision first; return the book."""
        self._decisions = tuple(decisions)
        return self

    def switched_off(self, as_of: int | None) -> Mapping[str, RuleChange]:
        """Return the decision on each rule that was off at a moment (ms since 1970 UTC; None: now).

        A book that follows others knows those of every moment; the others know none.
        """
        newest = {
            change.rule: change
            for change in self._decisions
            if as_of is None or change.since <= as_of
        }
        return {name: change for name, change in newest.items() if change.is_off}

    def of_kind(self, kind: str) -> tuple[Rule, ...]:
        """List the rules that look at things of this kind, by id."""
        return self._kind_fields[kind].rules if kind in self._kind_fields else ()

    def class_of(self, kind: str, member: ClassifiedMember) -> str:
        """Give the class of a member, as text; empty where it fills no role of a rule."""
        if kind not in self._kind_fields:
            return ""
        is_dated, traits = member.occurred is not None, tuple(member.traits.items())
        return self._class_of(
            kind, (member.type, member.country, member.certainty), is_dated, traits
        )

    def _find_class(
        self,
        kind: str,
        origin: tuple[str, str, str],
        is_dated: bool,
        items: tuple[tuple[str, str], ...],
    ) -> str:
        """Find the class of a member. `origin`: its type, country and certainty."""
        fields, traits = self._kind_fields[kind], dict(items)
        compared = tuple(name for name in fields.compared if knows(traits, name))
        if fields.timed and is_dated:
            compared = (*compared, OCCURRED)
        traits_read = tuple((name, traits[name]) for name in fields.traits if name in traits)
        return self._text_of(kind, MemberClass(*origin, compared, traits_read))

    def _find_text(self, kind: str, member: MemberClass) -> str:
        fills = any(rule.roles_of(member.type, member.traits) for rule in self.of_kind(kind))
        return member.text() if fills else ""

    def _possible_gradings(self, kind: str, classes: frozenset[str]) -> tuple[Grading, ...]:
        """List what two members of these classes could match, were they to meet all conditions.

        It never shrinks as classes are added.
        """
        members = [MemberClass.read(text) for text in sorted(classes)]
        return tuple(
            grading for rule in self.of_kind(kind) for grading in gradings_of_pairs(rule, members)
        )


def gradings_of_pairs(rule: Rule, members: Sequence[MemberClass]) -> list[Grading]:
    """List the gradings of the pairs of different countries that fill the rule's two roles."""
    first, second = (
        [member for member in members if role in rule.roles_of(member.type, member.traits)]
        for role in rule.pair
    )
    grades = {rule.grade_of(a, b) for a in first for b in second if a.country != b.country}
    return [Grading(rule, grade) for grade in GRADES if grade in grades]


def _kind_fields(rules: Sequence[Rule]) -> KindFields:
    return KindFields(
        rules=tuple(rules),
        traits=tuple(sorted({name for rule in rules for name in _role_traits(rule)})),
        compared=tuple(sorted({name for rule in rules for name in _compared_traits(rule)})),
        timed=any(rule.days or rule.until for rule in rules),
    )


def _role_traits(rule: Rule) -> Iterable[str]:
    return (
        name
        for conditions in rule.roles.values()
        for condition in conditions
        for name in condition.traits
    )


def _compared_traits(rule: Rule) -> Iterable[str]:
    return (name for name in (rule.joined_by, rule.until, WHOLE) if name is not None)


def library_texts() -> dict[str, str]:
    """Read the rules of this release: TOML by rule id."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(LIBRARY.glob("*.toml"))}


def read_rule_book(texts: Mapping[str, str] | None = None) -> RuleBook:
    """Read the rules that config names (`ConfigView.rules`: TOML by rule id).

    Where it names none, as in the log of an older release, these are the rules of this release.
    Raises RuleError.
    """
    named = sorted((texts or library_texts()).items())
    rules: list[AnyRule] = [parse_rule(name, text) for name, text in named]
    return RuleBook(
        {rule.id: rule for rule in rules if isinstance(rule, Rule)},
        [rule for rule in rules if isinstance(rule, BurstRule)],
        [rule for rule in rules if isinstance(rule, DetectorRule)],
        [rule for rule in rules if isinstance(rule, IdentityRule)],
    )


def read_dated_rule_book(
    epochs: Sequence[tuple[int, Mapping[str, str]]], decisions: Iterable[RuleChange] = ()
) -> RuleBook:
    """Read rules by the moment from which they hold, the oldest first; return the newest book.

    `epochs`: moments in ms since 1970 UTC, and TOML by rule id, one at least. The first one also
    holds for what is older. `decisions`: who switched rules on and off, the oldest first. Raises
    RuleError.
    """
    book = read_rule_book(epochs[0][1])
    for since, texts in epochs[1:]:
        book = read_rule_book(texts).after(book, since)
    return book.decided(decisions)


@lru_cache(maxsize=CACHE_SIZE)
def parse_rule(name: str, text: str) -> AnyRule:
    """Parse the rule called `name`, of whichever detector. Raises RuleError.

    One text is one object, parsed once: processes look at the rules each time they look at config.
    """
    if is_burst_rule(text):
        return parse_burst_rule(name, text)
    if is_identity_rule(text):
        return parse_identity_rule(name, text)
    return parse_detector_rule(name, text) if is_detector_rule(text) else parse(name, text)
