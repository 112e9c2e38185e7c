"""`quipu rule`: the rules that find indicators. They are entries of quipu.config."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple, TypedDict

import click

from infra.clock import now_ms
from infra.command_line import argument, group, json_option, option
from infra.list_file import csv_option, moment, write_csv
from infra.local_user import owner_name
from infra.registry import config_writer, rules
from infra.registry.rule_files import read_rule_text
from infra.registry.rules import RuleDecision, parse_announced, rules_in_effect
from infra.settings import Settings
from infra.terminal import echo_json
from producers.cli import render_report
from producers.cli.render_config import decision_text, print_change, print_table
from producers.cli.render_hits import SEVERITIES
from producers.cli.rule_files import file_commands
from schemas.exchange_config import ConfigHistory
from schemas.i18n import UserMessage, _
from schemas.rule_changes import RuleChange

Status = Literal["current", "announced", "ending", "off", "trial"]
WORDS: Mapping[Status, UserMessage] = {
    "current": _("in effect"),
    "announced": _("announced"),
    "ending": _("until then"),
    "off": _("switched off"),
    "trial": _("on trial"),
}


class RuleRow(TypedDict):
    """A rule as `quipu rule list --json` gives it. `ending`: in effect until its change holds.

    `since`, `author`, `reason`: of the decision, as RuleChange has them.
    """

    rule: str
    version: int
    severity: str
    status: Status
    since: int
    author: str
    reason: str


@group("rule", help=_("Rules that find indicators: list, show, enable, disable."))
def rule_group() -> None:
    """Group the commands that read and write the rules of config."""


@rule_group.command("list", help=_("List the rules in effect, announced and switched off."))
@json_option
@csv_option
@click.pass_obj
def rule_list(settings: Settings, as_json: bool, csv_path: Path | None) -> None:
    """Show each rule once; one whose announced text differs holds only later."""
    rows = list_rules(config_writer.read_config_history(settings), now_ms())
    if csv_path:
        dated = ({**row, "since": moment(row["since"] or None)} for row in rows)
        cells_of_file = (tuple(row.values()) for row in dated)
        write_csv(csv_path, [*RuleRow.__annotations__], cells_of_file, settings.lang)
        return
    if as_json:
        echo_json(rows)
        return
    headings = (_("rule"), _("version"), _("severity"), _("status"))
    cells = (
        (
            row["rule"],
            str(row["version"]),
            SEVERITIES[row["severity"]].in_language(settings.lang).lower(),
            WORDS[row["status"]].in_language(settings.lang),
        )
        for row in rows
    )
    print_table(settings.lang, headings, cells, numbers=(1,))
    console = render_report.make_console()
    for row in rows:
        if row["reason"]:
            decision = decision_text(row["since"], row["author"], row["reason"])
            line = f"{row['rule']}: {decision.in_language(settings.lang)}"
            console.print(line, markup=False, highlight=False)


@rule_group.command("show", help=_("Show the text of a rule as it is in config."))
@argument("rule")
@option("--history", is_flag=True, help=_("Who decided what about it, and why, instead."))
@json_option
@click.pass_obj
def rule_show(settings: Settings, rule: str, history: bool, as_json: bool) -> None:
    """Print the newest text, so that it can be changed and announced again."""
    config = config_writer.read_config_history(settings)
    text = rules.last_text(config, rule)
    changes = [change for change in config.rule_changes() if change.rule == rule]
    if as_json:
        rows = [{**change._asdict(), "off": change.is_off} for change in changes]
        echo_json({"rule": rule, "text": text, "history": rows})
    elif not history:
        click.echo(text, nl=False)
    else:
        _print_history(changes, settings.lang)


def _print_history(changes: list[RuleChange], lang: str) -> None:
    console = render_report.make_console()
    for change in changes:
        status: Status = "off" if change.is_off else "current"
        version = "" if change.is_off else f" {parse_announced(*change[:2]).version}"
        decision = decision_text(change.since, change.author, change.reason).in_language(lang)
        line = f"{WORDS[status].in_language(lang)}{version}: {decision}"
        console.print(line, markup=False, highlight=False)


_reason = option("--reason", required=True, help=_("Why, in a line; everybody can read it."))
_author = option(
    "--author", default=owner_name, help=_("Account of who decides; otherwise your own.")
)


@rule_group.command("enable", help=_("Put a rule into effect: a file, or one that was off."))
@argument("file")
@_reason
@_author
@option("--name", help=_("Its name; otherwise that of the file."))
@click.pass_obj
def rule_enable(settings: Settings, file: str, reason: str, author: str, name: str | None) -> None:
    """Write a rule to config; it holds after the notice period."""
    path = Path(file)
    rule, text = name or path.stem, read_rule_text(path) if path.is_file() else None
    decision = RuleDecision(author, reason)
    written = rules.enable_rule(settings, rule if text is not None else file, text, decision)
    print_change(settings, written, _("Rule {rule} announced, in effect {since}."), rule=rule)


@rule_group.command("disable", help=_("Switch a rule off: what it found is withdrawn."))
@argument("rule")
@_reason
@_author
@click.pass_obj
def rule_disable(settings: Settings, rule: str, reason: str, author: str) -> None:
    """Announce that a rule is off; it holds after the notice period."""
    written = rules.disable_rule(settings, rule, RuleDecision(author, reason))
    text = _("Rule {rule} is switched off with what it found: {since}.")
    print_change(settings, written, text, rule=rule)


@rule_group.command("shadow", help=_("Run a rule that only its author sees; it notifies nobody."))
@argument("file")
@_reason
@_author
@option("--name", help=_("Its name; otherwise that of the file."))
@option("--end", is_flag=True, help=_("End the trial; FILE is then the name of the rule."))
@click.pass_obj
def rule_shadow(
    settings: Settings, file: str, reason: str, author: str, name: str | None, end: bool
) -> None:
    """Write a trial to config; it holds after the notice period."""
    rule = name or (file if end else Path(file).stem)
    text = "" if end else read_rule_text(Path(file))
    written = rules.shadow_rule(settings, rule, text, RuleDecision(author, reason))
    if end:
        print_change(settings, written, _("The trial of {rule} ends: {since}."), rule=rule)
        return
    message = _("{author} alone sees what {rule} finds, {since}: quipu rule-findings --shadow")
    print_change(settings, written, message, rule=rule, author=author)


def list_rules(config: ConfigHistory, now: int) -> list[RuleRow]:
    """List each rule as it is at a moment (ms since 1970 UTC), and as it will be."""
    current, newest = config.at(now), config.newest()
    in_effect, announced = rules_in_effect(current), rules_in_effect(newest)
    rows = [
        _row(
            RuleState(name, text, "current" if announced.get(name) == text else "ending"),
            current.rule_changes.get(name),
        )
        for name, text in in_effect.items()
    ]
    rows += [
        _row(RuleState(name, text, "announced"), newest.rule_changes.get(name))
        for name, text in announced.items()
        if in_effect.get(name) != text
    ]
    rows += [
        _row(RuleState(name, rules.last_text(config, name), "off"), change)
        for name, change in newest.rule_changes.items()
        if change.is_off and name not in in_effect
    ]
    rows += [
        _row(RuleState(name, change.text, "trial"), change)
        for (_author, name), change in newest.shadows.items()
        if not change.is_off
    ]
    return sorted(rows, key=lambda row: (row["rule"], row["version"], row["author"]))


class RuleState(NamedTuple):
    """A rule, its text, and whether it is in effect."""

    rule: str
    text: str
    status: Status


def _row(state: RuleState, change: RuleChange | None) -> RuleRow:
    rule = parse_announced(state.rule, state.text)
    return {
        "rule": state.rule,
        "version": rule.version,
        "severity": rule.severity,
        "status": state.status,
        "since": 0 if change is None else change.since,
        "author": "" if change is None else change.author,
        "reason": "" if change is None else change.reason,
    }


for file_command in file_commands:
    rule_group.add_command(file_command)

commands: list[click.Command] = [rule_group]
