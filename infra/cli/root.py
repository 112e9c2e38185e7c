"""Compose the command line `quipu` from the commands of every package.

This is the composition root: it names the modules whose commands it offers. A module that cannot be
loaded is named on stderr; the other commands go on working.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from importlib import import_module
from importlib.metadata import version
from typing import Any

import click

from infra import logging_setup
from infra.command_line import CommandGroup, Option, chosen_language, language_of, option
from infra.errors import QuipuError
from infra.settings import Settings, load
from schemas.i18n import UserMessage, _

COMMAND_MODULES = (
    "infra.cli.up",
    "infra.cli.demo",
    "producers.cli.publish",
    "producers.cli.canary",
    "producers.scenario.cli",
    "consumers.cli.disclosures",
    "consumers.cli.events",
    "consumers.cli.health",
    "consumers.cli.indicators",
    "consumers.cli.rebuild",
    "consumers.cli.reconcile",
    "consumers.cli.rejects",
    "consumers.cli.things",
    "consumers.cli.tokens",
    "consumers.cli.users",
)
"""Each has `commands: list[click.Command]`."""
EXIT_ERROR = 2


class Root(CommandGroup):
    """Offers the commands of COMMAND_MODULES, and prints a QuipuError as a line and a remedy."""

    @cached_property
    def collected(self) -> tuple[dict[str, click.Command], list[UserMessage]]:
        """Load the commands by name, and say of each module that cannot be loaded why."""
        loaded: dict[str, click.Command] = {}
        failures: list[UserMessage] = []
        for module in COMMAND_MODULES:
            try:
                loaded |= {str(command.name): command for command in _commands_of(module)}
            except Exception as error:  # noqa: BLE001 - no fault of a module may take the others along
                failures.append(_load_failure(module, error))
        return loaded, failures

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, sorted; say on stderr which modules could not be loaded."""
        loaded, failures = self.collected
        for failure in failures:
            click.echo(failure.in_language(language_of(ctx)), err=True)
        return sorted(loaded)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, None where there is none; fail where it may be of a broken module."""
        loaded, failures = self.collected
        if cmd_name not in loaded and failures and not ctx.resilient_parsing:
            lang = language_of(ctx)
            unknown = _("There is no command `{command}`.", command=cmd_name)
            ctx.fail(" ".join(text.in_language(lang) for text in (unknown, *failures)))
        return loaded.get(cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; print a QuipuError as a line and a remedy, and end with exit code 2."""
        try:
            return super().invoke(ctx)
        except QuipuError as error:
            if ctx.params["debug"]:
                raise
            lang = language_of(ctx)
            code = click.style(error.code, fg="red", bold=True)
            click.echo(f"{code}: {error.message.in_language(lang)}", err=True)
            click.echo(error.remedy.in_language(lang), err=True)
            ctx.exit(EXIT_ERROR)


def _commands_of(module: str) -> list[click.Command]:
    commands = getattr(import_module(module), "commands", None)
    if not isinstance(commands, list) or not all(
        isinstance(command, click.Command) for command in commands
    ):
        raise TypeError("commands: list[click.Command]?")
    return commands


def _load_failure(module: str, error: Exception) -> UserMessage:
    return _(
        "The commands of {module} could not be loaded ({kind}: {error}).",
        module=module,
        kind=type(error).__name__,
        error=error,
    )


def _environment(home: str | None, lang: str | None) -> Mapping[str, str]:
    """Return the environment with the options of the command line on top of it."""
    options = {"QUIPU_HOME": home, "QUIPU_LANG": lang}
    return os.environ | {name: value for name, value in options.items() if value}


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
    """Read the settings and hand them to the command as its object."""
    settings: Settings = load(_environment(home, chosen_language(ctx)))
    logging_setup.configure(settings.log_json, level=10 if debug else 30)
    ctx.obj = settings
