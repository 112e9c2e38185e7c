"""`quipu flows`, `finding-counts`, `finding-delays` and `shares`: figures of findings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import click

from consumers.cli.figure_options import (
    FigureOutput,
    changed_since_option,
    show_answer,
    with_output,
)
from consumers.cli.reader_options import (
    QueryContext,
    gathered,
    grade_option,
    rule_option,
    with_query_options,
)
from consumers.presentation.as_of import parse_as_of
from consumers.presentation.finding_tables import (
    finding_counts_table,
    finding_delays_table,
    flows_table,
    shares_table,
)
from consumers.query.figures.finding_counts import FindingCountsQuestion
from consumers.query.figures.finding_delays import (
    FINDING_DELAYS,
    FindingDelay,
    FindingDelaysQuestion,
)
from consumers.query.figures.flows import PLACE_LEVELS, FlowsQuestion, PlaceLevel
from consumers.serving.cli_session import open_queries
from infra.coded_options import WordChoice
from infra.command_line import command, option
from schemas.i18n import _
from streams.correlation.wording import title_of_any
from streams.rules import RuleBook


def _flows_question(
    rule: str, grade: str, level: PlaceLevel, changed_since: str | None
) -> FlowsQuestion:
    return FlowsQuestion(rule, grade, level, parse_as_of(changed_since))


def _counts_question(rule: str, grade: str, changed_since: str | None) -> FindingCountsQuestion:
    return FindingCountsQuestion(rule, grade, parse_as_of(changed_since))


def _delays_question(
    delay: FindingDelay, rule: str, grade: str, changed_since: str | None
) -> FindingDelaysQuestion:
    return FindingDelaysQuestion(delay, rule, grade, parse_as_of(changed_since))


@command("flows", help=_("Count findings from place to place."))
@gathered(
    "question",
    _flows_question,
    rule_option,
    grade_option,
    option(
        "--level",
        type=WordChoice("place_level", PLACE_LEVELS),
        default="country",
        show_default=True,
        help=_("Countries or departments."),
    ),
    changed_since_option,
)
@with_output
@with_query_options
def flows_command(context: QueryContext, question: FlowsQuestion, output: FigureOutput) -> None:
    """Show from where to where things go, as findings show it."""
    with open_queries(context.settings) as queries:
        flows = queries.findings.flows(context.reader, question, context.as_of, output.use)
    titles = _titles(queries.rules, context.lang)
    show_answer(context, output, flows, partial(flows_table, titles=titles))


@command("finding-counts", help=_("Count findings by rule."))
@gathered("question", _counts_question, rule_option, grade_option, changed_since_option)
@with_output
@with_query_options
def finding_counts_command(
    context: QueryContext, question: FindingCountsQuestion, output: FigureOutput
) -> None:
    """Show how many findings each rule has."""
    with open_queries(context.settings) as queries:
        counts = queries.findings.finding_counts(
            context.reader, question, context.as_of, output.use
        )
    titles = _titles(queries.rules, context.lang)
    show_answer(context, output, counts, partial(finding_counts_table, titles=titles))


@command("finding-delays", help=_("Say how long it takes until records meet in a finding."))
@gathered(
    "question",
    _delays_question,
    option(
        "--delay",
        type=click.Choice(FINDING_DELAYS),
        default="first_to_second",
        show_default=True,
        help=_("From what to what."),
    ),
    rule_option,
    grade_option,
    changed_since_option,
)
@with_output
@with_query_options
def finding_delays_command(
    context: QueryContext, question: FindingDelaysQuestion, output: FigureOutput
) -> None:
    """Show how the delays of findings are spread, in days."""
    with open_queries(context.settings) as queries:
        delays = queries.findings.finding_delays(
            context.reader, question, context.as_of, output.use
        )
    titles = _titles(queries.rules, context.lang)
    show_answer(context, output, delays, partial(finding_delays_table, titles=titles))


@command("shares", help=_("Say which share of each authority's records is in a finding."))
@changed_since_option
@with_output
@with_query_options
def shares_command(context: QueryContext, changed_since: str | None, output: FigureOutput) -> None:
    """Show how many records of each authority take part in a finding."""
    former = parse_as_of(changed_since)
    with open_queries(context.settings) as queries:
        shares = queries.findings.shares(
            context.reader, queries.figures, context.as_of, output.use, former
        )
    show_answer(context, output, shares, shares_table)


def _titles(rules: RuleBook, lang: str) -> Mapping[str, str]:
    return {rule.id: title_of_any(rule)[lang] for rule in rules.every_by_id.values()}


commands: list[click.Command] = [
    flows_command,
    finding_counts_command,
    finding_delays_command,
    shares_command,
]
