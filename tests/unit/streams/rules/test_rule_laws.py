"""The laws of correlate and assess over all rules, kinds of thing and event types, against an
oracle that knows nothing of the rules' code.

Hubs are made small here, so that histories of a few members reach them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import streams.rules
from schemas.model import DAY_MS, Grade, Label, Reader
from schemas.observation import WHOLE
from schemas.release.reader_text import parse_reader
from schemas.release.rules import release
from streams.correlation.assess import indicators_for
from streams.correlation.evidence_rows import EvidenceRow
from streams.correlation.thing_classes import CROWD
from streams.rules import RuleBook, read_rule_book
from streams.rules.rule import GRADES
from tests.support.effort import examples
from tests.support.members import ALL, Member, Statement, at, evidence, shown, written
from tests.support.oracle import LAWS, expected

FOLDER = Path(streams.rules.__file__).parent / "library"
HUB = 3
CROWDS = (1, 2, 4, 7, CROWD)
EXAMPLES = settings(max_examples=examples(8), deadline=None)
DAYS = (0, 1, 3, 100, 179, 181, 400)
START = at("2026-03-10T05:00")  # the midnight that ends 9 March in the westernmost of the countries
TRAITS = {
    "status": ("REGISTERED", "EXPORTED", "STOLEN", "SEIZED", "FOUND", "FOUND"),
    "role": ("suspect", "witness", "victim", "suspect|witness", "|witness"),
    "category": ("antecedentes", "requisitoria", "impedimento_de_transito", "missing"),
    "valid_until": ("2026-03-09", "2026-03-10", "2026-06-18", "2030-01-01"),
    "involvement": ("STOLEN", "RECOVERED", "USED", "RECOVERED|STOLEN"),
    "outcome": ("IDENTIFIED", "NOT_FOUND"),
    "calibre": ("9X19", "7.62", "7.62X39", "7.62X51"),
}
OF_TYPE = {
    "seizure": ("role",),
    "crime_incident": ("role", "involvement"),
    "threat_report": ("role",),
    "suspicious_flow": ("role",),
    "weapon_record": ("status", "role"),
    "person_notice": ("category", "valid_until"),
    "movement": (),
    "entity_notice": ("valid_until",),
    "trace_request": (),
    "trace_result": ("outcome",),
}
TYPES = {
    "weapon": (*(("weapon_record",) * 3), "seizure", "trace_request", "trace_result"),
    "ammunition_lot": ("seizure", "weapon_record", "crime_incident"),
    "document": (
        "person_notice",
        "movement",
        "person_notice",
        "movement",
        "seizure",
        "crime_incident",
        "suspicious_flow",
        "entity_notice",
    ),
    "account": ("suspicious_flow", "threat_report", "seizure", "entity_notice"),
    "phone": ("crime_incident", "threat_report", "seizure"),
    "imei": ("crime_incident", "seizure", "movement"),
    "plate": ("crime_incident", "movement", "crime_incident", "seizure", "entity_notice"),
}
LABELS = (
    Label("CO", "A", ("ALL",), "GREEN", (), None, "investigation", None),
    Label("CO", "A", ("ALL",), "AMBER", (), None, "investigation", None),
    Label("CO", "A", ("PE",), "AMBER", ("H2",), None, "investigation", None),
    Label("CO", "A", ("EC", "PE"), "GREEN", (), None, "investigation", None),
    Label("CO", "A", ("ALL",), "GREEN", (), None, "investigation", "SIMULACRO"),
)
READERS = (
    ALL,
    *(
        parse_reader(text)
        for text in ("CO/analyst/GREEN", "PE/analyst/AMBER", "EC/analyst/RED", "PE/operator/RED")
    ),
    parse_reader("EC/analyst/RED", exercise="SIMULACRO"),
)


@cache
def book() -> RuleBook:
    """The rules that the oracle knows, with small hubs."""
    texts = {rule: (FOLDER / f"{rule}.toml").read_text(encoding="utf-8") for rule in LAWS}
    return read_rule_book(
        {
            rule: re.sub(r"^hub = \d+", f"hub = {HUB}", text, flags=re.M)
            for rule, text in texts.items()
        }
    )


@dataclass(frozen=True)
class Story:
    """What is said of one event over time: versions, and how it ended."""

    versions: tuple[Member, ...]
    end: str = ""

    def statements(self) -> list[tuple[str, Member]]:
        ending = [(self.end, self.versions[-1])] if self.end else []
        return [("add", version) for version in self.versions] + ending

    def left(self) -> list[Member]:
        return [] if self.end else [self.versions[-1]]


def history(
    kind: str, chance: Random, ends: Sequence[str] = ("", "", "", "", "withdraw", "erase")
) -> list[Story]:
    """Up to twelve events that hang on one thing."""
    return [_story(number, kind, chance, ends) for number in range(1, chance.randint(2, 12) + 1)]


def _story(event: int, kind: str, chance: Random, ends: Sequence[str]) -> Story:
    type_, country = chance.choice(TYPES[kind]), chance.choice(("CO", "EC", "PE"))
    versions = [
        _member(event, kind, type_, country, chance) for _ in range(chance.choice((1, 1, 1, 2)))
    ]
    return Story(tuple(versions), chance.choice(ends))


def _member(event: int, kind: str, type_: str, country: str, chance: Random) -> Member:
    names = OF_TYPE[type_] + (("calibre",) if kind == "weapon" else ())
    traits = {name: chance.choice(TRAITS[name]) for name in names if chance.random() < 0.8}
    occurred = (
        None
        if chance.random() < 0.1
        else START + chance.choice(DAYS) * DAY_MS - chance.choice((0, 1))
    )
    certainty = "certain" if chance.random() < 0.7 else "possible"
    if certainty == "possible" and chance.random() < 0.6:
        traits[WHOLE] = "yes"
    label = LABELS[0] if chance.random() < 0.7 else chance.choice(LABELS)
    authority = "AB"[event % 2]  # an event stays with its publisher
    label = replace(label, country=country, authority=authority)
    return Member(event, kind, country, type_, traits, occurred, certainty, label)


def tell(history: list[Story], chance: Random) -> list[Statement]:
    """The history in a random order of the log, each event's own order kept."""
    waiting = [story.statements() for story in history]
    statements: list[Statement] = []
    while any(waiting):
        op, member = chance.choice([rest for rest in waiting if rest]).pop(0)
        statements.append(Statement(op, member, len(statements) + 1))
    return statements


def interleave(statements: list[Statement], chance: Random) -> list[Statement]:
    """The same log as correlate may hear it: each country's statements in their order, doubled now
    and then from any earlier point.
    """
    topics = sorted({statement.topic for statement in statements})
    rest = {
        topic: [statement for statement in statements if statement.topic == topic]
        for topic in topics
    }
    received: list[Statement] = []
    while any(rest.values()):
        received.append(rest[chance.choice([topic for topic in topics if rest[topic]])].pop(0))
    return (
        received
        if chance.random() < 0.5
        else received[: chance.randint(0, len(received))] + received
    )


def rows(evidence_rows: list[EvidenceRow]) -> list[str]:
    return sorted(repr(row) for row in evidence_rows)


def left(history: list[Story]) -> list[Member]:
    return [member for story in history for member in story.left()]


def seen_by(reader: Reader, members: list[Member]) -> list[Member]:
    return [member for member in members if release(member.label, reader).released]


def law(test: Callable[..., None]) -> Callable[..., None]:
    """Holds for histories of every kind of thing. Drawn evenly from a seed: hypothesis' own choices
    are too much alike to make pairs.
    """
    of_seed: Callable[..., None] = EXAMPLES(given(seed=st.integers(0, 2**32))(test))
    of_kind: Callable[..., None] = pytest.mark.parametrize("kind", sorted(TYPES))(of_seed)
    return of_kind


@law
def test_what_is_shown_is_what_the_oracle_makes_of_the_released_members_in_any_order(
    kind: str, seed: int
) -> None:
    chance = Random(seed)
    stories = history(kind, chance)
    for _ in range(2):
        evidence_rows = evidence(
            tell(stories, chance), book(), chance.randint(1, 4), chance.choice(CROWDS)
        )
        for reader in READERS:
            assert shown(indicators_for(evidence_rows, reader, None, book())) == expected(
                seen_by(reader, left(stories)), HUB
            )


@law
def test_one_log_gives_one_table_however_it_is_interleaved_and_doubled(
    kind: str, seed: int
) -> None:
    chance = Random(seed)
    statements, crowd = tell(history(kind, chance), chance), chance.choice(CROWDS)
    received = interleave(statements, chance)
    assert rows(evidence(received, book(), chance.randint(1, 4), crowd)) == rows(
        evidence(statements, book(), 1, crowd)
    )


@law
def test_the_past_is_what_was_known_then(kind: str, seed: int) -> None:
    chance = Random(seed)
    statements = tell(history(kind, chance, ("", "", "withdraw")), chance)
    whole = evidence(statements, book(), 1, chance.choice(CROWDS))
    for moment in range(len(statements) + 1):
        newest = {statement.member.event: statement for statement in statements[:moment]}
        members = [statement.member for statement in newest.values() if statement.op == "add"]
        then = shown(indicators_for(whole, ALL, moment, book()))
        assert (
            then
            == shown(indicators_for(evidence(statements[:moment], book()), ALL, None, book()))
            == expected(seen_by(ALL, members), HUB)
        )


@law
def test_after_an_erasure_the_rows_are_those_of_a_log_that_never_held_the_event(
    kind: str, seed: int
) -> None:
    chance = Random(seed)
    stories = history(kind, chance, ("", "", "erase"))
    statements = tell(stories, chance)
    erased = {story.versions[0].event for story in stories if story.end == "erase"}
    rest = [statement for statement in statements if statement.member.event not in erased]
    crowd = chance.choice(CROWDS)
    assert rows(evidence(interleave(statements, chance), book(), 1, crowd)) == rows(
        evidence(rest, book(), 1, crowd)
    )


@law
def test_who_crowds_a_thing_changes_nothing_that_anybody_is_shown(kind: str, seed: int) -> None:
    chance = Random(seed)
    statements = tell(history(kind, chance), chance)
    crowded = evidence(interleave(statements, chance), book(), 1, chance.choice(CROWDS[:-1]))
    plain = evidence(statements, book(), 1, sys.maxsize)
    moment = chance.choice((None, len(statements) // 2))
    for reader in READERS:
        indicators = indicators_for(crowded, reader, moment, book())
        assert indicators == indicators_for(plain, reader, moment, book())


@law
def test_no_record_makes_correlate_write_more_than_a_crowd_of_rows(kind: str, seed: int) -> None:
    """Of a thing with any number of observations: those of a crowd, and the event's own."""
    chance = Random(seed)
    statements, crowd = tell(history(kind, chance), chance), chance.choice(CROWDS[:-1])
    ways = sum(len(rule.roles) for rule in book().of_kind(kind)) * len(GRADES)
    own_most = max(len(story.versions) for story in history(kind, Random(seed))) + 1
    for new_rows in written(interleave(statements, chance), book(), 1, crowd):
        assert len(new_rows) <= 2 * ways * (crowd + own_most)


@law
def test_nothing_shown_tells_of_what_is_not_released(kind: str, seed: int) -> None:
    chance = Random(seed)
    stories = history(kind, chance, ("", "", "withdraw"))
    evidence_rows = evidence(tell(stories, chance), book())
    for reader in READERS:
        indicators = indicators_for(evidence_rows, reader, None, book())
        assert all(
            release(member.label, reader).released
            for indicator in indicators
            for member in indicator.evidence
        )
        hidden = {
            story.versions[0].event.to_bytes(16, "big")
            for story in stories
            if not seen_by(reader, list(story.versions))
        }
        assert indicators == indicators_for(
            [row for row in evidence_rows if row.event_id not in hidden], reader, None, book()
        )


@law
def test_what_could_fire_never_shrinks_as_members_join(kind: str, seed: int) -> None:
    members = [member for story in history(kind, Random(seed)) for member in story.versions]
    classes = [book().class_of(kind, member) for member in members]
    before: set[tuple[str, Grade]] = set()
    for count in range(len(classes) + 1):
        now = {
            (grading.rule.id, grading.grade)
            for grading in book().possible_gradings(kind, frozenset(classes[:count]) - {""})
        }
        assert before <= now
        before = now


def test_the_histories_reach_every_rule_in_both_grades_live_and_as_hub() -> None:
    reached = {
        (rule, grade, pair[0])
        for kind in TYPES
        for seed in range(600)
        for (rule, grade), pair in expected(left(history(kind, Random(seed))), HUB).items()
    }
    assert reached == {
        (rule, grade, status)
        for rule in LAWS
        for grade in ("certain", "possible")
        for status in ("live", "hub")
    }
