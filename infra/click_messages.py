"""Give the texts of click itself in the language of the user.

click passes every text through a function `_` or `ngettext` of its own modules. `translate_click`
puts functions in their place that look the text up here. A command of another program, such as that
of Faust, keeps the texts of click.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Mapping
from importlib import import_module

import click
from click.types import _NumberRangeBase

from schemas.i18n import UserMessage, _

_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")
"""The modules of click whose texts a person meets on the command line."""

MESSAGES: Mapping[str, UserMessage] = {
    "Usage:": _("Usage:"),
    "Options": _("Options"),
    "Commands": _("Commands"),
    "required": _("required"),
    "default: {default}": _("default: {default}"),
    "env var: {var}": _("environment variable: {var}"),
    "Show this message and exit.": _("Show this message and exit."),
    "Error: {message}": _("Error: {message}"),
    "Error: {e.message}": _("Error: {e.message}"),
    "Error: The two entered values do not match.": _("The two texts differ. Type them again."),
    "Repeat for confirmation": _("Once more"),
    "Aborted!": _("Stopped."),
    "Try '{command} {option}' for help.": _("Help: {command} {option}"),
    "Missing command.": _("The command is missing."),
    "Missing argument": _("Missing argument"),
    "Missing option": _("Missing option"),
    "Missing parameter": _("Missing parameter"),
    "Choose from:\n\t{choices}": _("Choose one of: {choices}"),
    "No such command {name!r}.": _("There is no command {name!r}. See the list with --help."),
    "No such option: {name}": _("There is no option {name}."),
    "Did you mean {possibility}?": _("Did you mean {possibility}?"),
    "(Possible options: {possibilities})": _("(Similar options: {possibilities})"),
    "Got unexpected extra argument ({args})": _(
        "The argument ({args}) is one too many. A name with blanks needs quotes."
    ),
    "Got unexpected extra arguments ({args})": _(
        "The arguments ({args}) are too many. A name with blanks needs quotes."
    ),
    "Option {name!r} does not take a value.": _("Option {name!r} takes no value."),
    "Option {name!r} requires an argument.": _("Option {name!r} needs a value."),
    "Option {name!r} requires {nargs} arguments.": _("Option {name!r} needs {nargs} values."),
    "Invalid value: {message}": _("The value is not valid: {message}"),
    "Invalid value for {param_hint}: {message}": _(
        "The value of {param_hint} is not valid: {message}"
    ),
    "{value!r} is not {choice}.": _("{value!r} is not {choice}."),
    "{value!r} is not one of {choices}.": _("{value!r} is none of {choices}."),
    "{value!r} is not a valid {number_type}.": _("{value!r} is not a number of this kind."),
    "{value!r} does not match the format {format}.": _("{value!r} is not written as {format}."),
    "{value!r} does not match the formats {formats}.": _("{value!r} is not written as {formats}."),
    "{value!r} is not a valid UUID.": _("{value!r} is not a UUID."),
    "{value} is not in the range {range}.": _("{value} does not lie in: {range}."),
    "{name} {filename!r} does not exist.": _("{filename!r} does not exist."),
    "{name} {filename!r} is a file.": _("{filename!r} is a file."),
    "{name} {filename!r} is a directory.": _("{filename!r} is a folder."),
    "{name} {filename!r} is not readable.": _("{filename!r} cannot be read."),
    "{name} {filename!r} is not writable.": _("{filename!r} cannot be written."),
}
"""Texts of click -> our text. A text that is not here stays in English."""

PLACEHOLDERS: Mapping[str, UserMessage] = {
    "[OPTIONS]": _("[OPTIONS]"),
    "[ARGS]": _("[ARGUMENTS]"),
    "ACCOUNT": _("ACCOUNT"),
    "AGE": _("AGE"),
    "ANSWER": _("ANSWER"),
    "AUDIENCE": _("AUDIENCE"),
    "AUTHORITY": _("AUTHORITY"),
    "BUNDLE": _("BUNDLE"),
    "CODE": _("CODE"),
    "COMMAND": _("COMMAND"),
    "COUNTRY": _("COUNTRY"),
    "CURSOR": _("CURSOR"),
    "DATE": _("DATE"),
    "DEADLINE": _("DEADLINE"),
    "DIR": _("FOLDER"),
    "DIRECTORY": _("FOLDER"),
    "EVENT": _("EVENT"),
    "FIELD": _("FIELD"),
    "FILE": _("FILE"),
    "FILTERS": _("FILTERS"),
    "FINGERPRINT": _("FINGERPRINT"),
    "FLOAT": _("NUMBER"),
    "FOLDER": _("FOLDER"),
    "HOST": _("HOST"),
    "INDEX": _("INDEX"),
    "INTEGER": _("NUMBER"),
    "KEY": _("KEY"),
    "KIND": _("KIND"),
    "MARK": _("MARK"),
    "NAME": _("NAME"),
    "NODE": _("NODE"),
    "NUMBER": _("NUMBER"),
    "OLD": _("OLD"),
    "PAGE": _("PAGE"),
    "PATH": _("PATH"),
    "PORT": _("PORT"),
    "PROCESS": _("PROCESS"),
    "REFERENCE": _("REFERENCE"),
    "REQUEST": _("REQUEST"),
    "RULE": _("RULE"),
    "STEP": _("STEP"),
    "SUBJECT": _("SUBJECT"),
    "TEXT": _("TEXT"),
    "TEXTS": _("TEXT"),
    "TIME": _("TIME"),
    "TITLE": _("TITLE"),
    "TOPIC": _("TOPIC"),
    "VALUE": _("VALUE"),
    "VERDICT": _("VERDICT"),
    "WORDS": _("WORDS"),
    "role": _("role"),
}
_PLACEHOLDER = re.compile(r"\[OPTIONS\]|\[ARGS\]|\b(?:[A-Z]{3,}|role)\b(?: RANGE)?")


def translate_placeholders(usage: str, lang: str) -> str:
    """Translate the words that stand for a value in a usage line, such as FILE or [OPTIONS]."""

    def translated(match: re.Match[str]) -> str:
        text = PLACEHOLDERS.get(match[0].removesuffix(" RANGE"))
        return text.in_language(lang) if text else match[0]

    return _PLACEHOLDER.sub(translated, usage)


def _describe_ranges(language: Callable[[], str | None]) -> None:
    """Make click write the bounds of a number in words, not as `0<=x<=1`."""
    describe = _NumberRangeBase._describe_range

    def in_words(self: _NumberRangeBase) -> str:
        lang = language()
        if lang is None or self.min_open or self.max_open:
            return describe(self)
        if self.max is None:
            text = _("at least {least}", least=self.min)
        elif self.min is None:
            text = _("at most {most}", most=self.max)
        else:
            text = _("from {least} to {most}", least=self.min, most=self.max)
        return text.in_language(lang)

    _NumberRangeBase._describe_range = in_words  # type: ignore[method-assign]


def translate_click(language: Callable[[], str | None]) -> None:
    """Make click look its texts up here. `language`: that of the running command, None for none."""

    def translate(text: str) -> str:
        lang, message = language(), MESSAGES.get(text)
        return (
            gettext.gettext(text) if lang is None or message is None else message.in_language(lang)
        )

    def translate_number(singular: str, plural: str, count: int) -> str:
        return translate(singular if count == 1 else plural)

    _describe_ranges(language)
    for name in _MODULES:
        module = import_module(f"{click.__name__}.{name}")
        for function, replacement in (("_", translate), ("ngettext", translate_number)):
            if hasattr(module, function):
                setattr(module, function, replacement)
