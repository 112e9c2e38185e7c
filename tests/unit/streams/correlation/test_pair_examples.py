"""Rules of pairs meet their own examples, and a fault in an example is refused by its key."""

from __future__ import annotations

import pytest

from streams.correlation.pair_examples import grade_found
from streams.rules import Rule, RuleError, library_texts, parse_rule, read_rule_book
from streams.rules.parser import parse

RULES = read_rule_book().by_id
TEXTS = {name: text for name, text in library_texts().items() if name in RULES}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_of_pairs_finds_what_its_examples_say(rule: Rule) -> None:
    assert {example.finds for example in rule.examples} >= {"none", "certain"}
    grades = {example.name: grade_found(rule, example) for example in rule.examples}
    assert grades == {example.name: example.finds for example in rule.examples}


def test_an_example_notices_a_changed_condition() -> None:
    text = TEXTS["stolen-plate-at-crossing"].replace("days = [-1, 36500]", "days = [-90, 36500]")
    rule = parse("stolen-plate-at-crossing", text)
    missed = [example.name for example in rule.examples if grade_found(rule, example) == "certain"]
    assert "it crossed a month before the theft" in missed


def test_a_fault_in_an_example_is_refused_with_its_key() -> None:
    name = "stolen-plate-at-crossing"
    faults = (
        ('finds = "none"', 'finds = "certain"', "examples"),
        ('finds = "certain"', 'finds = "none"', "examples"),
        ('finds = "certain"', 'finds = "sure"', "examples"),
        ('finds = "certain"', 'finds = "certain"\nkind = "phone"', "examples.0.kind"),
    )
    for written, instead, key in faults:
        text = TEXTS[name].replace(written, instead)
        if key == "examples":
            text = text.replace('finds = "possible"', instead)
        with pytest.raises(RuleError) as refused:
            parse_rule(name, text)
        assert refused.value.key == key, (written, instead)
