"""`quipu rule dry-run` and `quipu rule explain`: try a rule's file on the exchange's records."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import click
from rich.console import Console

from consumers.cli.reader_options import QueryContext, not_found, print_json, with_query_options
from consumers.cli.rule_examples import rule_test
from consumers.cli.rule_findings import print_candidates
from consumers.presentation.as_of import parse_since
from consumers.query.rule_findings.rule_trial import RuleReasonsView, RuleTrial
from consumers.serving.cli_session import open_queries
from infra.command_line import argument, command, option
from infra.registry.rule_files import read_any_rule, read_explained_rule
from infra.terminal import make_console
from schemas.i18n import _

PATH = click.Path(exists=True, dir_okay=False, path_type=Path)


@command("dry-run", help=_("Say what a rule's file would find in the exchange's records."))
@argument("file", type=PATH)
@option("--since", metavar="DATE", help=_("Only findings with a record that came since then."))
@with_query_options
def dry_run(context: QueryContext, file: Path, since: str | None) -> None:
    """Evaluate a rule without announcing it, and compare it with the version in force."""
    rule = read_any_rule(file)
    begin = parse_since(since)
    with open_queries(context.settings) as queries:
        trial = queries.candidates.trial(rule, begin, context.reader, context.as_of)
    if context.as_json:
        print_json(RuleTrial, trial)
        return
    print_trial(make_console(highlight=False), trial, context.lang)


@command("explain", help=_("Say clause by clause what of a rule holds for some records."))
@argument("file", type=PATH)
@argument("events", metavar="EVENT...", nargs=-1, required=True)
@with_query_options
def explain(context: QueryContext, file: Path, events: tuple[str, ...]) -> None:
    """Evaluate a rule on these records alone, as far as the reader may see them."""
    rule = read_explained_rule(file)
    for event in events:
        _check_id(event)
    with open_queries(context.settings) as queries:
        reasons = queries.rule_findings.explain(rule, events, context.reader, context.as_of)
    if not reasons.conditions:
        raise not_found(", ".join(events))
    if context.as_json:
        print_json(RuleReasonsView, reasons)
        return
    print_reasons(make_console(highlight=False), reasons, context.lang)


def print_trial(console: Console, trial: RuleTrial, lang: str) -> None:
    """Print what a rule would find, how often, at what cost, with examples."""
    lines = [
        _(
            "{findings} findings: {raised} would be raised and {withdrawn} withdrawn.",
            findings=trial.findings,
            raised=trial.raised,
            withdrawn=trial.withdrawn,
        ),
        *(
            _("{month}: {number}", month=month, number=number)
            for month, number in trial.by_month.items()
        ),
        _(
            "{records} records were looked at, {cost} µs of processor time each.",
            records=trial.records,
            cost=trial.microseconds,
        ),
        _("{number} values are hubs.", number=trial.crowded),
    ]
    for line in lines:
        console.print(line.in_language(lang), markup=False)
    print_candidates(console, trial.examples, lang)
    if not trial.is_complete:
        text = _("Only the newest records were looked at: there may be more.")
        console.print(text.in_language(lang), markup=False, style="yellow")


def print_reasons(console: Console, reasons: RuleReasonsView, lang: str) -> None:
    """Print the conditions of each record and the clauses of each group, with what was measured."""
    words = {True: _("holds"), False: _("does NOT hold")}
    for condition in reasons.conditions:
        state = words[condition.holds].in_language(lang)
        written = f" ({condition.written})" if condition.written else ""
        place = f"{condition.event} {condition.part}"
        console.print(
            f"{place} · {condition.role} · {condition.condition}: {state}{written}", markup=False
        )
    for clause in reasons.clauses:
        state = words[clause.holds].in_language(lang)
        console.print(
            f"{clause.group} · {clause.clause} {clause.measured} / {clause.needed}: {state}",
            markup=False,
        )
    text = _("Findings of these records alone: {number}", number=reasons.findings)
    console.print(text.in_language(lang), markup=False, style="bold")


def _check_id(event: str) -> None:
    """Accept the id of an event. Raises QuipuError NOT_FOUND for what is none."""
    try:
        UUID(event)
    except ValueError:
        raise not_found(event) from None


trial_commands: list[click.Command] = [rule_test, dry_run, explain]
