"""Rules of bursts and over identities meet their own examples, by what computes findings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from consumers.cli.rule_examples import outcomes_of
from infra.cli.root import main
from streams.rules import (
    BurstRule,
    IdentityRule,
    RuleError,
    library_texts,
    parse_rule,
    read_rule_book,
)

BOOK = read_rule_book()
COMPUTED: list[BurstRule | IdentityRule] = [*BOOK.bursts, *BOOK.identities]
TEXTS = library_texts()
PERSON = "examples.0.records.0.person"


@pytest.mark.parametrize("rule", COMPUTED, ids=lambda rule: rule.id)
def test_a_computed_rule_finds_what_its_examples_say(rule: BurstRule | IdentityRule) -> None:
    assert {example.finds for example in rule.examples} >= {"none", "certain"}
    assert [outcome for outcome in outcomes_of(rule) if not outcome["passed"]] == []


@pytest.mark.parametrize(
    ("name", "written", "instead", "missed"),
    [
        ("wanted-person-crossed", "during_first = true", "", "the notice was lifted before"),
        ("wanted-person-crossed", '"certain", "possible"', '"certain"', "by the names alone"),
        ("wanted-person-crossed", "unless_same_document = true", "", "with the document of"),
        ("notices-of-two-countries", '"different"', '"any"', "two notices of one country"),
        ("person-in-cases-of-two-countries", '"victim", ', "", "victim of one of the cases"),
        ("burst", "certain = 1e-6", "certain = 1e-30", "a quiet department"),
        ("burst", "fewest = 5", "fewest = 50", "a quiet department"),
        ("burst", "possible = 2.5e-4", "possible = 2e-6", "four times its seizures"),
    ],
)
def test_an_example_notices_a_changed_condition(
    name: str, written: str, instead: str, missed: str
) -> None:
    assert written in TEXTS[name]
    outcomes = outcomes_of(parse_rule(name, TEXTS[name].replace(written, instead, 1)))
    names = [outcome["example"] for outcome in outcomes if not outcome["passed"]]
    assert [name for name in names if name.startswith(missed)], names


def test_a_fault_in_an_example_is_refused_with_its_key() -> None:
    faults = (
        ("burst", 'place = "PE-PUN"', 'place = "nowhere"', "examples.0.place"),
        ("burst", '["subdivision", "crossing"]', '["subdivision"]', "examples.3.place"),
        ("burst", 'type = "movement"', 'type = "beacon"', "examples.3.type"),
        ("burst", 'finds = "certain"', 'finds = "hub"', "examples.0.finds"),
        ("notices-of-two-countries", 'finds = "none"', 'finds = "certain"', "examples"),
        ("notices-of-two-countries", 'finds = "certain"', 'finds = "none"', "examples"),
        ("notices-of-two-countries", "given_names", "names", f"{PERSON}.names"),
        (
            "document-of-two-persons",
            '{ country = "EC", t',
            '{ is = "EC", t',
            f"{PERSON}.document.is",
        ),
        (
            "document-of-two-persons",
            '"Yobana Inés"',
            '{ first = "Yobana" }',
            f"{PERSON}.given_names",
        ),
        ("document-of-two-persons", "document = {", "document = 1 #", "file"),
    )
    for name, written, instead, key in faults:
        with pytest.raises(RuleError) as refused:
            parse_rule(name, TEXTS[name].replace(written, instead))
        assert refused.value.key == key, (written, instead)


def test_a_rule_of_bursts_is_tested_by_its_file(tmp_path: Path) -> None:
    file = tmp_path / "burst.toml"
    for text, code in ((TEXTS["burst"], 0), (TEXTS["burst"].replace("[24, 31]", "[3, 2]"), 1)):
        file.write_text(text, encoding="utf-8")
        result = CliRunner().invoke(main, ["rule", "test", str(file), "--json"])
        assert result.exit_code == code, result.output
        assert all(outcome["passed"] for outcome in json.loads(result.output)) == (code == 0)
    file.write_text(TEXTS["burst"].partition("[[examples]]")[0], encoding="utf-8")
    result = CliRunner().invoke(main, ["rule", "test", str(file)])
    assert (result.exit_code, "[[examples]]" in result.output) == (2, False)
