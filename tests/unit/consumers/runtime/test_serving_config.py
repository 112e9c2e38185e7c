"""Config alone says which generation serves and which rules are in effect."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from kafka.errors import KafkaTimeoutError

from consumers.runtime.serving_config import (
    ServingConfig,
    ServingConfigWatch,
    ServingUnavailableError,
    serving_config_of,
)
from infra.errors import ForeignLogError
from infra.exchange_log.log_owner import foreign_log
from schemas.avro.codec import Record
from schemas.exchange_config import ConfigHistory
from schemas.rule_changes import RuleChange
from streams.rules import library_texts, read_rule_book

RULE = "stolen-weapon-seized-abroad"
NOW = 1_000


def config_with(*entries: tuple[str, Record, int]) -> ConfigHistory:
    """A founded config with these entries: name, entry, effective from."""
    history = ConfigHistory()
    history.add("Founding", {"notice_ms": 0}, 0, 0)
    for name, entry, effective in entries:
        history.add(name, entry, effective, 0)
    return history


def rule_text(name: str, text: str, effective: int) -> tuple[str, Record, int]:
    return "RuleText", {"rule": name, "text": text}, effective


def test_only_the_rules_that_config_holds_are_in_effect() -> None:
    entries = [
        rule_text(RULE, library_texts()[RULE], 0),
        ("Generation", {"number": 7, "thing_partitions": 4}, 0),
    ]
    config = serving_config_of(config_with(*entries), NOW)
    assert config.generation == 7
    assert set(config.rules.by_id) == {RULE}


def test_questions_may_name_the_event_types_that_config_adds() -> None:
    history = config_with(("EventSchema", {"type": "beacon", "text": "{}"}, 0))
    assert serving_config_of(history, NOW).types == {"beacon": "{}"}


def test_the_authorities_are_those_of_the_nodes() -> None:
    node = {"node": "pe-pnp", "country": "PE", "authority": "PNP", "partition": 0, "succeeds": []}
    history = config_with(("Node", node, 0))
    assert serving_config_of(history, NOW).authorities == {("PE", "PNP")}


def test_a_rule_that_config_ended_is_not_in_effect() -> None:
    entries = [rule_text(name, text, 0) for name, text in library_texts().items()]
    rules = serving_config_of(config_with(*entries, rule_text(RULE, "", 50)), NOW).rules
    assert rules.ids == rules.at(50).ids == set(library_texts()) - {RULE}
    assert rules.at(49).ids == set(library_texts())
    assert rules.switched_off(None) == {RULE: RuleChange(RULE, "", 50, "", "")}
    assert rules.switched_off(49) == {}


def test_a_log_without_rules_uses_those_of_the_release() -> None:
    assert serving_config_of(config_with(), NOW).rules.ids == set(library_texts())


def test_the_rule_book_is_one_object_until_the_rules_change() -> None:
    first, again = (serving_config_of(config_with(), NOW + later) for later in range(2))
    assert first.rules is again.rules


def test_who_asks_gets_what_was_read_last_while_kafka_is_away() -> None:
    second_reading = Event()
    answers = iter([ServingConfig(3, read_rule_book())])

    def read() -> ServingConfig:
        answer = next(answers, None)
        if answer is None:
            second_reading.set()
            raise KafkaTimeoutError
        return answer

    watch = ServingConfigWatch(read, every_s=0.001)
    with closing(watch):
        assert watch().generation == 3
        assert second_reading.wait(5)
        assert watch().generation == 3


def test_where_kafka_never_answered_the_question_is_refused_in_seconds() -> None:
    gone = Event()

    def read() -> ServingConfig:
        gone.wait(30)
        raise KafkaTimeoutError

    began = time.monotonic()
    with closing(ServingConfigWatch(read, first_answer_s=0.05)) as watch:
        with pytest.raises(ServingUnavailableError):
            watch()
        gone.set()
    assert time.monotonic() - began < 5


def test_a_log_of_another_mechanism_is_refused_with_its_own_words() -> None:
    def read() -> ServingConfig:
        raise foreign_log(Path("keys"), "config-1", "config-2")

    with closing(ServingConfigWatch(read)) as watch, pytest.raises(ForeignLogError):
        watch()
