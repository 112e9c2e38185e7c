"""`quipu rule check`: a rule's file before anybody announces it."""

from __future__ import annotations

from pathlib import Path

import click

from infra.command_line import argument, command, json_option
from infra.registry.rule_files import find_fault, read_rule_text
from infra.settings import Settings
from infra.terminal import echo_json
from schemas.i18n import _

EXIT_FAULT = 1
PATH = click.Path(exists=True, dir_okay=False, path_type=Path)


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


file_commands: list[click.Command] = [rule_check]
