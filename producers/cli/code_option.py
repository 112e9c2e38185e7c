"""Options that take a code of one of the exchange's lists: the Tab key and the help offer them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from infra.command_line import language_of, option
from producers.errors import NodeError
from schemas import words
from schemas.codes import code_lists
from schemas.i18n import _
from schemas.words.written_codes import find_code

Command = TypeVar("Command", bound=Callable[..., Any])


class CodeOption(click.ParamType):
    """A code of the list `list_name`, such as a retraction's reason."""

    name = "code"

    def __init__(self, list_name: str) -> None:
        """Take the codes of this list."""
        self._list_name = list_name

    @property
    def codes(self) -> str:
        """Give the codes, for a help text."""
        return ", ".join(code_lists()[self._list_name].codes)

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the code. Raises NodeError UNKNOWN_CODE, with what each code means."""
        codes = code_lists()[self._list_name].codes
        if (code := find_code(self._list_name, str(value))) is not None:
            return code
        lang = language_of(ctx or click.get_current_context())
        meanings = (f"{code} ({words.value(self._list_name, code, lang)})" for code in codes)
        raise NodeError(
            _("`{code}` is not a reason.", code=str(value)),
            _("Use one of: {known}.", known=", ".join(meanings)),
            "UNKNOWN_CODE",
        )

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the codes that begin with what was typed."""
        lang = language_of(ctx)
        return [
            CompletionItem(code, help=words.value(self._list_name, code, lang))
            for code in code_lists()[self._list_name].codes
            if code.startswith(incomplete.upper())
        ]


def reason_option(list_name: str) -> Callable[[Command], Command]:
    """Return the option `--reason` with the codes of this list."""
    codes = CodeOption(list_name)
    return option(
        "--reason", required=True, type=codes, help=_("Reason, one of: {codes}.", codes=codes.codes)
    )
