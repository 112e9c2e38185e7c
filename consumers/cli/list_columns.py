"""Lists on a terminal: columns that fit, each whole. A narrow terminal gets fewer of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

WIDE = 120
"""Columns of characters from which a list shows everything."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class ListColumn(Generic[Item]):
    """A column of a list: its heading, and what writes the cell of an item.

    `is_main`: it takes the room that the others leave. `is_extra`: only a wide terminal shows it.
    """

    heading: str
    write: Callable[[Item], str | Text]
    is_main: bool = False
    is_extra: bool = False
    justify: JustifyMethod = "left"
    style: str = ""


def print_list(console: Console, columns: Sequence[ListColumn[Any]], items: Iterable[Any]) -> None:
    """Print a line an item; nothing is cut, a long text continues in the next line."""
    shown = [column for column in columns if console.width >= WIDE or not column.is_extra]
    table = Table(box=None, pad_edge=False, expand=True, header_style="dim", padding=(0, 2, 0, 0))
    for column in shown:
        table.add_column(
            column.heading,
            justify=column.justify,
            style=column.style,
            ratio=1 if column.is_main else None,
            no_wrap=not column.is_main and not column.is_extra and column.justify == "right",
            overflow="fold",
        )
    for item in items:
        table.add_row(*(column.write(item) for column in shown))
    console.print(table)
