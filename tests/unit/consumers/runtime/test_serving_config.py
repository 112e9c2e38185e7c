"""Config alone says which generation serves and which rules are in effect."""

from __future__ import annotations

from consumers.runtime.serving_config import CachedServingConfig, ServingConfig, serving_config_of
from schemas.exchange_config import ConfigView
from streams.rules import library_texts, read_rule_book

RULE = "stolen-weapon-seized-abroad"


def test_only_the_rules_that_config_holds_are_in_effect() -> None:
    view = ConfigView(rules={RULE: library_texts()[RULE]}, generation=7)
    generation, rules = serving_config_of(view)
    assert generation == 7
    assert set(rules.by_id) == {RULE}


def test_a_rule_that_config_ended_is_not_in_effect() -> None:
    view = ConfigView(rules={**library_texts(), RULE: ""})
    assert set(serving_config_of(view).rules.by_id) == set(library_texts()) - {RULE}


def test_a_log_without_rules_uses_those_of_the_release() -> None:
    assert set(serving_config_of(ConfigView()).rules.by_id) == set(library_texts())


def test_the_rule_book_is_one_object_until_the_rules_change() -> None:
    first, again = (serving_config_of(ConfigView(rules=library_texts())) for _time in range(2))
    assert first.rules is again.rules


def test_the_cache_asks_once_in_a_while() -> None:
    answers = [ServingConfig(2, read_rule_book()), ServingConfig(1, read_rule_book())]
    cached = CachedServingConfig(answers.pop)
    assert [cached().generation, cached().generation] == [1, 1]
