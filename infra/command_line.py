"""Build commands whose help is in the language of the user, and the options they share.

`command`, `group` and `option` are those of click, but take help as a `UserMessage`; it is rendered
when it is shown. Every command has `--lang`, and finds its value in `settings.lang`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar, cast

import click

from infra.settings import Settings
from schemas.i18n import LANGUAGES, UserMessage, _, in_language

Decorated = TypeVar("Decorated", bound=Callable[..., Any] | click.Command)
_LANGUAGE = f"{__name__}.language"


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


class _Formatter(click.HelpFormatter):
    """Writes the headings of click in the language of the user."""

    lang = "en"

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, _("Usage:").in_language(self.lang) + " ")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        heading = {"Options": _("Options"), "Commands": _("Commands")}[name]
        with super().section(heading.in_language(self.lang)):
            yield


class _Context(click.Context):
    formatter_class = _Formatter

    def make_formatter(self) -> click.HelpFormatter:
        formatter = super().make_formatter()
        if isinstance(formatter, _Formatter):
            formatter.lang = language_of(self)
        return formatter


class Command(click.Command):
    """A command whose help is a UserMessage; it takes `--lang`."""

    context_class = _Context
    help: Any = _Text()
    short_help: Any = _Text()

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option `--help`, its own help in the language of the user."""
        help_option = super().get_help_option(ctx)
        if help_option is not None:
            help_option.help = _("Show this message and exit.").in_language(language_of(ctx))
        return help_option

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


def option(*names: str, **attributes: Any) -> Callable[[Decorated], Decorated]:
    """Add an option to the decorated function; `help` is a UserMessage, the rest as in click."""
    return click.option(*names, cls=Option, **attributes)


json_option = option("--json", "as_json", is_flag=True, help=_("For programs."))
"""`as_json`: print JSON instead of a text."""

node_option = option("--node", required=True, metavar="N", help=_("The node."))
"""`node`: the name of the node that the command works with."""
