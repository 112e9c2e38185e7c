"""``quipu``: the root of the command line. Groups of commands come from the entry points
``quipu.commands``.

Each entry point names a module with ``commands: list[click.Command]``. One that cannot be loaded is named, and the
others go on working.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points, version
from typing import Any

import click

from infra import logging_setup
from infra.command_line import Group, Option, chosen_language, language_of, option
from infra.errors import QuipuError
from infra.settings import Settings, load
from schemas.i18n import UserMessage, _

ENTRY_POINTS = "quipu.commands"
EXIT_ERROR = 2


class Root(Group):
    """Collects the commands, chooses the language, and prints our own errors as a line and a remedy."""

    @cached_property
    def collected(self) -> tuple[dict[str, click.Command], dict[str, str]]:
        """Commands by name, and what could not be loaded: module → why."""
        commands: dict[str, click.Command] = {}
        broken: dict[str, str] = {}
        for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
            try:
                commands |= {str(command.name): command for command in _commands_of(point)}
            except Exception as error:  # noqa: BLE001 - whatever a module does wrong must not take the others along
                broken[point.value] = f"{type(error).__name__}: {error}"
        return commands, broken

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names, sorted; says on stderr which groups could not be loaded."""
        commands, broken = self.collected
        for module, why in broken.items():
            click.echo(_broken_text(module, why).in_language(language_of(ctx)), err=True)
        return sorted(commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command; None (click then says so) where there is none."""
        commands, broken = self.collected
        command = commands.get(cmd_name)
        if command is not None:
            return command
        if broken and not ctx.resilient_parsing:
            texts = "; ".join(
                _broken_text(module, why).in_language(language_of(ctx))
                for module, why in broken.items()
            )
            ctx.fail(
                _("No command `{cmd_name}`. {texts}", cmd_name=cmd_name, texts=texts).in_language(
                    language_of(ctx)
                )
            )
        return None

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; an error of ours becomes a line, a remedy, and exit code 2."""
        try:
            return super().invoke(ctx)
        except QuipuError as error:
            if ctx.params["debug"]:
                raise
            lang = language_of(ctx)
            click.echo(
                f"{click.style(error.code, fg='red', bold=True)}: {error.message.in_language(lang)}",
                err=True,
            )
            click.echo(error.remedy.in_language(lang), err=True)
            ctx.exit(EXIT_ERROR)


def _commands_of(point: EntryPoint) -> list[click.Command]:
    commands = getattr(import_module(point.value), "commands", None)
    if not isinstance(commands, list) or not all(
        isinstance(command, click.Command) for command in commands
    ):
        raise TypeError("commands: list[click.Command]?")
    return commands


def _broken_text(module: str, why: str) -> UserMessage:
    return _("The commands of {module} could not be loaded ({why}).", module=module, why=why)


def _environ(home: str | None, lang: str | None) -> Mapping[str, str]:
    """The environment, with what was said on the command line on top of it."""
    said = {"QUIPU_HOME": home, "QUIPU_LANG": lang}
    return os.environ | {name: value for name, value in said.items() if value}


@click.group(
    cls=Root,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    help=_("Quipu: the exchange of strategic intelligence of Bolivia, Colombia, Ecuador and Peru."),
)
@option("--home", metavar="DIR", help=_("Data folder (or QUIPU_HOME)."))
@option("--debug", is_flag=True, help=_("Show the traceback of errors."))
@click.version_option(
    version("quipu"),
    "--version",
    prog_name="quipu",
    cls=Option,
    help=_("Show the version and exit."),
)
@click.pass_context
def main(ctx: click.Context, home: str | None, debug: bool) -> None:
    """The root; every command is handed the Settings as its object."""
    settings: Settings = load(_environ(home, chosen_language(ctx)))
    logging_setup.configure(settings.log_json, level=10 if debug else 30)
    ctx.obj = settings
