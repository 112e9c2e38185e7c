"""`quipu rule-findings`: what rules over many records find."""

from __future__ import annotations

from collections.abc import Sequence

import click
from rich.console import Console
from rich.text import Text

from consumers.cli.figure_options import FigureOutput, with_output
from consumers.cli.list_files import moment_of_list, reader_of_files, write_items
from consumers.cli.reader_options import QueryContext, print_json, with_query_options
from consumers.presentation.finding_lists import rule_findings_table
from consumers.presentation.rule_finding_words import (
    INCOMPLETE,
    NONE,
    NONE_ON_TRIAL,
    SHADOW,
    crowd_line,
    record_line,
)
from consumers.presentation.severity_words import severity_line
from consumers.query.rule_findings.candidate_findings import CandidateFinding, CandidateFindings
from consumers.query.rule_findings.rule_finding_views import RuleFindings
from consumers.serving.cli_session import open_queries
from infra.command_line import command, option
from infra.terminal import make_console
from schemas.i18n import _


@command("rule-findings", help=_("Show what rules over many records find."))
@option("--rule", default="", help=_("Only of this rule."))
@option("--shadow", is_flag=True, help=_("What your own rules on trial find; only you see it."))
@with_output
@with_query_options
def rule_findings_command(
    context: QueryContext, rule: str, shadow: bool, output: FigureOutput
) -> None:
    """List the findings, the newest first, and the values that are hubs; or write files."""
    if shadow:
        _print_shadow(context, rule)
        return
    if output.files:
        with open_queries(context.settings) as queries:
            reader = reader_of_files(context, output)
            listed = queries.rule_findings.findings(reader, moment_of_list(context), rule).findings
        write_items(context, output, listed, rule_findings_table)
        return
    with open_queries(context.settings) as queries:
        result = queries.rule_findings.findings(context.reader, context.as_of, rule)
    if context.as_json:
        print_json(RuleFindings, result)
        return
    print_rule_findings(make_console(highlight=False), result, context.lang)


def _print_shadow(context: QueryContext, rule: str) -> None:
    with open_queries(context.settings) as queries:
        result = queries.candidates.shadow_findings(context.reader, context.as_of, rule)
    if context.as_json:
        print_json(CandidateFindings, result)
        return
    console, lang = make_console(highlight=False), context.lang
    console.print(SHADOW.in_language(lang), markup=False, style="yellow")
    print_candidates(console, result.findings, lang)
    if not result.findings:
        console.print(NONE_ON_TRIAL.in_language(lang), markup=False)
    if not result.is_complete:
        console.print(INCOMPLETE.in_language(lang), markup=False, style="yellow")


def print_candidates(console: Console, findings: Sequence[CandidateFinding], lang: str) -> None:
    """Print what rules on trial find, each with its doubt and its records."""
    for finding in findings:
        console.print(Text(finding.sentence[lang], style="bold"))
        console.print(f"   {finding.title[lang]} · {finding.tlp}", markup=False)
        if finding.confidence:
            console.print(f"   {finding.confidence[lang]}", markup=False, style="dim")
        for record in finding.evidence:
            console.print(f"   {record_line(record, lang)}", markup=False)
        console.print(f"     {finding.rule} {finding.id}", markup=False, style="dim")


def print_rule_findings(console: Console, result: RuleFindings, lang: str) -> None:
    """Print findings, each with its sentence, its doubt and its records."""
    for finding in result.findings:
        console.print(Text(finding.sentence[lang], style="bold"))
        console.print(f"   {finding.title[lang]} · {finding.tlp}", markup=False)
        console.print(f"   {finding.explanation.confidence[lang]}", markup=False, style="dim")
        if line := severity_line(finding.assessment, lang):
            console.print(f"   {line}", markup=False, style="dim")
        for record in finding.evidence:
            console.print(f"   {record_line(record, lang)}", markup=False)
        console.print(f"     {finding.rule} {finding.id}", markup=False, style="dim")
    if not result.findings:
        console.print(NONE.in_language(lang), markup=False)
    for group in result.crowded:
        console.print(crowd_line(group).in_language(lang), markup=False, style="dim")
    if not result.is_complete:
        console.print(INCOMPLETE.in_language(lang), markup=False, style="yellow")


commands: list[click.Command] = [rule_findings_command]
