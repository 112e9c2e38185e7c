"""Print lists on a terminal: the columns that fit, each word whole. The one writer of tables.

A table is never cut. Where its columns have no room next to each other, each item becomes a block
of lines. No text of a cell is read as markup, because records hold what others wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from rich.console import Console, JustifyMethod
from rich.text import Text

WIDE = 120
"""Columns of characters from which a list shows its extra columns, too."""
LONGEST_WORD = 40
"""Letters of a word that stay on one line: an id has 36."""
KEPT_WHOLE = 17
"""Letters of a cell that stay on one line where there is room: a moment, a code, a label."""
MAIN_LEAST = 24
"""Letters of the column that matters, where there is room."""
GAP, NARROW_GAP = 2, 1
"""Spaces between columns."""
MANY_COLUMNS = 8
"""More columns than this are always close to each other."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class ListColumn(Generic[Item]):
    """A column of a list: its heading, and what writes the cell of an item.

    `is_main`: the column that matters. `is_extra`: only a wide terminal shows it. `is_whole`: no
    cell is folded, not even at a blank. `longest_word`: a longer word may be broken.
    """

    heading: str
    write: Callable[[Item], str | Text]
    is_main: bool = False
    is_extra: bool = False
    is_whole: bool = False
    justify: JustifyMethod = "left"
    style: str = ""
    longest_word: int = LONGEST_WORD


@dataclass(frozen=True, slots=True)
class _Layout:
    """How wide each column is, and how many spaces are between two."""

    widths: Sequence[int]
    gap: int


def print_list(
    console: Console,
    columns: Sequence[ListColumn[Any]],
    items: Iterable[Any],
    below: Callable[[Any], Text] | None = None,
) -> None:
    """Print the items, one below the other; a long text continues in the next line.

    `below`: what stands below each item, over the whole width, such as an id.
    """
    listed = list(items)
    for shown in _choices(columns, console.width):
        cells = [[_text(column.write(item)) for column in shown] for item in listed]
        layout = _fit(shown, cells, console.width)
        if layout is not None:
            break
    headings = [Text(column.heading, "dim") for column in shown]
    if layout is None:
        lines = _blocks(console, headings, cells)
    else:
        ends = [_folded(console, below(item)) if below else () for item in listed]
        lines = _grid(console, shown, [headings, *cells], layout, [(), *ends])
    for line in lines:
        console.print(line, soft_wrap=True)


def print_rows(
    console: Console,
    headings: Sequence[str],
    rows: Iterable[Sequence[str | Text]],
    numbers: Sequence[int] = (),
    main: int | None = None,
) -> None:
    """Print rows of cells. `numbers`: places of the numbers; `main`: of the column that matters."""
    columns: list[ListColumn[Sequence[str | Text]]] = [
        ListColumn(
            heading,
            lambda row, place=place: row[place],  # type: ignore[misc]
            is_main=place == main,
            is_whole=place in numbers,
            justify="right" if place in numbers else "left",
        )
        for place, heading in enumerate(headings)
    ]
    print_list(console, columns, rows)


def print_facts(console: Console, facts: Mapping[str, str]) -> None:
    """Print names with their values, one below the other."""
    for line in _blocks(
        console, [Text(name, "dim") for name in facts], [list(map(Text, facts.values()))]
    ):
        if line.plain:
            console.print(line, soft_wrap=True)


def share_room(least: Sequence[int], best: Sequence[int], spare: int) -> list[int]:
    """Widen columns from their least to their best width, one letter at a time in turn.

    `best`: does not count where `least` is wider; `spare`: how many letters there are to share.
    """
    widths = list(least)
    while spare > 0 and any(width < best[number] for number, width in enumerate(widths)):
        for number, width in enumerate(widths):
            if width < best[number] and spare > 0:
                widths[number] += 1
                spare -= 1
    return widths


def _choices(columns: Sequence[ListColumn[Any]], width: int) -> Iterator[Sequence[ListColumn[Any]]]:
    """Yield which columns may be shown: all on a wide terminal, then those that are needed."""
    if width >= WIDE:
        yield columns
    yield [column for column in columns if not column.is_extra]


def _fit(
    columns: Sequence[ListColumn[Any]], cells: Sequence[Sequence[Text]], width: int
) -> _Layout | None:
    """Return the most readable layout that fits into the width; None where none does."""
    best = [max((_width(row[place]) for row in cells), default=0) for place in range(len(columns))]
    words = [max((_word(row[place]) for row in cells), default=0) for place in range(len(columns))]
    for least in _least_widths(columns, best, words):
        for gap in (GAP, NARROW_GAP)[len(columns) > MANY_COLUMNS :]:
            spare = width - sum(least) - gap * (len(least) - 1)
            if spare >= 0:
                widths = share_room(least, best, spare)
                headings = [len(column.heading) for column in columns]
                left = spare - sum(widths) + sum(least)
                return _Layout(share_room(widths, headings, left), gap)
    return None


def _least_widths(
    columns: Sequence[ListColumn[Any]], best: Sequence[int], words: Sequence[int]
) -> Iterator[list[int]]:
    """Yield how narrow columns may be: short cells whole, then words, then what may be broken."""
    headings = [_word(Text(column.heading)) for column in columns]
    short, whole, broken = [], [], []
    for column, heading, most, word in zip(columns, headings, best, words, strict=True):
        needed = most if column.is_whole else min(word, LONGEST_WORD)
        least = max(needed, min(most, MAIN_LEAST)) if column.is_main else needed
        short.append(max(heading, most if most <= KEPT_WHOLE else least))
        whole.append(max(heading, needed, 1))
        may_break = most if column.is_whole else min(word, column.longest_word)
        broken.append(max(heading, may_break, 1))
    yield from (short, whole, broken)


def _grid(
    console: Console,
    columns: Sequence[ListColumn[Any]],
    rows: Sequence[Sequence[Text]],
    layout: _Layout,
    ends: Sequence[Iterable[Text]],
) -> Iterator[Text]:
    """Yield the lines of rows whose cells stand next to each other, each row with its end."""
    for cells, end in zip(rows, ends, strict=True):
        folded = [
            list(_folded(console, cell, width))
            for cell, width in zip(cells, layout.widths, strict=True)
        ]
        for number in range(max(map(len, folded))):
            line = Text()
            for column, parts, width in zip(columns, folded, layout.widths, strict=True):
                part = parts[number].copy() if number < len(parts) else Text()
                part.align("right" if column.justify == "right" else "left", width)
                if column.style:
                    part.stylize(column.style)
                line.append_text(part).append(" " * layout.gap)
            line.rstrip()
            yield line
        yield from end


def _blocks(
    console: Console, headings: Sequence[Text], rows: Sequence[Sequence[Text]]
) -> Iterator[Text]:
    """Yield each row as a block of lines, where the cells do not fit next to each other."""
    label = max(map(_width, headings))
    room = max(1, console.width - label - GAP)
    for row in rows:
        for heading, cell in zip(headings, row, strict=True):
            name = heading.copy()
            for part in _folded(console, cell, room):
                name.align("left", label + GAP)
                line = name.append_text(part)
                line.rstrip()
                yield line
                name = Text()
        yield Text()


def _folded(console: Console, text: Text, width: int | None = None) -> Iterator[Text]:
    """Yield the lines of a text: broken at blanks, and words only where they are too long."""
    for line in text.wrap(console, width or console.width, overflow="fold"):
        line.rstrip()
        yield line


def _text(cell: str | Text) -> Text:
    return Text(cell) if isinstance(cell, str) else cell


def _width(text: Text) -> int:
    """Return how many columns of a terminal the longest line of a text takes."""
    return max((line.cell_len for line in text.split("\n")), default=0)


def _word(text: Text) -> int:
    """Return how many columns of a terminal the longest word of a text takes."""
    return max((Text(word).cell_len for word in text.plain.split()), default=0)
