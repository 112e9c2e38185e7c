"""`quipu rule check` and `quipu rule test`: a rule's file before anybody announces it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict, final

import click

from infra.command_line import argument, command, json_option, option
from infra.errors import RuleAnnouncementError
from infra.registry.rule_files import find_fault, read_rule_text, read_rule_with_examples
from infra.settings import Settings
from infra.terminal import echo_json
from schemas.i18n import _
from streams.correlation.pair_examples import grade_found
from streams.rules import DetectorRule, Rule, RuleError
from streams.rules.detectors.detector_rule import RuleExample
from streams.rules.detectors.evaluate import evaluate
from streams.rules.detectors.expectations import read_expectations_text
from streams.rules.file_lines import line_of_key
from streams.rules.file_model import ExampleGrade
from streams.rules.pair_examples import PairExample

EXIT_FAULT = 1
PATH = click.Path(exists=True, dir_okay=False, path_type=Path)


@final
class PairOutcome(TypedDict):
    """What a rule of pairs finds on the thing of an example."""

    example: str
    outcome: ExampleGrade
    expected: ExampleGrade
    passed: bool


@final
class ExampleOutcome(TypedDict):
    """What a rule finds in an example. `most`: null for any number."""

    example: str
    findings: int
    least: int
    most: int | None
    passed: bool


@command("check", help=_("Check a rule's file: keys, values, types, texts."))
@argument("file", type=PATH)
@json_option
@click.pass_context
def rule_check(context: click.Context, file: Path, as_json: bool) -> None:
    """Say what is wrong with a file, by line and key; end with exit code 1 where anything is."""
    settings: Settings = context.obj
    fault = find_fault(file, read_rule_text(file))
    if as_json:
        echo_json([] if fault is None else [fault])
    elif fault is None:
        click.echo(_("The rule can be announced.").in_language(settings.lang))
    else:
        click.echo(f"{fault['file']}:{fault['line']}: {fault['key']}: {fault['detail']}")
        click.echo(_("Correct the line and repeat the command.").in_language(settings.lang))
    context.exit(EXIT_FAULT if fault else 0)


@command("test", help=_("Evaluate the examples of a rule's file."))
@argument("file", type=PATH)
@option("--expect", type=PATH, help=_("A file of further examples."))
@json_option
@click.pass_context
def rule_test(context: click.Context, file: Path, expect: Path | None, as_json: bool) -> None:
    """Say what the rule finds in each example; end with exit code 1 where one is not met."""
    settings: Settings = context.obj
    rule = read_rule_with_examples(file)
    outcomes: Sequence[ExampleOutcome | PairOutcome]
    if isinstance(rule, Rule):
        outcomes = _pair_outcomes(rule, expect)
    else:
        examples = [*rule.examples, *([] if expect is None else _expectations(expect))]
        outcomes = [outcome_of(rule, example) for example in examples]
    if as_json:
        echo_json(outcomes)
    else:
        for outcome in outcomes:
            click.echo(_line(outcome, settings.lang))
    context.exit(0 if all(outcome["passed"] for outcome in outcomes) else EXIT_FAULT)


def _pair_outcomes(rule: Rule, expect: Path | None) -> list[PairOutcome]:
    if expect is not None:
        raise RuleAnnouncementError(
            _("A file of further examples is for rules over many records."),
            _("Write the examples of {name} in its own file.", name=rule.id),
        )
    return [pair_outcome_of(rule, example) for example in rule.examples]


def _expectations(file: Path) -> tuple[RuleExample, ...]:
    text = read_rule_text(file)
    try:
        return read_expectations_text(file.stem, text)
    except RuleError as error:
        line = line_of_key(text, error.key, str(error))
        raise RuleAnnouncementError(
            _("{file}:{line}: {detail}", file=file, line=line, detail=error),
            _("Correct the line and repeat the command."),
        ) from None


def outcome_of(rule: DetectorRule, example: RuleExample) -> ExampleOutcome:
    """Return what a rule finds in an example, and whether that is what the example expects."""
    number = len(evaluate(rule, example.occurrences).findings)
    is_met = example.least <= number and (example.most is None or number <= example.most)
    return {
        "example": example.name,
        "findings": number,
        "least": example.least,
        "most": example.most,
        "passed": is_met,
    }


def pair_outcome_of(rule: Rule, example: PairExample) -> PairOutcome:
    """Return what a rule of pairs finds in an example, and what the example expects."""
    grade = grade_found(rule, example)
    return {
        "example": example.name,
        "outcome": grade,
        "expected": example.finds,
        "passed": grade == example.finds,
    }


def _line(outcome: ExampleOutcome | PairOutcome, lang: str) -> str:
    if "expected" in outcome:
        return _pair_line(outcome, lang)
    if outcome["passed"]:
        text = _("met: {example} ({findings})", **outcome)
    elif outcome["most"] is None:
        text = _("NOT met: {example}: {findings}, and at least {least} are needed", **outcome)
    else:
        text = _("NOT met: {example}: {findings}, and {least} to {most} are needed", **outcome)
    return text.in_language(lang)


def _pair_line(outcome: PairOutcome, lang: str) -> str:
    words = {
        "certain": _("a certain finding"),
        "possible": _("a possible finding"),
        "hub": _("a hub"),
        "none": _("nothing"),
    }
    seen = words[outcome["outcome"]].in_language(lang)
    if outcome["passed"]:
        text = _("met: {example} ({found})", example=outcome["example"], found=seen)
    else:
        text = _(
            "NOT met: {example}: found {found}, expected {expected}",
            example=outcome["example"],
            found=seen,
            expected=words[outcome["expected"]].in_language(lang),
        )
    return text.in_language(lang)


file_commands: list[click.Command] = [rule_check, rule_test]
