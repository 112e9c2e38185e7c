"""Which rules hold for a record: those that config had put into effect when it was appended.

A rule entry of config holds for what is appended from its effective time on. So what a rule finds
is a function of the log alone, in whatever order the partitions are read: a record is never
compared under a rule that came after it. Two records of different times are compared under the
rules whose text was the same at both.

A new generation begins from the start: the rules that hold when config announces it hold for all
records that are older. So `quipu rebuild --accept` is what applies a new rule to earlier records.
A rule that was switched off by then still holds for what was appended before: a question as of an
earlier moment is answered as it was.
While a generation is being built, config does not name it yet, and the newest rules hold for every
record.

Config of older releases names no rules. Then the `fallback` holds, as it did for them; a rebuild
with the same release gives the same result. Once config names a rule, its rules are all there are.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from schemas.exchange_config import ConfigHistory
from streams.rules.errors import RuleError
from streams.rules.parser import parse
from streams.rules.rule import GRADES, Rule
from streams.rules.rule_book import (
    CACHE_SIZE,
    ClassifiedMember,
    Grading,
    MemberClass,
    RuleBook,
    gradings_of_pairs,
)

FIRST_GENERATION = 1
FROM_THE_BEGINNING = 0
EPOCH_MARK = "@"
Texts = Mapping[str, str]
"""TOML by rule id."""
Epoch = tuple[int, Texts]
"""From when on (ms since 1970 UTC) these rules hold."""


class DatedMember(ClassifiedMember, Protocol):
    """A member of a thing, and when its bundle was appended (ms since 1970 UTC)."""

    @property
    def appended_at(self) -> int:
        """Say when its bundle was appended."""
        ...


class RuleHistory:
    """The rules of one generation, by the time from which they hold."""

    def __init__(self, epochs: Sequence[Epoch]) -> None:
        """Compile the rules; the first epoch also holds for what is older.

        A malformed rule in config is ignored; `quipu rule enable` refuses one when it is written.
        """
        self.epochs = list(epochs)
        parsed = _parse_all(epochs)
        self._books = [
            RuleBook({name: rule for name, text in texts.items() if (rule := parsed[name, text])})
            for _, texts in epochs
        ]
        self._since = [since for since, _ in epochs]
        self.possible_gradings = lru_cache(CACHE_SIZE)(self._possible_gradings)

    @classmethod
    def of_book(cls, book: RuleBook) -> "RuleHistory":
        """Make the history of rules that have held from the beginning."""
        history = cls([])
        history._books, history._since = [book], [FROM_THE_BEGINNING]
        return history

    def book_at(self, appended_at: int) -> RuleBook:
        """Give the rules for what was appended at a time (ms since 1970 UTC)."""
        return self._books[self._epoch_of(appended_at)]

    def applies(self, rule: Rule, appended_at: int) -> bool:
        """Say whether this very rule holds for what was appended at a time (ms since 1970 UTC)."""
        return len(self._books) == 1 or self.book_at(appended_at).by_id.get(rule.id) is rule

    def class_of(self, kind: str, member: DatedMember) -> str:
        """Give a member's class, as text for the state; empty where it fills no role of a rule."""
        epoch = self._epoch_of(member.appended_at)
        text = self._books[epoch].class_of(kind, member)
        return f"{EPOCH_MARK}{self._since[epoch]}\t{text}" if text and epoch else text

    def _epoch_of(self, appended_at: int) -> int:
        return max(0, bisect_right(self._since, appended_at) - 1)

    def _possible_gradings(self, kind: str, classes: frozenset[str]) -> tuple[Grading, ...]:
        """List what two members of these classes could match, were they to meet all conditions.

        It never shrinks as classes are added.
        """
        members = [self._read_class(text) for text in sorted(classes)]
        books = {id(book): book for book, _ in members}.values()
        rules = {id(rule): rule for book in books for rule in book.of_kind(kind)}.values()
        gradings: list[Grading] = []
        for rule in sorted(rules, key=lambda rule: rule.id):
            under = [member for book, member in members if book.by_id.get(rule.id) is rule]
            gradings += gradings_of_pairs(rule, under)
        return tuple(gradings)

    def every_grading(self, kind: str) -> tuple[Grading, ...]:
        """List every rule that looks at things of this kind, in each grade.

        `possible_gradings` never gives one that is not among them.
        """
        rules = {id(rule): rule for book in self._books for rule in book.of_kind(kind)}.values()
        ordered = sorted(rules, key=lambda rule: rule.id)
        return tuple(Grading(rule, grade) for rule in ordered for grade in GRADES)

    def _read_class(self, text: str) -> tuple[RuleBook, MemberClass]:
        if not text.startswith(EPOCH_MARK):
            return self._books[0], MemberClass.read(text)
        since, _, rest = text[len(EPOCH_MARK) :].partition("\t")
        return self.book_at(int(since)), MemberClass.read(rest)


def _parse_all(epochs: Sequence[Epoch]) -> dict[tuple[str, str], Rule | None]:
    """Parse each text once, so that a rule is one object for as long as its text holds."""
    parsed: dict[tuple[str, str], Rule | None] = {}
    for name, text in {pair for _, texts in epochs for pair in texts.items()}:
        try:
            parsed[name, text] = parse(name, text)
        except RuleError:
            parsed[name, text] = None
    return parsed


def rule_epochs(config: ConfigHistory, generation: int, fallback: Texts) -> list[Epoch]:
    """List the rules of a generation, by the time from which they hold."""
    views = config.views()
    base = _base_of_generation(config, generation)
    epochs = _epochs_until(config, base, fallback)
    for since, view in views:
        rules = view.rules or fallback
        if since > base and rules != epochs[-1][1]:
            epochs.append((since, rules))
    return epochs


def _epochs_until(config: ConfigHistory, base: int, fallback: Texts) -> list[Epoch]:
    """List the rules for records older than `base`: the rules of then, and those switched off.

    A rule that was switched off holds, in its last text, for what was appended before that.
    """
    texts = config.at(base).rules or fallback
    last: dict[str, str] = dict(fallback)
    ended: dict[str, tuple[int, str]] = {}
    for since, view in config.views():
        for name, text in view.rules.items() if since <= base else ():
            if text:
                last[name] = text
            elif name in last:
                ended[name] = since, last.pop(name)
    off = {name: change for name, change in ended.items() if texts.get(name) == ""}
    moments = sorted({since for since, _text in off.values()} - {FROM_THE_BEGINNING})
    epochs: list[Epoch] = []
    for begin in (FROM_THE_BEGINNING, *moments):
        restored = {name: text for name, (since, text) in off.items() if since > begin}
        epochs.append((begin, {**texts, **restored}))
    return epochs


def is_announced(config: ConfigHistory, generation: int) -> bool:
    """Say whether config names this generation, or a later one."""
    return generation == FIRST_GENERATION or _announced_at(config, generation) is not None


def _base_of_generation(config: ConfigHistory, generation: int) -> int:
    """Find the time whose rules hold for every older record (ms since 1970 UTC)."""
    if generation == FIRST_GENERATION:
        return FROM_THE_BEGINNING
    announced = _announced_at(config, generation)
    return config.views()[-1][0] if announced is None else announced


def _announced_at(config: ConfigHistory, generation: int) -> int | None:
    return next((since for since, view in config.views() if view.generation >= generation), None)
