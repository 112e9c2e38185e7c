"""The laws of correlate and assess over all rules, kinds of thing and event types, against an oracle that knows nothing of the rules' code.

Hubs are made small here, so that histories of a few members reach them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

import streams.rules
from schemas.model import DAY, Label, Reader
from schemas.release import parse_reader, release
from streams.correlation.assess import assess_all
from streams.correlation.evidence import EvidenceRow
from streams.rules import RuleBook, rules
from tests.support.members import ALL, Member, Statement, at, evidence, shown
from tests.support.oracle import expected

HUB = 6
LAW = settings(max_examples=150, deadline=None)
DAYS = (0, 1, 3, 100, 179, 181, 400)
START = at("2026-03-10T05:00")  # the midnight that ends 9 March in the westernmost of the countries
TRAITS = {
    "status": ("REGISTERED", "EXPORTED", "STOLEN", "SEIZED"),
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
    "trace_request": (),
    "trace_result": ("outcome",),
}
TYPES = {
    "weapon": ("weapon_record", "weapon_record", "seizure", "trace_request", "trace_result"),
    "ammunition_lot": ("seizure", "weapon_record", "crime_incident"),
    "document": ("person_notice", "movement", "person_notice", "movement", "seizure", "crime_incident", "suspicious_flow"),
    "account": ("suspicious_flow", "threat_report", "seizure"),
    "phone": ("crime_incident", "threat_report", "seizure"),
    "imei": ("crime_incident", "seizure", "movement"),
    "plate": ("crime_incident", "movement", "crime_incident", "seizure"),
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
    *(parse_reader(text) for text in ("CO/analyst/GREEN", "PE/analyst/AMBER", "EC/analyst/RED", "PE/operator/RED")),
    parse_reader("EC/analyst/RED", exercise="SIMULACRO"),
)


@cache
def book() -> RuleBook:
    """The rules with small hubs."""
    files = sorted(Path(streams.rules.__file__).parent.glob("*.toml"))
    return rules({path.stem: re.sub(r"^hub = \d+", f"hub = {HUB}", path.read_text(encoding="utf-8"), flags=re.M) for path in files})


@dataclass(frozen=True)
class Story:
    """What is said of one event over time: versions, and how it ended."""

    versions: tuple[Member, ...]
    end: str = ""

    def told(self) -> list[tuple[str, Member]]:
        ending = [(self.end, self.versions[-1])] if self.end else []
        return [("add", version) for version in self.versions] + ending

    def left(self) -> list[Member]:
        return [] if self.end else [self.versions[-1]]


@st.composite
def histories(draw: st.DrawFn, ends: tuple[str, ...] = ("", "", "", "withdraw", "erase")) -> list[Story]:
    """Up to ten events that hang on one thing."""
    kind = draw(st.sampled_from(sorted(TYPES)))
    return [_story(draw, number, kind, ends) for number in range(1, draw(st.integers(2, 10)) + 1)]


def _story(draw: st.DrawFn, event: int, kind: str, ends: tuple[str, ...]) -> Story:
    type_, country = draw(st.sampled_from(TYPES[kind])), draw(st.sampled_from(("CO", "EC", "PE")))
    versions = [_member(draw, event, kind, type_, country) for _ in range(draw(st.sampled_from((1, 1, 2))))]
    return Story(tuple(versions), draw(st.sampled_from(ends)))


def _member(draw: st.DrawFn, event: int, kind: str, type_: str, country: str) -> Member:
    names = OF_TYPE[type_] + (("calibre",) if kind == "weapon" else ())
    given_ = {name: draw(st.one_of(st.sampled_from(TRAITS[name]), st.sampled_from((None, *TRAITS[name])))) for name in names}
    traits = {name: value for name, value in given_.items() if value is not None}
    day = draw(st.sampled_from((None, *DAYS)))
    occurred = None if day is None else START + day * DAY - draw(st.sampled_from((0, 1)))
    certainty = draw(st.sampled_from(("certain", "certain", "possible")))
    label = replace(draw(st.sampled_from(LABELS)), country=country)
    return Member(event, kind, country, type_, traits, occurred, certainty, label)


def tell(history: list[Story], chance: Random) -> list[Statement]:
    """The history in a random order of the log, each event's own order kept."""
    waiting = [story.told() for story in history]
    said: list[Statement] = []
    while any(waiting):
        op, member = chance.choice([rest for rest in waiting if rest]).pop(0)
        said.append(Statement(op, member, len(said) + 1))
    return said


def interleave(said: list[Statement], chance: Random) -> list[Statement]:
    """The same log as correlate may hear it: each country's statements in their order, doubled now and then from any earlier point."""
    topics = sorted({statement.topic for statement in said})
    rest = {topic: [statement for statement in said if statement.topic == topic] for topic in topics}
    heard: list[Statement] = []
    while any(rest.values()):
        heard.append(rest[chance.choice([topic for topic in topics if rest[topic]])].pop(0))
    return heard if chance.random() < 0.5 else heard[: chance.randint(0, len(heard))] + heard


def rows(found: list[EvidenceRow]) -> list[str]:
    return sorted(repr(row) for row in found)


def left(history: list[Story]) -> list[Member]:
    return [member for story in history for member in story.left()]


def seen_by(reader: Reader, members: list[Member]) -> list[Member]:
    return [member for member in members if release(member.label, reader).released]


CHANCE = st.randoms(use_true_random=False)


@LAW
@given(histories(), CHANCE, st.sampled_from(READERS))
def test_what_is_shown_is_what_the_oracle_makes_of_the_released_members_in_any_order(
    history: list[Story], chance: Random, reader: Reader
) -> None:
    found = evidence(tell(history, chance), book(), chance.randint(1, 4))
    indicators = assess_all(found, reader, None, book())
    assert shown(indicators) == expected(seen_by(reader, left(history)), HUB)


@LAW
@given(histories(), CHANCE)
def test_one_log_gives_one_table_however_it_is_interleaved_and_doubled(history: list[Story], chance: Random) -> None:
    said = tell(history, chance)
    assert rows(evidence(interleave(said, chance), book(), chance.randint(1, 4))) == rows(evidence(said, book()))


@LAW
@given(histories(("", "", "withdraw")), CHANCE, st.data())
def test_the_past_is_what_was_known_then(history: list[Story], chance: Random, data: st.DataObject) -> None:
    said = tell(history, chance)
    moment = data.draw(st.integers(0, len(said)))
    newest = {statement.member.event: statement for statement in said[:moment]}
    known = [statement.member for statement in newest.values() if statement.op == "add"]
    then = shown(assess_all(evidence(said, book()), ALL, moment, book()))
    assert then == shown(assess_all(evidence(said[:moment], book()), ALL, None, book())) == expected(seen_by(ALL, known), HUB)


@LAW
@given(histories(("", "erase")), CHANCE)
def test_after_an_erasure_the_rows_are_those_of_a_log_that_never_held_the_event(history: list[Story], chance: Random) -> None:
    said = tell(history, chance)
    erased = {story.versions[0].event for story in history if story.end == "erase"}
    rest = [statement for statement in said if statement.member.event not in erased]
    assert rows(evidence(interleave(said, chance), book())) == rows(evidence(rest, book()))


@LAW
@given(histories(("", "", "withdraw")), CHANCE, st.sampled_from(READERS))
def test_nothing_shown_tells_of_what_is_not_released(history: list[Story], chance: Random, reader: Reader) -> None:
    found = evidence(tell(history, chance), book())
    indicators = assess_all(found, reader, None, book())
    assert all(release(member.label, reader).released for one in indicators for member in one.evidence)
    hidden = {story.versions[0].event.to_bytes(16, "big") for story in history if not seen_by(reader, list(story.versions))}
    assert indicators == assess_all([row for row in found if row.event_id not in hidden], reader, None, book())


@LAW
@given(histories(), st.integers(0, 10))
def test_what_could_fire_never_shrinks_as_members_join(history: list[Story], some: int) -> None:
    members = [member for story in history for member in story.versions]
    kind = members[0].kind
    classes = [book().class_of(kind, one.type, one.country, one.certainty, one.occurred, one.traits) for one in members]
    fewer, all_ = frozenset(classes[:some]) - {""}, frozenset(classes) - {""}
    assert set(_named(book(), kind, fewer)) <= set(_named(book(), kind, all_))


def _named(of: RuleBook, kind: str, classes: frozenset[str]) -> list[tuple[str, str]]:
    return [(grading.rule.id, grading.grade) for grading in of.fired(kind, classes)]
