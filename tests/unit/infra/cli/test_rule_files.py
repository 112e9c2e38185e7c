"""`quipu rule check` and `test` on files, and the tutorial's rule as its pages show it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from infra.cli.root import main
from streams.rules import library_texts
from streams.rules.detectors.examples import read_expectations
from streams.rules.detectors.explain import explain_rule
from streams.rules.detectors.parser import parse_detector_rule
from streams.rules.file_lines import line_of_key

ROOT = Path(__file__).parents[4]
EXAMPLE = ROOT / "docs/example/rules/phone-in-many-cases.toml"
TEXT = library_texts()["cash-then-abroad"]


def run(home: Path, *words: str) -> Result:
    """Run a command of `quipu` in a data folder."""
    return CliRunner().invoke(main, ["--home", str(home), *words])


@pytest.mark.parametrize("page", ["docs/rules.md", "docs/es/reglas.md"])
def test_the_tutorials_commands_on_its_file_succeed(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    lines = (ROOT / page).read_text(encoding="utf-8").splitlines()
    commands = [line.split()[1:] for line in lines if line.startswith("quipu rule ")]
    for words in commands:
        if words[1] in ("check", "test"):
            result = run(tmp_path, *words)
            assert result.exit_code == 0, result.output
    assert {"check", "test"} <= {words[1] for words in commands}


def test_a_fault_is_named_with_its_line_and_key(tmp_path: Path) -> None:
    faults = (
        ('gaps = ["5d"]', 'gaps = ["5 days"]', "gaps.0", 'gaps = ["5 days"]'),
        ('type = "suspicious_flow"', 'type = "suspicious"', "type", 'type = "suspicious"'),
        ("usd = 9000.0 }", 'usd = "x" }', "examples.0.records.0.usd", "records = ["),
        ("version = 1", "version = ", "file", "version = "),
        ("hub = 60", "hubb = 60", "hubb", "hubb = 60"),
    )
    for old, new, key, row in faults:
        text = TEXT.replace(old, new, 1)
        file = tmp_path / "broken.toml"
        file.write_text(text, encoding="utf-8")
        result = run(tmp_path, "rule", "check", str(file), "--json")
        assert result.exit_code == 1
        (fault,) = json.loads(result.output)
        assert fault["key"] == key
        assert text.splitlines()[fault["line"] - 1].startswith(row), fault


def test_a_table_of_several_is_found_by_its_number() -> None:
    second = line_of_key(TEXT, "examples.1.records.0.at")
    assert TEXT.splitlines()[second - 1].startswith("records = [")
    assert second > line_of_key(TEXT, "examples.0.records.0.at")
    assert line_of_key(TEXT, "no.such.key") == 1


def test_an_expectation_that_is_not_met_ends_with_one(tmp_path: Path) -> None:
    expected = tmp_path / "more.toml"
    record = '{ type = "seizure", country = "EC", at = 2026-03-09T15:00:00Z, phone = "1" }'
    for bound, code in (("at_most = 0", 0), ("at_least = 1", 1), ("exactly = 2", 1)):
        example = f'[[examples]]\nname = "one case"\n{bound}\nrecords = [{record}]\n'
        expected.write_text(example, encoding="utf-8")
        result = run(tmp_path, "rule", "test", str(EXAMPLE), "--expect", str(expected))
        assert result.exit_code == code, result.output
    expected.write_text("[[examples]]\n", encoding="utf-8")
    assert run(tmp_path, "rule", "test", str(EXAMPLE), "--expect", str(expected)).exit_code == 2
    assert read_expectations([]) == ()


def test_each_condition_and_clause_says_whether_it_holds() -> None:
    rule = parse_detector_rule("cash-then-abroad", TEXT)
    reasons = explain_rule(rule, rule.examples[0].occurrences)
    held = [
        (state.role, state.condition, state.written, state.holds) for state in reasons.conditions
    ]
    assert ("cash", "transmode: cash", "cash", True) in held
    assert ("abroad", "transmode: international_transfer remittance", "cash", False) in held
    (group,) = reasons.groups
    assert [(clause.name, clause.measured, clause.holds) for clause in group.clauses] == [
        ("steps", 2, True),
        ("countries", 1, True),
    ]
    (half,) = explain_rule(rule, rule.examples[0].occurrences[:1]).groups
    assert [clause.holds for clause in half.clauses] == [False, False]
