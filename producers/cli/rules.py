"""`quipu rule`: the rules that find indicators. They are entries of quipu.config."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, TypedDict

import click

from infra.clock import now_ms
from infra.command_line import argument, group, json_option, option
from infra.errors import RuleAnnouncementError
from infra.registry import config_writer, rules
from infra.registry.rule_files import read_rule_text
from infra.registry.rules import parse_announced, rules_in_effect
from infra.settings import Settings
from infra.terminal import echo_json
from producers.cli import render_report
from producers.cli.render_config import make_table, print_change
from producers.cli.rule_files import file_commands
from schemas.i18n import _

Status = Literal["current", "announced", "ending"]


class RuleRow(TypedDict):
    """A rule as `quipu rule list --json` gives it. `ending`: in effect until its change holds."""

    rule: str
    version: int
    severity: str
    status: Status


@group("rule", help=_("Rules that find indicators: list, show, add, end."))
def rule_group() -> None:
    """Group the commands that read and write the rules of config."""


@rule_group.command("list", help=_("List the rules in effect and those announced."))
@json_option
@click.pass_obj
def rule_list(settings: Settings, as_json: bool) -> None:
    """Show each rule once; one whose announced text differs holds only later."""
    config = config_writer.read_config_history(settings)
    current, announced = rules_in_effect(config.at(now_ms())), rules_in_effect(config.newest())
    rows = [
        *(
            _row(name, text, "current" if announced.get(name) == text else "ending")
            for name, text in current.items()
        ),
        *(
            _row(name, text, "announced")
            for name, text in announced.items()
            if current.get(name) != text
        ),
    ]
    rows.sort(key=lambda row: (row["rule"], row["version"]))
    if as_json:
        echo_json(rows)
        return
    headings = (_("rule"), _("version"), _("severity"), _("status"))
    table = make_table(settings.lang, headings)
    words = {"current": _("in effect"), "announced": _("announced"), "ending": _("until then")}
    for row in rows:
        status = words[row["status"]].in_language(settings.lang)
        table.add_row(row["rule"], str(row["version"]), row["severity"], status)
    render_report.make_console().print(table)


@rule_group.command("show", help=_("Show the text of a rule as it is in config."))
@argument("rule")
@click.pass_obj
def rule_show(settings: Settings, rule: str) -> None:
    """Print the newest text, so that it can be changed and announced again."""
    texts = rules_in_effect(config_writer.read_config(settings))
    if rule not in texts:
        raise RuleAnnouncementError(
            _("There is no rule {name}.", name=rule),
            _("See them with `quipu rule list`."),
        )
    click.echo(texts[rule], nl=False)


@rule_group.command("add", help=_("Announce a rule: a new one, or a new version."))
@argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option("--name", help=_("Its name; otherwise that of the file."))
@click.pass_obj
def rule_add(settings: Settings, file: Path, name: str | None) -> None:
    """Check the file and write it to config; it holds after the notice period."""
    rule = name or file.stem
    written = rules.add_rule(settings, rule, read_rule_text(file))
    print_change(settings, written, _("Rule {rule} announced, in effect {since}."), rule=rule)


@rule_group.command("end", help=_("End a rule: it finds nothing new."))
@argument("rule")
@click.pass_obj
def rule_end(settings: Settings, rule: str) -> None:
    """Announce the end of a rule; it holds after the notice period."""
    written = rules.retire_rule(settings, rule)
    print_change(settings, written, _("Rule {rule} ends: {since}."), rule=rule)


def _row(name: str, text: str, status: Status) -> RuleRow:
    rule = parse_announced(name, text)
    return {"rule": name, "version": rule.version, "severity": rule.severity, "status": status}


for file_command in file_commands:
    rule_group.add_command(file_command)

commands: list[click.Command] = [rule_group]
