"""What is remembered of records is what would be read, and is forgotten in time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consumers.query.rule_findings import known_records
from consumers.query.rule_findings.known_records import (
    FORGOTTEN_AFTER_S,
    KnownRecords,
    SeenRecord,
    Versions,
)
from schemas.measures.rates import RateTable
from schemas.model import Label
from streams.rules import read_rule_book
from streams.rules.detectors.evaluate import RuleOutcome

RATES = RateTable({})
LABEL = Label("CO", "CO-PONAL", ("ALL",), "GREEN", (), None, "investigation", None)
FIRST: Versions = ((1, 7, 0, 0),)
SECOND: Versions = (*FIRST, (2, 7, 5, 0))
SEEN = SeenRecord("first", "movement", LABEL, ())
RULE, OTHER = read_rule_book().detectors[:2]
NOTHING = RuleOutcome([], [])


class Clock:
    """Seconds that a test counts."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_record_is_known_in_just_the_versions_in_which_it_was_read() -> None:
    known = KnownRecords()
    known.keep({"a": FIRST}, {"a": SEEN}, RATES)
    assert known.take({"a": FIRST, "b": FIRST}, RATES) == {"a": SEEN}
    assert known.take({"a": SECOND}, RATES) == {}, "a correction came"
    assert known.take({"a": ((1, 8, 0, 0),)}, RATES) == {}, "its label is another"


def test_other_rates_make_all_amounts_new() -> None:
    known = KnownRecords()
    known.keep({"a": FIRST}, {"a": SEEN}, RATES)
    known.outcome(RULE, b"1", lambda: NOTHING)
    assert known.take({"a": FIRST}, RateTable({("COP", "2018-06-30"): "2905.25"})) == {}
    assert known.take({"a": FIRST}, RATES) == {}


def test_what_nobody_asks_about_is_forgotten() -> None:
    clock = Clock()
    known = KnownRecords(clock)
    known.keep({"a": FIRST, "b": FIRST}, {"a": SEEN, "b": SEEN}, RATES)
    clock.now = FORGOTTEN_AFTER_S
    assert known.take({"a": FIRST}, RATES) == {"a": SEEN}
    clock.now += 1
    assert known.take({"a": FIRST, "b": FIRST}, RATES) == {"a": SEEN}


def test_the_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_records, "MOST_RECORDS", 2)
    monkeypatch.setattr(known_records, "MOST_OUTCOMES", 1)
    known = KnownRecords()
    versions = dict.fromkeys("abc", FIRST)
    known.keep(versions, dict.fromkeys("abc", SEEN), RATES)
    assert known.take(versions, RATES).keys() == {"b", "c"}
    calls = []

    def evaluate() -> RuleOutcome:
        calls.append(1)
        return NOTHING

    for mark in (b"1", b"1", b"2", b"1"):
        known.outcome(RULE, mark, evaluate)
    assert len(calls) == 3


def test_an_outcome_is_that_of_the_rule_itself_and_not_of_its_name() -> None:
    known = KnownRecords()
    outcome = RuleOutcome([], [])
    assert known.outcome(RULE, b"1", lambda: outcome) is outcome
    assert known.outcome(RULE, b"1", lambda: NOTHING) is outcome
    changed = replace(RULE, hub=RULE.hub + 1)
    assert known.outcome(changed, b"1", lambda: NOTHING) is NOTHING
    assert known.outcome(OTHER, b"1", lambda: NOTHING) is NOTHING
