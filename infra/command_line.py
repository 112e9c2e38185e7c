"""Build commands whose help is in the language of the user, and the options they share.

`command`, `group` and `option` are those of click, but take help as a `UserMessage`; it is rendered
when it is shown. Every command has `--lang`, and finds its value in `settings.lang`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar, cast

import click

from infra.click_messages import translate_click, translate_placeholders
from infra.command_examples import examples_of
from infra.settings import Settings
from schemas.i18n import LANGUAGES, UserMessage, _, in_language

Decorated = TypeVar("Decorated", bound=Callable[..., Any] | click.Command)
_LANGUAGE = f"{__name__}.language"
_LONGEST_HELP = 400  # characters of the help of a command in a list of commands
_EXIT_CODES = _(
    "Exit code: 0 all is well, 1 the job failed or something was rejected, 2 wrong use or not "
    "possible now."
)


def chosen_language(context: click.Context) -> str | None:
    """Return what `--lang` says, None where it was not given."""
    return context.meta.get(_LANGUAGE)


def language_of(context: click.Context) -> str:
    """Return the language chosen by `--lang`, the settings or the environment: es or en."""
    settings = context.find_object(Settings)
    return str(
        chosen_language(context)
        or (settings.lang if settings else os.environ.get("QUIPU_LANG"))
        or "es"
    )


class _Text:
    """An attribute of a click object: a UserMessage, read in the user's language."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"_{name}_message"

    def __get__(self, instance: object, owner: type) -> str | None:
        text = getattr(instance, self._name, None)
        context = click.get_current_context(silent=True)
        return cast("str | None", in_language(text, language_of(context) if context else "en"))

    def __set__(self, instance: object, text: object) -> None:
        setattr(instance, self._name, text)


class Option(click.Option):
    """An option whose help is a UserMessage."""

    help: Any = _Text()

    def __init__(self, *args: Any, help: UserMessage | None = None, **kwargs: Any) -> None:
        """Take what click.Option takes; `help` is a UserMessage."""
        super().__init__(*args, **kwargs)
        self.help = help

    def make_metavar(self, ctx: click.Context) -> str:
        """Return what stands for the value, in the language of the user."""
        return translate_placeholders(super().make_metavar(ctx), language_of(ctx))


class Argument(click.Argument):
    """An argument whose placeholder is in the language of the user."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Return what stands for the value, such as FILE."""
        return translate_placeholders(super().make_metavar(ctx), language_of(ctx))

    def get_error_hint(self, ctx: click.Context) -> str:
        """Return the name by which an error calls it: one word, where its codes are many."""
        if self.metavar or not isinstance(self.type, click.Choice):
            return super().get_error_hint(ctx)
        return f"'{translate_placeholders((self.name or '').upper(), language_of(ctx))}'"


def choose_language(context: click.Context, lang: str) -> None:
    """Keep the language for what is shown from now on, and put it into the command's settings."""
    context.meta[_LANGUAGE] = lang
    settings = context.find_object(Settings)
    if settings is not None:
        context.obj = replace(settings, lang=lang)


def _on_language(context: click.Context, _parameter: click.Parameter, lang: str | None) -> None:
    if lang is not None:
        choose_language(context, lang)


_LANG = Option(
    ["--lang"],
    type=click.Choice(LANGUAGES),
    is_eager=True,
    expose_value=False,
    callback=_on_language,
    help=_("Language."),
)


class Command(click.Command):
    """A command whose help is a UserMessage; it takes `--lang`."""

    help: Any = _Text()
    short_help: Any = _Text()

    def __init__(self, *args: Any, exit_codes: UserMessage | None = None, **kwargs: Any) -> None:
        """Take what click.Command takes; `exit_codes` says what they mean, where they differ."""
        super().__init__(*args, **kwargs)
        self.exit_codes = exit_codes or _EXIT_CODES
        self._help_language = ""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option `--help` in the language of `ctx`; click keeps that of the first time.

        click writes the text in the language of the running context, which may be another.
        """
        lang = language_of(ctx)
        if lang != self._help_language:
            self._help_option, self._help_language = None, lang
        with ctx.scope(cleanup=False):
            return super().get_help_option(ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence of the help, whole: the list of commands wraps it."""
        return super().get_short_help_str(max(limit, _LONGEST_HELP))

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the parts of the usage line in the language of the user."""
        lang = language_of(ctx)
        return [translate_placeholders(piece, lang) for piece in super().collect_usage_pieces(ctx)]

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's examples, and what its exit codes mean."""
        lang, examples = language_of(ctx), examples_of(ctx.command_path)
        if examples:
            with formatter.section(_("Examples").in_language(lang)):
                for example in examples:
                    formatter.write(f"{'':{formatter.current_indent}}{example}\n")
        if not isinstance(self, click.Group):
            formatter.write_paragraph()
            formatter.write_text(self.exit_codes.in_language(lang))

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the command's own parameters, `--lang` and `--help`."""
        own = super().get_params(ctx)
        return [*own[: len(self.params)], _LANG, *own[len(self.params) :]]


class CommandGroup(Command, click.Group):
    """A group of such commands."""

    command_class = Command
    group_class = type


def command(name: str | None = None, **attributes: Any) -> Callable[[Callable[..., Any]], Command]:
    """Make a command of the decorated function; `help` is a UserMessage, the rest as in click."""
    return click.command(name, cls=Command, **attributes)


def group(name: str, **attributes: Any) -> Callable[[Callable[..., Any]], CommandGroup]:
    """Make a group of the decorated function; `help` is a UserMessage, the rest as in click."""
    return click.group(name, cls=CommandGroup, **attributes)


def argument(*names: str, **attributes: Any) -> Callable[[Decorated], Decorated]:
    """Add an argument to the decorated function, as in click."""
    return click.argument(*names, cls=Argument, **attributes)


def option(*names: str, **attributes: Any) -> Callable[[Decorated], Decorated]:
    """Add an option to the decorated function; `help` is a UserMessage, the rest as in click."""
    return click.option(*names, cls=Option, **attributes)


json_option = option("--json", "as_json", is_flag=True, help=_("For programs."))
"""`as_json`: print JSON instead of a text."""

node_option = option("--node", required=True, metavar="N", help=_("The node."))
"""`node`: the name of the node that the command works with."""


def _language_of_click() -> str | None:
    """Return the language for the texts of click itself; None outside of our own commands."""
    context = click.get_current_context(silent=True)
    if context is None or not isinstance(context.command, Command):
        return None
    return language_of(context)


translate_click(_language_of_click)
