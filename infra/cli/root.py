"""Compose the command line `quipu` from the commands of every package.

This is the composition root: it names the modules whose commands it offers. A module that cannot be
loaded is named on stderr; the other commands go on working.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.metadata import version
from typing import Any

import click

from infra import logging_setup
from infra.click_messages import MESSAGES
from infra.command_line import CommandGroup, Option, chosen_language, language_of, option
from infra.errors import QuipuError
from infra.private_files import keep_private
from infra.settings import Settings, load
from infra.system_errors import as_user_error
from infra.terminal import echo_error
from schemas.i18n import UserMessage, _

COMMAND_MODULES: Mapping[str, str] = {
    "infra.cli.up": "up status down",
    "infra.cli.demo": "demo",
    "infra.cli.completion": "completion",
    "infra.cli.rules": "rule",
    "infra.cli.config": "config",
    "infra.cli.deadlines": "deadline",
    "infra.cli.doctor": "doctor",
    "infra.cli.init": "init",
    "infra.cli.logs": "logs",
    "infra.cli.goals": "goals",
    "infra.cli.traces": "trace",
    "infra.cli.operations": "operation",
    "infra.cli.investigations": "investigation",
    "infra.cli.requests": "request alert",
    "producers.cli.contacts": "contact",
    "producers.cli.hits": "hits",
    "producers.cli.identify": "identify",
    "producers.cli.mapping": "mapping",
    "producers.cli.match": "match",
    "producers.cli.mechanism_keys": "key",
    "producers.cli.nodes": "found node",
    "producers.cli.publish": "publish correct retract erase send outbox",
    "producers.cli.rates": "rates",
    "producers.cli.receipts": "receipts",
    "producers.cli.retention": "retention",
    "producers.cli.serve": "serve",
    "producers.cli.watch": "watch",
    "producers.cli.agreements": "agreement partner",
    "producers.cli.canary": "canary",
    "producers.scenario.cli": "scenario",
    "infra.cli.backup": "backup backup-key erasures restore",
    "consumers.cli.ack": "ack",
    "consumers.cli.alike": "alike-findings",
    "consumers.cli.bursts": "bursts",
    "consumers.cli.cases": "case note",
    "consumers.cli.disclosures": "disclosures conditions accept-condition",
    "consumers.cli.events": "events",
    "consumers.cli.figures": "totals trends ranking delays quality money-flows",
    "consumers.cli.finding_figures": "flows finding-counts finding-delays shares",
    "consumers.cli.health": "health",
    "consumers.cli.blind_index": "hit-lookup",
    "consumers.cli.indicators": "indicators show series",
    "consumers.cli.noise": "noise",
    "consumers.cli.notices": "notices",
    "consumers.cli.person_lookup": "person-lookup",
    "consumers.cli.persons": "person person-findings person-verdict",
    "consumers.cli.person_report": "person-report",
    "consumers.cli.picture": "picture",
    "consumers.cli.practice": "practice",
    "consumers.cli.proof": "proof",
    "consumers.cli.rebuild": "rebuild",
    "consumers.cli.reconcile": "reconcile",
    "consumers.cli.rejects": "rejects",
    "consumers.cli.reviews": "reviews",
    "consumers.cli.rule_findings": "rule-findings",
    "consumers.cli.search": "search",
    "consumers.cli.statistics": "statistics",
    "consumers.cli.things": "thing",
    "consumers.cli.tokens": "token",
    "consumers.cli.training": "training",
    "consumers.cli.users": "user",
    "consumers.cli.verify": "verify",
    "consumers.cli.watch_lists": "watch-list saved-search verdict",
}
"""The names of the commands of each module, which has `commands: list[click.Command]`.

A module is loaded when one of its commands is asked for: to load all takes a second.
"""
EXIT_ERROR = 2


class Root(CommandGroup):
    """Offers the commands of COMMAND_MODULES, and prints a QuipuError as a line and a remedy."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._loaded: dict[str, dict[str, click.Command]] = {}
        self._failures: dict[str, UserMessage] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, sorted; say on stderr which modules could not be loaded."""
        names = [name for module in COMMAND_MODULES for name in self._commands(module)]
        for failure in self._failures.values():
            click.echo(failure.in_language(language_of(ctx)), err=True)
        return sorted(names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, None where there is none; fail where its module is broken."""
        for module, names in COMMAND_MODULES.items():
            if cmd_name not in names.split():
                continue
            if cmd_name in self._commands(module):
                return self._commands(module)[cmd_name]
            if module in self._failures and not ctx.resilient_parsing:
                ctx.fail(self._failures[module].in_language(language_of(ctx)))
        return None

    def _commands(self, module: str) -> Mapping[str, click.Command]:
        """Load the commands of a module by name; none, and a failure noted, where it is broken."""
        if module not in self._loaded:
            try:
                commands = {str(command.name): command for command in _commands_of(module)}
            except Exception as error:  # noqa: BLE001 - no fault of a module may take the others along
                self._failures[module] = _load_failure(module, error)
                commands = {}
            self._loaded[module] = commands
        return self._loaded[module]

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run the command line; wrong use is explained in the user's language, with exit code 2."""
        run: Callable[..., Any] = super().main
        try:
            result = run(*args, standalone_mode=False, **extra)
        except click.ClickException as error:
            if not standalone_mode:
                raise
            with (getattr(error, "ctx", None) or click.Context(self)).scope(cleanup=False):
                text = io.StringIO()
                error.show(text)
                echo_error(text.getvalue().rstrip("\n"))
            sys.exit(error.exit_code)
        except click.Abort:
            if not standalone_mode:
                raise
            click.echo(MESSAGES["Aborted!"].in_language(language_of(click.Context(self))), err=True)
            sys.exit(1)
        if not standalone_mode:
            return result
        sys.exit(result if isinstance(result, int) else 0)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; print a QuipuError as a line and a remedy, and end with exit code 2."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as raised:
            if ctx.params["debug"] or getattr(raised, "errno", None) == errno.EPIPE:
                raise
            error = _as_quipu_error(raised, ctx)
            if error is None:
                raise
            lang = language_of(ctx)
            echo_error(error.message.in_language(lang), error.code)
            echo_error(error.remedy.in_language(lang))
            ctx.exit(EXIT_ERROR)


def _as_quipu_error(error: Exception, ctx: click.Context) -> QuipuError | None:
    """Return the error with its remedy, None for a fault of the program."""
    if isinstance(error, QuipuError):
        return error
    # here, so that a command that needs no Kafka and no API need not wait for their clients
    from httpx import HTTPError
    from kafka.errors import KafkaError

    from infra.api_client import explain_http_error
    from infra.kafka.errors import explain_kafka_error

    if isinstance(error, KafkaError):
        try:
            return explain_kafka_error(error, ctx.obj.kafka)
        except QuipuError as not_running:
            return not_running
    if isinstance(error, HTTPError):
        return explain_http_error(error)
    if isinstance(error, OSError | UnicodeEncodeError):
        return as_user_error(error)
    return None


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
    keep_private()
    logging_setup.configure(settings.log_json, level=10 if debug else 30)
    if not debug:
        logging_setup.leave_kafka_to_the_commands()
    ctx.obj = settings
