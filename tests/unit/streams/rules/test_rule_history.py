"""Which rules hold for a record is a function of config alone, in any order of reading."""

from __future__ import annotations

from itertools import permutations

import pytest

from schemas import topics
from schemas.avro.codec import Record, log_format
from schemas.exchange_config import ConfigHistory
from schemas.model import THING_PARTITIONS, EpochMs, Message, Offset, PartitionNumber
from streams.correlation.evidence_fold import EvidenceFold
from streams.correlation.evidence_rows import read_rows
from streams.rules import (
    RuleHistory,
    is_announced,
    library_texts,
    read_dated_rule_book,
    rule_epochs,
)
from tests.support.derived import observation
from tests.support.pipeline import Memory

LIBRARY = library_texts()
NAME = "weapon-in-two-countries"
TEXT = LIBRARY[NAME]
CHANGED = TEXT.replace("version = 2", "version = 9")
KEY = bytes(16)


def config(*entries: tuple[str, Record, int]) -> ConfigHistory:
    """A founded config with these entries: name, entry, effective from."""
    history = ConfigHistory()
    history.add("Founding", {"notice_ms": 0}, 0, 0)
    for name, entry, effective in entries:
        history.add(name, entry, effective, 0)
    return history


def rule(text: str, effective: int, name: str = NAME) -> tuple[str, Record, int]:
    return "RuleText", {"rule": name, "text": text}, effective


def generation(number: int, effective: int) -> tuple[str, Record, int]:
    return "Generation", {"number": number, "thing_partitions": 4}, effective


def sighting(offset: int, country: str) -> Message:
    """An observation of one weapon, appended at `offset` ms."""
    row = {**observation(KEY, bytes([offset]) * 16), "kind": "weapon", "country": country}
    record = {
        "appended_at": offset,
        "topic": f"quipu.bundles.{country.lower()}",
        "partition": 0,
        "offset": offset,
        "rows": [row],
    }
    value = log_format("observations").write(record)
    return Message(
        topics.observations(1),
        PartitionNumber(topics.thing_partition(KEY, THING_PARTITIONS)),
        Offset(offset),
        EpochMs(0),
        None,
        value,
    )


def evidence_of(history: RuleHistory, *messages: Message) -> set[tuple[str, int, bytes]]:
    """Rule, version and event of the evidence, of messages read one by one."""
    fold, memory = EvidenceFold(1), Memory()
    rows = []
    for message in messages:
        step = fold.fold([message], memory.get, memory.scan, history)
        memory.write(step)
        rows += [row for output in step.outputs for row in read_rows(output.value)]
    return {(row.rule, row.rule_version, row.event_id) for row in rows if row.rule == NAME}


def test_rules_of_config_are_all_the_rules_and_a_machines_files_decide_nothing() -> None:
    epochs = rule_epochs(config(rule(TEXT, 0)), 1, LIBRARY)
    assert epochs == [(0, {NAME: TEXT})]
    assert set(RuleHistory(epochs).book_at(5).by_id) == {NAME}


def test_config_of_an_older_release_names_no_rule_and_has_those_of_the_release() -> None:
    assert rule_epochs(config(), 1, LIBRARY) == [(0, LIBRARY)]


def test_announcing_the_same_text_later_changes_nothing() -> None:
    later = [rule(text, 500, name) for name, text in LIBRARY.items()]
    assert rule_epochs(config(*later), 1, LIBRARY) == [(0, LIBRARY)]


def test_a_new_rule_finds_what_is_appended_from_its_time_on_in_any_order() -> None:
    other = LIBRARY["thing-in-two-countries"]
    history = RuleHistory(
        rule_epochs(config(rule(other, 0, "thing-in-two-countries"), rule(TEXT, 100)), 1, {})
    )
    messages = [sighting(10, "CO"), sighting(20, "PE"), sighting(110, "EC"), sighting(120, "BO")]
    expected = {(NAME, 2, bytes([110]) * 16), (NAME, 2, bytes([120]) * 16)}
    for order in permutations(messages):
        assert evidence_of(history, *order) == expected


def test_a_changed_rule_compares_only_records_that_it_holds_for() -> None:
    history = RuleHistory(rule_epochs(config(rule(TEXT, 0), rule(CHANGED, 100)), 1, {}))
    messages = [sighting(10, "CO"), sighting(20, "PE"), sighting(110, "EC")]
    for order in permutations(messages):
        assert evidence_of(history, *order) == {
            (NAME, 2, bytes([10]) * 16),
            (NAME, 2, bytes([20]) * 16),
        }


def test_an_unchanged_rule_compares_records_from_before_and_after_another_came() -> None:
    entries = (rule(TEXT, 0), rule(LIBRARY["weapon-traced"], 100, "weapon-traced"))
    history = RuleHistory(rule_epochs(config(*entries), 1, {}))
    for order in permutations([sighting(10, "CO"), sighting(110, "PE")]):
        assert evidence_of(history, *order) == {
            (NAME, 2, bytes([10]) * 16),
            (NAME, 2, bytes([110]) * 16),
        }


def test_a_new_generation_applies_its_rules_to_every_older_record() -> None:
    announced = config(rule(TEXT, 0), rule(CHANGED, 100), generation(2, 300))
    assert rule_epochs(announced, 1, {}) == [(0, {NAME: TEXT}), (100, {NAME: CHANGED})]
    assert rule_epochs(announced, 2, {}) == [(0, {NAME: CHANGED})]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_generation_that_is_being_built_has_the_newest_rules(number: int) -> None:
    history = config(rule(TEXT, 0), generation(2, 50), rule(CHANGED, 100))
    assert is_announced(history, number) == (number < 3)
    assert rule_epochs(history, 3, {}) == [(0, {NAME: CHANGED})]


def test_a_rule_that_is_none_is_passed_over() -> None:
    history = RuleHistory(
        rule_epochs(config(rule("version = ", 0, "no-rule"), rule(TEXT, 0)), 1, {})
    )
    assert set(history.book_at(0).by_id) == {NAME}


def test_a_rebuild_keeps_what_a_rule_found_before_it_was_switched_off() -> None:
    other = rule(LIBRARY["weapon-traced"], 0, "weapon-traced")
    entries = (rule(TEXT, 0), other, rule(CHANGED, 50), rule("", 100), generation(2, 300))
    epochs = rule_epochs(config(*entries), 2, {})
    assert [(since, texts[NAME]) for since, texts in epochs] == [(0, CHANGED), (100, "")]
    messages = [sighting(10, "CO"), sighting(60, "PE"), sighting(110, "EC"), sighting(120, "BO")]
    for order in permutations(messages):
        assert {event for _rule, _version, event in evidence_of(RuleHistory(epochs), *order)} == {
            bytes([10]) * 16,
            bytes([60]) * 16,
        }
    again = rule_epochs(config(*entries[:-1], rule(CHANGED, 200), generation(2, 300)), 2, {})
    assert [(since, texts[NAME]) for since, texts in again] == [(0, CHANGED)]


def test_a_rule_is_as_it_was_at_each_moment() -> None:
    without = {**LIBRARY, NAME: ""}
    texts = [{NAME: TEXT}, {name: text for name, text in without.items() if text}, {NAME: CHANGED}]
    book = read_dated_rule_book(list(zip((0, 100, 200), texts, strict=True)))
    moments = (-5, 0, 99, 100, 199, 200, None)
    versions = [
        rules[NAME].version if NAME in (rules := book.at(moment).by_id) else None
        for moment in moments
    ]
    assert versions == [2, 2, 2, None, None, 9, 9]
    assert book.every_by_id[NAME].version == 9
    assert set(book.every_by_id) == set(book.at(100).by_id) | {NAME}
