"""`quipu rule test`: evaluate the examples of a rule's file by what evaluates records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypedDict, assert_never, final

import click

from consumers.query.bursts.burst_examples import burst_grade_found
from consumers.query.persons.identity_examples import identity_grade_found
from infra.command_line import argument, command, json_option, option
from infra.errors import RuleAnnouncementError
from infra.registry.rule_files import read_rule_text, read_rule_with_examples
from infra.settings import Settings
from infra.terminal import echo_json
from schemas.i18n import _
from streams.correlation.pair_examples import grade_found
from streams.rules import AnyRule, BurstRule, DetectorRule, IdentityRule, Rule, RuleError
from streams.rules.detectors.detector_rule import RuleExample
from streams.rules.detectors.evaluate import evaluate
from streams.rules.detectors.expectations import read_expectations_text
from streams.rules.file_lines import line_of_key
from streams.rules.file_model import ExampleGrade

EXIT_FAULT = 1
PATH = click.Path(exists=True, dir_okay=False, path_type=Path)


@final
class GradeOutcome(TypedDict):
    """What a rule of pairs, of bursts or over identities finds in an example."""

    example: str
    outcome: ExampleGrade
    expected: ExampleGrade
    passed: bool


@final
class ExampleOutcome(TypedDict):
    """What a rule over many records finds in an example. `most`: null for any number."""

    example: str
    findings: int
    least: int
    most: int | None
    passed: bool


@command("test", help=_("Evaluate the examples of a rule's file."))
@argument("file", type=PATH)
@option("--expect", type=PATH, help=_("A file of further examples."))
@json_option
@click.pass_context
def rule_test(context: click.Context, file: Path, expect: Path | None, as_json: bool) -> None:
    """Say what the rule finds in each example; end with exit code 1 where one is not met."""
    settings: Settings = context.obj
    rule = read_rule_with_examples(file)
    if expect is not None and not isinstance(rule, DetectorRule):
        raise RuleAnnouncementError(
            _("A file of further examples is for rules over many records."),
            _("Write the examples of {name} in its own file.", name=rule.id),
        )
    outcomes = list(outcomes_of(rule, () if expect is None else _expectations(expect)))
    if as_json:
        echo_json(outcomes)
    else:
        for outcome in outcomes:
            click.echo(_line(outcome, settings.lang))
    context.exit(0 if all(outcome["passed"] for outcome in outcomes) else EXIT_FAULT)


def outcomes_of(
    rule: AnyRule, further: Sequence[RuleExample] = ()
) -> Iterator[GradeOutcome | ExampleOutcome]:
    """Yield what a rule finds in each of its examples, and in further ones over many records."""
    match rule:
        case DetectorRule():
            for example in (*rule.examples, *further):
                yield _counted(rule, example)
        case Rule():
            for pair in rule.examples:
                yield _graded(pair.name, grade_found(rule, pair), pair.finds)
        case BurstRule():
            for weeks in rule.examples:
                yield _graded(weeks.name, burst_grade_found(rule, weeks), weeks.finds)
        case IdentityRule():
            for persons in rule.examples:
                yield _graded(persons.name, identity_grade_found(rule, persons), persons.finds)
        case _:
            assert_never(rule)


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


def _counted(rule: DetectorRule, example: RuleExample) -> ExampleOutcome:
    number = len(evaluate(rule, example.occurrences).findings)
    is_met = example.least <= number and (example.most is None or number <= example.most)
    return {
        "example": example.name,
        "findings": number,
        "least": example.least,
        "most": example.most,
        "passed": is_met,
    }


def _graded(example: str, outcome: ExampleGrade, expected: ExampleGrade) -> GradeOutcome:
    return {
        "example": example,
        "outcome": outcome,
        "expected": expected,
        "passed": outcome == expected,
    }


def _line(outcome: ExampleOutcome | GradeOutcome, lang: str) -> str:
    if "expected" in outcome:
        return _grade_line(outcome, lang)
    if outcome["passed"]:
        text = _("met: {example} ({findings})", **outcome)
    elif outcome["most"] is None:
        text = _("NOT met: {example}: {findings}, and at least {least} are needed", **outcome)
    else:
        text = _("NOT met: {example}: {findings}, and {least} to {most} are needed", **outcome)
    return text.in_language(lang)


def _grade_line(outcome: GradeOutcome, lang: str) -> str:
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
