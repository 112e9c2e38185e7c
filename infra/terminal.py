"""Write to the terminal so that no text from elsewhere controls it.

Records of other countries hold what their officers, or an attacker, wrote. Whatever a command
prints goes through here, and hidden characters are shown by their names.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator
from typing import Any, TextIO

import click
from rich import _wrap
from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook
from rich.segment import Segment

from schemas.hidden_characters import escape_for_json, make_visible

_wrap.re_word = re.compile(r"[^\S\xa0]*[\S\xa0]+[^\S\xa0]*")
"""What rich keeps on one line: a no-break space, as in 52 061, ends none."""


def make_console(**options: Any) -> Console:
    """Make a console of rich for texts from anywhere; `options` are those of rich's Console."""
    console = Console(**options)
    console.push_render_hook(_VisibleText())
    return console


def echo_json(value: object, default: Callable[[Any], Any] | None = None) -> None:
    """Print a value as one line of JSON, hidden characters as escapes."""
    click.echo(escape_for_json(json.dumps(value, ensure_ascii=False, default=default)))


def echo_error(text: str, code: str = "") -> None:
    """Print on standard error what a person reads: at the width of the terminal, if it is one.

    In a pipe or a file each sentence stays on one line. `code`: the first word, which stands out.
    """
    lines = _at_the_width(f"{code}: {text}" if code else text, sys.stderr)
    click.echo(click.style(code, fg="red", bold=True) + lines[len(code) :], err=True)


def echo_text(text: str) -> None:
    """Print a sentence that a person reads, likewise on standard output."""
    click.echo(_at_the_width(text, sys.stdout))


def _at_the_width(text: str, stream: TextIO) -> str:
    """Break lines for a terminal, or for what says that it is as wide as one."""
    is_for_people = stream.isatty() or "COLUMNS" in os.environ
    return wrap_lines(text, shutil.get_terminal_size().columns) if is_for_people else text


def wrap_lines(text: str, width: int) -> str:
    """Break lines that are too long at blanks; a command between backticks stays whole."""
    whole = _QUOTED.sub(lambda quoted: quoted[0].replace(" ", _BLANK), text)
    lines = [
        line
        for part in whole.split("\n")
        for line in textwrap.wrap(
            part, width, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
        )
        or [""]
    ]
    return "\n".join(lines).replace(_BLANK, " ")


_QUOTED = re.compile(r"`[^`\n]*`")
_BLANK = "\N{NO-BREAK SPACE}"


class _VisibleText(RenderHook):
    """Show the hidden characters of whatever is rendered; rich's own controls stay."""

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        return [_Visible(renderable) for renderable in renderables]


class _Visible:
    def __init__(self, renderable: ConsoleRenderable) -> None:
        self._renderable = renderable

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        for segment in console.render(self._renderable, options):
            text = segment.text if segment.control else make_visible(segment.text)
            yield Segment(text, segment.style, segment.control)
