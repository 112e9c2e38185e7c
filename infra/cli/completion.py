"""`quipu completion`: let the shell complete commands, options and codes with the Tab key."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from infra.command_line import argument, command
from schemas.i18n import _

_SHELLS = ("bash", "zsh", "fish")


@command(
    "completion",
    help=_(
        "Print what makes a shell complete commands and codes with the Tab key. For bash, add the "
        "line of the first example to ~/.bashrc; for zsh, the same with `zsh` to ~/.zshrc."
    ),
    short_help=_("Complete commands and codes with the Tab key."),
)
@argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion_command(ctx: click.Context, shell: str) -> None:
    """Print the script; the shell runs it, and it asks this program for completions."""
    completion = get_completion_class(shell)
    if completion is None:
        raise LookupError(shell)
    root = ctx.find_root()
    script = completion(root.command, {}, root.info_name or "quipu", "_QUIPU_COMPLETE")
    click.echo(script.source_template % script.source_vars())


commands: list[click.Command] = [completion_command]
