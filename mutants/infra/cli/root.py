"""``quipu``: the root of the command line. Groups of commands come from the entry points
``quipu.commands``.

Each entry point names a module with ``commands: list[click.Command]``. One that cannot be loaded is
named, and the others go on working. Help texts in two languages are written ``español | English``;
the chosen one is shown.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from copy import copy
from functools import cached_property
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points, version
from typing import Any

import click

from infra import logging_setup
from infra.errors import QuipuError, Words
from infra.settings import Settings, load

ENTRY_POINTS = "quipu.commands"
EXIT_ERROR = 2


class Root(click.Group):
    """Collects the commands, chooses the language, and prints our own errors as a line and a
    remedy.
    """

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
            click.echo(_broken_text(module, why).text(_lang(ctx)), err=True)
        return sorted(commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, its help in the chosen language; None (click then says so) where there is
        none.
        """
        commands, broken = self.collected
        command = commands.get(cmd_name)
        if command is not None:
            return in_language(command, _lang(ctx))
        if broken and not ctx.resilient_parsing:
            texts = "; ".join(
                _broken_text(module, why).text(_lang(ctx)) for module, why in broken.items()
            )
            ctx.fail(
                Words(
                    f"No hay orden «{cmd_name}». {texts}", f"No command `{cmd_name}`. {texts}"
                ).text(_lang(ctx))
            )
        return None

    def get_help(self, ctx: click.Context) -> str:
        """The root's own help, in the chosen language."""
        return click.Group.get_help(in_language(self, _lang(ctx)), ctx)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; an error of ours becomes a line, a remedy, and exit code 2."""
        try:
            return super().invoke(ctx)
        except QuipuError as error:
            if ctx.params["debug"]:
                raise
            lang = _lang(ctx)
            click.echo(
                f"{click.style(error.code, fg='red', bold=True)}: {error.message.text(lang)}",
                err=True,
            )
            click.echo(error.remedy.text(lang), err=True)
            ctx.exit(EXIT_ERROR)


def in_language(command: click.Command, lang: str) -> click.Command:
    """A copy of the command with the help texts (its own, its options', its sub-commands') of one
    language.
    """
    twin = copy(command)
    twin.help, twin.short_help = _choose(command.help, lang), _choose(command.short_help, lang)
    twin.params = [_parameter_in_language(parameter, lang) for parameter in command.params]
    if isinstance(twin, click.Group):
        twin.commands = {name: in_language(child, lang) for name, child in twin.commands.items()}
    return twin


def _parameter_in_language(parameter: click.Parameter, lang: str) -> click.Parameter:
    twin = copy(parameter)
    if isinstance(twin, click.Option):
        twin.help = _choose(twin.help, lang)
    return twin


def _choose(text: str | None, lang: str) -> str | None:
    if text is None or " | " not in text:
        return text
    spanish, english = text.split(" | ", 1)
    return (english if lang == "en" else spanish).strip()


def _lang(ctx: click.Context) -> str:
    return str(ctx.find_root().params.get("lang") or os.environ.get("QUIPU_LANG") or "es")


def _commands_of(point: EntryPoint) -> list[click.Command]:
    commands = getattr(import_module(point.value), "commands", None)
    if not isinstance(commands, list) or not all(
        isinstance(command, click.Command) for command in commands
    ):
        raise TypeError("commands: list[click.Command]?")
    return commands


def _broken_text(module: str, why: str) -> Words:
    return Words(
        f"Las órdenes de {module} no se pudieron cargar ({why}).",
        f"The commands of {module} could not be loaded ({why}).",
    )


def _environ(home: str | None, lang: str | None) -> Mapping[str, str]:
    """The environment, with what was said on the command line on top of it."""
    said = {"QUIPU_HOME": home, "QUIPU_LANG": lang}
    return os.environ | {name: value for name, value in said.items() if value}


@click.group(
    cls=Root,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    help="Quipu: intercambio de inteligencia estratégica de Bolivia, Colombia, Ecuador y Perú. | "
    "Quipu: the exchange of strategic intelligence of Bolivia, Colombia, Ecuador and Peru.",
)
@click.option("--lang", type=click.Choice(["es", "en"]), is_eager=True, help="Idioma. | Language.")
@click.option(
    "--home", metavar="DIR", help="Carpeta de datos (o QUIPU_HOME). | Data folder (or QUIPU_HOME)."
)
@click.option(
    "--debug", is_flag=True, help="Muestra la traza de los errores. | Show the traceback of errors."
)
@click.version_option(version("quipu"), "--version", prog_name="quipu")
@click.pass_context
def main(ctx: click.Context, lang: str | None, home: str | None, debug: bool) -> None:
    """The root; every command is handed the Settings as its object."""
    settings: Settings = load(_environ(home, lang))
    ctx.params["lang"] = settings.lang
    logging_setup.configure(settings.log_json, level=10 if debug else 30)
    ctx.obj = settings
