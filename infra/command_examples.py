"""Give the examples that the help of a command shows; they are in command_examples.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_suffix(".toml")


def examples_of(path: str) -> Sequence[str]:
    """Return the lines that show how to use a command. `path`: such as `quipu mapping check`."""
    return all_examples().get(path.partition(" ")[2], ())


@cache
def all_examples() -> dict[str, list[str]]:
    """Read the examples of all commands, by the words of the command after `quipu`."""
    examples: dict[str, list[str]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return examples
