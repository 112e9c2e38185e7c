"""Ask a person on a terminal before something that cannot be undone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import click

from infra.command_line import option
from schemas.i18n import UserMessage, _

YES = option("--yes", "is_confirmed", is_flag=True, help=_("Do not ask; for programs."))
_AFFIRMATIVE = frozenset({"s", "si", "sí", "y", "yes"})


def require_confirmation(
    read_facts: Callable[[], Sequence[UserMessage]], is_confirmed: bool, lang: str
) -> None:
    """Show what a command will do and ask, unless `--yes` was given or nobody sits there.

    `read_facts` is called only where somebody is asked. A program is not asked: its input is not a
    terminal. Raises click.Abort where the answer is no.
    """
    if is_confirmed or not sys.stdin.isatty():
        return
    for fact in read_facts():
        click.echo(fact.in_language(lang), err=True)
    question = _("Go on? [y/N]").in_language(lang)
    answer = click.prompt(question, default="", show_default=False, err=True)
    if answer.strip().lower() not in _AFFIRMATIVE:
        click.echo(_("Nothing was done.").in_language(lang), err=True)
        raise click.Abort
