"""The rules over many records meet their own examples, and a typing error in one is refused."""

from __future__ import annotations

import pytest

from streams.rules import DetectorRule, RuleError, library_texts, parse_rule, read_rule_book
from streams.rules.detectors.evaluate import evaluate
from streams.rules.detectors.file_model import DETECTORS
from streams.rules.detectors.parser import parse_detector_rule

RULES = {rule.id: rule for rule in read_rule_book().detectors}
TEXTS = {name: text for name, text in library_texts().items() if name in RULES}


def test_every_form_has_a_rule_in_the_library() -> None:
    assert {rule.detector for rule in RULES.values()} == set(DETECTORS)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_finds_what_its_examples_say_and_nothing_else(rule: DetectorRule) -> None:
    for example in rule.examples:
        number = len(evaluate(rule, example.occurrences).findings)
        assert example.least <= number, example.name
        assert example.most is None or number <= example.most, example.name


def test_a_typing_error_is_refused_with_its_key() -> None:
    faults = (
        ("cash-below-the-limit", 'within = "7d"', 'within = "7 days"', "within"),
        ("cash-below-the-limit", "fewest = 3", "fewst = 3", "fewst"),
        ("cash-below-the-limit", 'by = ["document"]', "", "by"),
        ("cash-below-the-limit", 'by = ["document"]', 'by = ["document", "account"]', "by"),
        ("cash-below-the-limit", "{amount} dollars", "{sum} dollars", "sentence.en"),
        ("cash-below-the-limit", "{amount} dólares", "{amount dólares", "sentence.es"),
        ("cash-below-the-limit", "usd = 9000.0", 'usd = "much"', "examples.0.records.0.usd"),
        ("cash-below-the-limit", "exactly = 1", "exactly = 1\nat_most = 2", "examples.0"),
        ("cash-below-the-limit", 'sum = "usd"', 'sum = "eur"', "sum"),
        ("cash-below-the-limit", "version = 1", "version = ", "file"),
        ("cash-then-abroad", 'gaps = ["5d"]', 'gaps = ["5d", "1d"]', "gaps"),
        ("cash-then-abroad", 'order = ["cash"', 'order = ["coins"', "order"),
        ("cash-then-abroad", 'transmode = ["cash"]', 'unless = "abroad"', "records.cash.unless"),
        ("cash-then-abroad", 'gaps = ["5d"]', 'gaps = ["5d"]\nabsent = ["x"]', "absent"),
        ("vehicles-in-convoy", 'things = "plate"', 'things = "car"', "things"),
        ("money-passed-on", "hops = 3", "hops = 30", "hops"),
        ("money-passed-on", "hops = 3", 'hops = 3\nby = ["account"]', "by"),
    )
    for name, old, new, key in faults:
        assert old in TEXTS[name], old
        with pytest.raises(RuleError) as refused:
            parse_detector_rule(name, TEXTS[name].replace(old, new, 1))
        assert refused.value.key == key


def test_examples_must_show_a_finding_and_a_silence() -> None:
    text = TEXTS["money-returns"]
    for old, new in (("exactly = 1", "exactly = 0"), ("exactly = 0", "at_least = 0")):
        with pytest.raises(RuleError, match="need one"):
            parse_rule("money-returns", text.replace(old, new))
